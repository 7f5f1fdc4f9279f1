/* SPDX-License-Identifier: MIT */
/* course: lines of known shape through every format, the limits of the rules from both
 * sides, what the data cannot tell, and, where they are at hand, real courses. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/course.h"
#include "harrier/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define assert_near(a, b, within) near_at((a), (b), (within), __FILE__, __LINE__)

static void near_at(double a, double b, double within, const char *file, int line)
{
    if (fabs(a - b) <= within) return;
    print_error("%.17g is not %.17g within %g\n", a, b, within);
    _fail(file, line);
}

/* --- courses made here ------------------------------------------------------------ */

enum { MOST = 2000, TEXT_ROOM = 400000 };

/* Corners of a course; a height of NaN is left out. */
struct drawing {
    size_t count;
    double lat_deg[MOST], lon_deg[MOST], height_m[MOST];
};

static void corner(struct drawing *d, double lat_deg, double lon_deg, double height_m)
{
    assert_true(d->count < MOST);
    d->lat_deg[d->count] = lat_deg;
    d->lon_deg[d->count] = lon_deg;
    d->height_m[d->count++] = height_m;
}

/* Goes on from the last corner, a corner every 100 m, falling evenly by `drop_m`. */
static void go(struct drawing *d, double bearing_deg, double metres, double drop_m)
{
    size_t from = d->count - 1, steps = (size_t)lround(metres / 100);
    for (size_t i = 1; i <= steps; i++) {
        double lat_deg, lon_deg;
        har_geodesic_from(d->lat_deg[from], d->lon_deg[from], bearing_deg, 100 * (double)i,
                          &lat_deg, &lon_deg);
        corner(d, lat_deg, lon_deg, d->height_m[from] - drop_m * (double)i / (double)steps);
    }
}

static struct drawing *begin_at(double lat_deg, double lon_deg, double height_m)
{
    struct drawing *d = calloc(1, sizeof *d);
    assert_non_null(d);
    corner(d, lat_deg, lon_deg, height_m);
    return d;
}

enum shape { AS_GEOJSON, AS_PARTS, AS_TRACK, AS_TIMED, AS_ROUTE, AS_TCX, SHAPES };

static const char *const heads[SHAPES] = {
    [AS_GEOJSON] = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                   "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}},{\"type\":"
                   "\"Feature\",\"properties\":{\"name\":\"Drawn\"},\"geometry\":{\"type\":"
                   "\"LineString\",\"coordinates\":[",
    [AS_PARTS] = "{\"type\":\"MultiLineString\",\"coordinates\":[[",
    [AS_TRACK] = "<gpx><trk><name>Drawn</name><trkseg>",
    [AS_TIMED] = "<gpx><trk><name>Drawn</name><trkseg>",
    [AS_ROUTE] = "<gpx><rte><name>Drawn</name>",
    [AS_TCX] = "<TrainingCenterDatabase><Courses><Course><Name>Drawn</Name><Track>",
};
static const char *const tails[SHAPES] = {
    [AS_GEOJSON] = "]}}]}",
    [AS_PARTS] = "]]}",
    [AS_TRACK] = "</trkseg></trk></gpx>",
    [AS_TIMED] = "</trkseg></trk></gpx>",
    [AS_ROUTE] = "</rte></gpx>",
    [AS_TCX] = "</Track></Course></Courses></TrainingCenterDatabase>",
};

static char *write_gpx_point(char *end, const char *name, const struct drawing *d, size_t i,
                             bool timed)
{
    end += sprintf(end, "<%s lat='%.9f' lon='%.9f'>", name, d->lat_deg[i], d->lon_deg[i]);
    if (!isnan(d->height_m[i])) end += sprintf(end, "<ele>%.3f</ele>", d->height_m[i]);
    unsigned s = (unsigned)i * 25; /* 4 m/s */
    if (timed)
        end += sprintf(end, "<time>2026-01-01T%02u:%02u:%02uZ</time>", s / 3600,
                       s / 60 % 60, s % 60);
    return end + sprintf(end, "</%s>", name);
}

static char *write_position(char *end, const struct drawing *d, size_t i, bool cut)
{
    if (i) end += sprintf(end, cut ? "],[" : ",");
    end += sprintf(end, "[%.9f,%.9f", d->lon_deg[i], d->lat_deg[i]);
    if (!isnan(d->height_m[i])) end += sprintf(end, ",%.3f", d->height_m[i]);
    return end + sprintf(end, "]");
}

static char *write_tcx_point(char *end, const struct drawing *d, size_t i)
{
    end += sprintf(end, "<Trackpoint><Position><LatitudeDegrees>%.9f</LatitudeDegrees>",
                   d->lat_deg[i]);
    end +=
        sprintf(end, "<LongitudeDegrees>%.9f</LongitudeDegrees></Position>", d->lon_deg[i]);
    if (!isnan(d->height_m[i]))
        end += sprintf(end, "<AltitudeMeters>%.3f</AltitudeMeters>", d->height_m[i]);
    return end + sprintf(end, "</Trackpoint>");
}

static har_status read_text(const char *text, struct har_arena *arena,
                            struct har_course *course, struct har_error *err)
{
    return har_course_read(har_bytes_of(text), arena, course, err);
}

static har_status read_drawing(const struct drawing *d, enum shape shape,
                               struct har_arena *arena, struct har_course *course,
                               struct har_error *err)
{
    char *text = malloc(TEXT_ROOM), *end = text;
    assert_non_null(text);
    end += sprintf(end, "%s", heads[shape]);
    for (size_t i = 0; i < d->count; i++) {
        assert_true(end - text < TEXT_ROOM - 1000);
        switch (shape) {
        case AS_GEOJSON: end = write_position(end, d, i, false); break;
        case AS_PARTS: end = write_position(end, d, i, i == d->count / 2); break;
        case AS_ROUTE: end = write_gpx_point(end, "rtept", d, i, false); break;
        case AS_TCX: end = write_tcx_point(end, d, i); break;
        default: end = write_gpx_point(end, "trkpt", d, i, shape == AS_TIMED); break;
        }
    }
    sprintf(end, "%s", tails[shape]);
    har_status got = read_text(text, arena, course, err);
    free(text);
    return got;
}

static struct har_course course_of(struct drawing *d, struct har_arena *arena)
{
    struct har_course course;
    struct har_error err = {0};
    if (read_drawing(d, AS_TRACK, arena, &course, &err) != HAR_OK)
        fail_msg("%s", err.message);
    free(d);
    return course;
}

static struct har_eligibility judge(const struct har_course *course,
                                    struct har_course_question question,
                                    struct har_arena *arena)
{
    struct har_eligibility e;
    struct har_error err = {0};
    if (har_course_judge(course, &question, arena, &e, &err) != HAR_OK)
        fail_msg("%s", err.message);
    assert_true(e.confidence >= 0 && e.confidence <= 1);
    assert_true(e.reason_count > 0);
    return e;
}

static struct har_eligibility judge_event(const struct har_course *course, double event_m,
                                          struct har_arena *arena)
{
    return judge(course, (struct har_course_question){event_m, NAN, NAN}, arena);
}

static bool has_reason(const struct har_eligibility *e, const char *words)
{
    for (size_t i = 0; i < e->reason_count; i++)
        if (strstr(e->reasons[i], words)) return true;
    return false;
}

/* A straight 10 km to the east that falls by `drop_m`. */
static struct drawing *straight(double drop_m)
{
    struct drawing *d = begin_at(45, 7, 500);
    go(d, 90, 10000, drop_m);
    return d;
}

/* A square of 2.5 km. */
static struct drawing *square(void)
{
    struct drawing *d = begin_at(45, 7, 500);
    go(d, 0, 2500, -30);
    go(d, 90, 2500, 0);
    go(d, 180, 2500, 30);
    go(d, 270, 2500, 0);
    return d;
}

static struct drawing *out_and_back(double height_m)
{
    struct drawing *d = begin_at(52, 5, height_m);
    go(d, 90, 5000, -20);
    for (size_t i = d->count - 1; i-- > 0;)
        corner(d, d->lat_deg[i], d->lon_deg[i], d->height_m[i]);
    return d;
}

/* --- the line ----------------------------------------------------------------------- */

static void every_format_gives_the_same_course(void **state)
{
    (void)state;
    for (int shape = 0; shape < SHAPES; shape++) {
        struct har_arena arena = {0};
        struct har_course c;
        struct har_error err = {0};
        struct drawing *d = straight(40);
        assert_int_equal(read_drawing(d, (enum shape)shape, &arena, &c, &err), HAR_OK);
        free(d);
        assert_int_equal(c.count, 101);
        assert_int_equal(c.recorded, shape == AS_TIMED);
        assert_int_equal(c.line_count, 1);
        if (shape == AS_PARTS) assert_null(c.name);
        else assert_string_equal(c.name, "Drawn");
        assert_near(c.length_m, 10000, 0.5);
        assert_near(c.separation_m, 10000, 0.5);
        assert_near(c.drop_m, 40, 0.1);
        assert_near(c.descent_m, 40, 0.5);
        assert_near(c.ascent_m, 0, 0);
        assert_near(c.longest_step_m, 100, 0.1);
        assert_near(c.distance_m[0], 0, 0);
        assert_near(c.distance_m[100], c.length_m, 1e-9);
        assert_near(c.altitude_m[50], 480, 0.5);
        har_arena_free(&arena);
    }
}

/* --- FIT ------------------------------------------------------------------------------ */

/* A file of the project's own, made by tests/fixtures.py; the arena must be freed after. */
static struct har_course course_in(const char *name, struct har_arena *arena)
{
    enum { ROOM = 1 << 16 };
    char path[1024];
    const char *root = getenv("HARRIER_ROOT");
    uint8_t *bytes = malloc(ROOM);
    struct har_course course;
    struct har_error err = {0};
    assert_non_null(bytes);
    snprintf(path, sizeof path, "%s/tests/files/%s", root ? root : ".", name);
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("%s is not here", path);
    struct har_bytes whole = {bytes, fread(bytes, 1, ROOM, file)};
    fclose(file);
    if (har_course_read(whole, arena, &course, &err) != HAR_OK) fail_msg("%s", err.message);
    free(bytes);
    return course;
}

/* A lap, records and course points; what an editor writes is taken corner by corner, with
 * times and without. */
static void a_fit_course_is_a_drawn_line(void **state)
{
    static const struct {
        const char *file, *name;
        size_t count;
        double length_m, separation_m, drop_m, ascent_m, event_m;
        enum har_verdict verdict;
    } rows[] = {
        {"course-out-and-back.fit", "Over the hill", 101, 5000, 0, 0, 24, 5000,
         HAR_VERDICT_ELIGIBLE},
        {"course-without-times.fit", "Down the river", 101, 10000, 10000, 60, 0, 10000,
         HAR_VERDICT_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        struct har_course c = course_in(rows[i].file, &arena);
        assert_string_equal(c.name, rows[i].name);
        assert_false(c.recorded);
        assert_int_equal(c.count, rows[i].count);
        assert_int_equal(c.line_count, 1);
        assert_near(c.length_m, rows[i].length_m, 0.002 * rows[i].length_m);
        assert_near(c.separation_m, rows[i].separation_m, 20);
        assert_near(c.drop_m, rows[i].drop_m, 0.2);
        assert_near(c.ascent_m, rows[i].ascent_m, 0.05 * rows[i].ascent_m);
        struct har_eligibility e = judge_event(&c, rows[i].event_m, &arena);
        assert_int_equal(e.verdict, rows[i].verdict);
        har_arena_free(&arena);
    }
}

static void corners_are_not_smoothed_away(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_course c = course_of(square(), &arena);
    assert_near(c.length_m, 10000, 0.1);
    assert_near(c.separation_m, 0, 10); /* the square's last side is on another parallel */
    assert_near(c.ascent_m, 30, 1.5);
    assert_near(c.descent_m, 30, 1.5);

    /* Two roads: steps summed one by one, and along a circle of 1 km radius. */
    struct drawing *d = calloc(1, sizeof *d);
    assert_non_null(d);
    for (int i = 0; i <= 360; i++) {
        double lat_deg, lon_deg;
        har_geodesic_from(-33.9, 151.2, i, 1000, &lat_deg, &lon_deg);
        corner(d, lat_deg, lon_deg, NAN);
    }
    c = course_of(d, &arena);
    assert_near(c.length_m, 2 * 3.14159265358979 * 1000, 0.002 * 6283);
    assert_null(c.altitude_m);
    assert_true(isnan(c.drop_m) && isnan(c.ascent_m) && isnan(c.descent_m));
    har_arena_free(&arena);
}

static void noise_in_the_heights_is_no_climb_and_stairs_are(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_random random = har_random_of(7);
    struct drawing *flat = begin_at(45, 7, 500), *stairs = begin_at(45, 7, 500);
    for (int i = 1; i <= 1700; i++) {
        double lat_deg, lon_deg;
        har_geodesic_from(45, 7, 90, 6 * i, &lat_deg, &lon_deg);
        corner(flat, lat_deg, lon_deg, 500 + 3 * har_random_normal(&random));
    }
    for (int i = 0; i < 5; i++) {
        go(stairs, 90, 500, -20);
        go(stairs, 90, 500, 0);
    }
    struct har_course c = course_of(flat, &arena);
    assert_true(c.ascent_m < 10);
    c = course_of(stairs, &arena);
    assert_near(c.ascent_m, 100, 5);
    har_arena_free(&arena);
}

static void the_day_changes_and_the_course_goes_on(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct drawing *d = begin_at(-16.8, 179.96, 10);
    go(d, 90, 10000, 0);
    for (size_t i = 0; i < d->count; i++)
        if (d->lon_deg[i] > 180) d->lon_deg[i] -= 360;
    assert_true(d->lon_deg[d->count - 1] < 0);
    struct har_course c = course_of(d, &arena);
    assert_near(c.length_m, 10000, 0.5);
    assert_near(c.separation_m, 10000, 0.5);
    assert_near(c.longest_step_m, 100, 0.1);
    har_arena_free(&arena);
}

static void the_longest_line_is_the_course(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_course c;
    struct har_error err = {0};
    assert_int_equal(
        read_text(
            "{\"type\":\"GeometryCollection\",\"geometries\":["
            "{\"type\":\"LineString\",\"coordinates\":[[7,45],[7.001,45]]},"
            "{\"type\":\"LineString\",\"coordinates\":[[7,45],[7.01,45]]},"
            "{\"type\":\"Polygon\",\"coordinates\":[[[7,45],[9,45],[9,46],[7,45]]]}]}",
            &arena, &c, &err),
        HAR_OK);
    assert_int_equal(c.line_count, 2);
    assert_near(c.length_m, 788.5, 1);
    struct har_eligibility e = judge_event(&c, NAN, &arena);
    assert_true(has_reason(&e, "2 lines"));
    har_arena_free(&arena);
}

static void what_is_no_course_is_refused(void **state)
{
    static const struct {
        const char *text;
        har_status status;
        uint64_t offset;
        const char *words;
    } rows[] = {
        {"{\"type\":\"LineString\",\"coordinates\":[[7,45]]}", HAR_NO_ANSWER, 0,
         "two points"},
        {"<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>", HAR_NO_ANSWER, 0, "two points"},
        {"<gpx><rte><rtept lat='1' lon='2'/><rtept lat='1' lon='2'/></rte></gpx>",
         HAR_NO_ANSWER, 0, "two points"},
        {"{\"type\":\"Point\",\"coordinates\":[7,45]}", HAR_NO_ANSWER, 0, "no line"},
        {"{\"type\":\"Feature\",\"geometry\":null}", HAR_NO_ANSWER, 0, "no line"},
        {"{\"type\":\"LineString\",\"coordinates\":7}", HAR_NO_ANSWER, 0, "no line"},
        {"{\"type\":\"LineString\",\"coordinates\":[[\"7\",45],[7]]}", HAR_NO_ANSWER, 0,
         "no line"},
        {"{\"type\":\"LineString\",\"coordinates\":[[7,45],[8,95]]}", HAR_BAD_INPUT, 1,
         "point 2 does not lie on the earth"},
        {"{\"type\":\"LineString\",\"coordinates\":[[7,45,-451],[7.1,45,3]]}",
         HAR_BAD_INPUT, 0, "Dead Sea"},
        {"{\"type\":\"LineString\",\"coordinates\":[[7,45,1],[7.1,45,8900]]}",
         HAR_BAD_INPUT, 1, "higher than any land"},
        {"<gpx><trk><trkseg><trkpt lat='1' lon='2'><ele>-600</ele><time>"
         "2026-01-01T00:00:00Z</time></trkpt></trkseg></trk></gpx>",
         HAR_BAD_INPUT, 0, "Dead Sea"},
        {"{\"type\":\"LineString\",\"coordinates\":[[7,45]", HAR_BAD_INPUT, 42, "JSON"},
        {"{\"name\":\"settings\"}", HAR_UNSUPPORTED, 0, "not GeoJSON"},
        {"distance_m,altitude_m\n", HAR_UNSUPPORTED, 0, "GeoJSON"},
        {"", HAR_BAD_INPUT, 0, "empty"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        struct har_course c;
        struct har_error err = {0};
        print_message("# %s\n", rows[i].text);
        assert_int_equal(read_text(rows[i].text, &arena, &c, &err), rows[i].status);
        assert_int_equal(err.offset, rows[i].offset);
        if (!strstr(err.message, rows[i].words)) fail_msg("%s", err.message);
        har_arena_free(&arena);
    }
}

static void any_cut_and_any_memory_is_survived(void **state)
{
    static const char text[] =
        "\xef\xbb\xbf {\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
        "\"properties\":{\"name\":\"Hill\"},\"geometry\":{\"type\":\"MultiLineString\","
        "\"coordinates\":[[[7,45,100],[7.01,45,90]],[[7.02,45,80]]]}}]}";
    (void)state;
    struct har_course c;
    for (size_t size = 0; size < sizeof text; size++) {
        struct har_arena arena = {0};
        struct har_error err = {0};
        uint8_t *copy = malloc(size + 1);
        assert_non_null(copy);
        memcpy(copy, text, size);
        har_status got = har_course_read((struct har_bytes){copy, size}, &arena, &c, &err);
        assert_int_equal(got == HAR_OK, size + 1 == sizeof text);
        free(copy);
        har_arena_free(&arena);
    }
    har_status got = HAR_NO_MEMORY;
    for (size_t limit = 1; got == HAR_NO_MEMORY; limit += 64) {
        struct har_arena arena = {.limit = limit};
        struct har_eligibility e;
        struct har_course_question question = {10000, NAN, NAN};
        got = read_text(text, &arena, &c, NULL);
        if (got == HAR_OK) got = har_course_judge(&c, &question, &arena, &e, NULL);
        har_arena_free(&arena);
    }
    assert_int_equal(got, HAR_OK);
}

/* --- the verdict -------------------------------------------------------------------- */

static void the_limits_hold_from_both_sides(void **state)
{
    static const struct {
        double turn_m; /* how far out a course of 10 km turns round */
        double start_m, finish_m;
        enum har_verdict verdict;
        enum har_listing listing;
    } rows[] = {
        /* Surveyed drops: 1 m/km of 10 km is 10 m, 5 m/km 50 m. */
        {5000, 100, 100, HAR_VERDICT_ELIGIBLE, HAR_LISTING_PLAIN},
        {5000, 100, 90, HAR_VERDICT_ELIGIBLE, HAR_LISTING_PLAIN},
        {5000, 100, 89.9, HAR_VERDICT_AIDED_DROP, HAR_LISTING_AIDED},
        {5000, 100, 50, HAR_VERDICT_AIDED_DROP, HAR_LISTING_AIDED},
        {5000, 100, 49.9, HAR_VERDICT_EXCLUDED, HAR_LISTING_NONE},
        {5000, 50, 100, HAR_VERDICT_ELIGIBLE, HAR_LISTING_PLAIN},
        /* Turning after 6.4 km leaves 2.8 km between the ends, after 6.6 km 3.2 km. */
        {6400, 100, 100, HAR_VERDICT_ELIGIBLE, HAR_LISTING_PLAIN},
        {6600, 100, 100, HAR_VERDICT_ELIGIBLE, HAR_LISTING_AIDED},
        {6500, 100, 100, HAR_VERDICT_ELIGIBLE, HAR_LISTING_UNKNOWN},
        {7400, 100, 100, HAR_VERDICT_ELIGIBLE, HAR_LISTING_AIDED},
        {7500, 100, 100, HAR_VERDICT_UNKNOWN, HAR_LISTING_AIDED},
        {7600, 100, 100, HAR_VERDICT_AIDED_SEPARATION, HAR_LISTING_AIDED},
        {10000, 100, 60, HAR_VERDICT_AIDED_BOTH, HAR_LISTING_AIDED},
        {10000, 100, 40, HAR_VERDICT_EXCLUDED, HAR_LISTING_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        struct drawing *d = begin_at(52, 5, NAN);
        go(d, 90, rows[i].turn_m, 0);
        for (size_t back = 0, n = d->count; back < 100 - (n - 1); back++)
            corner(d, d->lat_deg[n - 2 - back], d->lon_deg[n - 2 - back], NAN);
        struct har_course c = course_of(d, &arena);
        assert_near(c.length_m, 10000, 0.1);
        struct har_eligibility e = judge(
            &c, (struct har_course_question){10000, rows[i].start_m, rows[i].finish_m},
            &arena);
        print_message("# turning after %g m, %g m down\n", rows[i].turn_m,
                      rows[i].start_m - rows[i].finish_m);
        assert_int_equal(e.verdict, rows[i].verdict);
        assert_int_equal(e.listing, rows[i].listing);
        assert_near(e.drop_m_per_km, (rows[i].start_m - rows[i].finish_m) / 10, 1e-9);
        assert_near(e.separation_pct, (2 * rows[i].turn_m - 10000) / 100, 0.01);
        assert_true((e.verdict == HAR_VERDICT_UNKNOWN) == (e.confidence < 0.97));
        har_arena_free(&arena);
    }
}

/* A marathon from point to point with the ends of a file: good to 15 m, 0.36 m/km. */
static void unsurveyed_drops_near_a_limit_are_unknown(void **state)
{
    static const struct {
        double drop_m;
        enum har_verdict verdict;
    } rows[] = {
        {0, HAR_VERDICT_ELIGIBLE},     {26, HAR_VERDICT_ELIGIBLE},
        {28, HAR_VERDICT_UNKNOWN},     {42, HAR_VERDICT_UNKNOWN},
        {57, HAR_VERDICT_UNKNOWN},     {58, HAR_VERDICT_AIDED_DROP},
        {195, HAR_VERDICT_AIDED_DROP}, {200, HAR_VERDICT_UNKNOWN},
        {230, HAR_VERDICT_EXCLUDED},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        struct drawing *d = begin_at(52, 5, 300);
        go(d, 90, 25000, rows[i].drop_m);
        go(d, 0, 1000, 0);
        go(d, 270, 16200, 0);
        struct har_course c = course_of(d, &arena);
        struct har_eligibility e = judge_event(&c, 42195, &arena);
        print_message("# %g m down\n", rows[i].drop_m);
        assert_int_equal(e.verdict, rows[i].verdict);
        assert_near(e.drop_high_m - e.drop_low_m, 30, 1e-6);
        if (e.verdict == HAR_VERDICT_UNKNOWN)
            assert_true(has_reason(&e, "nobody surveyed its ends"));
        else assert_true(e.confidence >= 0.97);
        /* A survey settles it. */
        struct har_course_question told = {42195, 300, 300 - rows[i].drop_m};
        e = judge(&c, told, &arena);
        assert_int_not_equal(e.verdict, HAR_VERDICT_UNKNOWN);
        assert_near(e.drop_high_m - e.drop_low_m, 0, 0);
        har_arena_free(&arena);
    }
}

/* Ends in one place have one height, whatever a watch says of it an hour later. */
static void a_loop_has_no_drop(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_course c;
    struct har_error err = {0};
    struct drawing *d = out_and_back(60);
    for (size_t i = 0; i < d->count; i++)
        d->height_m[i] -= 14 * (double)i / (double)d->count; /* the weather changes */
    assert_int_equal(read_drawing(d, AS_TIMED, &arena, &c, &err), HAR_OK);
    free(d);
    assert_true(c.recorded);
    assert_near(c.drop_m, 14, 2);
    struct har_eligibility e = judge_event(&c, 10000, &arena);
    assert_int_equal(e.verdict, HAR_VERDICT_ELIGIBLE);
    assert_true(fabs(e.drop_m_per_km) < 0.3);
    assert_true(has_reason(&e, "a watch recorded this line"));
    har_arena_free(&arena);
}

/* A watch's 10 km to the north, one sample every 5 s, without a place, or a height, for
 * those from `from_m` to `to_m`. */
static struct har_course watched(bool place, double from_m, double to_m,
                                 struct har_arena *arena)
{
    struct har_course course;
    struct har_error err = {0};
    char *text = malloc(TEXT_ROOM), *end = text;
    assert_non_null(text);
    end += sprintf(end, "<TrainingCenterDatabase><Activities><Activity Sport='Running'>"
                        "<Lap StartTime='2026-01-01T00:00:00Z'><Track>");
    for (unsigned s = 0; s <= 2500; s += 5) {
        double at_m = 4.0 * s;
        bool lost = at_m > from_m && at_m < to_m;
        assert_true(end - text < TEXT_ROOM - 1000);
        end += sprintf(end, "<Trackpoint><Time>2026-01-01T%02u:%02u:%02uZ</Time>", s / 3600,
                       s / 60 % 60, s % 60);
        if (!place || !lost)
            end += sprintf(end,
                           "<Position><LatitudeDegrees>%.7f</LatitudeDegrees>"
                           "<LongitudeDegrees>5</LongitudeDegrees></Position>",
                           52 + at_m / 111267);
        if (place || !lost)
            end += sprintf(end, "<AltitudeMeters>%.1f</AltitudeMeters>", 60 - at_m / 500);
        end += sprintf(end, "<DistanceMeters>%.0f</DistanceMeters></Trackpoint>", at_m);
    }
    sprintf(end, "</Track></Lap></Activity></Activities></TrainingCenterDatabase>");
    har_status got = read_text(text, arena, &course, &err);
    free(text);
    if (got != HAR_OK) fail_msg("%s", err.message);
    assert_true(course.recorded);
    return course;
}

/* 2026-11-22: 5 km in which the watch had lost its place, and went on counting, were taken
 * for a straight line. */
static void what_a_watch_did_not_see_is_a_hole(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_course c = watched(true, 2000, 7000, &arena);
    assert_near(c.longest_step_m, 5000, 40);
    assert_near(c.longest_step_at_m, 2000, 20);
    assert_near(c.longest_blind_m, c.longest_step_m, 15);
    struct har_eligibility e = judge(&c, (struct har_course_question){10000, 9, 9}, &arena);
    assert_int_equal(e.verdict, HAR_VERDICT_UNKNOWN);
    assert_true(has_reason(&e, "a hole of 5.0 km"));

    c = watched(true, 2000, 2800, &arena); /* a tunnel */
    assert_true(c.longest_step_m < 30 && c.longest_blind_m < 30);
    c = watched(false, 2000, 7000, &arena);
    assert_true(c.longest_step_m < 30);
    assert_near(c.longest_blind_m, 5000, 40);
    e = judge_event(&c, 10000, &arena);
    assert_true(has_reason(&e, "5.0 km of the line no height is told"));
    c = watched(false, 9000, 11000, &arena); /* no height at its end */
    assert_null(c.altitude_m);
    c = watched(false, -1, 1000, &arena);
    assert_null(c.altitude_m);
    har_arena_free(&arena);
}

static void what_cannot_be_told_is_unknown(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    /* A hole of 5 km. */
    struct drawing *d = begin_at(45, 7, 500);
    go(d, 90, 2000, 0);
    double lat_deg, lon_deg;
    har_geodesic_from(45, 7, 90, 7000, &lat_deg, &lon_deg);
    corner(d, lat_deg, lon_deg, 500);
    go(d, 90, 3000, 0);
    struct har_course c = course_of(d, &arena);
    assert_near(c.longest_step_m, 5000, 1);
    assert_near(c.longest_step_at_m, 2000, 1);
    struct har_eligibility e = judge(&c, (struct har_course_question){10000, 9, 9}, &arena);
    assert_int_equal(e.verdict, HAR_VERDICT_UNKNOWN);
    assert_int_equal(e.listing, HAR_LISTING_UNKNOWN);
    assert_near(e.confidence, 0, 0);
    assert_true(has_reason(&e, "a hole of 5.0 km"));

    /* No elevations: missing, all 0, or of the middle only. */
    for (int kind = 0; kind < 3; kind++) {
        d = straight(0);
        for (size_t i = 0; i < d->count; i++)
            if (kind < 2 || i < 5 || i > 95) d->height_m[i] = kind == 1 ? 0 : NAN;
        c = course_of(d, &arena);
        assert_true(isnan(c.drop_m) && isnan(c.longest_blind_m));
        e = judge_event(&c, 10000, &arena);
        assert_int_equal(e.verdict, HAR_VERDICT_UNKNOWN);
        assert_true(has_reason(&e, "no elevations"));
        assert_true(isnan(e.drop_m_per_km));
        assert_near(e.separation_pct, 100, 0.1);
    }

    /* Heights at the ends only: the drop is known, the climbs between them are not. */
    d = straight(0);
    for (size_t i = 2; i < d->count - 2; i++) d->height_m[i] = NAN;
    c = course_of(d, &arena);
    assert_near(c.longest_blind_m, 9800, 1);
    assert_near(c.longest_step_m, 100, 0.1);
    e = judge_event(&c, 10000, &arena);
    assert_true(has_reason(&e, "9.8 km of the line no height is told"));

    /* Another event's course; and one that is short. */
    c = course_of(square(), &arena);
    e = judge_event(&c, 21097.5, &arena);
    assert_int_equal(e.verdict, HAR_VERDICT_UNKNOWN);
    assert_true(has_reason(&e, "does not match the event"));
    e = judge_event(&c, 10200, &arena);
    assert_int_equal(e.verdict, HAR_VERDICT_UNKNOWN);
    assert_true(has_reason(&e, "does not match the event"));
    e = judge_event(&c, 9800, &arena);
    assert_int_equal(e.verdict, HAR_VERDICT_ELIGIBLE);
    assert_true(has_reason(&e, "does not match the event"));
    e = judge_event(&c, NAN, &arena);
    assert_int_equal(e.verdict, HAR_VERDICT_ELIGIBLE);
    assert_near(e.distance_m, c.length_m, 0);
    har_arena_free(&arena);
}

/* 2026-11-22: exactly 1 m/km of a marathon came out as more, by the rounding. */
static void a_drop_on_the_limit_is_within_it(void **state)
{
    (void)state;
    struct har_course c = {.length_m = 42195, .separation_m = 21097.5 - 100, .drop_m = NAN};
    for (int i = 0; i < 400; i++) {
        struct har_arena arena = {0};
        double finish_m = i * 1.7;
        struct har_course_question q = {42195, finish_m + 42.195, finish_m};
        assert_int_equal(judge(&c, q, &arena).verdict, HAR_VERDICT_ELIGIBLE);
        q.start_elevation_m += 0.001;
        assert_int_equal(judge(&c, q, &arena).verdict, HAR_VERDICT_AIDED_DROP);
        har_arena_free(&arena);
    }
}

static void questions_out_of_range_are_refused(void **state)
{
    static const struct har_course_question rows[] = {
        {0, NAN, NAN},   {-5, NAN, NAN},   {INFINITY, NAN, NAN}, {10000, 5, NAN},
        {10000, NAN, 5}, {10000, -451, 0}, {10000, 0, 8900},
    };
    (void)state;
    struct har_arena arena = {0};
    struct har_eligibility e;
    struct har_course c = course_of(square(), &arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_error err = {0};
        assert_int_equal(har_course_judge(&c, &rows[i], &arena, &e, &err),
                         HAR_OUT_OF_RANGE);
        assert_true(err.message[0] != 0);
    }
    for (int v = HAR_VERDICT_ELIGIBLE; v <= HAR_VERDICT_UNKNOWN; v++)
        for (int w = HAR_VERDICT_ELIGIBLE; w < v; w++)
            assert_string_not_equal(har_verdict_name((enum har_verdict)v),
                                    har_verdict_name((enum har_verdict)w));
    har_arena_free(&arena);
}

/* --- real courses --------------------------------------------------------------------- */

/* Length, ends and drop as summed from the text of the files by the haversine formula,
 * without Harrier: good to half a per cent. */
static const struct real_course {
    const char *path;
    double event_m, length_m, separation_pct, drop_m;
    enum har_verdict verdict;
    const char *near; /* what a reason says, or NULL */
} real_courses[] = {
    {"london-2025/london-marathon-2025", 42195, 42291, 25.79, 35.0, HAR_VERDICT_UNKNOWN,
     "m/km is near the limit of 1"},
    {"mcrrc/capital_for_a_day", 5000, 5040, 0.06, -1.1, HAR_VERDICT_ELIGIBLE, NULL},
    {"mcrrc/country_road", 5000, 4982, 0, 0, HAR_VERDICT_ELIGIBLE, NULL},
    {"mcrrc/eastern_county_8k", 8000, 8002, 1.27, -3.4, HAR_VERDICT_ELIGIBLE, NULL},
    {"mcrrc/jingle_bell_jog", 8000, 7952, 0.49, 1, HAR_VERDICT_ELIGIBLE, NULL},
    {"mcrrc/matthew_henson", 5000, 5079, 0.42, -1.5, HAR_VERDICT_ELIGIBLE, NULL},
    {"mcrrc/memorial_day", 6437.376, 6384, 1.16, 0.6, HAR_VERDICT_ELIGIBLE, NULL},
    {"mcrrc/piece_of_cake", 10000, 10015, 0.11, 2.7, HAR_VERDICT_ELIGIBLE, NULL},
    {"mcrrc/rileys_rumble", 21097.5, 21150, 0.19, -1, HAR_VERDICT_ELIGIBLE, NULL},
    {"mcrrc/turkey_burnoff_10m", 16093.44, 16311, 0.02, 0, HAR_VERDICT_ELIGIBLE, NULL},
    {"perfect-pace/FH-Fox", 8046.72, 8096, 0.03, 0.5, HAR_VERDICT_ELIGIBLE, NULL},
    {"perfect-pace/Freeville-Fly-In", 21097.5, 21085, 0.08, -0.2, HAR_VERDICT_ELIGIBLE,
     NULL},
    {"perfect-pace/Lakefront-Loops-5K", 5000, 4975, 0.07, 2.8, HAR_VERDICT_ELIGIBLE, NULL},
    {"perfect-pace/boston", 42195, 42287, 91.17, 140.5, HAR_VERDICT_AIDED_BOTH, NULL},
    {"perfect-pace/dodge", NAN, 10847, 0.1, -0.9, HAR_VERDICT_ELIGIBLE, NULL},
    {"perfect-pace/forest_home", NAN, 9160, 0.13, -0.1, HAR_VERDICT_ELIGIBLE, NULL},
    {"perfect-pace/newyork", 42195, 42608, 47.54, 21.2, HAR_VERDICT_ELIGIBLE,
     "% of the distance apart: near the limit of 50 %, and within it"},
    {"perfect-pace/scurve", NAN, 4087, 0.44, -0.4, HAR_VERDICT_ELIGIBLE, NULL},
    {"perfect-pace/wineglass", 42195, 42789, 71.42, 62.5, HAR_VERDICT_AIDED_BOTH, NULL},
};
enum { REAL_COURSES = sizeof real_courses / sizeof *real_courses };

static struct har_bytes read_real(struct har_arena *arena, const char *name)
{
    enum { LARGEST = 1 << 20 };
    char path[1024];
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    if (data) snprintf(path, sizeof path, "%s/activities/courses/%s.gpx", data, name);
    else
        snprintf(path, sizeof path, "%s/../shared/data/activities/courses/%s.gpx",
                 root ? root : ".", name);
    FILE *file = fopen(path, "rb");
    if (!file) return (struct har_bytes){0};
    uint8_t *bytes = HAR_NEW(arena, uint8_t, LARGEST);
    assert_non_null(bytes);
    size_t size = fread(bytes, 1, LARGEST, file);
    fclose(file);
    assert_in_range(size, 1, LARGEST - 1);
    return (struct har_bytes){bytes, size};
}

static void check_real(const struct real_course *real, struct har_bytes bytes,
                       struct har_arena *arena)
{
    struct har_course c;
    struct har_error err = {0};
    double steps_m = 0;
    print_message("# %s\n", real->path);
    assert_int_equal(har_course_read(bytes, arena, &c, &err), HAR_OK);
    for (size_t i = 1; i < c.count; i++)
        steps_m += har_geodesic(c.lat_deg[i - 1], c.lon_deg[i - 1], c.lat_deg[i],
                                c.lon_deg[i], NULL, NULL);
    assert_near(c.length_m, steps_m, 0.002 * steps_m);
    assert_near(c.length_m, real->length_m, 0.005 * real->length_m);
    assert_near(100 * c.separation_m / c.length_m, real->separation_pct, 0.2);
    assert_near(c.drop_m, real->drop_m, 0.06);
    struct har_eligibility e = judge_event(&c, real->event_m, arena);
    assert_int_equal(e.verdict, real->verdict);
    assert_true(e.confidence > 0.8);
    if (real->near) assert_true(has_reason(&e, real->near));
}

static void real_courses_come_out_as_they_are_known(void **state)
{
    (void)state;
    size_t found = 0;
    for (size_t i = 0; i < REAL_COURSES; i++) {
        struct har_arena arena = {0};
        struct har_bytes bytes = read_real(&arena, real_courses[i].path);
        if (bytes.size) {
            check_real(&real_courses[i], bytes, &arena);
            found++;
        }
        har_arena_free(&arena);
    }
    if (found == 0) {
        print_message("# the real courses are not here; set HARRIER_DATA\n");
        skip();
    }
    assert_int_equal(found, REAL_COURSES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_gives_the_same_course),
        cmocka_unit_test(a_fit_course_is_a_drawn_line),
        cmocka_unit_test(corners_are_not_smoothed_away),
        cmocka_unit_test(noise_in_the_heights_is_no_climb_and_stairs_are),
        cmocka_unit_test(the_day_changes_and_the_course_goes_on),
        cmocka_unit_test(the_longest_line_is_the_course),
        cmocka_unit_test(what_is_no_course_is_refused),
        cmocka_unit_test(any_cut_and_any_memory_is_survived),
        cmocka_unit_test(the_limits_hold_from_both_sides),
        cmocka_unit_test(unsurveyed_drops_near_a_limit_are_unknown),
        cmocka_unit_test(a_loop_has_no_drop),
        cmocka_unit_test(what_a_watch_did_not_see_is_a_hole),
        cmocka_unit_test(what_cannot_be_told_is_unknown),
        cmocka_unit_test(a_drop_on_the_limit_is_within_it),
        cmocka_unit_test(questions_out_of_range_are_refused),
        cmocka_unit_test(real_courses_come_out_as_they_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
