/* SPDX-License-Identifier: MIT */
/* harrier points and harrier agegrade: what a mark is worth, by the tables of the sport. */

#include "commands.h"

#include "harrier/archive.h"
#include "harrier/table.h"

#include <string.h>

/* --- what both are given ---------------------------------------------------------- */

/* A mark over an event: one row of a file, or the words of the command. */
struct feat {
    struct har_mark mark;
    struct har_event event;
    enum har_sex sex;
};

static bool need_sex(const struct request *request, enum har_sex *sex)
{
    if (is_asked(request, OPT_SEX)) return read_sex(request, sex);
    complain(request, "`harrier %s` needs --sex M|F", request->command);
    return false;
}

/* An impossible mark is a slip of the pen, and no answer is worth having. */
static har_status read_feat(struct har_bytes mark, struct har_bytes event,
                            struct feat *feat, struct har_error *why)
{
    har_status got = har_parse_mark(mark, &feat->mark, why);
    if (!got) got = har_parse_event(event, &feat->event, why);
    if (!got) got = har_event_of_mark(&feat->event, &feat->mark, &feat->event, why);
    if (!got) got = har_mark_check(&feat->mark, &feat->event, why);
    return got;
}

static har_status read_operands(const struct request *request, struct feat *feat,
                                struct har_error *why)
{
    return read_feat(har_bytes_of(request->operand[0]), har_bytes_of(request->operand[1]),
                     feat, why);
}

/* Which of the words `option` gives; `usual` where it was not given, -1 after saying what
 * is wrong. */
static int word_of(const struct request *request, enum option option,
                   const char *const *words, int count, int usual)
{
    const char *value = request->value[option];
    if (!value) return usual;
    for (int i = 0; i < count; i++)
        if (strcmp(value, words[i]) == 0) return i;
    complain(request, "%s takes %s, not \"%s\"", options[option].name,
             options[option].value, value);
    return -1;
}

static const char *people(enum har_sex sex)
{
    return sex == HAR_MEN ? "men" : "women";
}

static void feat_members(struct har_json *json, const struct feat *feat)
{
    struct har_text mark = {.arena = json->text->arena};
    har_text_mark(&mark, &feat->mark, &feat->event);
    har_json_string(json, "mark", mark.data ? mark.data : "");
    har_json_number(json, "mark_s",
                    (double)har_mark_official_ms(&feat->mark, &feat->event) / 1000, 3);
    har_json_string(json, "event", feat->event.code);
    har_json_number(json, "distance_m", feat->event.distance_m, 3);
    har_json_string(json, "sex", feat->sex == HAR_MEN ? "M" : "F");
}

/* --- points ----------------------------------------------------------------------- */

static bool read_edition(const struct request *request, int *year)
{
    static const char *const names[] = {"2025", "2022"};
    static const int years[] = {2025, 2022};
    int i = word_of(request, OPT_EDITION, names, 2, 0);
    if (i >= 0) *year = years[i];
    return i >= 0;
}

static void points_json(struct har_text *text, const struct feat *feat, int year,
                        int points)
{
    static const char *const inputs[] = {"mark", "event", "sex", "edition", NULL};
    struct har_json j = json_begin(text, "harrier.points/1");
    feat_members(&j, feat);
    har_json_integer(&j, "edition", year);
    har_json_integer(&j, "points", points);
    json_because(
        &j, "world-athletics-points", HAR_MARK_VERSION, inputs,
        "floor(a (b - T)^2) with the coefficients of the edition, and the official "
        "table where that differs at a boundary");
    har_json_close(&j);
}

static int one_points(const struct request *request, int year)
{
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    struct feat feat;
    int points;
    if (!need_sex(request, &feat.sex)) return HAR_EXIT_USAGE;
    har_status got = read_operands(request, &feat, &why);
    if (!got) got = har_points(&feat.mark, &feat.event, feat.sex, year, &points, &why);
    if (got) return fail(request, &why);
    if (is_asked(request, OPT_JSON)) points_json(&text, &feat, year, points);
    else {
        har_text_mark(&text, &feat.mark, &feat.event);
        har_text_format(&text, " %s: %d points (%s, %d)\n", feat.event.code, points,
                        people(feat.sex), year);
    }
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

/* --- points of a file ------------------------------------------------------------- */

/* Where a row has what is asked. */
struct columns {
    size_t mark, event, sex;
};

static bool column_of(const struct request *request, const struct har_table *table,
                      const char *name, size_t *out)
{
    *out = har_table_column(table, name, 0);
    if (*out == HAR_NO_COLUMN)
        complain(request,
                 "the file has no column \"%s\" in its first row; it needs mark,event,sex",
                 name);
    return *out != HAR_NO_COLUMN;
}

static har_status row_points(const struct har_table_row *row, const struct columns *columns,
                             int year, int *points, struct har_error *why)
{
    struct feat feat;
    if (row->count <= columns->mark || row->count <= columns->event ||
        row->count <= columns->sex)
        return har_fail(why, HAR_BAD_INPUT, 0, "it has only %u fields",
                        (unsigned)row->count);
    if (!har_parse_sex(row->field[columns->sex], &feat.sex))
        return har_fail(why, HAR_BAD_INPUT, 0, "its sex is neither M nor F");
    har_status got =
        read_feat(row->field[columns->mark], row->field[columns->event], &feat, why);
    return got ? got : har_points(&feat.mark, &feat.event, feat.sex, year, points, why);
}

static int score_rows(const struct request *request, struct har_table *table,
                      const struct columns *columns, int year)
{
    struct har_text text = {.arena = request->arena};
    struct har_table_row row = {0};
    struct har_error why = {0};
    size_t count = 0, failed = 0;
    har_status got;
    while ((got = har_table_next(table, request->arena, &row, &why)) != HAR_END) {
        int points;
        if (got == HAR_NO_MEMORY) return fail(request, &why);
        har_text_bytes(&text, row.text.data, row.text.size);
        har_text_format(&text, "%c", table->delimiter);
        if (got == HAR_OK) got = row_points(&row, columns, year, &points, &why);
        if (got == HAR_OK) har_text_format(&text, "%d", points);
        else complain(request, "line %llu: %s", (unsigned long long)row.line, why.message);
        har_text_add(&text, "\r\n");
        count++;
        failed += got != HAR_OK;
    }
    put_text(request, &text);
    return failed == 0 ? HAR_EXIT_DONE : failed < count ? HAR_EXIT_PARTLY : HAR_EXIT_FAILED;
}

static bool find_columns(const struct request *request, const struct har_table *table,
                         struct columns *out)
{
    return column_of(request, table, "mark", &out->mark) &&
           column_of(request, table, "event", &out->event) &&
           column_of(request, table, "sex", &out->sex);
}

static int many_points(const struct request *request, int year)
{
    struct har_error why = {0};
    struct har_bytes file;
    struct har_table table;
    struct columns columns;
    if (request->operand_count > 0 || is_asked(request, OPT_JSON)) {
        complain(request, "--batch takes the place of MARK EVENT, and prints CSV");
        return HAR_EXIT_USAGE;
    }
    const char *path = request->value[OPT_BATCH];
    har_status got = har_read_file(path, NULL, request->arena, &file, &why);
    if (got == HAR_OK) got = har_table_open(file, request->arena, &table, &why);
    if (got) {
        complain(request, "%s: %s", path, why.message);
        return exit_of(got);
    }
    if (!find_columns(request, &table, &columns)) return HAR_EXIT_FAILED;
    put_bytes(request, table.header.data, table.header.size);
    put_bytes(request, &table.delimiter, 1);
    put_bytes(request, "points\r\n", 8);
    return score_rows(request, &table, &columns, year);
}

int run_points(const struct request *request)
{
    int year = 0;
    if (!read_edition(request, &year)) return HAR_EXIT_USAGE;
    if (is_asked(request, OPT_BATCH)) return many_points(request, year);
    if (request->operand_count == 2) return one_points(request, year);
    complain(request, "`harrier points` needs MARK EVENT, or --batch FILE");
    return HAR_EXIT_USAGE;
}

/* --- age grades ------------------------------------------------------------------- */

static const char *const tables_names[] = {[HAR_AGE_ROAD_2025] = "road2025",
                                           [HAR_AGE_ROAD_2020] = "road2020",
                                           [HAR_AGE_TRACK_2023] = "track2023"};

static void grade_text(struct har_text *text, const struct feat *feat, int age,
                       const struct har_age_grade *grade, const char *tables)
{
    bool road = feat->event.kind == HAR_EVENT_ROAD;
    har_text_mark(text, &feat->mark, &feat->event);
    har_text_format(text, " %s: ", feat->event.code);
    har_text_fixed(text, grade->percent, 2);
    har_text_add(text, " % of ");
    har_text_clock(text, grade->standard_s, road ? 0 : 2, true);
    har_text_format(text, ", the standard of %s of %d (factor ", people(feat->sex), age);
    har_text_fixed(text, grade->factor, 4);
    har_text_format(text, ", %s)\n", tables);
}

static void grade_json(struct har_text *text, const struct feat *feat, int age,
                       const struct har_age_grade *grade, const char *tables)
{
    static const char *const inputs[] = {"mark", "event", "sex", "age", "tables", NULL};
    struct har_json j = json_begin(text, "harrier.agegrade/1");
    feat_members(&j, feat);
    har_json_integer(&j, "age", age);
    har_json_string(&j, "tables", tables);
    har_json_number(&j, "factor", grade->factor, 6);
    har_json_number(&j, "percent", grade->percent, 4);
    har_json_number(&j, "standard_s", grade->standard_s, 3);
    har_json_number(&j, "open_standard_s", grade->open_standard_s, 3);
    json_because(&j, "age-grade", HAR_MARK_VERSION, inputs,
                 "standard_s is open_standard_s / factor, percent is standard_s / mark_s");
    har_json_close(&j);
}

int run_agegrade(const struct request *request)
{
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    struct har_age_grade grade;
    struct feat feat;
    int64_t age = 0;
    if (!is_asked(request, OPT_AGE)) {
        complain(request, "`harrier agegrade` needs --age YEARS");
        return HAR_EXIT_USAGE;
    }
    if (!need_sex(request, &feat.sex) || !read_count(request, OPT_AGE, 5, 100, &age))
        return HAR_EXIT_USAGE;
    if (read_operands(request, &feat, &why)) return fail(request, &why);
    int usual = feat.event.kind == HAR_EVENT_ROAD ? HAR_AGE_ROAD_2025 : HAR_AGE_TRACK_2023;
    int tables = word_of(request, OPT_TABLES, tables_names, 3, usual);
    if (tables < 0) return HAR_EXIT_USAGE;
    if (har_age_grade(&feat.mark, &feat.event, feat.sex, (int)age,
                      (enum har_age_tables)tables, &grade, &why))
        return fail(request, &why);
    if (is_asked(request, OPT_JSON))
        grade_json(&text, &feat, (int)age, &grade, tables_names[tables]);
    else grade_text(&text, &feat, (int)age, &grade, tables_names[tables]);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}
