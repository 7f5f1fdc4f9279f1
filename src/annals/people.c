/* SPDX-License-Identifier: MIT */
/* People that are kept: found, asked, and said to be one or two.
 *
 * Whoever says that two are one changes no row: one of them is said to be the other, and
 * whoever asks is led there. So it can be unsaid, also long after. Saying leads along a
 * chain (C is B, B is A); `head` is where that ends, worked out anew with each saying. */

#include "harrier/annals.h"

#include "far.h"
#include "who.h"

#include <stdlib.h>
#include <string.h>

static har_status people_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for the athletes");
}

/* --- one ------------------------------------------------------------------------------ */

static har_status get_person(struct har_database *db, int64_t id, struct har_arena *arena,
                             struct kept_person *out, struct har_error *err)
{
    bool full = false;
    struct har_query q = annals_ask(db, PERSON_GET);
    har_bind_int(&q, id);
    har_status status = har_answer(&q, err);
    if (status == HAR_END)
        return har_fail(err, HAR_NOT_FOUND, 0, "there is no athlete %lld", (long long)id);
    if (status) return status;
    *out = annals_take_person(&q, arena, &full);
    har_drop(&q);
    return full ? people_full(err) : HAR_OK;
}

static int year_of(int64_t day)
{
    return day == HAR_NO_TIME ? 0 : har_date_of(day).year;
}

static har_status near_span(struct har_database *db, int64_t head, size_t *marks,
                            int64_t *last, int64_t *first, struct har_error *err)
{
    struct har_query q = annals_ask(db, CAREER_SPAN);
    har_bind_int(&q, head);
    har_status status = har_answer(&q, err);
    if (status) return status == HAR_END ? HAR_OK : status;
    *marks = (size_t)har_take_int(&q);
    *last = har_take_time(&q);
    *first = har_take_time(&q);
    har_drop(&q);
    return HAR_OK;
}

static har_status know(struct har_database *db, const struct kept_person *kept,
                       struct har_athlete_known *out, struct har_error *err)
{
    *out = (struct har_athlete_known){
        .id = kept->id, .person = kept->told, .same_as = kept->same_as};
    bool far = false;
    int64_t last = HAR_NO_TIME, first = HAR_NO_TIME;
    har_status status = annals_is_far(db, &far, err);
    if (status == HAR_OK)
        status = far ? annals_far_span(db, kept->head, &out->marks, &last, &first, err)
                     : near_span(db, kept->head, &out->marks, &last, &first, err);
    out->first_year = year_of(first);
    out->last_year = first == HAR_NO_TIME ? 0 : year_of(last);
    return status;
}

har_status har_annals_athlete(struct har_database *db, int64_t person,
                              struct har_arena *arena, struct har_athlete_known *out,
                              struct har_error *err)
{
    struct kept_person kept;
    har_status status = get_person(db, person, arena, &kept, err);
    if (status == HAR_OK && kept.head != person)
        status = get_person(db, kept.head, arena, &kept, err);
    return status ? status : know(db, &kept, out, err);
}

/* --- by name
 * ------------------------------------------------------------------------------
 */

struct crowd {
    struct kept_person *kept;
    size_t count, room;
};

/* One for all that are the same; whoever is led elsewhere stands for that one. */
static bool has_head(const struct crowd *crowd, int64_t head)
{
    for (size_t i = 0; i < crowd->count; i++)
        if (crowd->kept[i].head == head) return true;
    return false;
}

static har_status join_crowd(struct crowd *crowd, const struct kept_person *kept,
                             struct har_arena *arena, struct har_error *err)
{
    if (has_head(crowd, kept->head)) return HAR_OK;
    struct kept_person *all =
        har_arena_grow(arena, crowd->kept, crowd->count, &crowd->room, sizeof *all);
    if (!all) return people_full(err);
    crowd->kept = all;
    all[crowd->count++] = *kept;
    return HAR_OK;
}

static har_status gather(struct har_database *db, uint64_t key, struct crowd *crowd,
                         struct har_arena *arena, struct har_error *err)
{
    bool full = false;
    struct har_query q = annals_ask(db, PERSON_OF_KEY);
    har_bind_int(&q, (int64_t)key);
    har_status status;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct kept_person kept = annals_take_person(&q, arena, &full);
        status = full ? people_full(err) : join_crowd(crowd, &kept, arena, err);
        if (status) break;
    }
    har_drop(&q);
    return status == HAR_END ? HAR_OK : status;
}

/* Whether each word of `few` is one of `many`; both in alphabetical order. */
static bool has_words(const char *many, const char *few)
{
    /* -fanalyzer: those who ask have words. */
    while (*few) {
        size_t size = strcspn(few, " "), other = strcspn(many, " ");
        if (!other) return false;
        if (size == other && memcmp(few, many, size) == 0) few += size + (few[size] == ' ');
        many += other + (many[other] == ' ');
    }
    return true;
}

static const char *words_of(const char *name, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_person_key(&text, name, HAR_KEY_NAME);
    return text.failed ? NULL : text.data ? text.data : "";
}

static har_status gather_words(struct har_database *db, const char *words,
                               struct crowd *crowd, struct har_arena *arena,
                               struct har_error *err)
{
    struct har_arena desk = {0};
    har_status status;
    bool full = false;
    struct har_query q = annals_ask(db, PERSON_ALL);
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct kept_person kept = annals_take_person(&q, &desk, &full);
        const char *of_kept = full ? NULL : words_of(kept.told.name, &desk);
        if (of_kept && has_words(of_kept, words) && !has_head(crowd, kept.head)) {
            const char **texts[] = {&kept.told.name, &kept.told.nation, &kept.told.maker,
                                    &kept.told.id};
            for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
                if (*texts[i]) {
                    *texts[i] = har_arena_copy(arena, *texts[i], strlen(*texts[i]));
                    if (!*texts[i]) full = true;
                }
            status = full ? HAR_OK : join_crowd(crowd, &kept, arena, err);
        }
        if (!of_kept || full) status = people_full(err);
        if (status) break;
        har_arena_reset(&desk);
    }
    har_drop(&q);
    har_arena_free(&desk);
    return status == HAR_END ? HAR_OK : status;
}

static int by_name(const void *a, const void *b)
{
    const struct har_athlete_known *of_a = a, *of_b = b;
    int order = strcmp(of_a->person.name, of_b->person.name);
    if (order) return order;
    const struct har_person *pa = &of_a->person, *pb = &of_b->person;
    if (pa->born_year != pb->born_year) return pa->born_year < pb->born_year ? -1 : 1;
    if (pa->born_day != pb->born_day) return pa->born_day < pb->born_day ? -1 : 1;
    return (of_a->id > of_b->id) - (of_a->id < of_b->id);
}

har_status har_annals_find(struct har_database *db, const char *name,
                           struct har_arena *arena, struct har_athlete_known **athletes,
                           size_t *count, struct har_error *err)
{
    const struct har_person told = {.name = name, .born_day = HAR_NO_DAY};
    struct person_keys keys;
    struct crowd crowd = {0};
    *athletes = NULL;
    *count = 0;
    if (!annals_keys_of(&told, arena, &keys)) return people_full(err);
    if (!keys.kept) return HAR_OK;
    const char *words = words_of(name, arena);
    har_status status = words ? HAR_OK : people_full(err);
    for (size_t i = 0; i < keys.names && status == HAR_OK; i++)
        status = gather(db, keys.keep[i], &crowd, arena, err);
    if (status == HAR_OK && !crowd.count)
        status = gather(db, keys.loose, &crowd, arena, err);
    if (status == HAR_OK && !crowd.count)
        status = gather_words(db, words, &crowd, arena, err);
    struct har_athlete_known *all =
        status ? NULL : HAR_NEW(arena, struct har_athlete_known, crowd.count);
    if (status == HAR_OK && !all) status = people_full(err);
    for (size_t i = 0; i < crowd.count && status == HAR_OK; i++)
        status = har_annals_athlete(db, crowd.kept[i].head, arena, &all[i], err);
    if (status) return status;
    if (crowd.count) qsort(all, crowd.count, sizeof *all, by_name);
    *athletes = all;
    *count = crowd.count;
    return HAR_OK;
}

/* --- marks
 * --------------------------------------------------------------------------------
 */

/* Rows come in order of day, event and time: one mark under two names follows itself. */
static bool is_same_mark(const struct har_listed *a, const struct har_listed *b)
{
    return a->event.kind == b->event.kind && a->event.distance_mm == b->event.distance_mm &&
           a->day == b->day &&
           har_listed_ms(&a->mark, &a->event) == har_listed_ms(&b->mark, &b->event);
}

static har_status near_marks(struct har_database *db, int64_t head,
                             const struct disciplines *all, struct har_arena *arena,
                             struct har_listed **rows, size_t *count, struct har_error *err)
{
    har_status status;
    size_t room = 0;
    bool full = false;
    struct har_query q = annals_ask(db, CAREER);
    har_bind_int(&q, head);
    while ((status = har_answer(&q, err)) == HAR_OK && !full) {
        struct har_listed *more = har_arena_grow(arena, *rows, *count, &room, sizeof *more);
        full = !more;
        if (full) break;
        *rows = more;
        more[(*count)++] = annals_take_row(&q, all, arena, &full);
    }
    har_drop(&q);
    if (full) return people_full(err);
    return status == HAR_END ? HAR_OK : status;
}

/* The order in which CAREER has them. */
struct far_place {
    struct har_listed row;
    int64_t discipline;
};

static int by_day(const void *a, const void *b)
{
    const struct far_place *one = a, *other = b;
    if (one->row.day != other->row.day) return one->row.day < other->row.day ? -1 : 1;
    if (one->discipline != other->discipline)
        return one->discipline < other->discipline ? -1 : 1;
    int order = har_listed_compare(&one->row, &other->row);
    return order ? order : (one->row.id > other->row.id) - (one->row.id < other->row.id);
}

static har_status far_marks(struct har_database *db, int64_t head,
                            const struct disciplines *all, struct har_arena *arena,
                            struct har_listed **rows, size_t *count, struct har_error *err)
{
    struct far_rows far = {.arena = arena};
    har_status status = annals_far_career(db, head, all, &far, err);
    if (status) return status;
    struct far_place *place = HAR_ROOM(arena, struct far_place, far.count);
    if (!place) return people_full(err);
    for (size_t i = 0; i < far.count; i++)
        place[i] =
            (struct far_place){far.row[i], annals_discipline(all, &far.row[i].event)};
    if (far.count) qsort(place, far.count, sizeof *place, by_day);
    for (size_t i = 0; i < far.count; i++) far.row[i] = place[i].row;
    *rows = far.row;
    *count = far.count;
    return HAR_OK;
}

har_status har_annals_marks(struct har_database *db, int64_t person,
                            struct har_arena *arena, struct har_listed **rows,
                            size_t *count, struct har_error *err)
{
    struct har_arena desk = {0};
    struct kept_person kept;
    struct disciplines all;
    bool far = false;
    size_t kept_count = 0;
    *rows = NULL;
    *count = 0;
    har_status status = get_person(db, person, &desk, &kept, err);
    if (status == HAR_OK) status = annals_disciplines(db, &desk, &all, err);
    if (status == HAR_OK) status = annals_is_far(db, &far, err);
    if (status == HAR_OK)
        status = far ? far_marks(db, kept.head, &all, arena, rows, &kept_count, err)
                     : near_marks(db, kept.head, &all, arena, rows, &kept_count, err);
    har_arena_free(&desk);
    for (size_t i = 0; status == HAR_OK && i < kept_count; i++) {
        struct har_listed *row = *rows;
        if (*count && is_same_mark(&row[i], &row[*count - 1])) continue;
        row[*count] = row[i];
        row[*count].id = (int64_t)*count + 1;
        ++*count;
    }
    return status;
}

/* --- doubts --------------------------------------------------------------------------- */

har_status har_annals_doubts(struct har_database *db, struct har_arena *arena,
                             struct har_doubt **doubts, size_t *count,
                             struct har_error *err)
{
    size_t room = 0;
    bool full = false;
    har_status status;
    *doubts = NULL;
    *count = 0;
    struct har_query q = annals_ask(db, DOUBT_LIST);
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct har_doubt *all = har_arena_grow(arena, *doubts, *count, &room, sizeof *all);
        if (!all) full = true;
        if (full) break;
        *doubts = all;
        all[*count] = (struct har_doubt){0};
        all[*count].a.id = har_take_int(&q);
        all[*count].b.id = har_take_int(&q);
        all[(*count)++].why = har_take_text(&q, arena, &full);
    }
    har_drop(&q);
    if (full) return people_full(err);
    if (status != HAR_END) return status;
    status = HAR_OK;
    for (size_t i = 0; i < *count && status == HAR_OK; i++) {
        struct har_doubt *d = &(*doubts)[i];
        struct kept_person a, b;
        status = get_person(db, d->a.id, arena, &a, err);
        if (status == HAR_OK) status = get_person(db, d->b.id, arena, &b, err);
        if (status == HAR_OK) status = know(db, &a, &d->a, err);
        if (status == HAR_OK) status = know(db, &b, &d->b, err);
    }
    return status;
}

/* --- saying -----------------------------------------------------------------------------
 */

/* Somebody who is said to be another, or was. */
struct link {
    int64_t id, same_as, head;
};

static har_status read_links(struct har_database *db, struct har_arena *arena,
                             struct link **links, size_t *count, struct har_error *err)
{
    size_t room = 0;
    har_status status;
    *links = NULL;
    *count = 0;
    struct har_query q = annals_ask(db, PERSON_SAID);
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct link *all = har_arena_grow(arena, *links, *count, &room, sizeof *all);
        if (!all) {
            har_drop(&q);
            return people_full(err);
        }
        *links = all;
        struct link *link = &all[(*count)++];
        link->id = har_take_int(&q);
        link->same_as = har_take_int(&q);
        link->head = har_take_int(&q);
    }
    return status == HAR_END ? HAR_OK : status;
}

static int64_t end_of(const struct link *links, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (links[i].id == id && links[i].same_as)
            return end_of(links, count, links[i].same_as);
    return id;
}

static har_status bind_two(struct har_database *db, enum annals_statement which,
                           int64_t value, int64_t id, struct har_error *err)
{
    struct har_query q = annals_ask(db, which);
    har_bind_choice(&q, value ? (int)value : -1);
    har_bind_int(&q, id);
    return har_answer_all(&q, err);
}

static har_status lead_anew(struct har_database *db, struct har_error *err)
{
    struct har_arena arena = {0};
    struct link *links;
    size_t count;
    har_status status = read_links(db, &arena, &links, &count, err);
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        int64_t head = end_of(links, count, links[i].id);
        if (head != links[i].head)
            status = bind_two(db, PERSON_HEAD, head, links[i].id, err);
    }
    har_arena_free(&arena);
    return status;
}

static har_status settle_doubt(struct har_database *db, int64_t a, int64_t b, bool settled,
                               struct har_error *err)
{
    int64_t changed = 0, low = a < b ? a : b, high = a < b ? b : a;
    struct har_query q = annals_ask(db, DOUBT_SETTLE);
    har_bind_int(&q, settled);
    har_bind_int(&q, low);
    har_bind_int(&q, high);
    har_status status = har_answer_changes(&q, &changed, err);
    if (status || changed || !settled) return status;
    q = annals_ask(db, DOUBT_ADD);
    har_bind_int(&q, low);
    har_bind_int(&q, high);
    har_bind_text(&q, "somebody has said so");
    har_bind_int(&q, settled);
    return har_answer_all(&q, err);
}

static har_status say(struct har_database *db, const struct kept_person *a,
                      const struct kept_person *b, enum har_saying saying,
                      struct har_error *err)
{
    har_status status = HAR_OK;
    if (saying == HAR_SAY_SAME && a->head == b->head) return HAR_OK;
    if (saying == HAR_SAY_SAME) status = bind_two(db, PERSON_SAME, a->head, b->head, err);
    else if (a->head != b->head) status = HAR_OK;
    else if (b->same_as) status = bind_two(db, PERSON_SAME, 0, b->id, err);
    else if (a->same_as) status = bind_two(db, PERSON_SAME, 0, a->id, err);
    if (status == HAR_OK) status = lead_anew(db, err);
    return status ? status : settle_doubt(db, a->id, b->id, saying != HAR_SAY_NOTHING, err);
}

har_status har_annals_say(struct har_database *db, int64_t a, int64_t b,
                          enum har_saying saying, struct har_error *err)
{
    struct har_arena arena = {0};
    struct kept_person of_a, of_b;
    if (a == b) return har_fail(err, HAR_OUT_OF_RANGE, 0, "that is one athlete already");
    har_status status = har_step_begin(db, err);
    if (status) return status;
    status = get_person(db, a, &arena, &of_a, err);
    if (status == HAR_OK) status = get_person(db, b, &arena, &of_b, err);
    if (status == HAR_OK) status = say(db, &of_a, &of_b, saying, err);
    har_arena_free(&arena);
    return har_step_end(db, status, err);
}

/* --- layouts ----------------------------------------------------------------------------
 */

har_status har_annals_mapping(struct har_database *db, const char *header,
                              struct har_arena *arena, const char **mapping,
                              struct har_error *err)
{
    bool full = false;
    struct har_query q = annals_ask(db, MAPPING_GET);
    har_bind_text(&q, header);
    har_status status = har_answer(&q, err);
    if (status == HAR_END) return HAR_NOT_FOUND;
    if (status) return status;
    *mapping = har_take_text(&q, arena, &full);
    har_drop(&q);
    return full ? people_full(err) : HAR_OK;
}

har_status har_annals_tell_mapping(struct har_database *db, const char *header,
                                   const char *mapping, struct har_error *err)
{
    struct har_query q = annals_ask(db, MAPPING_TELL);
    har_bind_text(&q, header);
    har_bind_text(&q, mapping);
    return har_answer_all(&q, err);
}
