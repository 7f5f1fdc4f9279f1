/* SPDX-License-Identifier: MIT */
#ifndef ANNALS_WHO_H
#define ANNALS_WHO_H

/* Who the people of rows are. */

#include "columns.h"

#include "harrier/person.h"

/* The keys under which somebody is kept, and those under which who they may be is looked
 * for. The first of both are of the name to the letter. */
enum { MOST_KEYS = 5 };
struct person_keys {
    size_t names; /* of the name as it is, and as spelled where that is another */
    size_t kept, wanted;
    uint64_t keep[MOST_KEYS], want[MOST_KEYS];
    uint64_t loose; /* of all whose spelling is a variant */
};
/* No keys: the name has no letter. False: no memory. */
bool annals_keys_of(const struct har_person *p, struct har_arena *arena,
                    struct person_keys *out);

/* Takes the columns of a person as the statements select them. */
struct kept_person {
    int64_t id, head, same_as; /* same_as 0: nobody */
    struct har_person told;
};
struct kept_person annals_take_person(struct har_query *q, struct har_arena *arena,
                                      bool *full);

struct who;
har_status annals_who(struct har_database *db, struct who **out, struct har_error *err);
void annals_who_free(struct who *who); /* NULL allowed */

/* Who it was: a person and their sex; person 0 for a name without a letter. */
struct whom {
    int32_t person;
    int sex; /* or HAR_UNTOLD */
};

/* Judges the rows of a batch, and keeps whoever was not in. */
har_status annals_who_are(struct who *who, const struct har_result *row, size_t count,
                          const char *maker, struct whom *out, struct har_error *err);

/* So far. */
uint64_t annals_who_new(const struct who *who);
uint64_t annals_who_doubts(const struct who *who);

#endif
