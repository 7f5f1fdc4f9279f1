/* SPDX-License-Identifier: MIT */
/* What a command says, and how: data, sentences, and the shapes that texts share. */

#include "request.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    har_status status;
    int exit;
} exits[] = {
    {HAR_OK, HAR_EXIT_DONE},           {HAR_END, HAR_EXIT_DONE},
    {HAR_NOT_FOUND, HAR_EXIT_NOTHING}, {HAR_NO_ANSWER, HAR_EXIT_NO_ANSWER},
    {HAR_BUSY, HAR_EXIT_BUSY},         {HAR_INTERRUPTED, HAR_EXIT_INTERRUPTED},
};

int exit_of(har_status status)
{
    for (size_t i = 0; i < sizeof exits / sizeof exits[0]; i++)
        if (exits[i].status == status) return exits[i].exit;
    return HAR_EXIT_FAILED;
}

bool put_bytes(const struct request *request, const void *data, size_t size)
{
    return size == 0 || request->to->data(request->to->ctx, data, size);
}

bool put_text(const struct request *request, const struct har_text *text)
{
    if (!text->failed) return put_bytes(request, text->data, text->size);
    complain(request, "there is not enough memory for the answer");
    if (request->to->failed) *request->to->failed = HAR_NO_MEMORY;
    *request->lost = true;
    return false;
}

static void say(const struct request *request, const char *format, va_list rest)
{
    enum { MOST = 4096 };
    char sentence[MOST];
    vsnprintf(sentence, sizeof sentence, format, rest);
    request->to->say(request->to->ctx, sentence);
}

void complain(const struct request *request, const char *format, ...)
{
    va_list rest;
    va_start(rest, format);
    say(request, format, rest);
    va_end(rest);
}

void note(const struct request *request, const char *format, ...)
{
    va_list rest;
    if (is_asked(request, OPT_QUIET)) return;
    va_start(rest, format);
    say(request, format, rest);
    va_end(rest);
}

int fail(const struct request *request, const struct har_error *why)
{
    complain(request, "%s", why->message);
    if (request->to->failed) *request->to->failed = why->status;
    return exit_of(why->status);
}

struct har_json json_begin(struct har_text *text, const char *schema)
{
    struct har_json json = {.text = text};
    har_json_open(&json, NULL, '{');
    har_json_string(&json, "schema", schema);
    return json;
}

void json_reason(struct har_json *json, const char *of, const char *model, unsigned version,
                 const char *const *inputs, const char *explanation)
{
    char name[48];
    snprintf(name, sizeof name, "%s/%u", model, version);
    har_json_open(json, of, '{');
    har_json_string(json, "model", name);
    har_json_open(json, "inputs", '[');
    for (; *inputs; inputs++) har_json_string(json, NULL, *inputs);
    har_json_close(json);
    har_json_string(json, "note", explanation);
    har_json_close(json);
}

void json_because(struct har_json *json, const char *model, unsigned version,
                  const char *const *inputs, const char *explanation)
{
    json_reason(json, "because", model, version, inputs, explanation);
}

const char *sex_letter(int sex)
{
    return sex == HAR_MEN ? "M" : sex == HAR_WOMEN ? "F" : NULL;
}

void csv_number(struct har_text *text, double value, unsigned decimals)
{
    har_text_add(text, ",");
    har_text_number(text, value, decimals);
}

void text_right(struct har_text *text, size_t column, const char *word)
{
    size_t width = strlen(word);
    har_text_pad(text, width < column ? column - width : 0);
    har_text_add(text, word);
}

/* A word on its way to the right. */
struct scrap {
    struct har_arena arena;
    struct har_text text;
};

static void end_right(struct har_text *text, size_t column, struct scrap *scrap)
{
    text_right(text, column, scrap->text.size ? scrap->text.data : "-");
    har_arena_free(&scrap->arena);
}

void text_right_fixed(struct har_text *text, size_t column, double value, unsigned decimals)
{
    struct scrap scrap = {.text.arena = &scrap.arena};
    har_text_fixed(&scrap.text, value, decimals);
    end_right(text, column, &scrap);
}

void text_right_clock(struct har_text *text, size_t column, double seconds,
                      unsigned decimals)
{
    struct scrap scrap = {.text.arena = &scrap.arena};
    if (isfinite(seconds)) har_text_clock(&scrap.text, seconds, decimals, false);
    end_right(text, column, &scrap);
}

void text_heading(struct har_text *text, const struct har_style *style, const char *word)
{
    har_text_format(text, style->colour ? "\033[1m%s\033[0m" : "%s", word);
}

void text_row(struct har_text *text, const char *name, size_t column)
{
    har_text_format(text, "  %s", name);
    har_text_pad(text, column);
}

void text_wrapped(struct har_text *text, size_t column, const struct har_style *style,
                  const char *sentence)
{
    size_t at = column;
    har_text_pad(text, column);
    while (*sentence) {
        size_t length = strcspn(sentence, " ");
        if (at > column && at + 1 + length > style->width) {
            har_text_add(text, "\n");
            har_text_pad(text, column);
            at = column;
        } else if (at > column) {
            har_text_add(text, " ");
            at++;
        }
        har_text_bytes(text, sentence, length);
        at += length;
        sentence += length;
        sentence += strspn(sentence, " ");
    }
    har_text_add(text, "\n");
}

void count_words(struct har_text *text, uint64_t count, const char *one, const char *many)
{
    if (count == 0) return;
    har_text_format(text, "%s%" PRIu64 " %s", text->size ? ", " : "", count,
                    count == 1 ? one : many);
}
