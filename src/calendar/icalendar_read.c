/* SPDX-License-Identifier: MIT */
/* iCalendar in, as RFC 5545 has it: content lines that may be folded, properties with
 * parameters, components within components. Only events count; an alarm within one has a
 * summary of its own.
 *
 * What Harrier wrote says what it is in X-HARRIER properties and comes back as it was. Of
 * anybody else's calendar the words tell (phrases.c); what they do not tell is counted and
 * left out, and so are races that are over: a calendar is full of both.
 *
 * An event is on the day of its own wall clock, whatever its zone: that is the day on which
 * the runner stands at the start. A time in UTC has no such clock. Where the file describes
 * a zone its standard offset makes one (no day hangs on the hour of summer but at
 * midnight), else the day is that of UTC, and counted, so that somebody can say so. Rules
 * of recurrence are refused: a race is on one day, and a plan that lists them all can be
 * read.
 */

#include "taking.h"

#include <math.h>
#include <string.h>

enum { DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60, MOST_DURATION = 100000 };

/* --- lines -------------------------------------------------------------------------- */

struct lines {
    struct har_bytes text;
    size_t at;
    uint64_t line; /* of the file, from 1: of the one that was read last */
    uint64_t next;
    struct har_arena *arena;
};

static struct har_bytes without_mark(struct har_bytes text)
{
    if (text.size >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0)
        return (struct har_bytes){text.data + 3, text.size - 3};
    return text;
}

static size_t line_end(const struct lines *l, size_t at)
{
    const uint8_t *end = memchr(l->text.data + at, '\n', l->text.size - at);
    return end ? (size_t)(end - l->text.data) : l->text.size;
}

static bool goes_on(const struct lines *l)
{
    return l->at < l->text.size &&
           (l->text.data[l->at] == ' ' || l->text.data[l->at] == '\t');
}

static struct har_bytes physical_line(struct lines *l)
{
    size_t from = l->at, end = line_end(l, from), to = end;
    if (to > from && l->text.data[to - 1] == '\r') to--;
    l->at = end < l->text.size ? end + 1 : end;
    l->next++;
    return (struct har_bytes){l->text.data + from, to - from};
}

/* The next content line, unfolded. HAR_OK, HAR_END or HAR_NO_MEMORY. */
static har_status next_line(struct lines *l, struct har_bytes *out)
{
    struct har_text whole = {.arena = l->arena};
    if (l->at >= l->text.size) return HAR_END;
    l->line = l->next;
    *out = physical_line(l);
    if (!goes_on(l)) return HAR_OK;
    har_text_bytes(&whole, out->data, out->size);
    while (goes_on(l)) {
        struct har_bytes more = physical_line(l);
        har_text_bytes(&whole, more.data + 1, more.size ? more.size - 1 : 0);
    }
    *out = (struct har_bytes){(const uint8_t *)whole.data, whole.size};
    return whole.failed ? HAR_NO_MEMORY : HAR_OK;
}

/* --- properties ---------------------------------------------------------------------- */

enum slot {
    SUMMARY,
    CATEGORIES,
    DESCRIPTION,
    LOCATION,
    STATUS,
    PRIORITY,
    DTSTART,
    DTEND,
    DURATION,
    RRULE,
    RDATE,
    X_KIND,
    X_NAME,
    X_EVENT,
    X_IMPORTANCE,
    X_ALTITUDE,
    SLOTS
};
static const char *const slot_names[SLOTS] = {
    [SUMMARY] = "SUMMARY",
    [CATEGORIES] = "CATEGORIES",
    [DESCRIPTION] = "DESCRIPTION",
    [LOCATION] = "LOCATION",
    [STATUS] = "STATUS",
    [PRIORITY] = "PRIORITY",
    [DTSTART] = "DTSTART",
    [DTEND] = "DTEND",
    [DURATION] = "DURATION",
    [RRULE] = "RRULE",
    [RDATE] = "RDATE",
    [X_KIND] = "X-HARRIER-KIND",
    [X_NAME] = "X-HARRIER-NAME",
    [X_EVENT] = "X-HARRIER-EVENT",
    [X_IMPORTANCE] = "X-HARRIER-IMPORTANCE",
    [X_ALTITUDE] = "X-HARRIER-ALTITUDE-M",
};

/* NAME;PARAMETER="a:b":VALUE. */
struct property {
    struct har_bytes name, value;
};

static struct property split_line(struct har_bytes line)
{
    size_t name = 0, at = 0;
    bool quoted = false;
    while (name < line.size && line.data[name] != ';' && line.data[name] != ':') name++;
    for (at = name; at < line.size && (quoted || line.data[at] != ':'); at++)
        quoted ^= line.data[at] == '"';
    size_t value = at < line.size ? at + 1 : at;
    return (struct property){{line.data, name}, {line.data + value, line.size - value}};
}

static bool is_word(struct har_bytes text, const char *word)
{
    while (text.size &&
           (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
        text.size--;
    return calendar_word(text, &word, 1) == 0;
}

/* One event as it stands. */
struct event {
    uint64_t line;
    bool has[SLOTS];
    struct har_bytes value[SLOTS];
};

/* The first of a name counts; categories may stand in several lines. */
static bool take_property(struct event *e, const struct property *p,
                          struct har_arena *arena)
{
    int slot = calendar_word(p->name, slot_names, SLOTS);
    if (slot < 0) return true;
    if (e->has[slot] && slot == CATEGORIES) {
        struct har_text both = {.arena = arena};
        har_text_bytes(&both, e->value[slot].data, e->value[slot].size);
        har_text_add(&both, ",");
        har_text_bytes(&both, p->value.data, p->value.size);
        e->value[slot] = (struct har_bytes){(const uint8_t *)both.data, both.size};
        return !both.failed;
    }
    if (!e->has[slot]) e->value[slot] = p->value;
    e->has[slot] = true;
    return true;
}

/* A text without its escapes; NULL where there is no memory. */
static const char *plain_text(struct har_bytes value, struct har_arena *arena)
{
    char *out =
        har_arena_copy(arena, value.size ? value.data : (const uint8_t *)"", value.size);
    size_t n = 0;
    for (size_t i = 0; out && i < value.size; i++) {
        uint8_t c = value.data[i];
        if (c == '\\' && i + 1 < value.size) {
            c = value.data[++i];
            if (c == 'n' || c == 'N') c = '\n';
        }
        if (c) out[n++] = (char)c;
    }
    if (out) out[n] = 0;
    return out;
}

/* --- days ---------------------------------------------------------------------------- */

struct moment {
    int64_t day;
    int64_t second; /* of the day */
    bool whole_day, utc;
};

static bool digits(struct har_bytes text, size_t from, size_t count, int *value)
{
    *value = 0;
    if (from + count > text.size) return false;
    for (size_t i = from; i < from + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
        *value = 10 * *value + (text.data[i] - '0');
    }
    return true;
}

/* 20260131, 20260131T090000 or 20260131T080000Z. */
static bool read_moment(struct har_bytes text, struct moment *out)
{
    struct har_date date, back;
    int hour = 0, minute = 0, second = 0;
    *out = (struct moment){.whole_day = text.size == 8};
    if (!digits(text, 0, 4, &date.year) || !digits(text, 4, 2, &date.month) ||
        !digits(text, 6, 2, &date.day) || date.year < 1 || date.month < 1 ||
        date.month > 12 || date.day < 1 || date.day > 31)
        return false;
    out->day = har_day_of(date);
    back = har_date_of(out->day);
    if (back.day != date.day) return false; /* 30 February */
    if (out->whole_day) return true;
    out->utc = text.size == 16 && text.data[15] == 'Z';
    if ((text.size != 15 && !out->utc) || text.data[8] != 'T' ||
        !digits(text, 9, 2, &hour) || !digits(text, 11, 2, &minute) ||
        !digits(text, 13, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return false;
    out->second = hour * HOUR_S + minute * MINUTE_S + second;
    return true;
}

static void shift(struct moment *m, int64_t seconds)
{
    int64_t all = m->day * DAY_S + m->second + seconds;
    m->day = all >= 0 ? all / DAY_S : -((DAY_S - 1 - all) / DAY_S);
    m->second = all - m->day * DAY_S;
}

/* P2W, P15DT5H0M20S. */
static bool read_duration(struct har_bytes text, int64_t *seconds)
{
    static const struct {
        uint8_t letter;
        bool of_time;
        int64_t seconds;
    } units[] = {{'W', false, 7 * DAY_S},
                 {'D', false, DAY_S},
                 {'H', true, HOUR_S},
                 {'M', true, MINUTE_S},
                 {'S', true, 1}};
    size_t at = text.size && text.data[0] == '+', first = at;
    bool of_time = false;
    *seconds = 0;
    if (at >= text.size || text.data[at++] != 'P') return false;
    while (at < text.size) {
        int64_t count = 0;
        size_t from = at, unit = 0;
        if (text.data[at] == 'T' && !of_time) {
            of_time = true;
            at++;
            continue;
        }
        for (; at < text.size && text.data[at] >= '0' && text.data[at] <= '9'; at++)
            if ((count = 10 * count + (text.data[at] - '0')) > MOST_DURATION) return false;
        if (at == from || at == text.size) return false;
        while (unit < sizeof units / sizeof units[0] &&
               (units[unit].letter != text.data[at] || units[unit].of_time != of_time))
            unit++;
        if (unit == sizeof units / sizeof units[0]) return false;
        *seconds += count * units[unit].seconds;
        at++;
    }
    return at > first + 1;
}

/* +0100, -0330: of the first zone's standard time. */
static bool zone_of(struct har_bytes text, struct har_arena *arena, int64_t *seconds)
{
    struct lines l = {.text = text, .next = 1, .arena = arena};
    struct har_bytes line;
    bool standard = false;
    while (next_line(&l, &line) == HAR_OK) {
        struct property p = split_line(line);
        int hours, minutes;
        if (is_word(p.name, "BEGIN")) standard = is_word(p.value, "STANDARD");
        if (!standard || !is_word(p.name, "TZOFFSETTO") || p.value.size < 5 ||
            !digits(p.value, 1, 2, &hours) || !digits(p.value, 3, 2, &minutes))
            continue;
        *seconds = hours * HOUR_S + minutes * MINUTE_S;
        if (p.value.data[0] == '-') *seconds = -*seconds;
        return true;
    }
    return false;
}

struct reading {
    struct taking *t;
    bool has_zone;
    int64_t zone_s;
};

/* NULL, or what is wrong. `*unzoned`: the days are those of UTC, for want of better. */
static const char *read_event_days(const struct reading *r, const struct event *e,
                                   struct har_planned_item *out, bool *unzoned)
{
    struct moment from, to;
    int64_t seconds = 0;
    if (!e->has[DTSTART] || !read_moment(e->value[DTSTART], &from))
        return "its DTSTART is no day or time of RFC 5545";
    to = from;
    if (e->has[DTEND]) {
        if (!read_moment(e->value[DTEND], &to))
            return "its DTEND is no day or time of RFC 5545";
    } else if (e->has[DURATION]) {
        if (!read_duration(e->value[DURATION], &seconds))
            return "its DURATION is none of RFC 5545";
        shift(&to, seconds);
    }
    if (from.utc && r->has_zone) shift(&from, r->zone_s);
    if (to.utc && r->has_zone) shift(&to, r->zone_s);
    *unzoned = from.utc && !r->has_zone;
    out->from_day = from.day;
    bool later = to.day > from.day || (to.day == from.day && to.second > from.second);
    if (later) shift(&to, -1); /* the end is the first moment that is not of it */
    /* An evening's races may end after midnight. */
    bool evening = out->kind == HAR_PLANNED_RACE && !from.whole_day && later;
    out->to_day = evening ? from.day : to.day;
    return NULL;
}

/* --- events -------------------------------------------------------------------------- */

/* What Harrier wrote. NULL, or what is wrong. */
static const char *read_own(const struct event *e, int kind, struct har_planned_item *out)
{
    int importance = calendar_importance(e->value[X_IMPORTANCE]);
    out->kind = (enum har_planned_kind)kind;
    if (out->kind == HAR_PLANNED_CAMP)
        har_parse_number(e->value[X_ALTITUDE], &out->altitude_m);
    if (out->kind != HAR_PLANNED_RACE) return NULL;
    if (har_parse_event(e->value[X_EVENT], &out->event, NULL) != HAR_OK)
        return "its X-HARRIER-EVENT is none such as 1500, 10K, HM or MAR";
    if (importance < 0) return "its X-HARRIER-IMPORTANCE is not A, B or C";
    out->importance = (enum har_importance)importance;
    return NULL;
}

static bool phrases_of(const struct event *e, struct har_arena *arena, struct phrases *out)
{
    struct har_text more = {.arena = arena};
    int64_t priority = 0;
    const char *where = plain_text(e->value[LOCATION], arena),
               *what = plain_text(e->value[DESCRIPTION], arena);
    out->about = plain_text(e->value[SUMMARY], arena);
    out->categories = plain_text(e->value[CATEGORIES], arena);
    if (!where || !what || !out->about || !out->categories) return false;
    if (har_parse_integer(e->value[PRIORITY], &priority) && priority >= 0 && priority <= 9)
        out->priority = (int)priority;
    har_text_add(&more, where);
    har_text_add(&more, "\n");
    har_text_add(&more, what);
    out->more = more.data;
    return !more.failed;
}

/* False where there is no memory. */
static bool end_event(struct reading *r, const struct event *e, const char *wrong)
{
    struct taking *t = r->t;
    struct har_planned_item item = {.altitude_m = NAN};
    struct phrases said = {0};
    const char *bad = NULL;
    bool own = e->has[X_KIND], unzoned = false;
    int kind = calendar_kind(e->value[X_KIND]);
    if (is_word(e->value[STATUS], "CANCELLED")) return true;
    if (own && is_word(e->value[X_KIND], "training")) return true;
    if (!phrases_of(e, t->arena, &said)) return false;
    if (own && kind < 0) wrong = "its X-HARRIER-KIND is not race, camp, off or training";
    else if (own) bad = read_own(e, kind, &item);
    else if (!calendar_guess(&said, &item, &bad)) {
        t->out->other_count++;
        return true;
    }
    if (!wrong && (e->has[RRULE] || e->has[RDATE]))
        wrong = "it recurs, and a season lists each of its days: write every one as an "
                "event of its own";
    if (!wrong) wrong = read_event_days(r, e, &item, &unzoned);
    if (!wrong && !own && item.kind == HAR_PLANNED_RACE && item.from_day < t->from_day) {
        t->out->past_count++;
        return true;
    }
    if (!wrong) wrong = bad;
    const char *name = own ? plain_text(e->value[X_NAME], t->arena) : said.about;
    if (!name) return false;
    size_t before = t->out->count;
    if (!calendar_take(t, e->line, item, har_bytes_of(name), wrong)) return false;
    if (t->out->count > before && unzoned) t->out->utc_count++;
    return true;
}

bool is_icalendar(struct har_bytes text)
{
    struct lines l = {.text = without_mark(text), .next = 1};
    while (l.at < l.text.size) {
        struct har_bytes line = physical_line(&l);
        if (line.size == 0) continue;
        struct property p = split_line(line);
        return is_word(p.name, "BEGIN") && is_word(p.value, "VCALENDAR");
    }
    return false;
}

har_status icalendar_read(struct har_bytes text, struct taking *t, struct har_error *err)
{
    struct lines l = {.text = without_mark(text), .next = 1, .arena = t->arena};
    struct reading r = {.t = t};
    struct event event = {0};
    struct har_bytes line;
    har_status got;
    unsigned within = 0; /* components of the event, and itself */
    r.has_zone = zone_of(l.text, t->arena, &r.zone_s);
    while ((got = next_line(&l, &line)) == HAR_OK) {
        struct property p = split_line(line);
        bool taken = true;
        if (is_word(p.name, "BEGIN")) {
            if (within == 0 && is_word(p.value, "VEVENT"))
                event = (struct event){.line = l.line};
            within += within > 0 || is_word(p.value, "VEVENT");
        } else if (is_word(p.name, "END")) {
            if (within == 1) taken = end_event(&r, &event, NULL);
            within -= within > 0;
        } else if (within == 1) taken = take_property(&event, &p, t->arena);
        if (!taken) return calendar_full(err);
    }
    if (got == HAR_NO_MEMORY || (within > 0 && !end_event(&r, &event, "it is cut off")))
        return calendar_full(err);
    return HAR_OK;
}
