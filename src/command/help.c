/* SPDX-License-Identifier: MIT */
/* What the program says of itself. */

#include "commands.h"

#include <stdio.h>
#include <string.h>

/* Those of a command, or where it is NULL those that every one takes. */
static void add_options(struct har_text *text, const struct har_command_row *command)
{
    char left[48];
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct har_command_option *row = &options[i];
        bool global = i < OPTS_GLOBAL;
        if (global == (command != NULL) || (command && !har_command_takes(command, i)))
            continue;
        snprintf(left, sizeof left, "%s %s", row->name, row->value ? row->value : "");
        har_text_format(text, "  %-28s %s\n", left, row->help);
    }
}

void help_of_all(struct har_text *text)
{
    char left[48];
    const struct har_command_row *row;
    har_text_add(text, "Harrier: watch files in, the season on one page out.\n\n"
                       "  harrier import ~/Downloads/export.zip   bring everything in\n"
                       "  harrier report                          the season on one page\n"
                       "  harrier demo season                     a season to try it on\n\n"
                       "Usage: harrier [OPTIONS] COMMAND ...\n\nCommands:\n");
    for (size_t i = 0; (row = har_command_row(i)); i++) {
        snprintf(left, sizeof left, "%s %s", row->name, row->synopsis);
        /* What does not fit into its column has the line to itself. */
        if (strlen(left) > 19) har_text_format(text, "  %s\n", left);
        har_text_format(text, "  %-19s %s\n", strlen(left) > 19 ? "" : left, row->help);
    }
    har_text_add(text, "  help [COMMAND]      examples and options of a command\n"
                       "\nOptions:\n");
    add_options(text, NULL);
    har_text_add(text,
                 "\nExit status: 0 done, 1 failed, 2 usage, 3 some inputs failed and the "
                 "rest are in,\n"
                 "4 nothing found, 5 not enough data for an honest answer, 6 the store is "
                 "locked or\n"
                 "from a newer version, 130 interrupted.\n");
}

void help_of(struct har_text *text, const struct har_command_row *command)
{
    har_text_format(text, "harrier %s: %s\n\n%s\nUsage: harrier %s%s%s [OPTIONS]\n\n",
                    command->name, command->help, command->examples, command->name,
                    *command->synopsis ? " " : "", command->synopsis);
    har_text_add(text, "Options:\n");
    add_options(text, command);
    add_options(text, NULL);
}

/* --- a word that is no command ------------------------------------------------------- */

static bool is_of_group(const char *name, const char *word)
{
    size_t length = strlen(word);
    return strncmp(name, word, length) == 0 && name[length] == ' ';
}

static bool is_group(const char *word)
{
    const struct har_command_row *row;
    for (size_t i = 0; (row = har_command_row(i)); i++)
        if (is_of_group(row->name, word)) return true;
    return false;
}

static void list_group(const struct request *request, const char *word)
{
    struct har_text list = {.arena = request->arena};
    const struct har_command_row *row;
    har_text_format(&list, "\"%s\" needs a further word:", word);
    for (size_t i = 0; (row = har_command_row(i)); i++)
        if (is_of_group(row->name, word))
            har_text_format(&list, "\n  harrier %s%s%s", row->name,
                            *row->synopsis ? " " : "", row->synopsis);
    complain(request, "%s", list.failed ? word : list.data);
}

/* Of "db verfy" the group is right and the rest is not; of "lst 12" the second word is no
 * part of the name. */
static const char *nearest_command(const struct request *request, bool group)
{
    enum { MOST = 128 };
    const char *names[MOST], *near = NULL, *const *word = request->operand;
    char whole[64];
    size_t count = 0;
    const struct har_command_row *row;
    while (count < MOST && (row = har_command_row(count))) names[count++] = row->name;
    if (request->operand_count > 1) {
        snprintf(whole, sizeof whole, "%s %s", word[0], word[1]);
        near = probably(whole, names, count);
    }
    return near || group ? near : probably(word[0], names, count);
}

void suggest_command(const struct request *request)
{
    const char *const *word = request->operand;
    bool group = is_group(word[0]);
    const char *near =
        group && request->operand_count == 1 ? NULL : nearest_command(request, group);
    if (near && strchr(near, ' ') && request->operand_count > 1)
        complain(request, "there is no command \"%s %s\"; did you mean \"%s\"?", word[0],
                 word[1], near);
    else if (near)
        complain(request, "there is no command \"%s\"; did you mean \"%s\"?", word[0],
                 near);
    else if (group) list_group(request, word[0]);
    else
        complain(request, "there is no command \"%s\"; `harrier help` lists them", word[0]);
}
