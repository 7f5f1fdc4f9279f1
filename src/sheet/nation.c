/* SPDX-License-Identifier: MIT */
/* Nations by the letters that the sport calls them with. */

#include "cell.h"
#include "tables.h"

#include <string.h>

static const struct nation *nation_called(const char code[static 4])
{
    size_t low = 0, high = nations_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(nations[middle].code, code);
        if (order == 0) return &nations[middle];
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    for (size_t i = 0; i < nations_count; i++)
        if (strcmp(nations[i].also, code) == 0) return &nations[i];
    return NULL;
}

static const struct nation *nation_named(struct har_bytes name)
{
    for (size_t i = 0; i < nations_count; i++)
        if (cell_says(name, nations[i].name)) return &nations[i];
    return NULL;
}

const char *har_nation_name(const char *code)
{
    char room[4] = {0};
    if (strlen(code) != 3) return NULL;
    memcpy(room, code, 3);
    const struct nation *nation = nation_called(room);
    return nation ? nation->name : NULL;
}

har_status cell_nation(struct har_bytes cell, const char **nation, struct har_error *err)
{
    const struct nation *found = NULL;
    char code[4] = {0};
    if (!cell.size || cell_says(cell, "-") || cell_says(cell, "???")) return HAR_OK;
    for (size_t i = 0; cell.size == 3 && i < 3; i++)
        code[i] =
            (char)(cell.data[i] >= 'a' && cell.data[i] <= 'z' ? cell.data[i] - 'a' + 'A'
                                                              : cell.data[i]);
    found = cell.size == 3 ? nation_called(code) : nation_named(cell);
    if (!found)
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "\"%.*s\" is no nation: three letters are, as in GBR, KEN, URS",
                        cell_quoted(cell), cell.data);
    *nation = found->code;
    return HAR_OK;
}
