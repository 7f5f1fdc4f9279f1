/* SPDX-License-Identifier: MIT */
/* A plan as a FIT course.
 *
 * It is a lap, records with positions, cumulative distances and times, and course points;
 * watches let a partner run by the times. Garmin's own plan by pace is no public message; a
 * course and a workout of steps by distance say the same.
 *
 * FIT's records tell whole seconds, so the partner jumps by as much as one of them. A point
 * that would come in the same second as the one before is left out but for the last. */

#include "fit_writer.h"

#include <math.h>

enum {
    COURSE_TYPE = 6,
    RUNNING = 1,
    DEVELOPMENT = 255, /* manufacturer: none of the registered */
    MARK_ROOM = 15,
    GENERIC_POINT = 0,
};
#define SEMICIRCLES_PER_DEG (0x1p31 / 180)

static void write_id(struct writer *w, int64_t created_ms)
{
    const struct field fields[] = {
        number_field(0, ENUM, COURSE_TYPE),
        number_field(1, UINT16, DEVELOPMENT),
        number_field(2, UINT16, 0),
        number_field(3, UINT32Z, 1),
        number_field(4, UINT32, fit_time(created_ms)),
    };
    WRITE(w, LOCAL_ONCE, FILE_ID, fields);
}

/* --- a course ------------------------------------------------------------------------ */

static int64_t instant(const struct har_fit_course *c, double time_s)
{
    return c->start_ms + llround(time_s * 1000);
}

static double half_circle(double degrees)
{
    return degrees * SEMICIRCLES_PER_DEG;
}

static void write_course_lap(struct writer *w, const struct har_fit_course *c)
{
    size_t last = c->count - 1;
    const struct field fields[] = {
        number_field(253, UINT32, fit_time(instant(c, c->time_s[last]))),
        number_field(2, UINT32, fit_time(c->start_ms)),
        number_field(3, SINT32, half_circle(c->lat_deg[0])),
        number_field(4, SINT32, half_circle(c->lon_deg[0])),
        number_field(5, SINT32, half_circle(c->lat_deg[last])),
        number_field(6, SINT32, half_circle(c->lon_deg[last])),
        number_field(7, UINT32, c->time_s[last] * 1000),
        number_field(8, UINT32, c->time_s[last] * 1000),
        number_field(9, UINT32, c->distance_m[last] * 100),
    };
    WRITE(w, LOCAL_LAP, LAP, fields);
}

static void write_course_record(struct writer *w, const struct har_fit_course *c, size_t i)
{
    const struct field fields[] = {
        number_field(253, UINT32, fit_time(instant(c, c->time_s[i]))),
        number_field(0, SINT32, half_circle(c->lat_deg[i])),
        number_field(1, SINT32, half_circle(c->lon_deg[i])),
        number_field(2, UINT16, c->altitude_m ? (c->altitude_m[i] + 500) * 5 : (double)NAN),
        number_field(5, UINT32, c->distance_m[i] * 100),
    };
    WRITE(w, LOCAL_RECORD, RECORD, fields);
}

static void write_records_of(struct writer *w, const struct har_fit_course *c)
{
    double before = -1;
    for (size_t i = 0; i < c->count; i++) {
        double at = fit_time(instant(c, c->time_s[i]));
        if (at == before && i + 1 < c->count) continue;
        write_course_record(w, c, i);
        before = at;
    }
}

static double between(const double *value, size_t i, double share)
{
    return value[i] + share * (value[i + 1] - value[i]);
}

static void write_mark(struct writer *w, const struct har_fit_course *c, size_t mark)
{
    double at_m = c->mark_m[mark];
    size_t i = 0;
    while (i + 2 < c->count && c->distance_m[i + 1] < at_m) i++;
    double step_m = c->distance_m[i + 1] - c->distance_m[i];
    double share = step_m > 0 ? fmin(fmax((at_m - c->distance_m[i]) / step_m, 0), 1) : 0;
    const struct field fields[] = {
        number_field(254, UINT16, (double)mark),
        number_field(1, UINT32, fit_time(instant(c, between(c->time_s, i, share)))),
        number_field(2, SINT32, half_circle(between(c->lat_deg, i, share))),
        number_field(3, SINT32, half_circle(between(c->lon_deg, i, share))),
        number_field(4, UINT32, at_m * 100),
        number_field(5, ENUM, GENERIC_POINT),
        string_field(6, c->mark_name[mark], MARK_ROOM),
    };
    WRITE(w, LOCAL_EVENT, COURSE_POINT, fields);
}

static har_status check_course(const struct har_fit_course *c, struct har_error *err)
{
    bool grows = c->count >= 2 && c->distance_m[0] >= 0 && c->time_s[0] >= 0;
    for (size_t i = 0; grows && i < c->count; i++) {
        bool placed = fabs(c->lat_deg[i]) <= 90 && fabs(c->lon_deg[i]) <= 180;
        bool on = i == 0 || (c->distance_m[i] >= c->distance_m[i - 1] &&
                             c->time_s[i] > c->time_s[i - 1]);
        grows = placed && on && c->time_s[i] < 1e8 && c->distance_m[i] < 1e7;
    }
    if (!grows)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "a course has two points or more on the earth, each farther and "
                        "later than the one before");
    if (c->start_ms == HAR_NO_TIME || !fit_can_tell(c->start_ms) ||
        !fit_can_tell(instant(c, c->time_s[c->count - 1])))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "FIT files cannot hold instants before 1989-12-31 or after 2125");
    return HAR_OK;
}

har_status har_encode_fit_course(const struct har_fit_course *course,
                                 struct har_arena *arena, struct har_bytes *out,
                                 struct har_error *err)
{
    har_status status = check_course(course, err);
    if (status != HAR_OK) return status;
    struct writer w = open_fit(arena);
    const struct field fields[] = {
        number_field(4, ENUM, RUNNING),
        string_field(5, course->name, STRING_ROOM),
    };
    write_id(&w, course->start_ms);
    WRITE(&w, LOCAL_ONCE, COURSE, fields);
    write_course_lap(&w, course);
    write_fit_timer(&w, course->start_ms, TIMER_START);
    for (size_t i = 0; i < course->mark_count; i++) write_mark(&w, course, i);
    write_records_of(&w, course);
    write_fit_timer(&w, instant(course, course->time_s[course->count - 1]), TIMER_STOP);
    return seal_fit(&w, out, err);
}
