/* SPDX-License-Identifier: MIT */
/* decode, TCX and GPX: every flavour and trap in a few lines made here; the same through
 * every cut, every memory limit and every changed byte; and, where they are at hand, real
 * files against counts that were made without Harrier. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/decode.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { UTC_2026 = 1767225600 }; /* 2026-01-01T00:00:00Z */
static const int64_t new_year_ms = (int64_t)UTC_2026 * 1000;

#define GPX_OPEN "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"Test\">"
#define TRACK(points) "<trk><trkseg>" points "</trkseg></trk>"
/* A point `s` (two digits) seconds into 2026, with `inner` behind its time. */
#define POINT(s, inner)                                                                    \
    "<trkpt lat=\"40.5\" lon=\"-3.25\"><time>2026-01-01T00:00:" s "Z</time>" inner         \
    "</trkpt>"
#define GPX_CLOSE "</gpx>"

#define TCX_OPEN "<?xml version=\"1.0\"?><TrainingCenterDatabase><Activities>"
#define TCX_CLOSE "</Activities></TrainingCenterDatabase>"
#define TCX_POINT(s, inner)                                                                \
    "<Trackpoint><Time>2026-01-01T00:00:" s "Z</Time>" inner "</Trackpoint>"

/* --- helpers ------------------------------------------------------------------- */

static struct har_recording decode_bytes(struct har_arena *arena, const char *data,
                                         size_t size)
{
    struct har_recording recording;
    struct har_error err = {0};
    struct har_bytes bytes = {(const uint8_t *)data, size};
    if (har_decode(bytes, arena, &recording, &err) != HAR_OK) fail_msg("%s", err.message);
    return recording;
}

static struct har_recording decode_text(struct har_arena *arena, const char *text)
{
    return decode_bytes(arena, text, strlen(text));
}

/* The one activity of a text. */
static const struct har_activity *decode_one(struct har_arena *arena, const char *text)
{
    struct har_recording recording = decode_text(arena, text);
    assert_int_equal(recording.kind, HAR_FILE_ACTIVITY);
    assert_string_equal(recording.kind_name, "activity");
    assert_int_equal(recording.activity_count, 1);
    return recording.activities;
}

static void assert_number(double got, double wanted)
{
    if (isnan(wanted) ? isnan(got) : fabs(got - wanted) <= 1e-9 * fabs(wanted)) return;
    fail_msg("%.17g is not %.17g", got, wanted);
}

static void assert_sample(const struct har_activity *a, enum har_channel channel, size_t i,
                          double wanted)
{
    assert_non_null(a->samples.channel[channel]);
    assert_true(i < a->samples.count);
    assert_number(a->samples.channel[channel][i], wanted);
}

static void assert_warning(const struct har_recording *r, size_t i, uint64_t offset,
                           const char *message)
{
    assert_true(i < r->warning_count);
    assert_string_equal(r->warnings[i].message, message);
    assert_int_equal(r->warnings[i].offset, offset);
}

static uint64_t offset_of(const char *text, const char *part)
{
    const char *at = strstr(text, part);
    assert_non_null(at);
    return (uint64_t)(at - text);
}

/* --- which format -------------------------------------------------------------- */

static void formats_are_known_by_their_root(void **state)
{
    static const struct {
        const char *head;
        enum har_format format;
    } rows[] = {
        {"<gpx>", HAR_FORMAT_GPX},
        {"<?xml version='1.0'?>\n<gpx version='1.1'", HAR_FORMAT_GPX},
        {"\xef\xbb\xbf<?xml version='1.0'?><gpx>", HAR_FORMAT_GPX},
        {" \r\n\t<?xml version='1.0'?><gpx>", HAR_FORMAT_GPX},
        {"\n\xef\xbb\xbf <?xml version='1.0'?><gpx/>", HAR_FORMAT_GPX},
        {"<!-- made by hand --><?xml version='1.0'?><gpx>", HAR_FORMAT_GPX},
        {"<?xml version='1.0'?><!-- <TrainingCenterDatabase> --><gpx>", HAR_FORMAT_GPX},
        {"<!DOCTYPE gpx><gpx>", HAR_FORMAT_GPX},
        {"<!DOCTYPE x [<!ELEMENT a (b)>]><gpx>", HAR_FORMAT_GPX},
        {"<a:gpx xmlns:a='http://www.topografix.com/GPX/1/1'>", HAR_FORMAT_GPX},
        {"<TrainingCenterDatabase>", HAR_FORMAT_TCX},
        {"          <?xml version='1.0'?><TrainingCenterDatabase xmlns='x'>",
         HAR_FORMAT_TCX},
        {"<ns:TrainingCenterDatabase>", HAR_FORMAT_TCX},
        {"<gpxx>", HAR_FORMAT_UNKNOWN},
        {"<kml><gpx>", HAR_FORMAT_UNKNOWN},
        {"gpx", HAR_FORMAT_UNKNOWN},
        {"<", HAR_FORMAT_UNKNOWN},
        {"<!-- <gpx>", HAR_FORMAT_UNKNOWN},
        {"", HAR_FORMAT_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(har_sniff(har_bytes_of(rows[i].head)), rows[i].format);
    assert_string_equal(har_format_name(HAR_FORMAT_TCX), "TCX");
    assert_string_equal(har_format_name(HAR_FORMAT_GPX), "GPX");
}

static void what_comes_before_the_declaration_is_skipped(void **state)
{
    static const char *const before[] = {"",
                                         "     ",
                                         "\r\n",
                                         "\xef\xbb\xbf",
                                         "\xef\xbb\xbf\n",
                                         "\n\xef\xbb\xbf",
                                         "<!-- x -->\n"};
    (void)state;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        struct har_arena arena = {0};
        char text[512];
        snprintf(text, sizeof text, "%s%s", before[i],
                 GPX_OPEN TRACK(POINT("00", "<ele>x</ele>")) GPX_CLOSE);
        struct har_recording r = decode_text(&arena, text);
        assert_int_equal(r.activities[0].samples.count, 1);
        /* Offsets count the bytes of the file, not of the document. */
        assert_int_equal(r.warning_count, 1);
        assert_warning(&r, 0, offset_of(text, "</ele>"), "1 number could not be read");
        har_arena_free(&arena);
    }
}

/* --- GPX ----------------------------------------------------------------------- */

static void a_point_is_read_in_every_dialect(void **state)
{
    static const struct {
        const char *inner;
        enum har_channel channel;
        double value;
    } rows[] = {
        {"<ele>12.5</ele>", HAR_ALTITUDE_M, 12.5},
        {"<ele> 12.5\n</ele>", HAR_ALTITUDE_M, 12.5},
        {"<ele>46.59999847412109375</ele>", HAR_ALTITUDE_M, 46.59999847412109375},
        {"<ele>-1.2e2</ele>", HAR_ALTITUDE_M, -120},
        {"<speed>3.5</speed>", HAR_SPEED_MPS, 3.5}, /* GPX 1.0 */
        {"<extensions><g:TrackPointExtension><g:hr>151</g:hr></g:TrackPointExtension>"
         "</extensions>",
         HAR_HEART_BPM, 151},
        {"<extensions><ns3:TrackPointExtension><ns3:cad>88</ns3:cad></"
         "ns3:TrackPointExtension>"
         "</extensions>",
         HAR_CADENCE_SPM, 88},
        {"<extensions><g:TrackPointExtension><g:atemp>21</g:atemp><g:wtemp>9</g:wtemp>"
         "<g:depth>7</g:depth></g:TrackPointExtension></extensions>",
         HAR_TEMP_C, 21},
        {"<extensions><g:TrackPointExtension><g:speed>2.25</g:speed><g:course>9</g:course>"
         "</g:TrackPointExtension></extensions>",
         HAR_SPEED_MPS, 2.25},
        {"<extensions><gpxdata:hr>150</gpxdata:hr></extensions>", HAR_HEART_BPM, 150},
        {"<extensions><gpxdata:cadence>80</gpxdata:cadence></extensions>", HAR_CADENCE_SPM,
         80},
        {"<extensions><gpxdata:temp>-3</gpxdata:temp></extensions>", HAR_TEMP_C, -3},
        {"<extensions><gpxdata:distance>99</gpxdata:distance></extensions>", HAR_DISTANCE_M,
         99},
        {"<extensions><gpxdata:altitude>206</gpxdata:altitude></extensions>",
         HAR_ALTITUDE_M, 206},
        {"<extensions><power>301</power></extensions>", HAR_POWER_W, 301},
        {"<extensions><p:PowerInWatts>302</p:PowerInWatts></extensions>", HAR_POWER_W, 302},
        {"<extensions><heartrate>149</heartrate></extensions>", HAR_HEART_BPM, 149},
        {"<extensions><distance>1000.5</distance></extensions>", HAR_DISTANCE_M, 1000.5},
        /* Said twice: the first counts. */
        {"<ele>10</ele><extensions><altitude>20</altitude></extensions>", HAR_ALTITUDE_M,
         10},
        /* The first says nothing: the second does. */
        {"<ele></ele><extensions><altitude>20</altitude></extensions>", HAR_ALTITUDE_M, 20},
        {"<ele><![CDATA[12]]>.<!-- cut -->5</ele>", HAR_ALTITUDE_M, 12.5},
        {"<ele>&#49;2.5</ele>", HAR_ALTITUDE_M, 12.5},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        char text[1024];
        snprintf(text, sizeof text, "%s%s%s%s", GPX_OPEN "<trk><trkseg>" POINT("00", ""),
                 "<trkpt lon='-3.25' lat='40.5'><time>2026-01-01T00:00:01.250Z</time>",
                 rows[i].inner, "</trkpt></trkseg></trk></gpx>");
        const struct har_activity *a = decode_one(&arena, text);
        assert_int_equal(a->samples.count, 2);
        assert_int_equal(a->samples.time_ms[0], new_year_ms);
        assert_int_equal(a->samples.time_ms[1], new_year_ms + 1250);
        assert_int_equal(a->start_ms, new_year_ms);
        for (unsigned c = 0; c < HAR_CHANNELS; c++) {
            if (c == HAR_LAT_DEG) assert_sample(a, c, 1, 40.5);
            else if (c == HAR_LON_DEG) assert_sample(a, c, 1, -3.25);
            else if (c != rows[i].channel) assert_null(a->samples.channel[c]);
        }
        assert_sample(a, rows[i].channel, 0, NAN);
        assert_sample(a, rows[i].channel, 1, rows[i].value);
        assert_string_equal(a->device.name, "Test");
        har_arena_free(&arena);
    }
}

static void long_decimals_are_exact(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_activity *a = decode_one(
        &arena, GPX_OPEN TRACK("<trkpt lat='40.008630640804767608642578125' "
                               "lon='116.32090626706726062967' >"
                               "<time>2026-01-01T00:00:00Z</time></trkpt>") GPX_CLOSE);
    assert_true(fabs(a->samples.channel[HAR_LAT_DEG][0] - 40.008630640804767608642578125) <
                1e-14);
    assert_true(fabs(a->samples.channel[HAR_LON_DEG][0] - 116.32090626706726062967) <
                3e-14);
    har_arena_free(&arena);
}

static void a_track_says_what_it_was(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_activity *a = decode_one(
        &arena, GPX_OPEN
        "<metadata><name>File</name><author><name>Nobody</name></author>"
        "<link href='x'><text>Site</text><type>text/html</type></link></metadata>"
        "<trk><name> Caf\xc3\xa9 &amp; back </name><cmt>Windy.\nCold.</cmt><desc> </desc>"
        "<link href='x'><type>cycling</type></link><type>trail_running</type>"
        "<extensions><x:TrackStatsExtension><x:Distance>5000</x:Distance>"
        "<x:TimerTime>1500</x:TimerTime><x:MovingTime>1400</x:MovingTime>"
        "<x:TotalElapsedTime>1600</x:TotalElapsedTime><x:Ascent>50</x:Ascent>"
        "<x:Descent>40</x:Descent></x:TrackStatsExtension></extensions><trkseg>" POINT(
            "00", "") "</trkseg></trk></gpx>");
    assert_string_equal(a->name, "Caf\xc3\xa9 & back");
    assert_string_equal(a->notes, "Windy.\nCold.");
    assert_int_equal(a->sport, HAR_SPORT_RUNNING);
    assert_int_equal(a->sub_sport, HAR_SUB_SPORT_TRAIL);
    assert_number(a->distance_m, 5000);
    assert_number(a->timer_s, 1500);
    assert_number(a->moving_s, 1400);
    assert_number(a->elapsed_s, 1600);
    assert_number(a->ascent_m, 50);
    assert_number(a->descent_m, 40);
    assert_number(a->heart_bpm, NAN);
    har_arena_free(&arena);
}

static void the_files_own_words_fill_what_a_single_track_leaves_out(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_activity *a = decode_one(
        &arena, GPX_OPEN
        "<extensions><distance>4330.0</distance><average_hr>146.0</average_hr>"
        "<average_speed>3.6</average_speed><start_time>2025-12-31T23:59:50+00:00</"
        "start_time>"
        "<end_time>2026-01-01T00:00:10+00:00</end_time><moving_time>18.5</moving_time>"
        "<elapsed_time>20.005</elapsed_time></extensions>"
        "<metadata><name>Lake</name><desc>Easy</desc></metadata>" TRACK(
            POINT("00", "") POINT("09", "")) GPX_CLOSE);
    assert_string_equal(a->name, "Lake");
    assert_string_equal(a->notes, "Easy");
    assert_int_equal(a->start_ms, new_year_ms - 10000);
    assert_int_equal(a->offset_source, HAR_OFFSET_UNKNOWN);
    assert_number(a->distance_m, 4330);
    assert_number(a->heart_bpm, 146);
    assert_number(a->moving_s, 18.5);
    assert_number(a->elapsed_s, 20.005);
    assert_number(a->timer_s, NAN);
    assert_int_equal(a->samples.count, 2);
    har_arena_free(&arena);
}

static void totals_without_points_are_an_activity(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_recording r = decode_text(
        &arena, GPX_OPEN
        "<extensions><distance>4330.0</distance><average_hr>146</average_hr>"
        "<start_time>2026-01-01T00:00:00+00:00</start_time><moving_time>1198.7</"
        "moving_time>"
        "<elapsed_time>1200</elapsed_time></extensions>"
        "<trk><name>Treadmill</name><type>treadmill_running</type><trkseg/></trk></gpx>");
    assert_int_equal(r.activity_count, 1);
    const struct har_activity *a = r.activities;
    assert_int_equal(a->samples.count, 0);
    assert_int_equal(a->segment_count, 0);
    assert_int_equal(a->start_ms, new_year_ms);
    assert_int_equal(a->sport, HAR_SPORT_RUNNING);
    assert_int_equal(a->sub_sport, HAR_SUB_SPORT_TREADMILL);
    assert_string_equal(a->name, "Treadmill");
    assert_number(a->distance_m, 4330);
    assert_number(a->heart_bpm, 146);
    assert_number(a->elapsed_s, 1200);
    assert_number(a->moving_s, 1198.7);
    assert_int_equal(r.warning_count, 1);
    assert_warning(&r, 0, 0, "the track has no points");

    /* A pool swim has a sport and a time. */
    r = decode_text(&arena,
                    GPX_OPEN "<metadata><time>2026-01-01T00:00:00Z</time></metadata>"
                             "<trk><type>lap_swimming</type><trkseg/></trk></gpx>");
    assert_int_equal(r.activity_count, 1);
    assert_int_equal(r.activities[0].start_ms, new_year_ms);
    assert_int_equal(r.activities[0].sub_sport, HAR_SUB_SPORT_LAP_SWIMMING);
    har_arena_free(&arena);
}

static void what_is_no_recording_is_no_activity(void **state)
{
    static const char course[] = "course", empty[] = "empty";
    static const struct {
        const char *text, *kind_name;
        enum har_file_kind kind;
        size_t points; /* of the one course, or 0 */
    } rows[] = {
        {GPX_OPEN "<rte><rtept lat='1' lon='2'/><rtept lat='1' lon='3'/></rte></gpx>",
         course, HAR_FILE_COURSE, 2},
        {GPX_OPEN TRACK("<trkpt lat='1' lon='2'><ele>3</ele></trkpt>") GPX_CLOSE, course,
         HAR_FILE_COURSE, 1},
        /* Garmin Connect's courses have times that begin in steps of milliseconds. */
        {GPX_OPEN TRACK(
             "<trkpt lat='1' lon='2'><time>2026-01-01T00:00:00.000Z</time></trkpt>"
             "<trkpt lat='1' lon='2'><time>2026-01-01T00:00:00.004Z</time></trkpt>"
             "<trkpt lat='1' lon='2'><time>2026-01-01T00:00:00.010Z</time></trkpt>"
             "<trkpt lat='1' lon='2'><time>2026-01-01T00:02:30.000Z</time></trkpt>")
             GPX_CLOSE,
         course, HAR_FILE_COURSE, 4},
        {"<gpx creator='GPSies https://www.gpsies.com - x'>" TRACK(
             "<trkpt lat='1' lon='2'><time>2010-01-01T00:00:00Z</time></trkpt>"
             "<trkpt lat='1' lon='3'><time>2010-01-01T00:00:37Z</time></trkpt>") GPX_CLOSE,
         course, HAR_FILE_COURSE, 2},
        {GPX_OPEN "<wpt lat='1' lon='2'><name>Gate</name></wpt></gpx>", "waypoints",
         HAR_FILE_OTHER, 0},
        {GPX_OPEN GPX_CLOSE, empty, HAR_FILE_OTHER, 0},
        {GPX_OPEN "<trk><name>x</name><trkseg/></trk></gpx>", empty, HAR_FILE_OTHER, 0},
        {TCX_OPEN TCX_CLOSE, empty, HAR_FILE_OTHER, 0},
        {TCX_OPEN
         "<Activity Sport='Running'><Id>2026-01-01T00:00:00Z</Id></Activity>" TCX_CLOSE,
         empty, HAR_FILE_OTHER, 0},
        {"<TrainingCenterDatabase><Folders><Courses><CourseFolder "
         "Name='x'/></Courses></Folders>"
         "<Courses><Course><Name>Loop</Name><Lap><TotalTimeSeconds>9</TotalTimeSeconds></"
         "Lap>"
         "<Track>" TCX_POINT("00",
                             "") "</Track></Course></Courses></TrainingCenterDatabase>",
         course, HAR_FILE_COURSE, 1},
        {"<TrainingCenterDatabase><Workouts><Workout Sport='Running'><Name>8 x 400</Name>"
         "</Workout></Workouts></TrainingCenterDatabase>",
         "workout", HAR_FILE_WORKOUT, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        struct har_recording r = decode_text(&arena, rows[i].text);
        assert_string_equal(r.kind_name, rows[i].kind_name);
        assert_int_equal(r.kind, rows[i].kind);
        assert_int_equal(r.activity_count, rows[i].points ? 1 : 0);
        if (rows[i].points) assert_int_equal(r.activities[0].samples.count, rows[i].points);
        assert_int_equal(r.warning_count, 0);
        har_arena_free(&arena);
    }
}

static void a_course_keeps_its_points_and_its_name(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_recording r =
        decode_text(&arena, GPX_OPEN "<rte><name>Loop</name><rtept lat='1' lon='2'>"
                                     "<ele>3</ele><name>Gate</name></rtept>"
                                     "<rtept lat='4' lon='5'/></rte>"
                                     "<rte><rtept lat='6' lon='7'/></rte></gpx>");
    assert_int_equal(r.kind, HAR_FILE_COURSE);
    assert_int_equal(r.activity_count, 2);
    assert_string_equal(r.activities[0].name, "Loop");
    assert_int_equal(r.activities[0].start_ms, HAR_NO_TIME);
    assert_sample(&r.activities[0], HAR_ALTITUDE_M, 0, 3);
    assert_sample(&r.activities[0], HAR_LON_DEG, 1, 5);
    assert_sample(&r.activities[1], HAR_LAT_DEG, 0, 6);

    r = decode_text(
        &arena,
        "<TrainingCenterDatabase><Courses><Course><Name>Hill</Name><Track><Trackpoint>"
        "<Position><LatitudeDegrees>1</LatitudeDegrees><LongitudeDegrees>2"
        "</LongitudeDegrees></Position></Trackpoint></Track><CoursePoint><Name>Top</Name>"
        "</CoursePoint></Course></Courses></TrainingCenterDatabase>");
    assert_int_equal(r.kind, HAR_FILE_COURSE);
    assert_int_equal(r.activity_count, 1);
    assert_string_equal(r.activities[0].name, "Hill");
    assert_sample(&r.activities[0], HAR_LON_DEG, 0, 2);
    har_arena_free(&arena);
}

static void a_recording_beside_a_course_is_kept(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    static const char text[] = GPX_OPEN TRACK("<trkpt lat='1' lon='2'></trkpt>")
        TRACK(POINT("00", "")) "<rte><rtept lat='1' lon='2'/></rte></gpx>";
    struct har_recording r = decode_text(&arena, text);
    assert_int_equal(r.kind, HAR_FILE_ACTIVITY);
    assert_int_equal(r.activity_count, 1);
    assert_int_equal(r.activities[0].samples.count, 1);
    assert_int_equal(r.warning_count, 1);
    assert_warning(&r, 0, offset_of(text, "</trkpt>"),
                   "a track or route without times of its own is a course: left out");
    har_arena_free(&arena);
}

static void every_track_is_an_activity_unless_it_goes_on(void **state)
{
    enum { MOST = 3 };
    static const struct {
        const char *type, *start;
        size_t activities, first_samples;
    } rows[] = {
        {"running", "2026-01-01T00:00:09Z", 1, 4}, /* at once */
        {"running", "2026-01-01T00:05:09Z", 1, 4}, /* after five minutes */
        {"running", "2026-01-01T00:05:10Z", 2, 2}, /* a second later */
        {"running", "2026-01-01T00:00:08Z", 2, 2}, /* before the end of the first */
        {"cycling", "2026-01-01T00:00:10Z", 2, 2}, /* another sport */
        {"trail_running", "2026-01-01T00:00:10Z", 2, 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        char text[1024];
        snprintf(
            text, sizeof text,
            GPX_OPEN
            "<extensions><distance>77</distance></extensions>"
            "<trk><name>One</name><type>running</type><trkseg>" POINT("00", "") POINT(
                "09", "") "</trkseg></trk><trk><name>Two</name><type>%s</type><trkseg>"
                          "<trkpt lat='1' lon='2'><time>%s</time></trkpt>"
                          "<trkpt lat='1' lon='2'><time>2026-01-01T01:00:00Z</time></trkpt>"
                          "</trkseg></trk></gpx>",
            rows[i].type, rows[i].start);
        struct har_recording r = decode_text(&arena, text);
        assert_int_equal(r.activity_count, rows[i].activities);
        const struct har_activity *one = &r.activities[0];
        assert_int_equal(one->samples.count, rows[i].first_samples);
        assert_string_equal(one->name, "One");
        if (r.activity_count == 1) {
            assert_int_equal(one->segment_count, 2);
            assert_int_equal(one->segment_start[1], 2);
            assert_number(one->distance_m, 77);
        } else {
            assert_string_equal(r.activities[1].name, "Two");
            assert_int_equal(r.activities[1].samples.count, 2);
            /* A total of the file belongs to neither. */
            assert_number(one->distance_m, NAN);
            assert_number(r.activities[1].distance_m, NAN);
        }
        har_arena_free(&arena);
    }
}

static void segments_begin_where_they_begin(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_activity *a =
        decode_one(&arena, GPX_OPEN "<trk><trkseg/><trkseg>" POINT("00", "")
                               POINT("01", "") "</trkseg><trkseg></trkseg><trkseg>" POINT(
                                   "05", "") "</trkseg></trk></gpx>");
    assert_int_equal(a->samples.count, 3);
    assert_int_equal(a->segment_count, 2); /* empty ones are none */
    assert_int_equal(a->segment_start[0], 0);
    assert_int_equal(a->segment_start[1], 2);
    har_arena_free(&arena);
}

static void applications_with_ways_of_their_own_are_understood(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    /* SpoQ: the heart rate apart from the points, the speed in km/h, <Name>. */
    const struct har_activity *a = decode_one(
        &arena,
        "<?xml version='1.0'?><gpx creator='a-rival SpoQ PC Software'><extensions>"
        "<st:activity startTime='2026-01-01T00:00:00Z' distanceEntered='9.130' "
        "calories='1020'>"
        "<st:heartRateTrack><st:heartRate time='2026-01-01T00:00:00Z' bpm='103'/>"
        "<st:heartRate time='2026-01-01T00:00:02Z' bpm='105'/>"
        "<st:heartRate time='2026-01-01T00:00:03Z' bpm='107'/>"
        "</st:heartRateTrack></st:activity></extensions><trk><Name>Lap Count 10</Name>"
        "<trkseg>" POINT("00", "<speed>10.8</speed>") POINT("01", "")
            POINT("03", "") "</trkseg></trk></gpx>");
    assert_string_equal(a->name, "Lap Count 10");
    assert_number(a->distance_m, 9130);
    assert_number(a->energy_kcal, 1020);
    assert_sample(a, HAR_SPEED_MPS, 0, 3);
    assert_sample(a, HAR_HEART_BPM, 0, 103);
    assert_sample(a, HAR_HEART_BPM, 1, NAN);
    assert_sample(a, HAR_HEART_BPM, 2, 107);

    /* Movescount: laps whose startTime is their end. */
    static const char laps[] =
        "</trkseg></trk><extensions><gpxdata:lap><gpxdata:index>1</gpxdata:index>"
        "<gpxdata:startTime>2026-01-01T00:00:30Z</gpxdata:startTime>"
        "<gpxdata:elapsedTime>30</gpxdata:elapsedTime><gpxdata:distance>100</"
        "gpxdata:distance>"
        "</gpxdata:lap></extensions></gpx>";
    char text[1024];
    snprintf(text, sizeof text, "%s%s",
             "<gpx creator='Movescount - http://www.movescount.com'><trk><trkseg>" POINT(
                 "00", ""),
             laps);
    a = decode_one(&arena, text);
    assert_int_equal(a->lap_count, 1);
    assert_int_equal(a->laps[0].start_ms, new_year_ms);
    assert_number(a->laps[0].elapsed_s, 30);
    assert_number(a->laps[0].distance_m, 100);
    assert_number(a->distance_m, NAN);
    snprintf(text, sizeof text, "%s%s", GPX_OPEN "<trk><trkseg>" POINT("00", ""), laps);
    assert_int_equal(decode_one(&arena, text)->laps[0].start_ms, new_year_ms + 30000);

    /* FitoTrack: the whole record in the name. */
    a = decode_one(
        &arena,
        "<gpx creator='FitoTrack'><metadata><name>Workout(id=7, uuid=x, "
        "start=1767225590000, "
        "end=1767225690500, activeDuration=99000, comment=Out, and back, distance=4995.5, "
        "repetitions=0, energy=1.5, workoutTypeId=running, intervalSetUsedId=-1)</name>"
        "</metadata>" TRACK(POINT("00", "<extensions><cad>85</cad></extensions>"))
            GPX_CLOSE);
    assert_string_equal(a->name, "Out, and back");
    assert_int_equal(a->sport, HAR_SPORT_RUNNING);
    assert_int_equal(a->start_ms, new_year_ms - 10000);
    assert_number(a->elapsed_s, 100.5);
    assert_number(a->timer_s, 99);
    assert_number(a->distance_m, 4995.5);
    assert_sample(a, HAR_CADENCE_SPM, 0, 170);
    a = decode_one(&arena,
                   "<gpx><metadata><name>Workout(id=7, start=9, end=5, activeDuration=, "
                   "comment=, distance=abc</name></metadata>" TRACK(POINT("00", ""))
                       GPX_CLOSE);
    assert_null(a->name);
    assert_int_equal(a->start_ms, new_year_ms);
    assert_number(a->distance_m, NAN);
    assert_number(a->elapsed_s, NAN);

    /* Strava: its own numbers for sports. */
    a = decode_one(&arena, GPX_OPEN
                   "<trk><type>9</type><trkseg>" POINT("00", "") "</trkseg></trk></gpx>");
    assert_int_equal(a->sport, HAR_SPORT_RUNNING);
    a = decode_one(&arena, GPX_OPEN
                   "<trk><type>1</type><trkseg>" POINT("00", "") "</trkseg></trk></gpx>");
    assert_int_equal(a->sport, HAR_SPORT_CYCLING);
    har_arena_free(&arena);
}

/* --- TCX ----------------------------------------------------------------------- */

static const char tcx_run[] = TCX_OPEN
    "<Activity Sport=\"Running\"><Id>2026-01-01T00:00:00Z</Id>"
    "<Lap StartTime=\"2026-01-01T00:00:00Z\"><TotalTimeSeconds>9.5</TotalTimeSeconds>"
    "<DistanceMeters>30.5</DistanceMeters><MaximumSpeed>4</MaximumSpeed>"
    "<Calories>3</Calories><AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm>"
    "<MaximumHeartRateBpm><Value>150</Value></MaximumHeartRateBpm>"
    "<Intensity>Active</Intensity><Cadence>90</Cadence><TriggerMethod>Distance</"
    "TriggerMethod>"
    "<Track>" TCX_POINT("00",
                        "<Position><LatitudeDegrees>40.5</LatitudeDegrees>"
                        "<LongitudeDegrees>-3.25</LongitudeDegrees></Position>"
                        "<AltitudeMeters>600.5</AltitudeMeters>"
                        "<DistanceMeters>0.25</DistanceMeters>"
                        "<HeartRateBpm><Value>139</Value></HeartRateBpm>"
                        "<Extensions><ns3:TPX><ns3:Speed>3.5</ns3:Speed>"
                        "<ns3:RunCadence>85</ns3:RunCadence><ns3:Watts>250</ns3:Watts>"
                        "</ns3:TPX></Extensions>")
        TCX_POINT("01", "") "</Track><Track>" TCX_POINT(
            "05",
            "<HeartRateBpm><Value>141</Value></HeartRateBpm>") "</"
                                                               "Track><Extensions><LX><"
                                                               "AvgSpeed>3</AvgSpeed></"
                                                               "LX><FatCalories><Value>7</"
                                                               "Value>"
                                                               "</FatCalories></"
                                                               "Extensions></Lap>"
                                                               "<Lap "
                                                               "StartTime=\"2026-01-01T00:"
                                                               "00:10Z\"><TotalTimeSeconds>"
                                                               "20</TotalTimeSeconds>"
                                                               "<DistanceMeters>60</"
                                                               "DistanceMeters><Calories>5<"
                                                               "/Calories>"
                                                               "<AverageHeartRateBpm><"
                                                               "Value>155</Value></"
                                                               "AverageHeartRateBpm>"
                                                               "<MaximumHeartRateBpm><"
                                                               "Value>171</Value></"
                                                               "MaximumHeartRateBpm>"
                                                               "<Intensity>Resting</"
                                                               "Intensity><TriggerMethod>"
                                                               "Manual</TriggerMethod></"
                                                               "Lap>"
                                                               "<Notes>Windy "
                                                               "&lt;cold&gt;</Notes>"
                                                               "<Training "
                                                               "VirtualPartner=\"false\"><"
                                                               "Plan "
                                                               "Type=\"Workout\"><Name>Ten "
                                                               "strides</Name></Plan>"
                                                               "</"
                                                               "Training><Creator><Name>"
                                                               "Forerunner "
                                                               "310XT</"
                                                               "Name><UnitId>3825396202</"
                                                               "UnitId>"
                                                               "<ProductID>1018</"
                                                               "ProductID><Version><"
                                                               "VersionMajor>4</"
                                                               "VersionMajor></Version></"
                                                               "Creator>"
                                                               "</Activity>"
                                                               "</"
                                                               "Activities><Author><Name>"
                                                               "Agent</Name></Author></"
                                                               "TrainingCenterDatabase>";

static void a_tcx_run_is_read_whole(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_activity *a = decode_one(&arena, tcx_run);
    assert_int_equal(a->sport, HAR_SPORT_RUNNING);
    assert_int_equal(a->sub_sport, HAR_SUB_SPORT_UNKNOWN);
    assert_int_equal(a->start_ms, new_year_ms);
    assert_int_equal(a->created_ms, new_year_ms);
    assert_int_equal(a->offset_source, HAR_OFFSET_UNKNOWN);
    assert_string_equal(a->name, "Ten strides");
    assert_string_equal(a->notes, "Windy <cold>");
    assert_string_equal(a->device.name, "Forerunner 310XT");
    assert_int_equal(a->device.serial, 3825396202);
    assert_int_equal(a->device.product, 1018);
    assert_int_equal(a->device.manufacturer, 0);

    assert_number(a->timer_s, 29.5);
    assert_number(a->distance_m, 90.5);
    assert_number(a->energy_kcal, 8);
    assert_number(a->heart_bpm, (140 * 9.5 + 155 * 20) / 29.5);
    assert_number(a->heart_max_bpm, 171);
    assert_number(a->elapsed_s, NAN);
    assert_number(a->ascent_m, NAN);

    assert_int_equal(a->lap_count, 2);
    assert_int_equal(a->laps[0].start_ms, new_year_ms);
    assert_number(a->laps[0].elapsed_s, 10);
    assert_number(a->laps[0].timer_s, 9.5);
    assert_number(a->laps[0].distance_m, 30.5);
    assert_number(a->laps[0].heart_bpm, 140);
    assert_number(a->laps[0].heart_max_bpm, 150);
    assert_int_equal(a->laps[0].trigger, 2);
    assert_int_equal(a->laps[0].intensity, 0);
    assert_number(a->laps[1].elapsed_s, NAN);
    assert_int_equal(a->laps[1].trigger, 0);
    assert_int_equal(a->laps[1].intensity, 1);

    assert_int_equal(a->samples.count, 3);
    assert_int_equal(a->samples.time_ms[2], new_year_ms + 5000);
    static const double first[HAR_CHANNELS] = {40.5, -3.25, 600.5, 0.25, 3.5,
                                               139,  170,   250,   NAN};
    for (unsigned c = 0; c < HAR_CHANNELS; c++) {
        if (isnan(first[c])) {
            assert_null(a->samples.channel[c]);
            continue;
        }
        assert_sample(a, c, 0, first[c]);
        assert_sample(a, c, 1, NAN);
        assert_sample(a, c, 2, c == HAR_HEART_BPM ? 141 : NAN);
    }
    assert_int_equal(a->segment_count, 2);
    assert_int_equal(a->segment_start[0], 0);
    assert_int_equal(a->segment_start[1], 2);
    har_arena_free(&arena);
}

static void several_activities_of_a_tcx_are_kept_apart(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_recording r = decode_text(
        &arena, TCX_OPEN
        "<MultiSportSession><Id>2026-01-01T00:00:00Z</"
        "Id><FirstSport>"
        "<Activity Sport='Biking'><Id>2026-01-01T00:00:00Z</Id>"
        "<Lap "
        "StartTime='2026-01-01T00:00:00Z'><Calories>9</"
        "Calories><Track>" TCX_POINT(
            "00", "<HeartRateBpm><Value>120</Value></"
                  "HeartRateBpm>") "</Track></Lap></Activity></"
                                   "FirstSport><NextSport>"
                                   "<Transition "
                                   "StartTime='2026-01-01T00:00:"
                                   "10Z'><TotalTimeSeconds>30</"
                                   "TotalTimeSeconds>"
                                   "<Track>" TCX_POINT(
                                       "11", "") "</Track></Transition>"
                                                 "<Activity "
                                                 "Sport='Running'><Id>"
                                                 "2026-01-01T00:00:40Z</"
                                                 "Id>"
                                                 "<Lap "
                                                 "StartTime='2026-01-"
                                                 "01T00:00:40Z'><"
                                                 "Track>" TCX_POINT("41", "")
                                                     TCX_POINT("42", "") "</Track></"
                                                                         "Lap><"
                                                                         "Creator><"
                                                                         "Name>"
                                                                         "Watch</"
                                                                         "Name></"
                                                                         "Creator></"
                                                                         "Activity><"
                                                                         "/NextSport"
                                                                         ">"
                                                                         "</"
                                                                         "MultiSport"
                                                                         "Session"
                                                                         ">" TCX_CLOSE);
    assert_int_equal(r.activity_count, 3);
    static const unsigned sports[] = {HAR_SPORT_CYCLING, HAR_SPORT_TRANSITION,
                                      HAR_SPORT_RUNNING};
    static const size_t samples[] = {1, 1, 2};
    static const int64_t start_s[] = {0, 10, 40};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(r.activities[i].sport, sports[i]);
        assert_int_equal(r.activities[i].samples.count, samples[i]);
        assert_int_equal(r.activities[i].start_ms, new_year_ms + 1000 * start_s[i]);
        assert_int_equal(r.activities[i].lap_count, 1);
        assert_int_equal(r.activities[i].segment_count, 1);
    }
    assert_non_null(r.activities[0].samples.channel[HAR_HEART_BPM]);
    assert_null(r.activities[1].samples.channel[HAR_HEART_BPM]);
    assert_number(r.activities[0].energy_kcal, 9);
    assert_number(r.activities[2].energy_kcal, NAN);
    assert_string_equal(r.activities[2].device.name, "Watch");
    assert_null(r.activities[0].device.name);
    har_arena_free(&arena);
}

static void the_start_is_the_earliest_that_the_file_names(void **state)
{
    static const struct {
        const char *id, *lap;
        int64_t start_s;
    } rows[] = {
        {"2026-01-01T00:00:05Z", "2026-01-01T00:00:05Z", 5},
        {"2026-01-01T00:45:00Z", "2026-01-01T00:00:05Z", 5}, /* when it was written */
        {"2026-01-01T00:00:04Z", "2026-01-01T00:00:11Z", 4}, /* a lap after its points */
        {"", "2026-01-01T00:00:05Z", 5},
        {"2026-01-01T00:00:05Z", "", 5},
        {"", "", 7}, /* its first point */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        char text[512];
        snprintf(text, sizeof text,
                 TCX_OPEN
                 "<Activity Sport='Running'><Id>%s</Id><Lap StartTime='%s'><Track>"
                 "<Trackpoint/>" TCX_POINT("07", "") "</Track></Lap></Activity>" TCX_CLOSE,
                 rows[i].id, rows[i].lap);
        struct har_recording r = decode_text(&arena, text);
        assert_int_equal(r.warning_count, 0);
        const struct har_activity *a = r.activities;
        assert_int_equal(a->start_ms, new_year_ms + 1000 * rows[i].start_s);
        assert_int_equal(a->samples.count, 2);
        assert_int_equal(a->samples.time_ms[0], HAR_NO_TIME);
        har_arena_free(&arena);
    }
}

/* Codes that devices write for "no number" are none. */
static void a_serial_that_says_nothing_is_none(void **state)
{
    static const char *const numbers[] = {"0", "4294967295", "-1", "1e30", ""};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct har_arena arena = {0};
        char text[512];
        snprintf(text, sizeof text,
                 TCX_OPEN "<Activity><Lap/><Creator><UnitId>%s</UnitId><ProductID>65535"
                          "</ProductID></Creator></Activity>" TCX_CLOSE,
                 numbers[i]);
        const struct har_activity *a = decode_one(&arena, text);
        assert_int_equal(a->device.serial, 0);
        assert_int_equal(a->device.product, 0);
        assert_int_equal(a->sport, HAR_SPORT_UNKNOWN);
        assert_int_equal(a->lap_count, 1);
        har_arena_free(&arena);
    }
}

/* --- both ---------------------------------------------------------------------- */

/* 2026-11-22: a treadmill file with both feet's counts, 118 walking and 176 running, had a
 * median under 120 and would have been doubled. */
static void cadence_counts_both_feet(void **state)
{
    enum { COUNT = 10 };
    static const struct {
        const char *sport;
        int cadence[COUNT];
        double factor;
    } rows[] = {
        {"Running", {85, 86, 85, 84, 0, 0, 85, 86, 85, 84}, 2},
        {"Running", {170, 171, 172, 171, 0, 0, 171, 172, 171, 170}, 1},
        {"Running", {118, 118, 118, 118, 118, 118, 118, 118, 176, 176}, 1},
        {"Running", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1},
        {"Walking", {55, 56, 55, 54, 0, 0, 55, 56, 55, 54}, 2},
        {"Walking", {110, 111, 112, 111, 0, 0, 111, 112, 111, 110}, 1},
        {"Biking", {85, 86, 85, 84, 0, 0, 85, 86, 85, 84}, 1},
        {"Other", {85, 86, 85, 84, 0, 0, 85, 86, 85, 84}, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        char text[2048];
        int size = snprintf(text, sizeof text, TCX_OPEN "<Activity Sport='%s'><Lap><Track>",
                            rows[i].sport);
        for (size_t k = 0; k < COUNT; k++)
            size += snprintf(text + size, sizeof text - (size_t)size,
                             "<Trackpoint><Cadence>%d</Cadence></Trackpoint>",
                             rows[i].cadence[k]);
        snprintf(text + size, sizeof text - (size_t)size,
                 "</Track></Lap></Activity>" TCX_CLOSE);
        const struct har_activity *a = decode_one(&arena, text);
        for (size_t k = 0; k < COUNT; k++)
            assert_sample(a, HAR_CADENCE_SPM, k, rows[i].factor * rows[i].cadence[k]);
        har_arena_free(&arena);
    }
}

static void an_offset_is_known_where_the_file_writes_one(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_activity *a =
        decode_one(&arena, TCX_OPEN
                   "<Activity Sport='Running'><Id>2026-01-01T01:00:00.000+01:00</Id><Lap "
                   "StartTime='2026-01-01T01:00:00.000+01:00'/></Activity>" TCX_CLOSE);
    assert_int_equal(a->start_ms, new_year_ms);
    assert_int_equal(a->utc_offset_s, 3600);
    assert_int_equal(a->offset_source, HAR_OFFSET_DEVICE);

    a = decode_one(&arena,
                   GPX_OPEN TRACK("<trkpt lat='1' lon='2'>"
                                  "<time>2025-12-31T19:00:00.5-05:00</time></trkpt>")
                       GPX_CLOSE);
    assert_int_equal(a->start_ms, new_year_ms + 500);
    assert_int_equal(a->utc_offset_s, -5 * 3600);
    assert_int_equal(a->offset_source, HAR_OFFSET_DEVICE);
    har_arena_free(&arena);
}

static void what_cannot_be_read_is_missing_and_told_once(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    static const char text[] = GPX_OPEN TRACK(POINT(
        "00",
        "<ele>n/a</ele>") "<trkpt lat='north' lon='2'><time>yesterday</time></trkpt>"
                          "<trkpt lat='1' lon='2'><time>2026-01-01T00:00:02</time></trkpt>"
                          "<trkpt lat='1' "
                          "lon='2'><time>2026-01-01T00:61:02Z</time></trkpt>") GPX_CLOSE;
    struct har_recording r = decode_text(&arena, text);
    const struct har_activity *a = r.activities;
    assert_int_equal(a->samples.count, 4);
    assert_null(a->samples.channel[HAR_ALTITUDE_M]);
    assert_sample(a, HAR_LAT_DEG, 1, NAN);
    assert_sample(a, HAR_LON_DEG, 1, 2);
    assert_int_equal(a->samples.time_ms[1], HAR_NO_TIME);
    assert_int_equal(a->samples.time_ms[2], new_year_ms + 2000);
    assert_int_equal(a->samples.time_ms[3], HAR_NO_TIME);
    assert_int_equal(r.warning_count, 3);
    assert_warning(&r, 0, offset_of(text, "</ele>"), "2 numbers could not be read");
    assert_warning(&r, 1, offset_of(text, "yesterday") + strlen("yesterday"),
                   "2 times could not be read");
    assert_warning(&r, 2, offset_of(text, ":00:02</time>") + strlen(":00:02"),
                   "1 time names no zone and is read as UTC");
    har_arena_free(&arena);
}

static void bytes_that_are_not_utf8_lose_no_point(void **state)
{
    static const char before[] = "<?xml version='1.0' encoding='UTF-8'?><gpx><trk><name>";
    static const char after[] = "</name><trkseg>" POINT("00", "") "</trkseg></trk></gpx>";
    (void)state;
    struct har_arena arena = {0};
    char text[512];
    snprintf(text, sizeof text, "%sSt. P\xf6lten%s", before, after);
    struct har_recording r = decode_text(&arena, text);
    assert_int_equal(r.activities[0].samples.count, 1);
    assert_string_equal(r.activities[0].name, "St. P\xc3\xb6lten");
    assert_int_equal(r.warning_count, 1);
    assert_warning(&r, 0, offset_of(text, "\xf6"),
                   "this byte is not UTF-8; the text is read as Latin-1");

    /* UTF-8 under a declaration that says otherwise is still UTF-8. */
    r = decode_text(&arena,
                    "<?xml version='1.0' encoding='utf-16'?><gpx><trk><name>\xe8\xb7\x91"
                    "</name><trkseg>" POINT("00", "") "</trkseg></trk></gpx>");
    assert_string_equal(r.activities[0].name, "\xe8\xb7\x91");
    assert_int_equal(r.warning_count, 0);
    har_arena_free(&arena);
}

/* The same run in both formats is the same run. */
static void two_formats_tell_one_run(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_activity *gpx = decode_one(
        &arena,
        GPX_OPEN "<trk><type>running</type><trkseg>" POINT(
            "00", "<ele>5.5</ele><extensions><hr>140</hr><cad>85</cad></extensions>")
            POINT("02",
                  "<ele>6.5</ele><extensions><hr>141</hr></extensions>") "</trkseg></trk></"
                                                                         "gpx>");
    const struct har_activity *tcx = decode_one(
        &arena,
        TCX_OPEN "<Activity Sport='Running'><Lap><Track>" TCX_POINT(
            "00", "<Position><LatitudeDegrees>40.5</LatitudeDegrees><LongitudeDegrees>-3.25"
                  "</LongitudeDegrees></Position><AltitudeMeters>5.5</AltitudeMeters>"
                  "<HeartRateBpm><Value>140</Value></HeartRateBpm><Cadence>85</Cadence>")
            TCX_POINT("02", "<Position><LatitudeDegrees>40.5</"
                            "LatitudeDegrees><LongitudeDegrees>"
                            "-3.25</LongitudeDegrees></Position><AltitudeMeters>6.5"
                            "</AltitudeMeters><HeartRateBpm><Value>141</Value></"
                            "HeartRateBpm>") "</Track></Lap></Activity>" TCX_CLOSE);
    assert_int_equal(gpx->sport, tcx->sport);
    assert_int_equal(gpx->start_ms, tcx->start_ms);
    assert_int_equal(gpx->samples.count, tcx->samples.count);
    for (unsigned c = 0; c < HAR_CHANNELS; c++) {
        assert_int_equal(!gpx->samples.channel[c], !tcx->samples.channel[c]);
        for (size_t i = 0; gpx->samples.channel[c] && i < gpx->samples.count; i++)
            assert_sample(tcx, c, i, gpx->samples.channel[c][i]);
    }
    har_arena_free(&arena);
}

/* --- damage -------------------------------------------------------------------- */

/* One of everything, so that a cut can fall anywhere. */
static const char gpx_run[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- x --><gpx creator=\"Sp\xc3\xb6Q\">"
    "<metadata><name>Workout(id=7, start=1, end=2, comment=a, distance=3)</name></metadata>"
    "<extensions><distance>9</distance><st:activity startTime=\"2026-01-01T00:00:00Z\">"
    "<st:heartRate time=\"2026-01-01T00:00:00Z\" bpm=\"103\"/></st:activity>"
    "<lap><startTime>2026-01-01T00:00:00Z</startTime></lap></extensions>"
    "<trk><name>N\xc3\xa4me</name><type>running</type><trkseg>" POINT(
        "00", "<ele>5</ele><extensions><x:hr>140</x:hr><cad>85</cad></extensions>")
        POINT("01", "") "</trkseg></trk>"
                        "<trk><type>cycling</type><trkseg>" POINT(
                            "30",
                            "<ele><![CDATA[7]]></ele>") "</trkseg></trk><rte><rtept "
                                                        "lat=\"1\" lon=\"2\"/></rte></gpx>";

static size_t all_samples(const struct har_recording *r)
{
    size_t count = 0;
    for (size_t i = 0; i < r->activity_count; i++) count += r->activities[i].samples.count;
    return count;
}

static size_t all_laps(const struct har_recording *r)
{
    size_t count = 0;
    for (size_t i = 0; i < r->activity_count; i++) count += r->activities[i].lap_count;
    return count;
}

/* Decodes a copy that ends where its memory ends. */
static har_status decode_copy(const char *text, size_t size, struct har_arena *arena,
                              struct har_recording *r, struct har_error *err)
{
    uint8_t *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    har_status status = har_decode((struct har_bytes){copy, size}, arena, r, err);
    free(copy);
    return status;
}

static void a_file_cut_anywhere_keeps_a_prefix(void **state)
{
    static const char *const texts[] = {gpx_run, tcx_run};
    (void)state;
    for (size_t t = 0; t < 2; t++) {
        size_t size = strlen(texts[t]), samples = 0, kept = 0;
        struct har_arena whole_arena = {0};
        struct har_recording whole = decode_text(&whole_arena, texts[t]);
        for (size_t cut = 0; cut <= size; cut++) {
            struct har_arena arena = {0};
            struct har_recording r;
            struct har_error err = {0};
            har_status status = decode_copy(texts[t], cut, &arena, &r, &err);
            if (status == HAR_OK) {
                assert_true(all_samples(&r) >= samples); /* a longer piece tells no less */
                assert_true(all_samples(&r) <= all_samples(&whole));
                assert_true(all_laps(&r) <= all_laps(&whole));
                assert_true(r.activity_count <= whole.activity_count);
                samples = all_samples(&r);
                if (cut < size) {
                    const struct har_warning *last = &r.warnings[r.warning_count - 1];
                    assert_string_equal(last->message,
                                        "the file is cut short; what came before is kept");
                    assert_true(last->offset <= cut);
                }
                kept++;
            } else {
                assert_true(status == HAR_BAD_INPUT || status == HAR_UNSUPPORTED);
                assert_true(err.offset <= cut);
                assert_true(err.message[0]);
                assert_int_equal(kept, 0); /* once there is something it is never lost */
            }
            har_arena_free(&arena);
        }
        assert_int_equal(samples, all_samples(&whole));
        assert_true(kept > size / 4);
        har_arena_free(&whole_arena);
    }
}

static void a_changed_byte_is_never_a_crash(void **state)
{
    static const char *const texts[] = {gpx_run, tcx_run};
    static const uint8_t changes[] = {0x01, 0x20, 0x80, 0xff};
    (void)state;
    for (size_t t = 0; t < 2; t++) {
        size_t size = strlen(texts[t]);
        char *copy = malloc(size + 1);
        assert_non_null(copy);
        memcpy(copy, texts[t], size + 1);
        for (size_t i = 0; i < size; i++)
            for (size_t c = 0; c < sizeof changes; c++) {
                struct har_arena arena = {0};
                struct har_recording r;
                struct har_error err = {0};
                copy[i] = (char)(texts[t][i] ^ changes[c]);
                har_status status = decode_copy(copy, size, &arena, &r, &err);
                assert_true(status == HAR_OK || status == HAR_BAD_INPUT ||
                            status == HAR_UNSUPPORTED);
                if (status != HAR_OK) assert_true(err.message[0] && err.offset <= size);
                har_arena_free(&arena);
                copy[i] = texts[t][i];
            }
        free(copy);
    }
}

static har_status decode_within(struct har_arena *arena, const void *text,
                                struct har_error *err)
{
    struct har_recording r;
    return har_decode(har_bytes_of(text), arena, &r, err);
}

static void every_memory_limit_is_an_answer(void **state)
{
    static const char *const texts[] = {gpx_run, tcx_run};
    (void)state;
    for (size_t t = 0; t < 2; t++)
        assert_int_equal(scarce_memory(decode_within, texts[t]), HAR_OK);
}

static void broken_xml_keeps_what_came_before(void **state)
{
    static const struct {
        const char *text, *message;
        const char *at; /* where it broke */
    } rows[] = {
        {GPX_OPEN TRACK(POINT("00", "")) "</trk></gpx>",
         "the XML is broken (mismatched tag); what came before is kept", "trk></gpx>"},
        {GPX_OPEN TRACK(POINT("00", "")) GPX_CLOSE "<gpx/>",
         "the XML is broken (junk after document element); what came before is kept",
         "<gpx/>"},
        {GPX_OPEN TRACK(POINT("00", "") "&nbsp;" POINT("01", "")) GPX_CLOSE,
         "the XML is broken (undefined entity); what came before is kept", "&nbsp;"},
        {GPX_OPEN "<trk><trkseg>" POINT("00", "") "<trkpt lat='1' lon='2'>",
         "the file is cut short; what came before is kept", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena arena = {0};
        struct har_recording r = decode_text(&arena, rows[i].text);
        assert_int_equal(r.activity_count, 1);
        assert_int_equal(r.activities[0].samples.count, 1);
        assert_int_equal(r.warning_count, 1);
        assert_warning(
            &r, 0, rows[i].at ? offset_of(rows[i].text, rows[i].at) : strlen(rows[i].text),
            rows[i].message);
        har_arena_free(&arena);
    }
}

static void broken_xml_with_nothing_before_is_refused(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_recording r;
    struct har_error err = {0};
    static const char text[] = GPX_OPEN "<trk></gpx>";
    assert_int_equal(har_decode(har_bytes_of(text), &arena, &r, &err), HAR_BAD_INPUT);
    assert_int_equal(err.offset, offset_of(text, "</gpx>") + strlen("</"));
    assert_string_equal(err.message, "the XML is broken (mismatched tag)");
    assert_int_equal(har_decode(har_bytes_of(text), &arena, &r, NULL), HAR_BAD_INPUT);
    har_arena_free(&arena);
}

static void undeclared_prefixes_are_read(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    const struct har_activity *a = decode_one(
        &arena, "<?xml version='1.0'?><q:gpx creator='x'><q:trk><q:trkseg>"
                "<q:trkpt lat='1' lon='2'><q:time>2026-01-01T00:00:00Z</q:time>"
                "<q:extensions><never:declared><a:b:hr>99</a:b:hr></never:declared>"
                "</q:extensions></q:trkpt></q:trkseg></q:trk></q:gpx>");
    assert_sample(a, HAR_HEART_BPM, 0, 99);
    har_arena_free(&arena);
}

/* Ten levels of ten would be 10^10 letters. */
static void an_entity_bomb_ends_in_one_sentence(void **state)
{
    static const char bomb[] =
        "<?xml version=\"1.0\"?><!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\">"
        "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
        "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
        "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">"
        "<!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">"
        "<!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\">"
        "<!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;\">"
        "<!ENTITY i \"&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;\">]>"
        "<gpx><trk><name>&i;</name>" TRACK(POINT("00", "")) "</trk></gpx>";
    static const char *const texts[] = {
        bomb,
        "<!DOCTYPE gpx [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><gpx/>",
        "<!DOCTYPE gpx [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><gpx><trk><name>&x;</name>"
        "</trk></gpx>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct har_arena arena = {.limit = 65536};
        struct har_recording r;
        struct har_error err = {0};
        assert_int_equal(har_decode(har_bytes_of(texts[i]), &arena, &r, &err),
                         HAR_BAD_INPUT);
        assert_string_equal(err.message,
                            "the file declares an XML entity, which no watch does: "
                            "refused");
        assert_true(err.offset >= offset_of(texts[i], "<!ENTITY"));
        assert_true(err.offset < offset_of(texts[i], "]>"));
        har_arena_free(&arena);
    }
}

static void deep_nesting_and_long_names_are_only_xml(void **state)
{
    enum { DEPTH = 20000 };
    (void)state;
    char *text = malloc(DEPTH * 16 + 4096), *end = text;
    assert_non_null(text);
    end += sprintf(end, "%s", GPX_OPEN "<trk><trkseg><trkpt lat='1' lon='2'>");
    for (int i = 0; i < DEPTH; i++) end += sprintf(end, "<x>");
    end += sprintf(end, "<hr>150</hr>");
    for (int i = 0; i < DEPTH; i++) end += sprintf(end, "</x>");
    end += sprintf(end, "<time>2026-01-01T00:00:00Z</time><");
    for (int i = 0; i < DEPTH; i++) *end++ = 'n';
    sprintf(end, "/></trkpt></trkseg></trk></gpx>");
    struct har_arena arena = {0};
    assert_sample(decode_one(&arena, text), HAR_HEART_BPM, 0, 150);
    har_arena_free(&arena);
    free(text);
}

static void long_texts_are_kept_whole(void **state)
{
    enum { SIZE = 100000 };
    (void)state;
    char *text = malloc(SIZE + 1024);
    assert_non_null(text);
    size_t at = (size_t)sprintf(text, GPX_OPEN "<trk><desc>");
    for (size_t i = 0; i < SIZE; i++) text[at++] = i % 70 ? (char)('a' + i % 26) : '\n';
    sprintf(text + at, "z</desc><trkseg>" POINT("00", "") "</trkseg></trk></gpx>");
    struct har_arena arena = {0};
    const struct har_activity *a = decode_one(&arena, text);
    assert_int_equal(strlen(a->notes), SIZE); /* the first newline is trimmed */
    assert_int_equal(a->notes[SIZE - 1], 'z');
    har_arena_free(&arena);
    free(text);
}

static void many_points_come_out_as_they_went_in(void **state)
{
    enum { COUNT = 5000, POINT_SIZE = 160 };
    (void)state;
    char *text = malloc(COUNT * POINT_SIZE + 1024), *end = text;
    assert_non_null(text);
    end += sprintf(end, GPX_OPEN "<trk><trkseg>");
    for (int i = 0; i < COUNT; i++) {
        end += sprintf(
            end, "<trkpt lat='%d.5' lon='%d.25'><time>2026-01-01T%02d:%02d:%02dZ</time>",
            i % 90, -(i % 180), i / 3600, i / 60 % 60, i % 60);
        /* A column that begins late, and one with holes. */
        if (i >= 1000) end += sprintf(end, "<ele>%d</ele>", i);
        if (i % 3 == 0) end += sprintf(end, "<hr>%d</hr>", i % 200);
        end += sprintf(end, "</trkpt>");
    }
    sprintf(end, "</trkseg></trk></gpx>");
    struct har_arena arena = {0};
    const struct har_activity *a = decode_one(&arena, text);
    assert_int_equal(a->samples.count, COUNT);
    for (int i = 0; i < COUNT; i++) {
        size_t k = (size_t)i;
        assert_int_equal(a->samples.time_ms[k], new_year_ms + 1000 * i);
        assert_sample(a, HAR_LAT_DEG, k, i % 90 + 0.5);
        assert_sample(a, HAR_LON_DEG, k, i % 180 ? -(i % 180) - 0.25 : 0.25);
        assert_sample(a, HAR_ALTITUDE_M, k, i >= 1000 ? (double)i : NAN);
        assert_sample(a, HAR_HEART_BPM, k, i % 3 == 0 ? (double)(i % 200) : NAN);
    }
    har_arena_free(&arena);
    free(text);
}

/* --- real files ---------------------------------------------------------------- */

/* Counted by searching the text for its tags, without Harrier. */
static const struct real_file {
    const char *path;
    enum har_file_kind kind;
    size_t activities, samples, laps, segments, hearts, warnings;
} real_files[] = {
    {"conformance/runalyze/gpx/Movescount-mixed-extensions.gpx.gz", HAR_FILE_ACTIVITY, 1,
     1275, 4, 1, 1275, 0},
    {"conformance/runalyze/gpx/NavRun500.gpx.gz", HAR_FILE_ACTIVITY, 1, 1328, 0, 1, 0, 0},
    {"conformance/runalyze/gpx/Route-only.gpx", HAR_FILE_COURSE, 1, 11, 0, 1, 0, 0},
    {"conformance/runalyze/gpx/SpoQ-2.gpx", HAR_FILE_ACTIVITY, 1, 44, 0, 1, 44, 0},
    {"conformance/runalyze/gpx/SpoQ.gpx", HAR_FILE_ACTIVITY, 1, 10, 0, 1, 10, 0},
    {"conformance/runalyze/gpx/break-between-trkseg.gpx.gz", HAR_FILE_ACTIVITY, 1, 2350, 0,
     3, 0, 0},
    {"conformance/runalyze/gpx/garmin-ns3-extension.gpx", HAR_FILE_ACTIVITY, 1, 16, 0, 1,
     16, 0},
    {"conformance/runalyze/gpx/hr-not-always-there.gpx", HAR_FILE_ACTIVITY, 1, 52, 0, 1, 46,
     0},
    {"conformance/runalyze/gpx/runkeeper-negative-time-step-at-start.gpx.gz",
     HAR_FILE_ACTIVITY, 1, 1626, 0, 1, 1626, 0},
    {"conformance/runalyze/gpx/standard.gpx", HAR_FILE_ACTIVITY, 1, 350, 0, 1, 0, 0},
    {"conformance/runalyze/gpx/strava-export.gpx.gz", HAR_FILE_ACTIVITY, 1, 241, 0, 1, 241,
     0},
    {"conformance/runalyze/tcx/Could-Not-Be-Read_by-Florian.tcx.gz", HAR_FILE_ACTIVITY, 1,
     3001, 43, 43, 3000, 0},
    {"conformance/runalyze/tcx/Dakota.tcx", HAR_FILE_ACTIVITY, 1, 131, 1, 1, 0, 0},
    {"conformance/runalyze/tcx/First-point-empty.tcx", HAR_FILE_ACTIVITY, 1, 24, 1, 1, 0,
     0},
    {"conformance/runalyze/tcx/Indoor-Training.tcx.gz", HAR_FILE_ACTIVITY, 1, 258, 1, 1,
     257, 0},
    {"conformance/runalyze/tcx/Multiple-Trainings.tcx.gz", HAR_FILE_ACTIVITY, 3, 2368, 5, 8,
     2368, 0},
    {"conformance/runalyze/tcx/Multisport.tcx.gz", HAR_FILE_ACTIVITY, 3, 1010, 14, 26, 981,
     0},
    {"conformance/runalyze/tcx/Polar-one-lap-indoor-with-distance.tcx", HAR_FILE_ACTIVITY,
     1, 13, 1, 1, 13, 0},
    {"conformance/runalyze/tcx/Power-ns2-extension.tcx.gz", HAR_FILE_ACTIVITY, 1, 2731, 1,
     1, 2731, 0},
    {"conformance/runalyze/tcx/Route-only.tcx", HAR_FILE_COURSE, 1, 11, 1, 1, 0, 0},
    {"conformance/runalyze/tcx/Runtastic.tcx", HAR_FILE_ACTIVITY, 1, 22, 1, 1, 15, 0},
    {"conformance/runalyze/tcx/Standard.tcx.gz", HAR_FILE_ACTIVITY, 1, 1528, 23, 27, 1519,
     0},
    {"conformance/runalyze/tcx/Swim-without-time_by-Timekiller.tcx", HAR_FILE_ACTIVITY, 1,
     53, 30, 30, 0, 0},
    {"conformance/runalyze/tcx/Treadmill-doubled-cadence.tcx.gz", HAR_FILE_ACTIVITY, 1, 262,
     1, 1, 255, 0},
    {"conformance/runalyze/tcx/Wrong-time-zone-by-polar.tcx.gz", HAR_FILE_ACTIVITY, 1, 1923,
     7, 7, 1922, 0},
    {"conformance/runalyze/tcx/missing-distances.tcx", HAR_FILE_ACTIVITY, 1, 36, 1, 1, 0,
     0},
    {"conformance/runalyze/tcx/negative-pause.tcx.gz", HAR_FILE_ACTIVITY, 1, 124, 3, 3, 124,
     0},
    {"conformance/runalyze/tcx/watt-extension-without-namespace.tcx", HAR_FILE_ACTIVITY, 1,
     27, 1, 1, 27, 0},
    {"conformance/dreeve-mini/activity-fitotrack.gpx", HAR_FILE_ACTIVITY, 1, 4, 0, 1, 4, 0},
    {"conformance/dreeve-mini/activity-huawei.tcx", HAR_FILE_ACTIVITY, 1, 8, 1, 1, 0, 0},
    {"conformance/dreeve-mini/activity-merged.tcx", HAR_FILE_ACTIVITY, 1, 4, 1, 1, 0, 0},
    {"conformance/dreeve-mini/activity-metadata-name-and-description.gpx",
     HAR_FILE_ACTIVITY, 1, 3, 0, 1, 0, 0},
    {"conformance/dreeve-mini/activity-multi-lap.tcx", HAR_FILE_ACTIVITY, 1, 5, 2, 3, 0, 0},
    {"conformance/dreeve-mini/activity-multi-track.gpx", HAR_FILE_ACTIVITY, 2, 4, 0, 2, 0,
     0},
    {"conformance/dreeve-mini/activity-other-sport.gpx", HAR_FILE_ACTIVITY, 1, 2, 0, 1, 0,
     0},
    {"conformance/dreeve-mini/activity-other-sport.tcx", HAR_FILE_ACTIVITY, 1, 1, 1, 1, 0,
     0},
    {"conformance/dreeve-mini/activity-polar.tcx", HAR_FILE_ACTIVITY, 1, 3, 1, 1, 3, 0},
    {"conformance/dreeve-mini/activity-sparse.gpx", HAR_FILE_ACTIVITY, 1, 4, 0, 1, 2, 0},
    {"conformance/dreeve-mini/activity-sparse.tcx", HAR_FILE_ACTIVITY, 1, 4, 1, 1, 2, 0},
    {"conformance/dreeve-mini/activity-with-recording-gap.gpx", HAR_FILE_ACTIVITY, 1, 4, 0,
     1, 0, 0},
    {"conformance/dreeve-mini/activity-without-timed-trackpoints.gpx", HAR_FILE_COURSE, 1,
     1, 0, 1, 0, 0},
    {"conformance/dreeve-mini/activity-workout-summary-implausible.gpx", HAR_FILE_ACTIVITY,
     1, 3, 0, 1, 0, 0},
    {"conformance/dreeve-mini/activity.gpx", HAR_FILE_ACTIVITY, 1, 2, 0, 1, 2, 0},
    {"conformance/dreeve-mini/activity.tcx", HAR_FILE_ACTIVITY, 1, 2, 1, 1, 2, 0},
    {"conformance/no-trackpoints/keep-app-time-runs-backwards.gpx", HAR_FILE_ACTIVITY, 1,
     2727, 0, 1, 2726, 0},
    {"conformance/no-trackpoints/poolswim-activity_22681622214.gpx", HAR_FILE_ACTIVITY, 1,
     0, 0, 0, 0, 1},
    {"conformance/no-trackpoints/treadmill-382621663.gpx", HAR_FILE_ACTIVITY, 1, 0, 0, 0, 0,
     1},
    {"conformance/no-trackpoints/treadmill-392647729.gpx", HAR_FILE_ACTIVITY, 1, 0, 0, 0, 0,
     1},
    {"seasons/clf3-2025/442973810.gpx.gz", HAR_FILE_ACTIVITY, 1, 1558, 0, 1, 1558, 0},
    {"seasons/clf3-2025/475098375.gpx.gz", HAR_FILE_ACTIVITY, 1, 2982, 0, 1, 2982, 0},
    {"seasons/clf3-2025/501267276.gpx.gz", HAR_FILE_ACTIVITY, 1, 812, 0, 1, 812, 0},
    {"seasons/clf3-2025/531486570.gpx.gz", HAR_FILE_ACTIVITY, 1, 1392, 0, 1, 1392, 0},
    {"seasons/clf3-2025/561935453.gpx.gz", HAR_FILE_ACTIVITY, 1, 3154, 0, 1, 3154, 0},
    {"seasons/tiny656-2021-2026/1000153856.gpx.gz", HAR_FILE_ACTIVITY, 1, 414, 0, 1, 414,
     0},
    {"seasons/tiny656-2021-2026/719863234.gpx.gz", HAR_FILE_ACTIVITY, 1, 418, 0, 1, 0, 0},
    {"seasons/tracker-2013/2013-06-01-183220.TCX.gz", HAR_FILE_ACTIVITY, 1, 3881, 15, 16,
     3881, 0},
    {"seasons/tracker-2013/2013-06-19-183041.TCX.gz", HAR_FILE_ACTIVITY, 1, 197, 1, 1, 197,
     0},
    {"seasons/tracker-2013/20170708-154835-Run.gpx.gz", HAR_FILE_ACTIVITY, 1, 5104, 0, 1, 0,
     0},
    {"courses/mcrrc/rileys_rumble.gpx", HAR_FILE_COURSE, 1, 107, 0, 1, 0, 0},
    {"courses/perfect-pace/boston.gpx", HAR_FILE_COURSE, 1, 318, 0, 1, 0, 1},
};
enum { REAL_FILES = sizeof real_files / sizeof *real_files };

static void data_path(char *path, size_t size, const char *name)
{
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    if (data) snprintf(path, size, "%s/activities/%s", data, name);
    else snprintf(path, size, "%s/../shared/data/activities/%s", root ? root : ".", name);
}

/* The bytes of a file, unpacked if need be; empty if there is none. */
static struct har_bytes read_real(struct har_arena *arena, const char *name)
{
    enum { MOST = 4 << 20 };
    char path[1024];
    data_path(path, sizeof path, name);
    gzFile file = gzopen(path, "rb");
    if (!file) return (struct har_bytes){0};
    uint8_t *data = HAR_NEW(arena, uint8_t, MOST);
    assert_non_null(data);
    int size = gzread(file, data, MOST);
    gzclose(file);
    assert_in_range(size, 1, MOST - 1);
    return (struct har_bytes){data, (size_t)size};
}

static size_t count_numbers(const struct har_activity *a, enum har_channel channel)
{
    size_t count = 0;
    for (size_t i = 0; a->samples.channel[channel] && i < a->samples.count; i++)
        count += isnan(a->samples.channel[channel][i]) ? 0 : 1;
    return count;
}

static void check_real(const struct real_file *file, const struct har_recording *r)
{
    size_t segments = 0, hearts = 0;
    for (size_t i = 0; i < r->activity_count; i++) {
        segments += r->activities[i].segment_count;
        hearts += count_numbers(&r->activities[i], HAR_HEART_BPM);
    }
    print_message("# %s\n", file->path);
    assert_int_equal(r->kind, file->kind);
    assert_int_equal(r->activity_count, file->activities);
    assert_int_equal(all_samples(r), file->samples);
    assert_int_equal(all_laps(r), file->laps);
    assert_int_equal(segments, file->segments);
    assert_int_equal(hearts, file->hearts);
    assert_int_equal(r->warning_count, file->warnings);
}

static void real_files_hold_what_was_counted_in_them(void **state)
{
    (void)state;
    size_t found = 0;
    for (size_t i = 0; i < REAL_FILES; i++) {
        struct har_arena arena = {0};
        struct har_bytes bytes = read_real(&arena, real_files[i].path);
        if (bytes.size) {
            struct har_recording r =
                decode_bytes(&arena, (const char *)bytes.data, bytes.size);
            check_real(&real_files[i], &r);
            found++;
        }
        har_arena_free(&arena);
    }
    if (found == 0) {
        print_message("# the real files are not here; set HARRIER_DATA\n");
        skip();
    }
    assert_int_equal(found, REAL_FILES);
}

/* What the devices' makers say of single files. */
static void real_files_say_what_their_texts_say(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_bytes bytes =
        read_real(&arena, "conformance/runalyze/tcx/Wrong-time-zone-by-polar.tcx.gz");
    if (bytes.size == 0) {
        print_message("# the real files are not here; set HARRIER_DATA\n");
        skip();
    }
    struct har_recording r = decode_bytes(&arena, (const char *)bytes.data, bytes.size);
    assert_int_equal(r.activities[0].utc_offset_s, 3600);
    assert_int_equal(r.activities[0].offset_source, HAR_OFFSET_DEVICE);
    assert_string_equal(r.activities[0].device.name, "Polar V800");

    bytes = read_real(&arena, "conformance/runalyze/tcx/Treadmill-doubled-cadence.tcx.gz");
    r = decode_bytes(&arena, (const char *)bytes.data, bytes.size);
    const struct har_activity *a = r.activities;
    for (size_t i = 0; i < a->samples.count; i++)
        assert_true(!(a->samples.channel[HAR_CADENCE_SPM][i] > 200));

    /* 9.13 km in 52:26 is 2.9 m/s; its first 21 seconds were no faster than 4. */
    bytes = read_real(&arena, "conformance/runalyze/gpx/SpoQ.gpx");
    r = decode_bytes(&arena, (const char *)bytes.data, bytes.size);
    a = r.activities;
    double sum = 0;
    for (size_t i = 0; i < a->samples.count; i++)
        sum += a->samples.channel[HAR_SPEED_MPS][i];
    assert_true(sum / (double)a->samples.count < 4);
    har_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_known_by_their_root),
        cmocka_unit_test(what_comes_before_the_declaration_is_skipped),
        cmocka_unit_test(a_point_is_read_in_every_dialect),
        cmocka_unit_test(long_decimals_are_exact),
        cmocka_unit_test(a_track_says_what_it_was),
        cmocka_unit_test(the_files_own_words_fill_what_a_single_track_leaves_out),
        cmocka_unit_test(totals_without_points_are_an_activity),
        cmocka_unit_test(what_is_no_recording_is_no_activity),
        cmocka_unit_test(a_course_keeps_its_points_and_its_name),
        cmocka_unit_test(a_recording_beside_a_course_is_kept),
        cmocka_unit_test(every_track_is_an_activity_unless_it_goes_on),
        cmocka_unit_test(segments_begin_where_they_begin),
        cmocka_unit_test(applications_with_ways_of_their_own_are_understood),
        cmocka_unit_test(a_tcx_run_is_read_whole),
        cmocka_unit_test(several_activities_of_a_tcx_are_kept_apart),
        cmocka_unit_test(the_start_is_the_earliest_that_the_file_names),
        cmocka_unit_test(a_serial_that_says_nothing_is_none),
        cmocka_unit_test(cadence_counts_both_feet),
        cmocka_unit_test(an_offset_is_known_where_the_file_writes_one),
        cmocka_unit_test(what_cannot_be_read_is_missing_and_told_once),
        cmocka_unit_test(bytes_that_are_not_utf8_lose_no_point),
        cmocka_unit_test(two_formats_tell_one_run),
        cmocka_unit_test(a_file_cut_anywhere_keeps_a_prefix),
        cmocka_unit_test(a_changed_byte_is_never_a_crash),
        cmocka_unit_test(every_memory_limit_is_an_answer),
        cmocka_unit_test(broken_xml_keeps_what_came_before),
        cmocka_unit_test(broken_xml_with_nothing_before_is_refused),
        cmocka_unit_test(undeclared_prefixes_are_read),
        cmocka_unit_test(an_entity_bomb_ends_in_one_sentence),
        cmocka_unit_test(deep_nesting_and_long_names_are_only_xml),
        cmocka_unit_test(long_texts_are_kept_whole),
        cmocka_unit_test(many_points_come_out_as_they_went_in),
        cmocka_unit_test(real_files_hold_what_was_counted_in_them),
        cmocka_unit_test(real_files_say_what_their_texts_say),
    };
    return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
