/* SPDX-License-Identifier: MIT */
/* harrier import. On a terminal a line on stderr tells how far it is; an interrupt lets the
 * files that are under way go and keeps what is in. */

#include "commands.h"
#include "entry.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TELLS_A_SECOND = 5 };

static volatile sig_atomic_t stop_asked;

static void ask_to_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

struct progress_line {
    bool shown;
    int64_t began_ms, told_ms;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool tell_progress(void *ctx, const struct har_import_progress *p)
{
    struct progress_line *line = ctx;
    if (!line->shown) return !stop_asked;
    int64_t now = now_ms(), spent_ms = now - line->began_ms;
    if (now - line->told_ms < 1000 / TELLS_A_SECOND) return !stop_asked;
    line->told_ms = now;
    fprintf(stderr, "\r\033[K%" PRIu64 " of %" PRIu64 " files, %" PRIu64 " activities in",
            p->done, p->total, p->imported);
    if (p->failed) fprintf(stderr, ", %" PRIu64 " failed", p->failed);
    if (p->done > 0 && p->done < p->total && spent_ms > 1000) {
        int64_t left_s = spent_ms * (int64_t)(p->total - p->done) / (int64_t)p->done / 1000;
        fprintf(stderr, ", %" PRId64 "/s, %" PRId64 ":%02d left",
                (int64_t)p->done * 1000 / spent_ms, left_s / 60, (int)(left_s % 60));
    }
    fflush(stderr);
    return !stop_asked;
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

static void tell_failures(const struct har_import_report *report)
{
    for (size_t i = 0; i < report->file_count; i++) {
        const struct har_import_file *file = &report->file[i];
        if (file->status != HAR_REFUSED) continue;
        const char *reason = file->reason ? file->reason : "failed";
        if (file->offset)
            complain("%s: %s (byte %" PRIu64 ")", file->path, reason, file->offset);
        else complain("%s: %s", file->path, reason);
    }
}

static int tell_report(const struct request *request,
                       const struct har_import_report *report, bool stopped)
{
    struct har_text text = {.arena = request->arena};
    bool dry_run = is_asked(request, OPT_DRY_RUN);
    tell_failures(report);
    if (is_asked(request, OPT_JSON)) write_json(&text, report, dry_run, stopped);
    else if (!is_asked(request, OPT_QUIET)) write_text(&text, report, dry_run);
    put_text(&text);
    bool any = report->imported + report->enriched + report->duplicate > 0;
    if (stopped) {
        complain("stopped: %" PRIu64 " are in; run the same command again to finish",
                 report->imported);
        return EXIT_INTERRUPTED;
    }
    if (report->failed) return any ? EXIT_PARTLY : EXIT_FAILED;
    if (any) return EXIT_DONE;
    complain("no activity was found there; Harrier reads FIT, TCX and GPX files, "
             "also in folders, .gz and zip archives");
    return EXIT_NOTHING;
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
    complain("--utc-offset takes an offset such as +08:00, not \"%s\"", text);
    return false;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = ask_to_stop};
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | (int)SA_RESETHAND; /* asked twice, it ends at once */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int run_import(const struct request *request)
{
    int status = EXIT_USAGE;
    int64_t threads = 0;
    struct har_error why = {0};
    struct har_import_report report;
    struct progress_line line = {.shown =
                                     isatty(STDERR_FILENO) && !is_asked(request, OPT_QUIET),
                                 .began_ms = now_ms()};
    const char *athlete = request->value[OPT_ATHLETE];
    struct har_import_settings settings = {
        .athlete = athlete && *athlete ? athlete : NULL,
        .dry_run = is_asked(request, OPT_DRY_RUN),
        .progress = tell_progress,
        .ctx = &line,
    };
    if (!read_offset(request, &settings.clean)) return EXIT_USAGE;
    if (!read_count(request, OPT_THREADS, 1, 64, &threads)) return EXIT_USAGE;
    settings.threads = (unsigned)threads;
    struct har_store *store = open_to_import(request, &status);
    if (!store) return status;
    catch_signals();
    har_status got = har_import(store, request->operand, request->operand_count, &settings,
                                request->arena, &report, &why);
    har_store_close(store);
    if (line.shown && line.told_ms) fputs("\r\033[K", stderr);
    if (got != HAR_OK && got != HAR_INTERRUPTED) {
        status = fail(&why);
        complain("what is in stays in; the same command goes on from there");
        return status;
    }
    return tell_report(request, &report, got == HAR_INTERRUPTED);
}
