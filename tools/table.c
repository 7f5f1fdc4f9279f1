/* SPDX-License-Identifier: MIT */
/* Prints the table of commands as JSON, for what the build makes of it: manual pages and
 * completions. */

#include "harrier/command.h"
#include "harrier/render.h"

#include <stdio.h>

static void add_command(struct har_json *json, const struct har_command_row *row)
{
    const struct har_command_option *option;
    har_json_open(json, NULL, '{');
    har_json_string(json, "name", row->name);
    har_json_string(json, "synopsis", row->synopsis);
    har_json_string(json, "help", row->help);
    har_json_string(json, "examples", row->examples);
    har_json_boolean(json, "files", row->files);
    har_json_open(json, "options", '[');
    for (size_t i = 0; (option = har_command_option(i)); i++)
        if (har_command_takes(row, i)) har_json_string(json, NULL, option->name);
    har_json_close(json);
    har_json_close(json);
}

static void add_option(struct har_json *json, const struct har_command_option *option)
{
    har_json_open(json, NULL, '{');
    har_json_string(json, "name", option->name);
    har_json_string(json, "value", option->value);
    har_json_string(json, "help", option->help);
    har_json_boolean(json, "file", option->file);
    har_json_close(json);
}

int main(void)
{
    struct har_arena arena = {0};
    struct har_text text = {.arena = &arena};
    struct har_json json = {.text = &text};
    const struct har_command_row *row;
    const struct har_command_option *option;
    har_json_open(&json, NULL, '{');
    har_json_open(&json, "commands", '[');
    for (size_t i = 0; (row = har_command_row(i)); i++) add_command(&json, row);
    har_json_close(&json);
    har_json_open(&json, "options", '[');
    for (size_t i = 0; (option = har_command_option(i)); i++) add_option(&json, option);
    har_json_close(&json);
    har_json_close(&json);
    bool written = !text.failed && fwrite(text.data, 1, text.size, stdout) == text.size;
    har_arena_free(&arena);
    return written && fflush(stdout) == 0 ? 0 : 1;
}
