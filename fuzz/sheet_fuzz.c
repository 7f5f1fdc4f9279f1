/* SPDX-License-Identifier: MIT */
/* Any bytes are a table: they are read to their end, row by row, or there is a sentence;
 * rows follow each other in the file, and what was read, written by the rule, reads back as
 * the same. Any bytes are results in some layout: what goes in can be, and what does not
 * has a sentence. A guess is a mapping that can be read with. So are they a list of
 * mornings. The first byte says how much memory there is. */

#include "harrier/sheet.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_row(struct har_text *text, const struct har_bytes *field, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        har_text_add(text, i ? ",\"" : "\"");
        for (size_t j = 0; j < field[i].size; j++) {
            har_text_bytes(text, field[i].data + j, 1);
            if (field[i].data[j] == '"') har_text_add(text, "\"");
        }
        har_text_add(text, "\"");
    }
    har_text_add(text, "\r\n");
}

/* Reads the table to its end and writes it again. The header is twice there: what is read
 * back then has rows even where this has none. */
static bool write_again(struct har_table *table, struct har_arena *arena,
                        struct har_text *out)
{
    struct har_table_row row = {0};
    struct har_error err = {0};
    const uint8_t *behind = table->header.data + table->header.size;
    har_status got;
    uint64_t line = 0;
    write_row(out, table->column, table->column_count);
    while ((got = har_table_next(table, arena, &row, &err)) != HAR_END) {
        if (got == HAR_NO_MEMORY) return false;
        assert(row.line > line && row.text.data > behind && row.text.size > 0);
        assert(row.text.data + row.text.size <= table->text.data + table->text.size);
        line = row.line;
        behind = row.text.data + row.text.size;
        if (got == HAR_OK) write_row(out, row.field, row.count);
        else assert(got == HAR_BAD_INPUT && err.offset == row.line && row.count == 0);
    }
    return !out->failed;
}

static void round_trip(struct har_table *table)
{
    struct har_arena arena = {0};
    struct har_text once = {.arena = &arena}, twice = {.arena = &arena};
    struct har_table again;
    assert(write_again(table, &arena, &once));
    struct har_bytes written = {(const uint8_t *)once.data, once.size};
    if (table->column_count > 1) { /* a single column does not say that it is comma's */
        assert(har_table_open(written, &arena, &again, NULL) == HAR_OK);
        assert(again.delimiter == ',' && again.column_count == table->column_count);
        assert(write_again(&again, &arena, &twice));
        assert(once.size == twice.size && memcmp(once.data, twice.data, once.size) == 0);
    }
    har_arena_free(&arena);
}

static void look_at_mornings(struct har_bytes text, size_t limit)
{
    struct har_arena arena = {.limit = limit};
    struct har_wellness all;
    struct har_error err = {0};
    har_status status = har_wellness_read(text, &arena, &all, &err);
    if (status != HAR_OK) assert(status == err.status && err.message[0] != '\0');
    for (size_t i = 0; status == HAR_OK && i < all.count; i++) {
        const struct har_wellness_row *row = &all.row[i];
        assert(har_day_of(har_date_of(row->day)) == row->day);
        assert(!(row->rest_bpm < 25) && !(row->rest_bpm > 140));
        assert(!(row->sleep_s <= 0) && !(row->sleep_s > 86400));
        assert(i == 0 || row->line > all.row[i - 1].line);
    }
    for (size_t i = 0; status == HAR_OK && i < all.refused_count; i++)
        assert(all.refused[i].line > 1 && all.refused[i].why[0] != '\0');
    har_arena_free(&arena);
}

static void look_at_results(struct har_bytes text, const struct har_sheet_hints *hints,
                            size_t limit)
{
    struct har_arena arena = {.limit = limit};
    struct har_results all;
    struct har_error err = {0};
    har_status status = har_results_read(text, hints, &arena, &all, &err);
    if (status != HAR_OK) assert(status == err.status && err.message[0] != '\0');
    for (size_t i = 0; status == HAR_OK && i < all.count; i++) {
        struct har_result r = all.result[i];
        assert(har_result_check(&r, NULL) == HAR_OK);
        assert(strcmp(r.event.code, all.result[i].event.code) == 0);
        assert(har_day_of(har_date_of(r.day)) == r.day && r.mark.time_ms > 0);
        assert(i == 0 || r.line > all.result[i - 1].line);
    }
    for (size_t i = 0; status == HAR_OK && i < all.refused_count; i++)
        assert(all.refused[i].line > 0 && all.refused[i].why[0] != '\0');
    for (size_t i = 0; status == HAR_OK && i < all.passed_count; i++)
        assert(all.passed[i].rows > 0 && all.passed[i].event[0] != '\0');
    har_arena_free(&arena);
}

/* With nothing beside it; on a day, of an event and of a file with a name; as guessed. */
static void look_at_sheet(struct har_bytes text, size_t limit)
{
    struct har_arena arena = {.limit = limit};
    struct har_result rest = har_result_untold();
    struct har_sheet_guess guess;
    struct har_error err = {0};
    rest.day = 20000;
    const struct har_sheet_hints named = {.rest = &rest, .file = "men_1500-metres.csv"};
    look_at_results(text, NULL, limit);
    look_at_results(text, &named, limit);
    har_status status = har_results_guess(text, &arena, &guess, &err);
    if (status != HAR_OK) assert(status == err.status && err.message[0] != '\0');
    const struct har_sheet_hints mapped = {.rest = &rest,
                                           .mapping = status ? NULL : guess.mapping};
    for (size_t i = 0; status == HAR_OK && i < guess.row_count * guess.column_count; i++)
        assert(guess.cell[i] != NULL && guess.column[i % guess.column_count].name[0]);
    if (status == HAR_OK) look_at_results(text, &mapped, limit);
    har_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) return 0;
    struct har_arena arena = {.limit = data[0] < 128 ? 0 : (size_t)(data[0] - 127) << 10};
    struct har_bytes text = {data + 1, size - 1};
    struct har_text scratch = {.arena = &arena};
    struct har_table table;
    struct har_error err = {0};
    har_status status = har_table_open(text, &arena, &table, &err);
    if (status != HAR_OK) {
        assert(status == err.status && err.message[0] != '\0');
        assert(status != HAR_NO_MEMORY || arena.limit != 0);
    } else if (arena.limit == 0) {
        round_trip(&table);
    } else {
        write_again(&table, &arena, &scratch);
    }
    look_at_sheet(text, arena.limit);
    look_at_mornings(text, arena.limit);
    har_arena_free(&arena);
    return 0;
}
