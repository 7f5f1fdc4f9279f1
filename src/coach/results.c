/* SPDX-License-Identifier: MIT */
/* Lists of results in.
 *
 * Whose they are. A list may name nobody, one athlete or a field. Told with --athlete, rows
 * of others are passed over, unless the list names one alone: then the name is how lists
 * call that athlete, and is kept. Told nothing, a list of one athlete is the store's own
 * runner's, as long as that runner is the nameless one and no list has named them yet; so
 * "Demo Runner" of a list and the files of a watch, which name nobody, come together, and
 * the next list of somebody else is somebody else's.
 *
 * Whoever they are, all go into the annals, where lists are made of them; races are only
 * those of the athletes who are kept here: of a field, those who are already, or are asked
 * for.
 *
 * A sheet is one transaction: it is in as a whole, or not at all. One that brings no mark
 * leaves nothing behind, not even the name that was asked for. */

#include "races.h"

#include "harrier/annals.h"

#include <string.h>

enum { NOBODY = -1 };

struct intake {
    struct har_store *store;
    const struct har_results_settings *settings;
    struct har_arena *arena; /* of the report */
    struct har_arena sheet, desk;
    struct har_results_report report;
    struct har_row_note *notes;
    size_t note_room;
    struct har_import_file *files;
    struct har_sheet_unknown *unknown;
    size_t unknown_room;
    struct har_error *err;

    int64_t told;            /* the athlete that was asked for; 0: any, NOBODY: none here */
    int64_t own;             /* whose a row without a name is, or 0 */
    const char *one_name;    /* the only one in the sheet, or NULL */
    bool field;              /* it names several */
    struct har_athlete last; /* of the row before: rows of one athlete follow each other */
    const char **kept;       /* whom the store knows, by the names that lists have */
    size_t kept_count;
    struct har_result *listed; /* the rows as they go into the annals */
    size_t listed_count;
    size_t races;   /* of the sheet: rows that are races of the store's own */
    uint64_t fresh; /* marks of lists that were not in */
    struct har_results_report before; /* the sheet */
};

static har_status intake_full(const struct intake *in)
{
    return har_fail(in->err, HAR_NO_MEMORY, 0, "not enough memory for the results");
}

static const char *kept_words(struct intake *in, const char *words)
{
    return har_arena_copy(in->arena, words, strlen(words));
}

static har_status note_row(struct intake *in, const char *path, uint64_t line, bool refused,
                           const char *why)
{
    struct har_row_note *notes = har_arena_grow(in->arena, in->notes, in->report.note_count,
                                                &in->note_room, sizeof *notes);
    const char *copy = kept_words(in, why);
    if (!notes || !copy) return intake_full(in);
    in->notes = notes;
    notes[in->report.note_count++] = (struct har_row_note){path, line, refused, copy};
    in->report.refused += refused;
    return HAR_OK;
}

/* --- whose ---------------------------------------------------------------------------- */

static bool same_words(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static void look_for_names(struct intake *in, const struct har_results *all)
{
    in->one_name = NULL;
    in->field = false;
    for (size_t i = 0; i < all->count; i++) {
        const char *name = all->result[i].athlete;
        if (!name) continue;
        if (!in->one_name) in->one_name = name;
        else if (strcmp(in->one_name, name) != 0) in->field = true;
    }
    if (in->field) in->one_name = NULL;
}

/* The nameless one, or the only one there is; 0 where there are several. */
static har_status find_own(struct intake *in)
{
    const char **names;
    size_t count;
    har_status got = har_store_athletes(in->store, &in->desk, &names, &count, in->err);
    in->own = 0;
    if (got || count > 1) return got;
    return har_store_athlete(in->store, count ? names[0] : NULL, true, &in->own, in->err);
}

/* Nobody is called so yet. */
static har_status is_free(struct intake *in, const char *name, bool *free)
{
    int64_t id;
    har_status got = har_store_athlete(in->store, name, false, &id, in->err);
    *free = got == HAR_NOT_FOUND;
    return *free ? HAR_OK : got;
}

static bool has_name(const struct har_results *all, const char *name)
{
    for (size_t i = 0; i < all->count; i++)
        if (same_words(all->result[i].athlete, name)) return true;
    return false;
}

/* Who was asked for is kept from now on, unless it is a field and they are not in it. */
static har_status find_told(struct intake *in, const struct har_results *all)
{
    const char *name = in->settings->athlete;
    in->told = 0;
    if (!name) return HAR_OK;
    bool create = !in->field || has_name(all, name);
    har_status got = har_store_athlete(in->store, name, create, &in->told, in->err);
    if (got != HAR_NOT_FOUND) return got;
    in->told = NOBODY;
    return HAR_OK;
}

static har_status call_so(struct intake *in, int64_t athlete, const char *name)
{
    const struct har_athlete about = {athlete, NULL, name, HAR_UNTOLD, HAR_NO_DAY};
    return har_store_tell_about(in->store, &about, in->err);
}

/* Whose the sheet is as a whole: from here on a name finds who it is. */
static har_status settle_names(struct intake *in)
{
    struct har_athlete about;
    bool free = false;
    int64_t whose = in->told;
    har_status got = find_own(in);
    if (got || !in->one_name) return got;
    if (!whose) whose = in->own;
    if (whose) got = is_free(in, in->one_name, &free);
    if (got || !free) return got;
    got = har_store_about(in->store, whose, &in->desk, &about, in->err);
    if (got || about.listed_as || (!in->told && *about.name)) return got;
    return call_so(in, whose, in->one_name);
}

/* The names under which a row of a field is one of the store's own. */
static har_status look_up_kept(struct intake *in)
{
    const char **names;
    size_t count;
    har_status got = har_store_athletes(in->store, &in->sheet, &names, &count, in->err);
    in->kept_count = 0;
    if (got) return got;
    in->kept = HAR_NEW(&in->sheet, const char *, 2 * count);
    if (!in->kept) return intake_full(in);
    for (size_t i = 0; i < count && got == HAR_OK; i++) {
        struct har_athlete about;
        int64_t id;
        got = har_store_athlete(in->store, names[i], false, &id, in->err);
        if (got == HAR_OK)
            got = har_store_about(in->store, id, &in->sheet, &about, in->err);
        if (got) return got;
        in->kept[in->kept_count++] = names[i];
        if (about.listed_as) in->kept[in->kept_count++] = about.listed_as;
    }
    return got;
}

static bool is_kept(const struct intake *in, const char *name)
{
    for (size_t i = 0; i < in->kept_count; i++)
        if (same_words(name, in->kept[i])) return true;
    return false;
}

/* The athlete of a row in in->last; id 0 where nobody kept is. */
static har_status find_athlete(struct intake *in, const struct har_result *result)
{
    const char *name = result->athlete;
    int64_t id = in->told ? in->told : in->own;
    har_status got = HAR_OK;
    if (in->last.id && same_words(name, in->last.listed_as)) return HAR_OK;
    if (in->told == NOBODY || (in->field && name && !is_kept(in, name))) {
        in->last = (struct har_athlete){0};
        return HAR_OK;
    }
    if (name && !(in->told && !in->field))
        got = har_store_athlete(in->store, name, !in->told, &id, in->err);
    if (got && got != HAR_NOT_FOUND) return got;
    bool other = in->told && in->field && (got == HAR_NOT_FOUND || id != in->told);
    in->last =
        (struct har_athlete){other ? 0 : id, NULL, name, result->sex, result->born_day};
    if (other || !id || (result->sex == HAR_UNTOLD && result->born_day == HAR_NO_DAY))
        return HAR_OK;
    const struct har_athlete about = {id, NULL, NULL, result->sex, result->born_day};
    return har_store_tell_about(in->store, &about, in->err);
}

/* --- the annals --------------------------------------------------------------------- */

/* As it goes into the annals: of the store's own more is known than lists say. */
static har_status list_row(struct intake *in, const struct har_result *result)
{
    struct har_result *listed = &in->listed[in->listed_count];
    struct har_athlete about;
    *listed = *result;
    if (in->last.id) {
        har_status got =
            har_store_about(in->store, in->last.id, &in->sheet, &about, in->err);
        if (got) return got;
        if (!listed->athlete) listed->athlete = about.listed_as;
        if (!listed->athlete) listed->athlete = about.name;
        if (listed->sex == HAR_UNTOLD) listed->sex = about.sex;
        if (listed->born_day == HAR_NO_DAY && !listed->born_year)
            listed->born_day = about.born_day;
    }
    if (listed->born_day != HAR_NO_DAY)
        listed->born_year = har_date_of(listed->born_day).year;
    in->listed_count += listed->athlete && *listed->athlete;
    return HAR_OK;
}

static har_status keep_annals(struct intake *in, const char *maker,
                              struct har_annals_news *news)
{
    struct har_annals_intake *annals;
    uint64_t nameless;
    har_status got = har_annals_intake(har_store_database(in->store), &annals, in->err);
    if (got) return got;
    got = har_annals_add(annals, in->listed, in->listed_count, maker, &nameless, in->err);
    return har_annals_close(annals, got, news, in->err);
}

/* Where all of a sheet are races, what they came to is told; else what the lists did. */
static void count_sheet(struct intake *in, const struct har_results *all,
                        const struct har_annals_news *news)
{
    struct har_import_report *sheets = &in->report.sheets;
    in->report.marks += in->races;
    if (in->races == all->count) return;
    sheets->imported = in->before.sheets.imported + news->fresh;
    sheets->enriched = in->before.sheets.enriched + news->filled;
    sheets->duplicate = in->before.sheets.duplicate + news->known;
    in->report.marks = in->before.marks + news->fresh + news->filled + news->known;
}

/* --- one row ------------------------------------------------------------------------ */

static har_status keep_result(struct intake *in, const char *path,
                              const struct har_result *result)
{
    enum har_race_fate fate;
    const char *warning;
    struct har_race race = {.result = *result};
    har_status got = find_athlete(in, result);
    if (got == HAR_OK) got = list_row(in, result);
    if (got) return got;
    if (!in->last.id) {
        in->report.others += in->told != 0;
        return HAR_OK;
    }
    in->races++;
    got = har_keep_race(in->store, in->last.id, &race, &in->desk, &in->desk, &fate,
                        &warning, in->err);
    if (got) return got;
    in->report.sheets.imported += fate == HAR_RACE_NEW;
    in->report.sheets.enriched += fate == HAR_RACE_FILLED;
    in->report.sheets.duplicate += fate == HAR_RACE_KNOWN;
    in->report.sheets.joined += race.activity != 0;
    return warning ? note_row(in, path, result->line, false, warning) : HAR_OK;
}

/* --- one sheet ---------------------------------------------------------------------- */

static har_status refuse_sheet(struct intake *in, struct har_import_file *file,
                               const struct har_error *why)
{
    file->status = HAR_REFUSED;
    file->offset = why->offset;
    file->reason = kept_words(in, why->message);
    in->report.sheets.failed++;
    return file->reason ? HAR_OK : intake_full(in);
}

/* What a sheet came to: the most that any of its rows did. */
static har_status tell_sheet(struct intake *in, struct har_import_file *file,
                             const struct har_results_report *before,
                             const struct har_results *all)
{
    const struct har_results_report *now = &in->report;
    struct har_text words = {.arena = in->arena};
    file->status = now->sheets.imported > before->sheets.imported     ? HAR_IMPORTED
                   : now->sheets.enriched > before->sheets.enriched   ? HAR_ENRICHED
                   : now->sheets.duplicate > before->sheets.duplicate ? HAR_DUPLICATE
                   : all->refused_count                               ? HAR_REFUSED
                                                                      : HAR_SKIPPED;
    in->report.sheets.failed += file->status == HAR_REFUSED;
    in->report.sheets.skipped += file->status == HAR_SKIPPED;
    if (all->refused_count)
        har_text_format(&words, "%zu of %zu rows refused, the first in line %llu",
                        all->refused_count, all->count + all->refused_count,
                        (unsigned long long)all->refused[0].line);
    else if (file->status == HAR_SKIPPED)
        har_text_add(&words, all->count ? "no row is of that athlete" : "holds no mark");
    file->reason = words.data;
    return words.failed ? intake_full(in) : HAR_OK;
}

static har_status note_passed(struct intake *in, const char *path,
                              const struct har_passed_event *passed)
{
    struct har_text words = {.arena = in->arena};
    har_text_format(&words, "%s %s: %zu %s passed over", passed->event, passed->why,
                    passed->rows, passed->rows == 1 ? "row" : "rows");
    return words.failed ? intake_full(in)
                        : note_row(in, path, passed->line, false, words.data);
}

/* The same file again has the same maker, wherever it lies. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static har_status keep_sheet(struct intake *in, struct har_import_file *file,
                             const struct har_results *all)
{
    struct har_annals_news news = {0};
    in->before = in->report;
    in->races = in->listed_count = 0;
    in->listed = HAR_NEW(&in->sheet, struct har_result, all->count);
    if (!in->listed) return intake_full(in);
    look_for_names(in, all);
    in->last = (struct har_athlete){0};
    har_status got = find_told(in, all);
    if (got == HAR_OK) got = settle_names(in);
    if (got == HAR_OK) got = look_up_kept(in);
    if (got) return got;
    if (!in->told && !in->own && !in->one_name && !in->field && all->count) {
        struct har_error why;
        har_fail(&why, HAR_BAD_INPUT, 0,
                 "it names no athlete and several are kept; choose with --athlete");
        return refuse_sheet(in, file, &why);
    }
    in->report.without_mark += all->without_mark;
    for (size_t i = 0; i < all->refused_count && got == HAR_OK; i++)
        got = note_row(in, file->path, all->refused[i].line, true, all->refused[i].why);
    for (size_t i = 0; i < all->passed_count && got == HAR_OK; i++)
        got = note_passed(in, file->path, &all->passed[i]);
    for (size_t i = 0; i < all->count && got == HAR_OK; i++) {
        got = keep_result(in, file->path, &all->result[i]);
        har_arena_reset(&in->desk);
    }
    if (got == HAR_OK) got = keep_annals(in, base_name(file->path), &news);
    if (got) return got;
    in->fresh += news.fresh;
    count_sheet(in, all, &news);
    return tell_sheet(in, file, &in->before, all);
}

/* What a table is known by: its first row. NULL: it is none. */
static const char *header_of(struct intake *in, struct har_bytes bytes)
{
    struct har_table table;
    if (har_table_open(bytes, &in->sheet, &table, NULL)) return NULL;
    return har_arena_copy(&in->sheet, table.header.data, table.header.size);
}

/* What was told now, or else of an earlier sheet with that header. */
static har_status find_mapping(struct intake *in, const char *header, const char **mapping)
{
    *mapping = in->settings->mapping;
    if (*mapping || !header) return HAR_OK;
    har_status got = har_annals_mapping(har_store_database(in->store), header, &in->sheet,
                                        mapping, in->err);
    return got == HAR_NOT_FOUND ? HAR_OK : got;
}

static har_status keep_mapping(struct intake *in, const char *header)
{
    const char *mapping = in->settings->mapping;
    if (!mapping || !header) return HAR_OK;
    return har_annals_tell_mapping(har_store_database(in->store), header, mapping, in->err);
}

/* Shows how a table would be read that could not be: it is read again, to stay. */
static har_status guess_layout(struct intake *in, const char *path)
{
    struct har_sheet_unknown one = {.path = path};
    struct har_bytes bytes;
    har_status got = har_read_file(path, NULL, in->arena, &bytes, NULL);
    if (got == HAR_OK) got = har_results_guess(bytes, in->arena, &one.guess, NULL);
    if (got) return got == HAR_NO_MEMORY ? intake_full(in) : HAR_OK;
    struct har_sheet_unknown *all = har_arena_grow(
        in->arena, in->unknown, in->report.unknown_count, &in->unknown_room, sizeof *all);
    if (!all) return intake_full(in);
    in->unknown = all;
    all[in->report.unknown_count++] = one;
    return HAR_OK;
}

static har_status take_sheet(struct intake *in, struct har_import_file *file)
{
    struct har_bytes bytes;
    struct har_results all;
    struct har_error why = {0};
    const char *header = NULL;
    struct har_sheet_hints hints = {.rest = in->settings->rest, .file = file->path};
    har_status got = har_read_file(file->path, NULL, &in->sheet, &bytes, &why);
    if (got) return got == HAR_NO_MEMORY ? intake_full(in) : refuse_sheet(in, file, &why);
    header = header_of(in, bytes);
    got = find_mapping(in, header, &hints.mapping);
    if (got) return got;
    got = har_results_read(bytes, &hints, &in->sheet, &all, &why);
    if (got == HAR_NO_MEMORY) return intake_full(in);
    if (got) {
        har_status told = refuse_sheet(in, file, &why);
        return told || got != HAR_BAD_INPUT ? told : guess_layout(in, file->path);
    }
    bool dry = in->settings->dry_run; /* one transaction around all */
    got = dry ? HAR_OK : har_store_begin(in->store, in->err);
    if (got) return got;
    uint64_t marks = in->report.marks;
    got = keep_sheet(in, file, &all);
    if (got == HAR_OK && in->report.marks > marks) {
        got = keep_mapping(in, header);
        if (got == HAR_OK && !dry) return har_store_commit(in->store, in->err);
    }
    if (!dry) har_store_rollback(in->store);
    return got;
}

static har_status take_sheets(struct intake *in, const char *const *paths, size_t count)
{
    har_status got = HAR_OK;
    in->files = HAR_NEW(in->arena, struct har_import_file, count);
    if (!in->files) return intake_full(in);
    for (size_t i = 0; i < count && got == HAR_OK; i++) {
        in->files[i].path = paths[i];
        got = take_sheet(in, &in->files[i]);
        har_arena_reset(&in->sheet);
        har_arena_reset(&in->desk);
    }
    in->report.sheets.files = in->report.sheets.file_count = count;
    in->report.sheets.file = in->files;
    in->report.note = in->notes;
    in->report.unknown = in->unknown;
    return got;
}

har_status har_results_import(struct har_store *store, const char *const *paths,
                              size_t path_count,
                              const struct har_results_settings *settings,
                              struct har_arena *arena, struct har_results_report *report,
                              struct har_error *err)
{
    struct har_error spare = {0};
    struct intake in = {
        .store = store, .settings = settings, .arena = arena, .err = err ? err : &spare};
    har_status got = settings->dry_run ? har_store_begin(store, err) : HAR_OK;
    if (got) return got;
    got = take_sheets(&in, paths, path_count);
    if (settings->dry_run) har_store_rollback(store);
    else har_annals_settle(har_store_database(store), in.fresh);
    if (got == HAR_OK) *report = in.report;
    har_arena_free(&in.sheet);
    har_arena_free(&in.desk);
    return got;
}
