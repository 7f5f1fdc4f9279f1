/* SPDX-License-Identifier: MIT */
/* The sheet of a Strava export: activities.csv at its root.
 *
 * The header is in the language of the account and has grown from 86 to 103 columns; some
 * names occur twice, dates are written as the language writes them. We need none of that:
 * the Filename column is the key, the Activity Name is what the runner wrote, Competition
 * is the flag for races and Activity Gear names the shoes or the bicycle (shoes.csv beside
 * it lists pairs without saying what was run in them). Where the header is in a language
 * that the table below does not know, the key is the field that begins with "activities/",
 * and the name is the third column, which it has been in every header seen. */

#include "describe.h"

#include "harrier/table.h"

#include <string.h>

enum { NAME_COLUMN = 2 };

enum column { FILENAME, NAME, COMPETITION, GEAR, COLUMNS };

/* Headers as they were seen, one row a language. */
static const struct heading {
    enum column column;
    const char *text;
} headings[] = {
    {FILENAME, "Filename"},  {NAME, "Activity Name"},        {COMPETITION, "Competition"},
    {FILENAME, "Dateiname"}, {NAME, "Name der Aktivität"},   {COMPETITION, "Wettkampf"},
    {GEAR, "Activity Gear"}, {GEAR, "Aktivitätsausrüstung"},
};

static void find_columns(const struct har_table *table, size_t column[COLUMNS])
{
    for (size_t c = 0; c < COLUMNS; c++) column[c] = HAR_NO_COLUMN;
    for (size_t h = 0; h < sizeof headings / sizeof headings[0]; h++)
        if (column[headings[h].column] == HAR_NO_COLUMN)
            column[headings[h].column] = har_table_column(table, headings[h].text, 0);
    if (column[NAME] == HAR_NO_COLUMN) column[NAME] = NAME_COLUMN;
}

static struct har_bytes filename_among(const struct har_table_row *row, size_t column)
{
    static const char folder[] = "activities/";
    size_t size = sizeof folder - 1;
    for (size_t i = 0; column == HAR_NO_COLUMN && i < row->count; i++)
        if (row->field[i].size >= size && memcmp(row->field[i].data, folder, size) == 0)
            return row->field[i];
    return har_table_field(row, column);
}

static bool says_yes(struct har_bytes text)
{
    double number = 0;
    if (har_parse_number(text, &number)) return number != 0;
    return text.size == 4 && memcmp(text.data, "true", 4) == 0;
}

bool har_is_strava_sheet(const char *path)
{
    static const char name[] = "activities.csv";
    size_t n = strlen(path), tail = sizeof name - 1;
    if (n < tail || strcmp(path + n - tail, name) != 0) return false;
    return n == tail || path[n - tail - 1] == '/' || path[n - tail - 1] == '!';
}

static har_status sheet_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for this sheet");
}

/* What one row says of the file it names, which lies beside the sheet in `home`. */
static har_status take_description(const struct har_table_row *row,
                                   const size_t column[COLUMNS], struct har_bytes home,
                                   struct har_bytes file, size_t sheet,
                                   struct har_arena *arena, struct descriptions *out,
                                   struct har_error *err)
{
    struct har_bytes name = har_table_field(row, column[NAME]);
    struct description about = {.start_ms = HAR_NO_TIME, .replaces = true, .sheet = sheet};
    about.race = says_yes(har_table_field(row, column[COMPETITION]));
    struct har_bytes gear = har_table_field(row, column[GEAR]);
    if (!name.size && !about.race && !gear.size) return HAR_OK;
    struct har_text path = {.arena = arena};
    har_text_bytes(&path, home.data, home.size);
    har_text_bytes(&path, file.data, file.size);
    about.path = path.data;
    if (name.size) about.name = har_arena_copy(arena, name.data, name.size);
    if (gear.size) about.gear = har_arena_copy(arena, gear.data, gear.size);
    if (path.failed || (name.size && !about.name) || (gear.size && !about.gear))
        return sheet_full(err);
    return har_add_description(out, arena, about) ? HAR_OK : sheet_full(err);
}

/* A row with a broken quote says nothing that could be relied on. */
har_status har_read_strava_sheet(const char *path, struct har_bytes bytes, size_t sheet,
                                 struct har_arena *arena, struct descriptions *out,
                                 size_t *by_hand, struct har_error *err)
{
    struct har_bytes home = har_bytes_of(path);
    struct har_table table;
    struct har_table_row row = {0};
    size_t column[COLUMNS];
    home.size -= strlen("activities.csv");
    *by_hand = 0;
    har_status got = har_table_open(bytes, arena, &table, NULL);
    if (got) return got == HAR_NO_MEMORY ? sheet_full(err) : HAR_OK;
    find_columns(&table, column);
    while ((got = har_table_next(&table, arena, &row, NULL)) != HAR_END) {
        if (got == HAR_NO_MEMORY) return sheet_full(err);
        if (got) continue;
        struct har_bytes file = filename_among(&row, column[FILENAME]);
        if (file.size)
            got = take_description(&row, column, home, file, sheet, arena, out, err);
        else *by_hand += row.count > NAME_COLUMN;
        if (got) return got;
    }
    return HAR_OK;
}
