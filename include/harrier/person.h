/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_PERSON_H
#define HARRIER_PERSON_H

/* person - names, births, nations -> the same person, or perhaps.
 *
 * Sheets write one runner in many ways. Keys bring the rows together that may be of one
 * person; a judge says of two of them whether they are. It never says so for a name alone.
 */

#include "harrier/sheet.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Rises when any key or verdict can differ. */
enum { HAR_PERSON_VERSION = 1 };

/* --- keys ---------------------------------------------------------------------------- */

enum har_person_key {
    /* Letters without case and accents (ü is u, ø is o, ß is ss), words in alphabetical
     * order: "EL GUERROUJ Hicham" and "El-Guerrouj, Hicham" are "el guerrouj hicham". */
    HAR_KEY_NAME,
    /* The same with ü as ue, å as aa: Müller as somebody without the letter writes it. As
     * the first where no letter is such a one. */
    HAR_KEY_SPELLED,
    /* What is left of each word when spelling is forgiven: Mohamed, Mohammed and Muhammad
     * are one, and Müller, Mueller and Muller. To find candidates, not to judge them. */
    HAR_KEY_LOOSE,
};

/* Writes the key of `name` in `text`: small ASCII letters, digits, single spaces, and the
 * letters of other scripts as they are. Nothing for a name without a letter.
 *
 * Whoever keeps people looks for those that may be `p` under the keys of NAME and SPELLED
 * and LOOSE, and among those born on the same day: a name that is only half the same (a
 * middle name left out, a married name) has no key in common. */
void har_text_person_key(struct har_text *text, const char *name, enum har_person_key key);

/* --- the judge ----------------------------------------------------------------------- */

/* What is told of somebody. Texts are NULL and numbers 0, HAR_NO_DAY or HAR_UNTOLD where
 * it is not told. */
struct har_person {
    const char *name;
    const char *id;    /* what the maker of the sheet calls the runner */
    const char *maker; /* who that is: ids of two makers say nothing of each other */
    const char *nation;
    int sex; /* an enum har_sex, or HAR_UNTOLD */
    int64_t born_day;
    int born_year; /* also where the day is, or 0 */
};

/* The person that a row of a sheet is about. Borrows its texts; `maker` may be NULL. */
struct har_person har_person_of(const struct har_result *result, const char *maker);

/* What the judge says of two people. */
enum har_person_verdict { HAR_PERSON_SAME, HAR_PERSON_DOUBTFUL, HAR_PERSON_OTHER };

/* Whether `a` and `b` are one person. Symmetric. `why` (may be NULL) gets one sentence
 * without a full stop, such as "the same name, born on the same day". The source has the
 * rules and their reasons. */
enum har_person_verdict har_person_compare(const struct har_person *a,
                                           const struct har_person *b,
                                           struct har_text *why);

const char *har_person_verdict_name(enum har_person_verdict verdict); /* "same" */

#ifdef __cplusplus
}
#endif

#endif
