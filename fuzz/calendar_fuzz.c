/* SPDX-License-Identifier: MIT */
/* A season's calendar, as a table or as iCalendar: what is taken has days, and a race an
 * event; what is refused has its line and a sentence. Written as iCalendar it reads back as
 * it was. The first byte limits the memory. */

#include "harrier/calendar.h"

#include <assert.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-8;
}

static void check_items(const struct har_calendar *c, size_t lines)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct har_planned_item *item = c->item + i;
        assert(item->from_day <= item->to_day && item->to_day - item->from_day < 366);
        assert(i == 0 || c->item[i - 1].from_day <= item->from_day);
        assert(*har_planned_kind_name(item->kind));
        for (const char *at = item->name; *at; at++) assert((unsigned char)*at >= ' ');
        if (item->kind == HAR_PLANNED_RACE)
            assert(item->from_day >= 0 && item->from_day == item->to_day &&
                   item->event.distance_m > 0 && *har_importance_name(item->importance));
        if (item->kind == HAR_PLANNED_CAMP)
            assert(item->altitude_m >= 0 && item->altitude_m <= 6000 && *item->name);
    }
    for (size_t i = 0; i < c->refused_count; i++)
        assert(c->refused[i].line > 0 && c->refused[i].line <= lines &&
               strlen(c->refused[i].why) > 10);
}

static void there_and_back(const struct har_calendar *c, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    struct har_calendar_event *event = HAR_NEW(arena, struct har_calendar_event, c->count);
    struct har_calendar again;
    assert(event);
    for (size_t i = 0; i < c->count; i++)
        event[i] = (struct har_calendar_event){.uid = "u",
                                               .from_day = c->item[i].from_day,
                                               .to_day = c->item[i].to_day,
                                               .summary = c->item[i].name,
                                               .category = "RACE",
                                               .description = c->item[i].name,
                                               .item = c->item + i};
    har_calendar_write(&text, 0, event, c->count);
    assert(!text.failed);
    assert(har_calendar_read(har_bytes_of(text.data), 0, arena, &again, NULL) == HAR_OK);
    assert(again.count == c->count && again.refused_count + again.other_count == 0);
    for (size_t i = 0; i < c->count; i++) {
        const struct har_planned_item *a = c->item + i, *b = again.item + i;
        assert(a->kind == b->kind && a->from_day == b->from_day && a->to_day == b->to_day);
        assert(strcmp(a->name, b->name) == 0 && strcmp(a->event.code, b->event.code) == 0);
        assert(a->importance == b->importance && same_number(a->altitude_m, b->altitude_m));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct har_arena arena = {.limit = data[0] ? 256u * data[0] : 0};
    struct har_calendar calendar;
    struct har_error err = {0};
    size_t lines = 2;
    har_status got = har_calendar_read((struct har_bytes){data + 1, size - 1}, 0, &arena,
                                       &calendar, &err);
    arena.limit = 0;
    if (got == HAR_OK) {
        for (size_t i = 1; i < size; i++) lines += data[i] == '\n' || data[i] == '\r';
        check_items(&calendar, lines);
        there_and_back(&calendar, &arena);
    } else assert(got == err.status && strlen(err.message) > 10);
    har_arena_free(&arena);
    return 0;
}
