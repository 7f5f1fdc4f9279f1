/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_MARK_H
#define HARRIER_MARK_H

/* mark - events and marks: reading and writing them, and what they are worth.
 *
 * An event is a distance and the ground it is run on; a mark is a time as the sport writes
 * it. Points and age grades come from tables (data/scoring.tsv, data/age_*.tsv), the bound
 * of what is possible from the dated records (data/records.tsv).
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any number from this room can differ. */
enum { HAR_MARK_VERSION = 1 };

/* M is men; W and F are women. */
enum har_sex { HAR_MEN, HAR_WOMEN };
bool har_parse_sex(struct har_bytes text, enum har_sex *sex);

/* --- events ----------------------------------------------------------------------- */

enum har_event_kind {
    HAR_EVENT_TRACK,
    HAR_EVENT_SHORT_TRACK, /* 200 m, banked: what was called indoors */
    HAR_EVENT_STEEPLECHASE,
    HAR_EVENT_ROAD,
};

struct har_event {
    enum har_event_kind kind;
    int64_t distance_mm; /* 100 m .. 1000 km */
    double distance_m;
    char code[24]; /* as OpenTrack writes it: 1500, 1500i, MILE, 3000SC, 10K, HM, MAR */
};

/* Reads an event:
 *
 *     800 1500 MILE 2MILE 10000     on the track; metres up to 10,000, "1200m" too
 *     1500i MILEi "3000m sh"        on a short track
 *     3000SC "3000m SC"             the steeplechase
 *     5K 10K 10M 20K HM MAR 100K    on the road; a capital M up to 100 is miles
 *     12km 5mi 21097.5 15000        on the road; metres beyond 10,000 are
 *     "20000 track" "mile road"     where the usual ground is not meant
 *     Marathon "half marathon" "1 Mile" "two miles"
 *
 * Letters in any case but that M, spaces and hyphens anywhere. `code` is what the event is
 * called here, and reads back as the same event. HAR_BAD_INPUT for anything else. */
har_status har_parse_event(struct har_bytes text, struct har_event *event,
                           struct har_error *err);

/* --- marks ------------------------------------------------------------------------ */

struct har_mark {
    int64_t time_ms;   /* over 0, under 100 hours */
    unsigned decimals; /* as written, 0..3 */
    bool hand;         /* timed by hand: 14:10.5h */
    bool short_track;  /* 8:00.67i */
};

/* Reads a mark: 12.5, 1:45.9, 3:27.79, 8:00.67i, 14:10.5h, 61:51, 2:00:35. At most three
 * decimals; after the first colon every part has two digits and is below 60.
 * HAR_BAD_INPUT for anything else; `err->offset` is the byte that cannot be right. */
har_status har_parse_mark(struct har_bytes text, struct har_mark *mark,
                          struct har_error *err);

/* The mark of a time that was worked out and not read: to the nearest thousandth. NaN, what
 * is not over 0 and what is 100 hours or more become a mark of 0 ms, which is none. */
struct har_mark har_mark_of(double time_s);

/* What the mark says of the event: 8:00.67i over 3000 is 3000i. HAR_BAD_INPUT if it was run
 * on a short track over an event of the road or with barriers. */
har_status har_event_of_mark(const struct har_event *event, const struct har_mark *mark,
                             struct har_event *out, struct har_error *err);

/* The mark in thousandths as the rules round it, always up (World Athletics TR 19): on the
 * track to the hundredth, beyond 10,000 m to the tenth; by hand to the tenth; on the road
 * to the second. Never to more decimals than it has. */
int64_t har_mark_official_ms(const struct har_mark *mark, const struct har_event *event);

/* Writes it, rounded like that, minutes first under 100 minutes: 3:27.79, 8:00.67i, 61:51.
 * Without an event (NULL) nothing is rounded. */
void har_text_mark(struct har_text *text, const struct har_mark *mark,
                   const struct har_event *event);

/* HAR_BAD_INPUT, with a sentence, where the mark is more than 10 % faster than the line
 * through the records of the faster sex. */
har_status har_mark_check(const struct har_mark *mark, const struct har_event *event,
                          struct har_error *err);

/* --- records ---------------------------------------------------------------------- */

/* The line through the records, of the faster sex: straight in the logarithms of distance
 * and time between the dated records, of constant speed beyond them. The shortest time
 * anybody has needed for `distance_m`, and the farthest anybody has run in `time_s`. */
double har_record_time(double distance_m);
double har_record_distance(double time_s);

/* The mean speed of the fastest human effort on record over `time_s`; flat below the time
 * of the shortest record. NaN gives NaN. */
double har_record_speed(double time_s);

/* --- points ----------------------------------------------------------------------- */

/* The newest edition, by which a mark has points where nobody says otherwise. */
enum { HAR_POINTS_EDITION = 2025 };

/* World Athletics points of the edition 2025 or 2022, to the point: floor(a (b - T)^2) of
 * the official mark in whole numbers, and where the official table of 2025 differs at a
 * boundary, that. A time of b or more has 0. HAR_NO_ANSWER where the edition has no table
 * for the event, HAR_OUT_OF_RANGE for another edition. */
har_status har_points(const struct har_mark *mark, const struct har_event *event,
                      enum har_sex sex, int edition, int *points, struct har_error *err);

/* --- age grades ------------------------------------------------------------------- */

enum har_age_tables {
    HAR_AGE_ROAD_2025, /* USATF Masters Long Distance Running; 1 mile .. 200 km */
    HAR_AGE_ROAD_2020,
    HAR_AGE_TRACK_2023, /* World Masters Athletics; 800 .. 10,000 m, the steeplechases */
};

struct har_age_grade {
    double factor;          /* the age's share of the open standard's speed */
    double open_standard_s; /* 100 % at the best age */
    double standard_s;      /* 100 % at this age: open_standard_s / factor */
    double percent;         /* 100 standard_s / time */
};

/* How good a mark is for the age, 5..100 whole years. Between two distances of the tables
 * the factor and the pace of the standard are straight in the logarithm of the distance.
 * The road tables also grade flat races on the track, and the other way round; short track
 * is graded as track. HAR_NO_ANSWER outside the tables' distances, for a steeplechase or an
 * age they do not have; HAR_OUT_OF_RANGE for another age. */
har_status har_age_grade(const struct har_mark *mark, const struct har_event *event,
                         enum har_sex sex, int age, enum har_age_tables tables,
                         struct har_age_grade *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
