/* SPDX-License-Identifier: MIT */
/* Whether a road mark from a course can be a record.
 *
 * World Athletics, Competition Rule 31.21 (IAAF 260.21 until 2019): start and finish no
 * farther apart, in a straight line, than 50 % of the race distance; the drop between them
 * no more than 1:1000 of it. The road statisticians (ARRS) list a mark with an "a" where
 * the separation is over 30 % or the drop over 1 m/km, and not at all over 5 m/km. Both
 * rules are about the event's distance, so the shares are of that where the line fits it.
 *
 * Both speak of surveyed places, and a line on a map is no survey. Ours are the bounds, as
 * 95 % intervals:
 *
 * - The ends of a line lie within some 20 m of the true ones: SEPARATION_BOUND_M together.
 * - The difference of two heights from a model of the ground (5 to 8 m each) or from a
 *   watch's barometer (8 m an hour of weather) is good to DROP_BOUND_M, 0.36 m/km of a
 *   marathon. The errors of a model are those of its neighbourhood: ends that lie together
 *   share them, and the bound of a drawn line grows with their separation from
 *   NEAR_BOUND_M. A watch comes back to the same place at another hour: its bound does not
 *   shrink.
 * - Whatever the heights say, ends d metres apart differ by no more than a steep street
 *   does over d: STEEPEST of it, with PLACE_M for where they are.
 *
 * Where the interval straddles a limit the verdict is "unknown", and the confidence says
 * which way the numbers lean. It never passes CERTAIN: the line in the file may not be the
 * one that was run. A line shorter than the event by over 1 % cannot be called eligible;
 * one that differs by over 5 % is another course, and so is one with a hole. */

#include "harrier/course.h"

#include "line.h"

#include <math.h>
#include <stdarg.h>

#define MOST_SEPARATION_PCT 50.0
#define LISTED_SEPARATION_PCT 30.0
#define MOST_DROP_M_PER_KM 1.0
#define LISTED_DROP_M_PER_KM 5.0

#define SEPARATION_BOUND_M 30.0
#define DROP_BOUND_M 15.0
#define NEAR_BOUND_M 2.0
#define NEAR_BOUND_SHARE 0.05
#define STEEPEST 0.1
#define PLACE_M 10.0
#define CERTAIN 0.99
#define Z95 1.96
#define HAIR 1e-9

#define MISMATCH 0.01
#define OTHER_COURSE 0.05
#define NEAR_SEPARATION_PCT 5.0 /* so near a limit, a reason says so */

enum { MOST_REASONS = 10 };

/* --- names ------------------------------------------------------------------------ */

static const char *const verdict_names[] = {
    [HAR_VERDICT_ELIGIBLE] = "eligible",
    [HAR_VERDICT_AIDED_DROP] = "aided-drop",
    [HAR_VERDICT_AIDED_BOTH] = "aided-both",
    [HAR_VERDICT_AIDED_SEPARATION] = "aided-separation",
    [HAR_VERDICT_EXCLUDED] = "excluded",
    [HAR_VERDICT_UNKNOWN] = "unknown",
};

const char *har_verdict_name(enum har_verdict verdict)
{
    return verdict_names[verdict];
}

/* --- what is known ---------------------------------------------------------------- */

struct interval {
    double low, value, high;
};

struct judging {
    const struct har_course *course;
    const struct har_course_question *question;
    struct har_arena *arena;
    struct har_eligibility *out;
    const char **reasons;
    bool full, surveyed;
    double mismatch; /* length over event, less 1; 0 where no event is told */
    struct interval separation_pct, drop_m_per_km;
};

static har_status check_question(const struct har_course_question *q, struct har_error *err)
{
    double z[] = {q->start_elevation_m, q->finish_elevation_m};
    if (!isnan(q->event_m) && !(q->event_m > 0 && q->event_m < INFINITY))
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "an event has a distance above 0 m");
    if (isnan(z[0]) != isnan(z[1]))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "the drop needs both elevations, of the start and of the finish");
    for (int i = 0; i < 2; i++)
        if (z[i] < LOWEST_LAND_M || z[i] > HIGHEST_LAND_M)
            return har_fail(err, HAR_OUT_OF_RANGE, (uint64_t)i,
                            "an elevation on land lies between the shore of the Dead Sea "
                            "and the top of Everest, not at %ld m",
                            lround(fmin(fmax(z[i], -1e6), 1e6)));
    return HAR_OK;
}

static struct interval drop_from_file(const struct har_course *c)
{
    double near_m = NEAR_BOUND_M + NEAR_BOUND_SHARE * c->separation_m;
    double bound_m = c->recorded ? DROP_BOUND_M : fmin(DROP_BOUND_M, near_m);
    double steepest_m = STEEPEST * (c->separation_m + PLACE_M);
    double low = fmax(c->drop_m - bound_m, -steepest_m);
    double high = fmin(c->drop_m + bound_m, steepest_m);
    if (low > high) low = -steepest_m, high = steepest_m;
    return (struct interval){low, fmin(fmax(c->drop_m, low), high), high};
}

static struct interval scaled(struct interval of, double by)
{
    return (struct interval){of.low * by, of.value * by, of.high * by};
}

static void weigh(struct judging *j)
{
    const struct har_course *c = j->course;
    const struct har_course_question *q = j->question;
    struct har_eligibility *out = j->out;
    if (!isnan(q->event_m)) j->mismatch = c->length_m / q->event_m - 1;
    bool fits = !isnan(q->event_m) && fabs(j->mismatch) <= OTHER_COURSE;
    out->distance_m = fits ? q->event_m : c->length_m;

    double apart_m = c->separation_m;
    struct interval separation_m = {fmax(apart_m - SEPARATION_BOUND_M, 0), apart_m,
                                    apart_m + SEPARATION_BOUND_M};
    double surveyed_m = q->start_elevation_m - q->finish_elevation_m;
    struct interval drop_m = {surveyed_m, surveyed_m, surveyed_m};
    j->surveyed = !isnan(surveyed_m);
    if (!j->surveyed && !isnan(c->drop_m)) drop_m = drop_from_file(c);
    j->separation_pct = scaled(separation_m, 100 / out->distance_m);
    j->drop_m_per_km = scaled(drop_m, 1000 / out->distance_m);

    out->separation_pct = fmin(j->separation_pct.value, 100);
    out->drop_m_per_km = j->drop_m_per_km.value;
    out->drop_m = drop_m.value;
    out->drop_low_m = drop_m.low;
    out->drop_high_m = drop_m.high;
}

/* --- on which side of the limits --------------------------------------------------- */

/* A drop of 42.195 m over 42.195 km is within the limit, however the division rounds. */
static bool is_over(double value, double limit)
{
    return value > limit + HAIR;
}

static bool straddles(struct interval of, double limit)
{
    return !is_over(of.low, limit) && is_over(of.high, limit);
}

static enum har_verdict verdict_at(double separation_pct, double drop_m_per_km)
{
    bool apart = is_over(separation_pct, MOST_SEPARATION_PCT);
    if (is_over(drop_m_per_km, LISTED_DROP_M_PER_KM)) return HAR_VERDICT_EXCLUDED;
    if (is_over(drop_m_per_km, MOST_DROP_M_PER_KM))
        return apart ? HAR_VERDICT_AIDED_BOTH : HAR_VERDICT_AIDED_DROP;
    return apart ? HAR_VERDICT_AIDED_SEPARATION : HAR_VERDICT_ELIGIBLE;
}

static enum har_listing listing_at(double separation_pct, double drop_m_per_km)
{
    if (is_over(drop_m_per_km, LISTED_DROP_M_PER_KM)) return HAR_LISTING_NONE;
    return is_over(separation_pct, LISTED_SEPARATION_PCT) ||
                   is_over(drop_m_per_km, MOST_DROP_M_PER_KM)
               ? HAR_LISTING_AIDED
               : HAR_LISTING_PLAIN;
}

/* How likely it is that the truth lies between the same two limits as the value: the
 * interval is 95 % of a normal distribution around it. */
static double sureness(struct interval of, const double *limits, size_t count)
{
    double deviation = fmax(of.value - of.low, of.high - of.value) / Z95;
    double below = 0, above = 0;
    if (!(deviation > 0)) return 1;
    for (size_t i = 0; i < count; i++) {
        double miss = 0.5 * erfc(fabs(limits[i] - of.value) / deviation / sqrt(2));
        double *side = limits[i] < of.value ? &below : &above;
        *side = fmax(*side, miss);
    }
    return 1 - below - above;
}

static double confidence_of(const struct judging *j)
{
    static const double apart[] = {MOST_SEPARATION_PCT};
    static const double falls[] = {MOST_DROP_M_PER_KM, LISTED_DROP_M_PER_KM};
    return fmin(CERTAIN, sureness(j->separation_pct, apart, 1) *
                             sureness(j->drop_m_per_km, falls, 2));
}

/* --- reasons ------------------------------------------------------------------------ */

/* Adds a sentence: its words, with a number at each '#', of as many decimals as the digit
 * behind it says. */
static void give_reason(struct judging *j, const char *words, ...)
{
    struct har_text text = {.arena = j->arena};
    va_list numbers;
    va_start(numbers, words);
    for (const char *at = words; *at; at++) {
        if (*at == '#')
            har_text_fixed(&text, va_arg(numbers, double), (unsigned)(*++at - '0'));
        else har_text_bytes(&text, at, 1);
    }
    va_end(numbers);
    j->full = j->full || text.failed;
    if (!j->full) j->reasons[j->out->reason_count++] = text.data;
}

/* What forbids any verdict. */
static bool is_blind(struct judging *j)
{
    const struct har_course *c = j->course;
    size_t before = j->out->reason_count;
    if (c->longest_step_m > HAR_COURSE_HOLE_M)
        give_reason(j,
                    "there is a hole of #1 km in the line, #1 km from the start: what was "
                    "run there is not known",
                    c->longest_step_m / 1000, c->longest_step_at_m / 1000);
    if (fabs(j->mismatch) > OTHER_COURSE)
        give_reason(j,
                    "the course does not match the event: the line is #3 km long, the "
                    "event #3 km",
                    c->length_m / 1000, j->question->event_m / 1000);
    if (isnan(j->out->drop_m))
        give_reason(j, "the file has no elevations at its start and finish: the drop is "
                       "not known");
    return j->out->reason_count > before;
}

static void tell_separation(struct judging *j)
{
    double pct = j->out->separation_pct;
    if (straddles(j->separation_pct, MOST_SEPARATION_PCT))
        give_reason(j,
                    "start and finish lie #1 % of the distance apart, too near the limit "
                    "of #0 % to tell from a line on a map",
                    pct, MOST_SEPARATION_PCT);
    else if (is_over(pct, MOST_SEPARATION_PCT))
        give_reason(j,
                    "start and finish lie #1 % of the distance apart, over the limit of "
                    "#0 %",
                    pct, MOST_SEPARATION_PCT);
    else if (pct > MOST_SEPARATION_PCT - NEAR_SEPARATION_PCT)
        give_reason(j,
                    "start and finish lie #1 % of the distance apart: near the limit of #0 "
                    "%, and within it",
                    pct, MOST_SEPARATION_PCT);
    else
        give_reason(j,
                    "start and finish lie #1 % of the distance apart, within the limit "
                    "of #0 %",
                    pct, MOST_SEPARATION_PCT);
}

/* The limit that the drop has to be told about: the one it may lie on either side of, else
 * the highest that it is over. */
static double telling_limit(const struct interval *drop)
{
    if (straddles(*drop, MOST_DROP_M_PER_KM)) return MOST_DROP_M_PER_KM;
    return straddles(*drop, LISTED_DROP_M_PER_KM) ||
                   is_over(drop->value, LISTED_DROP_M_PER_KM)
               ? LISTED_DROP_M_PER_KM
               : MOST_DROP_M_PER_KM;
}

static void tell_drop(struct judging *j)
{
    const struct interval *drop = &j->drop_m_per_km;
    double limit = telling_limit(drop);
    bool over = is_over(drop->value, limit);
    if (isnan(drop->value)) return;
    if (straddles(*drop, limit))
        give_reason(j,
                    "the drop of #2 m/km is near the limit of #0: nobody surveyed its "
                    "ends, and from this file it lies between #2 and #2",
                    drop->value, limit, drop->low, drop->high);
    else if (j->surveyed)
        give_reason(j,
                    over ? "the surveyed drop is #2 m/km, over the limit of #0"
                         : "the surveyed drop is #2 m/km, within the limit of #0",
                    drop->value, limit);
    else
        give_reason(j,
                    over ? "the drop of #2 m/km (from the file: #2 to #2) is over the "
                           "limit of #0"
                         : "the drop of #2 m/km (from the file: #2 to #2) is within the "
                           "limit of #0",
                    drop->value, drop->low, drop->high, limit);
}

static bool is_short(const struct judging *j)
{
    return j->mismatch < -MISMATCH;
}

static void tell_rest(struct judging *j)
{
    const struct har_course *c = j->course;
    if (fabs(j->mismatch) > MISMATCH && fabs(j->mismatch) <= OTHER_COURSE)
        give_reason(j,
                    is_short(j) ? "the course does not match the event: the line is #1 % "
                                  "shorter, and a short course makes no record"
                                : "the course does not match the event: the line is #1 % "
                                  "longer",
                    100 * fabs(j->mismatch));
    if (c->longest_blind_m > HAR_COURSE_HOLE_M && c->longest_step_m <= HAR_COURSE_HOLE_M)
        give_reason(j,
                    "over #1 km of the line no height is told: what it climbs there is not "
                    "in the ascent",
                    c->longest_blind_m / 1000);
    if (c->line_count > 1)
        give_reason(j, "the file holds #0 lines; the longest is judged",
                    (double)c->line_count);
    if (c->recorded)
        give_reason(j, "a watch recorded this line: what was run, not the course as it was "
                       "measured");
}

/* --- the verdict -------------------------------------------------------------------- */

static void decide(struct judging *j)
{
    struct har_eligibility *out = j->out;
    const struct interval *apart = &j->separation_pct, *drop = &j->drop_m_per_km;
    bool blind = is_blind(j);
    enum har_verdict low = verdict_at(apart->low, drop->low);
    enum har_verdict high = verdict_at(apart->high, drop->high);
    enum har_listing listing = listing_at(apart->low, drop->low);
    out->verdict = blind || low != high ? HAR_VERDICT_UNKNOWN : low;
    if (low == HAR_VERDICT_ELIGIBLE && is_short(j)) out->verdict = HAR_VERDICT_UNKNOWN;
    out->listing = blind || listing != listing_at(apart->high, drop->high)
                       ? HAR_LISTING_UNKNOWN
                       : listing;
    out->confidence = blind ? 0 : confidence_of(j);

    bool drop_first = is_over(drop->high, MOST_DROP_M_PER_KM);
    if (drop_first) tell_drop(j);
    tell_separation(j);
    if (!drop_first) tell_drop(j);
    tell_rest(j);
    if (out->verdict == HAR_VERDICT_UNKNOWN && !blind && low != HAR_VERDICT_ELIGIBLE)
        give_reason(j, "on no reading of it is it eligible");
}

har_status har_course_judge(const struct har_course *course,
                            const struct har_course_question *question,
                            struct har_arena *arena, struct har_eligibility *out,
                            struct har_error *err)
{
    har_status got = check_question(question, err);
    if (got != HAR_OK) return got;
    *out = (struct har_eligibility){0};
    struct judging j = {.course = course,
                        .question = question,
                        .arena = arena,
                        .out = out,
                        .reasons = HAR_NEW(arena, const char *, MOST_REASONS)};
    if (!j.reasons) return har_fail(err, HAR_NO_MEMORY, 0, "there is no memory left");
    out->reasons = j.reasons;
    weigh(&j);
    decide(&j);
    return j.full ? har_fail(err, HAR_NO_MEMORY, 0, "there is no memory left") : HAR_OK;
}
