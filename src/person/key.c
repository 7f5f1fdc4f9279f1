/* SPDX-License-Identifier: MIT */
/* Keys of names: the words in alphabetical order, for no order of given and family names is
 * everybody's, and sheets do not say which they have. */

#include "words.h"

static void add_skeleton(struct name_words *words, size_t i, char *out, size_t *size)
{
    struct name_word *word = &words->word[i];
    size_t taken = name_skeleton(*word, out + *size, NAME_ROOM - *size);
    *word = (struct name_word){out + *size, taken};
    *size += taken;
}

void har_text_person_key(struct har_text *text, const char *name, enum har_person_key key)
{
    struct name_words words;
    char skeletons[NAME_ROOM];
    size_t size = 0;
    name_words_of(&words, name, key == HAR_KEY_SPELLED);
    if (key == HAR_KEY_LOOSE)
        for (size_t i = 0; i < words.count; i++) add_skeleton(&words, i, skeletons, &size);
    name_words_sort(&words);
    for (size_t i = 0; i < words.count; i++) {
        if (i) har_text_add(text, " ");
        har_text_bytes(text, words.word[i].text, words.word[i].size);
    }
}
