/* SPDX-License-Identifier: MIT */
/* table: any table of text, as it was meant. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harrier/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* All of a table with every cell in brackets, one row a line with its number; a row that is
 * refused as "!". */
static const char *read_all(const char *text, struct har_arena *arena)
{
    struct har_text out = {.arena = arena};
    struct har_table table;
    struct har_table_row row = {0};
    struct har_error why = {0};
    har_status got = har_table_open(har_bytes_of(text), arena, &table, &why);
    if (got) {
        har_text_format(&out, "%s: %s", har_status_name(got), why.message);
        return out.data;
    }
    for (size_t i = 0; i < table.column_count; i++)
        har_text_format(&out, "[%.*s]", (int)table.column[i].size, table.column[i].data);
    while ((got = har_table_next(&table, arena, &row, &why)) != HAR_END) {
        assert_true(got == HAR_OK || got == HAR_BAD_INPUT);
        har_text_format(&out, "\n%u ", (unsigned)row.line);
        if (got == HAR_BAD_INPUT) har_text_add(&out, "!");
        for (size_t i = 0; i < row.count; i++)
            har_text_format(&out, "[%.*s]", (int)row.field[i].size, row.field[i].data);
    }
    return out.data;
}

static void a_table_is_read_as_it_was_meant(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"a,b\n1,2\n", "[a][b]\n2 [1][2]"},
        {"a,b\r\n1,2", "[a][b]\n2 [1][2]"},
        {"a,b\r1,2\r3,4\r", "[a][b]\n2 [1][2]\n3 [3][4]"},
        {"\xef\xbb\xbf\"a\",b\n1,2\n", "[a][b]\n2 [1][2]"},
        {"a;b\n1,5;2\n", "[a][b]\n2 [1,5][2]"},
        {"sep=;\r\na,a\r\n1,5;2\r\n", "[a,a]\n3 [1,5][2]"},
        {"sep=x\n1\n", "[sep=x]\n2 [1]"},
        {"a\tb\n1,5\t\n", "[a][b]\n2 [1,5][]"},
        {"\"a;a\",b\n1,2\n", "[a;a][b]\n2 [1][2]"}, /* quoted: no delimiter */
        {"a,b\n\"1,5\",\"say \"\"so\"\"\"\n", "[a][b]\n2 [1,5][say \"so\"]"},
        {"a,b\n\"two\nlines\",x\ny,z\n", "[a][b]\n2 [two\nlines][x]\n4 [y][z]"},
        {"a,b\n\"two\r\nlines\",x\r\ny,z\n", "[a][b]\n2 [two\r\nlines][x]\n4 [y][z]"},
        {"\n\na,b\n\n,\n1,2\n", "[a][b]\n6 [1][2]"}, /* nothing in it: no row */
        {"a,b\n 1 , \"2\" \n", "[a][b]\n2 [1][2]"},
        {"a,b\n\" 1 \",5' 10\"\n", "[a][b]\n2 [ 1 ][5' 10\"]"},
        {"a,b\n\"1\"st,2\n", "[a][b]\n2 [1st][2]"},
        {"a\n\"\"\n1\n", "[a]\n3 [1]"},
        {"a,b,c\n1\n1,2,3,4\n", "[a][b][c]\n2 [1]\n3 [1][2][3][4]"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct har_arena arena = {0};
        assert_string_equal(read_all(rows[i].text, &arena), rows[i].said);
        har_arena_free(&arena);
    }
}

static void what_is_no_table_has_a_sentence(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_table table;
    static const uint8_t wide[] = {0xff, 0xfe, 'a', 0, ',', 0};
    assert_string_equal(read_all("", &arena), "not found: it is empty");
    assert_string_equal(read_all("\n \r\n", &arena), "not found: it is empty");
    assert_string_equal(read_all("a,\"b\n1,2\n", &arena),
                        "bad input: a quote is opened and never closed");
    assert_int_equal(
        har_table_open((struct har_bytes){wide, sizeof wide}, &arena, &table, NULL),
        HAR_UNSUPPORTED);
    har_arena_free(&arena);
}

/* One forgotten quote costs its own row. */
static void an_open_quote_costs_one_row(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    assert_string_equal(read_all("a,b\n1,2\n3,\"4\n5,6\n", &arena),
                        "[a][b]\n2 [1][2]\n3 !\n4 [5][6]");
    assert_string_equal(read_all("a,b\n3,\"4\n5,\"\"\n7,8\n", &arena),
                        "[a][b]\n2 !\n3 [5][]\n4 [7][8]");
    har_arena_free(&arena);
}

/* 2026-11-22: had each row looked for its closing quote in all that follows, this would
 * take hours. */
static void many_open_quotes_take_no_longer(void **state)
{
    (void)state;
    enum { ROWS = 1 << 20 };
    struct har_arena arena = {0};
    struct har_text text = {.arena = &arena};
    struct har_table table;
    struct har_table_row row = {0};
    har_text_add(&text, "a,b\n");
    for (size_t i = 0; i < ROWS; i++) har_text_add(&text, "x\",\"\n");
    assert_false(text.failed);
    assert_int_equal(har_table_open(har_bytes_of(text.data), &arena, &table, NULL), HAR_OK);
    size_t refused = 0;
    har_status got;
    while ((got = har_table_next(&table, &arena, &row, NULL)) != HAR_END)
        refused += got == HAR_BAD_INPUT;
    assert_int_equal(refused, ROWS);
    har_arena_free(&arena);
}

static void columns_are_found_by_any_spelling(void **state)
{
    (void)state;
    struct har_arena arena = {0};
    struct har_table table;
    const char *text = "Date,temp_c,\"Max. Speed\",Distanz,DATE\n1,2,3\n";
    assert_int_equal(har_table_open(har_bytes_of(text), &arena, &table, NULL), HAR_OK);
    assert_int_equal(har_table_column(&table, "date", 0), 0);
    assert_int_equal(har_table_column(&table, "date", 1), 4); /* there may be several */
    assert_int_equal(har_table_column(&table, "Temp C", 0), 1);
    assert_int_equal(har_table_column(&table, "maxspeed", 0), 2);
    assert_true(har_table_column(&table, "temp", 0) == HAR_NO_COLUMN);
    assert_true(har_table_column(&table, "", 0) == HAR_NO_COLUMN);
    struct har_table_row row = {0};
    assert_int_equal(har_table_next(&table, &arena, &row, NULL), HAR_OK);
    assert_int_equal(har_table_field(&row, 2).size, 1);
    assert_int_equal(har_table_field(&row, 3).size, 0); /* the row is short */
    assert_int_equal(har_table_field(&row, HAR_NO_COLUMN).size, 0);
    har_arena_free(&arena);
}

static void a_table_ends_well_in_any_memory(void **state)
{
    (void)state;
    const char *text = "a,b\n\"x\"\"y\",2\n1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18\n";
    bool done = false;
    for (size_t limit = 16; !done; limit += 16) {
        struct har_arena arena = {.limit = limit};
        struct har_table table;
        struct har_table_row row = {0};
        struct har_error why = {0};
        har_status got = har_table_open(har_bytes_of(text), &arena, &table, &why);
        while (got == HAR_OK) got = har_table_next(&table, &arena, &row, &why);
        done = got == HAR_END;
        assert_true(done || (got == HAR_NO_MEMORY && why.message[0]));
        assert_true(limit < 1 << 16);
        har_arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_read_as_it_was_meant),
        cmocka_unit_test(what_is_no_table_has_a_sentence),
        cmocka_unit_test(an_open_quote_costs_one_row),
        cmocka_unit_test(many_open_quotes_take_no_longer),
        cmocka_unit_test(columns_are_found_by_any_spelling),
        cmocka_unit_test(a_table_ends_well_in_any_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
