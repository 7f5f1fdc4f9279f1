/* SPDX-License-Identifier: MIT */
/* Files in, activities kept.
 *
 * One thread walks and keeps, the others work: the owner of the store meets each file, asks
 * whether the store has its bytes, and if not hands a copy to the pipeline; what comes
 * back, in the order of the walk, is judged (same.c) and written. So what an import does
 * depends on the files and their order alone, never on the number of threads.
 *
 * A transaction holds up to 64 files: one each would wait for the disk each time, one for
 * all would lose an evening's import to a flat battery. An original and all that is derived
 * of it lie in one transaction, so bytes that the store has need no second look.
 *
 * A dry run does all of this inside one transaction and takes it back. */

#include "analysis.h"
#include "describe.h"
#include "joining.h"
#include "pipeline.h"
#include "race_name.h"
#include "same.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
    FILES_A_TRANSACTION = 64,
    MOST_BYTES_UNDER_WAY = 32 << 20,
};

/* One file met, as the report will tell of it. */
struct row {
    struct har_import_file told;
    size_t number;
    uint64_t ground; /* how many files on the ground are behind us with it */
    int64_t original;
    bool settled; /* told of */
    struct row *next;
};

/* One file on its way through the pipeline. */
struct job {
    struct har_arena file;    /* holds `bytes`; released when they are worked through */
    struct har_arena results; /* holds the rest; released when it is kept */
    struct har_bytes bytes;
    bool packed; /* a .gz around the original */
    uint8_t packed_hash[HAR_HASH_SIZE];
    struct row *row;

    struct har_error error; /* status HAR_OK, or why there is no analysis */
    struct analysis analysis;
    struct har_original original;
};

struct import {
    struct har_store *store;
    const struct har_import_settings *settings;
    struct har_arena *arena; /* of the report */
    struct har_import_report report;
    struct har_arena lasting, desk; /* as long as the import; as long as one file */
    struct har_error *err;

    int64_t athlete;
    struct known known;
    struct descriptions descriptions;
    struct row *first, **end;
    struct pipeline pipeline;
    struct job jobs[PIPELINE_SLOTS]; /* used in turn, as the pipeline's slots are */
    bool writing;                    /* in a transaction */
    unsigned written;                /* files in it */

    const char *path; /* as the user gave it */
    const char *archive;
    struct har_import_progress progress;
    uint64_t ground;
};

static const char *const status_names[] = {
    [HAR_IMPORTED] = "imported", [HAR_ENRICHED] = "enriched", [HAR_DUPLICATE] = "duplicate",
    [HAR_SKIPPED] = "skipped",   [HAR_REFUSED] = "failed",
};

const char *har_import_status_name(enum har_import_status status)
{
    size_t count = sizeof status_names / sizeof status_names[0];
    return (size_t)status < count ? status_names[status] : "unknown";
}

static har_status import_full(const struct import *im)
{
    return har_fail(im->err, HAR_NO_MEMORY, 0, "not enough memory to go on importing");
}

/* --- what the report says of a file ------------------------------------------------ */

static har_status tell(struct import *im, struct row *row, enum har_import_status status,
                       const char *reason, uint64_t offset)
{
    row->settled = true;
    row->told.status = status;
    row->told.offset = offset;
    row->told.reason = reason ? har_arena_copy(im->arena, reason, strlen(reason)) : NULL;
    return reason && !row->told.reason ? import_full(im) : HAR_OK;
}

static har_status skip(struct import *im, struct row *row, const char *reason)
{
    im->report.skipped++;
    return tell(im, row, HAR_SKIPPED, reason, 0);
}

static har_status refuse(struct import *im, struct row *row, const struct har_error *why)
{
    im->report.failed++;
    im->progress.failed++;
    return tell(im, row, HAR_REFUSED, why->message, why->offset);
}

/* What may be told in a few words more than status and offset. */
static const char *sentence(struct import *im, const char *before, int64_t id,
                            const char *after)
{
    struct har_text text = {.arena = &im->desk};
    har_text_format(&text, "%s%lld%s", before, (long long)id, after);
    return text.failed ? before : text.data;
}

static har_status tell_known(struct import *im, struct row *row, int64_t original)
{
    size_t count;
    const struct telling *told = har_find_known(&im->known, original, &count);
    row->original = original;
    im->report.duplicate += count;
    return tell(
        im, row, HAR_DUPLICATE,
        sentence(im, "the same bytes as the original of activity ", told->activity, ""), 0);
}

static har_status advance(struct import *im, const struct row *row)
{
    if (row->ground > im->progress.done) im->progress.done = row->ground;
    im->progress.imported = im->report.imported;
    if (!im->settings->progress || im->settings->progress(im->settings->ctx, &im->progress))
        return HAR_OK;
    return har_fail(im->err, HAR_INTERRUPTED, 0, "stopped; what is in is in");
}

/* --- keeping ----------------------------------------------------------------------- */

static har_status begin(struct import *im)
{
    if (im->writing) return HAR_OK;
    har_status got = har_store_begin(im->store, im->err);
    im->writing = got == HAR_OK;
    return got;
}

/* Ends the transaction. Nothing written is nothing to commit. */
static har_status commit(struct import *im)
{
    if (!im->writing || im->settings->dry_run) return HAR_OK;
    im->writing = false;
    if (im->written > 0) {
        im->written = 0;
        return har_store_commit(im->store, im->err);
    }
    har_store_rollback(im->store);
    return HAR_OK;
}

/* How one activity of a file fared. */
struct fate {
    enum har_import_status status;
    const char *reason; /* or NULL */
};

static har_status keep_new(struct import *im, struct har_source *source,
                           const struct finding *f, struct fate *fate)
{
    har_status got = har_store_add_activity(im->store, im->athlete, source, im->err);
    if (got || (got = har_keep_finding(im->store, source->activity, f, im->err)))
        return got;
    *fate = (struct fate){HAR_IMPORTED, NULL};
    im->report.imported++;
    if (!f->name) return HAR_OK;
    return har_store_describe(im->store, source->activity, f->name,
                              har_names_a_race(f->name) ? 1 : -1, im->err);
}

/* Gives a name to an activity that has none. */
static har_status name_if_blank(struct import *im, int64_t activity, const char *name,
                                bool *named)
{
    struct har_entry entry;
    *named = false;
    if (!name) return HAR_OK;
    har_status got = har_store_entry(im->store, activity, &im->desk, &entry, im->err);
    if (got || (entry.name && *entry.name)) return got;
    *named = true;
    return har_store_describe(im->store, activity, name, har_names_a_race(name) ? 1 : -1,
                              im->err);
}

static har_status keep_beside(struct import *im, int64_t activity,
                              struct har_source *source, const struct finding *f,
                              struct fate *fate)
{
    bool leads, named;
    har_status got = har_store_add_source(im->store, activity, source, &leads, im->err);
    if (got == HAR_OK && leads) got = har_keep_finding(im->store, activity, f, im->err);
    if (got == HAR_OK) got = name_if_blank(im, activity, f->name, &named);
    if (got) return got;
    if (leads || named) im->report.enriched++;
    else im->report.duplicate++;
    fate->status = leads || named ? HAR_ENRICHED : HAR_DUPLICATE;
    fate->reason =
        leads   ? sentence(im, "tells more of activity ", activity,
                           " than what was in; leads it now")
        : named ? sentence(im, "the same run as activity ", activity,
                           ", which has its name now")
                : sentence(im, "the same run as activity ", activity, ", kept beside it");
    return HAR_OK;
}

static har_status keep_finding(struct import *im, const struct finding *f,
                               const struct row *row, struct fate *fate)
{
    struct har_source source = f->source, *like;
    size_t count;
    source.original = row->original;
    source.path = row->told.path;
    har_status got = har_store_sources_like(im->store, im->athlete, &source, &im->desk,
                                            &like, &count, im->err);
    if (got) return got;
    const struct har_source *same = har_same_run_among(like, count, &source);
    got = same ? keep_beside(im, same->activity, &source, f, fate)
               : keep_new(im, &source, f, fate);
    if (got) return got;
    struct telling telling = {source.original, source.activity};
    return har_add_known(&im->known, telling) ? HAR_OK : import_full(im);
}

/* The original's number, added if it is new. `*told` says whether activities of this
 * athlete are known of it already: the same bytes came twice in this import. */
static har_status keep_original(struct import *im, struct job *job, bool *told)
{
    size_t count;
    struct row *row = job->row;
    har_status got =
        har_store_find_original(im->store, job->original.hash, &row->original, im->err);
    *told = got == HAR_OK && har_find_known(&im->known, row->original, &count);
    if (got == HAR_NOT_FOUND)
        got = har_store_add_original(im->store, &job->original, &row->original, im->err);
    if (got || !job->packed) return got;
    return har_store_add_alias(im->store, job->packed_hash, row->original, im->err);
}

static har_status keep_findings(struct import *im, struct job *job)
{
    const struct analysis *a = &job->analysis;
    struct fate best = {HAR_DUPLICATE, NULL};
    bool told;
    har_status got = begin(im);
    if (got == HAR_OK) got = keep_original(im, job, &told);
    if (got == HAR_OK && told) {
        im->written++;
        return tell_known(im, job->row, job->row->original);
    }
    for (size_t i = 0; got == HAR_OK && i < a->finding_count; i++) {
        struct fate fate;
        got = keep_finding(im, &a->findings[i], job->row, &fate);
        if (got == HAR_OK && (i == 0 || fate.status < best.status)) best = fate;
    }
    if (got) return got;
    if (!best.reason) best.reason = a->warning;
    got = tell(im, job->row, best.status, best.reason,
               best.reason == a->warning ? a->warning_at : 0);
    if (got == HAR_OK && ++im->written == FILES_A_TRANSACTION) got = commit(im);
    return got;
}

/* A file that says it is an activity and brings none is told of: its owner ran. */
static har_status refuse_empty(struct import *im, struct row *row, const struct analysis *a)
{
    struct har_error why;
    if (a->unplaced > 0)
        har_fail(&why, HAR_BAD_INPUT, 0,
                 "holds no instant from 1970 to 2125, so there is no day to put it under");
    else if (a->warning) har_fail(&why, HAR_BAD_INPUT, a->warning_at, "%s", a->warning);
    else har_fail(&why, HAR_BAD_INPUT, 0, "holds no activity");
    return refuse(im, row, &why);
}

static har_status keep(struct import *im, struct job *job)
{
    const struct analysis *a = &job->analysis;
    if (job->error.status != HAR_OK) return refuse(im, job->row, &job->error);
    if (a->finding_count > 0) return keep_findings(im, job);
    if (a->kind == HAR_FILE_ACTIVITY) return refuse_empty(im, job->row, a);
    struct har_text reason = {.arena = &im->desk};
    har_text_format(&reason, "a file of the kind \"%s\", not an activity", a->kind_name);
    return reason.failed ? import_full(im) : skip(im, job->row, reason.data);
}

static har_status settle_one(struct import *im, struct job *job)
{
    har_status got = keep(im, job);
    har_arena_free(&job->results);
    har_arena_reset(&im->desk);
    return got ? got : advance(im, job->row);
}

/* Keeps what the workers have finished; all that is under way if `wait`. */
static har_status settle(struct import *im, bool wait)
{
    har_status got = HAR_OK;
    for (struct job *job; got == HAR_OK && (job = har_pipeline_take(&im->pipeline, wait));)
        got = settle_one(im, job);
    return got;
}

/* --- working ----------------------------------------------------------------------- */

/* A worker's part: everything that needs no store. */
static void work_on(void *ctx, void *item, struct har_arena *desk)
{
    const struct import *im = ctx;
    struct job *job = item;
    har_status got = HAR_OK;
    if (job->packed) {
        got = har_gunzip(job->bytes, &im->settings->caps, &job->file, &job->bytes,
                         &job->error);
        if (got == HAR_OK) har_hash(job->bytes, job->original.hash);
    }
    if (got == HAR_OK)
        got = har_analyse(job->bytes, &im->settings->clean, &job->results, desk,
                          &job->analysis, &job->error);
    if (got == HAR_OK && job->analysis.finding_count > 0) {
        job->original.size = job->bytes.size;
        job->original.format = har_format_name(job->analysis.format);
        job->original.path = job->row->told.path;
        got = har_pack(job->bytes, &job->results, &job->original.packed, &job->error);
    }
    job->error.status = got;
    har_arena_free(&job->file);
}

static har_status hand_over(struct import *im, struct row *row,
                            const struct har_found *found,
                            const uint8_t hash[HAR_HASH_SIZE])
{
    struct har_bytes bytes = found->bytes;
    while (har_pipeline_is_full(&im->pipeline, bytes.size)) {
        har_status got = settle_one(im, har_pipeline_take(&im->pipeline, true));
        if (got) return got;
    }
    struct job *job = &im->jobs[im->pipeline.tail % PIPELINE_SLOTS];
    *job = (struct job){.row = row, .packed = found->packed};
    memcpy(found->packed ? job->packed_hash : job->original.hash, hash, HAR_HASH_SIZE);
    job->bytes.data = (const uint8_t *)har_arena_copy(&job->file, bytes.data, bytes.size);
    job->bytes.size = bytes.size;
    if (!job->bytes.data) return import_full(im);
    har_pipeline_give(&im->pipeline, job, bytes.size);
    return HAR_OK;
}

/* --- meeting ----------------------------------------------------------------------- */

static bool ends_in(const char *path, const char *tail)
{
    size_t n = strlen(path), most = strlen(tail);
    return n >= most && strcasecmp(path + n - most, tail) == 0;
}

/* Exports hold pictures, tables and letters beside the runs. What neither looks like a
 * watch file, nor is called one, nor was named by the user himself is passed over. */
static bool is_for_us(const struct import *im, const struct har_found *found)
{
    static const char *const names[] = {".fit",    ".tcx",    ".gpx",
                                        ".fit.gz", ".tcx.gz", ".gpx.gz"};
    if (har_sniff(found->bytes) != HAR_FORMAT_UNKNOWN) return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (ends_in(found->path, names[i])) return true;
    return strcmp(found->path, im->path) == 0;
}

static har_status read_sheet(struct import *im, struct row *row, struct har_bytes bytes)
{
    size_t by_hand;
    har_status got = har_read_strava_sheet(row->told.path, bytes, row->number, &im->lasting,
                                           &im->descriptions, &by_hand, im->err);
    if (got) return got;
    if (by_hand == 0) return skip(im, row, NULL);
    return skip(
        im, row,
        sentence(im, "left out ", (int64_t)by_hand, " entered by hand, without a file"));
}

static har_status read_summaries(struct import *im, struct row *row, struct har_bytes bytes)
{
    struct har_error why;
    har_status got =
        har_read_garmin_summary(bytes, row->number, &im->lasting, &im->descriptions, &why);
    return got ? refuse(im, row, &why) : skip(im, row, NULL);
}

static har_status look_at(struct import *im, struct row *row, const struct har_found *found)
{
    uint8_t hash[HAR_HASH_SIZE];
    int64_t original;
    size_t count;
    har_hash(found->bytes, hash);
    har_status got = har_store_find_original(im->store, hash, &original, im->err);
    if (got < 0) return got;
    if (got == HAR_OK && har_find_known(&im->known, original, &count))
        return tell_known(im, row, original);
    return hand_over(im, row, found, hash);
}

static struct row *add_row(struct import *im, const char *path)
{
    struct row *row = HAR_NEW(&im->lasting, struct row, 1);
    char *copy = har_arena_copy(im->arena, path, strlen(path));
    if (!row || !copy) return NULL;
    row->told.path = copy;
    row->number = im->report.file_count++;
    *im->end = row;
    im->end = &row->next;
    return row;
}

/* An archive is one file on the ground, and behind us when the next one is met. */
static void count_ground(struct import *im, struct row *row, const char *archive)
{
    bool inside = archive && im->archive && strcmp(archive, im->archive) == 0;
    if (!inside) im->ground++;
    if (!inside)
        im->archive =
            archive ? har_arena_copy(&im->lasting, archive, strlen(archive)) : NULL;
    row->ground = archive ? im->ground - 1 : im->ground;
}

static har_status meet(void *ctx, const struct har_found *found)
{
    struct import *im = ctx;
    struct row *row = add_row(im, found->path);
    if (!row) return import_full(im);
    count_ground(im, row, found->archive);
    har_status got;
    if (found->error.status != HAR_OK) got = refuse(im, row, &found->error);
    else if (har_is_strava_sheet(found->path)) got = read_sheet(im, row, found->bytes);
    else if (har_is_garmin_summary(found->path))
        got = read_summaries(im, row, found->bytes);
    else if (!is_for_us(im, found)) got = skip(im, row, NULL);
    else got = look_at(im, row, found);
    har_arena_reset(&im->desk);
    if (got == HAR_OK && row->settled) got = advance(im, row);
    return got ? got : settle(im, false);
}

static har_status walk_all(struct import *im, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++) im->progress.total += har_walk_count(paths[i]);
    for (size_t i = 0; i < count; i++) {
        im->path = paths[i];
        im->archive = NULL;
        har_status got = har_walk(paths[i], &im->settings->caps, meet, im, im->err);
        if (got == HAR_NOT_FOUND) {
            struct row *row = add_row(im, paths[i]);
            struct har_error why;
            har_fail(&why, HAR_NOT_FOUND, 0, "there is no such file or folder");
            got = row ? refuse(im, row, &why) : import_full(im);
        }
        if (got) return got;
    }
    return settle(im, true);
}

/* --- the end of it ----------------------------------------------------------------- */

static int by_met_path(const void *a, const void *b)
{
    return strcmp(((const struct met *)a)->path, ((const struct met *)b)->path);
}

static har_status tell_naming(struct import *im, struct row *row,
                              const struct naming *naming)
{
    if (naming->named + naming->shod == 0) return HAR_OK;
    im->report.enriched += naming->enriched;
    im->report.skipped -= row->told.status == HAR_SKIPPED;
    struct har_text reason = {.arena = &im->desk};
    if (naming->named)
        har_text_format(&reason, "names or races for %zu activities", naming->named);
    if (naming->shod)
        har_text_format(&reason, "%sshoes for %zu activities", naming->named ? "; " : "",
                        naming->shod);
    if (row->told.reason) har_text_format(&reason, "; %s", row->told.reason);
    if (reason.failed) return import_full(im);
    bool refused = row->told.status == HAR_REFUSED;
    return tell(im, row, refused ? HAR_REFUSED : HAR_ENRICHED, reason.data,
                row->told.offset);
}

static har_status name_all(struct import *im)
{
    size_t count = im->report.file_count, n = 0;
    if (!im->descriptions.first) return HAR_OK;
    struct met *met = HAR_NEW(&im->lasting, struct met, count);
    struct naming *naming = HAR_NEW(&im->lasting, struct naming, count);
    if (!met || !naming) return import_full(im);
    for (const struct row *row = im->first; row; row = row->next)
        met[n++] = (struct met){row->told.path, row->original};
    qsort(met, n, sizeof *met, by_met_path);

    har_status got = begin(im);
    if (got == HAR_OK)
        got = har_apply_descriptions(&im->descriptions, im->store, im->athlete, &im->known,
                                     met, n, &im->desk, naming, im->err);
    for (struct row *row = im->first; got == HAR_OK && row; row = row->next) {
        if (naming[row->number].named + naming[row->number].shod > 0) im->written++;
        got = tell_naming(im, row, &naming[row->number]);
    }
    return got;
}

/* Results may have been there before the files of their races. */
static har_status join_races(struct import *im)
{
    size_t joined = 0;
    har_status got = begin(im);
    if (got == HAR_OK)
        got = har_join_races(im->store, im->athlete, &im->desk, &joined, im->err);
    if (got == HAR_OK && joined) im->written++;
    im->report.joined = joined;
    return got;
}

static har_status report_all(struct import *im, struct har_import_report *out)
{
    struct har_import_file *files =
        HAR_NEW(im->arena, struct har_import_file, im->report.file_count);
    if (!files) return import_full(im);
    for (const struct row *row = im->first; row; row = row->next)
        files[row->number] = row->told;
    im->report.file = files;
    im->report.files = im->report.file_count;
    *out = im->report;
    return HAR_OK;
}

/* Stopped half way, the rows that nobody came to are left out: they are not in, and the
 * next import meets them again. */
static void forget_unsettled(struct import *im)
{
    for (struct job *job; (job = har_pipeline_take(&im->pipeline, false));) {
        har_arena_free(&job->file);
        har_arena_free(&job->results);
    }
    size_t number = 0;
    for (struct row **at = &im->first; *at;) {
        if ((*at)->settled) {
            (*at)->number = number++;
            at = &(*at)->next;
        } else {
            *at = (*at)->next;
        }
    }
    im->report.file_count = number;
}

static unsigned threads_for(const struct har_import_settings *settings)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned wish = settings->threads ? settings->threads
                    : online > 0      ? (unsigned)online
                                      : 1;
    return wish < PIPELINE_THREADS ? wish : PIPELINE_THREADS;
}

static har_status import_paths(struct import *im, const char *const *paths, size_t count)
{
    har_status got = begin(im);
    if (got == HAR_OK)
        got = har_store_athlete(im->store, im->settings->athlete, true, &im->athlete,
                                im->err);
    if (got == HAR_OK) got = har_read_known(&im->known, im->store, im->athlete, im->err);
    if (got) return got;
    im->pipeline = (struct pipeline){.work = work_on,
                                     .ctx = im,
                                     .threads = threads_for(im->settings),
                                     .most_bytes = MOST_BYTES_UNDER_WAY};
    got = har_pipeline_start(&im->pipeline, im->err);
    if (got) return got;
    got = walk_all(im, paths, count);
    if (got == HAR_OK) got = name_all(im);
    if (got == HAR_OK) got = join_races(im);
    har_pipeline_stop(&im->pipeline);
    if (got) forget_unsettled(im);
    return got;
}

har_status har_import(struct har_store *store, const char *const *paths, size_t path_count,
                      const struct har_import_settings *settings, struct har_arena *arena,
                      struct har_import_report *report, struct har_error *err)
{
    struct har_arena home = {0};
    struct har_error spare = {0};
    struct import *im = HAR_NEW(&home, struct import, 1);
    if (!im) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory to begin");
    im->store = store;
    im->settings = settings;
    im->arena = arena;
    im->err = err ? err : &spare;
    im->end = &im->first;
    im->known.arena = &im->lasting;

    har_status got = import_paths(im, paths, path_count);
    if (got == HAR_OK || got == HAR_INTERRUPTED) {
        har_status kept = commit(im);
        if (kept == HAR_OK) kept = report_all(im, report);
        if (kept) got = kept;
    }
    if (im->writing) har_store_rollback(store);
    har_arena_free(&im->lasting);
    har_arena_free(&im->desk);
    har_arena_free(&home);
    return got;
}
