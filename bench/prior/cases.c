/* SPDX-License-Identifier: MIT */
#include "cases.h"

#include <math.h>
#include <string.h>

const char *const protocol_name[PROTOCOLS] = {
    "every race from all earlier marks",
    "every race from other events",
    "season best from all marks",
    "season best from other events",
    "every race from season bests",
    "season bests within a year",
    "PB from all other PBs",
    "PB from the main PBs",
    "half to marathon",
    "10 km to half",
};

enum har_question question_of(enum protocol protocol)
{
    return protocol == BESTS_FROM_ALL || protocol == BESTS_FROM_OTHER ||
                   protocol == BESTS_WITHIN_YEAR
               ? HAR_ASK_SEASON_BEST
               : HAR_ASK_RACE;
}

static int year_of(const struct career_mark *mark)
{
    return har_date_of(mark->evidence.day).year;
}

/* The best of its event in its year, so far as the year had gone by `day`. */
static bool is_best_before(const struct career_mark *marks, size_t count, size_t i,
                           int64_t day)
{
    for (size_t k = 0; k < count; k++)
        if (k != i && marks[k].row == marks[i].row && marks[k].evidence.day < day &&
            marks[k].evidence.event.kind == marks[i].evidence.event.kind &&
            year_of(marks + k) == year_of(marks + i) &&
            (marks[k].evidence.time_s < marks[i].evidence.time_s ||
             (marks[k].evidence.time_s <= marks[i].evidence.time_s && k < i)))
            return false;
    return true;
}

static bool is_code(const struct career_mark *mark, const char *code)
{
    return strcmp(mark->evidence.event.code, code) == 0;
}

/* Whether mark `i` may be known when mark `target` is asked for. */
static bool is_known(const struct career_mark *marks, size_t count, size_t i, size_t target,
                     enum protocol protocol)
{
    const struct career_mark *mark = marks + i, *asked = marks + target;
    bool before = mark->evidence.day < asked->evidence.day;
    switch (protocol) {
    case RACES_FROM_ALL:
    case BESTS_FROM_ALL: return before;
    case RACES_FROM_OTHER:
    case BESTS_FROM_OTHER: return before && mark->row != asked->row;
    case RACES_FROM_BESTS:
        return before && is_best_before(marks, count, i, asked->evidence.day);
    case BESTS_WITHIN_YEAR:
        return mark->season_best && mark->row != asked->row &&
               year_of(mark) == year_of(asked);
    case PBS_FROM_ALL: return mark->row != asked->row;
    case PBS_FROM_MAIN: return mark->row != asked->row && mark->target;
    case HALF_TO_MARATHON: return is_code(mark, "HM") && is_code(asked, "MAR");
    case TEN_TO_HALF: return is_code(mark, "10K") && is_code(asked, "HM");
    case PROTOCOLS: break;
    }
    return false;
}

/* The formulas' mark: of the nearest distance, on the same ground first, the fastest. */
static bool is_nearer(const struct har_evidence *a, const struct har_evidence *b,
                      const struct har_event *event)
{
    double far_a = fabs(log(a->event.distance_m / event->distance_m));
    double far_b = fabs(log(b->event.distance_m / event->distance_m));
    if (fabs(far_a - far_b) > 1e-3) return far_a < far_b;
    bool same_a = (a->event.kind == HAR_EVENT_ROAD) == (event->kind == HAR_EVENT_ROAD);
    bool same_b = (b->event.kind == HAR_EVENT_ROAD) == (event->kind == HAR_EVENT_ROAD);
    return same_a != same_b ? same_a : a->time_s < b->time_s;
}

bool make_case(const struct careers *careers, const struct layout *layout, size_t career,
               size_t target, enum protocol protocol, struct one_case *out)
{
    const struct career *c = careers->career + career;
    const struct career_mark *marks = careers->mark + c->first, *asked = marks + target;
    bool best = question_of(protocol) == HAR_ASK_SEASON_BEST, recent = false;
    if (!asked->target || (best && !asked->season_best)) return false;
    if (layout->dated != (protocol < PBS_FROM_ALL)) return false;
    out->career = c;
    out->target = asked;
    out->count = 0;
    out->day = asked->evidence.day + !layout->dated;
    if (protocol == BESTS_WITHIN_YEAR)
        out->day = har_day_of((struct har_date){year_of(asked) + 1, 1, 1});
    for (size_t i = 0; i < c->count && out->count < MOST_EVIDENCE; i++) {
        if (!is_known(marks, c->count, i, target, protocol)) continue;
        const struct har_evidence *e = &marks[i].evidence;
        bool usable = marks[i].target || !layout->dated;
        if (usable && (protocol == BESTS_WITHIN_YEAR || out->day - e->day <= 365) &&
            (!recent ||
             is_nearer(e, out->evidence + out->nearest, &asked->evidence.event))) {
            out->nearest = out->count;
            recent = true;
        }
        out->evidence[out->count++] = *e;
    }
    return recent;
}
