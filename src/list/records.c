/* SPDX-License-Identifier: MIT */
/* How a record came to be what it is.
 *
 * A row is a step if nobody was faster on an earlier day or on its own. Of a day only the
 * best counts, since a list knows no hours: the second of the race in which a record falls
 * is not one, and who ran it in the heat and lost it in the final is left out with him.
 * Rows equal to the record are steps too; the rules have them share it.
 *
 * In order of day that is a running best, a day at a time. In order of time it is the front
 * of Pareto: whoever is faster has been seen, and what is asked of a row is only that its
 * day lies before the earliest of those. Both keep nothing but the steps, and the second
 * says which days can still matter, so that an index of time and day need not be read
 * through. Rows without a day have no place in it. */

#include "harrier/list.h"

#include <stdlib.h>
#include <string.h>

struct har_records {
    struct har_list_question question;
    enum har_record_order order;
    struct har_arena *arena;
    struct har_record *record;
    size_t count, room;
    int64_t last;    /* the day or the time of the last row */
    int64_t best_ms; /* by day: before this day. By time: of the last row */
    int64_t before;  /* by time: the earliest day of what is faster than that */
    int64_t next;    /* by time: of what is as fast as that */
    size_t day_at;   /* by day: where the steps of this day begin */
};

har_status har_records_begin(const struct har_list_question *question,
                             enum har_record_order order, struct har_arena *arena,
                             struct har_records **out, struct har_error *err)
{
    struct har_records *records = HAR_NEW(arena, struct har_records, 1);
    const char *nation = question->nation;
    if (nation) nation = har_arena_copy(arena, nation, strlen(nation));
    if (!records || (question->nation && !nation))
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for records");
    *records = (struct har_records){.question = *question,
                                    .order = order,
                                    .arena = arena,
                                    .last = INT64_MIN,
                                    .best_ms = INT64_MAX,
                                    .before = INT64_MAX,
                                    .next = INT64_MAX};
    records->question.nation = nation;
    records->question.include_aided = true; /* har_listed_no_record() decides */
    *out = records;
    return HAR_OK;
}

static bool keep_step(struct har_records *r, const struct har_listed *row)
{
    struct har_record *record =
        har_arena_grow(r->arena, r->record, r->count, &r->room, sizeof *record);
    if (!record) return false;
    r->record = record;
    record[r->count] = (struct har_record){0};
    if (!har_listed_copy(row, r->arena, &record[r->count].row)) return false;
    r->count++;
    return true;
}

static int64_t step_ms(const struct har_listed *row)
{
    return har_listed_ms(&row->mark, &row->event);
}

/* The best of the day stands at the end of the steps, and goes when it is beaten. */
static bool add_by_day(struct har_records *r, const struct har_listed *row)
{
    int64_t ms = step_ms(row);
    int64_t of_day = r->count > r->day_at ? step_ms(&r->record[r->day_at].row) : INT64_MAX;
    if (ms > r->best_ms || ms > of_day) return true;
    if (ms < of_day) r->count = r->day_at;
    return keep_step(r, row);
}

static void begin_day(struct har_records *r)
{
    if (r->count > r->day_at) r->best_ms = step_ms(&r->record[r->day_at].row);
    r->day_at = r->count;
}

static bool add_by_time(struct har_records *r, const struct har_listed *row)
{
    if (row->day >= r->before) return true;
    if (row->day < r->next) r->next = row->day;
    return keep_step(r, row);
}

static void begin_time(struct har_records *r)
{
    if (r->next < r->before) r->before = r->next;
}

har_status har_records_add(struct har_records *r, const struct har_listed *row,
                           struct har_error *err)
{
    bool by_day = r->order == HAR_RECORDS_BY_DAY;
    if (row->day == HAR_NO_DAY) return HAR_OK;
    int64_t at = by_day ? row->day : step_ms(row);
    if (at < r->last)
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "a row comes before the one before it");
    if (at > r->last) by_day ? begin_day(r) : begin_time(r);
    r->last = at;
    if (r->question.since_day != HAR_NO_DAY && r->before <= r->question.since_day)
        return HAR_END;
    if (!har_list_asks(&r->question, row) || har_listed_no_record(row)) return HAR_OK;
    if (by_day ? add_by_day(r, row) : add_by_time(r, row)) return HAR_OK;
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory for records");
}

int64_t har_records_before(const struct har_records *r)
{
    return r->before;
}

static int by_day_then_list(const void *a, const void *b)
{
    const struct har_listed *one = &((const struct har_record *)a)->row;
    const struct har_listed *other = &((const struct har_record *)b)->row;
    int order = (one->day > other->day) - (one->day < other->day);
    return order ? order : har_listed_compare(one, other);
}

void har_records_finish(struct har_records *r, struct har_progression *out)
{
    if (r->count) qsort(r->record, r->count, sizeof *r->record, by_day_then_list);
    for (size_t i = 1; i < r->count; i++) {
        int64_t gain_ms = step_ms(&r->record[i - 1].row) - step_ms(&r->record[i].row);
        r->record[i].gain_ms = gain_ms;
        r->record[i].equals = gain_ms == 0;
    }
    *out = (struct har_progression){r->count, r->record};
}
