/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_REQUEST_H
#define COMMAND_REQUEST_H

/* What every command is given and what it gives back: data and sentences to the listener,
 * and the exit status. */

#include "harrier/coach.h"
#include "harrier/gear.h"
#include "harrier/journal.h"
#include "harrier/render.h"

#include "options.h"

struct request {
    const struct har_listener *to;
    const char *command;      /* "db verify" */
    const char *const *value; /* by option; NULL: not given */
    const char *const *operand;
    size_t operand_count;
    struct har_style style;
    struct har_arena *arena; /* as long as the command */
    bool *lost;              /* whether a part of the answer could not be made */
};

static inline bool is_asked(const struct request *request, enum option option)
{
    return request->value[option] != NULL;
}

/* --- output.c ---------------------------------------------------------------------- */

/* The exit status of a call that came to `status`. */
int exit_of(har_status status);

/* Hands over data. False once no more is wanted; the rest of the command is then in vain.
 */
bool put_bytes(const struct request *request, const void *data, size_t size);
/* The same of a text; one that did not fit into memory is complained of. */
bool put_text(const struct request *request, const struct har_text *text);

/* A sentence that is no data; note() is silent under --quiet. */
void complain(const struct request *request, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void note(const struct request *request, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Says why a call failed and returns its exit status. */
int fail(const struct request *request, const struct har_error *why);

/* Begins the document of a command. */
struct har_json json_begin(struct har_text *text, const char *schema);
/* "because": {"model", "inputs", "note"}; `inputs` ends with NULL. */
void json_because(struct har_json *json, const char *model, unsigned version,
                  const char *const *inputs, const char *explanation);
/* The same of one member among several, named as it is. */
void json_reason(struct har_json *json, const char *of, const char *model, unsigned version,
                 const char *const *inputs, const char *explanation);

/* A further field of CSV; nothing where the number is missing. */
void csv_number(struct har_text *text, double value, unsigned decimals);
/* "M", "F"; NULL for HAR_UNTOLD. */
const char *sex_letter(int sex);

/* Text for people: a word of ASCII, a number or a time that ends at `column` ("-" where it
 * is missing); a heading. */
void text_right(struct har_text *text, size_t column, const char *word);
void text_right_fixed(struct har_text *text, size_t column, double value,
                      unsigned decimals);
void text_right_clock(struct har_text *text, size_t column, double seconds,
                      unsigned decimals);
void text_heading(struct har_text *text, const struct har_style *style, const char *word);
/* "  name" and then spaces up to `column`: where a row of a page begins. */
void text_row(struct har_text *text, const char *name, size_t column);
/* A sentence from `column` on, broken at spaces so that its lines, which begin together,
 * stay within the width of `style`; ends the line. */
void text_wrapped(struct har_text *text, size_t column, const struct har_style *style,
                  const char *sentence);
/* ", 3 rows refused": one more of what a text counts; nothing for none. */
void count_words(struct har_text *text, uint64_t count, const char *one, const char *many);

/* --- keeping.c --------------------------------------------------------------------- */

/* Whether an address tells a password for everybody to read; complains of it. */
bool is_secret_told(const struct request *request, const char *where);

/* The path of the store; NULL after saying why there is none. */
const char *store_path(const struct request *request, int *status);

/* The store opened, for as long as the command; NULL with *status set after saying why. */
struct har_store *open_store(const struct request *request, enum har_store_mode mode,
                             int *status);

/* The store opened to read, with the filter that the options ask for: athlete, since,
 * until, sport, race. Where there is no store at all *status is HAR_EXIT_NOTHING and
 * nothing was said. */
struct har_store *open_to_read(const struct request *request,
                               struct har_store_filter *filter, int *status);

/* The store opened to write, and the athlete whose it is to be: the one that is asked for,
 * made if need be, else the only one that is kept. */
struct har_store *open_to_add(const struct request *request, int64_t *athlete, int *status);

/* The store opened so that an import can try what it would do: a dry run leaves not so much
 * as an empty store behind. */
struct har_store *open_to_import(const struct request *request, int *status);

/* The private zones of the store, none where there is no store; false with *status set
 * after saying why they cannot be read: then nothing that tells a place may be shown. */
bool read_zones(const struct request *request, const struct har_zone **zones, size_t *count,
                int *status);

/* All that is known of the athlete's running, for a curve; NULL with *status set after
 * saying why there is none. */
const struct har_history *read_history(const struct request *request, int *status);

/* Says that there is nothing, and what to do next. */
int nothing_found(const struct request *request);

/* Values of options. False after saying what is wrong. */
bool read_count(const struct request *request, enum option option, int64_t least,
                int64_t most, int64_t *out);
bool read_measure(const struct request *request, enum option option, double *out);
bool read_day(const struct request *request, enum option option, int64_t *day);
/* The number of an activity. */
bool read_activity(const struct request *request, const char *word, int64_t *id);
/* Says that there is none of that number. */
int no_activity(const struct request *request, int64_t id);
int64_t today(void); /* in UTC */
/* That of --date; today where none is told. */
bool read_day_or_today(const struct request *request, int64_t *day);
bool read_sex(const struct request *request, enum har_sex *out);

#endif
