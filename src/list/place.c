/* SPDX-License-Identifier: MIT */
/* Where a mark would stand in a ranking: one more than those that are faster. Its athlete
 * stands in a list once, so that the own row there neither bars the way nor makes it equal;
 * in a list of all marks every row counts.
 *
 * A list ends on a day and a mark may come after it, as 61:51 of December 2023 does in a
 * list to July: it is placed among what was listed then, and `as_of_day` is not held
 * against it. */

#include "asks.h"

#include <string.h>

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

static const char *ordinal_of(size_t n)
{
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    bool teen = n / 10 % 10 == 1;
    return !teen && n % 10 <= 3 ? ends[n % 10] : ends[0];
}

/* The day to which the list goes: as asked, or that of its last row. */
static int64_t last_day(const struct har_ranks *ranks)
{
    int64_t last = ranks->question.as_of_day;
    for (size_t i = 0; last == HAR_NO_DAY && i < ranks->count; i++) {
        last = ranks->rank[i].row.day;
        for (size_t j = i + 1; j < ranks->count; j++)
            if (ranks->rank[j].row.day > last) last = ranks->rank[j].row.day;
    }
    return last;
}

static void add_ages(struct har_text *text, const struct har_ages *ages)
{
    if (ages->by_year) har_text_format(text, "U%d ", ages->most + 1);
    else if (ages->most) har_text_format(text, "%d-%d ", ages->least, ages->most);
    else if (ages->least) har_text_format(text, "%d+ ", ages->least);
}

static void add_whom(struct har_text *text, const struct har_ranks *ranks)
{
    const struct har_list_question *q = &ranks->question;
    har_text_add(text, q->all_marks ? "all the " : "the ");
    if (q->nation) har_text_format(text, "%s ", q->nation);
    add_ages(text, &q->ages);
    har_text_add(text, "marks");
    if (q->year) har_text_format(text, " of %d", q->year);
    har_text_add(text, " listed");
    int64_t day = last_day(ranks);
    if (day == HAR_NO_DAY) return;
    struct har_date date = har_date_of(day);
    har_text_format(text, " to %s %d", months[date.month - 1], date.year);
}

static void add_sentence(struct har_text *text, const struct har_ranks *ranks,
                         const struct har_listed *row, const struct har_would_rank *place)
{
    har_text_mark(text, &row->mark, &row->event);
    har_text_add(text, " would be ");
    if (place->beyond)
        har_text_format(text, "%zu%s or lower", place->rank, ordinal_of(place->rank));
    else
        har_text_format(text, "%s%zu%s", place->equal ? "equal " : "", place->rank,
                        ordinal_of(place->rank));
    har_text_add(text, " among ");
    add_whom(text, ranks);
    if (place->but) har_text_format(text, ", but %s", place->but);
}

static int64_t time_of(const struct har_listed *row)
{
    return har_listed_ms(&row->mark, &row->event);
}

/* "Kerr has 3:27.79 there". */
static const char *say_own(const struct har_listed *own, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_format(&text, "%s has ", own->name ? own->name : "the athlete");
    har_text_mark(&text, &own->mark, &own->event);
    har_text_add(&text, " there");
    return text.failed ? NULL : text.data;
}

har_status har_list_place(const struct har_ranks *ranks, const struct har_listed *row,
                          struct har_arena *arena, struct har_would_rank *out,
                          struct har_error *err)
{
    struct har_list_question question = ranks->question;
    question.as_of_day = HAR_NO_DAY;
    if (!list_asks_apart(&question, row))
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "the list is not of such marks");
    int64_t ms = time_of(row);
    const struct har_listed *own = NULL;
    size_t faster = 0, equal = 0;
    for (size_t i = 0; i < ranks->count; i++) {
        const struct har_listed *other = &ranks->rank[i].row;
        bool is_own = !question.all_marks && row->person && other->person == row->person;
        if (is_own && time_of(other) <= ms) own = other;
        faster += !is_own && time_of(other) < ms;
        equal += !is_own && time_of(other) == ms;
    }
    struct har_would_rank place = {.rank = faster + 1, .equal = equal > 0};
    const struct har_rank *last = ranks->count ? &ranks->rank[ranks->count - 1] : NULL;
    place.beyond = ranks->ended && last && ms > time_of(&last->row);
    place.but = question.include_aided ? NULL : har_listed_apart(row);
    if (!place.but && own) {
        place.but = say_own(own, arena);
        if (!place.but) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a sentence");
    }
    struct har_text text = {.arena = arena};
    add_sentence(&text, ranks, row, &place);
    if (text.failed) return har_fail(err, HAR_NO_MEMORY, 0, "no memory for a sentence");
    place.sentence = text.data;
    *out = place;
    return HAR_OK;
}
