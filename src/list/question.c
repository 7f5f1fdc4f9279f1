/* SPDX-License-Identifier: MIT */
/* Which rows a list is made of.
 *
 * The short track. World Athletics keeps lists and records of it by themselves, and so does
 * an event of its own here, 1500i. Lists of a year, and of all time where a nation keeps
 * them, have one table of who was fastest and an "i" beside some; that is what a question
 * for 1500 gets unless it says otherwise. Only the flat track has such a sister.
 *
 * Ages. Under-18s, under-20s and under-23s by the year of birth, as World Athletics' age
 * groups are: who turns 20 within the year is an under-20 no longer. A list of under-23s
 * has all who are young enough, as lists do, and not only those of 20 to 22 that
 * championships admit. Masters by the day, in groups of five years from 35. */

#include "asks.h"

#include <string.h>

enum { MASTERS_FROM = 35, OLDEST = 130 };

struct har_list_question har_list_question_of(const struct har_event *event)
{
    return (struct har_list_question){.event = *event,
                                      .sex = HAR_UNTOLD,
                                      .since_day = HAR_NO_DAY,
                                      .as_of_day = HAR_NO_DAY};
}

static struct har_event sister_of(const struct har_event *event)
{
    struct har_event sister = *event;
    sister.kind = HAR_EVENT_SHORT_TRACK;
    size_t size = strlen(sister.code);
    if (size + 1 < sizeof sister.code) memcpy(sister.code + size, "i", 2);
    return sister;
}

size_t har_list_events(const struct har_list_question *question, struct har_event event[2])
{
    event[0] = question->event;
    if (event[0].kind != HAR_EVENT_TRACK || question->short_track == HAR_SHORT_TRACK_OUT)
        return 1;
    event[1] = sister_of(&event[0]);
    if (question->short_track == HAR_SHORT_TRACK_IN) return 2;
    /* -fanalyzer: sister_of() gave the whole event. */
    event[0] = event[1];
    return 1;
}

/* --- ages ---------------------------------------------------------------------------- */

static bool take_age(struct har_bytes *at, int *age)
{
    int value = 0;
    size_t digits = 0;
    for (; digits < at->size && at->data[digits] >= '0' && at->data[digits] <= '9';
         digits++)
        if (value <= OLDEST) value = value * 10 + (at->data[digits] - '0');
    at->data += digits, at->size -= digits;
    *age = value;
    return digits > 0 && value > 0 && value <= OLDEST;
}

static bool is_letter_of(struct har_bytes text, const char *letters)
{
    return text.size > 1 && strchr(letters, text.data[0]) && text.data[0];
}

static bool is_word(struct har_bytes text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

har_status har_parse_ages(struct har_bytes text, struct har_ages *ages,
                          struct har_error *err)
{
    struct har_bytes at = text;
    int from, to;
    bool under = is_letter_of(at, "Uu"), masters = is_letter_of(at, "MWVmwv");
    if (is_word(text, "masters")) {
        *ages = (struct har_ages){.least = MASTERS_FROM};
        return HAR_OK;
    }
    if (under || masters) at.data++, at.size--;
    if (take_age(&at, &from)) {
        bool ends = at.size == 0;
        if (under && ends && from > 1) {
            *ages = (struct har_ages){.most = from - 1, .by_year = true};
            return HAR_OK;
        }
        if (masters && ends && from >= MASTERS_FROM) {
            *ages = (struct har_ages){.least = from, .most = from + 4};
            return HAR_OK;
        }
        if (!under && !masters && at.size == 1 && at.data[0] == '+') {
            *ages = (struct har_ages){.least = from};
            return HAR_OK;
        }
        if (!under && !masters && at.size && at.data[0] == '-') {
            at.data++, at.size--;
            if (take_age(&at, &to) && at.size == 0 && from <= to) {
                *ages = (struct har_ages){.least = from, .most = to};
                return HAR_OK;
            }
        }
    }
    return har_fail(err, HAR_BAD_INPUT, 0,
                    "\"%.*s\" is no age group such as U20, M40 or 40+",
                    text.size < 40 ? (int)text.size : 40, (const char *)text.data);
}

static bool is_of_ages(const struct har_ages *ages, const struct har_listed *row)
{
    if (!ages->least && !ages->most) return true;
    int least, most;
    har_listed_ages(row, &least, &most);
    if (most == HAR_UNTOLD) return false;
    if (ages->by_year)
        least = most = har_date_of(row->day).year - har_listed_born_year(row);
    return least >= ages->least && (!ages->most || most <= ages->most);
}

/* --- the rest ------------------------------------------------------------------------ */

static bool is_of_days(const struct har_list_question *q, int64_t day)
{
    if (q->year && (day == HAR_NO_DAY || har_date_of(day).year != q->year)) return false;
    if (q->since_day != HAR_NO_DAY && (day == HAR_NO_DAY || day < q->since_day))
        return false;
    return q->as_of_day == HAR_NO_DAY || (day != HAR_NO_DAY && day <= q->as_of_day);
}

bool list_asks_apart(const struct har_list_question *q, const struct har_listed *row)
{
    struct har_event event[2];
    size_t events = har_list_events(q, event);
    bool of_event = har_same_event(&event[0], &row->event) ||
                    (events == 2 && har_same_event(&event[1], &row->event));
    if (!of_event || row->mark.time_ms <= 0) return false;
    if (q->sex != HAR_UNTOLD && row->sex != q->sex) return false;
    if (q->nation && (!row->nation || strcmp(q->nation, row->nation) != 0)) return false;
    return is_of_days(q, row->day) && is_of_ages(&q->ages, row);
}

bool har_list_asks(const struct har_list_question *question, const struct har_listed *row)
{
    if (!list_asks_apart(question, row)) return false;
    return question->include_aided || !har_listed_apart(row);
}
