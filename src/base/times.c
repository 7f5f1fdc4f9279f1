/* SPDX-License-Identifier: MIT */
/* Instants, days and how they are written. Days of the Gregorian calendar are counted in
 * years that begin in March, so that the leap day is the last of its year. */

#include "harrier/base.h"

#include <string.h>

enum { DAY_S = 86400, DAYS_TO_1970 = 719468, ERA_DAYS = 146097 };
static const int64_t first_ms = -62135596800000; /* 0001-01-01T00:00:00Z */
static const int64_t last_ms = 253402300799999;  /* 9999-12-31T23:59:59.999Z */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t har_day_of(struct har_date date)
{
    int64_t year = date.year - (date.month <= 2);
    int64_t era = floor_div(year, 400), of_era = year - era * 400;
    int64_t of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           DAYS_TO_1970;
}

struct har_date har_date_of(int64_t day)
{
    int64_t z = day + DAYS_TO_1970, era = floor_div(z, ERA_DAYS),
            of_era = z - era * ERA_DAYS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    return (struct har_date){
        .year = (int)(year + era * 400 + (month >= 10)),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(of_year - (153 * month + 2) / 5 + 1),
    };
}

int har_weekday_of(int64_t day)
{
    return (int)(((day + 3) % 7 + 7) % 7);
}

int64_t har_local_day(int64_t time_ms, int32_t utc_offset_s)
{
    return floor_div(floor_div(time_ms, 1000) + utc_offset_s, DAY_S);
}

/* --- reading ------------------------------------------------------------------ */

struct cursor {
    const uint8_t *at, *end;
};

/* Exactly `width` digits. */
static bool take_digits(struct cursor *c, int width, int *value)
{
    if (c->end - c->at < width) return false;
    int result = 0;
    for (int i = 0; i < width; i++) {
        if (c->at[i] < '0' || c->at[i] > '9') return false;
        result = result * 10 + (c->at[i] - '0');
    }
    c->at += width;
    *value = result;
    return true;
}

static bool take(struct cursor *c, char wanted)
{
    if (c->at == c->end || *c->at != (uint8_t)wanted) return false;
    c->at++;
    return true;
}

static void skip_spaces(struct cursor *c)
{
    while (c->at < c->end && (*c->at == ' ' || (*c->at >= '\t' && *c->at <= '\r'))) c->at++;
}

static bool take_date(struct cursor *c, struct har_date *date)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct har_date d;
    if (!take_digits(c, 4, &d.year) || !take(c, '-') || !take_digits(c, 2, &d.month) ||
        !take(c, '-') || !take_digits(c, 2, &d.day))
        return false;
    bool leap = d.year % 4 == 0 && (d.year % 100 != 0 || d.year % 400 == 0);
    if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 ||
        d.day > days[d.month - 1] - (d.month == 2 && !leap))
        return false;
    *date = d;
    return true;
}

/* Z, +hh, +hhmm or +hh:mm. */
static bool take_zone(struct cursor *c, int32_t *offset_s, bool *known)
{
    *offset_s = 0;
    *known = take(c, 'Z') || take(c, 'z');
    if (*known || c->at == c->end || (*c->at != '+' && *c->at != '-')) return true;
    int sign = *c->at++ == '-' ? -1 : 1, hour, minute = 0;
    if (!take_digits(c, 2, &hour)) return false;
    if (take(c, ':') || (c->at < c->end && *c->at >= '0' && *c->at <= '9'))
        if (!take_digits(c, 2, &minute)) return false;
    if (hour > 18 || minute > 59) return false;
    *offset_s = sign * (hour * 3600 + minute * 60);
    *known = true;
    return true;
}

bool har_parse_date(struct har_bytes text, struct har_date *date)
{
    if (text.size == 0) return false;
    struct cursor c = {text.data, text.data + text.size};
    struct har_date found;
    skip_spaces(&c);
    if (!take_date(&c, &found)) return false;
    skip_spaces(&c);
    if (c.at != c.end) return false;
    *date = found;
    return true;
}

bool har_parse_instant(struct har_bytes text, int64_t *time_ms, int32_t *utc_offset_s,
                       bool *has_zone)
{
    if (text.size == 0) return false;
    struct cursor c = {text.data, text.data + text.size};
    struct har_date date;
    int hour, minute, second, ms = 0;
    skip_spaces(&c);
    if (!take_date(&c, &date) || !(take(&c, 'T') || take(&c, 't') || take(&c, ' ')) ||
        !take_digits(&c, 2, &hour) || !take(&c, ':') || !take_digits(&c, 2, &minute))
        return false;
    second = 0;
    if (take(&c, ':') && !take_digits(&c, 2, &second)) return false;
    if (hour > 24 || minute > 59 || second > 60) return false; /* 60: a leap second */
    if (take(&c, '.') || take(&c, ',')) {
        int weight = 100;
        if (c.at == c.end || *c.at < '0' || *c.at > '9') return false;
        for (; c.at < c.end && *c.at >= '0' && *c.at <= '9'; c.at++, weight /= 10)
            ms += weight * (*c.at - '0');
    }
    int32_t offset_s;
    bool known;
    if (!take_zone(&c, &offset_s, &known)) return false;
    skip_spaces(&c);
    if (c.at != c.end) return false;
    int64_t seconds =
        har_day_of(date) * DAY_S + hour * 3600 + minute * 60 + second - offset_s;
    int64_t found_ms = seconds * 1000 + ms;
    if (found_ms < first_ms || found_ms > last_ms) return false;
    *time_ms = found_ms;
    if (utc_offset_s) *utc_offset_s = offset_s;
    if (has_zone) *has_zone = known;
    return true;
}

/* --- writing ------------------------------------------------------------------- */

void har_text_date(struct har_text *text, int64_t day)
{
    struct har_date d = har_date_of(day);
    har_text_format(text, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* 2026-01-02T03:04:05 and .123 where it is not a whole second. */
static void add_wall_clock(struct har_text *text, int64_t ms)
{
    int64_t seconds = floor_div(ms, 1000), day = floor_div(seconds, DAY_S);
    int of_day = (int)(seconds - day * DAY_S), rest = (int)(ms - seconds * 1000);
    har_text_date(text, day);
    har_text_format(text, "T%02d:%02d:%02d", of_day / 3600, of_day / 60 % 60, of_day % 60);
    if (rest) har_text_format(text, ".%03d", rest);
}

void har_text_instant(struct har_text *text, int64_t time_ms)
{
    if (time_ms < first_ms || time_ms > last_ms) return;
    add_wall_clock(text, time_ms);
    har_text_add(text, "Z");
}

void har_text_local(struct har_text *text, int64_t time_ms, int32_t utc_offset_s)
{
    if (time_ms < first_ms || time_ms > last_ms) return;
    add_wall_clock(text, time_ms + (int64_t)utc_offset_s * 1000);
    int minutes = (utc_offset_s < 0 ? -utc_offset_s : utc_offset_s) / 60;
    har_text_format(text, "%c%02d:%02d", utc_offset_s < 0 ? '-' : '+', minutes / 60,
                    minutes % 60);
}
