/* SPDX-License-Identifier: MIT */
/* harrier import. Whoever watches hears how far it is; one who asks it to stop lets the
 * files that are under way go and keeps what is in. */

#include "commands.h"
#include "entry.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { TELLS_A_SECOND = 5 };

struct watch {
    const struct har_listener *to;
    bool shown;
    int64_t began_ms, told_ms;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* "12 of 300 files, 11 activities in, 1 failed, 40/s, 0:07 left" */
static void show_progress_line(const struct watch *watch,
                               const struct har_import_progress *p, int64_t spent_ms)
{
    enum { LINE = 160 };
    char line[LINE], failed[40] = "", left[60] = "";
    if (p->failed) snprintf(failed, sizeof failed, ", %" PRIu64 " failed", p->failed);
    if (p->done > 0 && p->done < p->total && spent_ms > 1000) {
        int64_t left_s = spent_ms * (int64_t)(p->total - p->done) / (int64_t)p->done / 1000;
        snprintf(left, sizeof left, ", %" PRId64 "/s, %" PRId64 ":%02d left",
                 (int64_t)p->done * 1000 / spent_ms, left_s / 60, (int)(left_s % 60));
    }
    snprintf(line, sizeof line,
             "%" PRIu64 " of %" PRIu64 " files, %" PRIu64 " activities in%s%s", p->done,
             p->total, p->imported, failed, left);
    watch->to->progress(watch->to->ctx, line);
}

static bool tell_progress(void *ctx, const struct har_import_progress *p)
{
    struct watch *watch = ctx;
    int64_t now = now_ms();
    if (watch->shown && now - watch->told_ms >= 1000 / TELLS_A_SECOND) {
        watch->told_ms = now;
        show_progress_line(watch, p, now - watch->began_ms);
    }
    return !watch->to->go_on || watch->to->go_on(watch->to->ctx);
}

static void write_json(struct har_text *text, const struct har_import_report *report,
                       bool dry_run, bool stopped)
{
    struct har_json j = json_begin(text, "harrier.import/1");
    har_json_integer(&j, "imported", (int64_t)report->imported);
    har_json_integer(&j, "enriched", (int64_t)report->enriched);
    har_json_integer(&j, "duplicate", (int64_t)report->duplicate);
    har_json_integer(&j, "failed", (int64_t)report->failed);
    har_json_integer(&j, "skipped", (int64_t)report->skipped);
    har_json_integer(&j, "joined", (int64_t)report->joined);
    har_json_boolean(&j, "dry_run", dry_run);
    har_json_boolean(&j, "stopped", stopped);
    import_files_member(&j, report);
    har_json_close(&j);
}

static void write_text(struct har_text *text, const struct har_import_report *report,
                       bool dry_run)
{
    count_words(text, report->imported, "activity in", "activities in");
    count_words(text, report->enriched, "enriched", "enriched");
    count_words(text, report->duplicate, "already there", "already there");
    count_words(text, report->skipped, "other file", "other files");
    count_words(text, report->joined, "race recorded", "races recorded");
    count_words(text, report->failed, "file failed", "files failed");
    if (text->size == 0) har_text_add(text, "nothing found");
    if (dry_run) har_text_add(text, "; a dry run: nothing was kept");
    har_text_add(text, "\n");
}

static void tell_failures(const struct request *request,
                          const struct har_import_report *report)
{
    for (size_t i = 0; i < report->file_count; i++) {
        const struct har_import_file *file = &report->file[i];
        if (file->status != HAR_REFUSED) continue;
        const char *reason = file->reason ? file->reason : "failed";
        if (file->offset)
            complain(request, "%s: %s (byte %" PRIu64 ")", file->path, reason,
                     file->offset);
        else complain(request, "%s: %s", file->path, reason);
    }
}

static int tell_report(const struct request *request,
                       const struct har_import_report *report, bool stopped)
{
    struct har_text text = {.arena = request->arena};
    bool dry_run = is_asked(request, OPT_DRY_RUN);
    tell_failures(request, report);
    if (is_asked(request, OPT_JSON)) write_json(&text, report, dry_run, stopped);
    else if (!is_asked(request, OPT_QUIET)) write_text(&text, report, dry_run);
    put_text(request, &text);
    bool any = report->imported + report->enriched + report->duplicate > 0;
    if (stopped) {
        complain(request,
                 "stopped: %" PRIu64 " are in; run the same command again to finish",
                 report->imported);
        return HAR_EXIT_INTERRUPTED;
    }
    if (report->failed) return any ? HAR_EXIT_PARTLY : HAR_EXIT_FAILED;
    if (any) return HAR_EXIT_DONE;
    complain(request, "no activity was found there; Harrier reads FIT, TCX and GPX files, "
                      "also in folders, .gz and zip archives");
    return HAR_EXIT_NOTHING;
}

/* "+08:00", "-0530", "Z". */
static bool read_offset(const struct request *request, struct har_clean_settings *clean)
{
    const char *text = request->value[OPT_UTC_OFFSET];
    struct har_text instant = {.arena = request->arena};
    int64_t time_ms;
    bool has_zone;
    if (!text) return true;
    har_text_format(&instant, "2000-01-01T00:00:00%s", text);
    if (!instant.failed &&
        har_parse_instant(har_bytes_of(instant.data), &time_ms, &clean->utc_offset_s,
                          &has_zone) &&
        has_zone) {
        clean->utc_offset_told = true;
        return true;
    }
    complain(request, "--utc-offset takes an offset such as +08:00, not \"%s\"", text);
    return false;
}

int run_import(const struct request *request)
{
    int status = HAR_EXIT_USAGE;
    int64_t threads = 0;
    struct har_error why = {0};
    struct har_import_report report;
    struct watch watch = {.to = request->to,
                          .shown = request->to->progress && !is_asked(request, OPT_QUIET),
                          .began_ms = now_ms()};
    const char *athlete = request->value[OPT_ATHLETE];
    struct har_import_settings settings = {
        .athlete = athlete && *athlete ? athlete : NULL,
        .dry_run = is_asked(request, OPT_DRY_RUN),
        .progress = tell_progress,
        .ctx = &watch,
    };
    if (!read_offset(request, &settings.clean)) return HAR_EXIT_USAGE;
    if (!read_count(request, OPT_THREADS, 1, 64, &threads)) return HAR_EXIT_USAGE;
    settings.threads = (unsigned)threads;
    struct har_store *store = open_to_import(request, &status);
    if (!store) return status;
    har_status got = har_import(store, request->operand, request->operand_count, &settings,
                                request->arena, &report, &why);
    har_store_close(store);
    if (watch.shown) request->to->progress(request->to->ctx, NULL);
    if (got != HAR_OK && got != HAR_INTERRUPTED) {
        status = fail(request, &why);
        complain(request, "what is in stays in; the same command goes on from there");
        return status;
    }
    return tell_report(request, &report, got == HAR_INTERRUPTED);
}
