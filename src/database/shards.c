/* SPDX-License-Identifier: MIT */
/* One store on several servers.
 *
 * PostgreSQL's own means do it: a divided table's parts lie on foreign servers, and what is
 * written to the table goes to the part that takes it. Marks are divided by event, so that
 * a list lies whole on one server; people and meetings stay on the first one, which keeps
 * no marks once there are others. A server that is added takes parts from those that have
 * the most, until it has its share.
 *
 * A foreign table is read through a cursor, planned for as if a tenth of it were wanted,
 * and never with a LIMIT where it is a part of another: ten times as long as it takes the
 * server itself (docs/lists.md has the figures). Who reads lists therefore asks the server
 * that has them: the same statement of the same table, for each server has it with its own
 * parts.
 *
 * Parts move in one transaction of the first server, and what the new one was given is
 * thrown away there if that fails. A server on which anything of Harrier's lies already is
 * refused: it may be the only copy. Texts of statements are put together by the server,
 * whose format() quotes what needs it. */

#include "postgres.h"

#include <stdlib.h>
#include <string.h>

#define SERVERS                                                                            \
    "SELECT srvname, coalesce((SELECT option_value FROM pg_options_to_table(srvoptions) "  \
    "WHERE option_name = 'host'), ''), "                                                   \
    "coalesce((SELECT option_value FROM pg_options_to_table(srvoptions) "                  \
    "WHERE option_name = 'port'), ''), "                                                   \
    "coalesce((SELECT option_value FROM pg_options_to_table(srvoptions) "                  \
    "WHERE option_name = 'dbname'), ''), "                                                 \
    "(SELECT count(*) FROM part WHERE place = srvname) "                                   \
    "FROM pg_foreign_server WHERE srvname LIKE 'harrier\\_shard\\_%' "

/* The parts of divided tables and the server on which each lies. */
#define PARTS                                                                              \
    "WITH part AS (SELECT c.oid, c.relname, p.relname AS parent, p.oid AS parent_oid, "    \
    "c.relkind, pg_get_expr(c.relpartbound, c.oid) AS bounds, "                            \
    "coalesce(s.srvname, '') AS place FROM pg_inherits i "                                 \
    "JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent "        \
    "LEFT JOIN pg_foreign_table f ON f.ftrelid = c.oid "                                   \
    "LEFT JOIN pg_foreign_server s ON s.oid = f.ftserver "                                 \
    "WHERE p.relnamespace = 'harrier'::regnamespace AND p.relkind = 'p') "

static const char list_servers[] = PARTS SERVERS "ORDER BY length(srvname), 1";

static const char count_here[] =
    PARTS "SELECT (SELECT count(*) FROM part WHERE place = ''), "
          "(SELECT count(*) FROM pg_foreign_server WHERE srvname LIKE "
          "'harrier\\_shard\\_%')";

static const char is_taken[] =
    "SELECT count(*) FROM pg_namespace WHERE nspname = 'harrier'";

/* What a new server takes: all that the first one still has, or its share of what the
 * others have. */
static const char share_of[] = PARTS
    ", numbered AS (SELECT relname, place, "
    "row_number() OVER (PARTITION BY place ORDER BY relname) AS n FROM part) "
    "SELECT relname FROM numbered "
    "WHERE place = '' OR NOT EXISTS (SELECT FROM part WHERE place = '') "
    "ORDER BY n DESC, place LIMIT (SELECT CASE WHEN count(*) FILTER (WHERE place = '') > 0 "
    "THEN count(*) ELSE count(*) / $1::int END FROM part)";

/* The server that takes the marks of an event; '' is the first. */
static const char keeper_of[] =
    PARTS "SELECT place FROM part WHERE satisfies_hash_partition(parent_oid, "
          "substring(bounds FROM 'modulus (\\d+)')::int, "
          "substring(bounds FROM 'remainder (\\d+)')::int, $1::int)";

static const char user_of[] =
    "SELECT coalesce((SELECT option_value FROM pg_options_to_table(umoptions) "
    "WHERE option_name = 'user'), current_user) FROM pg_user_mappings "
    "WHERE srvname = $1 AND usename = current_user";

static const char write_server[] =
    "SELECT format('CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA public; "
    "CREATE SERVER %I FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host %L, port %L, "
    "dbname %L, use_remote_estimate ''true'', fetch_size ''1000'', "
    "batch_size ''1000''); "
    "CREATE USER MAPPING FOR CURRENT_USER SERVER %1$I OPTIONS (user %5$L%6$s)', "
    "$1::text, $2::text, $3::text, $4::text, $5::text, "
    "CASE WHEN $6::text IS NULL THEN '' ELSE format(', password %L', $6) END)";

/* What the new server is asked, and what the first one is. */
static const char write_move[] = PARTS
    ", moving AS (SELECT *, relname || '_moving' AS aside, "
    "(SELECT string_agg(format('%I %s%s', attname, format_type(atttypid, atttypmod), "
    "CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END), ', ' ORDER BY attnum) "
    "FROM pg_attribute WHERE attrelid = part.oid AND attnum > 0 "
    "AND NOT attisdropped) AS columns, "
    "(SELECT coalesce(string_agg(format(', CONSTRAINT %I %s', conname, "
    "pg_get_constraintdef(oid)), '' ORDER BY conname), '') FROM pg_constraint "
    "WHERE conrelid = part.parent_oid AND contype = 'c') AS checks, "
    "obj_description(part.parent_oid) AS key, "
    "(SELECT coalesce(string_agg(regexp_replace(pg_get_indexdef(x.indexrelid), "
    "'INDEX \\S+ ON (ONLY )?\\S+ ', format('INDEX ON %I ', part.relname)), '; '), '') "
    "FROM pg_index x WHERE x.indrelid = part.parent_oid) AS indexes "
    "FROM part WHERE relname = $1) "
    "SELECT format('CREATE TABLE IF NOT EXISTS %1$I (%2$s%8$s) PARTITION BY %3$s; "
    "CREATE TABLE %4$I PARTITION OF %1$I %5$s; ALTER TABLE %4$I ADD %6$s; %7$s', "
    "parent, columns, pg_get_partkeydef(parent_oid), relname, bounds, key, indexes, "
    "checks), "
    "format('ALTER TABLE %1$I DETACH PARTITION %2$I; "
    "ALTER TABLE %2$I RENAME TO %3$I; "
    "CREATE FOREIGN TABLE %2$I PARTITION OF %1$I %5$s SERVER %4$I "
    "OPTIONS (schema_name ''harrier'', table_name %2$L); "
    "INSERT INTO %2$I SELECT * FROM %3$I; %6$s', parent, relname, aside, "
    "$2::text, bounds, CASE WHEN relkind = 'f' "
    "THEN format('TRUNCATE %1$I; DROP FOREIGN TABLE %1$I', aside) "
    "ELSE format('DROP TABLE %I', aside) END) FROM moving";

static har_status no_room(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left for a server");
}

/* The texts of the one row of an answer. */
static har_status take_texts(struct har_query *q, struct har_arena *arena,
                             const char **text, size_t count, struct har_error *err)
{
    bool full = false;
    har_status status = har_answer(q, err);
    if (status != HAR_OK) return status;
    for (size_t i = 0; i < count; i++) text[i] = har_take_text(q, arena, &full);
    har_drop(q);
    return full ? no_room(err) : HAR_OK;
}

/* --- asking ------------------------------------------------------------------------- */

har_status har_database_shards(struct har_database *db, struct har_arena *arena,
                               struct har_shards *out, struct har_error *err)
{
    bool full = false;
    size_t room = 0, count = 0;
    struct har_shard *shards = NULL;
    *out = (struct har_shards){0};
    if (!har_database_is_server(db)) return HAR_OK;
    struct har_query q = har_ask(db, count_here);
    har_status status = har_answer(&q, err);
    if (status != HAR_OK) return status;
    out->parts_here = har_take_int(&q);
    har_drop(&q);
    q = har_ask(db, list_servers);
    while ((status = har_answer(&q, err)) == HAR_OK) {
        struct har_shard *larger =
            har_arena_grow(arena, shards, count, &room, sizeof *larger);
        if (!larger) full = true;
        if (full) break;
        shards = larger;
        struct har_shard *shard = &shards[count++];
        shard->name = har_take_text(&q, arena, &full);
        shard->host = har_take_text(&q, arena, &full);
        shard->port = har_take_text(&q, arena, &full);
        shard->database = har_take_text(&q, arena, &full);
        shard->parts = har_take_int(&q);
    }
    har_drop(&q);
    out->count = count;
    out->shard = shards;
    if (full) return no_room(err);
    return status == HAR_END ? HAR_OK : status;
}

/* --- asking the server that has it -----------------------------------------------------
 */

enum { MOST_SHARDS = 16, MOST_SEEN = 256 };

/* Handles on the servers, opened when they are first asked. */
struct fars {
    struct har_arena arena;
    struct har_shards known;
    struct har_database *handle[MOST_SHARDS];
    struct seen {
        int64_t event;
        size_t shard;
    } seen[MOST_SEEN]; /* which has the marks of an event */
    size_t seen_count;
};

void har_shards_close(struct fars *fars)
{
    if (!fars) return;
    for (size_t i = 0; i < MOST_SHARDS; i++) har_database_close(fars->handle[i]);
    har_arena_free(&fars->arena);
    free(fars);
}

static har_status look_for_shards(struct har_database *db, struct har_error *err)
{
    if (db->fars) return HAR_OK;
    db->fars = calloc(1, sizeof *db->fars);
    if (!db->fars) return no_room(err);
    return har_database_shards(db, &db->fars->arena, &db->fars->known, err);
}

/* One word of a connection's description. */
static void add_word(struct har_text *text, const char *name, const char *value)
{
    har_text_format(text, "%s='", name);
    for (; *value; value++)
        har_text_format(text, *value == '\'' || *value == '\\' ? "\\%c" : "%c", *value);
    har_text_add(text, "' ");
}

static har_status open_far(struct har_database *db, size_t at, struct har_error *err)
{
    struct fars *fars = db->fars;
    const struct har_shard *shard = &fars->known.shard[at];
    struct har_text address = {.arena = &fars->arena};
    const char *user = NULL;
    struct har_query q = har_ask(db, user_of);
    har_bind_text(&q, shard->name);
    har_status status = take_texts(&q, &fars->arena, &user, 1, err);
    if (status == HAR_END)
        return har_fail(err, HAR_FAILED, 0, "this user has no way to the server %s",
                        shard->name);
    if (status != HAR_OK) return status;
    add_word(&address, "host", shard->host);
    add_word(&address, "port", shard->port);
    add_word(&address, "dbname", shard->database);
    add_word(&address, "user", user);
    if (address.failed) return no_room(err);
    status = har_postgres_open(address.data, HAR_DATABASE_READ, &fars->handle[at], err);
    if (status == HAR_OK) {
        fars->handle[at]->only_read = true;
        return HAR_OK;
    }
    har_database_close(fars->handle[at]);
    fars->handle[at] = NULL;
    return status;
}

static har_status far_handle(struct har_database *db, size_t at, struct har_database **out,
                             struct har_error *err)
{
    har_status status = at < MOST_SHARDS
                            ? HAR_OK
                            : har_fail(err, HAR_UNSUPPORTED, 0,
                                       "there are more than %d servers", MOST_SHARDS);
    if (status == HAR_OK && !db->fars->handle[at]) status = open_far(db, at, err);
    if (status == HAR_OK) *out = db->fars->handle[at];
    return status;
}

/* The number of the server whose parts take the event's marks; `count` for the first. */
static har_status find_keeper(struct har_database *db, int64_t event, size_t *shard,
                              struct har_error *err)
{
    struct fars *fars = db->fars;
    const char *place = NULL;
    for (size_t i = 0; i < fars->seen_count; i++)
        if (fars->seen[i].event == event) {
            *shard = fars->seen[i].shard;
            return HAR_OK;
        }
    struct har_arena arena = {0};
    struct har_query q = har_ask(db, keeper_of);
    har_bind_int(&q, event);
    har_status status = take_texts(&q, &arena, &place, 1, err);
    *shard = fars->known.count;
    for (size_t i = 0; status == HAR_OK && i < fars->known.count; i++)
        if (strcmp(place, fars->known.shard[i].name) == 0) *shard = i;
    if (status == HAR_OK && fars->seen_count < MOST_SEEN)
        fars->seen[fars->seen_count++] = (struct seen){event, *shard};
    har_arena_free(&arena);
    return status == HAR_END ? HAR_OK : status;
}

har_status har_database_keeper(struct har_database *db, int64_t event,
                               struct har_database **out, struct har_error *err)
{
    size_t shard = 0;
    *out = db;
    if (!har_database_is_server(db) || !db->only_read) return HAR_OK;
    har_status status = look_for_shards(db, err);
    if (status != HAR_OK || db->fars->known.count == 0) return status;
    status = find_keeper(db, event, &shard, err);
    if (status != HAR_OK || shard == db->fars->known.count) return status;
    return far_handle(db, shard, out, err);
}

har_status har_database_keepers(struct har_database *db, size_t number,
                                struct har_database **out, struct har_error *err)
{
    *out = db;
    if (!har_database_is_server(db) || !db->only_read) return number ? HAR_END : HAR_OK;
    har_status status = look_for_shards(db, err);
    if (status != HAR_OK) return status;
    size_t count = db->fars->known.count;
    if (count == 0) return number ? HAR_END : HAR_OK;
    return number < count ? far_handle(db, number, out, err) : HAR_END;
}

/* --- adding --------------------------------------------------------------------------- */

static har_status take_place(struct har_database *shard, struct har_error *err)
{
    int64_t taken = 0;
    struct har_query q = har_ask(shard, is_taken);
    har_status status = har_answer_id(&q, &taken, err);
    if (status != HAR_OK) return status;
    if (taken)
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "that database holds a store, or parts of one: drop its schema "
                        "harrier if nobody needs it");
    return har_postgres_script(shard, "CREATE SCHEMA harrier", err);
}

static har_status make_server(struct har_database *db, struct har_database *shard,
                              struct har_arena *arena, const char **name,
                              struct har_error *err)
{
    const struct postgres_address at = har_postgres_address(shard);
    const char *sql = NULL;
    struct har_shards known;
    struct har_text called = {.arena = arena};
    har_status status = har_database_shards(db, arena, &known, err);
    if (status != HAR_OK) return status;
    har_text_format(&called, "harrier_shard_%zu", known.count + 1);
    if (called.failed) return no_room(err);
    *name = called.data;
    struct har_query q = har_ask(db, write_server);
    har_bind_text(&q, *name);
    har_bind_text(&q, at.host);
    har_bind_text(&q, at.port);
    har_bind_text(&q, at.database);
    har_bind_text(&q, at.user);
    har_bind_text(&q, at.password);
    status = take_texts(&q, arena, &sql, 1, err);
    return status ? status : har_postgres_script(db, sql, err);
}

/* What the first server is asked to move each part; the new one has been given its place.
 */
static har_status make_places(struct har_database *db, struct har_database *shard,
                              const char *name, const char *const *part, size_t count,
                              const char **move, struct har_arena *arena,
                              struct har_error *err)
{
    har_status status = HAR_OK;
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        const char *sql[2] = {NULL, NULL};
        struct har_query q = har_ask(db, write_move);
        har_bind_text(&q, part[i]);
        har_bind_text(&q, name);
        status = take_texts(&q, arena, sql, 2, err);
        if (status == HAR_OK) status = har_postgres_script(shard, sql[0], err);
        move[i] = sql[1];
    }
    return status;
}

static har_status find_share(struct har_database *db, size_t servers,
                             struct har_arena *arena, const char ***part, size_t *count,
                             struct har_error *err)
{
    bool full = false;
    size_t room = 0;
    har_status status;
    struct har_query q = har_ask(db, share_of);
    har_bind_int(&q, (int64_t)servers);
    *part = NULL;
    *count = 0;
    while ((status = har_answer(&q, err)) == HAR_OK) {
        const char **larger = har_arena_grow(arena, *part, *count, &room, sizeof **part);
        const char *name = larger ? har_take_text(&q, arena, &full) : NULL;
        if (!name) {
            har_drop(&q);
            return no_room(err);
        }
        *part = larger;
        larger[(*count)++] = name;
    }
    return status == HAR_END ? HAR_OK : status;
}

/* All or nothing; `*name` is what the server is called from then on. All places are made
 * before the first part moves: what moves holds its neighbours. */
static har_status share_with(struct har_database *db, struct har_database *shard,
                             struct har_arena *arena, const char **name, int64_t *parts,
                             struct har_error *err)
{
    struct har_shards known;
    const char **part = NULL, **move = NULL;
    size_t count = 0;
    har_status status = har_database_begin(db, err);
    if (status != HAR_OK) return status;
    status = make_server(db, shard, arena, name, err);
    if (status == HAR_OK) status = har_database_shards(db, arena, &known, err);
    if (status == HAR_OK) status = find_share(db, known.count, arena, &part, &count, err);
    if (status == HAR_OK) {
        move = HAR_NEW(arena, const char *, count);
        status = move ? make_places(db, shard, *name, part, count, move, arena, err)
                      : no_room(err);
    }
    for (size_t i = 0; i < count && status == HAR_OK; i++)
        status = har_postgres_script(db, move[i], err);
    *parts = (int64_t)count;
    if (status == HAR_OK) return har_database_commit(db, err);
    har_database_rollback(db);
    return status;
}

static har_status tell_shard(const struct har_database *shard, struct har_arena *arena,
                             struct har_shard *out, struct har_error *err)
{
    const struct postgres_address at = har_postgres_address(shard);
    out->host = har_arena_copy(arena, at.host, strlen(at.host));
    out->port = har_arena_copy(arena, at.port, strlen(at.port));
    out->database = har_arena_copy(arena, at.database, strlen(at.database));
    return out->host && out->port && out->database ? HAR_OK : no_room(err);
}

har_status har_database_add_shard(struct har_database *db, const char *url,
                                  struct har_arena *arena, struct har_shard *added,
                                  struct har_error *err)
{
    struct har_database *shard = NULL;
    *added = (struct har_shard){0};
    if (!har_database_is_server(db) || !har_is_database_url(url))
        return har_fail(err, HAR_UNSUPPORTED, 0,
                        "only a store on PostgreSQL is divided, and over servers of it");
    har_status status = har_postgres_open(url, HAR_DATABASE_WRITE, &shard, err);
    if (status == HAR_OK) status = take_place(shard, err);
    if (status == HAR_OK) {
        status = share_with(db, shard, arena, &added->name, &added->parts, err);
        if (status != HAR_OK)
            har_postgres_script(shard, "DROP SCHEMA harrier CASCADE", NULL);
    }
    if (status == HAR_OK) status = tell_shard(shard, arena, added, err);
    /* Planning needs to know how many rows lie where. */
    if (status == HAR_OK) status = har_postgres_script(shard, "ANALYZE", err);
    if (status == HAR_OK) status = har_postgres_script(db, "ANALYZE", err);
    har_database_close(shard);
    return status;
}
