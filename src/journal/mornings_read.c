/* SPDX-License-Identifier: MIT */
/* Sheets of mornings in.
 *
 * They name nobody, so they are the only runner's who is kept, or whom --athlete names. A
 * sheet is one transaction; one that brings no row leaves nothing behind. */

#include "harrier/journal.h"

#include <string.h>

struct reading {
    struct har_store *store;
    struct har_arena *arena; /* of the report */
    struct har_arena desk;   /* of one sheet */
    const char *athlete;
    bool dry_run;
    struct har_mornings_report report;
    struct har_morning_note *notes;
    size_t note_room;
    struct har_error *err;
};

static har_status reading_full(const struct reading *in)
{
    return har_fail(in->err, HAR_NO_MEMORY, 0, "not enough memory for the mornings");
}

static har_status note_refused(struct reading *in, const char *path,
                               const struct har_wellness *all)
{
    for (size_t i = 0; i < all->refused_count; i++) {
        const struct har_refused_row *row = &all->refused[i];
        struct har_morning_note *notes = har_arena_grow(
            in->arena, in->notes, in->report.note_count, &in->note_room, sizeof *notes);
        const char *why = har_arena_copy(in->arena, row->why, strlen(row->why));
        if (!notes || !why) return reading_full(in);
        in->notes = notes;
        notes[in->report.note_count++] = (struct har_morning_note){path, row->line, why};
    }
    return HAR_OK;
}

/* Whose it is; HAR_BAD_INPUT where that is not clear. */
static har_status find_whose(struct reading *in, int64_t *athlete, struct har_error *why)
{
    const char **names, *name = in->athlete;
    size_t count;
    har_status got = har_store_athletes(in->store, &in->desk, &names, &count, in->err);
    if (got) return got;
    if (!name && count > 1)
        return har_fail(why, HAR_BAD_INPUT, 0,
                        "several athletes are kept; choose with --athlete");
    if (!name && count == 1 && *names[0]) name = names[0];
    return har_store_athlete(in->store, name, true, athlete, in->err);
}

static har_status keep_rows(struct reading *in, int64_t athlete,
                            const struct har_wellness *all, struct har_morning_sheet *sheet)
{
    har_status got = HAR_OK;
    for (size_t i = 0; i < all->count && got == HAR_OK; i++) {
        enum har_morning_fate fate = HAR_MORNING_KNOWN;
        got = har_journal_add_morning(in->store, athlete, &all->row[i], &fate, in->err);
        sheet->imported += fate == HAR_MORNING_NEW;
        sheet->enriched += fate == HAR_MORNING_FILLED;
        sheet->duplicate += fate == HAR_MORNING_KNOWN;
    }
    return got;
}

/* The whole sheet within its transaction. HAR_BAD_INPUT: it is refused, see `why`. */
static har_status keep_mornings(struct reading *in, const struct har_wellness *all,
                                struct har_morning_sheet *sheet, struct har_error *why)
{
    int64_t athlete;
    har_status got = in->dry_run ? HAR_OK : har_store_begin(in->store, in->err);
    if (got) return got;
    got = find_whose(in, &athlete, why);
    if (got == HAR_OK) got = keep_rows(in, athlete, all, sheet);
    if (in->dry_run) return got;
    if (got == HAR_OK && sheet->imported + sheet->enriched > 0)
        return har_store_commit(in->store, in->err);
    har_store_rollback(in->store);
    return got;
}

static har_status tell_failure(struct reading *in, struct har_morning_sheet *sheet,
                               const char *why)
{
    sheet->failed = true;
    sheet->reason = har_arena_copy(in->arena, why, strlen(why));
    return sheet->reason ? HAR_OK : reading_full(in);
}

static har_status read_mornings(struct reading *in, struct har_morning_sheet *sheet)
{
    struct har_bytes bytes;
    struct har_wellness all;
    struct har_error why = {0};
    har_status got = har_read_file(sheet->path, NULL, &in->desk, &bytes, &why);
    if (got == HAR_OK) got = har_wellness_read(bytes, &in->desk, &all, &why);
    if (got == HAR_NO_MEMORY) return reading_full(in);
    if (got) return tell_failure(in, sheet, why.message);
    got = note_refused(in, sheet->path, &all);
    if (got) return got;
    sheet->refused = all.refused_count;
    sheet->without_value = all.without_value;
    got = keep_mornings(in, &all, sheet, &why);
    if (got && why.status) return tell_failure(in, sheet, why.message);
    if (got || all.count > 0) return got;
    if (all.refused_count == 0) {
        sheet->reason = "holds no morning";
        return HAR_OK;
    }
    return tell_failure(in, sheet, "every row was refused");
}

static void add_to_sums(struct har_mornings_report *report,
                        const struct har_morning_sheet *sheet)
{
    report->all.imported += sheet->imported;
    report->all.enriched += sheet->enriched;
    report->all.duplicate += sheet->duplicate;
    report->all.refused += sheet->refused;
    report->all.without_value += sheet->without_value;
    report->failed += sheet->failed;
}

static har_status read_sheets(struct reading *in, const char *const *paths, size_t count)
{
    har_status got = HAR_OK;
    struct har_morning_sheet *sheets = HAR_NEW(in->arena, struct har_morning_sheet, count);
    if (!sheets) return reading_full(in);
    for (size_t i = 0; i < count && got == HAR_OK; i++) {
        sheets[i].path = paths[i];
        got = read_mornings(in, &sheets[i]);
        add_to_sums(&in->report, &sheets[i]);
        har_arena_reset(&in->desk);
    }
    in->report.sheet = sheets;
    in->report.sheet_count = count;
    in->report.note = in->notes;
    return got;
}

har_status har_mornings_import(struct har_store *store, const char *const *paths,
                               size_t path_count, const char *athlete, bool dry_run,
                               struct har_arena *arena, struct har_mornings_report *report,
                               struct har_error *err)
{
    struct har_error spare = {0};
    struct reading in = {.store = store,
                         .arena = arena,
                         .athlete = athlete,
                         .dry_run = dry_run,
                         .err = err ? err : &spare};
    har_status got = dry_run ? har_store_begin(store, err) : HAR_OK;
    if (got) return got;
    got = read_sheets(&in, paths, path_count);
    if (dry_run) har_store_rollback(store);
    if (got == HAR_OK) *report = in.report;
    har_arena_free(&in.desk);
    return got;
}
