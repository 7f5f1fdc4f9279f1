/* SPDX-License-Identifier: MIT */
/* One door, two databases: every test is asked of a file, and of the server whose address
 * is in $HARRIER_TEST_POSTGRES, where there is one (tests/postgres_test.py starts it). */

#include "harrier/database.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[256], file[300];

/* The store that a test is asked of; made anew for each. */
struct place {
    const char *where; /* NULL: there is no such database here */
    struct har_database *db;
};

static int open_place(struct place *place)
{
    struct har_error err = {0};
    if (!place->where) return 0;
    if (har_database_open(place->where, HAR_DATABASE_WRITE, &place->db, &err) == HAR_OK)
        return 0;
    fprintf(stderr, "%s\n", err.message);
    return 1;
}

static int setup_file(void **state)
{
    static struct place place;
    place.where = file;
    *state = &place;
    return open_place(&place);
}

static int setup_server(void **state)
{
    static struct place place;
    place.where = getenv("HARRIER_TEST_POSTGRES");
    *state = &place;
    return open_place(&place);
}

static void run(struct har_database *db, const char *sql);

static int close_place(void **state)
{
    struct place *place = *state;
    if (place->db && har_database_is_server(place->db))
        run(place->db, "DROP SCHEMA harrier CASCADE");
    har_database_close(place->db);
    place->db = NULL;
    unlink(file);
    return 0;
}

static struct har_database *database(void **state)
{
    struct place *place = *state;
    if (!place->where) {
        print_message("no PostgreSQL here: HARRIER_TEST_POSTGRES is not set\n");
        skip();
    }
    return place->db;
}

static void run(struct har_database *db, const char *sql)
{
    struct har_error err = {0};
    struct har_query q = har_ask(db, sql);
    if (har_answer_all(&q, &err) != HAR_OK) fail_msg("%s: %s", sql, err.message);
}

static int64_t number(struct har_database *db, const char *sql)
{
    int64_t value = -1;
    struct har_query q = har_ask(db, sql);
    assert_int_equal(har_answer_id(&q, &value, NULL), HAR_OK);
    return value;
}

/* --- values ------------------------------------------------------------------------ */

static const char add_morning[] =
    "INSERT INTO wellness (athlete, day, rest_bpm) VALUES ($1, $2, $3)";
static const char add_original[] =
    "INSERT INTO original (hash, size, format, path) VALUES ($1, $2, $3, $4) RETURNING id";

static void values_come_back_as_they_went(void **state)
{
    static const double reals[] = {0.1, -1e-300, 1.7976931348623157e308, 0, 1.0 / 3, 42};
    struct har_database *db = database(state);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        struct har_query q = har_ask(db, add_morning);
        har_bind_int(&q, 1);
        har_bind_int(&q, INT64_MAX - (int64_t)i);
        har_bind_real(&q, reals[i]);
        assert_int_equal(har_answer_all(&q, NULL), HAR_OK);
    }
    struct har_query q = har_ask(db, "SELECT day, rest_bpm, hrv_ms FROM wellness "
                                     "ORDER BY day DESC");
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
        assert_int_equal(har_answer(&q, NULL), HAR_OK);
        assert_true(har_take_int(&q) == INT64_MAX - (int64_t)i);
        assert_memory_equal(&(double){har_take_real(&q)}, &reals[i], sizeof *reals);
        assert_true(isnan(har_take_real(&q)));
    }
    assert_int_equal(har_answer(&q, NULL), HAR_END);
}

static void texts_and_bytes_come_back_as_they_went(void **state)
{
    struct har_database *db = database(state);
    struct har_arena arena = {0};
    uint8_t hash[32], other[32];
    int64_t id;
    bool full = false;
    const char *path = "Zürich\t\\N \"'; DROP TABLE\nathlete --";
    for (size_t i = 0; i < sizeof hash; i++) hash[i] = (uint8_t)(i * 9), other[i] = 0;
    struct har_query q = har_ask(db, add_original);
    har_bind_blob(&q, hash, sizeof hash);
    har_bind_int(&q, -7);
    har_bind_text(&q, "");
    har_bind_text(&q, path);
    assert_int_equal(har_answer_id(&q, &id, NULL), HAR_OK);
    q = har_ask(db, "SELECT id FROM original WHERE hash = $1");
    har_bind_blob(&q, other, sizeof other);
    assert_int_equal(har_answer_id(&q, &id, NULL), HAR_NOT_FOUND);
    q = har_ask(db, "SELECT hash, size, format, path FROM original WHERE hash = $1");
    har_bind_blob(&q, hash, sizeof hash);
    assert_int_equal(har_answer(&q, NULL), HAR_OK);
    struct har_bytes back = har_take_blob(&q);
    assert_int_equal(back.size, sizeof hash);
    assert_memory_equal(back.data, hash, sizeof hash);
    assert_int_equal(har_take_int(&q), -7);
    assert_string_equal(har_take_text(&q, &arena, &full), "");
    assert_string_equal(har_take_text(&q, &arena, &full), path);
    assert_false(full);
    har_drop(&q);
    har_arena_free(&arena);
}

static void nothing_is_null(void **state)
{
    struct har_database *db = database(state);
    struct har_arena arena = {0};
    bool full = false;
    struct har_query q = har_ask(db, "INSERT INTO source (activity, original, part, sport, "
                                     "serial, start_ms, richness) "
                                     "SELECT $1, $2, 0, 0, $3, $4, 0 WHERE $5 > 0");
    har_bind_int(&q, 1);
    har_bind_int(&q, 1);
    har_bind_null(&q);
    har_bind_time(&q, HAR_NO_TIME);
    har_bind_int(&q, 0); /* adds none */
    assert_int_equal(har_answer_all(&q, NULL), HAR_OK);
    q = har_ask(db, "SELECT listed_as, sex, born_day, born_day FROM athlete WHERE id = 1");
    assert_int_equal(har_answer(&q, NULL), HAR_OK);
    assert_null(har_take_text(&q, &arena, &full));
    assert_int_equal(har_take_choice(&q), -1);
    assert_true(har_take_time(&q) == HAR_NO_TIME);
    assert_true(isnan(har_take_real(&q)));
    har_drop(&q);
    har_arena_free(&arena);
}

/* --- many rows ----------------------------------------------------------------------- */

static const struct har_into into_athletes = {
    "INSERT INTO athlete (id, name, listed_as, born_day) VALUES ($1, $2, $3, $4)",
    "COPY athlete (id, name, listed_as, born_day) FROM STDIN (FORMAT binary)"};
static const struct har_into into_originals = {
    "INSERT INTO original (hash, size, format, path) VALUES ($1, $2, $3, $4)",
    "COPY original (hash, size, format, path) FROM STDIN (FORMAT binary)"};

static const struct har_into into_doubts = {
    "INSERT INTO doubt (a, b, why, settled) VALUES ($1, $2, $3, $4)",
    "COPY doubt (a, b, why, settled) FROM STDIN (FORMAT binary)"};

enum { POURED = 20000 };

static har_status pour_athletes(struct har_database *db, int64_t from, int64_t to,
                                struct har_error *err)
{
    har_status status = HAR_OK;
    struct har_query q = har_pour(db, &into_athletes);
    for (int64_t i = from; i < to && status == HAR_OK; i++) {
        char name[64];
        snprintf(name, sizeof name, "a\\b\tc\nd\re %lld", (long long)i);
        har_bind_int(&q, i);
        har_bind_text(&q, name);
        har_bind_text(&q, i % 2 ? name : NULL);
        har_bind_time(&q, i % 3 ? -i : HAR_NO_TIME);
        status = har_pour_row(&q, err);
    }
    har_status ended = har_pour_end(&q, err);
    return status ? status : ended;
}

static void many_rows_are_poured(void **state)
{
    struct har_database *db = database(state);
    struct har_arena arena = {0};
    bool full = false;
    assert_int_equal(har_database_begin(db, NULL), HAR_OK);
    assert_int_equal(pour_athletes(db, 2, POURED, NULL), HAR_OK);
    assert_int_equal(har_database_commit(db, NULL), HAR_OK);
    assert_int_equal(number(db, "SELECT count(*) FROM athlete"), POURED - 1);
    assert_int_equal(number(db, "SELECT count(*) FROM athlete WHERE listed_as = name"),
                     POURED / 2 - 1);
    struct har_query q = har_ask(db, "SELECT name, born_day FROM athlete WHERE id = 7");
    assert_int_equal(har_answer(&q, NULL), HAR_OK);
    assert_string_equal(har_take_text(&q, &arena, &full), "a\\b\tc\nd\re 7");
    assert_int_equal(har_take_time(&q), -7);
    har_drop(&q);
    har_arena_free(&arena);
}

static void bytes_are_poured(void **state)
{
    struct har_database *db = database(state);
    uint8_t hash[32];
    for (size_t i = 0; i < sizeof hash; i++) hash[i] = (uint8_t)(255 - 8 * i);
    struct har_query q = har_pour(db, &into_originals);
    har_bind_blob(&q, hash, sizeof hash);
    har_bind_int(&q, 1);
    har_bind_text(&q, "x");
    har_bind_text(&q, "\\N");
    assert_int_equal(har_pour_row(&q, NULL), HAR_OK);
    assert_int_equal(har_pour_end(&q, NULL), HAR_OK);
    q = har_ask(db, "SELECT size FROM original WHERE hash = $1");
    har_bind_blob(&q, hash, sizeof hash);
    int64_t size;
    assert_int_equal(har_answer_id(&q, &size, NULL), HAR_OK);
    assert_int_equal(number(db, "SELECT length(path) FROM original"), 2);
}

static void a_refused_row_fails_the_pouring(void **state)
{
    struct har_database *db = database(state);
    struct har_error err = {0};
    assert_int_equal(har_database_begin(db, NULL), HAR_OK);
    assert_int_equal(pour_athletes(db, 1, 10, &err), HAR_OUT_OF_RANGE); /* 1 is taken */
    assert_true(err.message[0] != '\0');
    har_database_rollback(db);
    assert_int_equal(number(db, "SELECT count(*) FROM athlete"), 1);
}

/* --- failures and transactions ---------------------------------------------------------
 */

static har_status add_camp(struct har_database *db, int64_t athlete, const char *name,
                           struct har_error *err)
{
    struct har_query q = har_ask(db, "INSERT INTO camp (athlete, name, from_day, to_day, "
                                     "altitude_m, hours_per_day) "
                                     "VALUES ($1, $2, 0, 9, 1850.5, 22)");
    har_bind_int(&q, athlete);
    har_bind_text(&q, name);
    return har_answer_all(&q, err);
}

/* A file has no column of 32 bits. */
static void a_number_wider_than_its_column_is_refused(void **state)
{
    struct har_database *db = database(state);
    struct har_error err = {0};
    struct har_query q = har_pour(db, &into_doubts);
    har_bind_int(&q, 1);
    har_bind_int(&q, INT64_C(5000000000));
    har_bind_text(&q, "why");
    har_bind_int(&q, 0);
    har_pour_row(&q, NULL);
    har_status status = har_pour_end(&q, &err);
    bool server = har_database_is_server(db);
    assert_int_equal(status, server ? HAR_OUT_OF_RANGE : HAR_OK);
    if (server) assert_non_null(strstr(err.message, "nothing that the store may hold"));
    assert_int_equal(number(db, "SELECT count(*) FROM doubt"), server ? 0 : 1);
}

static void failures_say_what_can_be_done(void **state)
{
    struct har_database *db = database(state);
    struct har_error err = {0};
    assert_int_equal(add_camp(db, 99, "nobody's", &err), HAR_NOT_FOUND);
    assert_string_equal(err.message, "the store has no such row to refer to");
    assert_int_equal(add_camp(db, 1, "", &err), HAR_OUT_OF_RANGE);
    assert_string_equal(err.message, "a row is nothing that the store may hold");
    assert_int_equal(add_camp(db, 1, "Font Romeu", &err), HAR_OK);
    assert_int_equal(add_camp(db, 1, "Font Romeu", &err), HAR_OUT_OF_RANGE);
    assert_int_equal(number(db, "SELECT count(*) FROM camp"), 1);
}

static void a_step_stands_or_falls_as_one(void **state)
{
    struct har_database *db = database(state);
    assert_int_equal(har_database_begin(db, NULL), HAR_OK);
    assert_int_equal(add_camp(db, 1, "first", NULL), HAR_OK);
    assert_int_equal(har_step_begin(db, NULL), HAR_OK);
    assert_int_equal(add_camp(db, 1, "second", NULL), HAR_OK);
    har_status failed = add_camp(db, 99, "nobody's", NULL);
    assert_int_equal(har_step_end(db, failed, NULL), HAR_NOT_FOUND);
    assert_int_equal(har_step_begin(db, NULL), HAR_OK);
    assert_int_equal(har_step_end(db, add_camp(db, 1, "third", NULL), NULL), HAR_OK);
    assert_int_equal(har_database_commit(db, NULL), HAR_OK);
    assert_int_equal(number(db, "SELECT count(*) FROM camp"), 2);
    assert_int_equal(number(db, "SELECT count(*) FROM camp WHERE name = 'second'"), 0);
}

static void a_step_alone_is_a_transaction(void **state)
{
    struct har_database *db = database(state);
    assert_int_equal(har_step_begin(db, NULL), HAR_OK);
    assert_int_equal(add_camp(db, 1, "gone", NULL), HAR_OK);
    assert_int_equal(har_step_end(db, HAR_FAILED, NULL), HAR_FAILED);
    assert_int_equal(har_step_begin(db, NULL), HAR_OK);
    assert_int_equal(har_step_end(db, add_camp(db, 1, "kept", NULL), NULL), HAR_OK);
    assert_int_equal(number(db, "SELECT count(*) FROM camp"), 1);
}

static void what_is_rolled_back_never_was(void **state)
{
    struct har_database *db = database(state);
    assert_int_equal(har_database_begin(db, NULL), HAR_OK);
    assert_int_equal(add_camp(db, 1, "gone", NULL), HAR_OK);
    har_database_rollback(db);
    assert_int_equal(number(db, "SELECT count(*) FROM camp"), 0);
}

/* --- several at once -------------------------------------------------------------------
 */

static void one_writes_at_a_time_and_readers_do_not_wait(void **state)
{
    struct har_database *db = database(state), *other = NULL, *reader = NULL;
    const char *where = ((struct place *)*state)->where;
    struct har_error err = {0};
    assert_int_equal(har_database_open(where, HAR_DATABASE_WRITE, &other, NULL), HAR_OK);
    assert_int_equal(har_database_open(where, HAR_DATABASE_READ, &reader, NULL), HAR_OK);
    assert_int_equal(har_database_begin(db, NULL), HAR_OK);
    assert_int_equal(add_camp(db, 1, "mine", NULL), HAR_OK);
    assert_int_equal(number(reader, "SELECT count(*) FROM camp"), 0);
    assert_int_equal(har_database_begin(other, &err), HAR_BUSY); /* after 4 seconds */
    assert_string_equal(err.message, "the store is locked by another process");
    assert_int_equal(har_database_commit(db, NULL), HAR_OK);
    assert_int_equal(number(reader, "SELECT count(*) FROM camp"), 1);
    assert_int_equal(har_database_begin(other, NULL), HAR_OK);
    har_database_rollback(other);
    har_database_close(other);
    har_database_close(reader);
}

static void who_reads_changes_nothing(void **state)
{
    struct har_database *db = database(state), *reader = NULL;
    const char *where = ((struct place *)*state)->where;
    struct har_error err = {0};
    assert_int_equal(add_camp(db, 1, "kept", NULL), HAR_OK);
    assert_int_equal(har_database_open(where, HAR_DATABASE_READ, &reader, NULL), HAR_OK);
    assert_int_equal(har_database_begin(reader, &err), HAR_FAILED);
    assert_string_equal(err.message, "the store may only be read");
    assert_int_equal(add_camp(reader, 1, "more", &err), HAR_FAILED);
    assert_string_equal(err.message, "the store may only be read");
    har_database_close(reader);
}

/* --- whose ------------------------------------------------------------------------------
 */

static void a_newer_store_is_left_alone(void **state)
{
    struct har_database *db = database(state), *later = NULL;
    struct place *place = *state;
    struct har_error err = {0};
    run(db, har_database_is_server(db) ? "INSERT INTO version VALUES (1000)"
                                       : "PRAGMA user_version = 1000");
    assert_int_equal(har_database_open(place->where, HAR_DATABASE_WRITE, &later, &err),
                     HAR_BUSY);
    assert_non_null(strstr(err.message, "newer Harrier (schema 1000"));
    assert_null(later);
}

static void a_sound_database_has_nothing_found(void **state)
{
    struct har_database *db = database(state);
    assert_int_equal(number(db, "SELECT id FROM athlete"), 1); /* the nameless one */
    run(db, "INSERT INTO athlete (name) VALUES ('Jo')");
    assert_int_equal(number(db, "SELECT max(id) FROM athlete"), 2);
}

static void addresses_are_told_from_files(void **state)
{
    struct har_error err = {0};
    struct har_database *db;
    (void)state;
    assert_true(har_is_database_url("postgresql://127.0.0.1/x"));
    assert_true(har_is_database_url("postgres://x"));
    assert_false(har_is_database_url("postgres.db"));
    assert_true(har_database_url_has_secret("postgresql://me:secret@127.0.0.1/x"));
    assert_true(har_database_url_has_secret("postgresql://127.0.0.1/x?password=secret"));
    assert_false(har_database_url_has_secret("postgresql://me@127.0.0.1:5432/x"));
    assert_false(har_database_url_has_secret("me:secret@file.db"));
    assert_int_equal(har_database_open("postgresql://127.0.0.1:1/x?connect_timeout=2",
                                       HAR_DATABASE_READ, &db, &err),
                     HAR_FAILED);
    assert_non_null(strstr(err.message, "the database server cannot be reached: "));
    assert_null(db);
}

#define BOTH(test)                                                                         \
    {#test ", in a file", test, setup_file, close_place, NULL},                            \
    {                                                                                      \
#test ", on a server", test, setup_server, close_place, NULL                       \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(values_come_back_as_they_went),
        BOTH(texts_and_bytes_come_back_as_they_went),
        BOTH(nothing_is_null),
        BOTH(many_rows_are_poured),
        BOTH(bytes_are_poured),
        BOTH(a_refused_row_fails_the_pouring),
        BOTH(a_number_wider_than_its_column_is_refused),
        BOTH(failures_say_what_can_be_done),
        BOTH(a_step_stands_or_falls_as_one),
        BOTH(a_step_alone_is_a_transaction),
        BOTH(what_is_rolled_back_never_was),
        BOTH(one_writes_at_a_time_and_readers_do_not_wait),
        BOTH(who_reads_changes_nothing),
        BOTH(a_newer_store_is_left_alone),
        BOTH(a_sound_database_has_nothing_found),
        cmocka_unit_test(addresses_are_told_from_files),
    };
    const char *place = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/harrier-database-XXXXXX", place ? place : "/tmp");
    if (!mkdtemp(folder)) return 1;
    snprintf(file, sizeof file, "%s/store.db", folder);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
