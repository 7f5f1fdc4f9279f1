/* SPDX-License-Identifier: MIT */

/* The timetable: thirty weeks, from 4 September 2023 to 31 March 2024.
 *
 * Everything a coach would pin to the wall is a row of a table: kilometres a week, the
 * slots of a week, repetitions, races, a camp. Chance moves a session by minutes and a few
 * percent, takes a rest day or a second run away, and sends an easy run onto the belt. Near
 * a race and in the first days of the camp nothing is hard. Slower runners run the same
 * weeks, shorter by the square of their speed. The races and towns are real places on
 * made-up days. */

#include "timetable.h"

#include <math.h>

static const double full_training_mps = 6.45; /* v_m of who runs the whole of the table */

/* --- places ------------------------------------------------------------------------- */

/* When the other offset holds. */
static const struct {
    struct har_date from, to;
} winters[] = {
    [CLOCKS_NEVER_CHANGE] = {{1970, 1, 1}, {1970, 1, 1}},
    [CLOCKS_AMERICAN] = {{2023, 11, 5}, {2024, 3, 10}},
    [CLOCKS_EUROPEAN] = {{2023, 10, 29}, {2024, 3, 31}},
    [CLOCKS_SOUTHERN] = {{2023, 10, 1}, {2024, 4, 7}},
};

/* clang-format off */
/* Demonstration first; other runners live in any of these. */
static const struct town homes[] = {
    {"Seattle",     47.6790, -122.3280, 52,  9, -7,  -8,   CLOCKS_AMERICAN},
    {"Leeds",       53.8290,   -1.5790, 88,  7,  1,   0,   CLOCKS_EUROPEAN},
    {"Lisbon",      38.7010,   -9.1840, 12, 15,  1,   0,   CLOCKS_EUROPEAN},
    {"Sapporo",     43.0560,  141.3560, 20,  4,  9,   9,   CLOCKS_NEVER_CHANGE},
    {"Adelaide",   -34.9080,  138.5930, 42, 20,  9.5, 10.5, CLOCKS_SOUTHERN},
    {"Montevideo", -34.9230,  -56.1600, 15, 20, -3,  -3,   CLOCKS_NEVER_CHANGE},
};
enum { HOMES = sizeof homes / sizeof homes[0] };

enum { FLAGSTAFF, PORTLAND, SAN_DIEGO, BOSTON, NEW_YORK, VANCOUVER };
static const struct town away[] = {
    [FLAGSTAFF] = {"Flagstaff", 35.1880, -111.6530, 2100,  1, -7, -7, CLOCKS_NEVER_CHANGE},
    [PORTLAND]  = {"Portland",  45.5120, -122.6710,   15, 12, -7, -8, CLOCKS_AMERICAN},
    [SAN_DIEGO] = {"San Diego", 32.9620, -117.0700,   25, 14, -7, -8, CLOCKS_AMERICAN},
    [BOSTON]    = {"Boston",    42.3610,  -71.1240,    6,  3, -4, -5, CLOCKS_AMERICAN},
    [NEW_YORK]  = {"New York",  40.8420,  -73.9410,   40,  4, -4, -5, CLOCKS_AMERICAN},
    [VANCOUVER] = {"Vancouver", 49.2990, -123.1340,    8,  7, -7, -8, CLOCKS_AMERICAN},
};

/* --- the wall ------------------------------------------------------------------------ */

/* Kilometres a week, races included or nearly so. */
static const double week_km[SEASON_WEEKS] = {
    108, 116, 126, 106, 132, 112, 130, 140, 146, 152, /* autumn, a 10 km on the way */
    124, 158, 134, 98,                                /* the downhill half */
    80,  114, 128,                                    /* the turn of the year */
    122, 138, 148, 140,                               /* altitude */
    104, 98,  100,                                    /* indoors */
    128, 138, 108, 130, 100, 80,                      /* to the spring half */
};

/* The week's slots in order of time, and how they share its distance. */
static const struct slot {
    int weekday; /* Monday 0 */
    unsigned clock_min;
    enum har_session_kind kind;
    double share;
} slots[] = {
    {0, 435, HAR_SESSION_EASY,      0.09},
    {1, 570, HAR_SESSION_INTERVALS, 0.115},
    {1, 990, HAR_SESSION_EASY,      0.06},
    {2, 435, HAR_SESSION_EASY,      0.115},
    {2, 990, HAR_SESSION_EASY,      0.06},
    {3, 570, HAR_SESSION_TEMPO,     0.125},
    {3, 990, HAR_SESSION_EASY,      0.055},
    {4, 435, HAR_SESSION_EASY,      0.085},
    {5, 570, HAR_SESSION_HILLS,     0.105},
    {6, 510, HAR_SESSION_LONG,      0.19},
};
enum { SLOTS = sizeof slots / sizeof slots[0], NOON_MIN = 720 };

/* One a week, in turn. */
static const struct workout workouts[] = {
    { 8, 1000,   0, 60, 2400},
    {12,  400,   0, 60,  900},
    { 5, 2000, 400,  0, 3000},
    {10,  600, 200,  0, 1200},
    { 6, 1200,   0, 90, 1800},
    {16,  200, 200,  0,  420},
};
enum { WORKOUTS = sizeof workouts / sizeof workouts[0] };

static const struct race races[] = {
    {{2023, 10, 15},  500, "10K",   "10 km",         10000,    0,     false, &away[PORTLAND]},
    {{2023, 12, 10},  450, "HM",    "Half marathon", 21097.5,  217.6, false, &away[SAN_DIEGO]},
    {{2024, 2, 3},   1105, "3000",  "3000 m",        3000,     0,     true,  &away[BOSTON]},
    {{2024, 2, 11},   890, "2MILE", "2 miles",       3218.688, 0,     true,  &away[NEW_YORK]},
    {{2024, 2, 17},  1020, "MILE",  "Mile",          1609.344, 0,     true,  NULL},
    {{2024, 3, 10},   540, "10K",   "10 km",         10000,    0,     false, &away[VANCOUVER]},
    {{2024, 3, 24},   480, "HM",    "Half marathon", 21097.5,  0,     false, NULL},
};
enum { RACES = sizeof races / sizeof races[0] };

const struct camp timetable_camps[CAMPS] = {{{2024, 1, 2}, {2024, 1, 29}, &away[FLAGSTAFF]}};

/* Days from a race (before it if negative) on which nothing is hard, and what is left of a
 * slot's distance then. */
static const struct { int day; double share; } near_race[] = {
    {-3, 1}, {-2, 0.8}, {-1, 0.6}, {0, 0}, {1, 0.7}, {2, 0.9},
};
enum { NEAR_RACE = sizeof near_race / sizeof near_race[0], CAMP_EASY_DAYS = 4 };

static const struct { double intensity; const char *name; } kinds[] = {
    [HAR_SESSION_EASY]      = {0.72, NULL},
    [HAR_SESSION_LONG]      = {0.77, "Long run"},
    [HAR_SESSION_TEMPO]     = {0.86, "Tempo run"},
    [HAR_SESSION_INTERVALS] = {0.87, NULL},
    [HAR_SESSION_HILLS]     = {0.78, "Hill repeats"},
    [HAR_SESSION_TREADMILL] = {0.72, "Treadmill"},
    [HAR_SESSION_RACE]      = {1.04, NULL},
};
/* clang-format on */

int64_t timetable_begin(void)
{
    return har_day_of((struct har_date){2023, 9, 4});
}

double timetable_intensity(enum har_session_kind kind)
{
    return kinds[kind].intensity;
}

static bool is_hard(enum har_session_kind kind)
{
    return kind != HAR_SESSION_EASY && kind != HAR_SESSION_TREADMILL;
}

const struct town *timetable_town(const struct timetable *plan, int64_t day)
{
    for (size_t i = 0; i < CAMPS; i++)
        if (day >= har_day_of(timetable_camps[i].from) &&
            day <= har_day_of(timetable_camps[i].to))
            return timetable_camps[i].place;
    for (size_t i = 0; i < RACES; i++) {
        int64_t left = har_day_of(races[i].date) - day;
        if (races[i].place && (left == 0 || left == 1)) return races[i].place;
    }
    return plan->home;
}

int32_t timetable_offset(const struct town *place, int64_t day)
{
    bool other = day >= har_day_of(winters[place->clocks].from) &&
                 day < har_day_of(winters[place->clocks].to);
    return (int32_t)(3600 * (other ? place->other_offset_h : place->utc_offset_h));
}

/* --- laying ----------------------------------------------------------------------------
 */

/* What is left of a slot's distance on such a day; 0 on the day of a race. */
static double spare(int64_t day, bool *easy)
{
    double share = 1;
    for (size_t i = 0; i < CAMPS; i++) {
        int64_t since = day - har_day_of(timetable_camps[i].from);
        if (since >= 0 && since < CAMP_EASY_DAYS) *easy = true;
    }
    for (size_t i = 0; i < RACES; i++)
        for (size_t k = 0; k < NEAR_RACE; k++)
            if (day - har_day_of(races[i].date) == near_race[k].day) {
                *easy = true;
                share = fmin(share, near_race[k].share);
            }
    return share;
}

static void add_entry(struct timetable *t, struct entry entry)
{
    if (t->count < SESSIONS_MOST) t->entry[t->count++] = entry;
}

/* A race, and its warm-up and cool-down where the start is also the finish. */
static void lay_race(struct timetable *t, const struct har_truth *truth,
                     const struct race *race, int64_t day)
{
    enum { WARM_UP_S = 2700, BREATHER_S = 900 };
    double slow_s = 1.15 * har_truth_time(truth, race->distance_m);
    struct entry gun = {.day = day,
                        .clock_s = race->clock_min * 60,
                        .kind = HAR_SESSION_RACE,
                        .distance_m = race->distance_m,
                        .place = race->place ? race->place : t->home,
                        .race = race};
    struct entry jog = {
        .day = day, .kind = HAR_SESSION_EASY, .distance_m = 3000, .place = gun.place};
    struct entry warm_up = jog, cool_down = jog;
    warm_up.name = "Warm-up";
    warm_up.clock_s = gun.clock_s - WARM_UP_S;
    cool_down.name = "Cool-down";
    cool_down.clock_s = gun.clock_s + (unsigned)slow_s + BREATHER_S;
    bool returns = race->drop_m <= 0;
    if (returns) add_entry(t, warm_up);
    add_entry(t, gun);
    if (returns) add_entry(t, cool_down);
}

static bool happens(struct timetable *t, double chance)
{
    return har_random_uniform(&t->random) < chance;
}

static void lay_slot(struct timetable *t, const struct slot *slot, int64_t day, int week)
{
    const double rest_day = 0.3, no_second_run = 0.12, second_least_m = 4500;
    const double bad_weather = week >= 9 && week < 25 ? 0.2 : 0.06, least_m = 2000;
    bool second = slot->clock_min > NOON_MIN, easy = false;
    double share = spare(day, &easy);
    double clock_min = slot->clock_min + 9 * har_random_normal(&t->random);
    double distance_m = t->volume * week_km[week] * 1000 * slot->share * share *
                        (1 + 0.05 * har_random_normal(&t->random));
    bool off = happens(t, second ? no_second_run : slot->weekday == 0 ? rest_day : 0);
    bool inside = happens(t, bad_weather);
    if (off || share <= 0 || (second && (distance_m < second_least_m || share < 0.9)))
        return;

    struct entry entry = {.day = day,
                          .clock_s = (unsigned)(60 * clock_min),
                          .kind = slot->kind,
                          .place = timetable_town(t, day)};
    if (easy && is_hard(slot->kind)) {
        entry.kind = HAR_SESSION_EASY;
        distance_m *= 0.8;
    }
    if (entry.kind == HAR_SESSION_EASY && inside && entry.place == t->home)
        entry.kind = HAR_SESSION_TREADMILL;
    entry.name = kinds[entry.kind].name;
    if (entry.kind == HAR_SESSION_EASY)
        entry.name = second ? "Afternoon run" : "Morning run";
    if (entry.kind == HAR_SESSION_INTERVALS) entry.workout = &workouts[week % WORKOUTS];
    entry.distance_m = fmax(least_m, 100 * round(distance_m / 100));
    add_entry(t, entry);
}

void timetable_lay(struct timetable *plan, const struct har_truth *truth, uint64_t seed)
{
    double level = truth->v_m_mps / full_training_mps;
    uint64_t home = har_random_bits(&plan->random) % HOMES;
    plan->home = &homes[seed == 1 ? 0 : home];
    plan->volume = fmin(1.05, level * level);
    for (int d = 0; d < SEASON_DAYS; d++) {
        int64_t day = timetable_begin() + d;
        for (size_t i = 0; i < RACES; i++)
            if (har_day_of(races[i].date) == day) lay_race(plan, truth, &races[i], day);
        for (size_t i = 0; i < SLOTS; i++)
            if (slots[i].weekday == d % 7) lay_slot(plan, &slots[i], day, d / 7);
    }
}
