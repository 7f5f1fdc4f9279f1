/* SPDX-License-Identifier: MIT */
#include "careers.h"

#include "harrier/archive.h"
#include "harrier/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct layout_row elite_rows[] = {
    {"800", true, true},     {"1000", false, true},      {"1500", true, true},
    {"MILE", true, true},    {"2000", false, true},      {"3000", true, true},
    {"2MILE", false, true},  {"5000", true, true},       {"10000", true, true},
    {"3000SC", false, true}, {"mile road", false, true}, {"5K", true, true},
    {"10K", true, true},     {"15K", false, true},       {"10M", false, true},
    {"20K", false, true},    {"HM", true, true},         {"MAR", true, true},
};
const struct layout layout_elite = {
    "elite", sizeof elite_rows / sizeof *elite_rows, elite_rows, true, 1.0, 2.5};

/* Times over 800 and 1500 m are not in the collection: those rows follow the mile. */
static const struct layout_row recreational_rows[] = {
    {"800", false, false}, {"1500", false, false}, {"mile road", true, true},
    {"5K", true, true},    {"4mi", false, true},   {"8K", false, true},
    {"5mi", false, true},  {"10K", true, true},    {"15K", false, true},
    {"10M", false, true},  {"20K", false, true},   {"HM", true, true},
    {"25K", false, true},  {"MAR", true, true},
};
const struct layout layout_recreational = {"recreational",
                                           sizeof recreational_rows /
                                               sizeof *recreational_rows,
                                           recreational_rows,
                                           false,
                                           1.0,
                                           2.0};

/* Spellings of the collections that are no codes. */
static const char *const spellings[][2] = {
    {"Mar", "MAR"},     {"MileR", "mile road"},   {"2M", "2MILE"},     {"3000S", "3000SC"},
    {"1/2 Mara", "HM"}, {"1Mi Run", "mile road"}, {"4Mi Run", "4mi"},  {"8K Run", "8K"},
    {"5Mi Run", "5mi"}, {"15K Run", "15K"},       {"10Mi Run", "10M"}, {"20K Run", "20K"},
    {"25K Run", "25K"},
};

static void stop(const char *path, const char *why)
{
    fprintf(stderr, "%s: %s\n", path, why);
    exit(EXIT_FAILURE);
}

/* The first of `names` that the table has. */
static size_t column(const struct har_table *table, const char *const *names)
{
    for (; *names; names++) {
        size_t at = har_table_column(table, *names, 0);
        if (at != HAR_NO_COLUMN) return at;
    }
    return HAR_NO_COLUMN;
}

static bool is_text(struct har_bytes field, const char *text)
{
    return field.size == strlen(text) && memcmp(field.data, text, field.size) == 0;
}

static bool read_event(struct har_bytes text, bool indoors, struct har_event *event)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (is_text(text, spellings[i][0])) text = har_bytes_of(spellings[i][1]);
    if (har_parse_event(text, event, NULL)) return false;
    if (indoors && event->kind == HAR_EVENT_TRACK) event->kind = HAR_EVENT_SHORT_TRACK;
    return true;
}

static bool read_time(struct har_bytes text, double *time_s)
{
    struct har_mark mark;
    if (har_parse_number(text, time_s)) return *time_s > 0;
    if (har_parse_mark(text, &mark, NULL)) return false;
    *time_s = (double)mark.time_ms / 1000;
    return true;
}

/* What the study of predict.md leaves out: slips of the pen and walks. */
static bool is_plausible(const struct har_event *event, double time_s, enum har_sex sex,
                         const struct layout *layout)
{
    double speed_mps = event->distance_m / time_s;
    if (!layout->dated) return speed_mps >= 1.6 && speed_mps <= 7.2;
    double record_s = har_record_time(event->distance_m) * (sex == HAR_MEN ? 1 : 1.105);
    if (event->kind == HAR_EVENT_STEEPLECHASE) record_s *= 1.08;
    return time_s >= 0.98 * record_s && time_s <= 1.6 * record_s;
}

static int row_of(const struct layout *layout, const struct har_event *event)
{
    for (size_t i = 0; i < layout->rows; i++) {
        struct har_event one;
        if (har_parse_event(har_bytes_of(layout->row[i].code), &one, NULL)) continue;
        if (fabs(one.distance_m / event->distance_m - 1) < 1e-3 &&
            (one.kind == HAR_EVENT_ROAD) == (event->kind == HAR_EVENT_ROAD) &&
            (one.kind == HAR_EVENT_STEEPLECHASE) == (event->kind == HAR_EVENT_STEEPLECHASE))
            return (int)i;
    }
    return -1;
}

struct named_mark {
    char name[32];
    enum har_sex sex;
    struct career_mark mark;
};

static int by_name_and_day(const void *a, const void *b)
{
    const struct named_mark *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    if (order) return order;
    int64_t days = x->mark.evidence.day - y->mark.evidence.day;
    if (days) return days < 0 ? -1 : 1;
    if (x->mark.row != y->mark.row) return x->mark.row - y->mark.row;
    double apart = x->mark.evidence.time_s - y->mark.evidence.time_s;
    return (apart > 0) - (apart < 0);
}

static int year_of(int64_t day)
{
    return har_date_of(day).year;
}

static void find_season_bests(struct career_mark *mark, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mark[i].season_best = mark[i].target;
        for (size_t k = 0; k < count && mark[i].season_best; k++)
            if (k != i && mark[k].target && mark[k].row == mark[i].row &&
                year_of(mark[k].evidence.day) == year_of(mark[i].evidence.day) &&
                (mark[k].evidence.time_s < mark[i].evidence.time_s ||
                 (mark[k].evidence.time_s <= mark[i].evidence.time_s && k < i)))
                mark[i].season_best = false;
    }
}

static struct careers group(struct named_mark *named, size_t count, struct har_arena *arena)
{
    struct careers out = {.career = HAR_NEW(arena, struct career, count),
                          .mark = HAR_NEW(arena, struct career_mark, count)};
    if (!out.career || !out.mark) stop("careers", "no memory");
    qsort(named, count, sizeof *named, by_name_and_day);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && by_name_and_day(named + i - 1, named + i) == 0) continue; /* twice */
        if (i == 0 || strcmp(named[i - 1].name, named[i].name) != 0)
            out.career[out.count++] =
                (struct career){har_crc16(har_bytes_of(named[i].name)) / 7 % FOLDS,
                                named[i].sex, out.mark_count, 0};
        out.mark[out.mark_count++] = named[i].mark;
        out.career[out.count - 1].count++;
    }
    for (size_t i = 0; i < out.count; i++)
        find_season_bests(out.mark + out.career[i].first, out.career[i].count);
    return out;
}

struct careers read_careers(const char *path, const struct layout *layout,
                            struct har_arena *arena)
{
    static const char *const names[] = {"athlete_id", "athlete", "rid", NULL};
    static const char *const sexes[] = {"gender", "sex", NULL};
    static const char *const events[] = {"event", "distance", NULL};
    static const char *const times[] = {"seconds", "totalseconds", "mark", "time", NULL};
    static const char *const eligibles[] = {"eligible_sb", "eligible", NULL};
    static const char *const dates[] = {"date", NULL}, *const roofs[] = {"in_out", NULL};
    struct har_error err = {0};
    struct har_table table;
    struct har_bytes text;
    if (har_read_file(path, NULL, arena, &text, &err) ||
        har_table_open(text, arena, &table, &err))
        stop(path, err.message);
    size_t name = column(&table, names), sex = column(&table, sexes),
           event = column(&table, events), time = column(&table, times),
           eligible = column(&table, eligibles), date = column(&table, dates),
           roof = column(&table, roofs);
    struct har_table_row row = {0};
    struct named_mark *named = NULL;
    size_t count = 0, room = 0;
    har_status got;
    while ((got = har_table_next(&table, arena, &row, &err)) != HAR_END) {
        struct named_mark one = {0};
        struct har_evidence *e = &one.mark.evidence;
        struct har_date when = {1970, 1, 1};
        struct har_bytes who = har_table_field(&row, name);
        struct har_bytes allowed = har_table_field(&row, eligible);
        bool indoors = is_text(har_table_field(&row, roof), "Indoor");
        if (got || who.size == 0 || who.size >= sizeof one.name ||
            !har_parse_sex(har_table_field(&row, sex), &one.sex) ||
            !read_event(har_table_field(&row, event), indoors, &e->event) ||
            !read_time(har_table_field(&row, time), &e->time_s) ||
            (allowed.size > 0 && !is_text(allowed, "1")) ||
            (date != HAR_NO_COLUMN &&
             !har_parse_date(har_table_field(&row, date), &when)) ||
            !is_plausible(&e->event, e->time_s, one.sex, layout))
            continue;
        one.mark.row = row_of(layout, &e->event);
        if (one.mark.row < 0) continue;
        memcpy(one.name, who.data, who.size);
        e->day = har_day_of(when);
        one.mark.target = layout->row[one.mark.row].target && !indoors;
        named = har_arena_grow(arena, named, count, &room, sizeof *named);
        if (!named) stop(path, "no memory");
        named[count++] = one;
    }
    if (count == 0) stop(path, "no marks of that kind in there");
    return group(named, count, arena);
}
