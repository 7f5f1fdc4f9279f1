/* SPDX-License-Identifier: MIT */
/* Every statement that the store runs. One text serves both databases: PostgreSQL numbers
 * its parameters $1, $2, ... and SQLite accepts the same spelling as names, numbered by
 * first appearance; so parameters must first appear in order, which tests/store_test.c
 * checks. No SQL is built at run time. */

#include "statements.h"

#define SOURCE_COLUMNS                                                                     \
    "s.id, s.activity, s.original, s.part, s.sport, s.serial, s.created_ms, s.start_ms, "  \
    "s.end_ms, s.distance_m, s.richness, o.path"

/* In the order of `summary_columns` in derived.c. */
#define DERIVED_COLUMNS                                                                    \
    "start_ms, utc_offset_s, offset_source, sport, sub_sport, setting, elapsed_s, "        \
    "timer_s, moving_s, distance_m, distance_source, device_distance_m, ascent_m, "        \
    "descent_m, device_ascent_m, altitude_m, altitude_max_m, heart_bpm, heart_max_bpm, "   \
    "cadence_spm, power_w, lat_deg, lon_deg, dropped_times, dropped_positions, "           \
    "dropped_beats, gaps, heart_s, flat_speed_mps, steady_s, steady_mps, steady_bpm, "     \
    "steady_decoupling"

/* In the order of bind_race() and take_race() in races.c. */
#define RACE_COLUMNS                                                                       \
    "r.activity, r.day, r.event, r.time_ms, r.decimals, r.hand, r.short_track, "           \
    "r.official, r.eligible, r.judged, r.place, r.name, r.venue, r.course, r.notes, "      \
    "r.drop_m, r.separation_pct, r.altitude_m, r.temp_c, r.humidity_pct, r.wbgt_c, "       \
    "r.wind_mps"

/* In the order of `morning_measures` in mornings.c. */

const char *const har_statements[STATEMENTS] = {
    [ATHLETE_FIND] = "SELECT id FROM athlete WHERE name = $1 "
                     "UNION ALL SELECT id FROM athlete WHERE listed_as = $1",
    [ATHLETE_ADD] = "INSERT INTO athlete (name) VALUES ($1) RETURNING id",
    [ATHLETE_NAMES] = "SELECT name FROM athlete WHERE name <> '' OR EXISTS "
                      "(SELECT 1 FROM activity WHERE activity.athlete = athlete.id) "
                      "OR EXISTS (SELECT 1 FROM race WHERE race.athlete = athlete.id) "
                      "OR EXISTS (SELECT 1 FROM camp WHERE camp.athlete = athlete.id) "
                      "OR EXISTS "
                      "(SELECT 1 FROM wellness WHERE wellness.athlete = athlete.id) "
                      "OR EXISTS (SELECT 1 FROM shoe WHERE shoe.athlete = athlete.id) "
                      "OR EXISTS (SELECT 1 FROM season WHERE season.athlete = athlete.id) "
                      "ORDER BY id",

    [ATHLETE_ABOUT] = "SELECT name, listed_as, sex, born_day FROM athlete WHERE id = $1",
    [ATHLETE_TELL] = "UPDATE athlete SET listed_as = COALESCE(listed_as, $1), "
                     "sex = COALESCE(sex, $2), born_day = COALESCE(born_day, $3) "
                     "WHERE id = $4 RETURNING id",

    [ORIGINAL_FIND] = "SELECT id FROM original WHERE hash = $1 "
                      "UNION ALL SELECT original FROM alias WHERE hash = $1",
    [ALIAS_ADD] = "INSERT INTO alias (hash, original) VALUES ($1, $2) "
                  "ON CONFLICT (hash) DO NOTHING",
    [ORIGINAL_ADD] = "INSERT INTO original (hash, size, format, path) "
                     "VALUES ($1, $2, $3, $4) RETURNING id",
    [ORIGINAL_GET] = "SELECT o.hash, o.size, p.bytes "
                     "FROM original o JOIN packed p ON p.original = o.id WHERE o.id = $1",
    [ORIGINAL_ALL] =
        "SELECT o.id, o.hash, o.size, p.bytes "
        "FROM original o LEFT JOIN packed p ON p.original = o.id ORDER BY o.id",
    [PACKED_ADD] = "INSERT INTO packed (original, bytes) VALUES ($1, $2)",

    [ACTIVITY_ADD] = "INSERT INTO activity (athlete) VALUES ($1) RETURNING id",
    [ACTIVITY_DESCRIBE] = "UPDATE activity SET name = COALESCE($1, name), "
                          "race = CASE WHEN $2 < 0 THEN race ELSE $2 END "
                          "WHERE id = $3 RETURNING id",

    [SOURCE_ADD] = "INSERT INTO source (activity, original, part, sport, serial, "
                   "created_ms, start_ms, end_ms, distance_m, richness) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
    [SOURCE_RICHEST] = "SELECT richness FROM source WHERE activity = $1 "
                       "ORDER BY richness DESC LIMIT 1",
    [SOURCE_LIKE] = "SELECT " SOURCE_COLUMNS " FROM source s "
                    "JOIN activity a ON a.id = s.activity "
                    "JOIN original o ON o.id = s.original "
                    "WHERE a.athlete = $1 AND s.serial = $2 AND s.created_ms = $3 "
                    "AND s.part = $4 "
                    "UNION SELECT " SOURCE_COLUMNS " FROM source s "
                    "JOIN activity a ON a.id = s.activity "
                    "JOIN original o ON o.id = s.original "
                    "WHERE a.athlete = $1 AND s.start_ms >= $5 AND s.start_ms <= $6 "
                    "AND s.end_ms >= $7 "
                    "ORDER BY 1",
    [SOURCE_OF] = "SELECT " SOURCE_COLUMNS " FROM source s "
                  "JOIN original o ON o.id = s.original "
                  "WHERE s.activity = $1 ORDER BY s.richness DESC, s.id",

    [DERIVED_DROP] = "DELETE FROM derived WHERE activity = $1",
    [DERIVED_ADD] =
        "INSERT INTO derived (activity, algorithm, local_day, " DERIVED_COLUMNS
        ", pace_s) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
        "$15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, "
        "$29, $30, $31, $32, $33, $34, $35, $36, $37)",
    [DERIVED_OUTDATE] = "UPDATE derived SET algorithm = 0 WHERE activity = $1",
    [DERIVED_STALE] =
        "SELECT a.id FROM activity a LEFT JOIN derived d ON d.activity = a.id "
        "WHERE d.activity IS NULL OR d.algorithm <> $1 ORDER BY a.id",
    [BEST_DROP] = "DELETE FROM best WHERE activity = $1",
    [BEST_ADD] = "INSERT INTO best (activity, kind, place, distance_m, time_s, from_s, "
                 "from_m) VALUES ($1, $2, $3, $4, $5, $6, $7)",

    /* At most so many entries; a guess that makes room. */
    [ENTRY_COUNT] = "SELECT count(*) FROM activity WHERE athlete >= $1 AND athlete <= $2",
    /* The plus hides the index of days from SQLite, which would rather walk all athletes'
     * days than the one athlete's activities. */
    [ENTRY_LIST] =
        "SELECT a.id, a.athlete, a.name, a.race, " DERIVED_COLUMNS " FROM derived d "
        "JOIN activity a ON a.id = d.activity "
        "WHERE a.athlete >= $1 AND a.athlete <= $2 AND +d.local_day >= $3 "
        "AND +d.local_day <= $4 AND ($5 < 0 OR d.sport = $5) "
        "AND ($6 = 0 OR a.race = 1) ORDER BY d.start_ms, a.id",
    [ENTRY_GET] =
        "SELECT a.id, a.athlete, a.name, a.race, " DERIVED_COLUMNS " FROM derived d "
        "JOIN activity a ON a.id = d.activity WHERE a.id = $1",
    [ENTRY_BESTS] = "SELECT a.id, b.distance_m, b.time_s, b.from_s, b.from_m "
                    "FROM derived d JOIN activity a ON a.id = d.activity "
                    "JOIN best b ON b.activity = d.activity AND b.kind = 0 "
                    "WHERE a.athlete >= $1 AND a.athlete <= $2 AND +d.local_day >= $3 "
                    "AND +d.local_day <= $4 AND ($5 < 0 OR d.sport = $5) "
                    "AND ($6 = 0 OR a.race = 1) ORDER BY d.start_ms, a.id, b.place",
    [ENTRY_PACES] = "SELECT a.id, d.pace_s FROM derived d "
                    "JOIN activity a ON a.id = d.activity "
                    "WHERE a.athlete >= $1 AND a.athlete <= $2 AND +d.local_day >= $3 "
                    "AND +d.local_day <= $4 AND ($5 < 0 OR d.sport = $5) "
                    "AND ($6 = 0 OR a.race = 1) AND d.pace_s IS NOT NULL "
                    "ORDER BY d.start_ms, a.id",
    [ENTRY_BESTS_OF] = "SELECT activity, distance_m, time_s, from_s, from_m FROM best "
                       "WHERE activity = $1 AND kind = 0 ORDER BY place",

    [RACE_ADD] =
        "INSERT INTO race (activity, day, event, time_ms, decimals, hand, short_track, "
        "official, eligible, judged, place, name, venue, course, notes, drop_m, "
        "separation_pct, altitude_m, temp_c, humidity_pct, wbgt_c, wind_mps, athlete) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
        "$17, $18, $19, $20, $21, $22, $23) RETURNING id",
    [RACE_FIND] = "SELECT r.id, a.name, " RACE_COLUMNS " FROM race r "
                  "JOIN athlete a ON a.id = r.athlete WHERE r.athlete = $1 "
                  "AND r.day = $2 AND r.event = $3 AND r.time_ms = $4",
    [RACE_LIST] = "SELECT r.id, a.name, " RACE_COLUMNS " FROM race r "
                  "JOIN athlete a ON a.id = r.athlete WHERE ($1 = 0 OR r.athlete = $1) "
                  "AND r.day >= $2 AND r.day <= $3 ORDER BY r.day, r.id",
    [RACE_CHANGE] =
        "UPDATE race SET activity = $1, day = $2, event = $3, time_ms = $4, "
        "decimals = $5, hand = $6, short_track = $7, official = $8, eligible = $9, "
        "judged = $10, place = $11, name = $12, venue = $13, course = $14, notes = $15, "
        "drop_m = $16, separation_pct = $17, altitude_m = $18, temp_c = $19, "
        "humidity_pct = $20, wbgt_c = $21, wind_mps = $22 WHERE id = $23 RETURNING id",
    [RACE_DROP] = "DELETE FROM race WHERE id = $1 RETURNING id",

    [ACTIVITY_BARE] = "SELECT id FROM activity WHERE NOT EXISTS "
                      "(SELECT 1 FROM source WHERE source.activity = activity.id) "
                      "ORDER BY id",
    [ACTIVITY_UNDERIVED] = "SELECT id FROM activity WHERE NOT EXISTS "
                           "(SELECT 1 FROM derived WHERE derived.activity = activity.id) "
                           "ORDER BY id",
    [COUNTS] = "SELECT (SELECT count(*) FROM original), (SELECT count(*) FROM activity), "
               "(SELECT count(*) FROM source), (SELECT count(*) FROM derived)",
};
