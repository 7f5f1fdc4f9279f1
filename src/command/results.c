/* SPDX-License-Identifier: MIT */
/* harrier results import: lists of results in. Rows that are refused are told of on stderr,
 * each with its file and line, and so is what is in with a doubt. */

#include "commands.h"
#include "entry.h"

#include <inttypes.h>
#include <string.h>

static void write_rows(struct har_json *json, const struct har_results_report *report)
{
    har_json_open(json, "rows", '[');
    for (size_t i = 0; i < report->note_count; i++) {
        const struct har_row_note *note = &report->note[i];
        har_json_open(json, NULL, '{');
        har_json_string(json, "path", note->path);
        har_json_integer(json, "line", (int64_t)note->line);
        har_json_string(json, "status", note->refused ? "refused" : "warning");
        har_json_string(json, "reason", note->why);
        har_json_close(json);
    }
    har_json_close(json);
}

static void write_results_json(struct har_text *text,
                               const struct har_results_report *report, bool dry_run)
{
    const struct har_import_report *sheets = &report->sheets;
    struct har_json j = json_begin(text, "harrier.results/1");
    har_json_integer(&j, "imported", (int64_t)sheets->imported);
    har_json_integer(&j, "enriched", (int64_t)sheets->enriched);
    har_json_integer(&j, "duplicate", (int64_t)sheets->duplicate);
    har_json_integer(&j, "marks", (int64_t)report->marks);
    har_json_integer(&j, "joined", (int64_t)sheets->joined);
    har_json_integer(&j, "failed", (int64_t)sheets->failed);
    har_json_integer(&j, "skipped", (int64_t)sheets->skipped);
    har_json_integer(&j, "refused", (int64_t)report->refused);
    har_json_integer(&j, "without_mark", (int64_t)report->without_mark);
    har_json_integer(&j, "others", (int64_t)report->others);
    har_json_boolean(&j, "dry_run", dry_run);
    import_files_member(&j, sheets);
    write_rows(&j, report);
    har_json_close(&j);
}

static void write_results_text(struct har_text *text,
                               const struct har_results_report *report, bool dry_run)
{
    const struct har_import_report *sheets = &report->sheets;
    count_words(text, sheets->imported, "mark in", "marks in");
    count_words(text, sheets->enriched, "told more of", "told more of");
    count_words(text, sheets->duplicate, "already there", "already there");
    count_words(text, sheets->joined, "with its activity", "with their activities");
    count_words(text, report->without_mark, "row without a mark", "rows without a mark");
    count_words(text, report->others, "of somebody else", "of others");
    count_words(text, report->refused, "row refused", "rows refused");
    count_words(text, sheets->failed, "file failed", "files failed");
    if (text->size == 0) har_text_add(text, "nothing found");
    if (dry_run) har_text_add(text, "; a dry run: nothing was kept");
    har_text_add(text, "\n");
}

static void tell_rows(const struct request *request,
                      const struct har_results_report *report)
{
    for (size_t i = 0; i < report->note_count; i++)
        complain(request, "%s, line %" PRIu64 ": %s", report->note[i].path,
                 report->note[i].line, report->note[i].why);
    for (size_t i = 0; i < report->sheets.file_count; i++) {
        const struct har_import_file *file = &report->sheets.file[i];
        bool empty = file->status == HAR_REFUSED || file->status == HAR_SKIPPED;
        if (empty && file->reason) complain(request, "%s: %s", file->path, file->reason);
    }
}

/* How a sheet would be read, to be put right, and its first rows. */
static void tell_unknown(const struct request *request,
                         const struct har_sheet_unknown *unknown)
{
    enum { CELL_WIDTH = 14 };
    const struct har_sheet_guess *guess = &unknown->guess;
    complain(request,
             "%s would be read so; put it right and give it with --map FILE, or as "
             "--map \"date=Datum,mark=Zeit\":",
             unknown->path);
    for (const char *at = guess->mapping; *at; at += strcspn(at, "\n")) {
        at += *at == '\n';
        if (*at) complain(request, "  %.*s", (int)strcspn(at, "\n"), at);
    }
    for (size_t row = 0; row <= guess->row_count; row++) {
        struct har_text line = {.arena = request->arena};
        for (size_t i = 0; i < guess->column_count; i++) {
            const char *cell = row ? guess->cell[(row - 1) * guess->column_count + i]
                                   : guess->column[i].name;
            har_text_add(&line, i ? " | " : "");
            har_render_name(&line, cell ? cell : "", CELL_WIDTH);
        }
        complain(request, "  %s", line.data ? line.data : "");
    }
}

static int tell_results(const struct request *request,
                        const struct har_results_report *report)
{
    struct har_text text = {.arena = request->arena};
    bool dry_run = is_asked(request, OPT_DRY_RUN);
    tell_rows(request, report);
    for (size_t i = 0; i < report->unknown_count; i++)
        tell_unknown(request, &report->unknown[i]);
    if (is_asked(request, OPT_JSON)) write_results_json(&text, report, dry_run);
    else if (!is_asked(request, OPT_QUIET)) write_results_text(&text, report, dry_run);
    put_text(request, &text);
    if (report->refused + report->sheets.failed > 0)
        return report->marks ? HAR_EXIT_PARTLY : HAR_EXIT_FAILED;
    return report->marks ? HAR_EXIT_DONE : HAR_EXIT_NOTHING;
}

/* The lines of a file, or of a text in which commas stand for the ends of lines. False
 * after saying what is wrong. */
static bool read_mapping(const struct request *request, const char **mapping)
{
    const char *value = request->value[OPT_MAP];
    struct har_bytes bytes;
    struct har_error why = {0};
    if (!value) return true;
    bool text = strchr(value, '=') != NULL;
    if (!text && har_read_file(value, NULL, request->arena, &bytes, &why)) {
        complain(request, "--map: %s: %s", value, why.message);
        return false;
    }
    char *copy = text ? har_arena_copy(request->arena, value, strlen(value))
                      : har_arena_copy(request->arena, bytes.data, bytes.size);
    for (char *c = copy; c && *c && text; c++)
        if (*c == ',') *c = '\n';
    *mapping = copy;
    return copy != NULL;
}

int run_results_import(const struct request *request)
{
    struct har_error why = {0};
    struct har_results_report report;
    int status;
    enum har_sex sex = HAR_MEN;
    const char *athlete = request->value[OPT_ATHLETE], *event = request->value[OPT_EVENT];
    struct har_result rest = har_result_untold();
    if (!read_sex(request, &sex)) return HAR_EXIT_USAGE;
    if (is_asked(request, OPT_SEX)) rest.sex = (int)sex;
    if (is_asked(request, OPT_DATE) && !read_day(request, OPT_DATE, &rest.day))
        return HAR_EXIT_USAGE;
    if (event && har_parse_event(har_bytes_of(event), &rest.event, &why))
        return fail(request, &why);
    const char *mapping = NULL;
    if (!read_mapping(request, &mapping)) return HAR_EXIT_FAILED;
    const struct har_results_settings settings = {
        .athlete = athlete && *athlete ? athlete : NULL,
        .rest = &rest,
        .mapping = mapping,
        .dry_run = is_asked(request, OPT_DRY_RUN),
    };
    struct har_store *store = open_to_import(request, &status);
    if (!store) return status;
    har_status got = har_results_import(store, request->operand, request->operand_count,
                                        &settings, request->arena, &report, &why);
    har_store_close(store);
    return got ? fail(request, &why) : tell_results(request, &report);
}
