/* SPDX-License-Identifier: MIT */
/* The care of the store: proofs, copies, and rows made again. Every command of this group
 * ends with the same proof, of the store it leaves behind, so that "ok" is never a promise.
 */

#include "commands.h"

#include <inttypes.h>

/* What a command did before the proof. */
struct deed {
    const char *sentence; /* or NULL */
    const char *path;     /* of the store or the copy */
    const char *kept;     /* what was moved aside, or NULL */
};

static void write_health(struct har_text *text, const struct har_store_health *health,
                         const struct deed *deed, bool json)
{
    if (json) {
        struct har_json j = json_begin(text, "harrier.db/1");
        har_json_boolean(&j, "ok", health->problem_count == 0);
        har_json_integer(&j, "originals", (int64_t)health->originals);
        har_json_integer(&j, "derived", (int64_t)health->derived);
        har_json_integer(&j, "activities", (int64_t)health->activities);
        har_json_integer(&j, "sources", (int64_t)health->sources);
        har_json_string(&j, "path", deed->path);
        if (deed->kept) har_json_string(&j, "kept", deed->kept);
        har_json_open(&j, "problems", '[');
        for (size_t i = 0; i < health->problem_count; i++) {
            har_json_open(&j, NULL, '{');
            har_json_integer(&j, "original", health->problems[i].original);
            har_json_string(&j, "message", health->problems[i].message);
            har_json_close(&j);
        }
        har_json_close(&j);
        har_json_close(&j);
        return;
    }
    if (deed->sentence) har_text_format(text, "%s\n", deed->sentence);
    har_text_format(text,
                    "%s: %" PRIu64 " originals, %" PRIu64 " sources, %" PRIu64
                    " activities, %" PRIu64 " derived\n",
                    health->problem_count ? "not sound" : "sound", health->originals,
                    health->sources, health->activities, health->derived);
    for (size_t i = 0; i < health->problem_count; i++)
        har_text_format(text, "  %s\n", health->problems[i].message);
}

static int prove(const struct request *request, struct har_store *store,
                 const struct deed *deed)
{
    struct har_store_health health;
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    har_status got = har_store_verify(store, request->arena, &health, &why);
    if (got) return fail(request, &why);
    write_health(&text, &health, deed, is_asked(request, OPT_JSON));
    put_text(request, &text);
    return health.problem_count ? HAR_EXIT_FAILED : HAR_EXIT_DONE;
}

/* Opens what is at `path` and proves it. */
static int prove_at(const struct request *request, const char *path,
                    const struct deed *deed)
{
    struct har_store *store;
    struct har_error why = {0};
    har_status got = har_store_open(path, HAR_STORE_READ, &store, &why);
    if (got) return fail(request, &why);
    int status = prove(request, store, deed);
    har_store_close(store);
    return status;
}

int run_db_verify(const struct request *request)
{
    int status;
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    struct deed deed = {.path = store_path(request, &status)};
    status = prove(request, store, &deed);
    har_store_close(store);
    return status;
}

int run_db_backup(const struct request *request)
{
    int status;
    const char *to = request->operand[0];
    struct har_error why = {0};
    struct har_text done = {.arena = request->arena};
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    har_status got = har_store_backup(store, to, &why);
    har_store_close(store);
    if (got) return fail(request, &why);
    har_text_format(&done, "copied to %s", to);
    return prove_at(request, to, &(struct deed){done.data, to, NULL});
}

int run_db_restore(const struct request *request)
{
    int status;
    const char *from = request->operand[0], *kept = NULL;
    struct har_error why = {0};
    struct har_text done = {.arena = request->arena};
    const char *path = store_path(request, &status);
    if (!path) return status;
    har_status got = har_store_restore(from, path, request->arena, &kept, &why);
    if (got) return fail(request, &why);
    har_text_format(&done, "%s is in place at %s", from, path);
    if (kept) har_text_format(&done, "; what was there is kept as %s", kept);
    return prove_at(request, path, &(struct deed){done.data, path, kept});
}

int run_db_rebuild(const struct request *request)
{
    int status;
    uint64_t count;
    struct har_error why = {0};
    struct har_text done = {.arena = request->arena};
    const char *path = store_path(request, &status);
    struct har_store *store;
    if (!path) return status;
    /* A store that is not there is not made; one of an older Harrier is brought up. */
    har_status got = har_store_open(path, HAR_STORE_READ, &store, &why);
    if (got == HAR_OK) har_store_close(store);
    else if (got != HAR_BUSY) return fail(request, &why);
    store = open_store(request, HAR_STORE_WRITE, &status);
    if (!store) return status;
    got = har_rebuild(store, NULL, &count, &why);
    if (got) {
        status = fail(request, &why);
    } else {
        har_text_format(&done, "%" PRIu64 " activities worked out again", count);
        struct deed deed = {done.data, store_path(request, &status), NULL};
        status = prove(request, store, &deed);
    }
    har_store_close(store);
    return status;
}
