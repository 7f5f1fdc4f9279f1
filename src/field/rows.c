/* SPDX-License-Identifier: MIT */
/* Tables of splits: a row a runner, or a row a runner and mark.
 *
 * Nobody agrees on names. A column is a mark if its name is a distance, with or without
 * "time", "split" or "k" about it: k5, 5K, 10km, Time_400, 400m, half. The finish goes by
 * many names, the dearest first; the official time is the gun's, but a runner's own splits
 * begin with the chip, so that is preferred. */

#include "draft.h"

#include <math.h>
#include <string.h>

#define HALF_M 21097.5
#define MARATHON_M 42195.0
#define MILE_M 1609.344
enum { LOOK_BACK = 4096 }; /* runners, among whom the one of a row is looked for */

static const char *const finish_names[] = {
    "finish",  "timefinish", "finishtime", "nettime", "net",  "chiptime",
    "chip",    "timetotal",  "totaltime",  "final",   "ziel", "time",
    "guntime", "gun",        "result",     "mark",    NULL};
static const char *const name_names[] = {"name",    "athlete",  "fullname", "runner",
                                         "surname", "lastname", "last",     NULL};
static const char *const bib_names[] = {"bib", "number", "startnumber", "bibnumber", NULL};
static const char *const sex_names[] = {"sex", "gender", NULL};
static const char *const nation_names[] = {"nat", "nation", "country", "nationality", NULL};
static const char *const place_names[] = {"place", "rank",    "ranking", "position",
                                          "pos",   "overall", NULL};
static const char *const race_names[] = {"race", "event", "heat", NULL};
static const char *const mark_names[] = {"officialm", "markm",    "splitm",
                                         "distancem", "distance", NULL};
static const char *const elapsed_names[] = {"elapseds", "elapsed", "times", "time", NULL};

struct columns {
    size_t race, name, bib, sex, nation, place, finish, mark, elapsed;
    double *mark_m; /* of each column: NaN where it is no mark */
};

static size_t column_called(const struct har_table *table, const char *const *names)
{
    for (; *names; names++) {
        size_t at = har_table_column(table, *names, 0);
        if (at != HAR_NO_COLUMN) return at;
    }
    return HAR_NO_COLUMN;
}

/* A name in small letters without signs, up to `size`; "" if longer. */
static void plain_name(struct har_bytes name, char *out, size_t size)
{
    size_t kept = 0;
    for (size_t i = 0; i < name.size; i++) {
        char c = (char)name.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c == ' ' || c == '_' || c == '-') continue;
        if (kept + 1 >= size) kept = 0, i = name.size;
        else out[kept++] = c;
    }
    out[kept] = '\0';
}

static const char *after(const char *text, const char *prefix)
{
    size_t size = strlen(prefix);
    return strncmp(text, prefix, size) == 0 ? text + size : text;
}

/* Metres of a column's name; NaN where it is none. */
static double mark_of(struct har_bytes name)
{
    char plain[24];
    double value;
    plain_name(name, plain, sizeof plain);
    const char *rest = after(after(plain, "time"), "split");
    if (strcmp(rest, "half") == 0 || strcmp(rest, "hm") == 0) return HALF_M;
    if (strcmp(rest, "marathon") == 0 || strcmp(rest, "mar") == 0) return MARATHON_M;
    bool kilo = rest[0] == 'k';
    rest += kilo;
    size_t digits = 0;
    while ((rest[digits] >= '0' && rest[digits] <= '9') || rest[digits] == '.') digits++;
    if (digits == 0 ||
        !har_parse_number((struct har_bytes){(const uint8_t *)rest, digits}, &value))
        return NAN;
    const char *unit = rest + digits;
    if (kilo) return *unit ? NAN : 1000 * value;
    if (strcmp(unit, "k") == 0 || strcmp(unit, "km") == 0) return 1000 * value;
    if (strcmp(unit, "mi") == 0 || strcmp(unit, "mile") == 0) return MILE_M * value;
    bool metres = *unit == '\0' || strcmp(unit, "m") == 0 || strcmp(unit, "metres") == 0;
    return metres && value >= 50 ? value : NAN;
}

static har_status learn_columns(const struct har_table *table, struct draft *draft,
                                struct columns *c)
{
    *c = (struct columns){.race = column_called(table, race_names),
                          .name = column_called(table, name_names),
                          .bib = column_called(table, bib_names),
                          .sex = column_called(table, sex_names),
                          .nation = column_called(table, nation_names),
                          .place = column_called(table, place_names),
                          .finish = column_called(table, finish_names),
                          .mark = column_called(table, mark_names),
                          .elapsed = column_called(table, elapsed_names)};
    c->mark_m = HAR_NEW(draft->arena, double, table->column_count);
    if (!c->mark_m) return har_fail(draft->err, HAR_NO_MEMORY, 0, "no memory for a header");
    size_t marks = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        c->mark_m[i] = mark_of(table->column[i]);
        if (c->mark_m[i] > 0 && c->mark_m[i] < 1e6) marks++;
        else c->mark_m[i] = NAN;
    }
    bool rows_of_marks = c->mark != HAR_NO_COLUMN && c->elapsed != HAR_NO_COLUMN;
    if (marks > 0) c->mark = HAR_NO_COLUMN;
    else if (!rows_of_marks && c->finish == HAR_NO_COLUMN)
        return har_fail(draft->err, HAR_UNSUPPORTED, 0,
                        "no column of the table is a mark or a finish");
    return HAR_OK;
}

static bool is_word(struct har_bytes text)
{
    return text.size > 0 && (text.data[0] < '0' || text.data[0] > '9');
}

static void learn_runner(struct draft *draft, const struct columns *c,
                         const struct har_table_row *row, struct entrant *e)
{
    enum har_sex sex;
    int64_t place = 0;
    struct har_bytes told = har_table_field(row, c->sex);
    e->race = draft_text(draft, har_table_field(row, c->race));
    e->who.name = draft_text(draft, har_table_field(row, c->name));
    e->who.bib = draft_text(draft, har_table_field(row, c->bib));
    e->who.nation = draft_text(draft, har_table_field(row, c->nation));
    if (told.size > 0) told.size = 1;
    if (har_parse_sex(told, &sex)) e->who.sex = (int)sex;
    if (har_parse_integer(har_table_field(row, c->place), &place) && place > 0 &&
        place < 10000000)
        e->who.place = (int)place;
}

static void take_split(struct draft *draft, struct entrant *e, uint64_t line, double mark_m,
                       struct har_bytes text)
{
    double time_s;
    har_status got = is_word(text) ? HAR_NOT_FOUND : read_split(text, &time_s);
    if (got == HAR_OK) add_seen(draft, e, mark_m, time_s);
    else if (got == HAR_BAD_INPUT)
        add_note(draft, line, "\"%.*s\" is no time: left out",
                 (int)(text.size < 40 ? text.size : 40), (const char *)text.data);
}

static void take_runner(struct draft *draft, const struct columns *c,
                        const struct har_table_row *row)
{
    struct entrant *e = add_entrant(draft, row->line);
    if (!e) return;
    learn_runner(draft, c, row, e);
    for (size_t i = 0; i < row->count; i++) {
        if (i == c->finish) take_split(draft, e, row->line, FINISH_M, row->field[i]);
        else if (!isnan(c->mark_m[i]))
            take_split(draft, e, row->line, c->mark_m[i], row->field[i]);
    }
}

static bool same_field(const char *text, struct har_bytes field)
{
    return text ? strlen(text) == field.size && memcmp(text, field.data, field.size) == 0
                : field.size == 0;
}

static bool is_same_runner(const struct entrant *e, const struct columns *c,
                           const struct har_table_row *row)
{
    return same_field(e->who.bib, har_table_field(row, c->bib)) &&
           same_field(e->who.name, har_table_field(row, c->name)) &&
           same_field(e->race, har_table_field(row, c->race));
}

/* The rows of one runner mostly follow each other; else the runner is looked for. */
static struct entrant *runner_of_row(struct draft *draft, const struct columns *c,
                                     const struct har_table_row *row)
{
    size_t oldest = draft->count > LOOK_BACK ? draft->count - LOOK_BACK : 0;
    for (size_t i = draft->count; i-- > oldest;)
        if (is_same_runner(&draft->entrant[i], c, row)) return &draft->entrant[i];
    struct entrant *e = add_entrant(draft, row->line);
    if (e) learn_runner(draft, c, row, e);
    return e;
}

static void take_mark(struct draft *draft, const struct columns *c,
                      const struct har_table_row *row)
{
    double mark_m;
    if (!har_parse_number(har_table_field(row, c->mark), &mark_m) ||
        !(mark_m > 0 && mark_m < 1e6)) {
        add_note(draft, row->line, "the row has no mark: left out");
        return;
    }
    struct entrant *e = runner_of_row(draft, c, row);
    if (e) take_split(draft, e, row->line, mark_m, har_table_field(row, c->elapsed));
}

har_status read_rows(struct har_bytes sheet, struct draft *draft)
{
    struct har_table table;
    struct har_table_row row = {0};
    struct columns c;
    har_status got = har_table_open(sheet, draft->arena, &table, draft->err);
    if (got == HAR_NOT_FOUND)
        return har_fail(draft->err, HAR_BAD_INPUT, 0, "there is nothing in it");
    if (got == HAR_OK) got = learn_columns(&table, draft, &c);
    while (got == HAR_OK) {
        struct har_error why;
        got = har_table_next(&table, draft->arena, &row, &why);
        if (got == HAR_OK && row.count > table.column_count) row.count = table.column_count;
        if (got == HAR_OK && c.mark != HAR_NO_COLUMN) take_mark(draft, &c, &row);
        else if (got == HAR_OK) take_runner(draft, &c, &row);
        if (got == HAR_BAD_INPUT) {
            add_note(draft, row.line, "a quote is never closed: the row is left out");
            got = HAR_OK;
        }
        if (draft->failed) got = HAR_NO_MEMORY;
    }
    if (got == HAR_NO_MEMORY)
        return har_fail(draft->err, got, 0, "no memory for the splits");
    return got == HAR_END ? HAR_OK : got;
}
