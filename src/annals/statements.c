/* SPDX-License-Identifier: MIT */
/* Every statement of the annals. One text serves both databases, as in the store; types are
 * written as both understand them. No text is put in order by a database, for each has an
 * order of its own.
 *
 * A page of a list is cut by an inner SELECT that reads one index from where the page
 * before it ended; names and meetings are joined to the rows that are left, which are put
 * in order again by whoever asked. So neither database can think of another way, however
 * large the list. */

#include "statements.h"

#define MARK_COLUMNS                                                                       \
    "event, sex, time_ms, day, person, race, meeting, nation, exact_ms, decimals, hand, "  \
    "place, round, caveats, eligible"

/* In the order of annals_take_row() in columns.c. */
#define ROW_COLUMNS                                                                        \
    "m.event, m.sex, m.time_ms, m.day, m.person, m.race, m.nation, m.exact_ms, "           \
    "m.decimals, m.hand, m.place, m.round, m.caveats, m.eligible, p.head, p.name, "        \
    "p.born_day, p.born_year, t.competition, t.venue"

/* In the order of annals_take_mark(); where it was follows as a number. */
#define FAR_COLUMNS                                                                        \
    "event, sex, time_ms, day, person, race, nation, exact_ms, decimals, hand, place, "    \
    "round, caveats, eligible, meeting"

/* A page of a list, and of one of a nation. */
#define AFTER                                                                              \
    "WHERE event = $1 AND sex = $2 AND (time_ms, day, person) > ($3, $4, $5) "             \
    "AND day BETWEEN $6 AND $7 "
#define OF_LIST(columns)                                                                   \
    "SELECT " columns " FROM mark " AFTER "ORDER BY time_ms, day, person LIMIT $8"
#define OF_NATION(columns)                                                                 \
    "SELECT " columns " FROM mark " AFTER "AND nation = $8 "                               \
    "ORDER BY time_ms, day, person LIMIT $9"

#define FAR_LIST OF_LIST(FAR_COLUMNS)
#define FAR_LIST_NATION OF_NATION(FAR_COLUMNS)
#define PAGE_KEYS OF_LIST("time_ms, day, person")
#define PAGE_KEYS_NATION OF_NATION("time_ms, day, person")

#define NAMED " m JOIN person p ON p.id = m.person JOIN meeting t ON t.id = m.meeting "

/* In the order of annals_take_known() in people.c. */
#define PERSON_COLUMNS                                                                     \
    "p.id, p.head, p.same_as, p.name, p.nation, p.born_day, p.born_year, p.sex, p.maker, " \
    "p.maker_id"

#define LOCAL_PARTS                                                                        \
    "SELECT p.relname, obj_description(i.inhparent) AS key FROM pg_inherits i "            \
    "JOIN pg_class p ON p.oid = i.inhrelid "                                               \
    "WHERE i.inhparent = 'mark'::regclass AND p.relkind = 'r'"

#define SAME_MARK                                                                          \
    "mark.event = s.event AND mark.sex = s.sex AND mark.time_ms = s.time_ms AND "          \
    "mark.day = s.day AND mark.person = s.person"

#define PAGE "SELECT " ROW_COLUMNS " FROM (" OF_LIST(MARK_COLUMNS) ")" NAMED
/* Without statistics SQLite would rather walk the whole list than go to its rows from the
 * index of nations; so that has all that is asked for, and the rows are fetched afterwards,
 * by their own key and no other: `+ 0`. */
#define PAGE_NATION                                                                        \
    "SELECT " ROW_COLUMNS " FROM (" PAGE_KEYS_NATION ") k "                                \
    "JOIN mark m ON m.event = $1 AND m.sex = $2 AND m.time_ms = k.time_ms "                \
    "AND m.day = k.day AND m.person + 0 = k.person "                                       \
    "JOIN person p ON p.id = k.person JOIN meeting t ON t.id = m.meeting"

#define ONE_ROW                                                                            \
    "SELECT " ROW_COLUMNS " FROM mark" NAMED                                               \
    "WHERE m.event = $1 AND m.sex = $2 AND m.time_ms = $3 AND m.day = $4 "                 \
    "AND m.person = $5 AND p.id = $5"

/* PostgreSQL's alone: the rows of many keys, told as a list of each of their columns. It
 * would rather read all marks of each athlete than a row by its key; `+ 0` keeps it from
 * that. */
#define KEYED(columns)                                                                     \
    "SELECT " columns " FROM unnest(string_to_array($3, ',')::int[], "                     \
    "string_to_array($4, ',')::int[], string_to_array($5, ',')::int[]) "                   \
    "AS k (at_ms, on_day, by_person) JOIN mark ON event = $1 AND sex = $2 "                \
    "AND time_ms = at_ms AND day = on_day AND person = by_person"
#define ROWS                                                                               \
    "SELECT " ROW_COLUMNS                                                                  \
    " FROM (" KEYED(MARK_COLUMNS) ") m "                                                   \
                                  "JOIN person p ON p.id = m.person + 0 JOIN meeting t "   \
                                  "ON t.id = m.meeting"
#define FAR_LIST_ROWS KEYED(FAR_COLUMNS)

const char *const har_annals_statements[ANNALS_STATEMENTS] = {
    [DISCIPLINE_ALL] = "SELECT id, code FROM discipline ORDER BY id",
    [DISCIPLINE_ADD] = "INSERT INTO discipline (id, code) VALUES ($1, $2)",

    [PERSON_LAST] = "SELECT max(id) FROM person",
    [PERSON_GET] = "SELECT " PERSON_COLUMNS " FROM person p WHERE p.id = $1",
    [PERSON_TELL] = "UPDATE person SET nation = COALESCE(nation, $1), "
                    "born_day = COALESCE(born_day, $2), "
                    "born_year = COALESCE(born_year, $3), sex = COALESCE(sex, $4), "
                    "maker = COALESCE(maker, $5), maker_id = COALESCE(maker_id, $6) "
                    "WHERE id = $7",
    [PERSON_KEY_ADD] =
        "INSERT INTO person_key (key, person) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [PERSON_LIKE] = "SELECT x.n, " PERSON_COLUMNS " FROM (SELECT DISTINCT w.n, k.person "
                    "FROM wanted w JOIN person_key k ON k.key = w.key) x "
                    "JOIN person p ON p.id = x.person ORDER BY x.n, p.id",
    [PERSON_OF_KEY] = "SELECT " PERSON_COLUMNS " FROM person_key k "
                      "JOIN person p ON p.id = k.person WHERE k.key = $1 ORDER BY p.id",
    [PERSON_ALL] = "SELECT " PERSON_COLUMNS " FROM person p ORDER BY p.id",
    [PERSON_SAME] = "UPDATE person SET same_as = $1 WHERE id = $2",
    [PERSON_HEAD] = "UPDATE person SET head = $1 WHERE id = $2",
    [PERSON_SAID] = "SELECT id, same_as, head FROM person "
                    "WHERE same_as IS NOT NULL OR head <> id ORDER BY id",

    [DOUBT_ADD] = "INSERT INTO doubt (a, b, why, settled) VALUES ($1, $2, $3, $4) "
                  "ON CONFLICT DO NOTHING",
    [DOUBT_SETTLE] = "UPDATE doubt SET settled = $1 WHERE a = $2 AND b = $3",
    [DOUBT_LIST] = "SELECT d.a, d.b, d.why FROM doubt d JOIN person p ON p.id = d.a "
                   "JOIN person q ON q.id = d.b "
                   "WHERE d.settled = 0 AND p.head <> q.head ORDER BY d.a, d.b",

    [STAGE_MARKS] =
        "CREATE TEMP TABLE new_mark (event INTEGER, sex INTEGER, time_ms INTEGER, "
        "day INTEGER, person INTEGER, race BIGINT, meeting BIGINT, nation INTEGER, "
        "exact_ms INTEGER, decimals INTEGER, hand INTEGER, place INTEGER, round TEXT, "
        "caveats INTEGER, eligible INTEGER)",
    [STAGE_MEETINGS] =
        "CREATE TEMP TABLE new_meeting (id BIGINT, competition TEXT, venue TEXT)",
    [STAGE_KEYS] = "CREATE TEMP TABLE wanted (n INTEGER, key BIGINT)",
    [UNSTAGE_MARKS] = "DROP TABLE new_mark",
    [UNSTAGE_MEETINGS] = "DROP TABLE new_meeting",
    [UNSTAGE_KEYS] = "DROP TABLE wanted",

    [MEETINGS_TAKE] = "INSERT INTO meeting (id, competition, venue) "
                      "SELECT id, competition, venue FROM new_meeting WHERE true "
                      "ON CONFLICT DO NOTHING",
    [MARKS_COUNT] = "SELECT count(*) FROM (SELECT 1 FROM mark LIMIT $1) m",
    [MARKS_FILL] =
        "UPDATE mark SET place = COALESCE(mark.place, s.place), "
        "round = COALESCE(mark.round, s.round), caveats = mark.caveats | s.caveats, "
        "eligible = COALESCE(mark.eligible, s.eligible) FROM new_mark s WHERE " SAME_MARK
        " AND ((mark.place IS NULL AND s.place IS NOT NULL) "
        "OR (mark.round IS NULL AND s.round IS NOT NULL) "
        "OR (mark.caveats | s.caveats) <> mark.caveats "
        "OR (mark.eligible IS NULL AND s.eligible IS NOT NULL))",
    [MARKS_TAKE] = "INSERT INTO mark (" MARK_COLUMNS ") SELECT " MARK_COLUMNS
                   " FROM new_mark WHERE true ON CONFLICT DO NOTHING",
    [MARKS_SEXED] = "UPDATE mark SET sex = $1 WHERE person = $2 AND sex = 2",
    [STRAY_PEOPLE_CLEAR] = "DELETE FROM mark WHERE person > "
                           "(SELECT COALESCE(max(id), 0) FROM person)",
    [STRAY_EVENTS_CLEAR] = "DELETE FROM mark WHERE event > "
                           "(SELECT COALESCE(max(id), 0) FROM discipline)",
    [MARK_THERE] = "SELECT 1 FROM mark m JOIN discipline d ON d.id = m.event "
                   "WHERE d.code = $1 AND m.sex = $2 AND m.time_ms = $3 AND m.day = $4 "
                   "AND m.person = $5",

    [MARKS_SETTLE] = "VACUUM mark",
    /* At what is asked by; a look at all columns of sixteen parts takes seconds. */
    [LOOK_MARKS] = "ANALYZE mark (event, sex, time_ms, day, person, nation)",
    [LOOK_PEOPLE] = "ANALYZE person",
    [LOOK_KEYS] = "ANALYZE person_key",
    [LOOK_MEETINGS] = "ANALYZE meeting",
    [INDEX_NATION_DROP] = "DROP INDEX mark_by_nation",
    [INDEX_PERSON_DROP] = "DROP INDEX mark_by_person",
    [INDEX_NATION_MAKE] = "CREATE INDEX mark_by_nation ON mark "
                          "(event, sex, nation, time_ms, day, person)",
    [INDEX_PERSON_MAKE] = "CREATE INDEX mark_by_person ON mark (person)",
    /* PostgreSQL's alone: the keys of the parts that lie on the first server. */
    [KEYS_DROP] = "DO $$ DECLARE t RECORD; BEGIN FOR t IN " LOCAL_PARTS " LOOP "
                  "EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', t.relname, "
                  "t.relname || '_pkey'); END LOOP; END $$",
    [KEYS_MAKE] = "DO $$ DECLARE t RECORD; BEGIN FOR t IN " LOCAL_PARTS " LOOP "
                  "EXECUTE format('ALTER TABLE %I ADD %s', t.relname, t.key); "
                  "END LOOP; END $$",

    [LIST_PAGE] = PAGE,
    [LIST_PAGE_NATION] = PAGE_NATION,
    [LIST_KEYS] = PAGE_KEYS,
    [LIST_KEYS_NATION] = PAGE_KEYS_NATION,
    [LIST_ROW] = ONE_ROW,
    [LIST_ROWS] = ROWS,
    [LAST_DAY] = "SELECT max(day) FROM mark WHERE event = $1 AND sex = $2",
    [PLAN] = "EXPLAIN QUERY PLAN " PAGE,
    [PLAN_NATION] = "EXPLAIN QUERY PLAN " PAGE_NATION,
    [PLAN_KEYS] = "EXPLAIN QUERY PLAN " PAGE_KEYS,
    [PLAN_KEYS_NATION] = "EXPLAIN QUERY PLAN " PAGE_KEYS_NATION,
    [PLAN_ROW] = "EXPLAIN QUERY PLAN " ONE_ROW,
    [PLAN_SERVER] = "EXPLAIN " PAGE,
    [PLAN_SERVER_NATION] = "EXPLAIN " PAGE_NATION,
    [PLAN_SERVER_KEYS] = "EXPLAIN " PAGE_KEYS,
    [PLAN_SERVER_KEYS_NATION] = "EXPLAIN " PAGE_KEYS_NATION,
    [PLAN_SERVER_ROWS] = "EXPLAIN " ROWS,
    [CAREER] = "SELECT " ROW_COLUMNS " FROM mark" NAMED
               "WHERE m.person IN (SELECT id FROM person WHERE head = $1) "
               "ORDER BY m.day, m.event, m.time_ms, m.person",
    [CAREER_SPAN] = "SELECT count(*), max(day), min(CASE WHEN day > -2147483648 THEN day "
                    "END) FROM mark "
                    "WHERE person IN (SELECT id FROM person WHERE head = $1)",

    /* Of a server that keeps marks and nothing else (far.c). */
    [FAR_PAGE] = FAR_LIST,
    [FAR_PAGE_NATION] = FAR_LIST_NATION,
    [FAR_ROWS] = FAR_LIST_ROWS,
    [PLAN_FAR] = "EXPLAIN " FAR_LIST,
    [PLAN_FAR_NATION] = "EXPLAIN " FAR_LIST_NATION,
    [PLAN_FAR_ROWS] = "EXPLAIN " FAR_LIST_ROWS,
    [FAR_CAREER] = "SELECT " FAR_COLUMNS " FROM mark WHERE person = $1",
    [FAR_SPAN] = "SELECT count(*), max(day), min(CASE WHEN day > -2147483648 THEN day "
                 "END) FROM mark WHERE person = $1",
    [NAMES_OF_PERSON] = "SELECT id FROM person WHERE head = $1 ORDER BY id",
    /* PostgreSQL's alone, as several servers are. */
    [PEOPLE_OF] = "SELECT id, head, name, born_day, born_year FROM person "
                  "WHERE id = ANY (string_to_array($1, ',')::int[])",
    [MEETINGS_OF] = "SELECT id, competition, venue FROM meeting "
                    "WHERE id = ANY (string_to_array($1, ',')::bigint[])",

    [MAPPING_GET] = "SELECT means FROM mapping WHERE header = $1",
    [MAPPING_TELL] = "INSERT INTO mapping (header, means) VALUES ($1, $2) "
                     "ON CONFLICT (header) DO UPDATE SET means = excluded.means",
};

#define PERSON_INTO                                                                        \
    "person (id, name, nation, born_day, born_year, sex, maker, maker_id, head)"
#define INTO_MARK(table)                                                                   \
    {                                                                                      \
        "INSERT INTO " table " (" MARK_COLUMNS                                             \
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",     \
            "COPY " table " (" MARK_COLUMNS ") FROM STDIN (FORMAT binary)"                 \
    }

const struct har_into har_annals_people_into = {
    "INSERT INTO " PERSON_INTO " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    "COPY " PERSON_INTO " FROM STDIN (FORMAT binary)"};
const struct har_into har_annals_keys_into = {
    "INSERT INTO person_key (key, person) VALUES ($1, $2)",
    "COPY person_key (key, person) FROM STDIN (FORMAT binary)"};
const struct har_into har_annals_wanted_into = {
    "INSERT INTO wanted (n, key) VALUES ($1, $2)",
    "COPY wanted (n, key) FROM STDIN (FORMAT binary)"};
const struct har_into har_annals_meetings_into = {
    "INSERT INTO new_meeting (id, competition, venue) VALUES ($1, $2, $3)",
    "COPY new_meeting (id, competition, venue) FROM STDIN (FORMAT binary)"};
const struct har_into har_annals_marks_into = INTO_MARK("mark");
const struct har_into har_annals_waiting_into = INTO_MARK("new_mark");

struct har_query annals_ask(struct har_database *db, enum annals_statement which)
{
    return har_ask(db, har_annals_statements[which]);
}

har_status annals_run(struct har_database *db, enum annals_statement which,
                      struct har_error *err)
{
    struct har_query q = annals_ask(db, which);
    return har_answer_all(&q, err);
}
