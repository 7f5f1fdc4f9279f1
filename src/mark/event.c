/* SPDX-License-Identifier: MIT */
/* Events: what people call a race, and what it is.
 *
 * The codes are those of OpenTrack (https://opentrack.run), as its result sheets carry
 * them; beside them stand the names that World Athletics, Garmin and runners use. A name is
 * its folded form, a row of one of the tables below, and a number with a unit.
 *
 * Ours is what the sport leaves open. Metres up to 10,000 are the track and beyond are the
 * road, since nobody writes 21097.5 for a track race; kilometres and miles are the road.
 * The mile and two miles are the track's, as the records are; the mile of the road is 1M.
 */

#include "harrier/mark.h"

#include "quote.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define METRE INT64_C(1000) /* all in millimetres */
#define KILOMETRE INT64_C(1000000)
#define MILE INT64_C(1609344)
#define LONGEST_ON_TRACK (10 * KILOMETRE)
#define SHORTEST (100 * METRE)
#define LONGEST (1000 * KILOMETRE)

enum { MOST_MILES = 100 /* a capital M after a larger number is metres */ };

/* What the words mean: a kind, or whatever the distance says. */
enum { BY_DISTANCE = -1 };

/* Distances with a name. The first name of a distance is its code. */
static const struct {
    const char *name;
    int kind;
    int64_t distance_mm;
} names[] = {
    {"MILE", HAR_EVENT_TRACK, MILE},         {"1mile", HAR_EVENT_TRACK, MILE},
    {"onemile", HAR_EVENT_TRACK, MILE},      {"2MILE", HAR_EVENT_TRACK, 2 * MILE},
    {"2miles", HAR_EVENT_TRACK, 2 * MILE},   {"twomile", HAR_EVENT_TRACK, 2 * MILE},
    {"twomiles", HAR_EVENT_TRACK, 2 * MILE}, {"HM", HAR_EVENT_ROAD, 21097500},
    {"half", HAR_EVENT_ROAD, 21097500},      {"halfmarathon", HAR_EVENT_ROAD, 21097500},
    {"MAR", HAR_EVENT_ROAD, 42195000},       {"marathon", HAR_EVENT_ROAD, 42195000},
};

/* What may follow a number. */
static const struct {
    const char *name;
    int kind;
    int64_t unit_mm;
} units[] = {
    {"", BY_DISTANCE, METRE},
    {"m", BY_DISTANCE, METRE},
    {"metres", BY_DISTANCE, METRE},
    {"meters", BY_DISTANCE, METRE},
    {"k", HAR_EVENT_ROAD, KILOMETRE},
    {"km", HAR_EVENT_ROAD, KILOMETRE},
    {"kilometres", HAR_EVENT_ROAD, KILOMETRE},
    {"kilometers", HAR_EVENT_ROAD, KILOMETRE},
    {"mi", HAR_EVENT_ROAD, MILE},
    {"mile", HAR_EVENT_ROAD, MILE},
    {"miles", HAR_EVENT_ROAD, MILE},
};

/* What may follow all that; the longer before those they end with. */
static const struct {
    const char *name;
    int kind;
} grounds[] = {
    {"steeplechase", HAR_EVENT_STEEPLECHASE},
    {"steeple", HAR_EVENT_STEEPLECHASE},
    {"sc", HAR_EVENT_STEEPLECHASE},
    {"st", HAR_EVENT_STEEPLECHASE},
    {"shorttrack", HAR_EVENT_SHORT_TRACK},
    {"indoor", HAR_EVENT_SHORT_TRACK},
    {"sh", HAR_EVENT_SHORT_TRACK},
    {"i", HAR_EVENT_SHORT_TRACK},
    {"track", HAR_EVENT_TRACK},
    {"road", HAR_EVENT_ROAD},
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

bool har_parse_sex(struct har_bytes text, enum har_sex *sex)
{
    if (text.size != 1 || !memchr("MmFfWw", text.data[0], 6)) return false;
    *sex = text.data[0] == 'M' || text.data[0] == 'm' ? HAR_MEN : HAR_WOMEN;
    return true;
}

/* --- writing ---------------------------------------------------------------------- */

/* value / 10^digits without trailing zeros; returns the length. */
static size_t write_number(char *out, size_t size, int64_t value, int digits)
{
    int64_t unit = digits == 3 ? METRE : KILOMETRE;
    size_t n = (size_t)snprintf(out, size, "%lld.%0*lld", (long long)(value / unit), digits,
                                (long long)(value % unit));
    while (out[n - 1] == '0') n--;
    if (out[n - 1] == '.') n--;
    out[n] = 0;
    return n;
}

static void write_road(char *out, size_t size, int64_t distance_mm)
{
    int64_t miles = distance_mm / MILE;
    if (distance_mm % KILOMETRE == 0)
        snprintf(out, size, "%lldK", (long long)(distance_mm / KILOMETRE));
    else if (distance_mm % MILE == 0 && miles <= MOST_MILES)
        snprintf(out, size, "%lldM", (long long)miles);
    else {
        size_t n = write_number(out, size, distance_mm, 6);
        snprintf(out + n, size - n, "km");
    }
}

static void write_track(char *out, size_t size, const struct har_event *event)
{
    static const char *const after[] = {[HAR_EVENT_TRACK] = "",
                                        [HAR_EVENT_SHORT_TRACK] = "i",
                                        [HAR_EVENT_STEEPLECHASE] = "SC"};
    bool beyond = event->kind == HAR_EVENT_TRACK && event->distance_mm > LONGEST_ON_TRACK;
    const char *name = NULL;
    for (size_t i = COUNT(names); i-- > 0;)
        if (names[i].kind == HAR_EVENT_TRACK && names[i].distance_mm == event->distance_mm)
            name = names[i].name;
    size_t n = name ? (size_t)snprintf(out, size, "%s", name)
                    : write_number(out, size, event->distance_mm, 3);
    snprintf(out + n, size - n, "%s", beyond ? "track" : after[event->kind]);
}

static void write_code(struct har_event *event)
{
    char *out = event->code;
    if (event->kind != HAR_EVENT_ROAD) {
        write_track(out, sizeof event->code, event);
        return;
    }
    write_road(out, sizeof event->code, event->distance_mm);
    for (size_t i = COUNT(names); i-- > 0;)
        if (names[i].kind == HAR_EVENT_ROAD && names[i].distance_mm == event->distance_mm)
            snprintf(out, sizeof event->code, "%s", names[i].name);
}

/* --- reading ---------------------------------------------------------------------- */

static unsigned char lower(unsigned char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* A text without spaces, hyphens and capitals. */
struct folded {
    char text[32];
    size_t size;
    bool capital_m; /* it ended in one */
};

static bool fold(struct har_bytes text, struct folded *out)
{
    *out = (struct folded){.size = 0};
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = text.data[i];
        if (c == ' ' || c == '\t' || c == '-' || c == '_') continue;
        if (c < ' ' || c > '~' || out->size + 1 == sizeof out->text) return false;
        out->text[out->size++] = (char)lower(c);
        out->capital_m = c == 'M';
    }
    return out->size > 0;
}

static bool same_name(const char *folded, const char *name)
{
    while (*name && *folded == (char)lower((unsigned char)*name)) folded++, name++;
    return *name == 0 && *folded == 0;
}

/* Cuts off what the end says of the ground. Miles end in an i that says nothing. */
static int cut_ground(struct folded *f)
{
    if (f->size > 2 && strcmp(f->text + f->size - 2, "mi") == 0) return BY_DISTANCE;
    for (size_t i = 0; i < COUNT(grounds); i++) {
        size_t length = strlen(grounds[i].name);
        if (f->size <= length || strcmp(f->text + f->size - length, grounds[i].name) != 0)
            continue;
        f->size -= length;
        f->text[f->size] = 0;
        f->capital_m = false;
        return grounds[i].kind;
    }
    return BY_DISTANCE;
}

static bool read_named(const struct folded *f, int *kind, int64_t *distance_mm)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        if (!same_name(f->text, names[i].name)) continue;
        *kind = names[i].kind;
        *distance_mm = names[i].distance_mm;
        return true;
    }
    return false;
}

static bool read_measured(const struct folded *f, int *kind, int64_t *distance_mm)
{
    double value;
    size_t digits = 0;
    while (f->text[digits] && strchr("0123456789.", f->text[digits])) digits++;
    const char *unit = f->text + digits;
    struct har_bytes number = {(const uint8_t *)f->text, digits};
    if (!har_parse_number(number, &value) || value > 1e9) return false;
    if (f->capital_m && strcmp(unit, "m") == 0 && value <= MOST_MILES) unit = "mi";
    for (size_t i = 0; i < COUNT(units); i++) {
        if (strcmp(unit, units[i].name) != 0) continue;
        *kind = units[i].kind;
        *distance_mm = llround(value * (double)units[i].unit_mm);
        return true;
    }
    return false;
}

/* What the words about the ground make of what the distance says; false if they do not go
 * together. */
static bool settle(int said, int kind, int64_t distance_mm, enum har_event_kind *out)
{
    int usual = distance_mm > LONGEST_ON_TRACK ? HAR_EVENT_ROAD : HAR_EVENT_TRACK;
    if (kind == BY_DISTANCE && said != BY_DISTANCE) kind = said;
    if (kind == BY_DISTANCE) kind = usual;
    if (said == BY_DISTANCE) said = kind;
    *out = (enum har_event_kind)said;
    if (said == HAR_EVENT_SHORT_TRACK || said == HAR_EVENT_STEEPLECHASE)
        return kind != HAR_EVENT_ROAD && distance_mm <= LONGEST_ON_TRACK;
    return true;
}

har_status har_parse_event(struct har_bytes text, struct har_event *event,
                           struct har_error *err)
{
    struct folded f;
    int kind = BY_DISTANCE, said = BY_DISTANCE;
    int64_t distance_mm = 0;
    bool read = fold(text, &f);
    if (read) {
        said = cut_ground(&f);
        read =
            read_named(&f, &kind, &distance_mm) || read_measured(&f, &kind, &distance_mm);
    }
    if (!read)
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "\"%s\" is no event: 1500, 1500i, MILE, 3000SC, 10K, 10M, HM, MAR, "
                        "12km, 5mi or metres are",
                        quote_of(text).text);
    if (distance_mm < SHORTEST || distance_mm > LONGEST)
        return har_fail(
            err, HAR_BAD_INPUT, 0,
            "\"%s\" is no distance from 100 m to 1,000 km; ten miles are 10M or "
            "10mi",
            quote_of(text).text);
    struct har_event found = {.distance_mm = distance_mm,
                              .distance_m = (double)distance_mm / 1000};
    if (!settle(said, kind, distance_mm, &found.kind))
        return har_fail(
            err, HAR_BAD_INPUT, 0,
            "\"%s\" is a race of the road, not of a short track or over barriers",
            quote_of(text).text);
    write_code(&found);
    *event = found;
    return HAR_OK;
}

har_status har_event_of_mark(const struct har_event *event, const struct har_mark *mark,
                             struct har_event *out, struct har_error *err)
{
    struct har_event found = *event;
    if (mark->short_track && found.kind == HAR_EVENT_TRACK &&
        found.distance_mm <= LONGEST_ON_TRACK) {
        found.kind = HAR_EVENT_SHORT_TRACK;
        write_code(&found);
    }
    if (mark->short_track && found.kind != HAR_EVENT_SHORT_TRACK)
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "the i of the mark says short track, where %s is not run",
                        event->code);
    *out = found;
    return HAR_OK;
}
