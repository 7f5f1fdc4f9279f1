/* SPDX-License-Identifier: MIT */
#ifndef PERSON_WORDS_H
#define PERSON_WORDS_H

/* A name as words without case and accents. */

#include "harrier/person.h"

enum { NAME_ROOM = 240 /* bytes */, NAME_WORDS = 16 };

struct name_word {
    const char *text; /* in the name's own letters */
    size_t size;
};

/* What does not fit is left out: a name that long differs sooner. Do not copy it: the words
 * point into it. */
struct name_words {
    char letters[NAME_ROOM];
    size_t size;
    struct name_word word[NAME_WORDS];
    size_t count;
};

/* The words as they stand; with ü as u, or `spelled` as ue. */
void name_words_of(struct name_words *out, const char *name, bool spelled);
void name_words_sort(struct name_words *words);
bool name_words_equal(const struct name_words *a, const struct name_words *b);

bool name_word_equal(struct name_word a, struct name_word b);

/* The consonants of a word, spelling forgiven: at most `room` of them; how many. */
size_t name_skeleton(struct name_word word, char *out, size_t room);
/* Whether these are the same, and at least three. */
bool name_skeletons_equal(struct name_word a, struct name_word b);
/* Whether words differ in no more than doubled letters, h, and letters of one sound. */
bool name_sounds_equal(struct name_word a, struct name_word b);

#endif
