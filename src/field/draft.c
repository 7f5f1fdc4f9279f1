/* SPDX-License-Identifier: MIT */
/* From runners as they are met to races in order.
 *
 * What cannot be is left out, not repaired: of splits that do not grow as few as possible
 * are dropped, which spares the many from the one that was mistyped; a split that would
 * beat the records by a tenth goes too. The runner stays, with what is left. */

#include "draft.h"

#include "harrier/best.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOO_FAST 0.9 /* of the record over the distance */
#define SAME_MARK_M 1e-3

struct entrant *add_entrant(struct draft *draft, uint64_t line)
{
    struct entrant *all = har_arena_grow(draft->arena, draft->entrant, draft->count,
                                         &draft->room, sizeof *all);
    if (!all) {
        draft->failed = true;
        return NULL;
    }
    draft->entrant = all;
    all[draft->count] = (struct entrant){.who = {.line = line, .sex = HAR_UNTOLD}};
    return &all[draft->count++];
}

void add_seen(struct draft *draft, struct entrant *entrant, double mark_m, double time_s)
{
    struct seen *all = har_arena_grow(draft->arena, entrant->seen, entrant->count,
                                      &entrant->room, sizeof *all);
    if (!all) {
        draft->failed = true;
        return;
    }
    entrant->seen = all;
    all[entrant->count++] = (struct seen){mark_m, time_s};
}

void add_note(struct draft *draft, uint64_t line, const char *format, ...)
{
    char sentence[240];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    struct har_field_note *all = har_arena_grow(
        draft->arena, draft->note, draft->note_count, &draft->note_room, sizeof *all);
    const char *what = har_arena_copy(draft->arena, sentence, strlen(sentence));
    if (!all || !what) {
        draft->failed = true;
        return;
    }
    draft->note = all;
    all[draft->note_count++] = (struct har_field_note){line, what};
}

const char *draft_text(struct draft *draft, struct har_bytes text)
{
    if (text.size == 0) return NULL;
    char *copy = har_arena_copy(draft->arena, text.data, text.size);
    if (!copy) draft->failed = true;
    return copy;
}

har_status read_split(struct har_bytes text, double *time_s)
{
    double sum = 0, part;
    bool digits = false;
    for (size_t i = 0; i < text.size; i++)
        digits = digits || (text.data[i] >= '0' && text.data[i] <= '9');
    if (!digits) return HAR_NOT_FOUND;
    for (unsigned parts = 0; parts < 3; parts++) {
        const uint8_t *colon = memchr(text.data, ':', text.size);
        size_t size = colon ? (size_t)(colon - text.data) : text.size;
        if (!har_parse_number((struct har_bytes){text.data, size}, &part) || part < 0 ||
            (parts > 0 && part >= 60))
            return HAR_BAD_INPUT;
        sum = 60 * sum + part;
        if (!colon) {
            if (!(sum < 360000)) return HAR_BAD_INPUT;
            if (sum == 0) return HAR_NOT_FOUND;
            *time_s = sum;
            return HAR_OK;
        }
        text.data += size + 1;
        text.size -= size + 1;
    }
    return HAR_BAD_INPUT;
}

/* --- one race ------------------------------------------------------------------------- */

struct race {
    const char *name;
    int sex; /* of all its runners, where sexes are races of their own; or HAR_UNTOLD */
    size_t count;
    size_t *entrant;
    size_t mark_count, mark_room;
    double *mark_m;
};

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static size_t mark_at_or_after(const struct race *race, double mark_m)
{
    size_t low = 0, high = race->mark_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (race->mark_m[middle] < mark_m - SAME_MARK_M) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool has_mark(const struct race *race, size_t at, double mark_m)
{
    return at < race->mark_count &&
           (race->mark_m[at] == mark_m || fabs(race->mark_m[at] - mark_m) <= SAME_MARK_M);
}

static void learn_mark(struct draft *draft, struct race *race, double mark_m)
{
    size_t at = mark_at_or_after(race, mark_m);
    if (has_mark(race, at, mark_m)) return;
    double *all = har_arena_grow(draft->arena, race->mark_m, race->mark_count,
                                 &race->mark_room, sizeof *all);
    if (!all) {
        draft->failed = true;
        return;
    }
    memmove(all + at + 1, all + at, (race->mark_count - at) * sizeof *all);
    all[at] = mark_m;
    race->mark_m = all;
    race->mark_count++;
}

/* The finish has a distance: as told, or the next usual one after the last mark. */
static double finish_of(const struct draft *draft, const struct race *race)
{
    size_t count, marks = race->mark_count;
    const struct har_standard *usual = har_standard_distances(&count);
    double last_m = marks == 0 ? NAN : race->mark_m[marks - 1];
    if (draft->event_m > 0) return draft->event_m;
    if (last_m != FINISH_M) return last_m;
    last_m = marks < 2 ? 0 : race->mark_m[marks - 2];
    for (size_t i = 0; i < count; i++)
        if (usual[i].value > last_m + SAME_MARK_M) return marks < 2 ? NAN : usual[i].value;
    return NAN;
}

static void settle_marks(struct draft *draft, struct race *race)
{
    for (size_t i = 0; i < race->count; i++) {
        const struct entrant *e = &draft->entrant[race->entrant[i]];
        for (size_t k = 0; k < e->count; k++) learn_mark(draft, race, e->seen[k].mark_m);
    }
    double finish_m = finish_of(draft, race);
    if (draft->failed || race->mark_count == 0) return;
    if (isnan(finish_m)) {
        add_note(draft, 0, "how long the race was is not told: left out");
        race->mark_count = 0;
        return;
    }
    bool open = race->mark_m[race->mark_count - 1] == FINISH_M;
    size_t beyond = 0;
    while (race->mark_count > open && beyond < race->mark_count - open &&
           race->mark_m[race->mark_count - 1 - open - beyond] > finish_m + SAME_MARK_M)
        beyond++;
    if (beyond > 0) {
        add_note(
            draft, 0,
            "marks beyond the event's %lld m are left out (%zu): the sheet is of another "
            "course",
            llround(finish_m), beyond);
        race->mark_count -= beyond;
        if (open) race->mark_m[race->mark_count - 1] = FINISH_M;
    }
    if (open) {
        size_t last = race->mark_count - 1;
        bool twice = last > 0 && race->mark_m[last - 1] > finish_m - SAME_MARK_M;
        if (twice) race->mark_count--;
        race->mark_m[race->mark_count - 1] = finish_m;
    } else if (draft->event_m > 0) learn_mark(draft, race, draft->event_m);
}

/* --- one runner ----------------------------------------------------------------------- */

static void drop_record_beaters(struct draft *draft, const struct race *race,
                                const struct entrant *e, double *time_s)
{
    for (size_t k = 0; k < race->mark_count; k++) {
        if (!(time_s[k] < TOO_FAST * har_record_time(race->mark_m[k]))) continue;
        add_note(draft, e->who.line, "nobody has run %lld m that fast: left out",
                 llround(race->mark_m[k]));
        time_s[k] = NAN;
    }
}

/* Leaves the longest run of times that grow. */
static void drop_backwards(struct draft *draft, const struct race *race,
                           const struct entrant *e, double *time_s, size_t *work)
{
    size_t count = race->mark_count, *length = work, *before = work + count;
    size_t best = count;
    bool grows = true;
    double last_s = 0;
    for (size_t k = 0; k < count; k++) {
        if (isnan(time_s[k])) continue;
        grows = grows && time_s[k] > last_s;
        last_s = time_s[k];
    }
    if (grows) return;
    for (size_t k = 0; k < count; k++) {
        length[k] = 1;
        before[k] = count;
        if (isnan(time_s[k])) continue;
        for (size_t i = 0; i < k; i++)
            if (time_s[i] < time_s[k] && length[i] >= length[k]) {
                length[k] = length[i] + 1;
                before[k] = i;
            }
        if (best == count || length[k] >= length[best]) best = k;
    }
    for (size_t k = count; k-- > 0;) {
        if (k == best) best = before[k];
        else if (!isnan(time_s[k])) {
            add_note(draft, e->who.line, "the split at %lld m goes backwards: left out",
                     llround(race->mark_m[k]));
            time_s[k] = NAN;
        }
    }
}

static void note_missing(struct draft *draft, const struct race *race,
                         const struct entrant *e, const double *time_s)
{
    size_t missing = 0, first = 0;
    if (isnan(time_s[race->mark_count - 1])) return;
    for (size_t k = 0; k < race->mark_count; k++)
        if (isnan(time_s[k]) && missing++ == 0) first = k;
    if (missing == 1)
        add_note(draft, e->who.line, "no time at %lld m", llround(race->mark_m[first]));
    else if (missing > 1)
        add_note(draft, e->who.line, "no time at %zu marks, the first of them %lld m",
                 missing, llround(race->mark_m[first]));
}

/* Of two times at a mark the first stays, as two runners with one bib are one here; but a
 * finish that is called so goes before a mark that lies there. */
static void place_times(struct draft *draft, const struct race *race,
                        const struct entrant *e, double *time_s)
{
    for (size_t k = 0; k < race->mark_count; k++) time_s[k] = NAN;
    for (size_t i = 0; i < e->count; i++) {
        double mark_m = e->seen[i].mark_m;
        bool finish = mark_m == FINISH_M;
        size_t at = finish ? race->mark_count - 1 : mark_at_or_after(race, mark_m);
        if (!finish && !has_mark(race, at, mark_m)) continue;
        if (finish || isnan(time_s[at])) time_s[at] = e->seen[i].time_s;
        else if (time_s[at] != e->seen[i].time_s)
            add_note(draft, e->who.line, "two times at %lld m: the first is kept",
                     llround(mark_m));
    }
}

/* --- all of it --------------------------------------------------------------------------
 */

struct tag {
    const char *text;
    uint64_t line;
};

static int by_tag(const void *a, const void *b)
{
    const struct tag *one = a, *two = b;
    int order = strcmp(one->text, two->text);
    return order ? order : (one->line > two->line) - (one->line < two->line);
}

static void note_shared_bibs(struct draft *draft, const struct race *race)
{
    struct tag *tag = HAR_NEW(draft->arena, struct tag, race->count);
    size_t count = 0;
    if (!tag) {
        draft->failed = true;
        return;
    }
    for (size_t i = 0; i < race->count; i++) {
        const struct har_field_runner *who = &draft->entrant[race->entrant[i]].who;
        if (who->bib) tag[count++] = (struct tag){who->bib, who->line};
    }
    qsort(tag, count, sizeof *tag, by_tag);
    for (size_t i = 1; i < count; i++)
        if (strcmp(tag[i].text, tag[i - 1].text) == 0)
            add_note(draft, tag[i].line, "bib %.40s is also that of line %llu", tag[i].text,
                     (unsigned long long)tag[i - 1].line);
}

/* Whether men and women have places of their own: some place is held by both. */
static bool sexes_are_races(const struct draft *draft)
{
    size_t first[2] = {0, 0};
    for (size_t i = 0; i < draft->count; i++) {
        const struct entrant *e = &draft->entrant[i];
        if (e->race) return false;
        if (e->who.place == 1 && e->who.sex != HAR_UNTOLD) first[e->who.sex]++;
    }
    return first[HAR_MEN] > 0 && first[HAR_WOMEN] > 0;
}

static bool is_of(const struct race *race, const struct entrant *e, bool by_sex)
{
    return same_text(race->name, e->race) && (!by_sex || race->sex == e->who.sex);
}

/* Which race each entrant is of, in `of`; returns how many there are. */
static size_t sort_races(struct draft *draft, struct race **races, size_t *of)
{
    size_t count = 0, room = 0, last = 0;
    bool by_sex = sexes_are_races(draft);
    for (size_t i = 0; i < draft->count; i++) {
        const struct entrant *e = &draft->entrant[i];
        size_t r = count > 0 && is_of(&(*races)[last], e, by_sex) ? last : 0;
        while (r < count && !is_of(&(*races)[r], e, by_sex)) r++;
        if (r == count) {
            struct race *all =
                har_arena_grow(draft->arena, *races, count, &room, sizeof *all);
            if (!all) {
                draft->failed = true;
                return 0;
            }
            *races = all;
            all[count++] =
                (struct race){.name = e->race, .sex = by_sex ? e->who.sex : HAR_UNTOLD};
        }
        (*races)[r].count++;
        of[i] = last = r;
    }
    for (size_t r = 0; r < count; r++) {
        (*races)[r].entrant = HAR_NEW(draft->arena, size_t, (*races)[r].count);
        if (!(*races)[r].entrant) draft->failed = true;
        (*races)[r].count = 0;
    }
    for (size_t i = 0; i < draft->count && !draft->failed; i++)
        (*races)[of[i]].entrant[(*races)[of[i]].count++] = i;
    return count;
}

static void write_field(struct draft *draft, struct race *race, struct har_field *out)
{
    static const char *const sexes[] = {[HAR_MEN] = "Men", [HAR_WOMEN] = "Women"};
    settle_marks(draft, race);
    note_shared_bibs(draft, race);
    struct har_field_runner *runner =
        HAR_NEW(draft->arena, struct har_field_runner, race->count);
    double *time_s = HAR_ROOM(draft->arena, double, race->count * race->mark_count);
    size_t *work = HAR_NEW(draft->arena, size_t, 2 * race->mark_count);
    if (!runner || !time_s || !work) draft->failed = true;
    if (draft->failed || race->mark_count == 0) return;
    for (size_t i = 0; i < race->count; i++, time_s += race->mark_count) {
        const struct entrant *e = &draft->entrant[race->entrant[i]];
        place_times(draft, race, e, time_s);
        drop_record_beaters(draft, race, e, time_s);
        drop_backwards(draft, race, e, time_s, work);
        note_missing(draft, race, e, time_s);
        runner[i] = e->who;
        runner[i].time_s = time_s;
    }
    *out =
        (struct har_field){.name = race->sex == HAR_UNTOLD ? race->name : sexes[race->sex],
                           .mark_count = race->mark_count,
                           .mark_m = race->mark_m,
                           .runner_count = race->count,
                           .runner = runner};
}

har_status draft_fields(struct draft *draft, struct har_fields *out)
{
    struct race *races = NULL;
    size_t *of = HAR_NEW(draft->arena, size_t, draft->count);
    size_t count = of && !draft->failed ? sort_races(draft, &races, of) : 0;
    struct har_field *field = HAR_NEW(draft->arena, struct har_field, count);
    if (!of || !field) draft->failed = true;
    for (size_t r = 0; r < count && !draft->failed; r++)
        write_field(draft, &races[r], &field[r]);
    if (draft->failed)
        return har_fail(draft->err, HAR_NO_MEMORY, 0, "no memory for the splits");
    size_t kept = 0;
    for (size_t r = 0; r < count; r++)
        if (field[r].mark_count > 0) field[kept++] = field[r];
    if (kept == 0)
        return har_fail(draft->err, HAR_BAD_INPUT, 0,
                        "there are no splits in it, or its distance is not told");
    *out = (struct har_fields){kept, field, draft->note_count, draft->note};
    return HAR_OK;
}
