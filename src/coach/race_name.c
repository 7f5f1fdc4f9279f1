/* SPDX-License-Identifier: MIT */
/* What runners call a race.
 *
 * A name that ends in "(race)" says so. Otherwise a word of the first table makes a race
 * and a word of the second unmakes it: "Chongqing Marathon" is one, "marathon pace" is not.
 * Words in letters must stand alone, or end a word where the row says so ("Halbmarathon");
 * words in characters may stand anywhere, as those scripts do not space.
 *
 * The tables are short on purpose. A race that is missed can be told; a training run shown
 * as a race spoils every list of races. So words that some service puts into every name are
 * left out: "course", "carrera", "corsa" and "Lauf" are what French, Spanish, Italian and
 * German services call any run. */

#include "race_name.h"

#include <stddef.h>
#include <string.h>

enum place { ALONE, ENDS_WORD, ANYWHERE };

struct word {
    const char *text; /* ASCII letters small */
    enum place place;
};

static const struct word makes[] = {
    {"race", ALONE},
    {"races", ALONE},
    {"marathon", ENDS_WORD},
    {"parkrun", ALONE},
    {"championship", ALONE},
    {"championships", ALONE},
    {"wettkampf", ENDS_WORD},
    {"volkslauf", ALONE},
    {"stadtlauf", ALONE},
    {"semi-marathon", ALONE},
    {"marat\xc3\xb3n", ENDS_WORD},
    {"maratona", ENDS_WORD},
    {"maraton", ENDS_WORD},
    {"wedstrijd", ENDS_WORD},
    {"zawody", ALONE},
    {"gara", ALONE},
    {"比赛", ANYWHERE},
    {"马拉松", ANYWHERE},
    {"精英赛", ANYWHERE},
    {"联赛", ANYWHERE},
    {"馬拉松", ANYWHERE},
    {"比賽", ANYWHERE},
    {"マラソン", ANYWHERE},
    {"大会", ANYWHERE},
    {"마라톤", ANYWHERE},
};

static const struct word unmakes[] = {
    {"pace", ALONE},       {"tempo", ALONE},    {"training", ENDS_WORD},
    {"prep", ALONE},       {"practice", ALONE}, {"shakeout", ALONE},
    {"warm", ALONE},       {"warmup", ALONE},   {"cool", ALONE},
    {"cooldown", ALONE},   {"pre", ALONE},      {"post", ALONE},
    {"before", ALONE},     {"after", ALONE},    {"week", ALONE},
    {"simulation", ALONE}, {"effort", ALONE},   {"easy", ALONE},
    {"recovery", ALONE},   {"block", ALONE},    {"einlaufen", ALONE},
    {"auslaufen", ALONE},  {"vor", ALONE},      {"nach", ALONE},
    {"训练", ANYWHERE},    {"配速", ANYWHERE},  {"热身", ANYWHERE},
    {"赛前", ANYWHERE},    {"赛后", ANYWHERE},  {"备战", ANYWHERE},
    {"模拟", ANYWHERE},
};

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* A byte of a letter; every byte over 127 is one, so that accents do not end a word. */
static bool is_letter(char c)
{
    char s = small(c);
    return (s >= 'a' && s <= 'z') || (unsigned char)c > 127;
}

static bool stands_at(const char *name, size_t at, const struct word *word)
{
    size_t n = strlen(word->text);
    for (size_t i = 0; i < n; i++)
        if (small(name[at + i]) != word->text[i]) return false; /* also where name ends */
    if (word->place == ANYWHERE) return true;
    if (is_letter(name[at + n])) return false;
    return word->place == ENDS_WORD || at == 0 || !is_letter(name[at - 1]);
}

static bool holds_any(const char *name, const struct word *words, size_t count)
{
    for (size_t at = 0; name[at]; at++)
        for (size_t i = 0; i < count; i++)
            if (stands_at(name, at, &words[i])) return true;
    return false;
}

bool har_names_a_race(const char *name)
{
    static const char told[] = "(race)";
    if (!name) return false;
    size_t n = strlen(name);
    while (n > 0 && name[n - 1] == ' ') n--;
    size_t tail = sizeof told - 1;
    if (n >= tail && stands_at(name, n - tail, &(struct word){told, ANYWHERE})) return true;
    return holds_any(name, makes, sizeof makes / sizeof makes[0]) &&
           !holds_any(name, unmakes, sizeof unmakes / sizeof unmakes[0]);
}
