/* SPDX-License-Identifier: MIT */
/* Opening a database: which one it is, whose, and whether its tables are as this Harrier
 * knows them. Nothing is changed before all that is known. */

#include "backend.h"
#include "schema.h"

#include <string.h>

bool har_is_database_url(const char *where)
{
    static const char *const schemes[] = {"postgresql://", "postgres://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncmp(where, schemes[i], strlen(schemes[i])) == 0) return true;
    return false;
}

static har_status known_version(struct har_database *db, int64_t *version,
                                struct har_error *err)
{
    har_status status = db->backend->version(db, version, err);
    if (status != HAR_OK || *version <= har_schema_version) return status;
    return har_fail(
        err, HAR_BUSY, 0,
        "the store was written by a newer Harrier (schema %lld, this one knows %d)",
        (long long)*version, har_schema_version);
}

har_status har_database_raise(struct har_database *db, struct har_error *err)
{
    int64_t version;
    har_status status = known_version(db, &version, err);
    for (; status == HAR_OK && version < har_schema_version; version++)
        status = db->backend->raise(db, version, err);
    return status;
}

/* Within a transaction: another process may have been first. */
static har_status bring_up(struct har_database *db, struct har_error *err)
{
    har_status status = har_database_begin(db, err);
    if (status != HAR_OK) return status;
    status = har_database_raise(db, err);
    if (status == HAR_OK) return har_database_commit(db, err);
    har_database_rollback(db);
    return status;
}

static har_status make_ready(struct har_database *db, enum har_database_mode mode,
                             struct har_error *err)
{
    int64_t version;
    har_status status = known_version(db, &version, err);
    if (status != HAR_OK) return status;
    if (mode == HAR_DATABASE_READ) {
        db->only_read = true;
        if (version == 0 && db->backend->server)
            return har_fail(err, HAR_NOT_FOUND, 0, "there is no store yet");
        if (version == 0)
            return har_fail(err, HAR_BAD_INPUT, 0, "the file is empty, not a store");
        if (version < har_schema_version)
            return har_fail(err, HAR_BUSY, 0,
                            "the store was written by an older Harrier: the next import "
                            "brings it up");
    }
    status = db->backend->set_up(db, mode, err);
    if (status == HAR_OK && version < har_schema_version) status = bring_up(db, err);
    return status;
}

har_status har_database_open(const char *where, enum har_database_mode mode,
                             struct har_database **out, struct har_error *err)
{
    struct har_database *db = NULL;
    har_status status = har_is_database_url(where)
                            ? har_postgres_open(where, mode, &db, err)
                            : har_sqlite_open(where, mode, &db, err);
    if (status == HAR_OK) status = make_ready(db, mode, err);
    if (status != HAR_OK) {
        har_database_close(db);
        db = NULL;
    }
    *out = db;
    return status;
}
