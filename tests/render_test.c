/* SPDX-License-Identifier: MIT */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scarce.h"

#include "harrier/num.h"
#include "harrier/render.h"

#include <expat.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static struct har_arena arena;

static int release(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return 0;
}

static struct har_text fresh(void)
{
    return (struct har_text){.arena = &arena};
}

/* --- JSON ------------------------------------------------------------------------ */

static void test_json_looks_as_the_door_says(void **state)
{
    (void)state;
    struct har_text text = fresh();
    struct har_json json = {.text = &text};
    har_json_open(&json, NULL, '{');
    har_json_string(&json, "schema", "harrier.list/1");
    har_json_open(&json, "activities", '[');
    har_json_open(&json, NULL, '{');
    har_json_integer(&json, "id", 7);
    har_json_number(&json, "distance_m", 10000.50, 3);
    har_json_number(&json, "ascent_m", NAN, 1);
    har_json_close(&json);
    har_json_close(&json);
    har_json_open(&json, "warnings", '[');
    har_json_close(&json);
    har_json_instant(&json, "start", 1767323045000);
    har_json_close(&json);
    assert_false(text.failed);
    assert_string_equal(text.data, "{\n"
                                   "  \"schema\": \"harrier.list/1\",\n"
                                   "  \"activities\": [\n"
                                   "    {\n"
                                   "      \"id\": 7,\n"
                                   "      \"distance_m\": 10000.5,\n"
                                   "      \"ascent_m\": null\n"
                                   "    }\n"
                                   "  ],\n"
                                   "  \"warnings\": [],\n"
                                   "  \"start\": \"2026-01-02T03:04:05Z\"\n"
                                   "}\n");
}

static void test_json_gives_back_what_was_written(void **state)
{
    (void)state;
    struct har_text text = fresh();
    struct har_json json = {.text = &text};
    har_json_open(&json, NULL, '{');
    har_json_integer(&json, "most", INT64_MAX);
    har_json_integer(&json, "least", INT64_MIN);
    har_json_number(&json, "tenth", -0.1, 6);
    har_json_number(&json, "endless", (double)INFINITY, 6);
    har_json_boolean(&json, "yes", true);
    har_json_boolean(&json, "no", false);
    har_json_string(&json, "nothing", NULL);
    har_json_instant(&json, "never", HAR_NO_TIME);
    har_json_string(&json, "a \"name\"\n", "\x01\x1f\x7f\b\f\n\r\t\\/\" Ürümqi 苏州 🏃");
    har_json_close(&json);

    json_t *root = json_loads(text.data, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    assert_int_equal(json_object_size(root), 9);
    assert_true(json_integer_value(json_object_get(root, "most")) == INT64_MAX);
    assert_true(json_integer_value(json_object_get(root, "least")) == INT64_MIN);
    assert_true(json_real_value(json_object_get(root, "tenth")) == -0.1);
    assert_true(json_is_null(json_object_get(root, "endless")));
    assert_true(json_is_true(json_object_get(root, "yes")));
    assert_true(json_is_false(json_object_get(root, "no")));
    assert_true(json_is_null(json_object_get(root, "nothing")));
    assert_true(json_is_null(json_object_get(root, "never")));
    assert_string_equal(json_string_value(json_object_get(root, "a \"name\"\n")),
                        "\x01\x1f\x7f\b\f\n\r\t\\/\" Ürümqi 苏州 🏃");
    json_decref(root);
}

/* What jansson reads back from a string that was written. */
static const char *through_json(const char *value, json_t **root)
{
    struct har_text text = fresh();
    struct har_json json = {.text = &text};
    har_json_open(&json, NULL, '[');
    har_json_string(&json, NULL, value);
    har_json_close(&json);
    *root = json_loads(text.data, 0, NULL);
    assert_non_null(*root);
    return json_string_value(json_array_get(*root, 0));
}

/* The Unicode Standard 15.0, tables 3-8 to 3-11: one replacement for each longest beginning
 * of what could have been a character. */
static void test_json_replaces_bad_bytes_as_unicode_recommends(void **state)
{
    (void)state;
    static const char *const known[][2] = {
        {"\xc0\xaf\xe0\x80\xbf\xf0\x81\x82\x41", "��������A"},
        {"\xed\xa0\x80\xed\xbf\xbf\xed\xaf\x41", "��������A"},
        {"\xf4\x91\x92\x93\xff\x41\x80\xbf\x42", "�����A��B"},
        {"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", "����A"},
        {"\xf0\x9f\x8f", "�"},
    };
    for (size_t i = 0; i < LENGTH(known); i++) {
        json_t *root;
        assert_string_equal(through_json(known[i][0], &root), known[i][1]);
        json_decref(root);
    }
}

static void add_code_point(char *string, size_t *size, uint32_t value)
{
    static const uint8_t leads[] = {0, 0xc0, 0xe0, 0xf0};
    unsigned more = value < 0x80 ? 0 : value < 0x800 ? 1 : value < 0x10000 ? 2 : 3;
    string[(*size)++] = (char)(leads[more] | value >> 6 * more);
    while (more-- > 0) string[(*size)++] = (char)(0x80 | (value >> 6 * more & 0x3f));
}

static void test_json_keeps_every_character(void **state)
{
    (void)state;
    struct har_random random = har_random_of(21);
    char string[256];
    for (int round = 0; round < 300; round++) {
        size_t size = 0;
        while (size < sizeof string - 5) {
            static const uint32_t ends[] = {0x80, 0x800, 0x10000, 0x110000};
            uint32_t value =
                (uint32_t)(har_random_bits(&random) % ends[har_random_bits(&random) % 4]);
            if (value != 0 && (value < 0xd800 || value > 0xdfff))
                add_code_point(string, &size, value);
        }
        string[size] = '\0';
        json_t *root;
        assert_string_equal(through_json(string, &root), string);
        json_decref(root);
        for (size_t i = 0; i < size; i++)
            string[i] = (char)(1 + har_random_bits(&random) % 255);
        assert_non_null(through_json(string, &root));
        json_decref(root);
        har_arena_reset(&arena);
    }
}

static void test_json_goes_sixteen_deep(void **state)
{
    (void)state;
    struct har_text text = fresh();
    struct har_json json = {.text = &text};
    for (int i = 0; i < 16; i++) har_json_open(&json, NULL, '[');
    for (int i = 0; i < 16; i++) har_json_close(&json);
    json_t *root = json_loads(text.data, 0, NULL);
    assert_non_null(root);
    json_decref(root);
}

/* --- CSV ------------------------------------------------------------------------- */

static void test_csv_is_quoted_where_it_must_be(void **state)
{
    (void)state;
    static const char *const known[][2] = {
        {"plain", "plain"},
        {"", ""},
        {"12.5", "12.5"},
        {"5000 m, Lexington", "\"5000 m, Lexington\""},
        {"the \"Miler\"", "\"the \"\"Miler\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"return\r", "\"return\r\""},
        {" led by a space", "\" led by a space\""},
        {"苏州", "苏州"},
    };
    for (size_t i = 0; i < LENGTH(known); i++) {
        struct har_text text = fresh();
        har_text_add(&text, "");
        har_csv_field(&text, known[i][0]);
        assert_string_equal(text.data, known[i][1]);
    }
    struct har_text text = fresh();
    har_csv_field(&text, NULL);
    assert_int_equal(text.size, 0);
}

/* --- words ----------------------------------------------------------------------- */

static const struct har_style metric = {.width = 80},
                              miles = {.width = 80, .imperial = true};

/* Paces of the world records as they are published with them. */
static void test_paces_of_known_records(void **state)
{
    (void)state;
    static const struct {
        double distance_m, time_s;
        const char *per_km, *per_mile;
    } known[] = {
        {42195, 7235, "2:51 /km", "4:36 /mi"},      /* Kiptum, 2:00:35 */
        {1609.344, 223.13, "2:19 /km", "3:43 /mi"}, /* El Guerrouj, 3:43.13 */
        {1000, 245, "4:05 /km", "6:34 /mi"},
        {1000, 1800, "30:00 /km", "48:17 /mi"},
        {1000, 1800.1, "-", "-"},
        {0, 100, "-", "-"},
        {-5, 100, "-", "-"},
        {NAN, 100, "-", "-"},
        {100, 0, "-", "-"},
    };
    for (size_t i = 0; i < LENGTH(known); i++) {
        struct har_text km = fresh(), mile = fresh();
        har_render_pace(&km, known[i].distance_m / known[i].time_s, &metric);
        har_render_pace(&mile, known[i].distance_m / known[i].time_s, &miles);
        assert_string_equal(km.data, known[i].per_km);
        assert_string_equal(mile.data, known[i].per_mile);
    }
}

static void test_distances_in_words(void **state)
{
    (void)state;
    static const struct {
        double distance_m;
        const char *metric, *miles;
    } known[] = {
        {0, "0 m", "0.00 mi"},
        {800, "800 m", "0.50 mi"},
        {999.4, "999 m", "0.62 mi"},
        {999.6, "1.00 km", "0.62 mi"},
        {42195, "42.20 km", "26.22 mi"},
        {99994, "99.99 km", "62.13 mi"},
        {99996, "100.0 km", "62.13 mi"},
        {1234567, "1,235 km", "767.1 mi"},
        {1e9, "1,000,000 km", "621,371 mi"},
        {NAN, "-", "-"},
    };
    for (size_t i = 0; i < LENGTH(known); i++) {
        struct har_text km = fresh(), mile = fresh();
        har_render_distance(&km, known[i].distance_m, &metric);
        har_render_distance(&mile, known[i].distance_m, &miles);
        assert_string_equal(km.data, known[i].metric);
        assert_string_equal(mile.data, known[i].miles);
    }
}

/* --- seasons to render ----------------------------------------------------------- */

static const char *const names[] = {
    "Morning run",
    "<script>alert('x')</script> & \"co\"",
    "苏州金鸡湖半程马拉松二〇二六年纪念赛事全程",
    "Steered \x1b[31mred\x07\nand broken \xff\xfe",
    "A very long name of a race that nobody could ever fit into the column of a table",
    NULL,
    "",
};
static const double efforts_m[] = {400,  800,   1000,  1500,  1609.344, 3000,
                                   5000, 10000, 15000, 20000, 21097.5,  42195};

static void fill_run(struct har_random *random, struct har_entry *entry)
{
    struct har_summary *run = &entry->summary;
    run->sport = HAR_SPORT_RUNNING;
    run->distance_m = 3000 + 25000 * har_random_uniform(random);
    run->moving_s = run->distance_m / (2.5 + 2 * har_random_uniform(random));
    run->elapsed_s = run->timer_s = run->moving_s * 1.02;
    run->ascent_m = har_random_uniform(random) < 0.9 ? run->distance_m / 90 : NAN;
    run->altitude_m = har_random_uniform(random) < 0.1 ? NAN : 150;
    for (int bpm = 110; bpm < 185; bpm++)
        run->heart_s[bpm] = (float)(run->moving_s / 80 * har_random_uniform(random));
    struct har_best *bests = HAR_NEW(&arena, struct har_best, LENGTH(efforts_m));
    assert_non_null(bests);
    for (size_t i = 0; i < LENGTH(efforts_m) && efforts_m[i] < run->distance_m; i++)
        bests[entry->best_count++] = (struct har_best){
            efforts_m[i], (0.2 + 0.05 * har_random_uniform(random)) * efforts_m[i], 20, 50};
    entry->bests = bests;
}

/* About four activities in five days over `days` days, with races and one stay. */
static struct har_season live(uint64_t seed, int days)
{
    struct har_random random = har_random_of(seed);
    struct har_entry *entries = HAR_NEW(&arena, struct har_entry, (size_t)days);
    assert_non_null(entries);
    size_t count = 0;
    for (int day = 0; day < days; day++) {
        if (day > 0 && har_random_uniform(&random) < 0.2) continue;
        struct har_entry *entry = &entries[count++];
        entry->id = (int64_t)count;
        entry->name = names[har_random_bits(&random) % LENGTH(names)];
        entry->race = har_random_uniform(&random) < 0.05;
        fill_run(&random, entry);
        if (har_random_uniform(&random) < 0.1) entry->summary.sport = HAR_SPORT_CYCLING;
        if (day % 100 > 40 && day % 100 < 56) entry->summary.altitude_m = 1900;
        entry->summary.start_ms = (INT64_C(20332) + day) * 86400000 + 61200000;
        entry->summary.utc_offset_s = 3600;
    }
    struct har_season season;
    assert_int_equal(har_season(entries, count, &arena, &season, NULL), HAR_OK);
    return season;
}

static char *told(const struct har_season *season, struct har_style style,
                  const char *title)
{
    struct har_text text = fresh();
    har_render_season_text(&text, season, &style, title);
    assert_false(text.failed);
    return text.data;
}

static struct har_text drawn(const struct har_season *season, struct har_style style,
                             const char *title)
{
    struct har_text text = fresh();
    har_render_season_html(&text, season, &style, title);
    assert_false(text.failed);
    return text;
}

/* --- the report for a terminal --------------------------------------------------- */

/* Columns of one line, counting Chinese letters twice. */
static size_t columns_of(const char *line, size_t size)
{
    size_t columns = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = (uint8_t)line[i];
        if ((byte & 0xc0) == 0x80) continue;
        columns += byte >= 0xe3 && byte <= 0xe9 ? 2 : 1;
    }
    return columns;
}

/* Columns as a terminal counts them, and nothing that steers it. */
static void test_names_are_cut_to_columns(void **state)
{
    static const struct {
        const char *name;
        size_t columns, taken;
        const char *shown;
    } rows[] = {
        {"Morning run", 11, 11, "Morning run"},
        {"Morning run", 8, 8, "Morning\xe2\x80\xa6"},
        {"\xe6\x9c\x9d\xe3\x83\xa9\xe3\x83\xb3", 6, 6,
         "\xe6\x9c\x9d\xe3\x83\xa9\xe3\x83\xb3"},
        {"\xe6\x9c\x9d\xe3\x83\xa9\xe3\x83\xb3", 4, 3, "\xe6\x9c\x9d\xe2\x80\xa6"},
        {"e\xcc\x81te\xcc\x81", 3, 3, "e\xcc\x81te\xcc\x81"},
        {"a\033[2Jb", 9, 6, "a\xef\xbf\xbd[2Jb"},
        {"\xff\xc3", 9, 2, "\xef\xbf\xbd\xef\xbf\xbd"},
        {"", 5, 0, NULL},
        {"run", 0, 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct har_arena own = {0};
        struct har_text text = {.arena = &own};
        assert_int_equal(har_render_name(&text, rows[i].name, rows[i].columns),
                         rows[i].taken);
        if (rows[i].shown) assert_string_equal(text.data, rows[i].shown);
        else assert_int_equal(text.size, 0);
        har_arena_free(&own);
    }
}

static void test_no_line_is_wider_than_the_terminal(void **state)
{
    (void)state;
    static const unsigned widths[] = {1, 2, 7, 20, 40, 60, 79, 80, 100, 120, 140, 1000};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct har_season season = live(seed, 1 << seed);
        for (size_t i = 0; i < LENGTH(widths); i++) {
            struct har_style style = {.width = widths[i], .imperial = seed % 2};
            char *line = told(&season, style, names[seed % LENGTH(names)]);
            for (char *end; (end = strchr(line, '\n')); line = end + 1) {
                assert_true(columns_of(line, (size_t)(end - line)) <= widths[i]);
                assert_true(end == line || end[-1] != ' ');
            }
            assert_true(*line == '\0');
        }
        har_arena_reset(&arena);
    }
}

static void test_report_is_about_one_page(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 13; seed++) {
        struct har_season season = live(seed, 1 << seed);
        size_t lines = 0;
        for (const char *at = told(&season, metric, NULL); *at; at++) lines += *at == '\n';
        assert_in_range(lines, 10, 80);
        har_arena_reset(&arena);
    }
}

static void test_colour_changes_nothing_but_colour(void **state)
{
    (void)state;
    struct har_season season = live(3, 200);
    char *plain = told(&season, metric, NULL);
    char *coloured = told(&season, (struct har_style){.width = 80, .colour = true}, NULL);
    assert_null(strchr(plain, '\x1b'));
    assert_non_null(strchr(coloured, '\x1b'));
    char *to = coloured;
    for (const char *from = coloured; *from; from++) {
        if (*from == '\x1b') from = strchr(from, 'm');
        else *to++ = *from;
    }
    *to = '\0';
    assert_string_equal(coloured, plain);
}

static void test_zero_width_is_eighty(void **state)
{
    (void)state;
    struct har_season season = live(4, 100);
    assert_string_equal(told(&season, (struct har_style){0}, "A"),
                        told(&season, metric, "A"));
}

static void test_unknown_numbers_are_dashes(void **state)
{
    (void)state;
    struct har_entry bare = {.id = 1, .summary = {.sport = HAR_SPORT_RUNNING}};
    struct har_summary *run = &bare.summary;
    run->distance_m = run->moving_s = run->elapsed_s = run->ascent_m = run->altitude_m =
        NAN;
    bare.race = true;
    struct har_season season;
    assert_int_equal(har_season(&bare, 1, &arena, &season, NULL), HAR_OK);
    char *text = told(&season, metric, NULL);
    struct har_text html = drawn(&season, metric, NULL);
    assert_null(strstr(text, "nan"));
    assert_null(strstr(html.data, "nan"));
    assert_null(strstr(text, "Longest run"));
    assert_non_null(strstr(text, "No heart rate in these activities."));
    assert_non_null(strstr(text, "\n1970-01-01 -  "));
}

/* The last weeks one by one, earlier ones by month and year: the kilometres of all rows are
 * still those of the season. */
static void test_rows_of_a_decade_add_up(void **state)
{
    (void)state;
    struct har_season season = live(5, 4000);
    const char *at = strstr(told(&season, metric, NULL), "\nWEEKS");
    assert_non_null(at);
    double sum_km = 0;
    size_t rows = 0;
    for (at = strchr(at + 1, '\n') + 1; *at != '\n'; at = strchr(at, '\n') + 1, rows++) {
        char number[16] = {0};
        size_t size = 0;
        for (const char *c = at + 10; c < at + 17; c++)
            if (*c != ' ' && *c != ',') number[size++] = *c;
        sum_km += strtod(number, NULL);
    }
    assert_in_range(rows, 15, 30);
    assert_true(fabs(sum_km - season.distance_m / 1000) < 0.5 * (double)rows);
}

/* --- the page -------------------------------------------------------------------- */

enum { CELLS = 9, CELL = 160, MOST_ROWS = 2048, MOST_BARS = 128 };

struct table_row {
    unsigned table;
    size_t cells;
    char cell[CELLS][CELL];
};

/* What expat saw of a page. */
struct seen {
    unsigned figures, drawings, details, tables, scripts;
    bool figure_has_caption, figure_has_table, in_row, in_cell, in_head_title, in_body;
    char title[CELL];
    size_t row_count;
    struct table_row row[MOST_ROWS];
    size_t bar_count, rule_count;
    double bar_px[MOST_BARS], rule_px[16], rule_km[16]; /* of the first figure */
    bool in_rule_name;
};

static const char *attribute_of(const XML_Char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], name) == 0) return attributes[i + 1];
    return NULL;
}

static void XMLCALL see_start(void *data, const XML_Char *tag, const XML_Char **attributes)
{
    struct seen *seen = data;
    const char *class = attribute_of(attributes, "class");
    if (strcmp(tag, "body") == 0) seen->in_body = true;
    if (strcmp(tag, "script") == 0) seen->scripts++;
    if (strcmp(tag, "title") == 0 && !seen->in_body) seen->in_head_title = true;
    if (strcmp(tag, "figure") == 0) {
        seen->figures++;
        seen->figure_has_caption = seen->figure_has_table = false;
    }
    if (strcmp(tag, "figcaption") == 0) seen->figure_has_caption = true;
    if (strcmp(tag, "details") == 0) seen->details++;
    if (strcmp(tag, "table") == 0) seen->tables++, seen->figure_has_table = true;
    if (attribute_of(attributes, "role")) {
        seen->drawings++;
        assert_string_equal(attribute_of(attributes, "role"), "img");
        const char *label = attribute_of(attributes, "aria-label");
        assert_true(label && strlen(label) > 20);
    }
    if (strcmp(tag, "tr") == 0 && seen->tables > 0) {
        assert_true(seen->row_count < MOST_ROWS);
        seen->row[seen->row_count++] = (struct table_row){.table = seen->tables};
        seen->in_row = true;
    }
    if (strcmp(tag, "td") == 0 || strcmp(tag, "th") == 0) {
        assert_true(seen->in_row);
        seen->row[seen->row_count - 1].cells++;
        seen->in_cell = true;
    }
    if (!class || seen->figures != 1) return;
    if (strcmp(class, "bar") == 0)
        seen->bar_px[seen->bar_count++] = strtod(attribute_of(attributes, "height"), NULL);
    if (strcmp(class, "rule") == 0)
        seen->rule_px[seen->rule_count++] = strtod(attribute_of(attributes, "y1"), NULL);
    seen->in_rule_name = strcmp(class, "end") == 0;
}

static void XMLCALL see_end(void *data, const XML_Char *tag)
{
    struct seen *seen = data;
    if (strcmp(tag, "title") == 0) seen->in_head_title = false;
    if (strcmp(tag, "text") == 0) seen->in_rule_name = false;
    if (strcmp(tag, "tr") == 0) seen->in_row = false;
    if (strcmp(tag, "td") == 0 || strcmp(tag, "th") == 0) seen->in_cell = false;
    if (strcmp(tag, "figure") == 0) {
        assert_true(seen->figure_has_caption);
        assert_true(seen->figure_has_table);
    }
}

static void XMLCALL see_text(void *data, const XML_Char *text, int size)
{
    struct seen *seen = data;
    char *to = seen->in_head_title ? seen->title : NULL;
    if (seen->in_rule_name && text[0] != '\n')
        seen->rule_km[seen->rule_count - 1] = strtod(text, NULL);
    if (seen->in_cell) {
        struct table_row *row = &seen->row[seen->row_count - 1];
        assert_true(row->cells <= CELLS + 1);
        to = row->cells <= CELLS ? row->cell[row->cells - 1] : NULL;
    }
    if (to) strncat(to, text, (size_t)size < CELL - strlen(to) ? (size_t)size : 0);
}

/* Reads the page as the XML it also is. */
static struct seen *look_at(struct har_text html)
{
    struct seen *seen = HAR_NEW(&arena, struct seen, 1);
    assert_non_null(seen);
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, seen);
    XML_SetElementHandler(parser, see_start, see_end);
    XML_SetCharacterDataHandler(parser, see_text);
    const char *doctype = "<!doctype html>\n";
    size_t skip = strlen(doctype);
    assert_memory_equal(html.data, doctype, skip);
    if (XML_Parse(parser, html.data + skip, (int)(html.size - skip), 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser) + 1,
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
    return seen;
}

static void test_page_is_well_formed_whatever_the_season(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 13; seed++) {
        struct har_season season = live(seed, 1 << seed);
        struct har_style style = {.imperial = seed % 2};
        struct seen *seen = look_at(drawn(&season, style, names[seed % LENGTH(names)]));
        assert_int_equal(seen->figures, 5);
        assert_int_equal(seen->drawings, 5);
        assert_int_equal(seen->details, 5);
        assert_int_equal(seen->scripts, 0);
        har_arena_reset(&arena);
    }
}

static void test_page_asks_for_nothing(void **state)
{
    (void)state;
    static const char *const wishes[] = {"http:",   "https:",    "src=",  "url(",
                                         "@import", "<script",   "<link", "<iframe",
                                         "href=",   "javascript"};
    struct har_season season = live(9, 400);
    struct har_text html = drawn(&season, metric, names[1]);
    for (size_t i = 0; i < LENGTH(wishes); i++) assert_null(strstr(html.data, wishes[i]));
    assert_string_equal(look_at(html)->title, names[1]);
}

/* Every row of the page's tables stands in the report too, cell by cell in one line. */
static void assert_page_and_report_agree(const struct har_season *season)
{
    struct seen *seen = look_at(drawn(season, metric, NULL));
    char *report = told(season, (struct har_style){.width = 140}, NULL);
    size_t compared = 0;
    for (size_t i = 0; i < seen->row_count; i++) {
        const struct table_row *row = &seen->row[i];
        bool ours = row->cells > 2 && strcmp(row->cell[0], "from") != 0 &&
                    strcmp(row->cell[0], "zone") != 0 &&
                    strcmp(row->cell[0], "date") != 0 &&
                    strcmp(row->cell[0], "from, to") != 0 &&
                    strcmp(row->cell[0], "mornings, mean") != 0;
        if (!ours) continue;
        bool found = false;
        for (const char *line = report, *end; (end = strchr(line, '\n')) && !found;
             line = end + 1) {
            const char *at = line;
            for (size_t c = 0; c < row->cells && at; c++) {
                size_t cut = strlen(row->cell[c]);
                if (cut > 40) cut = 0; /* a name that the terminal may have cut */
                const char *hit = NULL;
                for (const char *p = at; p + cut <= end && !hit; p++)
                    if (memcmp(p, row->cell[c], cut) == 0) hit = p + cut;
                at = hit;
            }
            found = at != NULL;
        }
        if (!found) fail_msg("the report lacks the row of %s", row->cell[0]);
        compared++;
    }
    assert_true(compared >= season->week_count + season->best_count + season->race_count +
                                season->stay_count + season->mark_count);
}

static void test_page_and_report_say_the_same(void **state)
{
    (void)state;
    struct har_season season = live(8, 110); /* few enough races for the report */
    assert_in_range(season.race_count, 2, 6);
    assert_int_equal(season.stay_count, 1);
    assert_page_and_report_agree(&season);
}

static struct har_race race_on(int64_t day, const char *event, const char *mark,
                               const char *name, int eligible)
{
    struct har_race race = {.id = day, .result = har_result_untold()};
    race.result.day = day;
    race.result.name = name;
    race.result.eligible = eligible;
    assert_int_equal(har_parse_event(har_bytes_of(event), &race.result.event, NULL),
                     HAR_OK);
    assert_int_equal(har_parse_mark(har_bytes_of(mark), &race.result.mark, NULL), HAR_OK);
    return race;
}

/* Official marks stand in both, and what a list of results calls a race does no harm. */
static void test_official_results_are_shown(void **state)
{
    (void)state;
    struct har_season season = live(8, 110);
    const struct har_race races[] = {
        race_on(season.from_day + 20, "HM", "61:17", "<b>City & \"Hill\"</b>", 0),
        race_on(season.from_day + 40, "HM", "63:46", "Flat", 1),
        race_on(season.from_day + 41, "3000i", "7:46.27i", NULL, HAR_UNTOLD)};
    size_t recorded = season.race_count;
    assert_int_equal(har_season_results(&season, races, 3, HAR_WOMEN, &arena, NULL),
                     HAR_OK);
    assert_int_equal(season.race_count, recorded + 3);
    assert_int_equal(season.mark_count, 3);
    assert_page_and_report_agree(&season);
    char *text = told(&season, metric, NULL);
    assert_non_null(strstr(text, "\nOFFICIAL MARKS"));
    assert_non_null(strstr(text, "aided    <b>City"));
    assert_non_null(strstr(text, "61:17"));
    assert_null(strstr(text, "nan"));
    struct har_text html = drawn(&season, metric, NULL);
    assert_null(strstr(html.data, "<b>City"));
    assert_non_null(strstr(html.data, "&lt;b&gt;City &amp;"));
    assert_null(strstr(html.data, "nan"));
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    while ((text = strstr(text, part))) text++, count++;
    return count;
}

/* A camp that was told is a band with its name, whether or not its runs lie high; a stay
 * that is a camp is one band, not two. */
static void test_camps_are_bands(void **state)
{
    (void)state;
    struct har_season season = live(8, 110);
    assert_int_equal(season.stay_count, 1);
    assert_int_equal(count_of(drawn(&season, metric, NULL).data, "class=\"band\""), 1);
    const struct har_stay stay = season.stays[0];
    int64_t before = season.from_day + 15;
    assert_true(before + 10 < stay.from_day);
    const struct har_kept_camp camps[] = {
        {.camp = {"<Tent>", before, before + 10, 2500, NAN, NAN, true, false}},
        {.camp = {"Iten", stay.from_day, stay.to_day, 2400, NAN, NAN, true, false}}};
    har_season_camps(&season, camps, 2);
    const char *page = drawn(&season, metric, NULL).data;
    assert_int_equal(count_of(page, "class=\"band\""), 2);
    assert_int_equal(count_of(page, ">Iten, 2,400 m</text>"), 1);
    assert_int_equal(count_of(page, "&lt;Tent&gt;, 2,500 m</text>"), 1);
    assert_non_null(strstr(page, "camps and stays at another altitude: 2"));
    /* One that began long before the season, and one beside it whose name has no room. */
    const struct har_kept_camp tight[] = {
        {.camp = {"Long", before - 400, before, 2500, NAN, NAN, true, false}},
        {.camp = {"Next", before + 1, before + 5, 1900, NAN, NAN, true, false}}};
    har_season_camps(&season, tight, 2);
    page = drawn(&season, metric, NULL).data;
    assert_non_null(strstr(page, "<rect class=\"band\" y=\"0\" x=\"0.00%\""));
    assert_int_equal(count_of(page, "Next, 1,900 m</text>"), 0);
    assert_int_equal(count_of(page, "<title>Next, "), 1);
}

/* A season of 30 planned weeks that began 20 weeks before the last day. */
static struct har_season_ahead planned_for(const struct har_season *season)
{
    enum { WEEKS = 30, RACES = 3 };
    struct har_season_week *week = HAR_NEW(&arena, struct har_season_week, WEEKS);
    struct har_week_done *done = HAR_NEW(&arena, struct har_week_done, WEEKS);
    struct har_target *target = HAR_NEW(&arena, struct har_target, RACES);
    struct har_season_race *race = HAR_NEW(&arena, struct har_season_race, RACES);
    struct har_expected_race *expected = HAR_NEW(&arena, struct har_expected_race, RACES);
    struct har_race *run = HAR_NEW(&arena, struct har_race, 1);
    struct har_benchmark *benchmark = HAR_NEW(&arena, struct har_benchmark, 1);
    struct har_camp *camp = HAR_NEW(&arena, struct har_camp, 1);
    int64_t monday = season->to_day - har_weekday_of(season->to_day) - 19 * 7;
    *camp = (struct har_camp){.name = "<High> & dry",
                              .from_day = monday - 3,
                              .to_day = monday + 18,
                              .altitude_m = 2000};
    for (int i = 0; i < WEEKS; i++) {
        week[i] = (struct har_season_week){.monday = monday + 7 * i,
                                           .phase = (enum har_phase)(i % HAR_PHASES),
                                           .load = 400 + i,
                                           .distance_m = i ? 90e3 : (double)NAN,
                                           .long_run_m = i % 3 ? 25e3 : (double)NAN,
                                           .camp = i < 3 ? camp : NULL,
                                           .off_days = i == 5};
        done[i].load = i < 20 ? 300 + i : (double)NAN;
    }
    for (int i = 0; i < RACES; i++) {
        target[i] = (struct har_target){.day = monday + 50 + 70 * i,
                                        .importance = (enum har_importance)i};
        assert_int_equal(har_parse_event(har_bytes_of("10K"), &target[i].event, NULL),
                         HAR_OK);
        race[i] = (struct har_season_race){.target = target + i, .form = 5};
        expected[i] = (struct har_expected_race){.race = race + i, .predicted = i < 2};
        expected[i].prediction = (struct har_prediction){
            .time_s = 1800, .low_s = {1790, 1780, 1700}, .high_s = {1810, 1820, 1900}};
    }
    *run = race_on(target[0].day, "10K", "29:42", NULL, 1);
    *benchmark = (struct har_benchmark){expected, run, 1782, -1, true};
    return (struct har_season_ahead){
        .from_day = monday + 2,
        .seen_day = season->to_day + 1,
        .plan = {.monday = monday, .week_count = WEEKS, .weeks = week},
        .race_count = RACES,
        .races = expected,
        .done = done,
        .camp_count = 1,
        .camps = camp,
        .benchmark_count = 1,
        .benchmarks = benchmark,
    };
}

static void test_the_planned_stands_beside_the_done(void **state)
{
    (void)state;
    struct har_season season = live(5, 200);
    struct har_season_ahead ahead = planned_for(&season);
    season.ahead = &ahead;
    const char *text = told(&season, metric, NULL);
    assert_non_null(strstr(text, "PLANNED AND DONE"));
    assert_non_null(strstr(text, " 419    319 ")); /* the week of the last day */
    assert_non_null(strstr(text, " 420      - ")); /* the next one */
    assert_non_null(strstr(text, "and 12 earlier, 4 later; `harrier season show`"));
    assert_non_null(strstr(text, "A 10K        5    30:00      29:40-30:20     29:42"));
    struct seen *seen = look_at(drawn(&season, metric, NULL));
    assert_int_equal(seen->figures, 6);
    assert_int_equal(seen->drawings, 6);
    struct har_text page = drawn(&season, metric, NULL);
    assert_int_equal(count_of(page.data, ", planned: "), 30);
    assert_int_equal(count_of(page.data, ", done: "), 20);
    assert_non_null(strstr(page.data, "&lt;High&gt; &amp; dry"));
}

static struct har_recovery back_after(double days, double low_days, double high_days)
{
    return (struct har_recovery){12, 9, 145, 3, days, low_days, high_days};
}

static void test_recoveries_are_told(void **state)
{
    (void)state;
    struct har_season season = live(8, 110);
    const struct har_beside beside = {
        .sign = HAR_SIGN_HEART, .earlier.race.day = 20190, .sooner = {2.2, -0.8, 6.4}};
    const struct har_recovery unknown = {0, 0, NAN, NAN, NAN, NAN, NAN};
    struct har_recovered races[] = {
        {.name = "<Half>",
         .back = {.race.day = 20555,
                  .sign = {back_after(6.4, 3, 11.6), back_after(0, 0, 0.4), unknown}},
         .beside = &beside,
         .beside_name = "Spring \"Half\""},
        {.back = {.race.day = 20560, .before = 2, .after = 1}, .why_not = "too few"},
        {.back = {.race.day = 20580,
                  .sign = {back_after(1, 0, 2), back_after(1, 0, 2), back_after(1, 0, 2)}}},
        {.name = "hard week",
         .back = {.race.day = 20590,
                  .sign = {back_after(3, 1, 5), back_after(1, 0, 2), back_after(1, 0, 2)}},
         .block_load = 1.42},
    };
    season.recovered = races;
    season.recovered_count = LENGTH(races);
    assert_page_and_report_agree(&season);
    char *text = told(&season, (struct har_style){.width = 140}, NULL);
    assert_non_null(strstr(text, "2026-04-12 <Half>"));
    assert_non_null(strstr(text, " 6 (3 to 12) "));
    assert_non_null(strstr(text, " 0 (0 to 0) "));
    assert_non_null(strstr(text, "2 days sooner than on 2025-04-12 (-1 to 6)\n"));
    assert_non_null(strstr(text, "too few easy runs: 2 before, 1 after\n"));
    assert_non_null(strstr(text, "no earlier one to compare\n"));
    assert_non_null(strstr(text, "1.4 times the usual load\n"));
    assert_null(strstr(drawn(&season, metric, NULL).data, "<Half>"));

    struct har_text words = fresh();
    har_render_beside(&words, &races[0]);
    assert_string_equal(words.data, "Recovered 2 days sooner than after Spring \"Half\" on "
                                    "2025-04-12 (by heart; 80 %: -1 to 6).");
    /* Later is told with its interval the same way round, and nothing as nothing. */
    const struct har_beside later = {
        .sign = HAR_SIGN_PACE, .earlier.race.day = 20190, .sooner = {-1.3, -9.2, 3.4}};
    races[0].beside = &later;
    races[0].beside_name = NULL;
    words = fresh();
    har_render_beside(&words, &races[0]);
    assert_string_equal(words.data, "Recovered 1 day later than after the race of "
                                    "2025-04-12 (by pace; 80 %: -3 to 9).");
    words = fresh();
    har_render_beside(&words, &races[1]);
    assert_int_equal(words.size, 0);
}

static void test_bars_are_as_long_as_the_weeks(void **state)
{
    (void)state;
    struct har_season season = live(7, 208);
    struct seen *seen = look_at(drawn(&season, metric, NULL));
    size_t top = seen->rule_count - 1;
    double px_per_km =
        (seen->rule_px[0] - seen->rule_px[top]) / (seen->rule_km[top] - seen->rule_km[0]);
    double sum_km = 0;
    assert_true(top >= 2 && px_per_km > 0);
    assert_int_equal(seen->bar_count, season.week_count);
    for (size_t i = 0; i < season.week_count; i++) {
        double px = season.weeks[i].distance_m / 1000 * px_per_km;
        assert_true(fabs(seen->bar_px[i] - px) <= 0.11);
        sum_km += strtod(seen->row[i + 1].cell[1], NULL);
    }
    assert_true(fabs(sum_km - season.distance_m / 1000) <
                0.05 * (double)season.week_count + 1e-6);
}

static void test_zone_shares_make_a_whole(void **state)
{
    (void)state;
    struct har_season season = live(6, 100);
    struct seen *seen = look_at(drawn(&season, metric, NULL));
    double percent = 0;
    unsigned zones = 0;
    for (size_t i = 0; i < seen->row_count; i++) {
        if (strncmp(seen->row[i].cell[0], "zone ", 5) != 0) continue;
        percent += strtod(seen->row[i].cell[2], NULL);
        zones++;
    }
    assert_int_equal(zones, HAR_ZONES);
    assert_true(fabs(percent - 100) <= 2.5);
}

static void test_empty_seasons_still_make_pages(void **state)
{
    (void)state;
    struct har_entry ride = {.id = 1, .summary = {.sport = HAR_SPORT_CYCLING}};
    struct har_season season;
    assert_int_equal(har_season(&ride, 1, &arena, &season, NULL), HAR_OK);
    struct har_text html = fresh();
    har_render_season_html(&html, &season, &metric, NULL);
    assert_non_null(strstr(html.data, "<title>Season report</title>"));
    assert_non_null(strstr(html.data, "No heart rate in these activities."));
    assert_non_null(strstr(told(&season, metric, NULL), "No best efforts"));
}

/* A broken file, or a broken store, may hold any number at all. */
static void test_nonsense_numbers_make_sound_pages(void **state)
{
    (void)state;
    static const double nonsense[] = {NAN,
                                      (double)INFINITY,
                                      -(double)INFINITY,
                                      0,
                                      -0.0,
                                      -1e300,
                                      1e308,
                                      5e-324,
                                      1e15,
                                      -7,
                                      1e-12,
                                      42195};
    struct har_random random = har_random_of(31);
    for (int round = 0; round < 60; round++) {
        struct har_entry entries[5] = {0};
        struct har_best bests[5][3];
        for (size_t i = 0; i < LENGTH(entries); i++) {
            struct har_summary *run = &entries[i].summary;
            double *number[] = {
                &run->distance_m,        &run->moving_s,          &run->elapsed_s,
                &run->ascent_m,          &run->altitude_m,        &bests[i][0].distance_m,
                &bests[i][0].time_s,     &bests[i][1].distance_m, &bests[i][1].time_s,
                &bests[i][2].distance_m, &bests[i][2].time_s,     &bests[i][0].from_s,
                &bests[i][1].from_s,     &bests[i][2].from_s};
            for (size_t n = 0; n < LENGTH(number); n++)
                *number[n] = nonsense[har_random_bits(&random) % LENGTH(nonsense)];
            run->sport = HAR_SPORT_RUNNING;
            run->start_ms = (int64_t)(har_random_uniform(&random) * 1e13);
            run->utc_offset_s = (int32_t)har_random_bits(&random) % 100000;
            run->heart_s[har_random_bits(&random) % HAR_HEART_BINS] = (float)*number[0];
            entries[i].id = (int64_t)har_random_bits(&random);
            entries[i].race = true;
            entries[i].bests = bests[i];
            entries[i].best_count = 3;
        }
        struct har_season season;
        assert_int_equal(har_season(entries, 5, &arena, &season, NULL), HAR_OK);
        char *text = told(&season, miles, NULL);
        struct har_text html = drawn(&season, metric, NULL);
        struct seen *seen = look_at(html);
        assert_int_equal(seen->drawings, seen->figures);
        assert_int_equal(seen->details, seen->figures);
        assert_null(strstr(text, "nan"));
        assert_null(strstr(text, "inf"));
        assert_null(strstr(html.data, "nan"));
        assert_null(strstr(html.data, "=\"\""));
        har_arena_reset(&arena);
    }
}

static har_status full_or_not(const struct har_text *text, struct har_error *err)
{
    return text->failed ? har_fail(err, HAR_NO_MEMORY, 0, "the text found no room")
                        : HAR_OK;
}

static har_status season_text_within(struct har_arena *small, const void *season,
                                     struct har_error *err)
{
    struct har_text text = {.arena = small};
    har_render_season_text(&text, season, &metric, "A season");
    return full_or_not(&text, err);
}

static har_status season_html_within(struct har_arena *small, const void *season,
                                     struct har_error *err)
{
    struct har_text text = {.arena = small};
    har_render_season_html(&text, season, &metric, "A season");
    return full_or_not(&text, err);
}

static void test_every_memory_limit_is_told(void **state)
{
    (void)state;
    struct har_season season = live(2, 60);
    assert_int_equal(scarce_memory(season_text_within, &season), HAR_OK);
    assert_int_equal(scarce_memory(season_html_within, &season), HAR_OK);
}

/* Means of mornings, in the runner's units; what too few days knew is left out. */
static void test_mornings_have_their_means(void **state)
{
    (void)state;
    struct har_season season = live(4, 90);
    const struct har_wellness_row few = {.rest_bpm = 44.26,
                                         .hrv_ms = NAN,
                                         .sleep_s = NAN,
                                         .weight_kg = 61.24,
                                         .rpe = 3.55,
                                         .soreness = NAN,
                                         .mood = 4},
                                  all = {.rest_bpm = 45.04,
                                         .hrv_ms = 71.6,
                                         .sleep_s = 7.75 * 3600,
                                         .weight_kg = 61.8,
                                         .rpe = NAN,
                                         .soreness = 2.25,
                                         .mood = NAN};
    const struct har_mornings mornings = {
        .known = 9, .day = 20454, .week = few, .weeks = all};
    season.mornings = &mornings;
    assert_page_and_report_agree(&season);
    char *text = told(&season, (struct har_style){.width = 120}, NULL);
    const char *week = strstr(text, "7 days to 2026-01-01"),
               *weeks = strstr(text, "28 days to 2026-01-01");
    assert_non_null(week);
    assert_non_null(weeks);
    assert_non_null(strstr(week, "44.3"));
    assert_non_null(strstr(week, "61.2"));
    assert_non_null(strstr(weeks, "45.0"));
    assert_non_null(strstr(weeks, " 72 "));
    assert_non_null(strstr(weeks, "7:45"));
    text = told(&season, (struct har_style){.width = 120, .imperial = true}, NULL);
    assert_non_null(strstr(text, "135.0")); /* 61.24 kg in pounds */
    assert_non_null(strstr(text, "136.2"));
}

static const char *response_words(const struct har_learnt_response *learnt)
{
    struct har_text text = {.arena = &arena};
    har_render_response(&text, learnt, "|");
    return text.data;
}

/* Shown or not, it says why. */
static void a_response_says_how_its_trial_went(void **state)
{
    (void)state;
    const struct har_response fit = {0};
    struct har_learnt_response learnt = {
        .races = 9, .efforts = 4, .on_day = 19814, .low_pct = -1.52, .high_pct = 2.31};
    assert_string_equal(response_words(&learnt),
                        "Response to load: not shown; a trial takes 16 races and hard "
                        "efforts, not 13.");
    learnt.trial = (struct har_response_trial){18, 0.0121, 0.0193, 0.0158, false};
    assert_string_equal(
        response_words(&learnt),
        "Response to load: not shown, it foretells no better than simpler ways."
        "|18 marks, each from those before: 1.2 % off; as last time 1.9, as usual 1.6 %.");
    learnt.expected_pct = 0.4;
    learnt.response = &fit;
    assert_string_equal(
        response_words(&learnt),
        "By response to load 2024-04-01: +0.4 % of speed (-1.5 to 2.3) beside usual."
        "|18 marks, each from those before: 1.2 % off; as last time 1.9, as usual 1.6 %.");
    har_arena_reset(&arena);
}

/* Every split has its line, whichever of the two it is; titles are escaped; the SVG stands
 * alone and is the middle of the page. */
static void a_band_has_every_split(void **state)
{
    (void)state;
    const struct har_pace_split split[] = {{.distance_m = 1000, .time_s = 239.6},
                                           {.distance_m = 1609.344, .time_s = 386},
                                           {.distance_m = 1700, .time_s = 410},
                                           {.distance_m = 21097.5, .time_s = 5061.2}};
    struct har_arena own = {0};
    struct har_text svg = {.arena = &own}, page = {.arena = &own};
    har_render_band(&svg, "Ours & <theirs>", split, 4, false);
    har_render_band(&page, "Ours & <theirs>", split, 4, true);
    assert_false(svg.failed || page.failed);
    static const char *const words[] = {
        ">1 km<",   ">4:00<",   ">1 mi<",  ">6:26<",
        ">1700 m<", ">finish<", "1:24:21", "Ours &amp; &lt;theirs&gt;"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_non_null(strstr(svg.data, words[i]));
    assert_ptr_equal(strstr(svg.data, "<svg"), svg.data);
    assert_non_null(strstr(page.data, svg.data));
    assert_null(strstr(svg.data, "<theirs>"));
    har_arena_free(&own);
}

/* --- races ----------------------------------------------------------------------- */

/* What expat saw of a drawing: names of runners and where they stand, and where lines end.
 */
struct race_seen {
    unsigned drawings, titles, descriptions, tables, lines, names;
    bool in_name;
    double name_px[64], end_px[64]; /* down the drawing, in the order of the drawing */
    char name[64][40];
};

static void XMLCALL race_start(void *data, const XML_Char *tag, const XML_Char **attributes)
{
    struct race_seen *seen = data;
    const char *class = attribute_of(attributes, "class");
    seen->drawings += strcmp(tag, "svg") == 0 && attribute_of(attributes, "role");
    seen->titles += strcmp(tag, "title") == 0;
    seen->descriptions += strcmp(tag, "desc") == 0;
    seen->tables += strcmp(tag, "table") == 0;
    seen->in_name = class && strncmp(class, "who", 3) == 0;
    if (seen->in_name && seen->names < LENGTH(seen->name)) {
        seen->name_px[seen->names] = strtod(attribute_of(attributes, "y"), NULL);
        seen->names++;
    }
    if (strcmp(tag, "polyline") == 0 && seen->lines < LENGTH(seen->end_px)) {
        const char *end = strrchr(attribute_of(attributes, "points"), ',');
        seen->end_px[seen->lines++] = end ? strtod(end + 1, NULL) : NAN;
    }
}

static void XMLCALL race_text(void *data, const XML_Char *text, int size)
{
    struct race_seen *seen = data;
    if (!seen->in_name || seen->names == 0) return;
    char *name = seen->name[seen->names - 1];
    strncat(name, text, (size_t)size < 39 - strlen(name) ? (size_t)size : 0);
}

static void XMLCALL race_end(void *data, const XML_Char *tag)
{
    if (strcmp(tag, "text") == 0) ((struct race_seen *)data)->in_name = false;
}

static struct race_seen *look_at_race(struct har_text text, size_t skip)
{
    struct race_seen *seen = HAR_NEW(&arena, struct race_seen, 1);
    assert_non_null(seen);
    assert_false(text.failed);
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, seen);
    XML_SetElementHandler(parser, race_start, race_end);
    XML_SetCharacterDataHandler(parser, race_text);
    if (XML_Parse(parser, text.data + skip, (int)(text.size - skip), 1) != XML_STATUS_OK)
        fail_msg("line %lu: %s", XML_GetCurrentLineNumber(parser),
                 XML_ErrorString(XML_GetErrorCode(parser)));
    XML_ParserFree(parser);
    return seen;
}

static const char race_sheet[] =
    "name,400,800,1200,finish\n"
    "Ada & <Bea>,60,121,182,230\n\"Cyd, \"\"C\"\"\",61,120,181,230.4\n"
    "\xff\x1b[31m,62,,183,230.5\nDi,60,122,184,230.5\nEve,61,123,186,231\n"
    "Flo,63,140,215,600\nGil,60,122,,\n,65,125,187,240\n";

/* The races of a sheet, read and analysed, as they are drawn. */
static struct har_race_view race_view(const char *sheet, double event_m)
{
    struct har_fields *fields = HAR_NEW(&arena, struct har_fields, 1);
    struct har_analysis *analysis = HAR_NEW(&arena, struct har_analysis, 1);
    assert_true(fields && analysis);
    assert_int_equal(har_fields_read(har_bytes_of(sheet), event_m, &arena, fields, NULL),
                     HAR_OK);
    assert_int_equal(har_field_analyse(&fields->field[0], NULL, &arena, analysis, NULL),
                     HAR_OK);
    return (struct har_race_view){
        .field = &fields->field[0], .analysis = analysis, .asked = SIZE_MAX};
}

static void test_race_pages_are_well_formed(void **state)
{
    (void)state;
    static const char *const sheets[] = {race_sheet, "400,800\n60,121\n",
                                         "bib,finish\n1,200\n2,200\n",
                                         "name,400,800\nA,,\nB,60,\nC,60,\n"};
    for (size_t i = 0; i < LENGTH(sheets); i++) {
        struct har_text page = fresh();
        struct har_race_view race = race_view(sheets[i], i == 0 ? 1500 : 800);
        race.name = "A \"race\" & <more>";
        har_render_race_html(&page, "Races", &race, 1);
        struct race_seen *seen = look_at_race(page, strlen("<!doctype html>\n"));
        assert_int_equal(seen->drawings, 3);
        assert_int_equal(seen->descriptions, 3);
        assert_int_equal(seen->tables, 3);
        assert_true(seen->titles > 3);
        assert_null(strstr(page.data, "http")); /* it asks for nothing */
        assert_null(strstr(page.data, "nan"));
        assert_null(strstr(page.data, "inf"));
    }
}

/* Lines end where the gaps are, names keep apart and in the order of the gaps. */
static void test_race_gaps_are_drawn_to_scale(void **state)
{
    (void)state;
    struct har_text svg = fresh();
    struct har_race_view race = race_view(race_sheet, 1500);
    race.shown = 5;
    har_render_race_svg(&svg, &race, HAR_RACE_GAPS);
    struct race_seen *seen = look_at_race(svg, 0);
    assert_int_equal(seen->lines, 5);
    assert_int_equal(seen->names, 5);
    /* The last place is drawn first, so that the winner's line lies on top. */
    double first_px = seen->end_px[4], fifth_px = seen->end_px[0];
    double second = (seen->end_px[3] - first_px) / (fifth_px - first_px);
    assert_true(fabs(second - 0.4) < 0.01); /* 0.4 s of 1 s, in tenths of a pixel */
    for (size_t i = 1; i < 5; i++)
        assert_true(seen->name_px[i] - seen->name_px[i - 1] >= 15 - 0.11);
    assert_string_equal(seen->name[0], "1  Ada & <Bea>");
    assert_non_null(strstr(seen->name[2], "3  "));
    assert_non_null(strstr(seen->name[3], "4  Di"));
}

/* One's own race is drawn whatever is not known of it. */
static void test_own_race_pages_are_well_formed(void **state)
{
    (void)state;
    struct har_own_lap lap[] = {
        {.to_m = 1000,
         .time_s = 200,
         .lap_m = 1000,
         .lap_s = 200,
         .flat_mps = 4.9,
         .heart_bpm = 150,
         .lost_s = -5,
         .slowdown = .1,
         .left = {.9, NAN}},
        {.to_m = 2000,
         .time_s = 900,
         .lap_m = 1000,
         .lap_s = 700,
         .flat_mps = NAN,
         .heart_bpm = NAN,
         .lost_s = 30,
         .slowdown = NAN,
         .left = {NAN, NAN}},
        {.to_m = 2050,
         .time_s = 910,
         .lap_m = 50,
         .lap_s = 10,
         .flat_mps = 5,
         .heart_bpm = 180,
         .lost_s = NAN,
         .slowdown = NAN,
         .left = {-.1, 3}},
    };
    struct har_own_analysis race = {.distance_m = 2050,
                                    .time_s = 910,
                                    .lap = lap,
                                    .decisive_from_m = 1000,
                                    .decisive_to_m = 2050,
                                    .because = "30.0 s < 1 \"min\" & more"};
    struct har_style style = {.width = 80};
    for (race.lap_count = 1; race.lap_count <= LENGTH(lap); race.lap_count++) {
        struct har_own_view view = {.name = "A & <B>", .analysis = &race};
        struct har_text page = fresh(), svg = fresh();
        har_render_own_html(&page, &view, &style);
        har_render_own_svg(&svg, &view, &style);
        struct race_seen *seen = look_at_race(page, strlen("<!doctype html>\n"));
        assert_int_equal(seen->drawings, 1);
        assert_int_equal(seen->tables, 1);
        assert_true(look_at_race(svg, 0)->lines >= 2);
        assert_null(strstr(page.data, "nan"));
    }
    struct har_text page = fresh();
    for (size_t i = 0; i < LENGTH(lap); i++) lap[i].lap_s = NAN;
    race.lap_count = LENGTH(lap);
    har_render_own_html(&page, &(struct har_own_view){NULL, &race}, &style);
    look_at_race(page, strlen("<!doctype html>\n"));
}

static har_status race_within(struct har_arena *small, const void *race,
                              struct har_error *err)
{
    struct har_text text = {.arena = small};
    har_render_race_html(&text, "Races", race, 1);
    return full_or_not(&text, err);
}

static har_status own_race_within(struct har_arena *small, const void *view,
                                  struct har_error *err)
{
    struct har_text text = {.arena = small};
    har_render_own_html(&text, view, &metric);
    return full_or_not(&text, err);
}

static har_status band_within(struct har_arena *small, const void *split,
                              struct har_error *err)
{
    struct har_text text = {.arena = small};
    har_render_band(&text, "Ours", split, 2, false);
    return full_or_not(&text, err);
}

static void test_race_drawings_in_any_memory(void **state)
{
    (void)state;
    struct har_race_view race = race_view(race_sheet, 1500);
    const struct har_own_lap lap[] = {{.to_m = 1000,
                                       .time_s = 200,
                                       .lap_m = 1000,
                                       .lap_s = 200,
                                       .flat_mps = 5,
                                       .heart_bpm = 150,
                                       .slowdown = NAN,
                                       .left = {.9, NAN}},
                                      {.to_m = 2000,
                                       .time_s = 410,
                                       .lap_m = 1000,
                                       .lap_s = 210,
                                       .flat_mps = 4.8,
                                       .heart_bpm = 160,
                                       .lost_s = 10,
                                       .slowdown = .05,
                                       .left = {.2, NAN}}};
    const struct har_own_analysis analysis = {.distance_m = 2000,
                                              .time_s = 410,
                                              .lap = lap,
                                              .lap_count = 2,
                                              .decisive_from_m = 1000,
                                              .decisive_to_m = 2000,
                                              .because = "lost"};
    const struct har_own_view own = {.name = "Own", .analysis = &analysis};
    const struct har_pace_split split[] = {{.distance_m = 1000, .time_s = 239.6},
                                           {.distance_m = 2000, .time_s = 480}};
    assert_int_equal(scarce_memory(race_within, &race), HAR_OK);
    assert_int_equal(scarce_memory(own_race_within, &own), HAR_OK);
    assert_int_equal(scarce_memory(band_within, split), HAR_OK);
}

/* 2026-11-22: the 43 rows of a marathon stood in one column, 282 mm long, on two pages; and
 * a mile's kilometre was the only row of its laps that was not in metres. */
static void a_band_fits_a_wrist(void **state)
{
    (void)state;
    struct har_pace_split split[100];
    struct har_arena own = {0};
    for (size_t i = 0; i < 100; i++)
        split[i] = (struct har_pace_split){.distance_m = 200 * (double)(i + 1),
                                           .time_s = 40 * (double)(i + 1)};
    static const struct {
        size_t rows;
        const char *width;
    } bands[] = {{24, "\"45mm\""}, {25, "\"90mm\""}, {43, "\"90mm\""}, {100, "\"180mm\""}};
    for (size_t i = 0; i < sizeof bands / sizeof bands[0]; i++) {
        struct har_text svg = {.arena = &own};
        double height_mm;
        har_render_band(&svg, "t", split, bands[i].rows, false);
        const char *width = strstr(svg.data, "width=") + 6;
        const char *height = strstr(svg.data, "height=\"") + 8;
        assert_memory_equal(width, bands[i].width, strlen(bands[i].width));
        assert_true(har_parse_number(
            (struct har_bytes){(const uint8_t *)height, strcspn(height, "m")}, &height_mm));
        assert_true(height_mm <= 180);
        assert_non_null(strstr(svg.data, ">1000 m<"));
        assert_null(strstr(svg.data, " km<"));
    }
    har_arena_free(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_band_has_every_split),
        cmocka_unit_test(a_band_fits_a_wrist),
        cmocka_unit_test(test_json_looks_as_the_door_says),
        cmocka_unit_test(test_json_gives_back_what_was_written),
        cmocka_unit_test(test_json_replaces_bad_bytes_as_unicode_recommends),
        cmocka_unit_test(test_json_keeps_every_character),
        cmocka_unit_test(test_json_goes_sixteen_deep),
        cmocka_unit_test(test_csv_is_quoted_where_it_must_be),
        cmocka_unit_test(test_paces_of_known_records),
        cmocka_unit_test(test_distances_in_words),
        cmocka_unit_test(test_names_are_cut_to_columns),
        cmocka_unit_test(test_no_line_is_wider_than_the_terminal),
        cmocka_unit_test(test_report_is_about_one_page),
        cmocka_unit_test(test_colour_changes_nothing_but_colour),
        cmocka_unit_test(test_zero_width_is_eighty),
        cmocka_unit_test(test_unknown_numbers_are_dashes),
        cmocka_unit_test(test_rows_of_a_decade_add_up),
        cmocka_unit_test(test_page_is_well_formed_whatever_the_season),
        cmocka_unit_test(test_page_asks_for_nothing),
        cmocka_unit_test(test_page_and_report_say_the_same),
        cmocka_unit_test(test_official_results_are_shown),
        cmocka_unit_test(test_camps_are_bands),
        cmocka_unit_test(test_the_planned_stands_beside_the_done),
        cmocka_unit_test(test_recoveries_are_told),
        cmocka_unit_test(test_bars_are_as_long_as_the_weeks),
        cmocka_unit_test(test_zone_shares_make_a_whole),
        cmocka_unit_test(test_empty_seasons_still_make_pages),
        cmocka_unit_test(test_nonsense_numbers_make_sound_pages),
        cmocka_unit_test(test_every_memory_limit_is_told),
        cmocka_unit_test(test_mornings_have_their_means),
        cmocka_unit_test(test_race_pages_are_well_formed),
        cmocka_unit_test(test_race_gaps_are_drawn_to_scale),
        cmocka_unit_test(test_own_race_pages_are_well_formed),
        cmocka_unit_test(test_race_drawings_in_any_memory),
        cmocka_unit_test(a_response_says_how_its_trial_went),
    };
    return cmocka_run_group_tests_name("render", tests, NULL, release);
}
