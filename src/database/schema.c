/* SPDX-License-Identifier: MIT */
/* The tables, for SQLite. One row a version: a store of version n is brought up by running
 * rows n, n + 1, ...; a new version is a new row, and no row is ever changed.
 *
 * Packed originals lie in a table of their own, so that listing never pages through them. A
 * source has no path of its own: it is its original's. Which source is the primary one is
 * not kept but follows: the richest, the earliest of equals. A missing number or instant is
 * NULL; enumerations are their numbers in the doors. */

#include "schema.h"

/* clang-format off */
const char *const har_schema[] = {
    "PRAGMA application_id = 0x48415252;"
    "PRAGMA user_version = 1;"

    "CREATE TABLE athlete ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE"
    ") STRICT;"
    "INSERT INTO athlete (id, name) VALUES (1, '');" /* the nameless one */

    "CREATE TABLE original ("
    "  id INTEGER PRIMARY KEY,"
    "  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),"
    "  size INTEGER NOT NULL,"
    "  format TEXT NOT NULL,"
    "  path TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE alias (" /* the hash of a .gz in which an original once came */
    "  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),"
    "  original INTEGER NOT NULL REFERENCES original"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE packed ("
    "  original INTEGER PRIMARY KEY REFERENCES original,"
    "  bytes BLOB NOT NULL"
    ") STRICT;"

    "CREATE TABLE activity ("
    "  id INTEGER PRIMARY KEY,"
    "  athlete INTEGER NOT NULL REFERENCES athlete,"
    "  name TEXT,"
    "  race INTEGER NOT NULL DEFAULT 0 CHECK (race IN (0, 1))"
    ") STRICT;"

    "CREATE TABLE source ("
    "  id INTEGER PRIMARY KEY,"
    "  activity INTEGER NOT NULL REFERENCES activity,"
    "  original INTEGER NOT NULL REFERENCES original,"
    "  part INTEGER NOT NULL,"
    "  sport INTEGER NOT NULL,"
    "  serial INTEGER,"
    "  created_ms INTEGER,"
    "  start_ms INTEGER,"
    "  end_ms INTEGER,"
    "  distance_m REAL,"
    "  richness REAL NOT NULL"
    ") STRICT;"
    "CREATE INDEX source_by_activity ON source (activity);"
    "CREATE INDEX source_by_device ON source (serial, created_ms);"
    "CREATE INDEX source_by_start ON source (start_ms);"

    "CREATE TABLE derived ("
    "  activity INTEGER PRIMARY KEY REFERENCES activity,"
    "  algorithm INTEGER NOT NULL," /* 0: out of date whatever the version */
    "  local_day INTEGER NOT NULL," /* the lowest integer where there is no start */
    "  start_ms INTEGER,"
    "  utc_offset_s INTEGER NOT NULL,"
    "  offset_source INTEGER NOT NULL,"
    "  sport INTEGER NOT NULL,"
    "  sub_sport INTEGER NOT NULL,"
    "  setting INTEGER NOT NULL,"
    "  elapsed_s REAL,"
    "  timer_s REAL,"
    "  moving_s REAL,"
    "  distance_m REAL,"
    "  distance_source INTEGER NOT NULL,"
    "  device_distance_m REAL,"
    "  ascent_m REAL,"
    "  descent_m REAL,"
    "  device_ascent_m REAL,"
    "  altitude_m REAL,"
    "  altitude_max_m REAL,"
    "  heart_bpm REAL,"
    "  heart_max_bpm REAL,"
    "  cadence_spm REAL,"
    "  power_w REAL,"
    "  lat_deg REAL,"
    "  lon_deg REAL,"
    "  dropped_times INTEGER NOT NULL,"
    "  dropped_positions INTEGER NOT NULL,"
    "  dropped_beats INTEGER NOT NULL,"
    "  gaps INTEGER NOT NULL,"
    "  heart_s BLOB" /* see derived.c */
    ") STRICT;"
    "CREATE INDEX derived_by_day ON derived (local_day);"

    "CREATE TABLE best ("
    "  activity INTEGER NOT NULL REFERENCES activity,"
    "  kind INTEGER NOT NULL," /* 0: over a distance, 1: in a duration */
    "  place INTEGER NOT NULL,"
    "  distance_m REAL,"
    "  time_s REAL,"
    "  from_s REAL,"
    "  from_m REAL,"
    "  PRIMARY KEY (activity, kind, place)"
    ") STRICT, WITHOUT ROWID;",

    "PRAGMA user_version = 2;"
    "ALTER TABLE derived ADD COLUMN flat_speed_mps REAL;", /* NULL until made again */

    "PRAGMA user_version = 3;"
    "ALTER TABLE athlete ADD COLUMN listed_as TEXT;" /* what lists of results call them */
    "ALTER TABLE athlete ADD COLUMN sex INTEGER CHECK (sex IN (0, 1));"
    "ALTER TABLE athlete ADD COLUMN born_day INTEGER;"
    "CREATE UNIQUE INDEX athlete_by_list ON athlete (listed_as);"
    "CREATE TABLE race ("
    "  id INTEGER PRIMARY KEY,"
    "  athlete INTEGER NOT NULL REFERENCES athlete,"
    "  activity INTEGER REFERENCES activity,"
    "  day INTEGER NOT NULL,"
    "  event TEXT NOT NULL," /* its code */
    "  time_ms INTEGER NOT NULL CHECK (time_ms > 0),"
    "  decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 3),"
    "  hand INTEGER NOT NULL CHECK (hand IN (0, 1)),"
    "  short_track INTEGER NOT NULL CHECK (short_track IN (0, 1)),"
    "  official INTEGER NOT NULL CHECK (official IN (0, 1)),"
    "  eligible INTEGER CHECK (eligible IN (0, 1)),"
    "  judged INTEGER NOT NULL CHECK (judged IN (0, 1)),"
    "  place INTEGER,"
    "  name TEXT,"
    "  venue TEXT,"
    "  course TEXT,"
    "  notes TEXT,"
    "  drop_m REAL,"
    "  separation_pct REAL,"
    "  altitude_m REAL,"
    "  temp_c REAL,"
    "  humidity_pct REAL,"
    "  wbgt_c REAL,"
    "  wind_mps REAL,"
    "  UNIQUE (athlete, day, event, time_ms)"
    ") STRICT;"
    "CREATE INDEX race_by_day ON race (day);"
    "CREATE INDEX race_by_activity ON race (activity);",

    "PRAGMA user_version = 4;"
    "ALTER TABLE derived ADD COLUMN pace_s BLOB;" /* see derived.c; NULL until made again */
    "CREATE TABLE camp ("
    "  id INTEGER PRIMARY KEY,"
    "  athlete INTEGER NOT NULL REFERENCES athlete,"
    "  name TEXT NOT NULL CHECK (name <> ''),"
    "  from_day INTEGER NOT NULL,"
    "  to_day INTEGER NOT NULL CHECK (to_day >= from_day),"
    "  altitude_m REAL NOT NULL,"
    "  hours_per_day REAL NOT NULL,"
    "  UNIQUE (athlete, name)"
    ") STRICT;"
    "CREATE TABLE wellness ("
    "  athlete INTEGER NOT NULL REFERENCES athlete,"
    "  day INTEGER NOT NULL,"
    "  rest_bpm REAL,"
    "  hrv_ms REAL,"
    "  sleep_s REAL,"
    "  weight_kg REAL,"
    "  rpe REAL,"
    "  soreness REAL,"
    "  mood REAL,"
    "  PRIMARY KEY (athlete, day)"
    ") STRICT, WITHOUT ROWID;",

    "PRAGMA user_version = 5;" /* all NULL until made again, or where nothing is steady */
    "ALTER TABLE derived ADD COLUMN steady_s REAL;"
    "ALTER TABLE derived ADD COLUMN steady_mps REAL;"
    "ALTER TABLE derived ADD COLUMN steady_bpm REAL;"
    "ALTER TABLE derived ADD COLUMN steady_decoupling REAL;",

    "PRAGMA user_version = 6;" /* see src/annals */
    "CREATE TABLE discipline ("
    "  id INTEGER PRIMARY KEY,"
    "  code TEXT NOT NULL UNIQUE"
    ") STRICT;"
    "CREATE TABLE meeting ("
    "  id INTEGER PRIMARY KEY,"
    "  competition TEXT,"
    "  venue TEXT"
    ") STRICT;"
    "CREATE TABLE person ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  nation TEXT,"
    "  born_day INT,"
    "  born_year INT," /* also where the day is */
    "  sex INT CHECK (sex IN (0, 1)),"
    "  maker TEXT,"
    "  maker_id TEXT,"
    "  same_as INT," /* who this is, as somebody has said */
    "  head INT NOT NULL" /* who that comes to: itself, or another */
    ") STRICT;"
    "CREATE INDEX person_by_head ON person (head);"
    "CREATE TABLE person_key ("
    "  key INTEGER NOT NULL,"
    "  person INT NOT NULL,"
    "  PRIMARY KEY (key, person)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE doubt (" /* whether two are one */
    "  a INT NOT NULL,"
    "  b INT NOT NULL CHECK (b > a),"
    "  why TEXT NOT NULL,"
    "  settled INT NOT NULL CHECK (settled IN (0, 1)),"
    "  PRIMARY KEY (a, b)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE mark ("
    "  event INT NOT NULL,"
    "  sex INT NOT NULL CHECK (sex BETWEEN 0 AND 2),"
    "  time_ms INT NOT NULL CHECK (time_ms > 0)," /* by which lists order it */
    "  day INT NOT NULL," /* the lowest integer where it is not told */
    "  person INT NOT NULL,"
    "  race INTEGER NOT NULL," /* har_race_of() */
    "  meeting INTEGER NOT NULL,"
    "  nation INT NOT NULL," /* its letters in base 27; 0: not told */
    "  exact_ms INT," /* as it was written; NULL: as lists order it */
    "  decimals INT NOT NULL CHECK (decimals BETWEEN 0 AND 3),"
    "  hand INT NOT NULL CHECK (hand IN (0, 1)),"
    "  place INT,"
    "  round TEXT,"
    "  caveats INT NOT NULL,"
    "  eligible INT CHECK (eligible IN (0, 1)),"
    "  PRIMARY KEY (event, sex, time_ms, day, person)"
    ") /* PARTITION BY HASH (event) */ STRICT, WITHOUT ROWID;"
    "CREATE INDEX mark_by_nation ON mark (event, sex, nation, time_ms, day, person);"
    "CREATE INDEX mark_by_person ON mark (person);"
    "CREATE TABLE mapping (" /* which column of a sheet is what */
    "  header TEXT PRIMARY KEY,"
    "  means TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;",

    "PRAGMA user_version = 7;" /* see src/gear */
    "CREATE TABLE shoe ("
    "  id INTEGER PRIMARY KEY,"
    "  athlete INTEGER NOT NULL REFERENCES athlete,"
    "  name TEXT NOT NULL CHECK (name <> ''),"
    "  initial_m REAL NOT NULL,"
    "  limit_m REAL,"
    "  kinds INTEGER NOT NULL," /* bit k: worn for sessions of kind k */
    "  from_day INTEGER,"       /* NULL: always */
    "  last_day INTEGER,"       /* NULL: in use */
    "  UNIQUE (athlete, name)"
    ") STRICT;"
    "CREATE TABLE worn (" /* what somebody said; the rest follows from the kinds */
    "  activity INTEGER PRIMARY KEY REFERENCES activity,"
    "  shoe INTEGER NOT NULL REFERENCES shoe"
    ") STRICT;"
    "CREATE INDEX worn_by_shoe ON worn (shoe);"
    "CREATE INDEX activity_by_athlete ON activity (athlete);",

    "PRAGMA user_version = 8;"
    "CREATE TABLE season (" /* what is planned; what was done is never in here */
    "  athlete INTEGER NOT NULL UNIQUE REFERENCES athlete,"
    "  from_day INTEGER NOT NULL,"
    "  taper_days INTEGER NOT NULL," /* 0, and 0 of the next two: the default */
    "  taper_least REAL NOT NULL,"
    "  taper_most REAL NOT NULL"
    ") STRICT;"
    "CREATE TABLE season_item ("
    "  id INTEGER PRIMARY KEY,"
    "  athlete INTEGER NOT NULL REFERENCES athlete,"
    "  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),"
    "  from_day INTEGER NOT NULL,"
    "  to_day INTEGER NOT NULL CHECK (to_day >= from_day),"
    "  name TEXT NOT NULL,"
    "  event TEXT NOT NULL," /* its code; '' of what is no race */
    "  importance INTEGER NOT NULL,"
    "  altitude_m REAL"
    ") STRICT;"
    "CREATE INDEX season_item_by_day ON season_item (athlete, from_day);",

    "PRAGMA user_version = 9;"
    "CREATE TABLE zone (" /* see zone.h */
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL UNIQUE CHECK (name <> ''),"
    "  lat_deg REAL NOT NULL,"
    "  lon_deg REAL NOT NULL,"
    "  radius_m REAL NOT NULL,"
    "  east REAL NOT NULL," /* the secret */
    "  north REAL NOT NULL"
    ") STRICT;",
};
/* clang-format on */

const int har_schema_version = sizeof har_schema / sizeof har_schema[0];
