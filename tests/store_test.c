/* SPDX-License-Identifier: MIT */
/* The store through its door, and, where damage must be done to it, through a connection of
 * the test's own. The waits for a lock run beside the other tests. */

#include "harrier/journal.h"

#include <fcntl.h>
#include <ftw.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#define HOUR_MS INT64_C(3600000)
#define NOON_MS (INT64_C(20000) * 24 * HOUR_MS + 12 * HOUR_MS) /* 2024-10-04 */

static char folder[256];
static struct har_arena arena;

/* --- making things ------------------------------------------------------------ */

static const char *in_folder(const char *name)
{
    static char paths[4][512];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at)
{
    (void)st;
    (void)flag;
    (void)at;
    return remove(path);
}

static uint64_t random_state = 88172645463325252u;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state >> 11;
}

static struct har_bytes noise(struct har_arena *where, size_t size)
{
    uint8_t *out = HAR_NEW(where, uint8_t, size);
    for (size_t i = 0; out && i < size; i++) out[i] = (uint8_t)next_random();
    return (struct har_bytes){out, out ? size : 0};
}

static struct har_store *open_store(const char *name, enum har_store_mode mode)
{
    struct har_store *store;
    struct har_error err = {0};
    har_status status = har_store_open(in_folder(name), mode, &store, &err);
    if (status != HAR_OK) print_error("%s: %s\n", name, err.message);
    assert_int_equal(status, HAR_OK);
    return store;
}

/* No assertions: children use it too. */
static har_status add_original(struct har_store *store, struct har_bytes bytes,
                               const char *path, int64_t *id, struct har_error *err)
{
    struct har_arena scratch = {0};
    struct har_original o = {.size = bytes.size, .format = "FIT", .path = path};
    har_hash(bytes, o.hash);
    har_status status = har_pack(bytes, &scratch, &o.packed, err);
    if (status == HAR_OK) status = har_store_add_original(store, &o, id, err);
    har_arena_free(&scratch);
    return status;
}

static struct har_summary make_summary(int64_t start_ms)
{
    struct har_summary s = {.start_ms = start_ms,
                            .utc_offset_s = -7200,
                            .offset_source = HAR_OFFSET_DEVICE,
                            .sport = HAR_SPORT_RUNNING,
                            .sub_sport = HAR_SUB_SPORT_TRAIL,
                            .setting = HAR_SETTING_TRACK,
                            .elapsed_s = 3600.125,
                            .timer_s = 3500.5,
                            .moving_s = 3400.1,
                            .distance_m = 12345.6789,
                            .distance_source = HAR_DISTANCE_GROUND,
                            .device_distance_m = 12340,
                            .ascent_m = 0.1,
                            .descent_m = 1e-300,
                            .device_ascent_m = (double)NAN,
                            .altitude_m = -12.5,
                            .altitude_max_m = 8848.86,
                            .heart_bpm = 150.25,
                            .heart_max_bpm = 188,
                            .cadence_spm = 171.5,
                            .power_w = (double)NAN,
                            .lat_deg = -33.8688197,
                            .lon_deg = 151.2092955,
                            .dropped_times = 4000000000u,
                            .dropped_positions = 2,
                            .dropped_beats = 3,
                            .gaps = 4};
    s.heart_s[60] = 0.1f;
    s.heart_s[150] = 1234.5f;
    s.heart_s[199] = 3.0f;
    return s;
}

static const struct har_best distances[] = {{400, 80.5, 10, 100},
                                            {1000, 222.25, 0, (double)NAN}};
static const struct har_best durations[] = {{250, 60, 5, 6}};
#define FLAT_MPS 3.25
static const struct har_bests some_bests = {2, 1, distances, durations};

/* An original, an activity told by it, and what is derived; no assertions. */
static const struct har_steady some_steady = {2400.5, 3.123456789, 141.75, -0.012345};

static har_status derive(struct har_store *store, int64_t activity, int algorithm,
                         const struct har_summary *summary, const struct har_paces *paces,
                         const struct har_bests *bests, struct har_error *err)
{
    const struct har_derived derived = {summary, bests, FLAT_MPS, &some_steady, paces};
    return har_store_derive(store, activity, algorithm, &derived, err);
}

static har_status add_run(struct har_store *store, const char *path, struct har_bytes bytes,
                          int64_t start_ms, int64_t *activity, struct har_error *err)
{
    struct har_source source = {.sport = HAR_SPORT_RUNNING,
                                .serial = 4242,
                                .created_ms = start_ms,
                                .start_ms = start_ms,
                                .end_ms = start_ms + HOUR_MS,
                                .distance_m = 12345.6789,
                                .richness = 1};
    struct har_summary summary = make_summary(start_ms);
    int64_t athlete;
    har_status status = har_store_athlete(store, NULL, true, &athlete, err);
    if (status == HAR_OK) status = add_original(store, bytes, path, &source.original, err);
    if (status == HAR_OK) status = har_store_add_activity(store, athlete, &source, err);
    if (status == HAR_OK)
        status = derive(store, source.activity, 1, &summary, NULL, &some_bests, err);
    if (activity) *activity = source.activity;
    return status;
}

static void must_add_run(struct har_store *store, const char *path, int64_t start_ms,
                         int64_t *activity)
{
    assert_int_equal(add_run(store, path, noise(&arena, 500), start_ms, activity, NULL),
                     HAR_OK);
}

/* Damage by a connection of the test's own. */
static void run_sql(const char *name, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(in_folder(name), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void assert_sound(struct har_store *store, struct har_store_health *health)
{
    struct har_error err = {0};
    assert_int_equal(har_store_verify(store, &arena, health, &err), HAR_OK);
    if (health->problem_count) print_error("%s\n", health->problems[0].message);
    assert_int_equal(health->problem_count, 0);
}

/* --- waits for a lock, beside the other tests --------------------------------- */

struct wait {
    char path[512];
    char from[512];
    har_status status;
    struct har_error err;
    double took_s;
    pthread_t thread;
    struct har_store *holder;
};
static struct wait second_writer, restorer;

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void *begin_beside_another(void *arg)
{
    struct wait *w = arg;
    struct har_store *store;
    double start = now_s();
    w->status = har_store_open(w->path, HAR_STORE_WRITE, &store, &w->err);
    if (w->status == HAR_OK) w->status = har_store_begin(store, &w->err);
    har_store_close(store);
    w->took_s = now_s() - start;
    return NULL;
}

static void *restore_beside_another(void *arg)
{
    struct wait *w = arg;
    struct har_arena own = {0};
    const char *kept;
    w->status = har_store_restore(w->from, w->path, &own, &kept, &w->err);
    har_arena_free(&own);
    return NULL;
}

static int start(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/harrier-store-XXXXXX", base ? base : "/tmp");
    if (!mkdtemp(folder) || chmod(folder, 0755) != 0) return -1;
    snprintf(second_writer.path, sizeof second_writer.path, "%s", in_folder("lock.db"));
    snprintf(restorer.path, sizeof restorer.path, "%s", in_folder("used.db"));
    snprintf(restorer.from, sizeof restorer.from, "%s", in_folder("used-backup.db"));
    second_writer.holder = open_store("lock.db", HAR_STORE_WRITE);
    restorer.holder = open_store("used.db", HAR_STORE_WRITE);
    if (har_store_backup(restorer.holder, restorer.from, NULL) != HAR_OK ||
        har_store_begin(second_writer.holder, NULL) != HAR_OK)
        return -1;
    return pthread_create(&second_writer.thread, NULL, begin_beside_another,
                          &second_writer) ||
           pthread_create(&restorer.thread, NULL, restore_beside_another, &restorer);
}

static int finish(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void a_second_writer_waits_and_is_told(void **state)
{
    (void)state;
    assert_int_equal(pthread_join(second_writer.thread, NULL), 0);
    assert_int_equal(second_writer.status, HAR_BUSY);
    assert_string_equal(second_writer.err.message,
                        "the store is locked by another process");
    assert_true(second_writer.took_s > 1);
    assert_int_equal(har_store_commit(second_writer.holder, NULL), HAR_OK);
    har_store_close(second_writer.holder);
}

static void a_store_in_use_is_not_replaced(void **state)
{
    (void)state;
    struct har_store_health health;
    assert_int_equal(pthread_join(restorer.thread, NULL), 0);
    assert_int_equal(restorer.status, HAR_BUSY);
    assert_sound(restorer.holder, &health);
    har_store_close(restorer.holder);
    assert_int_equal(access(in_folder("used.db.before-restore-1"), F_OK), -1);
}

/* --- hashes and packing ------------------------------------------------------- */

static void assert_hash(struct har_bytes bytes, const char *hex)
{
    uint8_t hash[HAR_HASH_SIZE];
    char text[2 * HAR_HASH_SIZE + 1];
    har_hash(bytes, hash);
    for (size_t i = 0; i < HAR_HASH_SIZE; i++) snprintf(text + 2 * i, 3, "%02x", hash[i]);
    assert_string_equal(text, hex);
}

/* "abc" is RFC 7693's message; all are what `b2sum -l 256` says. */
static void the_published_hashes_come_out(void **state)
{
    (void)state;
    static uint8_t million[1000000];
    memset(million, 'a', sizeof million);
    assert_hash(har_bytes_of(""),
                "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    assert_hash(har_bytes_of("abc"),
                "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_hash((struct har_bytes){million, sizeof million},
                "0741850f36cba4259628355d1073e24ddb9ca0e1bfac36fd39ae5dc2101e23a4");
}

static void originals_come_back_byte_for_byte(void **state)
{
    (void)state;
    struct har_store *store = open_store("originals.db", HAR_STORE_WRITE);
    const size_t sizes[] = {0, 1, 1000, 3000000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct har_bytes bytes = noise(&arena, sizes[i]), back;
        uint8_t hash[HAR_HASH_SIZE];
        int64_t id, again;
        har_hash(bytes, hash);
        assert_int_equal(har_store_find_original(store, hash, &id, NULL), HAR_NOT_FOUND);
        assert_int_equal(add_original(store, bytes, "a.fit", &id, NULL), HAR_OK);
        assert_int_equal(har_store_find_original(store, hash, &again, NULL), HAR_OK);
        assert_int_equal(id, again);
        assert_int_equal(add_original(store, bytes, "b.fit", &again, NULL), HAR_OK);
        assert_int_equal(id, again); /* the same bytes are one original */
        assert_int_equal(har_store_original(store, id, &arena, &back, NULL), HAR_OK);
        assert_int_equal(back.size, bytes.size);
        if (back.size) assert_memory_equal(back.data, bytes.data, bytes.size);
    }
    struct har_bytes none;
    assert_int_equal(har_store_original(store, 999, &arena, &none, NULL), HAR_NOT_FOUND);
    har_store_close(store);
}

/* --- opening ------------------------------------------------------------------ */

static void write_text(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void assert_refused(const char *name, enum har_store_mode mode, har_status status,
                           const char *message)
{
    struct har_store *store;
    struct har_error err = {0};
    assert_int_equal(har_store_open(in_folder(name), mode, &store, &err), status);
    assert_null(store);
    assert_int_equal(err.status, status);
    assert_string_equal(err.message, message);
}

static void reading_never_makes_a_store_and_writing_makes_its_folder(void **state)
{
    (void)state;
    assert_refused("no/such/h.db", HAR_STORE_READ, HAR_NOT_FOUND, "there is no store yet");
    assert_int_equal(access(in_folder("no"), F_OK), -1);
    har_store_close(open_store("no/such/h.db", HAR_STORE_WRITE));
    har_store_close(open_store("no/such/h.db", HAR_STORE_READ));
    struct har_store *store = open_store("no/such/h.db", HAR_STORE_READ);
    struct har_error err = {0};
    assert_int_equal(har_store_begin(store, &err), HAR_FAILED);
    assert_string_equal(err.message, "the store may only be read");
    har_store_close(store);
}

static void what_is_no_store_is_refused_and_left_alone(void **state)
{
    (void)state;
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    write_text("text.db", text);
    write_text("empty.db", "");
    run_sql("other.db", "CREATE TABLE t (a); PRAGMA user_version = 3");
    run_sql("newer.db", "PRAGMA application_id = 0x48415252; PRAGMA user_version = 99");
    for (int mode = HAR_STORE_READ; mode <= HAR_STORE_WRITE; mode++) {
        assert_refused("text.db", (enum har_store_mode)mode, HAR_BAD_INPUT,
                       "the file is not a store of Harrier: it is no database");
        assert_refused("other.db", (enum har_store_mode)mode, HAR_BAD_INPUT,
                       "the file is the database of another program");
        assert_refused("newer.db", (enum har_store_mode)mode, HAR_BUSY,
                       "the store was written by a newer Harrier (schema 99, this one "
                       "knows 9)");
    }
    run_sql("other.db", "PRAGMA journal_mode = DELETE; SELECT a FROM t");
    assert_refused("empty.db", HAR_STORE_READ, HAR_BAD_INPUT,
                   "the file is empty, not a store");
    har_store_close(open_store("empty.db", HAR_STORE_WRITE)); /* nothing was in it */
    har_store_close(open_store("empty.db", HAR_STORE_READ));
}

static void a_store_that_cannot_be_written_is_read_and_says_so(void **state)
{
    (void)state;
    bool was_root = geteuid() == 0;
    struct har_store *store = open_store("r o?%/h.db", HAR_STORE_WRITE), *writer;
    struct har_error err = {0}, created = {0};
    size_t count = 0;
    struct har_entry *entries;
    must_add_run(store, "1.fit", NOON_MS, NULL);
    har_store_close(store);
    assert_int_equal(chmod(in_folder("r o?%/h.db"), 0444), 0);
    assert_int_equal(chmod(in_folder("r o?%"), 0555), 0);
    if (was_root) assert_int_equal(seteuid(65534), 0);
    har_status written =
        har_store_open(in_folder("r o?%/h.db"), HAR_STORE_WRITE, &writer, &err);
    har_status made =
        har_store_open(in_folder("r o?%/n.db"), HAR_STORE_WRITE, &writer, &created);
    har_status read = har_store_open(in_folder("r o?%/h.db"), HAR_STORE_READ, &store, NULL);
    if (read == HAR_OK)
        read = har_store_entries(store, &HAR_STORE_ALL, &arena, &entries, &count, NULL);
    har_store_close(store);
    if (was_root) assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(in_folder("r o?%"), 0755), 0);
    assert_int_equal(written, HAR_FAILED);
    assert_int_equal(made, HAR_FAILED);
    assert_int_equal(read, HAR_OK);
    assert_int_equal(count, 1);
    assert_non_null(strstr(created.message, "the store cannot be opened"));
}

/* --- athletes and sources ----------------------------------------------------- */

static void athletes_are_found_by_name(void **state)
{
    (void)state;
    struct har_store *store = open_store("athletes.db", HAR_STORE_WRITE);
    int64_t nameless, ada, again;
    const char **names;
    size_t count;
    assert_int_equal(har_store_athlete(store, "Ada", false, &ada, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_store_athlete(store, "Ada", true, &ada, NULL), HAR_OK);
    assert_int_equal(har_store_athlete(store, "Ada", true, &again, NULL), HAR_OK);
    assert_int_equal(ada, again);
    assert_int_equal(har_store_athlete(store, NULL, false, &nameless, NULL), HAR_OK);
    assert_int_not_equal(ada, nameless);
    assert_int_equal(har_store_athletes(store, &arena, &names, &count, NULL), HAR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "Ada");
    must_add_run(store, "1.fit", NOON_MS, NULL);
    assert_int_equal(har_store_athletes(store, &arena, &names, &count, NULL), HAR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "");
    har_store_close(store);
}

static size_t like(struct har_store *store, int64_t athlete, struct har_source s)
{
    struct har_source *sources;
    size_t count;
    assert_int_equal(
        har_store_sources_like(store, athlete, &s, &arena, &sources, &count, NULL), HAR_OK);
    if (count) {
        assert_string_equal(sources[0].path, "zip!1.fit");
        assert_int_equal(sources[0].serial, UINT64_MAX);
        assert_int_equal(sources[0].created_ms, NOON_MS - 5);
    }
    return count;
}

static void sources_are_alike_by_device_or_by_time(void **state)
{
    (void)state;
    struct har_store *store = open_store("like.db", HAR_STORE_WRITE);
    int64_t me, other;
    struct har_source s = {.part = 1,
                           .serial = UINT64_MAX,
                           .created_ms = NOON_MS - 5,
                           .start_ms = NOON_MS,
                           .end_ms = NOON_MS + 30 * HOUR_MS,
                           .distance_m = (double)NAN,
                           .richness = 2};
    assert_int_equal(har_store_athlete(store, NULL, true, &me, NULL), HAR_OK);
    assert_int_equal(har_store_athlete(store, "Ada", true, &other, NULL), HAR_OK);
    assert_int_equal(add_original(store, har_bytes_of("1"), "zip!1.fit", &s.original, NULL),
                     HAR_OK);
    assert_int_equal(har_store_add_activity(store, me, &s, NULL), HAR_OK);

    const struct har_source nothing = {
        .created_ms = HAR_NO_TIME, .start_ms = HAR_NO_TIME, .end_ms = HAR_NO_TIME};
    struct har_source q = nothing;
    assert_int_equal(like(store, me, q), 0); /* what is unknown is like nothing */
    q.serial = UINT64_MAX, q.created_ms = NOON_MS - 5, q.part = 1;
    assert_int_equal(like(store, me, q), 1);
    assert_int_equal(like(store, other, q), 0);
    q.part = 2;
    assert_int_equal(like(store, me, q), 0);
    q = nothing, q.start_ms = NOON_MS + 29 * HOUR_MS, q.end_ms = NOON_MS + 31 * HOUR_MS;
    assert_int_equal(like(store, me, q), 1);
    assert_int_equal(like(store, other, q), 0);
    q.start_ms = NOON_MS + 30 * HOUR_MS + 1;
    assert_int_equal(like(store, me, q), 0);
    q.start_ms = NOON_MS - HOUR_MS, q.end_ms = NOON_MS - 1;
    assert_int_equal(like(store, me, q), 0);
    q.end_ms = NOON_MS;
    assert_int_equal(like(store, me, q), 1);
    q.end_ms = HAR_NO_TIME, q.start_ms = NOON_MS + 1;
    assert_int_equal(like(store, me, q), 1);
    har_store_close(store);
}

static void the_richest_source_is_the_primary_one(void **state)
{
    (void)state;
    struct har_store *store = open_store("rich.db", HAR_STORE_WRITE);
    int64_t activity, *stale;
    struct har_source more = {
        .created_ms = HAR_NO_TIME, .start_ms = NOON_MS, .richness = 1};
    struct har_source *sources;
    size_t count;
    bool became;
    must_add_run(store, "1.fit", NOON_MS, &activity);
    assert_int_equal(add_original(store, har_bytes_of("2"), "2.gpx", &more.original, NULL),
                     HAR_OK);
    assert_int_equal(har_store_add_source(store, activity, &more, &became, NULL), HAR_OK);
    assert_false(became); /* not richer */
    assert_int_equal(har_store_stale(store, 1, &arena, &stale, &count, NULL), HAR_OK);
    assert_int_equal(count, 0);
    more.richness = 1.5, more.part = 3;
    assert_int_equal(har_store_add_source(store, activity, &more, &became, NULL), HAR_OK);
    assert_true(became);
    assert_int_equal(har_store_sources_of(store, activity, &arena, &sources, &count, NULL),
                     HAR_OK);
    assert_int_equal(count, 3);
    assert_int_equal(sources[0].id, more.id);
    assert_int_equal(sources[0].part, 3);
    assert_string_equal(sources[0].path, "2.gpx");
    assert_string_equal(sources[1].path, "1.fit");
    assert_true(isnan(sources[0].distance_m) == 0 && sources[1].distance_m == 12345.6789);
    /* What was derived from the poorer one must be made again, and still lists until then.
     */
    assert_int_equal(har_store_stale(store, 1, &arena, &stale, &count, NULL), HAR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(stale[0], activity);
    assert_int_equal(har_store_add_source(store, 77, &more, &became, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_store_sources_of(store, 77, &arena, &sources, &count, NULL),
                     HAR_NOT_FOUND);
    har_store_close(store);
}

/* --- derived rows ------------------------------------------------------------- */

static void assert_same(double a, double b)
{
    assert_true(a == b || (isnan(a) && isnan(b)));
}

static void assert_same_summary(const struct har_summary *a, const struct har_summary *b)
{
    static const size_t reals[] = {
#define AT(member) offsetof(struct har_summary, member)
        AT(elapsed_s),         AT(timer_s),        AT(moving_s),  AT(distance_m),
        AT(device_distance_m), AT(ascent_m),       AT(descent_m), AT(device_ascent_m),
        AT(altitude_m),        AT(altitude_max_m), AT(heart_bpm), AT(heart_max_bpm),
        AT(cadence_spm),       AT(power_w),        AT(lat_deg),   AT(lon_deg),
#undef AT
    };
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        assert_same(*(const double *)(const void *)((const char *)a + reals[i]),
                    *(const double *)(const void *)((const char *)b + reals[i]));
    assert_int_equal(a->start_ms, b->start_ms);
    assert_int_equal(a->utc_offset_s, b->utc_offset_s);
    assert_int_equal(a->offset_source, b->offset_source);
    assert_int_equal(a->sport, b->sport);
    assert_int_equal(a->sub_sport, b->sub_sport);
    assert_int_equal(a->setting, b->setting);
    assert_int_equal(a->distance_source, b->distance_source);
    assert_int_equal(a->dropped_times, b->dropped_times);
    assert_int_equal(a->dropped_positions, b->dropped_positions);
    assert_int_equal(a->dropped_beats, b->dropped_beats);
    assert_int_equal(a->gaps, b->gaps);
    assert_memory_equal(a->heart_s, b->heart_s, sizeof a->heart_s);
}

static void a_summary_comes_back_as_it_was(void **state)
{
    (void)state;
    struct har_store *store = open_store("derived.db", HAR_STORE_WRITE);
    struct har_summary summary = make_summary(NOON_MS);
    struct har_entry entry;
    int64_t activity;
    must_add_run(store, "1.fit", NOON_MS, &activity);
    for (int round = 0; round < 4; round++) {
        if (round == 1) memset(summary.heart_s, 0, sizeof summary.heart_s);
        if (round == 2) summary.heart_s[0] = summary.heart_s[HAR_HEART_BINS - 1] = 1e-40f;
        if (round == 3) summary.start_ms = HAR_NO_TIME;
        assert_int_equal(derive(store, activity, round, &summary, NULL, &some_bests, NULL),
                         HAR_OK);
        assert_int_equal(har_store_entry(store, activity, &arena, &entry, NULL), HAR_OK);
        assert_same_summary(&entry.summary, &summary);
        assert_same(entry.flat_speed_mps, FLAT_MPS);
        assert_same(entry.steady.seconds, some_steady.seconds);
        assert_same(entry.steady.flat_mps, some_steady.flat_mps);
        assert_same(entry.steady.heart_bpm, some_steady.heart_bpm);
        assert_same(entry.steady.decoupling, some_steady.decoupling);
        assert_int_equal(entry.id, activity);
        assert_null(entry.name);
        assert_false(entry.race);
        assert_int_equal(entry.best_count, 2);
        for (size_t i = 0; i < 2; i++) {
            assert_same(entry.bests[i].distance_m, distances[i].distance_m);
            assert_same(entry.bests[i].time_s, distances[i].time_s);
            assert_same(entry.bests[i].from_s, distances[i].from_s);
            assert_same(entry.bests[i].from_m, distances[i].from_m);
        }
    }
    const struct har_bests none = {0};
    assert_int_equal(derive(store, activity, 9, &summary, NULL, &none, NULL), HAR_OK);
    assert_int_equal(har_store_entry(store, activity, &arena, &entry, NULL), HAR_OK);
    assert_int_equal(entry.best_count, 0);
    assert_int_equal(har_store_entry(store, 77, &arena, &entry, NULL), HAR_NOT_FOUND);
    assert_int_equal(derive(store, 77, 1, &summary, NULL, &none, NULL), HAR_NOT_FOUND);
    har_store_close(store);
}

/* --- races -------------------------------------------------------------------- */

static struct har_race race_of(int64_t day, const char *event, const char *mark)
{
    struct har_race race = {.result = har_result_untold()};
    race.result.day = day;
    assert_int_equal(har_parse_event(har_bytes_of(event), &race.result.event, NULL),
                     HAR_OK);
    assert_int_equal(har_parse_mark(har_bytes_of(mark), &race.result.mark, NULL), HAR_OK);
    assert_int_equal(har_result_check(&race.result, NULL), HAR_OK);
    return race;
}

static enum har_race_fate add_race(struct har_store *store, int64_t athlete,
                                   struct har_race *race)
{
    enum har_race_fate fate;
    assert_int_equal(har_store_add_race(store, athlete, race, &arena, &fate, NULL), HAR_OK);
    return fate;
}

static size_t races_of(struct har_store *store, int64_t athlete, struct har_race **races)
{
    struct har_store_filter filter = HAR_STORE_ALL;
    size_t count;
    filter.athlete = athlete;
    assert_int_equal(har_store_races(store, &filter, &arena, races, &count, NULL), HAR_OK);
    return count;
}

static void assert_same_text(const char *a, const char *b)
{
    if (!a || !b) assert_true(a == b);
    else assert_string_equal(a, b);
}

static void assert_same_race(const struct har_race *a, const struct har_race *b)
{
    const struct har_result *x = &a->result, *y = &b->result;
    assert_true(a->id == b->id && a->activity == b->activity && a->judged == b->judged);
    assert_true(x->day == y->day && x->eligible == y->eligible && x->place == y->place);
    assert_string_equal(x->event.code, y->event.code);
    assert_true(x->mark.time_ms == y->mark.time_ms && x->mark.decimals == y->mark.decimals);
    assert_true(x->mark.hand == y->mark.hand && x->mark.short_track == y->mark.short_track);
    assert_int_equal(x->official, y->official);
    assert_same_text(x->name, y->name);
    assert_same_text(x->venue, y->venue);
    assert_same_text(x->course, y->course);
    assert_same_text(x->notes, y->notes);
    assert_same(x->drop_m, y->drop_m);
    assert_same(x->separation_pct, y->separation_pct);
    assert_same(x->altitude_m, y->altitude_m);
    assert_same(x->temp_c, y->temp_c);
    assert_same(x->humidity_pct, y->humidity_pct);
    assert_same(x->wbgt_c, y->wbgt_c);
    assert_same(x->wind_mps, y->wind_mps);
}

static void a_race_comes_back_as_it_was(void **state)
{
    (void)state;
    struct har_store *store = open_store("race.db", HAR_STORE_WRITE);
    struct har_race full = race_of(20001, "3000", "7:46.2hi"),
                    bare = race_of(20000, "HM", "61:51");
    struct har_race *kept;
    must_add_run(store, "1.fit", NOON_MS, &full.activity);
    full.judged = true;
    full.result.official = false;
    full.result.eligible = 0;
    full.result.place = 3;
    full.result.name = "L\xc3\xb6p '); --";
    full.result.venue = "Boston";
    full.result.course = "banked";
    full.result.notes = "two\nlines";
    full.result.drop_m = -1.5;
    full.result.separation_pct = 0.1;
    full.result.altitude_m = 6;
    full.result.temp_c = 18.25;
    full.result.humidity_pct = 40;
    full.result.wbgt_c = 14;
    full.result.wind_mps = 1e-300;
    assert_int_equal(add_race(store, 1, &full), HAR_RACE_NEW);
    assert_int_equal(add_race(store, 1, &bare), HAR_RACE_NEW);
    assert_int_equal(races_of(store, 1, &kept), 2);
    assert_same_race(&kept[0], &bare); /* in order of day */
    assert_same_race(&kept[1], &full);
    assert_string_equal(kept[0].result.athlete, "");
    har_store_close(store);
}

/* The same race told again fills blanks, and changes nothing that is known. */
static void a_race_is_kept_once(void **state)
{
    (void)state;
    struct har_store *store = open_store("once.db", HAR_STORE_WRITE);
    struct har_race first = race_of(20000, "10K", "28:43"), again = first, more = first,
                    other = race_of(20000, "10K", "28:44"), *kept;
    int64_t somebody;
    assert_int_equal(har_store_athlete(store, "Jo", true, &somebody, NULL), HAR_OK);
    first.result.venue = "Portland";
    assert_int_equal(add_race(store, 1, &first), HAR_RACE_NEW);
    assert_int_equal(add_race(store, 1, &again), HAR_RACE_KNOWN);
    assert_int_equal(again.id, first.id);
    assert_string_equal(again.result.venue, "Portland");
    more.result.venue = "Seattle";
    more.result.place = 2;
    more.result.eligible = 0;
    assert_int_equal(add_race(store, 1, &more), HAR_RACE_FILLED);
    assert_int_equal(races_of(store, 1, &kept), 1);
    assert_string_equal(kept->result.venue, "Portland");
    assert_true(kept->result.place == 2 && kept->result.eligible == 0);
    assert_int_equal(add_race(store, 1, &other), HAR_RACE_NEW);        /* another mark */
    assert_int_equal(add_race(store, somebody, &again), HAR_RACE_NEW); /* another's */
    assert_int_equal(races_of(store, 1, &kept), 2);
    assert_int_equal(races_of(store, somebody, &kept), 1);
    assert_string_equal(kept->result.athlete, "Jo");
    assert_int_equal(races_of(store, 0, &kept), 3);
    har_store_close(store);
}

/* What somebody told takes the place of a verdict; a verdict never of what was told. */
static void a_told_verdict_wins(void **state)
{
    (void)state;
    struct har_store *store = open_store("told.db", HAR_STORE_WRITE);
    struct har_race judged = race_of(20000, "HM", "61:51"), told = judged, again = judged;
    judged.judged = true;
    judged.result.eligible = 0;
    assert_int_equal(add_race(store, 1, &judged), HAR_RACE_NEW);
    told.result.eligible = 1;
    assert_int_equal(add_race(store, 1, &told), HAR_RACE_FILLED);
    assert_true(told.result.eligible == 1 && !told.judged);
    again.judged = true;
    again.result.eligible = 0;
    assert_int_equal(add_race(store, 1, &again), HAR_RACE_KNOWN);
    assert_true(again.result.eligible == 1 && !again.judged);
    har_store_close(store);
}

static void a_race_is_changed_and_removed(void **state)
{
    (void)state;
    struct har_store *store = open_store("change.db", HAR_STORE_WRITE);
    struct har_race race = race_of(20000, "5000", "13:28.66"), *kept;
    add_race(store, 1, &race);
    must_add_run(store, "1.fit", NOON_MS, &race.activity);
    race.result.eligible = 1;
    assert_int_equal(har_store_change_race(store, &race, NULL), HAR_OK);
    assert_int_equal(races_of(store, 1, &kept), 1);
    assert_same_race(kept, &race);
    race.activity = 77;
    assert_int_equal(har_store_change_race(store, &race, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_store_remove_race(store, race.id, NULL), HAR_OK);
    assert_int_equal(har_store_remove_race(store, race.id, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_store_change_race(store, &race, NULL), HAR_NOT_FOUND);
    assert_int_equal(races_of(store, 1, &kept), 0);
    har_store_close(store);
}

static void an_athlete_is_told_about_once(void **state)
{
    (void)state;
    struct har_store *store = open_store("about.db", HAR_STORE_WRITE);
    struct har_athlete about, other = {1, NULL, "Jo DOE", HAR_WOMEN, HAR_NO_DAY};
    int64_t id;
    assert_int_equal(har_store_about(store, 1, &arena, &about, NULL), HAR_OK);
    assert_string_equal(about.name, "");
    assert_true(!about.listed_as && about.sex == HAR_UNTOLD &&
                about.born_day == HAR_NO_DAY);
    assert_int_equal(har_store_tell_about(store, &other, NULL), HAR_OK);
    other = (struct har_athlete){1, NULL, "X", HAR_MEN, 10000};
    assert_int_equal(har_store_tell_about(store, &other, NULL), HAR_OK);
    assert_int_equal(har_store_about(store, 1, &arena, &about, NULL), HAR_OK);
    assert_string_equal(about.listed_as, "Jo DOE");
    assert_true(about.sex == HAR_WOMEN && about.born_day == 10000);
    assert_int_equal(har_store_athlete(store, "Jo DOE", false, &id, NULL), HAR_OK);
    assert_int_equal(id, 1);
    other.id = 77;
    assert_int_equal(har_store_tell_about(store, &other, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_store_about(store, 77, &arena, &about, NULL), HAR_NOT_FOUND);
    har_store_close(store);
}

/* --- older stores ------------------------------------------------------------- */

#define WITHOUT_ZONES "DROP TABLE zone; "
#define WITHOUT_SEASON WITHOUT_ZONES "DROP TABLE season; DROP TABLE season_item; "
#define WITHOUT_SHOES                                                                      \
    WITHOUT_SEASON "DROP TABLE worn; DROP TABLE shoe; DROP INDEX activity_by_athlete; "
#define WITHOUT_ANNALS                                                                     \
    WITHOUT_SHOES                                                                          \
    "DROP TABLE mark; DROP TABLE meeting; DROP TABLE discipline; DROP TABLE person; "      \
    "DROP TABLE person_key; DROP TABLE doubt; DROP TABLE mapping; "
#define WITHOUT_STEADY                                                                     \
    WITHOUT_ANNALS                                                                         \
    "ALTER TABLE derived DROP COLUMN steady_s; "                                           \
    "ALTER TABLE derived DROP COLUMN steady_mps; "                                         \
    "ALTER TABLE derived DROP COLUMN steady_bpm; "                                         \
    "ALTER TABLE derived DROP COLUMN steady_decoupling; "
#define WITHOUT_CAMPS                                                                      \
    WITHOUT_STEADY                                                                         \
    "DROP TABLE camp; DROP TABLE wellness; ALTER TABLE derived DROP COLUMN pace_s; "
#define WITHOUT_RACES                                                                      \
    WITHOUT_CAMPS                                                                          \
    "DROP TABLE race; DROP INDEX athlete_by_list; "                                        \
    "ALTER TABLE athlete DROP COLUMN listed_as; ALTER TABLE athlete DROP COLUMN sex; "     \
    "ALTER TABLE athlete DROP COLUMN born_day; "

/* A store of schema 2 knows no races, and takes them once it is brought up. */
static void a_store_without_races_is_brought_up(void **state)
{
    (void)state;
    struct har_store *store = open_store("two.db", HAR_STORE_WRITE);
    struct har_summary summary = make_summary(NOON_MS);
    struct har_race race = race_of(20000, "5000", "13:28.66"), *kept;
    struct har_entry entry;
    must_add_run(store, "1.fit", NOON_MS, &race.activity);
    har_store_close(store);
    run_sql("two.db", WITHOUT_RACES "PRAGMA user_version = 2");
    assert_refused("two.db", HAR_STORE_READ, HAR_BUSY,
                   "the store was written by an older Harrier: the next import brings it "
                   "up");
    store = open_store("two.db", HAR_STORE_WRITE);
    assert_int_equal(races_of(store, 0, &kept), 0);
    assert_int_equal(add_race(store, 1, &race), HAR_RACE_NEW);
    assert_int_equal(har_store_entry(store, race.activity, &arena, &entry, NULL), HAR_OK);
    assert_same_summary(&entry.summary, &summary);
    har_store_close(store);
}

/* --- older schemas ------------------------------------------------------------------- */

/* A store of schema 3 takes camps and mornings once it is brought up. */
static void a_store_without_camps_is_brought_up(void **state)
{
    (void)state;
    struct har_store *store = open_store("three.db", HAR_STORE_WRITE);
    struct har_race race = race_of(20000, "5000", "13:28.66"), *races;
    struct har_kept_camp *camps;
    struct har_wellness_row morning = {.day = 1, .rest_bpm = 50, .hrv_ms = 50};
    enum har_morning_fate fate;
    size_t count;
    assert_int_equal(add_race(store, 1, &race), HAR_RACE_NEW);
    har_store_close(store);
    run_sql("three.db", WITHOUT_CAMPS "PRAGMA user_version = 3");
    assert_refused("three.db", HAR_STORE_READ, HAR_BUSY,
                   "the store was written by an older Harrier: the next import brings it "
                   "up");
    store = open_store("three.db", HAR_STORE_WRITE);
    assert_int_equal(races_of(store, 0, &races), 1);
    assert_int_equal(har_journal_camps(store, 0, &arena, &camps, &count, NULL), HAR_OK);
    assert_int_equal(count, 0);
    assert_int_equal(har_journal_add_morning(store, 1, &morning, &fate, NULL), HAR_OK);
    assert_int_equal(fate, HAR_MORNING_NEW);
    har_store_close(store);
}

/* A store of schema 4 knows no steady parts until its rows are made again. */
static void a_store_without_steady_parts_is_brought_up(void **state)
{
    (void)state;
    struct har_store *store = open_store("four.db", HAR_STORE_WRITE);
    struct har_summary summary = make_summary(NOON_MS);
    struct har_entry entry;
    int64_t activity;
    must_add_run(store, "1.fit", NOON_MS, &activity);
    har_store_close(store);
    run_sql("four.db", WITHOUT_STEADY "PRAGMA user_version = 4");
    assert_refused("four.db", HAR_STORE_READ, HAR_BUSY,
                   "the store was written by an older Harrier: the next import brings it "
                   "up");
    store = open_store("four.db", HAR_STORE_WRITE);
    assert_int_equal(har_store_entry(store, activity, &arena, &entry, NULL), HAR_OK);
    assert_same_summary(&entry.summary, &summary);
    assert_true(isnan(entry.steady.seconds) && isnan(entry.steady.heart_bpm));
    assert_int_equal(derive(store, activity, 2, &summary, NULL, &some_bests, NULL), HAR_OK);
    assert_int_equal(har_store_entry(store, activity, &arena, &entry, NULL), HAR_OK);
    assert_same(entry.steady.decoupling, some_steady.decoupling);
    har_store_close(store);
}

/* A store of schema 1 keeps its rows; what it could not know is unknown. */
static void an_older_store_is_brought_up(void **state)
{
    (void)state;
    struct har_store *store = open_store("older.db", HAR_STORE_WRITE);
    struct har_summary summary = make_summary(NOON_MS);
    struct har_entry entry;
    int64_t activity;
    must_add_run(store, "1.fit", NOON_MS, &activity);
    har_store_close(store);
    run_sql("older.db", WITHOUT_RACES "ALTER TABLE derived DROP COLUMN flat_speed_mps; "
                                      "PRAGMA user_version = 1");
    assert_refused("older.db", HAR_STORE_READ, HAR_BUSY,
                   "the store was written by an older Harrier: the next import brings it "
                   "up");
    har_store_close(open_store("older.db", HAR_STORE_WRITE));
    store = open_store("older.db", HAR_STORE_READ);
    assert_int_equal(har_store_entry(store, activity, &arena, &entry, NULL), HAR_OK);
    assert_same_summary(&entry.summary, &summary);
    assert_true(isnan(entry.flat_speed_mps));
    har_store_close(store);
}

/* Paces come back bit for bit where they are asked for, and nowhere else. */
static void paces_come_back_as_they_were(void **state)
{
    (void)state;
    struct har_store *store = open_store("paces.db", HAR_STORE_WRITE);
    struct har_summary summary = make_summary(NOON_MS);
    struct har_store_filter filter = HAR_STORE_ALL;
    struct har_paces paces = {{0}};
    struct har_entry *entries;
    int64_t first, second;
    size_t count;
    must_add_run(store, "1.fit", NOON_MS, &first);
    must_add_run(store, "2.fit", NOON_MS + 86400000, &second);
    for (int round = 0; round < 3; round++) {
        if (round == 1) paces.pace_s[0] = paces.pace_s[HAR_PACE_BINS - 1] = 1e-40f;
        if (round == 2) paces.pace_s[300] = 19.75f;
        assert_int_equal(derive(store, second, 1, &summary, &paces, &some_bests, NULL),
                         HAR_OK);
        filter.with_paces = true;
        assert_int_equal(har_store_entries(store, &filter, &arena, &entries, &count, NULL),
                         HAR_OK);
        assert_int_equal(count, 2);
        for (size_t i = 0; i < count; i++) {
            if (entries[i].id == first || round == 0) assert_null(entries[i].paces);
            else assert_memory_equal(entries[i].paces, &paces, sizeof paces);
        }
        filter.with_paces = false;
        assert_int_equal(har_store_entries(store, &filter, &arena, &entries, &count, NULL),
                         HAR_OK);
        for (size_t i = 0; i < count; i++) assert_null(entries[i].paces);
    }
    har_store_close(store);
    run_sql("paces.db", "UPDATE derived SET pace_s = x'9101000000' WHERE pace_s NOT NULL");
    store = open_store("paces.db", HAR_STORE_READ);
    filter.with_paces = true;
    assert_int_equal(har_store_entries(store, &filter, &arena, &entries, &count, NULL),
                     HAR_BAD_INPUT);
    har_store_close(store);
}

static void an_activity_is_described(void **state)
{
    (void)state;
    struct har_store *store = open_store("describe.db", HAR_STORE_WRITE);
    struct har_entry entry;
    int64_t activity;
    must_add_run(store, "1.fit", NOON_MS, &activity);
    assert_int_equal(har_store_describe(store, activity, "L\xc3\xb6pning '); --", 1, NULL),
                     HAR_OK);
    assert_int_equal(har_store_describe(store, activity, NULL, -1, NULL), HAR_OK);
    assert_int_equal(har_store_entry(store, activity, &arena, &entry, NULL), HAR_OK);
    assert_string_equal(entry.name, "L\xc3\xb6pning '); --");
    assert_true(entry.race);
    assert_int_equal(har_store_describe(store, activity, NULL, 0, NULL), HAR_OK);
    assert_int_equal(har_store_entry(store, activity, &arena, &entry, NULL), HAR_OK);
    assert_false(entry.race);
    assert_int_equal(har_store_describe(store, 77, "x", 1, NULL), HAR_NOT_FOUND);
    har_store_close(store);
}

static size_t listed(struct har_store *store, struct har_store_filter filter)
{
    struct har_entry *entries;
    size_t count;
    filter.with_bests = true;
    assert_int_equal(har_store_entries(store, &filter, &arena, &entries, &count, NULL),
                     HAR_OK);
    for (size_t i = 0; i < count; i++) {
        struct har_entry alone;
        assert_int_equal(har_store_entry(store, entries[i].id, &arena, &alone, NULL),
                         HAR_OK);
        assert_same_summary(&entries[i].summary, &alone.summary);
        assert_int_equal(entries[i].best_count, alone.best_count);
        for (size_t b = 0; b < alone.best_count; b++)
            assert_same(entries[i].bests[b].time_s, alone.bests[b].time_s);
        if (i) assert_true(entries[i - 1].summary.start_ms <= entries[i].summary.start_ms);
    }
    return count;
}

static void entries_are_filtered_and_in_order_of_time(void **state)
{
    (void)state;
    enum { RUNS = 40 };
    struct har_store *store = open_store("entries.db", HAR_STORE_WRITE);
    const int64_t day = har_local_day(NOON_MS, 0);
    const struct har_bests none = {0};
    int64_t activity;
    assert_int_equal(listed(store, HAR_STORE_ALL), 0);
    assert_int_equal(har_store_begin(store, NULL), HAR_OK);
    for (int64_t i = 0; i < RUNS; i++) {
        int64_t turned = i * 7 % RUNS; /* not in order of time */
        int64_t start_ms = NOON_MS + turned * 24 * HOUR_MS;
        struct har_summary summary = make_summary(start_ms);
        summary.sport = turned % 4 ? HAR_SPORT_RUNNING : HAR_SPORT_CYCLING;
        must_add_run(store, "x.fit", start_ms, &activity);
        assert_int_equal(derive(store, activity, 1, &summary, NULL,
                                turned % 3 ? &some_bests : &none, NULL),
                         HAR_OK);
        assert_int_equal(har_store_describe(store, activity, NULL, turned % 10 == 0, NULL),
                         HAR_OK);
    }
    assert_int_equal(har_store_commit(store, NULL), HAR_OK);
    struct har_store_filter f = HAR_STORE_ALL;
    assert_int_equal(listed(store, f), RUNS);
    f.since_day = day + 10, f.until_day = day + 19;
    assert_int_equal(listed(store, f), 10);
    f.sport = HAR_SPORT_CYCLING;
    assert_int_equal(listed(store, f), 2);
    f = HAR_STORE_ALL, f.race = 1;
    assert_int_equal(listed(store, f), 4);
    f = HAR_STORE_ALL, f.athlete = 1;
    assert_int_equal(listed(store, f), RUNS);
    f.athlete = 2;
    assert_int_equal(listed(store, f), 0);
    /* The local day counts: noon less thirteen hours is the day before. */
    struct har_summary summary = make_summary(NOON_MS);
    summary.utc_offset_s = -13 * 3600;
    assert_int_equal(derive(store, activity, 1, &summary, NULL, &none, NULL), HAR_OK);
    f = HAR_STORE_ALL, f.until_day = day - 1;
    assert_int_equal(listed(store, f), 1);
    /* Without a start there is no day to be bounded by. */
    summary.start_ms = HAR_NO_TIME;
    assert_int_equal(derive(store, activity, 1, &summary, NULL, &none, NULL), HAR_OK);
    assert_int_equal(listed(store, f), 1);
    f.since_day = day - 100;
    assert_int_equal(listed(store, f), 0);
    har_store_close(store);
}

/* As if it had been written to at another moment, and not just now: then what is read may
 * be kept. */
static void let_settle(const char *name)
{
    static time_t moment = 1700000000;
    moment++;
    const struct timespec past[2] = {{.tv_sec = moment}, {.tv_sec = moment}};
    assert_int_equal(utimensat(AT_FDCWD, in_folder(name), past, 0), 0);
}

static struct har_store *open_shared(const char *name, struct har_shelf *shelf)
{
    struct har_store *store = open_store(name, HAR_STORE_READ);
    har_store_share(store, in_folder(name), shelf);
    return store;
}

static void assert_same_entries(struct har_store *plain, struct har_store *shared,
                                const struct har_store_filter *filter, size_t least)
{
    struct har_entry *a, *b;
    size_t count, other;
    assert_int_equal(har_store_entries(plain, filter, &arena, &a, &count, NULL), HAR_OK);
    assert_int_equal(har_store_entries(shared, filter, &arena, &b, &other, NULL), HAR_OK);
    assert_int_equal(count, other);
    assert_true(count >= least);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(a[i].id, b[i].id);
        assert_int_equal(a[i].race, b[i].race);
        assert_same_summary(&a[i].summary, &b[i].summary);
        assert_int_equal(a[i].best_count, b[i].best_count);
        for (size_t n = 0; n < a[i].best_count; n++)
            assert_same(a[i].bests[n].time_s, b[i].bests[n].time_s);
        assert_int_equal(a[i].name == NULL, b[i].name == NULL);
        if (a[i].name) assert_string_equal(a[i].name, b[i].name);
        assert_int_equal(a[i].paces == NULL, b[i].paces == NULL);
        if (a[i].paces) assert_memory_equal(a[i].paces, b[i].paces, sizeof *a[i].paces);
        b[i].summary.distance_m = 1; /* a copy: nobody else sees it */
    }
}

/* Two roads to one number: through a shelf, large or too small, and from the database. */
static void a_shelf_answers_as_the_store_does(void **state)
{
    (void)state;
    enum { RUNS = 30 };
    static const char name[] = "shelf.db";
    const int64_t day = har_local_day(NOON_MS, 0);
    const struct har_paces paces = {{[7] = 1.5f}};
    struct har_store *store = open_store(name, HAR_STORE_WRITE);
    int64_t activity;
    for (int64_t i = 0; i < RUNS; i++) {
        struct har_summary summary =
            make_summary(i ? NOON_MS + i * 24 * HOUR_MS : HAR_NO_TIME);
        summary.sport = i % 4 ? HAR_SPORT_RUNNING : HAR_SPORT_CYCLING;
        must_add_run(store, "x.fit", NOON_MS + i * 24 * HOUR_MS, &activity);
        assert_int_equal(
            derive(store, activity, 1, &summary, i % 3 ? &paces : NULL, &some_bests, NULL),
            HAR_OK);
        assert_int_equal(
            har_store_describe(store, activity, i % 5 ? NULL : "a name", i % 7 == 0, NULL),
            HAR_OK);
    }
    har_store_close(store);
    const struct har_store_filter filters[] = {
        {0, day + 9, day + 12, -1, 0, true, false}, /* before anything is kept */
        {1, INT64_MIN, INT64_MAX, -1, 0, false, false},
        {1, INT64_MIN, INT64_MAX, -1, 0, true, true},
        {1, INT64_MIN, day + 9, -1, 0, true, false},
        {1, day + 5, day + 20, HAR_SPORT_CYCLING, 0, false, true},
        {1, INT64_MIN, INT64_MAX, -1, 1, true, true},
        {0, INT64_MIN, INT64_MAX, -1, 0, true, true},
    };
    for (size_t room = 1; room <= 1 << 20; room <<= 20) {
        struct har_shelf *shelf = har_shelf_open(room);
        let_settle(name);
        struct har_store *shared = open_shared(name, shelf);
        store = open_store(name, HAR_STORE_READ);
        for (int round = 0; round < 2; round++)
            for (size_t f = 0; f < sizeof filters / sizeof filters[0]; f++)
                assert_same_entries(store, shared, &filters[f], 3);
        har_store_close(shared);
        har_store_close(store);
        /* What was changed meanwhile is seen by who opens it from then on. */
        store = open_store(name, HAR_STORE_WRITE);
        assert_int_equal(har_store_describe(store, activity, room > 1 ? "b" : "c", 0, NULL),
                         HAR_OK);
        har_store_close(store);
        for (int settled = 0; settled < 2; settled++) {
            if (settled) let_settle(name);
            shared = open_shared(name, shelf);
            store = open_store(name, HAR_STORE_READ);
            assert_same_entries(store, shared, &filters[2], RUNS);
            har_store_close(shared);
            har_store_close(store);
        }
        har_shelf_close(shelf);
    }
}

static void any_memory_limit_ends_in_no_memory(void **state)
{
    (void)state;
    struct har_store *store = open_store("memory.db", HAR_STORE_WRITE);
    struct har_store_filter filter = HAR_STORE_ALL;
    filter.with_bests = true;
    for (int64_t i = 0; i < 20; i++) {
        int64_t activity;
        must_add_run(store, "1.fit", NOON_MS + i * HOUR_MS, &activity);
        assert_int_equal(har_store_describe(store, activity, "a name", -1, NULL), HAR_OK);
    }
    har_status status = HAR_NO_MEMORY;
    for (size_t limit = 1; status == HAR_NO_MEMORY; limit += 997) {
        struct har_arena small = {.limit = limit};
        struct har_entry *entries;
        struct har_source *sources;
        struct har_store_health health;
        struct har_source s = {.start_ms = NOON_MS, .end_ms = NOON_MS + 20 * HOUR_MS};
        size_t count;
        status = har_store_sources_like(store, 1, &s, &small, &sources, &count, NULL);
        assert_true(status == HAR_OK || status == HAR_NO_MEMORY);
        har_arena_reset(&small);
        status = har_store_verify(store, &small, &health, NULL);
        assert_true(status == HAR_OK || status == HAR_NO_MEMORY);
        har_arena_reset(&small);
        status = har_store_entries(store, &filter, &small, &entries, &count, NULL);
        assert_true(status == HAR_OK || status == HAR_NO_MEMORY);
        har_arena_free(&small);
    }
    assert_int_equal(status, HAR_OK);
    must_add_run(store, "2.fit", NOON_MS, NULL); /* no question was left open */
    har_store_close(store);
}

/* --- transactions, kills, full disks
 * ------------------------------------------------------ */

static void what_is_rolled_back_was_never_there(void **state)
{
    (void)state;
    struct har_store *store = open_store("rollback.db", HAR_STORE_WRITE);
    struct har_store_health health;
    assert_int_equal(har_store_begin(store, NULL), HAR_OK);
    must_add_run(store, "1.fit", NOON_MS, NULL);
    har_store_rollback(store);
    assert_sound(store, &health);
    assert_int_equal(health.originals + health.activities + health.sources, 0);
    assert_int_equal(har_store_begin(store, NULL), HAR_OK);
    must_add_run(store, "1.fit", NOON_MS, NULL);
    har_store_close(store); /* not committed */
    store = open_store("rollback.db", HAR_STORE_READ);
    assert_sound(store, &health);
    assert_int_equal(health.originals, 0);
    har_store_close(store);
}

/* An activity that cannot be added leaves nothing of itself, nor undoes the others. */
static void a_refused_row_leaves_no_half(void **state)
{
    (void)state;
    struct har_store *store = open_store("half.db", HAR_STORE_WRITE);
    struct har_store_health health;
    struct har_source orphan = {.original = 999, .created_ms = HAR_NO_TIME};
    assert_int_equal(har_store_begin(store, NULL), HAR_OK);
    must_add_run(store, "1.fit", NOON_MS, NULL);
    assert_int_equal(har_store_add_activity(store, 1, &orphan, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_store_commit(store, NULL), HAR_OK);
    assert_sound(store, &health);
    assert_int_equal(health.activities, 1);
    har_store_close(store);
}

enum { BATCH = 4, KILLS = 25 };

static void add_batches_until_killed(const char *path, int64_t batch, int report)
{
    struct har_store *store;
    struct har_arena scratch = {0};
    if (har_store_open(path, HAR_STORE_WRITE, &store, NULL) != HAR_OK) _exit(2);
    for (;; batch++) {
        if (har_store_begin(store, NULL) != HAR_OK) _exit(3);
        for (int64_t i = 0; i < BATCH; i++) {
            int64_t start_ms = NOON_MS + (batch * BATCH + i) * 2 * HOUR_MS;
            random_state = (uint64_t)(batch * BATCH + i + 1) * 0x9e3779b97f4a7c15u;
            har_arena_reset(&scratch);
            if (add_run(store, "k.fit", noise(&scratch, 20000), start_ms, NULL, NULL) !=
                HAR_OK)
                _exit(4);
        }
        if (har_store_commit(store, NULL) != HAR_OK) _exit(5);
        if (write(report, &batch, sizeof batch) != sizeof batch) _exit(6);
    }
}

static void a_kill_at_any_moment_loses_nothing_that_was_in(void **state)
{
    (void)state;
    uint64_t fate = 20261122;
    int64_t batches = 0;
    char path[512];
    snprintf(path, sizeof path, "%s", in_folder("kill.db"));
    har_store_close(open_store("kill.db", HAR_STORE_WRITE));
    for (int kill_no = 0; kill_no < KILLS; kill_no++) {
        int report[2], status;
        int64_t batch;
        assert_int_equal(pipe(report), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(report[0]);
            add_batches_until_killed(path, batches, report[1]);
        }
        close(report[1]);
        fate = fate * 6364136223846793005u + 1442695040888963407u;
        struct timespec nap = {0, 5000000 + (long)(fate >> 33) % 35000000};
        nanosleep(&nap, NULL);
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        while (read(report[0], &batch, sizeof batch) == sizeof batch) batches = batch + 1;
        close(report[0]);

        /* Each batch is wholly in or wholly out; the last may have been committed just
         * before it could be reported. */
        struct har_store_health health;
        struct har_store *store = open_store("kill.db", HAR_STORE_WRITE);
        assert_sound(store, &health);
        har_store_close(store);
        assert_int_equal(health.activities % BATCH, 0);
        assert_int_equal(health.originals, health.activities);
        assert_int_equal(health.derived, health.activities);
        int64_t in_store = (int64_t)(health.activities / BATCH);
        assert_true(in_store == batches || in_store == batches + 1);
        batches = in_store;
    }
    assert_true(batches > 0);
}

/* A limit on file sizes fails a write just as a full disk does. The child says how many
 * batches were in when it struck, and how it was told. */
static void fill_the_disk(const char *path, int report)
{
    struct har_store *store;
    struct har_error err = {0};
    struct har_arena scratch = {0};
    struct rlimit limit = {400000, 400000};
    int64_t done = 0;
    signal(SIGXFSZ, SIG_IGN);
    if (har_store_open(path, HAR_STORE_WRITE, &store, NULL) != HAR_OK) _exit(2);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(3);
    har_status status = HAR_OK;
    while (status == HAR_OK && done < 100) {
        status = har_store_begin(store, &err);
        for (int i = 0; i < BATCH && status == HAR_OK; i++) {
            har_arena_reset(&scratch);
            status = add_run(store, "f.fit", noise(&scratch, 20000), NOON_MS, NULL, &err);
        }
        if (status == HAR_OK) {
            status = har_store_commit(store, &err);
        } else {
            /* What goes on after a failure must not slip in alone. */
            add_run(store, "late.fit", noise(&scratch, 10), NOON_MS, NULL, NULL);
            har_store_rollback(store);
        }
        if (status == HAR_OK) done++;
    }
    struct har_store_health health;
    if (har_store_verify(store, &scratch, &health, NULL) != HAR_OK) _exit(4);
    if (health.problem_count || health.activities != (uint64_t)done * BATCH) _exit(5);
    har_store_close(store);
    if (write(report, &done, sizeof done) != sizeof done) _exit(6);
    if (write(report, &err, sizeof err) != sizeof err) _exit(7);
    _exit(0);
}

static void a_full_disk_is_told_and_loses_nothing(void **state)
{
    (void)state;
    struct har_store_health health;
    struct har_error err;
    int report[2], status;
    int64_t done;
    char path[512];
    snprintf(path, sizeof path, "%s", in_folder("full.db"));
    assert_int_equal(pipe(report), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) fill_the_disk(path, report[1]);
    close(report[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(read(report[0], &done, sizeof done), sizeof done);
    assert_int_equal(read(report[0], &err, sizeof err), sizeof err);
    close(report[0]);
    assert_true(done > 0 && done < 100);
    assert_int_equal(err.status, HAR_FAILED);
    assert_true(strstr(err.message, "no room is left") ||
                strstr(err.message, "the disk refused the store"));
    struct har_store *store = open_store("full.db", HAR_STORE_WRITE);
    assert_sound(store, &health);
    assert_int_equal(health.activities, done * BATCH);
    must_add_run(store, "1.fit", NOON_MS, NULL); /* and there is room again */
    har_store_close(store);
}

/* --- care
 * --------------------------------------------------------------------------------- */

static const char *diagnosis(const char *name)
{
    struct har_store *store = open_store(name, HAR_STORE_READ);
    struct har_store_health health;
    struct har_text text = {.arena = &arena};
    har_text_add(&text, "");
    assert_int_equal(har_store_verify(store, &arena, &health, NULL), HAR_OK);
    for (size_t i = 0; i < health.problem_count; i++)
        har_text_format(&text, "%lld %s\n", (long long)health.problems[i].original,
                        health.problems[i].message);
    har_store_close(store);
    return text.data;
}

static void every_damage_is_found(void **state)
{
    (void)state;
    struct har_store *store = open_store("sick.db", HAR_STORE_WRITE);
    struct har_store_health health;
    for (int64_t i = 0; i < 3; i++)
        must_add_run(store, "1.fit", NOON_MS + i * HOUR_MS, NULL);
    assert_sound(store, &health);
    assert_int_equal(health.originals, 3);
    assert_int_equal(health.activities, 3);
    assert_int_equal(health.sources, 3);
    assert_int_equal(health.derived, 3);
    har_store_close(store);

    run_sql("sick.db",
            "UPDATE packed SET bytes = (SELECT bytes FROM packed WHERE original = 2) "
            "WHERE original = 3");
    assert_string_equal(diagnosis("sick.db"),
                        "3 an original is damaged: it no longer matches its hash\n");
    store = open_store("sick.db", HAR_STORE_READ);
    struct har_bytes bytes;
    assert_int_equal(har_store_original(store, 3, &arena, &bytes, NULL), HAR_BAD_INPUT);
    assert_int_equal(har_store_original(store, 2, &arena, &bytes, NULL), HAR_OK);
    har_store_close(store);

    run_sql("sick.db", "UPDATE packed SET bytes = x'28b52ffd00' WHERE original = 3");
    assert_string_equal(diagnosis("sick.db"),
                        "3 an original is damaged: its size is wrong\n");
    run_sql("sick.db", "DELETE FROM packed WHERE original = 3; DELETE FROM original "
                       "WHERE id = 3; DELETE FROM source WHERE activity = 2; "
                       "DELETE FROM derived WHERE activity = 1");
    assert_string_equal(diagnosis("sick.db"),
                        "0 row 3 of source refers to no row of original\n"
                        "0 activity 2 has no source\n"
                        "0 activity 1 has no derived row\n");
}

/* Whatever bytes of the file are wrong: an answer or a failure, never a crash. */
static void a_damaged_file_never_crashes(void **state)
{
    (void)state;
    struct har_store *store = open_store("flip.db", HAR_STORE_WRITE);
    for (int64_t i = 0; i < 30; i++)
        must_add_run(store, "1.fit", NOON_MS + i * HOUR_MS, NULL);
    assert_int_equal(har_store_backup(store, in_folder("flip-sound.db"), NULL), HAR_OK);
    har_store_close(store);
    int fd = open(in_folder("flip-sound.db"), O_RDWR);
    assert_true(fd >= 0);
    off_t size = lseek(fd, 0, SEEK_END);
    uint8_t before[16], after[16];
    for (int round = 0; round < 150; round++) {
        off_t at = (off_t)(next_random() % (uint64_t)(size - 16));
        if (round < 40) at = (off_t)(next_random() % 200); /* the header */
        assert_int_equal(pread(fd, before, sizeof before, at), sizeof before);
        for (size_t i = 0; i < sizeof after; i++) after[i] = (uint8_t)next_random();
        assert_int_equal(pwrite(fd, after, sizeof after, at), sizeof after);
        struct har_error err = {0};
        har_status status =
            har_store_open(in_folder("flip-sound.db"), HAR_STORE_READ, &store, &err);
        if (status == HAR_OK) {
            struct har_arena own = {0};
            struct har_store_health health;
            struct har_store_filter filter = HAR_STORE_ALL;
            struct har_entry *entries;
            size_t count;
            filter.with_bests = true;
            har_store_entries(store, &filter, &own, &entries, &count, NULL);
            status = har_store_verify(store, &own, &health, &err);
            har_arena_free(&own);
        }
        har_store_close(store);
        if (status != HAR_OK) assert_true(err.message[0] != '\0');
        assert_int_equal(pwrite(fd, before, sizeof before, at), sizeof before);
    }
    close(fd);
    struct har_store_health health;
    store = open_store("flip-sound.db", HAR_STORE_READ);
    assert_sound(store, &health);
    har_store_close(store);
}

/* All rows of all tables, as text. */
static const char *dump(const char *name)
{
    static const char *const tables[] = {
        "SELECT * FROM athlete ORDER BY id",
        "SELECT id, hex(hash), size, format, path FROM original ORDER BY id",
        "SELECT original, hex(bytes) FROM packed ORDER BY original",
        "SELECT * FROM activity ORDER BY id",
        "SELECT * FROM source ORDER BY id",
        "SELECT *, hex(heart_s) FROM derived ORDER BY activity",
        "SELECT * FROM best ORDER BY activity, kind, place",
    };
    struct har_text text = {.arena = &arena};
    sqlite3 *db;
    sqlite3_stmt *q;
    assert_int_equal(sqlite3_open(in_folder(name), &db), SQLITE_OK);
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        assert_int_equal(sqlite3_prepare_v2(db, tables[t], -1, &q, NULL), SQLITE_OK);
        while (sqlite3_step(q) == SQLITE_ROW) {
            for (int c = 0; c < sqlite3_column_count(q); c++) {
                const unsigned char *value = sqlite3_column_text(q, c);
                har_text_add(&text, value ? (const char *)value : "NULL");
                har_text_add(&text, "|");
            }
            har_text_add(&text, "\n");
        }
        sqlite3_finalize(q);
    }
    sqlite3_close(db);
    assert_false(text.failed);
    return text.data;
}

static void a_backup_holds_everything_and_restores_it(void **state)
{
    (void)state;
    struct har_store *store = open_store("home.db", HAR_STORE_WRITE);
    struct har_error err = {0};
    int64_t activity;
    const char *kept;
    for (int64_t i = 0; i < 10; i++)
        must_add_run(store, "1.fit", NOON_MS + i * HOUR_MS, &activity);
    assert_int_equal(har_store_describe(store, activity, "Zehner", 1, NULL), HAR_OK);
    assert_int_equal(har_store_backup(store, in_folder("backup.db"), &err), HAR_OK);
    assert_int_equal(har_store_backup(store, in_folder("backup.db"), &err), HAR_FAILED);
    assert_string_equal(err.message, "there is already a file where the backup goes");
    assert_int_equal(access(in_folder("backup.db-wal"), F_OK), -1); /* one file */
    const char *before = dump("home.db");
    assert_true(strlen(before) > 10000);
    assert_string_equal(dump("backup.db"), before);

    /* The store goes on, is replaced, and what it was is kept. */
    must_add_run(store, "2.fit", NOON_MS + 50 * HOUR_MS, NULL);
    har_store_close(store);
    const char *later = dump("home.db");
    assert_int_equal(har_store_restore(in_folder("backup.db"), in_folder("home.db"), &arena,
                                       &kept, &err),
                     HAR_OK);
    assert_string_equal(kept, in_folder("home.db.before-restore-1"));
    assert_string_equal(dump("home.db"), before);
    assert_string_equal(dump("home.db.before-restore-1"), later);
    assert_int_equal(har_store_restore(kept, in_folder("home.db"), &arena, &kept, &err),
                     HAR_OK);
    assert_string_equal(kept, in_folder("home.db.before-restore-2"));
    assert_string_equal(dump("home.db"), later);
    assert_int_equal(har_store_restore(in_folder("backup.db"), in_folder("new/place.db"),
                                       &arena, &kept, &err),
                     HAR_OK);
    assert_null(kept);
    store = open_store("new/place.db", HAR_STORE_WRITE);
    must_add_run(store, "2.fit", NOON_MS, NULL);
    har_store_close(store);
}

static void a_bad_backup_replaces_nothing_and_a_damaged_store_is_set_aside(void **state)
{
    (void)state;
    struct har_error err = {0};
    const char *kept;
    struct har_store *store = open_store("live.db", HAR_STORE_WRITE);
    must_add_run(store, "1.fit", NOON_MS, NULL);
    assert_int_equal(har_store_backup(store, in_folder("good.db"), NULL), HAR_OK);
    har_store_close(store);
    const char *before = dump("live.db");
    char text[5000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    write_text("bad.db", text);
    assert_int_equal(
        har_store_restore(in_folder("bad.db"), in_folder("live.db"), &arena, &kept, &err),
        HAR_BAD_INPUT);
    assert_int_equal(
        har_store_restore(in_folder("gone.db"), in_folder("live.db"), &arena, &kept, &err),
        HAR_NOT_FOUND);
    assert_string_equal(dump("live.db"), before);
    assert_int_equal(
        har_store_restore(in_folder("good.db"), in_folder("bad.db"), &arena, &kept, &err),
        HAR_OK);
    assert_string_equal(kept, in_folder("bad.db.before-restore-1"));
    assert_string_equal(dump("bad.db"), before);
    struct stat st;
    assert_int_equal(stat(kept, &st), 0);
    assert_int_equal(st.st_size, sizeof text - 1);
}

/* --- statements
 * ----------------------------------------------------------------------------- */

/* SQLite numbers $1, $2 ... by first appearance, PostgreSQL by their digits: one text
 * serves both only if the two agree. A statement begins where its name does. */
static void parameters_first_appear_in_order(void **state)
{
    (void)state;
    const char *root = getenv("HARRIER_ROOT");
    struct har_text path = {.arena = &arena};
    har_text_add(&path, root ? root : ".");
    har_text_add(&path, "/src/store/statements.c");
    FILE *file = fopen(path.data, "r");
    if (!file) {
        print_message("there is no %s here\n", path.data);
        skip();
    }
    char line[256];
    int seen = 0, statements = 0, parameters = 0;
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '/' || line[0] == ' ') {
            const char *comment = strstr(line, "/*");
            if (comment || strncmp(line, " *", 2) == 0) continue;
        }
        for (const char *p = line; *p; p++) {
            if (strncmp(p, "    [", 5) == 0 && p[5] >= 'A' && p[5] <= 'Z') {
                seen = 0;
                statements++;
            }
            if (*p != '$') continue;
            int number = atoi(p + 1);
            assert_true(statements > 0); /* no parameter hides in a macro */
            assert_in_range(number, 1, seen + 1);
            if (number > seen) seen = number;
            parameters++;
        }
    }
    fclose(file);
    assert_true(statements > 30);
    assert_true(parameters > 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_hashes_come_out),
        cmocka_unit_test(originals_come_back_byte_for_byte),
        cmocka_unit_test(reading_never_makes_a_store_and_writing_makes_its_folder),
        cmocka_unit_test(what_is_no_store_is_refused_and_left_alone),
        cmocka_unit_test(a_store_without_steady_parts_is_brought_up),
        cmocka_unit_test(an_older_store_is_brought_up),
        cmocka_unit_test(a_store_without_camps_is_brought_up),
        cmocka_unit_test(a_store_without_races_is_brought_up),
        cmocka_unit_test(a_race_comes_back_as_it_was),
        cmocka_unit_test(a_race_is_kept_once),
        cmocka_unit_test(a_told_verdict_wins),
        cmocka_unit_test(a_race_is_changed_and_removed),
        cmocka_unit_test(an_athlete_is_told_about_once),
        cmocka_unit_test(athletes_are_found_by_name),
        cmocka_unit_test(sources_are_alike_by_device_or_by_time),
        cmocka_unit_test(the_richest_source_is_the_primary_one),
        cmocka_unit_test(a_summary_comes_back_as_it_was),
        cmocka_unit_test(an_activity_is_described),
        cmocka_unit_test(entries_are_filtered_and_in_order_of_time),
        cmocka_unit_test(a_shelf_answers_as_the_store_does),
        cmocka_unit_test(any_memory_limit_ends_in_no_memory),
        cmocka_unit_test(what_is_rolled_back_was_never_there),
        cmocka_unit_test(a_refused_row_leaves_no_half),
        cmocka_unit_test(a_kill_at_any_moment_loses_nothing_that_was_in),
        cmocka_unit_test(a_full_disk_is_told_and_loses_nothing),
        cmocka_unit_test(every_damage_is_found),
        cmocka_unit_test(a_damaged_file_never_crashes),
        cmocka_unit_test(a_backup_holds_everything_and_restores_it),
        cmocka_unit_test(a_bad_backup_replaces_nothing_and_a_damaged_store_is_set_aside),
        cmocka_unit_test(parameters_first_appear_in_order),
        cmocka_unit_test(a_second_writer_waits_and_is_told),
        cmocka_unit_test(paces_come_back_as_they_were),
        cmocka_unit_test(a_store_in_use_is_not_replaced),
        /* Changes the user for the whole process: not beside the waits. */
        cmocka_unit_test(a_store_that_cannot_be_written_is_read_and_says_so),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
