/* SPDX-License-Identifier: MIT */
/* /api/v1/rank/1500?sex=M is `harrier rank --sex=M --json -- 1500`.
 *
 * The table of commands says what there is; this file knows no command by name. Each value
 * is one word together with its option, and operands come behind "--", so nothing that an
 * address says can become an option.
 *
 * A command that writes a file as well is asked for it by `send`: ?send=fit-course is the
 * file of --fit-course.
 *
 * A path in an address would be a path of the machine that serves: whatever may name a file
 * is refused, and comes as the body of a POST instead. Where an operand may be a file or a
 * number of the store, a number is let through. */

#include "ask.h"

#include <stdio.h>
#include <string.h>

enum { MOST_WORDS = 64, REFUSED = 400, NO_SUCH = 404, NO_MEMORY = 500 };

static const char *say(struct har_arena *arena, const char *format, const char *a,
                       const char *b)
{
    char sentence[480];
    snprintf(sentence, sizeof sentence, format, a, b);
    const char *copy = har_arena_copy(arena, sentence, strlen(sentence));
    return copy ? copy : "there is no memory";
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes that a character beginning with this one still needs; -1 for none that can. */
static int tail_of(unsigned char lead)
{
    if (lead < 0x80) return 0;
    if (lead >= 0xc2 && lead <= 0xdf) return 1;
    if (lead >= 0xe0 && lead <= 0xef) return 2;
    return lead >= 0xf0 && lead <= 0xf4 ? 3 : -1;
}

static bool is_text(const char *text, size_t size)
{
    int tail = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (tail > 0) {
            if ((c & 0xc0) != 0x80) return false;
            tail--;
        } else {
            tail = tail_of(c);
            if (tail < 0 || c == 0x7f || (c < 0x20 && c != '\n' && c != '\t')) return false;
        }
    }
    return tail == 0;
}

const char *ask_decoded(const char *text, size_t length, bool form, struct har_arena *arena)
{
    size_t size = 0;
    char *out = HAR_NEW(arena, char, length + 1);
    for (size_t i = 0; out && i < length; i++) {
        char c = text[i];
        if (c == '%') {
            int high = i + 2 < length ? hex_digit(text[i + 1]) : -1;
            int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
            if (low < 0) return NULL;
            c = (char)(16 * high + low);
            i += 2;
        } else if (form && c == '+') c = ' ';
        out[size++] = c;
    }
    return out && is_text(out, size) ? out : NULL;
}

/* --- options -------------------------------------------------------------------------- */

static bool same_name(const char *option, const char *name)
{
    return strncmp(option, "--", 2) == 0 && strcmp(option + 2, name) == 0;
}

/* What steers the form of the answer, or this machine, is nobody's to ask. */
static bool is_kept_back(const char *name)
{
    static const char *const kept_back[] = {"--db",    "--quiet", "--color",
                                            "--units", "--help",  "--version",
                                            "--json",  "--csv",   "--threads"};
    for (size_t i = 0; i < sizeof kept_back / sizeof kept_back[0]; i++)
        if (strcmp(kept_back[i], name) == 0) return true;
    return false;
}

bool ask_takes(const struct har_command_row *row, size_t option)
{
    return har_command_takes(row, option) &&
           !is_kept_back(har_command_option(option)->name);
}

/* NULL if an address may not say it. */
static const struct har_command_option *option_of(const struct har_command_row *row,
                                                  const char *name)
{
    const struct har_command_option *option;
    for (size_t i = 0; (option = har_command_option(i)); i++)
        if (same_name(option->name, name)) return ask_takes(row, i) ? option : NULL;
    return NULL;
}

static bool takes(const struct har_command_row *row, const char *name)
{
    const struct har_command_option *option;
    for (size_t i = 0; (option = har_command_option(i)); i++)
        if (same_name(option->name, name)) return har_command_takes(row, i);
    return false;
}

static bool is_read(const struct har_command_option *option)
{
    return option->file && !option->written;
}

bool ask_takes_file(const struct har_command_row *row)
{
    const struct har_command_option *option;
    for (size_t i = 0; (option = har_command_option(i)); i++)
        if (is_read(option) && ask_takes(row, i)) return true;
    return row->files;
}

static void add_word(struct ask *ask, const char *name, const char *value)
{
    struct har_text word = {.arena = ask->arena};
    har_text_add(&word, name);
    if (value) har_text_add(&word, "=");
    if (value) har_text_add(&word, value);
    ask->word[ask->count++] = word.failed ? NULL : word.data;
}

/* "fit-course", or "band.svg" where another ending than the usual one is wanted. */
static unsigned read_send(struct ask *ask, const char *value, const char **why)
{
    const char *dot = value ? strchr(value, '.') : NULL;
    size_t length = dot ? (size_t)(dot - value) : strlen(value ? value : "");
    const char *ending = dot ? dot + 1 : "";
    const char *name = har_arena_copy(ask->arena, value ? value : "", length);
    const struct har_command_option *option = name ? option_of(ask->row, name) : NULL;
    if (!option || !option->written || ask->sent ||
        strspn(ending, "abcdefghijklmnopqrstuvwxyz") != strlen(ending)) {
        *why = say(ask->arena, "`%s` writes no file \"%s\"", ask->row->name,
                   value ? value : "");
        return REFUSED;
    }
    struct har_text file = {.arena = ask->arena};
    har_text_format(&file, "%s.%s", name, *ending ? ending : option->written);
    ask->sent = file.failed ? NULL : file.data;
    add_word(ask, option->name, ask->sent);
    return 0;
}

static unsigned read_pair(struct ask *ask, const char *name, const char *value,
                          const char **why)
{
    const struct har_command_option *option = option_of(ask->row, name);
    if (strcmp(name, "units") == 0) return 0; /* SI, whatever one sees */
    if (strcmp(name, "send") == 0) return read_send(ask, value, why);
    if (strcmp(name, "name") == 0 && ask->takes_file) ask->name = value;
    if (!option && ask->name == value && value) return 0;
    if (!option) {
        *why = say(ask->arena, "`%s` has no option \"%s\"", ask->row->name, name);
        return REFUSED;
    }
    if (option->file) {
        *why = say(ask->arena,
                   "%s names a file, and an address may not: send the file, "
                   "as the part \"%s\" of a form",
                   option->name, name);
        return REFUSED;
    }
    if (!option->value && value && *value && strcmp(value, "1") != 0) {
        *why = say(ask->arena, "%s takes no value%s", option->name, "");
        return REFUSED;
    }
    if (option->value && !value) {
        *why = say(ask->arena, "%s needs a value: %s", option->name, option->value);
        return REFUSED;
    }
    add_word(ask, option->name, option->value ? value : NULL);
    return 0;
}

static unsigned read_query(struct ask *ask, const char *at, const char **why)
{
    while (*at) {
        size_t length = strcspn(at, "&"), name_length = strcspn(at, "=&");
        const char *name = ask_decoded(at, name_length, true, ask->arena);
        const char *value = NULL;
        if (name_length < length)
            value = ask_decoded(at + name_length + 1, length - name_length - 1, true,
                                ask->arena);
        if (!name || (name_length < length && !value) || ask->count >= MOST_WORDS) {
            *why = "the query is not written as one";
            return REFUSED;
        }
        unsigned status = *name ? read_pair(ask, name, value, why) : 0;
        if (status) return status;
        at += length;
        at += *at == '&';
    }
    return 0;
}

/* --- the path ------------------------------------------------------------------------- */

/* The segments of the path, at most `most` of them; SIZE_MAX if one of them is none. */
static size_t split_path(const char *path, size_t length, const char **segment, size_t most,
                         struct har_arena *arena)
{
    size_t count = 0;
    const char *at = path, *end = path + length;
    while (at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        size_t size = (size_t)((slash ? slash : end) - at);
        const char *decoded = ask_decoded(at, size, false, arena);
        if (!decoded || !*decoded || count == most) return SIZE_MAX;
        segment[count++] = decoded;
        at += size + (slash != NULL);
    }
    return count;
}

static bool is_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

static const char *joined_words(struct har_arena *arena, const char *const *word,
                                size_t count)
{
    struct har_text text = {.arena = arena};
    for (size_t i = 0; i < count && i < 2; i++) {
        har_text_add(&text, i ? " " : "");
        har_text_add(&text, word[i]);
    }
    return text.data && !text.failed ? text.data : "";
}

static size_t index_of(const struct har_command_row *row)
{
    size_t index = 0;
    while (har_command_row(index) != row) index++;
    return index;
}

static unsigned find_row(struct ask *ask, const char *const *segment, size_t count,
                         size_t *used, const char **why)
{
    ask->row = har_command_named(segment, count, used);
    if (!ask->row) {
        *why =
            say(ask->arena, "there is no command \"%s\"; /api/v1/openapi.json lists them%s",
                joined_words(ask->arena, segment, count), "");
        return NO_SUCH;
    }
    if (ask->row->terminal) {
        *why =
            say(ask->arena, "`harrier %s` is for a terminal alone%s", ask->row->name, "");
        return NO_SUCH;
    }
    ask->row_index = index_of(ask->row);
    ask->takes_file = ask_takes_file(ask->row);
    return 0;
}

static unsigned judge_operands(const struct ask *ask, const char *const *operand,
                               size_t count, const char **why)
{
    for (size_t i = 0; ask->row->files && i < count; i++) {
        if (is_digits(operand[i])) continue;
        *why = say(ask->arena,
                   "\"%s\" may name a file, and an address may not: send the file as the "
                   "body of a POST%s",
                   operand[i], "");
        return REFUSED;
    }
    return 0;
}

static void add_house(struct ask *ask, const struct ask_house *house)
{
    bool named = false;
    for (size_t i = 0; i < ask->count; i++)
        named = named || (ask->word[i] && strncmp(ask->word[i], "--athlete=", 10) == 0);
    if (house->store) add_word(ask, "--db", house->store);
    if (house->athlete && !named) add_word(ask, "--athlete", house->athlete);
}

static void add_form(struct ask *ask, bool csv)
{
    ask->form = csv && takes(ask->row, "csv") ? ASK_CSV
                : takes(ask->row, "json")     ? ASK_JSON
                                              : ASK_TEXT;
    if (ask->form != ASK_TEXT)
        add_word(ask, ask->form == ASK_CSV ? "--csv" : "--json", NULL);
}

unsigned ask_read(const char *address, bool csv, const struct ask_house *house,
                  struct har_arena *arena, struct ask *out, const char **why)
{
    const char *segment[MOST_WORDS];
    size_t length = strcspn(address, "?"), used = 0;
    unsigned status;
    *out = (struct ask){.arena = arena};
    /* Twice the words, those of the house, the form and "--", and the files that come. */
    out->word = HAR_NEW(arena, const char *, 2 * MOST_WORDS + 8);
    size_t count = split_path(address, length, segment, MOST_WORDS, arena);
    *why = "the path is not written as one";
    if (count == SIZE_MAX || count == 0) return REFUSED;
    *why = "there is no memory";
    if (!out->word) return NO_MEMORY;
    if ((status = find_row(out, segment, count, &used, why))) return status;
    for (size_t i = 0; i < used; i++) out->word[out->count++] = segment[i];
    const char *const *operand = segment + used;
    out->operand_count = count - used;
    if ((status = judge_operands(out, operand, out->operand_count, why))) return status;
    if ((status = read_query(out, address + length + (address[length] == '?'), why)))
        return status;
    add_house(out, house);
    add_form(out, csv);
    out->word[out->count++] = "--";
    for (size_t i = 0; i < out->operand_count; i++) out->word[out->count++] = operand[i];
    *why = "there is no memory";
    for (size_t i = 0; i < out->count; i++)
        if (!out->word[i]) return NO_MEMORY;
    return 0;
}

/* --- files ---------------------------------------------------------------------------- */

/* The option whose file a part of a form is; NULL: it is an operand. A body alone belongs
 * to the operand if there may be one, else to the first option that takes a file. */
static const struct har_command_option *option_for(const struct ask *ask, const char *field)
{
    const struct har_command_option *option = field ? option_of(ask->row, field) : NULL;
    if (option) return option->file ? option : NULL;
    if (ask->row->files) return NULL;
    for (size_t i = 0; (option = har_command_option(i)); i++)
        if (is_read(option) && ask_takes(ask->row, i)) return option;
    return NULL;
}

bool ask_give_file(struct ask *ask, const char *field, const char *path)
{
    const struct har_command_option *option = option_for(ask, field);
    const char **word = HAR_NEW(ask->arena, const char *, ask->count + 1);
    size_t count = 0;
    if (!word) return false;
    /* An option goes before "--", where the words of the command and its options end. */
    size_t at = option ? ask->count - ask->operand_count - 1 : ask->count;
    for (size_t i = 0; i < at; i++) word[count++] = ask->word[i];
    word[count++] = NULL;
    for (size_t i = at; i < ask->count; i++) word[count++] = ask->word[i];
    ask->word = word;
    ask->count = at;
    add_word(ask, option ? option->name : path, option ? path : NULL);
    ask->count = count;
    ask->operand_count += option == NULL;
    return ask->word[at] != NULL;
}
