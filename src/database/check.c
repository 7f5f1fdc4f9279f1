/* SPDX-License-Identifier: MIT */
/* What the database proves of itself, and then what it was not told to prove: marks come by
 * the million and lie on several servers, so that their tables do not declare what they
 * refer to. */

#include "backend.h"

#define LOST(table, column, parent)                                                        \
    "SELECT count(*), min(k) FROM (SELECT DISTINCT " column " AS k FROM " table ") c "     \
    "WHERE k IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " parent " p WHERE p.id = c.k)"

static const struct {
    const char *sql, *one, *several;
} lost[] = {
    {LOST("mark", "person", "person"), "marks are of athlete %lld, who is not there",
     "marks are of %lld athletes who are not there, %lld the first"},
    {LOST("mark", "meeting", "meeting"), "marks are of meeting %lld, which is not there",
     "marks are of %lld meetings that are not there, %lld the first"},
    {LOST("mark", "event", "discipline"), "marks are of event %lld, which is not there",
     "marks are of %lld events that are not there, %lld the first"},
    {LOST("person", "head", "person"), "an athlete is said to be %lld, who is not there",
     "athletes are said to be %lld others who are not there, %lld the first"},
    {LOST("person_key", "person", "person"),
     "a name leads to athlete %lld, who is not there",
     "names lead to %lld athletes who are not there, %lld the first"},
    {LOST("doubt", "a", "person"), "a doubt is of athlete %lld, who is not there",
     "doubts are of %lld athletes who are not there, %lld the first"},
    {LOST("doubt", "b", "person"), "a doubt is of athlete %lld, who is not there",
     "doubts are of %lld athletes who are not there, %lld the first"},
};

static har_status count_lost(struct har_database *db, const char *sql, long long *count,
                             long long *first, struct har_error *why)
{
    struct har_query q = har_ask(db, sql);
    har_status status = har_answer(&q, why);
    if (status) return status == HAR_END ? HAR_OK : status;
    *count = har_take_int(&q);
    *first = har_take_int(&q);
    har_drop(&q);
    return HAR_OK;
}

har_status har_database_check(struct har_database *db,
                              void (*found)(void *ctx, const char *what), void *ctx,
                              struct har_error *err)
{
    struct har_arena arena = {0};
    har_status status = db->backend->check(db, found, ctx, err);
    for (size_t i = 0; i < sizeof lost / sizeof *lost && status == HAR_OK; i++) {
        long long count = 0, first = 0;
        struct har_error why = {0};
        struct har_text words = {.arena = &arena};
        status = count_lost(db, lost[i].sql, &count, &first, &why);
        if (count == 1) har_text_format(&words, lost[i].one, first);
        if (count > 1) har_text_format(&words, lost[i].several, count, first);
        if (count) found(ctx, words.failed ? "rows refer to none" : words.data);
        if (status == HAR_BAD_INPUT) found(ctx, why.message); /* damage is a finding too */
        if (status == HAR_BAD_INPUT) status = HAR_OK;
        if (status) har_fail(err, status, 0, "%s", why.message);
    }
    har_arena_free(&arena);
    return status;
}
