/* SPDX-License-Identifier: MIT */
/* What a calendar can have. A race that nobody gives an importance is a benchmark: a season
 * has few targets, and each one costs three weeks of training. Two camps that share a day
 * would count its height twice. A name is one line: control characters of it are spaces.
 */

#include "taking.h"

#include <math.h>

enum { LONGEST_DAYS = 366 };
#define HIGHEST_M 6000.0

static const char *const importances[HAR_IMPORTANCES] = {"A", "B", "C"};
static const char *const kinds[CALENDAR_KINDS] = {"race", "camp", "off"};

const char *har_importance_name(enum har_importance importance)
{
    return importances[importance];
}

const char *har_planned_kind_name(enum har_planned_kind kind)
{
    return kinds[kind];
}

int calendar_word(struct har_bytes text, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        size_t n = 0;
        while (n < text.size && words[i][n] &&
               (text.data[n] | 0x20) == (words[i][n] | 0x20))
            n++;
        if (n == text.size && !words[i][n]) return i;
    }
    return -1;
}

int calendar_kind(struct har_bytes text)
{
    return calendar_word(text, kinds, CALENDAR_KINDS);
}

int calendar_importance(struct har_bytes text)
{
    return calendar_word(text, importances, HAR_IMPORTANCES);
}

har_status calendar_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the calendar");
}

/* NULL, or what is wrong. */
static const char *judge_item(const struct har_planned_item *item, struct har_bytes name,
                              int64_t from_day)
{
    if (item->to_day < item->from_day) return "it ends before it begins";
    if (item->to_day - item->from_day >= LONGEST_DAYS) return "it lasts over a year";
    if (item->kind == HAR_PLANNED_RACE) {
        if (item->to_day != item->from_day) return "a race is on one day";
        if (item->from_day < from_day) return "the race lies in the past";
    }
    if (item->kind != HAR_PLANNED_CAMP) return NULL;
    if (!name.size) return "a camp needs a name";
    if (!(item->altitude_m >= 0 && item->altitude_m <= HIGHEST_M))
        return "a camp's altitude_m is a number of metres from 0 to 6000";
    return NULL;
}

static const char *compare_camps(const struct taking *t, const struct har_planned_item *one)
{
    for (size_t i = 0; i < t->out->count && one->kind == HAR_PLANNED_CAMP; i++)
        if (t->item[i].kind == HAR_PLANNED_CAMP && t->item[i].from_day <= one->to_day &&
            t->item[i].to_day >= one->from_day)
            return "the camp shares days with another one above it";
    return NULL;
}

static bool refuse(struct taking *t, uint64_t line, const char *why)
{
    struct har_refused_row *more = har_arena_grow(
        t->arena, t->refused, t->out->refused_count, &t->refused_room, sizeof *more);
    if (!more) return false;
    more[t->out->refused_count++] = (struct har_refused_row){line, why};
    t->out->refused = t->refused = more;
    return true;
}

bool calendar_take(struct taking *t, uint64_t line, struct har_planned_item item,
                   struct har_bytes name, const char *wrong)
{
    if (!wrong) wrong = judge_item(&item, name, t->from_day);
    if (!wrong) wrong = compare_camps(t, &item);
    if (wrong) return refuse(t, line, wrong);
    char *line_of =
        har_arena_copy(t->arena, name.size ? name.data : (const uint8_t *)"", name.size);
    struct har_planned_item *more =
        har_arena_grow(t->arena, t->item, t->out->count, &t->room, sizeof *more);
    if (!more || !line_of) return false;
    for (size_t i = 0; i < name.size; i++)
        if ((unsigned char)line_of[i] < ' ') line_of[i] = ' ';
    item.name = line_of;
    more[t->out->count++] = item;
    t->out->item = t->item = more;
    return true;
}

void har_calendar_sort(struct har_planned_item *item, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct har_planned_item one = item[i];
        size_t at = i;
        for (; at > 0 && item[at - 1].from_day > one.from_day; at--)
            item[at] = item[at - 1];
        item[at] = one;
    }
}
