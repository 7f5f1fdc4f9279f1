/* SPDX-License-Identifier: MIT */
/* The sheet of a Strava export: activities.csv at its root.
 *
 * The header is in the language of the account and has grown from 86 to 103 columns; some
 * names occur twice, dates are written as the language writes them. We need none of that:
 * the Filename column is the key, the Activity Name is what the runner wrote, and
 * Competition is the flag for races. Where the header is in a language that the table below
 * does not know, the key is the field that begins with "activities/", and the name is the
 * third column, which it has been in every header seen. */

#include "describe.h"

#include <string.h>

enum { MOST_COLUMNS = 256, NAME_COLUMN = 2, NOT_KNOWN = -1 };

enum column { FILENAME, NAME, COMPETITION, COLUMNS };

/* Headers as they were seen, one row a language. */
static const struct heading {
    enum column column;
    const char *text;
} headings[] = {
    {FILENAME, "Filename"},  {NAME, "Activity Name"},      {COMPETITION, "Competition"},
    {FILENAME, "Dateiname"}, {NAME, "Name der Aktivität"}, {COMPETITION, "Wettkampf"},
};

/* A table whose fields are ended where they stand, in a copy of the file. */
struct table {
    char *at, *end;
};

/* One field; what ended it: ',', '\n', or 0 at the end. RFC 4180, with either line end. */
static char cut_field(struct table *table, char **field)
{
    char *to = table->at;
    bool quoted = false;
    *field = to;
    while (table->at < table->end) {
        char c = *table->at++;
        if (c == '"') {
            if (quoted && table->at < table->end && *table->at == '"') *to++ = *table->at++;
            else quoted = !quoted;
        } else if (!quoted && (c == ',' || c == '\n')) {
            if (c == '\n' && to > *field && to[-1] == '\r') to--;
            *to = 0;
            return c;
        } else {
            *to++ = c;
        }
    }
    *to = 0;
    return 0;
}

/* The fields of the next row; columns past the last that we would look at are passed over.
 */
static size_t cut_row(struct table *table, char *fields[MOST_COLUMNS])
{
    size_t count = 0;
    if (table->at == table->end) return 0;
    for (char ended = ','; ended == ',';) {
        char *field;
        ended = cut_field(table, &field);
        if (count < MOST_COLUMNS) fields[count++] = field;
    }
    return count;
}

static void find_columns(char *const *fields, size_t count, int column[COLUMNS])
{
    for (size_t c = 0; c < COLUMNS; c++) column[c] = NOT_KNOWN;
    for (size_t h = 0; h < sizeof headings / sizeof headings[0]; h++)
        for (size_t i = 0; i < count; i++)
            if (column[headings[h].column] == NOT_KNOWN &&
                strcmp(fields[i], headings[h].text) == 0)
                column[headings[h].column] = (int)i;
    if (column[NAME] == NOT_KNOWN) column[NAME] = NAME_COLUMN;
}

static const char *field_at(char *const *fields, size_t count, int column)
{
    return column != NOT_KNOWN && (size_t)column < count ? fields[column] : "";
}

static const char *filename_among(char *const *fields, size_t count, int column)
{
    static const char folder[] = "activities/";
    if (column != NOT_KNOWN) return field_at(fields, count, column);
    for (size_t i = 0; i < count; i++)
        if (strncmp(fields[i], folder, sizeof folder - 1) == 0) return fields[i];
    return "";
}

static bool says_yes(const char *text)
{
    double number = 0;
    if (har_parse_number(har_bytes_of(text), &number)) return number != 0;
    return strcmp(text, "true") == 0;
}

bool har_is_strava_sheet(const char *path)
{
    static const char name[] = "activities.csv";
    size_t n = strlen(path), tail = sizeof name - 1;
    if (n < tail || strcmp(path + n - tail, name) != 0) return false;
    return n == tail || path[n - tail - 1] == '/' || path[n - tail - 1] == '!';
}

har_status har_read_strava_sheet(const char *path, struct har_bytes bytes, size_t sheet,
                                 struct har_arena *arena, struct descriptions *out,
                                 size_t *by_hand, struct har_error *err)
{
    static const char mark[] = "\xef\xbb\xbf"; /* byte order mark */
    size_t home = strlen(path) - strlen("activities.csv");
    char *copy = har_arena_copy(arena, bytes.data, bytes.size);
    if (!copy) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for this sheet");
    struct table table = {copy, copy + bytes.size};
    if (bytes.size >= 3 && memcmp(copy, mark, 3) == 0) table.at += 3;

    char *fields[MOST_COLUMNS];
    int column[COLUMNS];
    *by_hand = 0;
    find_columns(fields, cut_row(&table, fields), column);
    for (size_t count; (count = cut_row(&table, fields)) > 0;) {
        const char *file = filename_among(fields, count, column[FILENAME]);
        if (!*file) {
            *by_hand += count > NAME_COLUMN;
            continue;
        }
        const char *name = field_at(fields, count, column[NAME]);
        bool race = says_yes(field_at(fields, count, column[COMPETITION]));
        if (!*name && !race) continue;
        struct har_text full = {.arena = arena};
        har_text_bytes(&full, path, home);
        har_text_add(&full, file);
        struct description about = {full.data, HAR_NO_TIME, *name ? name : NULL, race, true,
                                    sheet,     NULL};
        if (full.failed || !har_add_description(out, arena, about))
            return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory for this sheet");
    }
    return HAR_OK;
}
