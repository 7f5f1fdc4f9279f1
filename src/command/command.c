/* SPDX-License-Identifier: MIT */
/* From words to the command that they name, with its options and operands judged. */

#include "commands.h"

#include <string.h>

static bool options_fit(const struct request *request, const struct har_command_row *row)
{
    for (size_t i = OPTS_GLOBAL; i < OPTIONS; i++) {
        if (!request->value[i] || har_command_takes(row, i)) continue;
        complain(request,
                 "`harrier %s` has no option %s; `harrier help %s` lists those it has",
                 row->name, options[i].name, row->name);
        return false;
    }
    if (!is_asked(request, OPT_JSON) || !is_asked(request, OPT_CSV)) return true;
    complain(request, "--json and --csv exclude each other");
    return false;
}

static bool operands_fit(const struct request *request, const struct har_command_row *row)
{
    size_t count = request->operand_count;
    if (count >= row->least && count <= row->most) return true;
    if (count < row->least)
        complain(request, "`harrier %s` needs %s", row->name, row->synopsis);
    else
        complain(request, "`harrier %s` takes no more than %zu operand%s", row->name,
                 row->most, row->most == 1 ? "" : "s");
    return false;
}

/* One of a few words; its index, or -1 after saying what is wrong. */
static int choice(const struct request *request, enum option option,
                  const char *const *names, int count)
{
    const char *value = request->value[option];
    if (!value) return 0;
    for (int i = 0; i < count; i++)
        if (strcmp(value, names[i]) == 0) return i;
    complain(request, "%s takes %s, not \"%s\"", options[option].name,
             options[option].value, value);
    return -1;
}

static bool read_style(struct request *request)
{
    static const char *const colours[] = {"auto", "always", "never"};
    static const char *const units[] = {"metric", "imperial"};
    int colour = choice(request, OPT_COLOR, colours, 3),
        unit = choice(request, OPT_UNITS, units, 2);
    if (colour < 0 || unit < 0) return false;
    request->style = (struct har_style){
        .width = 80,
        .colour = colour == 1 || (colour == 0 && request->to->colour),
        .imperial = unit == 1,
    };
    return true;
}

static int run(struct request *request, const struct har_command_row *row, size_t used)
{
    request->command = row->name;
    request->operand += used;
    request->operand_count -= used;
    if (!options_fit(request, row) || !operands_fit(request, row) || !read_style(request))
        return HAR_EXIT_USAGE;
    return command_of(row)->run(request);
}

/* `help` and --help: of the command that the rest names, or of all. */
static int help(struct request *request)
{
    struct har_text text = {.arena = request->arena};
    size_t used;
    const struct har_command_row *row =
        har_command_named(request->operand, request->operand_count, &used);
    if (request->operand_count > 0 && !row) {
        suggest_command(request);
        return HAR_EXIT_USAGE;
    }
    if (row) help_of(&text, row);
    else help_of_all(&text);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

static int answer(struct request *request, const struct words *words)
{
    size_t used;
    bool asks_help = words->value[OPT_HELP] != NULL;
    request->value = words->value;
    request->operand = words->word;
    request->operand_count = words->count;
    if (words->value[OPT_VERSION]) {
        static const char version[] = "harrier " HARRIER_VERSION "\n";
        put_bytes(request, version, sizeof version - 1);
        return HAR_EXIT_DONE;
    }
    if (words->count > 0 && strcmp(words->word[0], "help") == 0) {
        asks_help = true;
        request->operand++;
        request->operand_count--;
    }
    if (asks_help) return help(request);
    if (request->operand_count == 0) {
        complain(request, "which command? `harrier help` lists them");
        return HAR_EXIT_USAGE;
    }
    const struct har_command_row *row =
        har_command_named(request->operand, request->operand_count, &used);
    if (row) return run(request, row, used);
    suggest_command(request);
    return HAR_EXIT_USAGE;
}

int har_command(const char *const *word, size_t count, const struct har_listener *to)
{
    struct har_arena arena = {0};
    struct words words;
    char why[160];
    bool lost = false;
    struct request request = {.to = to, .arena = &arena, .lost = &lost};
    int status = HAR_EXIT_USAGE;
    const char **room = HAR_NEW(&arena, const char *, count + 1);
    if (!room) lost = true;
    else if (read_words(word, count, room, &words, why, sizeof why))
        status = answer(&request, &words);
    else complain(&request, "%s", why);
    har_arena_free(&arena);
    return lost ? HAR_EXIT_FAILED : status;
}
