/* SPDX-License-Identifier: MIT */
/* Who the people of rows are.
 *
 * Rows say the same few things of an athlete again and again, so whatever has been judged
 * once in an intake is known by what it said. The rest of a batch is judged together: the
 * database is asked once for everybody who has a key in common with any of them, and the
 * judge of `person` compares. Where an intake began with nobody it remembers whether it has
 * kept anybody under a key, not quite surely (a sieve of bits), and asks for those keys
 * alone: of a first list most athletes have none in common with another. The key for those
 * of whom only half the name is the same is the day of birth and the nation: of another
 * nation such a pair is nobody's doubt.
 *
 * Who is judged to be one kept person, is that one. Who may be one of several, or is in
 * doubt, is somebody new, and the pair is kept for a human to say; rows move to nobody
 * without that.
 *
 * A name without a birth is never enough, not even where the same list comes again. Then it
 * is the marks that say who it was: somebody of that name who ran the same time over the
 * same distance on the same day is not another one. So a list that comes twice, or with ten
 * rows more, finds its people again, and two runners of one name stay two. Within one list
 * the same words are one athlete: whoever made it meant so. */

#include "who.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { NOBODY = -1, FIRST_SLOTS = 1 << 12, MOST_SLOTS = 1 << 22, SIEVE_BITS = 1 << 25 };

/* What rows have said, and who that was; open addressing, at most half full. */
struct said {
    uint64_t hash; /* 0: free */
    int32_t person;
    int32_t sex;
};

struct who {
    struct har_database *db;
    struct said *said;
    size_t slots, taken;
    uint8_t *sieve;        /* of the keys that are kept; NULL: of more than is known */
    int64_t last;          /* the highest number of a person */
    struct har_arena desk; /* of one batch */
    uint64_t fresh, doubts;
};

/* Somebody whom a batch tells of and who has not been judged yet. */
struct stranger {
    struct har_person told; /* its texts are the rows' */
    struct person_keys keys;
    uint64_t hash;
    int32_t first_row, last_row; /* of the batch, linked */
    int32_t person;
    int sex;
    bool fresh;                 /* not in so far */
    bool tells_more, tells_sex; /* of somebody who is, what was not known */
};

/* A fresh stranger under one of its keys. */
struct shelf {
    uint64_t key;
    int32_t stranger, next;
};

struct doubt {
    int64_t a, b;
    const char *why;
};

struct batch {
    const struct har_result *row;
    int32_t *next;   /* the next row of the same stranger */
    int32_t *of_row; /* the stranger of a row; NOBODY: known already, or nameless */
    struct stranger *stranger;
    size_t count, room;
    struct shelf *shelf;
    size_t shelved, shelf_room;
    int32_t *bucket; /* of shelves, by key */
    size_t buckets;
    struct doubt *doubt;
    size_t doubts, doubt_room;
};

static har_status who_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to tell who is who");
}

/* --- keys ------------------------------------------------------------------------- */

static void add_key(struct person_keys *keys, uint64_t key, bool keep, bool want)
{
    if (keep) keys->keep[keys->kept++] = key;
    if (want) keys->want[keys->wanted++] = key;
}

/* 0: the name has no letter. */
static uint64_t key_of_name(const char *name, enum har_person_key kind,
                            struct har_arena *arena, bool *full)
{
    struct har_text text = {.arena = arena};
    har_text_person_key(&text, name, kind);
    *full = *full || text.failed;
    if (text.failed || !text.size) return 0;
    return annals_hash_text(annals_hash_number(ANNALS_HASH, kind == HAR_KEY_LOOSE),
                            text.data);
}

/* Variants of a spelling are many, and are only ever one where the years of birth do not
 * speak against it. */
static void add_loose_keys(struct person_keys *keys, int born_year)
{
    enum { NO_YEAR = 0 };
    uint64_t of_year = annals_hash_number(keys->loose, born_year);
    uint64_t of_none = annals_hash_number(keys->loose, NO_YEAR);
    add_key(keys, keys->loose, true, !born_year);
    add_key(keys, of_year, true, born_year);
    if (born_year) add_key(keys, of_none, false, true);
}

static void add_birth_key(struct person_keys *keys, const struct har_person *p)
{
    enum { OF_BIRTH = 2 };
    if (p->born_day == HAR_NO_DAY || !p->nation) return;
    struct har_date date = har_date_of(p->born_day);
    if (date.month == 1 && date.day == 1) return; /* written where only the year is known */
    uint64_t seed = annals_hash_number(ANNALS_HASH, OF_BIRTH);
    seed = annals_hash_number(seed, p->born_day);
    add_key(keys, annals_hash_text(seed, p->nation), true, true);
}

static int year_born(const struct har_person *p)
{
    return p->born_day != HAR_NO_DAY ? har_date_of(p->born_day).year : p->born_year;
}

bool annals_keys_of(const struct har_person *p, struct har_arena *arena,
                    struct person_keys *out)
{
    bool full = false;
    *out = (struct person_keys){0};
    uint64_t name = key_of_name(p->name, HAR_KEY_NAME, arena, &full);
    if (full || !name) return !full;
    uint64_t spelled = key_of_name(p->name, HAR_KEY_SPELLED, arena, &full);
    out->loose = key_of_name(p->name, HAR_KEY_LOOSE, arena, &full);
    add_key(out, name, true, true);
    if (spelled != name) add_key(out, spelled, true, true);
    out->names = out->kept;
    add_loose_keys(out, year_born(p));
    add_birth_key(out, p);
    return !full;
}

/* Nobody keeps this hash, so that it may go by words: the keys of who is kept may not. */
static uint64_t add_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

static uint64_t add_text(uint64_t hash, const char *text)
{
    size_t size = text ? strlen(text) : 0;
    for (size_t at = 0; at < size; at += sizeof hash) {
        uint64_t word = 0;
        memcpy(&word, text + at, size - at < sizeof word ? size - at : sizeof word);
        hash = add_word(hash, word);
    }
    return add_word(hash, text ? size : UINT64_MAX);
}

static uint64_t hash_of(const struct har_person *p)
{
    uint64_t hash = add_text(ANNALS_HASH, p->name);
    hash = add_text(hash, p->nation);
    hash = add_text(hash, p->id);
    hash = add_text(hash, p->id ? p->maker : NULL);
    hash = add_word(hash, (uint64_t)p->born_day);
    hash = add_word(hash, (uint64_t)p->born_year);
    hash = add_word(hash, (uint64_t)p->sex);
    return hash ? hash : 1;
}

/* --- the sieve ------------------------------------------------------------------------ */

/* A key has two bits; as a hash, it has them anywhere. */
static uint8_t *bit_of(uint8_t *sieve, uint64_t key, unsigned which, uint8_t *bit)
{
    size_t at = (size_t)(key >> (which * 32)) % SIEVE_BITS;
    *bit = (uint8_t)(1u << at % CHAR_BIT);
    return &sieve[at / CHAR_BIT];
}

static void remember_key(struct who *who, uint64_t key)
{
    uint8_t bit;
    for (unsigned i = 0; who->sieve && i < 2; i++) *bit_of(who->sieve, key, i, &bit) |= bit;
}

static bool may_be_kept(const struct who *who, uint64_t key)
{
    uint8_t bit;
    bool may = true;
    for (unsigned i = 0; who->sieve && i < 2; i++)
        may = may && (*bit_of(who->sieve, key, i, &bit) & bit);
    return may;
}

/* --- what has been said --------------------------------------------------------------- */

static struct said *said_at(struct said *said, size_t slots, uint64_t hash)
{
    enum { MIX_SHIFT = 32 };
    size_t at = (size_t)(hash * UINT64_C(0x9e3779b97f4a7c15) >> MIX_SHIFT) & (slots - 1);
    while (said[at].hash && said[at].hash != hash) at = (at + 1) & (slots - 1);
    return &said[at];
}

/* Before a batch. A table of MOST_SLOTS begins anew: whoever it knew is asked for again. */
static har_status make_room(struct who *who, size_t count, struct har_error *err)
{
    if (2 * (who->taken + count) <= who->slots) return HAR_OK;
    bool again = who->slots >= MOST_SLOTS;
    size_t slots = who->slots ? who->slots : FIRST_SLOTS;
    while (!again && slots < 2 * (who->taken + count)) slots *= 2;
    struct said *said = calloc(slots, sizeof *said);
    if (!said) return who_full(err);
    for (size_t i = 0; i < who->slots && !again; i++)
        if (who->said[i].hash) *said_at(said, slots, who->said[i].hash) = who->said[i];
    if (again) who->taken = 0;
    free(who->said);
    who->said = said;
    who->slots = slots;
    return HAR_OK;
}

har_status annals_who(struct har_database *db, struct who **out, struct har_error *err)
{
    struct who *who = calloc(1, sizeof *who);
    *out = NULL;
    if (!who) return who_full(err);
    who->db = db;
    struct har_query q = annals_ask(db, PERSON_LAST);
    har_status status = har_answer_id(&q, &who->last, err);
    if (status == HAR_OK && !who->last && !(who->sieve = calloc(SIEVE_BITS / CHAR_BIT, 1)))
        status = who_full(err);
    if (status == HAR_OK) *out = who;
    else free(who);
    return status;
}

void annals_who_free(struct who *who)
{
    if (!who) return;
    free(who->said);
    free(who->sieve);
    har_arena_free(&who->desk);
    free(who);
}

uint64_t annals_who_new(const struct who *who)
{
    return who->fresh;
}

uint64_t annals_who_doubts(const struct who *who)
{
    return who->doubts;
}

/* --- strangers ---------------------------------------------------------------------- */

static void *grown(struct who *who, void *items, size_t count, size_t *room, size_t size)
{
    return har_arena_grow(&who->desk, items, count, room, size);
}

/* A stranger has a place among what was said from the first row on, so that its other rows
 * find it: its number below 0. */
static har_status meet(struct who *who, struct batch *b, int32_t row,
                       const struct har_person *told, struct said *place,
                       struct har_error *err)
{
    struct stranger *all = grown(who, b->stranger, b->count, &b->room, sizeof *all);
    if (!all) return who_full(err);
    b->stranger = all;
    struct stranger *s = &all[b->count];
    *s = (struct stranger){.told = *told,
                           .hash = place->hash,
                           .first_row = row,
                           .last_row = row,
                           .sex = told->sex};
    if (!annals_keys_of(told, &who->desk, &s->keys)) return who_full(err);
    place->person = -(int32_t)++b->count;
    return HAR_OK;
}

static har_status look_at(struct who *who, struct batch *b, int32_t i, const char *maker,
                          struct whom *out, struct har_error *err)
{
    struct har_person told = har_person_of(&b->row[i], maker);
    b->next[i] = b->of_row[i] = NOBODY;
    *out = (struct whom){0, told.sex};
    if (!told.name || !*told.name) return HAR_OK;
    uint64_t hash = hash_of(&told);
    struct said *place = said_at(who->said, who->slots, hash);
    if (!place->hash) {
        place->hash = hash;
        who->taken++;
        har_status status = meet(who, b, i, &told, place, err);
        b->of_row[i] = (int32_t)b->count - 1;
        return status;
    }
    if (place->person >= 0) {
        *out = (struct whom){place->person, place->sex};
        return HAR_OK;
    }
    int32_t at = -place->person - 1;
    b->of_row[i] = at;
    b->next[b->stranger[at].last_row] = i;
    b->stranger[at].last_row = i;
    return HAR_OK;
}

/* --- who is kept ---------------------------------------------------------------------- */

struct kept_person annals_take_person(struct har_query *q, struct har_arena *arena,
                                      bool *full)
{
    struct kept_person kept = {.id = har_take_int(q)};
    kept.head = har_take_int(q);
    kept.same_as = har_take_int(q);
    kept.told.name = har_take_text(q, arena, full);
    kept.told.nation = har_take_text(q, arena, full);
    int64_t born_day = har_take_time(q);
    kept.told.born_day = born_day == HAR_NO_TIME ? HAR_NO_DAY : born_day;
    kept.told.born_year = (int)har_take_int(q);
    kept.told.sex = har_take_choice(q);
    kept.told.maker = har_take_text(q, arena, full);
    kept.told.id = har_take_text(q, arena, full);
    return kept;
}

static har_status want(struct who *who, const struct batch *b, struct har_error *err)
{
    har_status status = annals_run(who->db, UNSTAGE_KEYS, err);
    if (status == HAR_OK) status = annals_run(who->db, STAGE_KEYS, err);
    if (status) return status;
    struct har_query q = har_pour(who->db, &har_annals_wanted_into);
    for (size_t i = 0; i < b->count && status == HAR_OK; i++) {
        const struct person_keys *keys = &b->stranger[i].keys;
        for (size_t k = 0; k < keys->wanted && status == HAR_OK; k++) {
            if (!may_be_kept(who, keys->want[k])) continue;
            har_bind_int(&q, (int64_t)i);
            har_bind_int(&q, (int64_t)keys->want[k]);
            status = har_pour_row(&q, err);
        }
    }
    har_status ended = har_pour_end(&q, status ? NULL : err);
    return status ? status : ended;
}

/* Those who may be one of the batch, in order of whom they may be. */
struct likes {
    struct har_query q;
    bool asked, has; /* has: `n` and `kept` are the next of them */
    int64_t n;
    struct kept_person kept;
};

static har_status next_like(struct who *who, struct likes *likes, struct har_error *err)
{
    bool full = false;
    har_status status = har_answer(&likes->q, err);
    likes->has = status == HAR_OK;
    if (status == HAR_END) return HAR_OK;
    if (status) return status;
    likes->n = har_take_int(&likes->q);
    likes->kept = annals_take_person(&likes->q, &who->desk, &full);
    return full ? who_full(err) : HAR_OK;
}

static bool may_have_likes(const struct who *who, const struct batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        for (size_t k = 0; k < b->stranger[i].keys.wanted; k++)
            if (may_be_kept(who, b->stranger[i].keys.want[k])) return true;
    return false;
}

static har_status begin_likes(struct who *who, const struct batch *b, struct likes *likes,
                              struct har_error *err)
{
    *likes = (struct likes){0};
    if (!may_have_likes(who, b)) return HAR_OK;
    har_status status = want(who, b, err);
    if (status) return status;
    likes->q = annals_ask(who->db, PERSON_LIKE);
    likes->asked = true;
    return next_like(who, likes, err);
}

/* --- the verdict -------------------------------------------------------------------- */

static bool texts_equal(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool told_alike(const struct har_person *a, const struct har_person *b)
{
    return texts_equal(a->name, b->name) && texts_equal(a->nation, b->nation) &&
           a->born_day == b->born_day && a->born_year == b->born_year && a->sex == b->sex &&
           texts_equal(a->id, b->id) && (!a->id || texts_equal(a->maker, b->maker));
}

static bool has_birth(const struct har_person *p)
{
    return p->born_day != HAR_NO_DAY || p->born_year;
}

static bool names_meet(const struct stranger *s, const struct har_person *p,
                       struct har_arena *arena)
{
    struct person_keys keys;
    if (!annals_keys_of(p, arena, &keys)) return false;
    for (size_t i = 0; i < s->keys.names; i++)
        for (size_t k = 0; k < keys.names; k++)
            if (s->keys.keep[i] == keys.keep[k]) return true;
    return false;
}

/* HAR_OK: one of the stranger's marks is that person's too; HAR_NOT_FOUND. */
static har_status share_a_mark(struct who *who, const struct batch *b,
                               const struct stranger *s, int64_t person, int sex,
                               struct har_error *err)
{
    har_status status = HAR_NOT_FOUND;
    for (int32_t i = s->first_row; i != NOBODY && status == HAR_NOT_FOUND; i = b->next[i]) {
        const struct har_result *row = &b->row[i];
        int64_t there;
        if (row->day == HAR_NO_DAY) continue;
        struct har_query q = annals_ask(who->db, MARK_THERE);
        har_bind_text(&q, row->event.code);
        har_bind_int(&q, sex == HAR_UNTOLD ? SEX_UNTOLD : sex);
        har_bind_int(&q, har_listed_ms(&row->mark, &row->event));
        har_bind_int(&q, row->day);
        har_bind_int(&q, person);
        status = har_answer_id(&q, &there, err);
    }
    return status;
}

/* What has come of comparing a stranger with those who are kept. */
struct finding {
    int64_t person, head; /* who it is; 0: nobody so far */
    int sex;
    bool certain; /* by all that is told, or by a mark */
    bool several; /* it may be more than one */
    bool alike_doubted;
};

static har_status doubt_pair(struct who *who, struct batch *b, int64_t other,
                             const char *why, struct har_error *err)
{
    struct doubt *all = grown(who, b->doubt, b->doubts, &b->doubt_room, sizeof *all);
    if (!all || !why) return who_full(err);
    b->doubt = all;
    all[b->doubts++] = (struct doubt){.a = other, .why = why};
    return HAR_OK;
}

/* The first who is certain, or else the only one who is the same. */
static void take_for(struct finding *found, const struct kept_person *kept, bool certain)
{
    if (found->person && found->certain >= certain) {
        if (!certain && found->head != kept->head) found->several = true;
        return;
    }
    found->person = kept->id;
    found->head = kept->head;
    found->sex = kept->told.sex;
    found->certain = certain;
    found->several = false;
}

/* Of several who are told of in the same words one doubt is enough: the others have theirs
 * with that one. */
static har_status compare(struct who *who, struct batch *b, const struct stranger *s,
                          const struct kept_person *kept, struct finding *found,
                          struct har_error *err)
{
    struct har_text why = {.arena = &who->desk};
    bool alike = told_alike(&s->told, &kept->told);
    if (alike && (has_birth(&s->told) || s->told.id)) {
        take_for(found, kept, true);
        return HAR_OK;
    }
    enum har_person_verdict verdict = har_person_compare(&s->told, &kept->told, &why);
    if (why.failed) return who_full(err);
    if (verdict == HAR_PERSON_OTHER) return HAR_OK;
    if (verdict == HAR_PERSON_SAME) {
        take_for(found, kept, false);
        return doubt_pair(who, b, kept->id, "it may be either of two", err);
    }
    if (names_meet(s, &kept->told, &who->desk)) {
        int sex = s->told.sex == HAR_UNTOLD ? kept->told.sex : s->told.sex;
        har_status shared = share_a_mark(who, b, s, kept->id, sex, err);
        if (shared == HAR_OK) take_for(found, kept, true);
        if (shared != HAR_NOT_FOUND) return shared;
    }
    if (alike && found->alike_doubted) return HAR_OK;
    found->alike_doubted = found->alike_doubted || alike;
    return doubt_pair(who, b, kept->id, why.data, err);
}

/* --- those of the batch itself ---------------------------------------------------------
 */

static struct kept_person as_kept(const struct stranger *s)
{
    return (struct kept_person){s->person, s->person, 0, s->told};
}

static size_t bucket_of(const struct batch *b, uint64_t key)
{
    enum { MIX_SHIFT = 32 };
    return (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> MIX_SHIFT) & (b->buckets - 1);
}

static bool shelve(struct who *who, struct batch *b, int32_t at)
{
    const struct person_keys *keys = &b->stranger[at].keys;
    for (size_t i = 0; i < keys->kept; i++) {
        struct shelf *all = grown(who, b->shelf, b->shelved, &b->shelf_room, sizeof *all);
        if (!all) return false;
        b->shelf = all;
        int32_t *bucket = &b->bucket[bucket_of(b, keys->keep[i])];
        all[b->shelved] = (struct shelf){keys->keep[i], at, *bucket};
        *bucket = (int32_t)b->shelved++;
    }
    return true;
}

/* Whether the other has an earlier key in common, and was compared under that. */
static bool met_before(const struct stranger *s, size_t upto, const struct stranger *other)
{
    for (size_t i = 0; i < upto; i++)
        for (size_t k = 0; k < other->keys.kept; k++)
            if (s->keys.want[i] == other->keys.keep[k]) return true;
    return false;
}

static har_status compare_with_batch(struct who *who, struct batch *b,
                                     const struct stranger *s, struct finding *found,
                                     struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; i < s->keys.wanted; i++) {
        int32_t at = b->bucket[bucket_of(b, s->keys.want[i])];
        for (; at != NOBODY && status == HAR_OK; at = b->shelf[at].next) {
            const struct stranger *other = &b->stranger[b->shelf[at].stranger];
            if (b->shelf[at].key != s->keys.want[i] || met_before(s, i, other)) continue;
            struct kept_person kept = as_kept(other);
            status = compare(who, b, s, &kept, found, err);
        }
    }
    return status;
}

/* --- keeping ------------------------------------------------------------------------ */

static void bind_birth(struct har_query *q, const struct har_person *p)
{
    har_bind_time(q, p->born_day == HAR_NO_DAY ? HAR_NO_TIME : p->born_day);
    har_bind_choice(q, p->born_year ? p->born_year : -1);
    har_bind_choice(q, p->sex);
    har_bind_text(q, p->id ? p->maker : NULL);
    har_bind_text(q, p->id);
}

static har_status judge(struct who *who, struct batch *b, int32_t at, struct likes *likes,
                        struct har_error *err)
{
    struct stranger *s = &b->stranger[at];
    struct finding found = {.sex = HAR_UNTOLD};
    size_t doubts = b->doubts;
    har_status status = HAR_OK;
    while (likes->has && likes->n == at && status == HAR_OK) {
        status = compare(who, b, s, &likes->kept, &found, err);
        if (status == HAR_OK) status = next_like(who, likes, err);
    }
    if (status == HAR_OK) status = compare_with_batch(who, b, s, &found, err);
    if (status) return status;
    if (!found.person || found.several) return HAR_OK;
    b->doubts = doubts;
    s->person = (int32_t)found.person;
    s->tells_more = !found.certain;
    s->tells_sex = found.sex == HAR_UNTOLD && s->sex != HAR_UNTOLD;
    if (s->sex == HAR_UNTOLD) s->sex = found.sex;
    return HAR_OK;
}

static har_status keep_people(struct who *who, const struct batch *b, struct har_error *err)
{
    har_status status = HAR_OK;
    struct har_query q = har_pour(who->db, &har_annals_people_into);
    for (size_t i = 0; i < b->count && status == HAR_OK; i++) {
        const struct stranger *s = &b->stranger[i];
        if (!s->fresh) continue;
        har_bind_int(&q, s->person);
        har_bind_text(&q, s->told.name);
        har_bind_text(&q, s->told.nation);
        bind_birth(&q, &s->told);
        har_bind_int(&q, s->person);
        status = har_pour_row(&q, err);
    }
    har_status ended = har_pour_end(&q, status ? NULL : err);
    return status ? status : ended;
}

struct kept_key {
    int64_t key; /* as the database orders it */
    int32_t person;
};

static int in_key_order(const void *a, const void *b)
{
    const struct kept_key *of_a = a, *of_b = b;
    return (of_a->key > of_b->key) - (of_a->key < of_b->key);
}

/* Keys are hashes, and an index of them is touched everywhere by each batch: in their order
 * every page of it once. */
static har_status keep_keys(struct who *who, const struct batch *b, struct har_error *err)
{
    har_status status = HAR_OK;
    struct kept_key *all = HAR_ROOM(&who->desk, struct kept_key, b->shelved);
    if (!all) return who_full(err);
    for (size_t i = 0; i < b->shelved; i++)
        all[i] = (struct kept_key){(int64_t)b->shelf[i].key,
                                   b->stranger[b->shelf[i].stranger].person};
    if (b->shelved) qsort(all, b->shelved, sizeof *all, in_key_order);
    struct har_query q = har_pour(who->db, &har_annals_keys_into);
    for (size_t i = 0; i < b->shelved && status == HAR_OK; i++) {
        har_bind_int(&q, all[i].key);
        har_bind_int(&q, all[i].person);
        status = har_pour_row(&q, err);
        remember_key(who, (uint64_t)all[i].key);
    }
    har_status ended = har_pour_end(&q, status ? NULL : err);
    return status ? status : ended;
}

static har_status keep_doubts(struct who *who, const struct batch *b, struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; i < b->doubts && status == HAR_OK; i++) {
        const struct doubt *d = &b->doubt[i];
        int64_t added = 0;
        struct har_query q = annals_ask(who->db, DOUBT_ADD);
        har_bind_int(&q, d->a < d->b ? d->a : d->b);
        har_bind_int(&q, d->a < d->b ? d->b : d->a);
        har_bind_text(&q, d->why);
        har_bind_int(&q, 0);
        status = har_answer_changes(&q, &added, err);
        who->doubts += (uint64_t)added;
    }
    return status;
}

/* What is told of somebody who is in: blanks are filled, and the name in another spelling
 * finds them from now on. */
static har_status tell_more(struct who *who, const struct stranger *s,
                            struct har_error *err)
{
    struct har_query q = annals_ask(who->db, PERSON_TELL);
    har_bind_text(&q, s->told.nation);
    bind_birth(&q, &s->told);
    har_bind_int(&q, s->person);
    har_status status = har_answer_all(&q, err);
    for (size_t i = 0; i < s->keys.kept && status == HAR_OK; i++) {
        q = annals_ask(who->db, PERSON_KEY_ADD);
        har_bind_int(&q, (int64_t)s->keys.keep[i]);
        har_bind_int(&q, s->person);
        status = har_answer_all(&q, err);
        remember_key(who, s->keys.keep[i]);
    }
    if (status || !s->tells_sex) return status;
    q = annals_ask(who->db, MARKS_SEXED);
    har_bind_int(&q, s->told.sex);
    har_bind_int(&q, s->person);
    return har_answer_all(&q, err);
}

/* --- a batch ------------------------------------------------------------------------ */

static har_status judge_all(struct who *who, struct batch *b, struct har_error *err)
{
    struct likes likes;
    int64_t last = who->last;
    har_status status = begin_likes(who, b, &likes, err);
    for (size_t i = 0; i < b->count && status == HAR_OK; i++) {
        struct stranger *s = &b->stranger[i];
        if (!s->keys.kept) continue;
        size_t doubts = b->doubts;
        status = judge(who, b, (int32_t)i, &likes, err);
        if (status || s->person) continue;
        if (last >= INT32_MAX)
            status = har_fail(err, HAR_OUT_OF_RANGE, 0, "no more athletes can be kept");
        s->person = (int32_t)++last;
        s->fresh = true;
        who->fresh++;
        for (size_t d = doubts; d < b->doubts; d++) b->doubt[d].b = s->person;
        if (status == HAR_OK && !shelve(who, b, (int32_t)i)) status = who_full(err);
    }
    if (likes.asked) har_drop(&likes.q);
    if (status == HAR_OK && last > who->last) {
        who->last = last;
        status = keep_people(who, b, err);
        if (status == HAR_OK) status = keep_keys(who, b, err);
    }
    if (status == HAR_OK) status = keep_doubts(who, b, err);
    for (size_t i = 0; i < b->count && status == HAR_OK; i++)
        if (b->stranger[i].tells_more || b->stranger[i].tells_sex)
            status = tell_more(who, &b->stranger[i], err);
    return status;
}

static bool make_batch(struct who *who, struct batch *b, size_t count)
{
    b->next = HAR_ROOM(&who->desk, int32_t, count);
    b->of_row = HAR_ROOM(&who->desk, int32_t, count);
    return b->next && b->of_row;
}

static bool make_buckets(struct who *who, struct batch *b)
{
    for (b->buckets = 16; b->buckets < MOST_KEYS * b->count;) b->buckets *= 2;
    b->bucket = HAR_ROOM(&who->desk, int32_t, b->buckets);
    for (size_t i = 0; b->bucket && i < b->buckets; i++) b->bucket[i] = NOBODY;
    return b->bucket != NULL;
}

har_status annals_who_are(struct who *who, const struct har_result *row, size_t count,
                          const char *maker, struct whom *out, struct har_error *err)
{
    struct batch b = {.row = row};
    har_status status = make_batch(who, &b, count) ? HAR_OK : who_full(err);
    if (status == HAR_OK) status = make_room(who, count, err);
    for (size_t i = 0; i < count && status == HAR_OK; i++)
        status = look_at(who, &b, (int32_t)i, maker, &out[i], err);
    if (status == HAR_OK && b.count)
        status = make_buckets(who, &b) ? judge_all(who, &b, err) : who_full(err);
    for (size_t i = 0; i < b.count && status == HAR_OK; i++) {
        struct said *place = said_at(who->said, who->slots, b.stranger[i].hash);
        place->hash = b.stranger[i].hash;
        place->person = b.stranger[i].person;
        place->sex = b.stranger[i].sex;
    }
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        if (b.of_row[i] == NOBODY) continue;
        const struct stranger *s = &b.stranger[b.of_row[i]];
        out[i] = (struct whom){s->person, s->sex};
    }
    har_arena_reset(&who->desk);
    return status;
}
