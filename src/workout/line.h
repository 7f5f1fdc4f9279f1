/* SPDX-License-Identifier: MIT */
#ifndef WORKOUT_LINE_H
#define WORKOUT_LINE_H

/* Lines and their words, between what reads a step and what reads a workout. */

#include "words.h"

struct line {
    const uint8_t *begin; /* where column 1 is */
    const uint8_t *data;
    size_t size;
    size_t at;       /* of its first byte in the text */
    unsigned number; /* from 1 */
};

/* Says what belongs at `where`, by line and column, and what is there instead if anything.
 */
har_status line_is_wrong(const struct line *line, const uint8_t *where,
                         struct har_error *err, const char *wanted, struct har_bytes found);
/* The first byte of a line that is no text: a control character, or not UTF-8. */
const uint8_t *line_not_text(const struct line *line);

/* Whatever the case of its letters. */
bool word_is(struct har_bytes word, const char *known);
bool word_times(struct har_bytes word, double *times); /* "5x", "12X" */
bool word_amount(struct har_bytes word, enum har_until *until, double *amount);
bool amount_can_be(enum har_until until, double amount);

/* Text in one line as the reader would keep it: some, not too much, no blanks outside. */
bool words_are_kept(struct har_bytes words);

/* Reads the step whose words (behind the dash) are the line. */
har_status line_step(const struct line *line, struct har_arena *arena,
                     struct har_workout_step *step, struct har_error *err);

#endif
