/* SPDX-License-Identifier: MIT */
/* Events, sexes and rounds in words.
 *
 * har_parse_event() knows what the sport calls its events. Titles say more ("Event 12  Men
 * 1500 Meter Run Finals") and in other words ("3000 m Hindernis"), so a text is taken
 * apart, words that mean the same are replaced, and the longest run of words that is an
 * event, the first of them, is the event. A title may hold any other words. The cell of a
 * table may not, for what is not understood may be what matters: "1500 m wheelchair".
 *
 * What is no run of one runner over 100 m or more is told by its own words, and only where
 * it is no event. */

#include "phrase.h"

#include "cell.h"

#include <string.h>

enum { MOST_WORDS = 16, WORD_ROOM = 24, RUN_ROOM = 96 };

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

struct words {
    size_t count;
    char word[MOST_WORDS][WORD_ROOM]; /* in small letters */
};

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static char small_letter(uint8_t c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* --- taking apart ------------------------------------------------------------------- */

/* Digits before and three after: 10,000 and 10.000. */
static bool parts_thousands(struct har_bytes text, size_t at)
{
    size_t digits = 0;
    if (at == 0 || !is_digit(text.data[at - 1])) return false;
    while (at + 1 + digits < text.size && is_digit(text.data[at + 1 + digits])) digits++;
    return digits == 3;
}

static bool parts_words(uint8_t c)
{
    return c <= ' ' || strchr("_-,:;/|()'\"&", c) != NULL;
}

static struct words words_in(struct har_bytes text)
{
    struct words out = {0};
    size_t size = 0;
    for (size_t i = 0; i <= text.size && out.count < MOST_WORDS; i++) {
        uint8_t c = i < text.size ? text.data[i] : ' ';
        if ((c == ',' || c == '.') && parts_thousands(text, i)) continue;
        if (!parts_words(c)) {
            if (size + 1 < WORD_ROOM) out.word[out.count][size++] = small_letter(c);
        } else if (size > 0) {
            size = 0;
            out.count++;
        }
    }
    return out;
}

/* --- events ------------------------------------------------------------------------- */

static const char *same_in_short(const char *word)
{
    static const struct {
        const char *word, *same;
    } rows[] = {
        {"meter", "m"},
        {"metre", "m"},
        {"kilometer", "km"},
        {"kilometre", "km"},
        {"meile", "mile"},
        {"meilen", "miles"},
        {"steeple", "sc"},
        {"hindernis", "sc"},
        {"hindernislauf", "sc"},
        {"halbmarathon", "hm"},
        {"halle", "sh"},
        {"stra\xc3\x9f"
         "e",
         "road"},
        {"strasse", "road"},
        {"bahn", "track"},
        {"miler", "mile road"},
        {"2mr", "2 mi"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(word, rows[i].word) == 0) return rows[i].same;
    return word;
}

/* Words put together again, for har_parse_event(). */
struct run {
    char text[RUN_ROOM];
    size_t size;
};

static void add_text(struct run *run, const char *text)
{
    size_t length = strlen(text);
    if (run->size + length >= sizeof run->text) return;
    memcpy(run->text + run->size, text, length + 1);
    run->size += length;
}

/* 3000s is the steeplechase where lists are short of letters. */
static void add_event_word(struct run *run, const char *word)
{
    size_t length = strlen(word), digits = 0;
    while (is_digit(word[digits])) digits++;
    add_text(run, same_in_short(word));
    if (digits > 0 && digits + 1 == length && word[digits] == 's') add_text(run, "c");
    add_text(run, " ");
}

/* A number alone may be a year. */
static bool may_be_year(const char *word)
{
    return strlen(word) == 4 &&
           (memcmp(word, "19", 2) == 0 || memcmp(word, "20", 2) == 0) &&
           strcmp(word, "2000") != 0 && is_digit(word[2]) && is_digit(word[3]);
}

static bool event_of_run(const struct words *w, size_t from, size_t to,
                         struct har_event *event)
{
    struct run run = {.size = 0};
    if (to - from == 1 && may_be_year(w->word[from])) return false;
    for (size_t i = from; i < to; i++) add_event_word(&run, w->word[i]);
    return har_parse_event(har_bytes_of(run.text), event, NULL) == HAR_OK;
}

/* The first and there the longest run of words that is an event. */
static bool find_event(const struct words *w, size_t *from, size_t *to,
                       struct har_event *event)
{
    for (*from = 0; *from < w->count; ++*from)
        for (*to = w->count; *to > *from; --*to)
            if (event_of_run(w, *from, *to, event)) return true;
    return false;
}

/* --- sexes -------------------------------------------------------------------------- */

static int sex_of_word(const char *word)
{
    enum har_sex letter;
    int sex = cell_sex(har_bytes_of(word));
    static const struct {
        const char *word;
        int sex;
    } rows[] = {{"mens", HAR_MEN},     {"boys", HAR_MEN},    {"boy", HAR_MEN},
                {"womens", HAR_WOMEN}, {"girls", HAR_WOMEN}, {"girl", HAR_WOMEN},
                {"ladies", HAR_WOMEN}, {"maenner", HAR_MEN}};
    if (har_parse_sex(har_bytes_of(word), &letter)) return (int)letter;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(word, rows[i].word) == 0) return rows[i].sex;
    return sex;
}

/* men1500 and menmarathon are two words. */
static void part_sex(struct words *w)
{
    static const char *const sexes[] = {"women", "men"};
    struct words apart = {.count = 1};
    struct har_event event;
    for (size_t i = 0; w->count > 0 && w->count < MOST_WORDS && i < COUNT(sexes); i++) {
        size_t length = strlen(sexes[i]);
        const char *rest = w->word[0] + length;
        if (strncmp(w->word[0], sexes[i], length) != 0 || !*rest) continue;
        if (har_parse_event(har_bytes_of(rest), &event, NULL)) continue;
        memcpy(apart.word[0], sexes[i], length + 1);
        memcpy(apart.word[1], rest, strlen(rest) + 1);
        memcpy(apart.word[2], w->word[1], (w->count - 1) * sizeof w->word[0]);
        apart.count = w->count + 1;
        *w = apart;
        return;
    }
}

struct phrase phrase_of_race(struct har_bytes text)
{
    struct phrase out = {.sex = HAR_UNTOLD};
    struct words w = words_in(text);
    size_t from, to;
    part_sex(&w);
    out.has_event = find_event(&w, &from, &to, &out.event);
    for (size_t i = 0; i < w.count && out.sex == HAR_UNTOLD; i++)
        if (!out.has_event || i < from || i >= to) out.sex = sex_of_word(w.word[i]);
    return out;
}

/* A word that changes nothing about an event. */
static bool says_no_more(const char *word)
{
    static const char *const rows[] = {"run",     "dash",    "race",  "lauf",  "final",
                                       "finals",  "heat",    "heats", "open",  "senior",
                                       "seniors", "prelims", "time",  "event", "the"};
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(word, rows[i]) == 0) return true;
    bool class = word[0] == 'u' && is_digit(word[1]) && is_digit(word[2]) && !word[3];
    return class || sex_of_word(word) != HAR_UNTOLD;
}

har_status phrase_event(struct har_bytes text, struct har_event *event,
                        struct har_error *err)
{
    har_status got = har_parse_event(text, event, err);
    size_t from, to;
    struct har_event found;
    if (got != HAR_BAD_INPUT) return got;
    struct words w = words_in(text);
    if (!find_event(&w, &from, &to, &found)) return got;
    for (size_t i = 0; i < w.count; i++)
        if ((i < from || i >= to) && !says_no_more(w.word[i])) return got;
    *event = found;
    return HAR_OK;
}

/* --- what is no run ----------------------------------------------------------------- */

static const char relay[] = "is a relay", hurdles[] = "is run over hurdles",
                  walking[] = "is a walk", several[] = "is several events",
                  wheels[] = "is a wheelchair race", no_run[] = "is no run",
                  cross[] = "is cross-country", short_one[] = "is shorter than 100 m";

/* What stands in the name, whatever else does. */
static const struct {
    const char *part, *why;
} parts[] = {
    {"relay", relay},      {"staffel", relay},      {"4x", relay},
    {"3x", relay},         {"hurdle", hurdles},     {"h\xc3\xbcrden", hurdles},
    {"huerden", hurdles},  {"walk", walking},       {"gehen", walking},
    {"jump", no_run},      {"sprung", no_run},      {"vault", no_run},
    {"shot", no_run},      {"kugel", no_run},       {"discus", no_run},
    {"diskus", no_run},    {"javelin", no_run},     {"speer", no_run},
    {"hammer", no_run},    {"throw", no_run},       {"weight", no_run},
    {"wurf", no_run},      {"sto\xc3\x9f", no_run}, {"wheelchair", wheels},
    {"rollstuhl", wheels}, {"athlon", several},     {"mehrkampf", several},
    {"kampf", several},    {"cross", cross},
};

/* What the whole of the name is. */
static const struct {
    const char *name, *why;
} codes[] = {
    {"hj", no_run},          {"lj", no_run},     {"tj", no_run},
    {"pv", no_run},          {"sp", no_run},     {"dt", no_run},
    {"jt", no_run},          {"ht", no_run},     {"wt", no_run},
    {"dec", several},        {"hep", several},   {"pen", several},
    {"tri", several},        {"xc", cross},      {"50", short_one},
    {"55", short_one},       {"60", short_one},  {"50m", short_one},
    {"55m", short_one},      {"60m", short_one}, {"50metres", short_one},
    {"60metres", short_one},
};

/* 110h, 400mh, 20kw: a number, perhaps its unit, and a letter; and cc8.0. */
static const char *why_of_letter(const char *name)
{
    size_t at = 0;
    if (strncmp(name, "cc", 2) == 0 && is_digit(name[2])) return cross;
    while (is_digit(name[at])) at++;
    if (at == 0) return NULL;
    if (name[at] == 'm' || name[at] == 'k') at++;
    if (strcmp(name + at, "h") == 0) return hurdles;
    return strcmp(name + at, "w") == 0 || strcmp(name + at, "mw") == 0 ? walking : NULL;
}

const char *phrase_passed(struct har_bytes text)
{
    char name[RUN_ROOM];
    size_t size = 0;
    for (size_t i = 0; i < text.size && size + 1 < sizeof name; i++)
        if (text.data[i] > ' ' && text.data[i] != '-')
            name[size++] = small_letter(text.data[i]);
    name[size] = '\0';
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(name, parts[i].part)) return parts[i].why;
    for (size_t i = 0; i < COUNT(codes); i++)
        if (strcmp(name, codes[i].name) == 0) return codes[i].why;
    return why_of_letter(name);
}

/* --- rounds ------------------------------------------------------------------------- */

/* The longer before what it begins with. */
static const struct {
    const char *word, *code;
} stages[] = {
    {"semifinals", "sf"},
    {"semifinal", "sf"},
    {"semis", "sf"},
    {"semi", "sf"},
    {"halbfinale", "sf"},
    {"quarterfinals", "qf"},
    {"quarterfinal", "qf"},
    {"qualification", "q"},
    {"preliminaries", "h"},
    {"prelims", "h"},
    {"prelim", "h"},
    {"vorlauf", "h"},
    {"vorl\xc3\xa4ufe", "h"},
    {"heats", "h"},
    {"heat", "h"},
    {"finals", "f"},
    {"final", "f"},
    {"finale", "f"},
    {"endlauf", "f"},
    {"zeitlauf", "r"},
    {"section", "r"},
    {"race", "r"},
    {"lauf", "r"},
    {"sf", "sf"},
    {"qf", "qf"},
    {"pr", "pr"},
    {"ce", "ce"},
    {"f", "f"},
    {"h", "h"},
    {"q", "q"},
    {"r", "r"},
};

/* What may stand after the letters: nothing, a number to 99, a capital. */
static bool is_heat(struct har_bytes text)
{
    if (text.size == 1)
        return is_digit(text.data[0]) || (text.data[0] >= 'A' && text.data[0] <= 'Z');
    return text.size == 0 ||
           (text.size == 2 && is_digit(text.data[0]) && is_digit(text.data[1]));
}

/* The code of the stage with which `text` begins, and what is left of it. */
static const char *stage_of(struct har_bytes text, struct har_bytes *left)
{
    for (size_t i = 0; i < COUNT(stages); i++) {
        size_t length = strlen(stages[i].word);
        struct har_bytes head = {text.data, length};
        if (text.size < length || !cell_says(head, stages[i].word)) continue;
        struct har_bytes rest =
            cell_trimmed((struct har_bytes){text.data + length, text.size - length});
        if (!is_heat(rest)) continue;
        *left = rest;
        return stages[i].code;
    }
    return NULL;
}

void phrase_round(struct har_bytes round, struct har_bytes heat, char out[ROUND_ROOM])
{
    struct har_bytes left = har_bytes_of(""), again;
    const char *code = stage_of(cell_trimmed(round), &left);
    out[0] = '\0';
    heat = cell_trimmed(heat);
    if (heat.size && stage_of(heat, &again)) heat = again;
    if (!code && heat.size && is_heat(heat)) code = "r";
    if (!code) return;
    if (left.size == 0 && is_heat(heat)) left = heat;
    memcpy(out, code, strlen(code));
    memcpy(out + strlen(code), left.data, left.size);
    out[strlen(code) + left.size] = '\0';
}
