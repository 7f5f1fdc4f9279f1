/* SPDX-License-Identifier: MIT */
/* One path a command, with its operands as segments and its options as the query. OpenAPI
 * has no segment that may be left out and none that may be repeated, so a command has a
 * path for each number of operands it takes, up to three more than it needs. */

#include "describe.h"

#include "harrier/render.h"

#include "ask.h"

#include <stdio.h>
#include <string.h>

enum { MORE_OPERANDS = 3, PATH_SIZE = 160 };

static void describe_kind(struct har_json *json, const char *type)
{
    har_json_open(json, "schema", '{');
    har_json_string(json, "type", type);
    har_json_close(json);
}

static void describe_operand(struct har_json *json, const struct har_command_row *row,
                             size_t number)
{
    char name[32];
    snprintf(name, sizeof name, "operand%zu", number);
    har_json_open(json, NULL, '{');
    har_json_string(json, "name", name);
    har_json_string(json, "in", "path");
    har_json_boolean(json, "required", true);
    har_json_string(json, "description", row->synopsis);
    describe_kind(json, "string");
    har_json_close(json);
}

static void describe_option(struct har_json *json, const struct har_command_option *option)
{
    har_json_open(json, NULL, '{');
    har_json_string(json, "name", option->name + 2);
    har_json_string(json, "in", "query");
    har_json_string(json, "description", option->help);
    if (!option->value) har_json_boolean(json, "allowEmptyValue", true);
    describe_kind(json, option->value ? "string" : "boolean");
    if (option->value) har_json_string(json, "example", option->value);
    har_json_close(json);
}

/* `send` chooses among the files that the command writes. */
static void describe_send(struct har_json *json, const struct har_command_row *row)
{
    const struct har_command_option *option;
    bool any = false;
    for (size_t i = 0; (option = har_command_option(i)); i++) {
        if (!option->written || !ask_takes(row, i)) continue;
        if (!any) {
            har_json_open(json, NULL, '{');
            har_json_string(json, "name", "send");
            har_json_string(json, "in", "query");
            har_json_string(json, "description", "the file that is to be the answer");
            har_json_open(json, "schema", '{');
            har_json_string(json, "type", "string");
            har_json_open(json, "enum", '[');
        }
        har_json_string(json, NULL, option->name + 2);
        any = true;
    }
    if (!any) return;
    har_json_close(json);
    har_json_close(json);
    har_json_close(json);
}

static void describe_content(struct har_json *json, const char *type)
{
    har_json_open(json, type, '{');
    har_json_close(json);
}

static void describe_files(struct har_json *json)
{
    har_json_open(json, "requestBody", '{');
    har_json_string(
        json, "description",
        "a file, named by `?name=`, or a form of files: a field has the name of "
        "the option whose file it is, or any other for an operand");
    har_json_open(json, "content", '{');
    describe_content(json, "multipart/form-data");
    describe_content(json, "application/octet-stream");
    har_json_close(json);
    har_json_close(json);
}

static void describe_answers(struct har_json *json, const struct har_command_row *row)
{
    bool form[2] = {false};
    const struct har_command_option *option;
    for (size_t i = 0; (option = har_command_option(i)); i++) {
        form[0] =
            form[0] || (strcmp(option->name, "--json") == 0 && har_command_takes(row, i));
        form[1] =
            form[1] || (strcmp(option->name, "--csv") == 0 && har_command_takes(row, i));
    }
    har_json_open(json, "responses", '{');
    har_json_open(json, "200", '{');
    har_json_string(json, "description", "what the command prints");
    har_json_open(json, "content", '{');
    describe_content(json, form[0] ? "application/json" : "text/plain");
    if (form[1]) describe_content(json, "text/csv");
    har_json_close(json);
    har_json_close(json);
    har_json_open(json, "default", '{');
    har_json_string(json, "description", "why there is no answer");
    har_json_open(json, "content", '{');
    describe_content(json, "application/problem+json");
    har_json_close(json);
    har_json_close(json);
    har_json_close(json);
}

static void describe_method(struct har_json *json, const struct har_command_row *row,
                            const char *method, size_t operands)
{
    const struct har_command_option *option;
    har_json_open(json, method, '{');
    har_json_string(json, "summary", row->help);
    har_json_string(json, "description", row->examples);
    har_json_open(json, "parameters", '[');
    for (size_t i = 1; i <= operands; i++) describe_operand(json, row, i);
    for (size_t i = 0; (option = har_command_option(i)); i++)
        if (!option->file && ask_takes(row, i)) describe_option(json, option);
    describe_send(json, row);
    har_json_close(json);
    if (strcmp(method, "post") == 0 && ask_takes_file(row)) describe_files(json);
    describe_answers(json, row);
    har_json_close(json);
}

/* What a body brings need not stand in the path. */
static size_t fewest_operands(const struct har_command_row *row)
{
    return row->files ? 0 : row->least;
}

static void describe_command(struct har_json *json, const struct har_command_row *row)
{
    size_t least = fewest_operands(row), most = row->files ? row->least : row->most;
    if (most > least + MORE_OPERANDS) most = least + MORE_OPERANDS;
    for (size_t operands = least; operands <= most; operands++) {
        char path[PATH_SIZE];
        int length = snprintf(path, sizeof path, "/api/v1/%s", row->name);
        for (char *at = path; *at; at++)
            if (*at == ' ') *at = '/';
        for (size_t i = 1; i <= operands; i++)
            length +=
                snprintf(path + length, sizeof path - (size_t)length, "/{operand%zu}", i);
        har_json_open(json, path, '{');
        if (!row->changes && operands >= row->least)
            describe_method(json, row, "get", operands);
        if (row->changes || ask_takes_file(row))
            describe_method(json, row, "post", operands);
        har_json_close(json);
    }
}

void describe_api(struct har_text *text)
{
    struct har_json json = {.text = text};
    const struct har_command_row *row;
    har_json_open(&json, NULL, '{');
    har_json_string(&json, "openapi", "3.1.0");
    har_json_open(&json, "info", '{');
    har_json_string(&json, "title", "Harrier");
    har_json_string(&json, "version", "1");
    har_json_string(
        &json, "description",
        "The commands of `harrier`, over HTTP on loopback. An answer has exactly "
        "the bytes that the command prints with --json; `Accept: text/csv` asks "
        "for its CSV.");
    har_json_close(&json);
    har_json_open(&json, "paths", '{');
    for (size_t i = 0; (row = har_command_row(i)); i++)
        if (!row->terminal) describe_command(&json, row);
    har_json_close(&json);
    har_json_open(&json, "components", '{');
    har_json_open(&json, "securitySchemes", '{');
    har_json_open(&json, "bearer", '{');
    har_json_string(&json, "type", "http");
    har_json_string(&json, "scheme", "bearer");
    har_json_close(&json);
    har_json_close(&json);
    har_json_close(&json);
    har_json_open(&json, "security", '[');
    har_json_open(&json, NULL, '{');
    har_json_open(&json, "bearer", '[');
    har_json_close(&json);
    har_json_close(&json);
    har_json_close(&json);
    har_json_close(&json);
}
