/* SPDX-License-Identifier: MIT */
/* Marks: times as the sport writes them, and as its rules round them.
 *
 * World Athletics, Book of Rules, C2.1 Technical Rules, TR 19 (timing): fully automatic
 * times on the track up to 10,000 m to the next hundredth, beyond that to the next tenth;
 * hand times to the next tenth; races outside the stadium to the next second. Next is
 * always up: 2:09:44.322 is 2:09:45.
 *
 * A mark is kept in whole thousandths, the finest that a photo finish gives, so that
 * nothing is lost on the way to the tables. It is never written with more decimals than it
 * came with: 1:45.9 on an old list is no 1:45.90. */

#include "harrier/mark.h"

#include "quote.h"

#include <math.h>

#define LONGEST_MS INT64_C(360000000)     /* 100 hours */
#define LONGEST_FINE_MM INT64_C(10000000) /* of the track timed in hundredths */
#define POSSIBLE 0.9

static const int64_t unit_ms[] = {1000, 100, 10, 1}; /* by decimals */

/* --- reading ---------------------------------------------------------------------- */

struct scan {
    struct har_bytes text;
    size_t at;
};

static int peek(const struct scan *s)
{
    return s->at < s->text.size ? s->text.data[s->at] : -1;
}

static bool take(struct scan *s, int c)
{
    if (peek(s) != c && peek(s) != c - 'a' + 'A') return false;
    s->at++;
    return true;
}

/* At most seven digits; how many there were. */
static unsigned take_digits(struct scan *s, int64_t *value)
{
    unsigned n = 0;
    for (*value = 0; n < 7 && peek(s) >= '0' && peek(s) <= '9'; n++, s->at++)
        *value = *value * 10 + (peek(s) - '0');
    return n;
}

/* Hours, minutes and seconds, as many as there are. */
static bool take_clock(struct scan *s, int64_t *seconds)
{
    int64_t part;
    if (take_digits(s, seconds) == 0) return false;
    for (int i = 0; i < 2 && peek(s) == ':'; i++) {
        s->at++;
        if (take_digits(s, &part) != 2 || part >= 60) return false;
        *seconds = *seconds * 60 + part;
    }
    return true;
}

static bool take_mark(struct scan *s, struct har_mark *mark)
{
    int64_t seconds, part = 0;
    if (!take_clock(s, &seconds)) return false;
    if (peek(s) == '.') {
        s->at++;
        mark->decimals = take_digits(s, &part);
        if (mark->decimals < 1 || mark->decimals > 3) return false;
    }
    mark->time_ms = seconds * 1000 + part * unit_ms[mark->decimals];
    mark->hand = take(s, 'h');
    mark->short_track = take(s, 'i');
    if (!mark->hand) mark->hand = take(s, 'h');
    return mark->time_ms > 0 && mark->time_ms < LONGEST_MS;
}

static struct har_bytes trimmed(struct har_bytes text)
{
    while (text.size > 0 && text.data[text.size - 1] == ' ') text.size--;
    while (text.size > 0 && *text.data == ' ') {
        text.data++;
        text.size--;
    }
    return text;
}

har_status har_parse_mark(struct har_bytes text, struct har_mark *mark,
                          struct har_error *err)
{
    struct scan s = {.text = trimmed(text)};
    struct har_mark read = {0};
    if (!take_mark(&s, &read) || s.at != s.text.size)
        return har_fail(err, HAR_BAD_INPUT, (size_t)(s.text.data - text.data) + s.at,
                        "\"%s\" is no mark: 3:27.79, 8:00.67i, 14:10.5h, 61:51 and 2:00:35 "
                        "are",
                        quote_of(text).text);
    *mark = read;
    return HAR_OK;
}

struct har_mark har_mark_of(double time_s)
{
    struct har_mark mark = {.decimals = 3};
    if (time_s * 1000 < (double)LONGEST_MS) mark.time_ms = llround(fmax(time_s, 0) * 1000);
    return mark;
}

/* --- writing ---------------------------------------------------------------------- */

static unsigned official_decimals(const struct har_mark *mark,
                                  const struct har_event *event)
{
    unsigned most = 2;
    if (event->kind == HAR_EVENT_ROAD) most = 0;
    else if (mark->hand || event->distance_mm > LONGEST_FINE_MM) most = 1;
    return mark->decimals < most ? mark->decimals : most;
}

int64_t har_mark_official_ms(const struct har_mark *mark, const struct har_event *event)
{
    int64_t unit = unit_ms[official_decimals(mark, event)];
    return (mark->time_ms + unit - 1) / unit * unit;
}

void har_text_mark(struct har_text *text, const struct har_mark *mark,
                   const struct har_event *event)
{
    int64_t ms = event ? har_mark_official_ms(mark, event) : mark->time_ms;
    unsigned decimals = event ? official_decimals(mark, event) : mark->decimals;
    har_text_clock(text, (double)ms / 1000, decimals, true);
    if (mark->hand) har_text_add(text, "h");
    if (mark->short_track) har_text_add(text, "i");
}

static har_status refuse(const struct har_mark *mark, const struct har_event *event,
                         double record_s, struct har_error *err)
{
    struct har_arena arena = {0};
    struct har_text said = {.arena = &arena}, fastest = {.arena = &arena};
    har_text_mark(&said, mark, event);
    har_text_clock(&fastest, record_s, event->kind == HAR_EVENT_ROAD ? 0 : 2, true);
    har_fail(err, HAR_BAD_INPUT, 0,
             "%s over %s is more than 10 %% faster than anybody has run (%s): is it the "
             "right event?",
             said.data ? said.data : "this", event->code,
             fastest.data ? fastest.data : "the records");
    har_arena_free(&arena);
    return HAR_BAD_INPUT;
}

har_status har_mark_check(const struct har_mark *mark, const struct har_event *event,
                          struct har_error *err)
{
    double record_s = har_record_time(event->distance_m);
    if ((double)mark->time_ms / 1000 >= POSSIBLE * record_s) return HAR_OK;
    return refuse(mark, event, record_s, err);
}
