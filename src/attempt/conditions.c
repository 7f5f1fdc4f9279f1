/* SPDX-License-Identifier: MIT */
/* What must be true of a mark for it to be a world record.
 *
 * From World Athletics' Competition Rules (CR 31 and 32) and Technical Rules (TR), as they
 * stood in 2022 and are described since. Seen in print: the drop of 1 m per km, the half of
 * the distance between start and finish, the measurer of grade A or B, the control for
 * doping and the confirmation by a second look at the course (application form for records
 * of the road), the 201.2 m of a short track (IAAF rule 260.21 b), rounding (TR 19). From
 * memory, compared with no text: the 402.3 m of other tracks, automatic timing to 800 m,
 * three starters, the numbers of the rules within CR 31, and of TR 6.3 and TR 5.
 *
 * "Met" is said only of what the question tells. Everything else is to be shown on the day,
 * and the list is what an organiser works off. */

#include "harrier/attempt.h"

#include <math.h>

#define SHORT_LAP_M 201.2
#define LONG_LAP_M 402.3
#define AUTOMATIC_TO_MM 800000
#define MOST_SEPARATION_PCT 50

static const char *const met_names[] = {
    [HAR_TO_BE_SHOWN] = "to be shown",
    [HAR_MET] = "met",
    [HAR_NOT_MET] = "not met",
};

const char *har_met_name(enum har_met met)
{
    return met_names[met];
}

/* --- who judges ---------------------------------------------------------------------- */

/* Of what is told; `because` may stay empty. */
typedef enum har_met judge(const struct har_attempt *a, struct har_text *because);

static enum har_met judge_event(const struct har_attempt *a, struct har_text *because)
{
    if (!a->record->best) return HAR_MET;
    har_text_format(
        because,
        "of %s none is kept: the fastest is a world best, which lists hold to the "
        "same terms and nobody ratifies",
        a->event->code);
    return HAR_NOT_MET;
}

static struct har_mark mark_of_record(const struct har_world_record *r)
{
    return (struct har_mark){.time_ms = r->time_ms, .decimals = 3};
}

/* "1.10 s", or "5:35". */
static void add_margin(struct har_text *text, double margin_s, unsigned decimals)
{
    if (margin_s >= 60) har_text_clock(text, margin_s, decimals, true);
    else {
        har_text_fixed(text, margin_s, decimals);
        har_text_add(text, " s");
    }
}

static enum har_met judge_time(const struct har_attempt *a, struct har_text *because)
{
    struct har_mark record = mark_of_record(a->record);
    int64_t inside_ms = a->record->time_ms - har_mark_official_ms(a->target, a->event);
    unsigned decimals = a->record->kind == HAR_EVENT_ROAD ? 0 : 2;
    har_text_mark(because, a->target, a->event);
    if (inside_ms == 0) har_text_add(because, " equals");
    else {
        har_text_add(because, " is ");
        add_margin(because, fabs((double)inside_ms) / 1000, decimals);
        har_text_add(because, inside_ms > 0 ? " inside" : " outside");
    }
    har_text_add(because, " the ");
    har_text_mark(because, &record, a->event);
    har_text_format(because, " of %s", a->record->name);
    return inside_ms >= 0 ? HAR_MET : HAR_NOT_MET;
}

static enum har_met judge_lap(const struct har_attempt *a, double most_m,
                              struct har_text *because)
{
    if (!(a->lap_m > 0)) return HAR_TO_BE_SHOWN;
    if (isinf(a->lap_m)) har_text_add(because, "the track is told to be oversized");
    else {
        har_text_add(because, "a lap of ");
        har_text_number(because, a->lap_m, 1);
        har_text_add(because, " m is told");
    }
    return a->lap_m <= most_m ? HAR_MET : HAR_NOT_MET;
}

static enum har_met judge_short_lap(const struct har_attempt *a, struct har_text *because)
{
    return judge_lap(a, SHORT_LAP_M, because);
}

static enum har_met judge_long_lap(const struct har_attempt *a, struct har_text *because)
{
    return judge_lap(a, LONG_LAP_M, because);
}

static enum har_met judge_clock(const struct har_attempt *a, struct har_text *because)
{
    if (!a->target->hand || a->event->distance_mm > AUTOMATIC_TO_MM) return HAR_TO_BE_SHOWN;
    har_text_add(because, "the target is a time by hand");
    return HAR_NOT_MET;
}

/* The two limits say of a course what har_course_judge() says. */
static enum har_met judge_separation(const struct har_attempt *a, struct har_text *because)
{
    const struct har_eligibility *e = a->course;
    if (!e) return HAR_TO_BE_SHOWN;
    har_text_fixed(because, e->separation_pct, 1);
    har_text_add(because, " % of the distance on the line of the course");
    switch (e->verdict) {
    case HAR_VERDICT_ELIGIBLE:
    case HAR_VERDICT_AIDED_DROP: return HAR_MET;
    case HAR_VERDICT_AIDED_SEPARATION:
    case HAR_VERDICT_AIDED_BOTH: return HAR_NOT_MET;
    case HAR_VERDICT_EXCLUDED:
        return e->separation_pct > MOST_SEPARATION_PCT ? HAR_NOT_MET : HAR_MET;
    case HAR_VERDICT_UNKNOWN: break;
    }
    return HAR_TO_BE_SHOWN;
}

static enum har_met judge_drop(const struct har_attempt *a, struct har_text *because)
{
    const struct har_eligibility *e = a->course;
    if (!e) return HAR_TO_BE_SHOWN;
    if (isnan(e->drop_m_per_km)) har_text_add(because, "the course does not say");
    else {
        har_text_fixed(because, e->drop_m_per_km, 2);
        har_text_add(because, " m per km by the heights of the course");
    }
    switch (e->verdict) {
    case HAR_VERDICT_ELIGIBLE:
    case HAR_VERDICT_AIDED_SEPARATION: return HAR_MET;
    case HAR_VERDICT_AIDED_DROP:
    case HAR_VERDICT_AIDED_BOTH:
    case HAR_VERDICT_EXCLUDED: return HAR_NOT_MET;
    case HAR_VERDICT_UNKNOWN: break;
    }
    return HAR_TO_BE_SHOWN;
}

static enum har_met judge_pacing(const struct har_attempt *a, struct har_text *because)
{
    if (a->pacemakers == 0) return HAR_TO_BE_SHOWN;
    har_text_format(because, "the pacemakers of the group (%zu) start with the runner",
                    a->pacemakers);
    return HAR_MET;
}

static enum har_met judge_women(const struct har_attempt *a, struct har_text *because)
{
    if (a->record->field != HAR_COMPANY_MIXED) return HAR_TO_BE_SHOWN;
    for (size_t i = 0; i < har_world_record_count; i++) {
        const struct har_world_record *r = &har_world_records[i];
        struct har_mark mark = mark_of_record(r);
        if (r->field != HAR_COMPANY_WOMEN || r->distance_mm != a->event->distance_mm)
            continue;
        har_text_add(because, "of women alone the record is the ");
        har_text_mark(because, &mark, a->event);
        har_text_format(because, " of %s", r->name);
    }
    return HAR_MET;
}

/* --- the rules ------------------------------------------------------------------------ */

enum {
    TRACK = 1 << HAR_EVENT_TRACK | 1 << HAR_EVENT_STEEPLECHASE,
    SHORT = 1 << HAR_EVENT_SHORT_TRACK,
    ROAD = 1 << HAR_EVENT_ROAD,
    ALL = TRACK | SHORT | ROAD,
};
enum who { ANYBODY, WOMEN_OF_TRACK, WOMEN_MIXED, WOMEN_ALONE };

struct rule {
    const char *about, *number;
    unsigned grounds;
    int64_t over_mm, to_mm; /* 0: any distance */
    enum who who;
    judge *judge; /* NULL: nothing the question tells decides it */
    const char *wanted;
};

static const struct rule rules[] = {
    {"event", "CR 32", ALL, 0, 0, ANYBODY, judge_event,
     "world records are kept of the event"},
    {"time", "TR 19", TRACK | SHORT, 0, 0, ANYBODY, judge_time,
     "the time, rounded up to the hundredth (by hand to the tenth), is the record or "
     "faster"},
    {"time", "TR 19", ROAD, 0, 0, ANYBODY, judge_time,
     "the time from the gun, rounded up to the second, is the record or faster"},
    {"timing", "CR 31", TRACK | SHORT, 0, AUTOMATIC_TO_MM, ANYBODY, judge_clock,
     "fully automatic, with a photo finish: by hand no time counts up to 800 m"},
    {"timing", "CR 31", TRACK | SHORT, AUTOMATIC_TO_MM, 0, ANYBODY, judge_clock,
     "a photo finish with its test of zero, or three watches by hand"},
    {"timing", "TR 19", ROAD, 0, 0, ANYBODY, judge_clock,
     "from the gun to the line, by photo finish, transponders or three watches; the time "
     "of "
     "one's own chip from the start line on is not the official one"},
    {"track", "CR 31", TRACK, 0, 0, ANYBODY, judge_long_lap,
     "a lap no longer than 402.3 m (440 yards), surveyed, with its kerb in place"},
    {"track", "CR 31", SHORT, 0, 0, ANYBODY, judge_short_lap,
     "a lap no longer than 201.2 m (220 yards), surveyed; on a longer one the mark belongs "
     "with those of long tracks"},
    {"course", "CR 31.21", ROAD, 0, 0, ANYBODY, judge_separation,
     "start and finish no farther apart, on a straight line, than 50 % of the distance"},
    {"course", "CR 31.21", ROAD, 0, 0, ANYBODY, judge_drop,
     "a drop from start to finish of no more than 1 m per km"},
    {"course", "CR 31.21", ROAD, 0, 0, ANYBODY, NULL,
     "measured by a measurer of grade A or B with a calibrated bicycle, 30 cm from the "
     "kerb, "
     "0.1 % longer than the distance so that it is not short"},
    {"course", "CR 31.21", ROAD, 0, 0, ANYBODY, NULL,
     "checked again close to the day, and a measurer in the vehicle ahead who saw that "
     "this "
     "course was run"},
    {"splits", "CR 31.21", ROAD, 0, 0, ANYBODY, NULL,
     "places where a record on the way is claimed were measured like the finish"},
    {"pacing", "TR 6.3", TRACK | SHORT, 0, 0, ANYBODY, judge_pacing,
     "nobody paces who did not start, or was lapped; lights along the kerb are allowed"},
    {"pacing", "TR 6.3", ROAD, 0, 0, ANYBODY, judge_pacing,
     "nobody paces who did not start with the race: no relay of pacemakers, no shelter "
     "behind "
     "a vehicle"},
    {"field", "CR 31", ALL, 0, 0, ANYBODY, NULL,
     "a sanctioned competition, announced before the day, with three or more at the start "
     "who compete in earnest"},
    {"field", "CR 31", TRACK | SHORT, 0, 0, WOMEN_OF_TRACK, NULL,
     "no man runs in the race"},
    {"field", "CR 31", ROAD, 0, 0, WOMEN_MIXED, judge_women,
     "men may run along: it is then the record of mixed races"},
    {"field", "CR 31", ROAD, 0, 0, WOMEN_ALONE, NULL,
     "no man runs or paces in the race: this is the record of women alone"},
    {"shoes", "TR 5", ALL, 0, 0, ANYBODY, NULL,
     "shoes of the list that World Athletics keeps for this ground"},
    {"doping", "CR 31", ALL, 0, 0, ANYBODY, NULL, "a test for doping after the race"},
    {"papers", "CR 31", ALL, 0, 0, ANYBODY, NULL,
     "the application, with the splits, the photo and the measurer's report, within 30 "
     "days"},
};
enum { RULES = sizeof rules / sizeof rules[0] };

static bool is_whose(enum who who, const struct har_attempt *a)
{
    const struct har_world_record *r = a->record;
    switch (who) {
    case ANYBODY: return true;
    case WOMEN_OF_TRACK: return r->sex == HAR_WOMEN;
    case WOMEN_MIXED: return r->field == HAR_COMPANY_MIXED;
    case WOMEN_ALONE: return r->field == HAR_COMPANY_WOMEN;
    }
    return false;
}

static bool concerns(const struct rule *rule, const struct har_attempt *a)
{
    return (rule->grounds >> a->event->kind & 1) && a->event->distance_mm > rule->over_mm &&
           (rule->to_mm == 0 || a->event->distance_mm <= rule->to_mm) &&
           is_whose(rule->who, a);
}

har_status har_attempt_conditions(const struct har_attempt *attempt,
                                  struct har_arena *arena,
                                  const struct har_condition **condition, size_t *count,
                                  struct har_error *err)
{
    struct har_condition *list = HAR_NEW(arena, struct har_condition, RULES);
    size_t n = 0;
    bool whole = list != NULL;
    for (size_t i = 0; whole && i < RULES; i++) {
        const struct rule *rule = &rules[i];
        struct har_text because = {.arena = arena};
        if (!concerns(rule, attempt)) continue;
        list[n] = (struct har_condition){rule->about, rule->number, rule->wanted,
                                         HAR_TO_BE_SHOWN, NULL};
        if (rule->judge) list[n].met = rule->judge(attempt, &because);
        list[n++].because = because.data;
        whole = !because.failed;
    }
    if (!whole) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for the rules");
    *condition = list;
    *count = n;
    return HAR_OK;
}
