/* SPDX-License-Identifier: MIT */
/* Words that name things, and text on its way out: any words are taken or refused; as JSON
 * they read back as they were, as a CSV field too, on a page they are XML, and on a
 * terminal they steer nothing. */

#include "harrier/career.h"
#include "harrier/database.h"
#include "harrier/render.h"
#include "harrier/shoe.h"
#include "harrier/table.h"
#include "harrier/workout.h"

#include <assert.h>
#include <expat.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_utf8(const char *word)
{
    json_t *text = json_string(word);
    json_decref(text);
    return text != NULL;
}

static void name_things(struct har_bytes bytes, const char *word)
{
    unsigned sub_sport = 999, kinds = 999;
    enum har_grade_model model;
    char name[HAR_SPORT_NAME];
    unsigned sport = har_sport_of(bytes, &sub_sport);
    assert(*har_sport_name(sport, name) && *har_sub_sport_name(sub_sport, name));
    if (har_parse_run_kinds(bytes, &kinds)) assert(kinds < 999);
    else assert(kinds == 999);
    if (har_grade_model_of(bytes, &model)) assert(*har_grade_model_name(model));
    if (har_is_title(bytes)) assert(!memchr(bytes.data, '\n', bytes.size));
    if (har_is_cue(bytes)) assert(!memchr(bytes.data, '\n', bytes.size));
    assert(har_part_of(word) == har_part_of(word));
    assert(!har_database_url_has_secret(word) || har_is_database_url(word));
    (void)har_round_is_heat(word);
    const char *championship = har_championship_of(word);
    assert(!championship || *championship);
}

static void as_json(const char *word, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    struct har_json j = {.text = &text};
    json_error_t why;
    har_json_open(&j, NULL, '{');
    har_json_string(&j, word, word);
    har_json_close(&j);
    json_t *all = json_loadb(text.data, text.size, JSON_REJECT_DUPLICATES, &why);
    assert(all && json_object_size(all) == 1);
    if (is_utf8(word))
        assert(strcmp(json_string_value(json_object_get(all, word)), word) == 0);
    json_decref(all);
}

/* Spaces about a field are not of it, and a table is refused that is no text: so between
 * two letters, and only where it is UTF-8. */
static void as_csv(const char *word, struct har_arena *arena)
{
    struct har_text text = {.arena = arena}, whole = {.arena = arena};
    struct har_table table;
    struct har_table_row row = {0};
    if (!is_utf8(word)) return;
    har_text_format(&whole, "<%s>", word);
    har_text_add(&text, "a,b\r\n1,");
    har_csv_field(&text, whole.data);
    har_text_add(&text, "\r\n");
    struct har_bytes bytes = {(const uint8_t *)text.data, text.size};
    if (har_table_open(bytes, arena, &table, NULL) != HAR_OK) return;
    assert(har_table_next(&table, arena, &row, NULL) == HAR_OK && row.count == 2);
    assert(row.field[1].size == whole.size &&
           memcmp(row.field[1].data, whole.data, whole.size) == 0);
}

static void on_a_page(const char *word, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    const struct har_pace_split split = {.distance_m = 1000, .time_s = 200, .lap_s = 200};
    har_render_band(&text, word, &split, 1, false);
    XML_Parser xml = XML_ParserCreate("UTF-8");
    enum XML_Status read = XML_Parse(xml, text.data, (int)text.size, XML_TRUE);
    assert(read == XML_STATUS_OK);
    XML_ParserFree(xml);
}

static void on_a_terminal(const char *word, struct har_arena *arena)
{
    for (size_t columns = 1; columns < 100; columns *= 3) {
        struct har_text text = {.arena = arena};
        assert(har_render_name(&text, word, columns) <= columns);
        if (!text.data) continue;
        assert(is_utf8(text.data));
        for (const char *c = text.data; *c; c++)
            assert((unsigned char)*c >= ' ' && *c != 0x7f);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct har_arena arena = {0};
    const char *word = har_arena_copy(&arena, data, size);
    struct har_bytes bytes = {(const uint8_t *)word, size};
    assert(word);
    name_things(bytes, word);
    as_json(word, &arena);
    as_csv(word, &arena);
    on_a_page(word, &arena);
    on_a_terminal(word, &arena);
    har_arena_free(&arena);
    return 0;
}
