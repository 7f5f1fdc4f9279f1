/* SPDX-License-Identifier: MIT */
/* Where it happened.
 *
 * The watch's sub-sport decides, where it says something. A run without a single position
 * is a treadmill's, anything else without one took place indoors. And a run on open ground
 * is a track's if it draws the shape of one: at least half of it comes back within 20 m
 * after one lap length between 380 and 450 m (a 400 m track has 400 m in lane 1 and 453 m
 * in lane 8, and receivers add or cut a little), goes round once meanwhile, is well apart
 * from itself half a lap earlier, fits a field between 60 and 260 m, is about 1.7 times as
 * long as wide by its spread, and bends softly. The last two keep laps round a block out: a
 * square is as long as wide, and any block has corners where an oval has bends of 36 m. */

#include "draft.h"

#include "harrier/num.h"

#include <math.h>

static const struct {
    unsigned sub_sport;
    enum har_setting setting;
} settings_of[] = {
    {HAR_SUB_SPORT_TREADMILL, HAR_SETTING_TREADMILL},
    {HAR_SUB_SPORT_TRACK, HAR_SETTING_TRACK},
    {5, HAR_SETTING_INDOOR},  /* spin */
    {6, HAR_SETTING_INDOOR},  /* indoor cycling */
    {14, HAR_SETTING_INDOOR}, /* indoor rowing */
    {15, HAR_SETTING_INDOOR}, /* elliptical */
    {16, HAR_SETTING_INDOOR}, /* stair climbing */
    {HAR_SUB_SPORT_LAP_SWIMMING, HAR_SETTING_INDOOR},
    {20, HAR_SETTING_INDOOR}, /* strength training */
    {26, HAR_SETTING_INDOOR}, /* cardio training */
    {27, HAR_SETTING_INDOOR}, /* indoor walking */
    {HAR_SUB_SPORT_INDOOR_RUNNING, HAR_SETTING_INDOOR},
    {HAR_SUB_SPORT_VIRTUAL_ACTIVITY, HAR_SETTING_VIRTUAL},
};

#define PACE_M 5.0 /* between the points below */
#define LONGEST_WALK_M 60000.0
#define LEAST_WALK_M 1200.0
#define FULL_TURN_RAD (2 * 3.14159265358979323846)

/* What the shape must be; lengths in metres. */
#define SHORTEST_LAP_M 380.0
#define LONGEST_LAP_M 450.0
#define CLOSES_WITHIN_M 20.0
#define LEAST_CLOSED_M 800.0
#define CLOSED_SHARE 0.5
#define FIELD_LEAST_M 60.0
#define FIELD_MOST_M 260.0
#define APART_M 55.0
#define APART_SHARE 0.8
#define ROUND_SHARE 0.6
#define ROUND_WITHIN_RAD 0.9
#define SLIMMEST 2.2
#define FATTEST 1.4
#define SHARPEST_RAD 1.2 /* 90 % of the turns over 30 m are softer */

/* The run as points a pace apart, in metres east and north of the first. */
struct walk {
    size_t count;
    double *x, *y;
    double *turned_rad; /* since the start */
    double *work;
};

static size_t paces(double length_m)
{
    return (size_t)(length_m / PACE_M + 0.5);
}

static void pace_out(const struct draft *d, struct walk *w, size_t room)
{
    const double *lat = d->column[HAR_LAT_DEG], *lon = d->column[HAR_LON_DEG];
    const double m_per_deg = 111195;
    double east = m_per_deg * cos(d->summary->lat_deg * FULL_TURN_RAD / 360);
    double gone_m = 0;
    for (size_t i = 1; i < d->count && w->count < room; i++) {
        if (d->ground[i] <= 0 || d->leap[i] || isnan(lat[i]) || isnan(lat[i - 1])) continue;
        double next_m = gone_m + d->ground[i];
        while (w->count < room && (double)w->count * PACE_M < next_m) {
            double share = ((double)w->count * PACE_M - gone_m) / d->ground[i];
            double lat_deg = lat[i - 1] + share * (lat[i] - lat[i - 1]);
            double lon_deg = lon[i - 1] + share * (lon[i] - lon[i - 1]);
            w->x[w->count] = (lon_deg - d->summary->lon_deg) * east;
            w->y[w->count] = (lat_deg - d->summary->lat_deg) * m_per_deg;
            w->count++;
        }
        gone_m = next_m;
    }
}

static double apart(const struct walk *w, size_t a, size_t b)
{
    double x_m = w->x[b] - w->x[a], y_m = w->y[b] - w->y[a];
    return sqrt(x_m * x_m + y_m * y_m); /* a track is far from hypot()'s overflows */
}

static bool closes(const struct walk *w, size_t k, size_t lap)
{
    return apart(w, k, k + lap) < CLOSES_WITHIN_M;
}

/* The lap length, in paces, after which most of the walk comes back; how much of it does.
 */
static size_t best_lap(const struct walk *w, size_t *closed)
{
    size_t best = 0;
    *closed = 0;
    for (size_t lap = paces(SHORTEST_LAP_M); lap <= paces(LONGEST_LAP_M); lap++) {
        size_t n = 0;
        for (size_t k = 0; k + lap < w->count; k++) n += closes(w, k, lap);
        if (n <= *closed) continue;
        *closed = n;
        best = lap;
    }
    return best;
}

/* Fills `turned_rad` from chords of 20 m. */
static void add_up_turns(struct walk *w)
{
    const size_t chord = paces(20);
    double before = 0, sum = 0;
    for (size_t k = 0; k < w->count; k++) {
        if (k + chord < w->count) {
            double dx = w->x[k + chord] - w->x[k], dy = w->y[k + chord] - w->y[k];
            double heading = atan2(dy, dx);
            if (k > 0) sum += remainder(heading - before, FULL_TURN_RAD);
            before = heading;
        }
        w->turned_rad[k] = sum;
    }
}

static bool goes_round(const struct walk *w, size_t lap, size_t closed)
{
    size_t round = 0, far = 0;
    for (size_t k = 0; k + lap < w->count; k++) {
        if (!closes(w, k, lap)) continue;
        double turn = fabs(w->turned_rad[k + lap] - w->turned_rad[k]);
        round += fabs(turn - FULL_TURN_RAD) < ROUND_WITHIN_RAD;
        far += apart(w, k, k + lap / 2) > APART_M;
    }
    return (double)round >= ROUND_SHARE * (double)closed &&
           (double)far >= APART_SHARE * (double)closed;
}

static bool bends_softly(const struct walk *w, size_t lap)
{
    const size_t over = paces(30);
    size_t n = 0;
    for (size_t k = 0; k + lap < w->count; k++)
        if (closes(w, k, lap))
            w->work[n++] = fabs(w->turned_rad[k + over] - w->turned_rad[k]);
    return har_quantile(w->work, n, 0.9) < SHARPEST_RAD;
}

static bool fits_a_field(const struct walk *w, size_t lap)
{
    double n = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
    double west = INFINITY, east = -INFINITY, south = INFINITY, north = -INFINITY;
    for (size_t k = 0; k + lap < w->count; k++) {
        if (!closes(w, k, lap)) continue;
        n++;
        x += w->x[k], y += w->y[k];
        xx += w->x[k] * w->x[k], xy += w->x[k] * w->y[k], yy += w->y[k] * w->y[k];
        west = fmin(west, w->x[k]), east = fmax(east, w->x[k]);
        south = fmin(south, w->y[k]), north = fmax(north, w->y[k]);
    }
    double a = xx / n - x / n * (x / n), b = xy / n - x / n * (y / n);
    double c = yy / n - y / n * (y / n);
    double middle = (a + c) / 2, spread = hypot((a - c) / 2, b);
    double slim = sqrt((middle + spread) / fmax(middle - spread, 1));
    double least = fmin(east - west, north - south),
           most = fmax(east - west, north - south);
    return least >= FIELD_LEAST_M && most <= FIELD_MOST_M && slim >= FATTEST &&
           slim <= SLIMMEST;
}

static har_status looks_like_a_track(const struct draft *d, bool *track)
{
    double length_m = 0;
    *track = false;
    for (size_t i = 1; i < d->count; i++) length_m += d->ground[i];
    if (!(length_m >= LEAST_WALK_M)) return HAR_OK;
    size_t room = paces(fmin(length_m, LONGEST_WALK_M)), closed;
    struct walk w = {.x = HAR_NEW(d->arena, double, room),
                     .y = HAR_NEW(d->arena, double, room),
                     .turned_rad = HAR_NEW(d->arena, double, room),
                     .work = HAR_NEW(d->arena, double, room)};
    if (!w.x || !w.y || !w.turned_rad || !w.work) return HAR_NO_MEMORY;
    pace_out(d, &w, room);
    size_t lap = best_lap(&w, &closed);
    if (closed < paces(LEAST_CLOSED_M)) return HAR_OK;
    if ((double)closed < CLOSED_SHARE * (double)(w.count - lap)) return HAR_OK;
    add_up_turns(&w);
    *track = fits_a_field(&w, lap) && goes_round(&w, lap, closed) && bends_softly(&w, lap);
    return HAR_OK;
}

har_status clean_setting(struct draft *d)
{
    struct har_summary *s = d->summary;
    for (size_t i = 0; i < sizeof settings_of / sizeof settings_of[0]; i++)
        if (settings_of[i].sub_sport == s->sub_sport) {
            s->setting = settings_of[i].setting;
            return HAR_OK;
        }
    bool running = s->sport == HAR_SPORT_RUNNING, track = false;
    if (d->count == 0) return HAR_OK;
    if (!d->placed) {
        s->setting = running ? HAR_SETTING_TREADMILL : HAR_SETTING_INDOOR;
        return HAR_OK;
    }
    har_status got = running && d->ground ? looks_like_a_track(d, &track) : HAR_OK;
    if (track) s->setting = HAR_SETTING_TRACK;
    return got;
}
