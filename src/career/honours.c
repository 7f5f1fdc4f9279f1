/* SPDX-License-Identifier: MIT */
/* The championships whose first eight are honours, the greatest first. A competition is of
 * the first row all of whose words its name has; the words of `without` keep out what only
 * sounds like it: trials, tours, leagues, masters. Names as the last forty years of results
 * write them, in English; World Athletics was the IAAF until 2019, under-20s were juniors.
 * The order among those below the continents is our choice. */

#include "honours.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

enum { WORDS = 4 };

static const char not_honours[] =
    "club clubs cup team police cism juvenile combined trial trials qualification "
    "qualifying qualifier masters "
    "veterans tour league grand festival gymnasiade school schools test";

static const struct championship {
    const char *name;
    const char *words[WORDS]; /* alternatives by '|' */
    const char *without;      /* besides the above */
} championships[] = {
    {"Olympic Games", {"olympic", "games"}, "youth european special"},
    {"World Championships",
     {"world", "championships|championship"},
     "indoor junior juniors youth u20 u18 cross country half marathon road running relays "
     "university military ultra mountain trail short race walking team cup deaf para"},
    {"World Indoor Championships",
     {"world", "indoor", "championships|championship"},
     "junior university"},
    {"World Cross Country Championships",
     {"world", "cross", "championships|championship"},
     "junior university military u20"},
    {"World Half Marathon Championships",
     {"world", "half", "championships|championship"},
     "university military"},
    {"World Road Running Championships",
     {"world", "road", "championships|championship"},
     "university military"},
    {"European Championships",
     {"european", "championships|championship"},
     "indoor junior juniors youth u23 u20 u18 cross team cup half universities university "
     "small mountain trail off road running clubs club balkan"},
    {"European Indoor Championships",
     {"european", "indoor", "championships|championship"},
     "junior team club clubs"},
    {"European Cross Country Championships",
     {"european", "cross", "championships|championship"},
     "junior u23 u20 club clubs"},
    {"Commonwealth Games", {"commonwealth", "games"}, "youth"},
    {"African Championships",
     {"african", "championships|championship"},
     "junior youth u20 u18 south east west north central cross"},
    {"Asian Games", {"asian", "games"}, "south southeast east indoor youth"},
    {"Asian Championships",
     {"asian", "championships|championship"},
     "junior youth u20 u18 south southeast east indoor cross"},
    {"Pan American Games", {"pan|panamerican", "american|games", "games"}, "junior arab"},
    {"South American Championships",
     {"south", "american", "championships|championship"},
     "junior youth u23 u20 u18 indoor cross"},
    {"World U20 Championships",
     {"world", "u20|junior|juniors", "championships|championship"},
     "cross indoor mountain"},
    {"World U18 Championships",
     {"world", "u18|youth", "championships|championship"},
     "mountain"},
    {"European U23 Championships",
     {"european", "u23", "championships|championship"},
     "cross"},
    {"European U20 Championships",
     {"european", "u20|junior|juniors", "championships|championship"},
     "cross"},
    {"European U18 Championships",
     {"european", "u18|youth", "championships|championship"},
     ""},
    {"World University Games", {"universiade", NULL}, "winter national ukraine"},
    {"World University Games", {"world", "university", "games"}, ""},
    {"Mediterranean Games", {"mediterranean", "games"}, ""},
    {"NCAA Championships",
     {"ncaa", "championships|championship"},
     "regional preliminary preliminaries first round east west cross division ii iii"},
    {"National Indoor Championships",
     {"national", "indoor", "championships|championship"},
     "junior youth u23 u20 u18 team"},
    {"National Championships",
     {"national", "championships|championship"},
     "indoor junior juniors youth u23 u20 u18 u17 u16 team universities university clubs "
     "club"},
};

/* The next word of letters and digits from `*at` on; its size, 0 at the end. */
static size_t next_word(const char **at)
{
    const unsigned char *from = (const unsigned char *)*at;
    while (*from && !((*from | 0x20) >= 'a' && (*from | 0x20) <= 'z') &&
           !(*from >= '0' && *from <= '9') && *from < 0x80)
        from++;
    const unsigned char *end = from;
    while (((*end | 0x20) >= 'a' && (*end | 0x20) <= 'z') || (*end >= '0' && *end <= '9') ||
           *end >= 0x80)
        end++;
    *at = (const char *)from;
    return (size_t)(end - from);
}

static bool equal_small(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((a[i] >= 'A' && a[i] <= 'Z' ? a[i] - 'A' + 'a' : a[i]) != b[i]) return false;
    return true;
}

/* Whether any word of `name` before `end` is among `words`. */
static bool has_any(const char *name, const char *end, const char *words)
{
    for (size_t size; (size = next_word(&name)) > 0 && name < end; name += size) {
        const char *at = words;
        for (size_t other; (other = next_word(&at)) > 0; at += other)
            if (other == size && equal_small(name, at, size)) return true;
    }
    return false;
}

/* What it is stands before the first comma; behind it is where, such as in an Olympic
 * Stadium, or which part of it. */
static bool is_championship(const struct championship *c, const char *name)
{
    const char *end = name + strlen(name), *comma = strchr(name, ',');
    for (size_t i = 0; i < WORDS && c->words[i]; i++)
        if (!has_any(name, comma ? comma : end, c->words[i])) return false;
    return !has_any(name, end, c->without) && !has_any(name, end, not_honours);
}

size_t career_championship_rank(const char *competition)
{
    size_t i = 0;
    while (i < COUNT(championships) && !is_championship(&championships[i], competition))
        i++;
    return i;
}

const char *har_championship_of(const char *competition)
{
    size_t i = competition ? career_championship_rank(competition) : COUNT(championships);
    return i < COUNT(championships) ? championships[i].name : NULL;
}
