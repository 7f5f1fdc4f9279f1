/* SPDX-License-Identifier: MIT */
/* Two names, one on the first line and one on the rest: each has a key that is its own, and
 * the judge says the same of them in either order, and never of names alone that they are
 * one person. The first is also an age group or none, a round, and a competition. */

#include "harrier/career.h"
#include "harrier/list.h"
#include "harrier/person.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *key_of(const char *name, enum har_person_key key,
                          struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_person_key(&text, name, key);
    return text.data ? text.data : "";
}

static void have_keys(const char *name, struct har_arena *arena)
{
    const char *plain = key_of(name, HAR_KEY_NAME, arena);
    const char *spelled = key_of(name, HAR_KEY_SPELLED, arena);
    for (const char *at = plain; *at; at++) assert(*at < 'A' || *at > 'Z');
    assert(strcmp(key_of(plain, HAR_KEY_NAME, arena), plain) == 0);
    assert(strcmp(key_of(spelled, HAR_KEY_SPELLED, arena), spelled) == 0);
    key_of(name, HAR_KEY_LOOSE, arena);
}

static void are_judged(const char *a, const char *b, struct har_arena *arena)
{
    struct har_person one = {.name = a, .sex = HAR_UNTOLD, .born_day = HAR_NO_DAY};
    struct har_person other = {.name = b, .sex = HAR_UNTOLD, .born_day = HAR_NO_DAY};
    struct har_text why = {.arena = arena};
    assert(har_person_compare(&one, &other, NULL) != HAR_PERSON_SAME);
    one.born_day = other.born_day = 9000;
    enum har_person_verdict verdict = har_person_compare(&one, &other, &why);
    assert(why.size > 10);
    assert(har_person_compare(&other, &one, NULL) == verdict);
    bool equal =
        strcmp(key_of(a, HAR_KEY_NAME, arena), key_of(b, HAR_KEY_NAME, arena)) == 0;
    if (equal && *key_of(a, HAR_KEY_NAME, arena)) assert(verdict == HAR_PERSON_SAME);
}

static void are_lists(const char *text)
{
    struct har_ages ages;
    struct har_error err = {0};
    if (har_parse_ages(har_bytes_of(text), &ages, &err) == HAR_OK) {
        assert(ages.least >= 0 && ages.most >= 0 && ages.least + ages.most > 0);
    } else {
        assert(strlen(err.message) > 10);
    }
    har_round_is_heat(text);
    har_championship_of(text);
    struct har_listed row = {.competition = text, .day = 9000};
    assert(!*text == !har_race_of(&row));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct har_arena arena = {0};
    char *text = har_arena_copy(&arena, data, size);
    assert(text);
    char *end = strchr(text, '\n'), *other = end ? end + 1 : text;
    if (end) *end = '\0';
    have_keys(text, &arena);
    have_keys(other, &arena);
    are_judged(text, other, &arena);
    are_lists(text);
    har_arena_free(&arena);
    return 0;
}
