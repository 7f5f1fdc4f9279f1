/* SPDX-License-Identifier: MIT */
/* Stays found.
 *
 * The diary's stays (diary.h) are days far from the usual altitude, high or low. A camp is
 * absolute: 1,500 m, under which nothing much happens to the blood, whoever runs there. A
 * day is as high as the median of what was done on foot; who runs once over a pass is not
 * staying there, so four days from first to last are needed. Up to four days between two
 * that are high do not end a stay: days of rest, and among them up to two that were run
 * lower down within reach of a car, for to live high and train low is what many go there
 * for. But who lives below and goes up twice a week is not living high: more than half of
 * the known days must be high. A move of more than 50 km begins another stay.
 *
 * A stay begins on the first day that was run high and ends on the last. Days of arrival
 * and departure on which nothing was run are not seen; who knows them may tell them. From
 * 120 days on it is a home. All these bounds are our choices. */

#include "harrier/camp.h"

#include "harrier/num.h"

#include <math.h>
#include <stdlib.h>

#define ABOVE_M 1500.0
#define MOVED_M 50000.0
#define TRIP_M 150000.0
enum { LEAST_STAY_DAYS = 4, LONGEST_BREAK = 4, LOW_DAYS_BRIDGED = 2, HOME_DAYS = 120 };

/* One day with a known altitude. */
struct camp_day {
    int64_t day;
    double altitude_m, lat_deg, lon_deg;
    bool high;
};

static int compare_whereabouts(const void *a, const void *b)
{
    const struct har_whereabouts *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return (x->altitude_m > y->altitude_m) - (x->altitude_m < y->altitude_m);
}

static size_t sort_whereabouts(const struct har_whereabouts *seen, size_t count,
                               struct har_whereabouts *sorted)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(seen[i].altitude_m)) sorted[known++] = seen[i];
    if (known > 0) qsort(sorted, known, sizeof *sorted, compare_whereabouts);
    return known;
}

/* Where the activity was whose altitude is the day's; of an even number the lower one. */
static size_t gather_camp_days(const struct har_whereabouts *sorted, size_t count,
                               double above_m, struct camp_day *days)
{
    size_t found = 0;
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && sorted[to].day == sorted[from].day;) to++;
        const struct har_whereabouts *low = &sorted[(from + to - 1) / 2],
                                     *high = &sorted[(from + to) / 2];
        double altitude_m = (low->altitude_m + high->altitude_m) / 2;
        days[found++] = (struct camp_day){low->day, altitude_m, low->lat_deg, low->lon_deg,
                                          altitude_m > above_m};
    }
    return found;
}

/* How far apart; 0 where a place is not known. */
static double apart_m(const struct camp_day *a, const struct camp_day *b)
{
    double way_m = har_geodesic_step(a->lat_deg, a->lon_deg, b->lat_deg, b->lon_deg);
    return isnan(way_m) ? 0 : way_m;
}

/* The next high day at the same place after days[at], if the stay goes on there; else `at`.
 */
static size_t next_high(const struct camp_day *days, size_t count, size_t at,
                        int64_t longest_break)
{
    size_t next = at + 1;
    while (next < count && next - at <= LOW_DAYS_BRIDGED && !days[next].high &&
           apart_m(&days[at], &days[next]) <= TRIP_M)
        next++;
    bool goes_on = next < count && days[next].high &&
                   days[next].day - days[at].day - 1 <= longest_break &&
                   apart_m(&days[at], &days[next]) <= MOVED_M;
    return goes_on ? next : at;
}

/* The last day of the stay that begins with days[from]; `*high` of its known days are. */
static size_t stay_from(const struct camp_day *days, size_t count, size_t from,
                        int64_t longest_break, size_t *high)
{
    size_t at = from, next;
    for (*high = 1; (next = next_high(days, count, at, longest_break)) > at; at = next)
        ++*high;
    return at;
}

static struct har_camp camp_of(const struct camp_day *days, size_t from, size_t to,
                               double *work)
{
    size_t high = 0;
    for (size_t i = from; i <= to; i++)
        if (days[i].high) work[high++] = days[i].altitude_m;
    return (struct har_camp){
        .from_day = days[from].day,
        .to_day = days[to].day,
        .altitude_m = har_quantile(work, high, 0.5),
        .lat_deg = days[from].lat_deg,
        .lon_deg = days[from].lon_deg,
        .at_home = days[to].day - days[from].day + 1 >= HOME_DAYS,
    };
}

static struct har_camp_settings camp_settings(const struct har_camp_settings *settings)
{
    struct har_camp_settings use = {0};
    if (settings) use = *settings;
    if (use.above_m == 0) use.above_m = ABOVE_M;
    if (use.least_days == 0) use.least_days = LEAST_STAY_DAYS;
    if (use.longest_break == 0) use.longest_break = LONGEST_BREAK;
    return use;
}

har_status har_camps_find(const struct har_whereabouts *seen, size_t count,
                          const struct har_camp_settings *settings, struct har_arena *arena,
                          struct har_camp **camps, size_t *camp_count,
                          struct har_error *err)
{
    struct har_camp_settings use = camp_settings(settings);
    struct har_whereabouts *sorted = HAR_NEW(arena, struct har_whereabouts, count);
    struct camp_day *days = HAR_NEW(arena, struct camp_day, count);
    struct har_camp *out = HAR_NEW(arena, struct har_camp, count);
    double *work = HAR_NEW(arena, double, count);
    if (!sorted || !days || !out || !work)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for %zu places", count);
    size_t known = sort_whereabouts(seen, count, sorted), found = 0;
    size_t day_count = gather_camp_days(sorted, known, use.above_m, days);
    for (size_t i = 0; i < day_count; i++) {
        size_t high, last;
        if (!days[i].high) continue;
        last = stay_from(days, day_count, i, use.longest_break, &high);
        bool long_enough = days[last].day - days[i].day + 1 >= use.least_days;
        if (long_enough && 2 * high > last - i + 1)
            out[found++] = camp_of(days, i, last, work);
        i = last;
    }
    *camps = out;
    *camp_count = found;
    return HAR_OK;
}

/* --- told
 * ---------------------------------------------------------------------------------
 */

static int compare_camps(const void *a, const void *b)
{
    const struct har_camp *x = a, *y = b;
    if (x->from_day != y->from_day) return x->from_day < y->from_day ? -1 : 1;
    return (x->to_day > y->to_day) - (x->to_day < y->to_day);
}

static bool touches_one(const struct har_camp *camp, const struct har_camp *told,
                        size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (camp->from_day <= told[i].to_day && told[i].from_day <= camp->to_day)
            return true;
    return false;
}

har_status har_camps_join(const struct har_camp *found, size_t found_count,
                          const struct har_camp *told, size_t told_count,
                          struct har_arena *arena, struct har_camp **camps,
                          size_t *camp_count, struct har_error *err)
{
    struct har_camp *all = HAR_NEW(arena, struct har_camp, found_count + told_count);
    size_t count = 0;
    if (!all)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for %zu camps",
                        found_count + told_count);
    for (size_t i = 0; i < told_count; i++) {
        all[count] = told[i];
        all[count++].told = true;
    }
    for (size_t i = 0; i < found_count; i++)
        if (!touches_one(&found[i], told, told_count)) all[count++] = found[i];
    if (count > 0) qsort(all, count, sizeof *all, compare_camps);
    *camps = all;
    *camp_count = count;
    return HAR_OK;
}
