/* SPDX-License-Identifier: MIT */
/* The servers of a store that lies on several. */

#include "commands.h"

#include <inttypes.h>

static void write_shards(struct har_text *text, const struct har_shards *shards, bool json)
{
    if (json) {
        struct har_json j = json_begin(text, "harrier.shards/1");
        har_json_integer(&j, "parts_here", shards->parts_here);
        har_json_open(&j, "shards", '[');
        for (size_t i = 0; i < shards->count; i++) {
            const struct har_shard *shard = &shards->shard[i];
            har_json_open(&j, NULL, '{');
            har_json_string(&j, "name", shard->name);
            har_json_string(&j, "host", shard->host);
            har_json_string(&j, "port", shard->port);
            har_json_string(&j, "database", shard->database);
            har_json_integer(&j, "parts", shard->parts);
            har_json_close(&j);
        }
        har_json_close(&j);
        har_json_close(&j);
        return;
    }
    har_text_format(text, "the first server: %" PRId64 " parts of the marks\n",
                    shards->parts_here);
    for (size_t i = 0; i < shards->count; i++) {
        const struct har_shard *shard = &shards->shard[i];
        har_text_format(text, "%s: %" PRId64 " parts, %s:%s/%s\n", shard->name,
                        shard->parts, shard->host, shard->port, shard->database);
    }
}

/* What the servers are after all. */
static int tell_shards(const struct request *request, struct har_store *store)
{
    struct har_shards shards;
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    struct har_database *db = har_store_database(store);
    har_status got = har_database_shards(db, request->arena, &shards, &why);
    if (got) return fail(request, &why);
    if (!har_database_is_server(db)) {
        complain(request, "the store is a file: all of it lies there");
        return HAR_EXIT_NOTHING;
    }
    write_shards(&text, &shards, is_asked(request, OPT_JSON));
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_db_shard_list(const struct request *request)
{
    int status;
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    status = tell_shards(request, store);
    har_store_close(store);
    return status;
}

int run_db_shard_add(const struct request *request)
{
    int status;
    struct har_shard added;
    struct har_error why = {0};
    const char *url = request->operand[0];
    if (is_secret_told(request, url)) return HAR_EXIT_USAGE;
    struct har_store *store = open_store(request, HAR_STORE_WRITE, &status);
    if (!store) return status;
    har_status got = har_database_add_shard(har_store_database(store), url, request->arena,
                                            &added, &why);
    status = got ? fail(request, &why) : tell_shards(request, store);
    har_store_close(store);
    return status;
}
