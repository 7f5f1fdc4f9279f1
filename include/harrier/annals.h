/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_ANNALS_H
#define HARRIER_ANNALS_H

/* annals - marks of many athletes, at rest and asked.
 *
 * Lists go in as sheets give them, from a club's evening to a federation's archive, and who
 * is who is judged as they come. What is asked comes back as the nouns of `list`. Both
 * databases give the same answers; a mark that several lists have is one.
 */

#include "harrier/database.h"
#include "harrier/list.h"
#include "harrier/person.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- lists in --------------------------------------------------------------------------
 */

/* What an intake came to. */
struct har_annals_news {
    uint64_t fresh;  /* marks that were not in */
    uint64_t filled; /* told more of: a place, a caveat */
    uint64_t known;  /* nothing new, or twice in the list */
    uint64_t people; /* athletes who were not in */
    uint64_t doubts; /* pairs of whom somebody should say whether they are one */
};

/* Lists go in within a transaction of the caller's, who commits it:
 *
 *     status = har_annals_intake(db, &intake, err);
 *     while (there are rows) status = har_annals_add(intake, row, count, maker, err);
 *     status = har_annals_close(intake, status, &news, err);
 *
 * Nothing is in before the last call, which also releases the intake and returns what it is
 * given where that is a failure; the transaction is to be rolled back then. */
struct har_annals_intake;
har_status har_annals_intake(struct har_database *db, struct har_annals_intake **out,
                             struct har_error *err);

/* Any number of rows (har_result_check() has passed); nothing of them is kept. Those of
 * nobody, whose name has no letter, are left out and counted in `*nameless`. `maker` says
 * whose ids the rows have; NULL: their ids say nothing. */
har_status har_annals_add(struct har_annals_intake *intake, const struct har_result *row,
                          size_t count, const char *maker, uint64_t *nameless,
                          struct har_error *err);
har_status har_annals_close(struct har_annals_intake *intake, har_status status,
                            struct har_annals_news *news, struct har_error *err);

/* After a commit that brought `fresh` marks: where those are many, a server looks through
 * them at once as it would a minute later, and lists are read from their index alone. A
 * file has nothing of it. Should it fail, nothing is lost. */
void har_annals_settle(struct har_database *db, uint64_t fresh);

/* --- lists out -------------------------------------------------------------------------
 */

/* A ranking; points are not told. HAR_NOT_FOUND: nobody has such a mark. A question for
 * both sexes has those of whom it is not told, too. */
har_status har_annals_ranks(struct har_database *db,
                            const struct har_list_question *question,
                            struct har_arena *arena, struct har_ranks *out,
                            struct har_error *err);

/* The last day of which the list has a mark, of whatever nation and age; HAR_NO_DAY. */
har_status har_annals_last_day(struct har_database *db,
                               const struct har_list_question *question, int64_t *day,
                               struct har_error *err);

/* How the record came to be what it is; HAR_NOT_FOUND. */
har_status har_annals_records(struct har_database *db,
                              const struct har_list_question *question,
                              struct har_arena *arena, struct har_progression *out,
                              struct har_error *err);

/* How the database finds the first rows of such a list, in its own words: a line a step. */
har_status har_annals_plan(struct har_database *db,
                           const struct har_list_question *question,
                           struct har_arena *arena, const char **plan,
                           struct har_error *err);

/* The events of which there are marks: track, short track, barriers, road, each in order of
 * distance. */
har_status har_annals_events(struct har_database *db, struct har_arena *arena,
                             struct har_event **events, size_t *count,
                             struct har_error *err);

/* --- who is who ------------------------------------------------------------------------
 */

/* An athlete, as first told of. Texts are NULL and numbers as in struct har_person where
 * they are not told. */
struct har_athlete_known {
    int64_t id;
    struct har_person person;
    int64_t same_as;           /* who this is, as somebody has said; 0: itself */
    size_t marks;              /* of all that are the same */
    int first_year, last_year; /* of them; 0: none has a day */
};

/* Those whose name that may be: whose letters are the same, in any order, or else those
 * whose spelling is a variant of it, or who have all of its words and more, in order of
 * name, then birth. One for all that are the same. An empty answer is HAR_OK. */
har_status har_annals_find(struct har_database *db, const char *name,
                           struct har_arena *arena, struct har_athlete_known **athletes,
                           size_t *count, struct har_error *err);

/* Everything that is known of an athlete, whichever of those that are the same `person`
 * names: what har_career_of() and har_career_meetings() take. HAR_NOT_FOUND. */
har_status har_annals_athlete(struct har_database *db, int64_t person,
                              struct har_arena *arena, struct har_athlete_known *out,
                              struct har_error *err);
har_status har_annals_marks(struct har_database *db, int64_t person,
                            struct har_arena *arena, struct har_listed **rows,
                            size_t *count, struct har_error *err);

/* Two who may be one: nobody has said yet. */
struct har_doubt {
    struct har_athlete_known a, b;
    const char *why; /* a sentence without full stop */
};
har_status har_annals_doubts(struct har_database *db, struct har_arena *arena,
                             struct har_doubt **doubts, size_t *count,
                             struct har_error *err);

/* Says that two are one, that they are not, or that nothing has been said: `b` is itself
 * again. Rows stay whose they were, so that nothing is lost either way. HAR_NOT_FOUND:
 * there is no such athlete; HAR_OUT_OF_RANGE: one with itself. */
enum har_saying { HAR_SAY_SAME, HAR_SAY_OTHER, HAR_SAY_NOTHING };
har_status har_annals_say(struct har_database *db, int64_t a, int64_t b,
                          enum har_saying saying, struct har_error *err);

/* --- layouts ---------------------------------------------------------------------------
 */

/* What the columns of sheets with this header are, as somebody told once; HAR_NOT_FOUND.
 */
har_status har_annals_mapping(struct har_database *db, const char *header,
                              struct har_arena *arena, const char **mapping,
                              struct har_error *err);
har_status har_annals_tell_mapping(struct har_database *db, const char *header,
                                   const char *mapping, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
