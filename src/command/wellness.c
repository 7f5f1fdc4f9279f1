/* SPDX-License-Identifier: MIT */
/* harrier wellness: mornings in, from the sheets of watches, apps and people, and listed.
 *
 * The list as CSV has headings that the import reads, units and all. */

#include "commands.h"

#include <inttypes.h>

/* The measures in the order in which they are listed. */
static const struct {
    const char *member; /* of JSON and CSV */
    const char *heading;
    size_t at;
    double unit; /* of the text's column, in ours */
    unsigned decimals;
    size_t end; /* column of the text where it ends */
} mornings_columns[] = {
    {"rest_bpm", "rest bpm", offsetof(struct har_wellness_row, rest_bpm), 1, 0, 20},
    {"hrv_ms", "HRV ms", offsetof(struct har_wellness_row, hrv_ms), 1, 0, 28},
    {"sleep_s", "sleep h", offsetof(struct har_wellness_row, sleep_s), 3600, 1, 37},
    {"weight_kg", "kg", offsetof(struct har_wellness_row, weight_kg), 1, 1, 45},
    {"rpe", "RPE", offsetof(struct har_wellness_row, rpe), 1, 0, 52},
    {"soreness", "soreness", offsetof(struct har_wellness_row, soreness), 1, 0, 62},
    {"mood", "mood", offsetof(struct har_wellness_row, mood), 1, 0, 69},
};
enum { MORNINGS_COLUMNS = sizeof mornings_columns / sizeof *mornings_columns };

static double morning_value(const struct har_wellness_row *row, size_t column)
{
    size_t at = mornings_columns[column].at;
    return *(const double *)(const void *)((const char *)row + at);
}

/* --- in ----------------------------------------------------------------------------- */

static const char *sheet_status(const struct har_morning_sheet *sheet)
{
    return sheet->failed      ? "refused"
           : sheet->imported  ? "imported"
           : sheet->enriched  ? "enriched"
           : sheet->duplicate ? "duplicate"
                              : "skipped";
}

static void mornings_json(struct har_text *text, const struct har_mornings_report *report,
                          bool dry_run)
{
    const struct har_morning_sheet *all = &report->all;
    struct har_json j = json_begin(text, "harrier.wellness/1");
    har_json_integer(&j, "imported", (int64_t)all->imported);
    har_json_integer(&j, "enriched", (int64_t)all->enriched);
    har_json_integer(&j, "duplicate", (int64_t)all->duplicate);
    har_json_integer(&j, "refused", (int64_t)all->refused);
    har_json_integer(&j, "without_value", (int64_t)all->without_value);
    har_json_integer(&j, "failed", (int64_t)report->failed);
    har_json_boolean(&j, "dry_run", dry_run);
    har_json_open(&j, "files", '[');
    for (size_t i = 0; i < report->sheet_count; i++) {
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "path", report->sheet[i].path);
        har_json_string(&j, "status", sheet_status(&report->sheet[i]));
        har_json_string(&j, "reason", report->sheet[i].reason);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_open(&j, "rows", '[');
    for (size_t i = 0; i < report->note_count; i++) {
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "path", report->note[i].path);
        har_json_integer(&j, "line", (int64_t)report->note[i].line);
        har_json_string(&j, "status", "refused");
        har_json_string(&j, "reason", report->note[i].why);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_close(&j);
}

static void mornings_told(struct har_text *text, const struct har_mornings_report *report,
                          bool dry_run)
{
    const struct har_morning_sheet *all = &report->all;
    count_words(text, all->imported, "day in", "days in");
    count_words(text, all->enriched, "told more of", "told more of");
    count_words(text, all->duplicate, "already there", "already there");
    count_words(text, all->without_value, "row without a value", "rows without a value");
    count_words(text, all->refused, "row refused", "rows refused");
    count_words(text, report->failed, "file failed", "files failed");
    if (text->size == 0) har_text_add(text, "nothing found");
    if (dry_run) har_text_add(text, "; a dry run: nothing was kept");
    har_text_add(text, "\n");
}

static int tell_mornings(const struct request *request,
                         const struct har_mornings_report *report)
{
    struct har_text text = {.arena = request->arena};
    const struct har_morning_sheet *all = &report->all;
    bool dry_run = is_asked(request, OPT_DRY_RUN);
    bool any = all->imported + all->enriched + all->duplicate > 0;
    for (size_t i = 0; i < report->note_count; i++)
        complain(request, "%s, line %" PRIu64 ": %s", report->note[i].path,
                 report->note[i].line, report->note[i].why);
    for (size_t i = 0; i < report->sheet_count; i++)
        if (report->sheet[i].reason)
            complain(request, "%s: %s", report->sheet[i].path, report->sheet[i].reason);
    if (is_asked(request, OPT_JSON)) mornings_json(&text, report, dry_run);
    else if (!is_asked(request, OPT_QUIET)) mornings_told(&text, report, dry_run);
    put_text(request, &text);
    if (all->refused + report->failed > 0) return any ? HAR_EXIT_PARTLY : HAR_EXIT_FAILED;
    return any ? HAR_EXIT_DONE : HAR_EXIT_NOTHING;
}

int run_wellness_import(const struct request *request)
{
    struct har_error why = {0};
    struct har_mornings_report report;
    int status;
    const char *athlete = request->value[OPT_ATHLETE];
    struct har_store *store = open_to_import(request, &status);
    if (!store) return status;
    har_status got =
        har_mornings_import(store, request->operand, request->operand_count,
                            athlete && *athlete ? athlete : NULL,
                            is_asked(request, OPT_DRY_RUN), request->arena, &report, &why);
    har_store_close(store);
    return got ? fail(request, &why) : tell_mornings(request, &report);
}

/* --- listed ------------------------------------------------------------------------- */

static void mornings_text(struct har_text *text, const struct har_wellness_row *rows,
                          size_t count, const struct har_style *style)
{
    struct har_text head = {.arena = text->arena};
    har_text_add(&head, "date");
    for (size_t c = 0; c < MORNINGS_COLUMNS; c++)
        text_right(&head, mornings_columns[c].end, mornings_columns[c].heading);
    text_heading(text, style, head.data ? head.data : "");
    har_text_add(text, "\n");
    for (size_t i = 0; i < count; i++) {
        har_text_date(text, rows[i].day);
        for (size_t c = 0; c < MORNINGS_COLUMNS; c++)
            text_right_fixed(text, mornings_columns[c].end,
                             morning_value(&rows[i], c) / mornings_columns[c].unit,
                             mornings_columns[c].decimals);
        har_text_add(text, "\n");
    }
}

static void mornings_list_json(struct har_text *text, const struct har_wellness_row *rows,
                               size_t count)
{
    struct har_json j = json_begin(text, "harrier.mornings/1");
    har_json_open(&j, "days", '[');
    for (size_t i = 0; i < count; i++) {
        struct har_text date = {.arena = text->arena};
        har_text_date(&date, rows[i].day);
        har_json_open(&j, NULL, '{');
        har_json_string(&j, "date", date.data);
        for (size_t c = 0; c < MORNINGS_COLUMNS; c++)
            har_json_number(&j, mornings_columns[c].member, morning_value(&rows[i], c), 2);
        har_json_close(&j);
    }
    har_json_close(&j);
    har_json_close(&j);
}

static void mornings_csv(struct har_text *text, const struct har_wellness_row *rows,
                         size_t count)
{
    har_text_add(text, "date");
    for (size_t c = 0; c < MORNINGS_COLUMNS; c++)
        har_text_format(text, ",%s", mornings_columns[c].member);
    har_text_add(text, "\r\n");
    for (size_t i = 0; i < count; i++) {
        har_text_date(text, rows[i].day);
        for (size_t c = 0; c < MORNINGS_COLUMNS; c++) {
            har_text_add(text, ",");
            har_text_number(text, morning_value(&rows[i], c), 2);
        }
        har_text_add(text, "\r\n");
    }
}

static int list_mornings(const struct request *request, const struct har_wellness_row *rows,
                         size_t count)
{
    struct har_text text = {.arena = request->arena};
    if (is_asked(request, OPT_JSON)) mornings_list_json(&text, rows, count);
    else if (is_asked(request, OPT_CSV)) mornings_csv(&text, rows, count);
    else if (count > 0) mornings_text(&text, rows, count, &request->style);
    put_text(request, &text);
    if (count > 0) return HAR_EXIT_DONE;
    complain(request,
             "no morning is kept there; bring some in: harrier wellness import FILE.csv");
    return HAR_EXIT_NOTHING;
}

int run_wellness_list(const struct request *request)
{
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_wellness_row *rows;
    size_t count;
    int status;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store)
        return status == HAR_EXIT_NOTHING ? list_mornings(request, NULL, 0) : status;
    har_status got =
        har_journal_mornings(store, &filter, request->arena, &rows, &count, &why);
    status = got ? fail(request, &why) : list_mornings(request, rows, count);
    har_store_close(store);
    return status;
}
