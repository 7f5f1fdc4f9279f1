/* SPDX-License-Identifier: MIT */
/* What an event of anybody's calendar is about, by the words that runners put there.
 *
 * A calendar is full of other things, and a wrong race costs a wrong plan: a race is only
 * what says so (a word for racing, a category, or an importance in brackets) and names an
 * event; a word of training takes it back unless the category insists. A camp says its
 * altitude, since nothing else about it moves a plan. Days off are what is called so:
 * holidays are not, many run through them.
 *
 * Words are looked for as a whole and whatever their case; those of Japanese, which has no
 * spaces, anywhere. The lists are ours: the words for a race, a camp and rest in the
 * languages of the calendars we know of. */

#include "taking.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
#define FOOT_M 0.3048

static const char *const race_words[] = {
    "race",
    "races",
    "parkrun",
    "championship",
    "championships",
    "champs",
    "competition",
    "marathon",
    "half marathon",
    "wettkampf",
    "wettkämpfe",
    "wettlauf",
    "rennen",
    "halbmarathon",
    "meisterschaft",
    "meisterschaften",
    "volkslauf",
    "stadtlauf",
    "silvesterlauf",
    "compétition",
    "championnat",
    "championnats",
    "semi-marathon",
    "carrera",
    "competición",
    "campeonato",
    "campeonatos",
    "maratón",
    "medio maratón",
    "media maratón",
    "gara",
    "campionato",
    "campionati",
    "maratona",
    "mezza maratona",
    "prova",
    "competição",
    "meia maratona",
    "wedstrijd",
    "kampioenschap",
    "kampioenschappen",
    "halve marathon",
    "レース",
    "大会",
    "マラソン",
};

static const char *const training_words[] = {
    "training",      "session",     "workout",   "pace",        "tempo",
    "easy",          "long run",    "recovery",  "jog",         "shakeout",
    "plan",          "practice",    "dauerlauf", "einheit",     "entraînement",
    "entrenamiento", "allenamento", "treino",    "treinamento", "練習",
};

static const char *const camp_words[] = {
    "camp",
    "training camp",
    "altitude camp",
    "trainingslager",
    "höhenlager",
    "höhentrainingslager",
    "höhentraining",
    "trainingskamp",
    "stage en altitude",
    "stage d'entraînement",
    "concentración",
    "ritiro",
    "raduno",
    "estágio",
    "trainingsstage",
    "hoogtestage",
    "合宿",
};

static const char *const off_words[] = {
    "day off",
    "days off",
    "off day",
    "rest day",
    "rest days",
    "no running",
    "ruhetag",
    "ruhetage",
    "trainingsfrei",
    "lauffrei",
    "jour de repos",
    "jours de repos",
    "día de descanso",
    "días de descanso",
    "giorno di riposo",
    "giorni di riposo",
    "dia de descanso",
    "dias de descanso",
    "rustdag",
    "rustdagen",
    "休養",
    "オフ",
};

/* Events that have words of their own; the longer before those they hold. */
static const struct {
    const char *words, *code;
} named_events[] = {
    {"half marathon", "HM"},  {"half-marathon", "HM"},  {"halbmarathon", "HM"},
    {"semi-marathon", "HM"},  {"semi marathon", "HM"},  {"media maratón", "HM"},
    {"medio maratón", "HM"},  {"media maraton", "HM"},  {"medio maraton", "HM"},
    {"mezza maratona", "HM"}, {"mezzamaratona", "HM"},  {"meia maratona", "HM"},
    {"meia-maratona", "HM"},  {"halve marathon", "HM"}, {"ハーフ", "HM"},
    {"marathon", "MAR"},      {"maratón", "MAR"},       {"maraton", "MAR"},
    {"maratona", "MAR"},      {"マラソン", "MAR"},      {"parkrun", "5K"},
};

/* Metres that are an event without any unit: other bare numbers are years and bibs. */
static const char *const bare_events[] = {"800",  "1000", "1500", "2000",
                                          "3000", "5000", "10000"};
static const char *const letter_events[] = {"HM", "MAR", "MILE", "Mile", "mile"};

/* --- words --------------------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_of_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

/* The letter at `at` in the small form: ASCII, and À to Þ of UTF-8. */
static char small(const char *text, size_t at)
{
    char c = text[at];
    if (c >= 'A' && c <= 'Z') return (char)(c | 0x20);
    if (at > 0 && (unsigned char)text[at - 1] == 0xc3 && (unsigned char)c >= 0x80 &&
        (unsigned char)c <= 0x9e)
        return (char)((unsigned char)c | 0x20);
    return c;
}

static bool has_phrase(const char *text, const char *phrase)
{
    bool spaceless = (unsigned char)phrase[0] >= 0xe3; /* kana and kanji */
    for (size_t from = 0; text[from]; from++) {
        size_t n = 0;
        if (!spaceless && from > 0 && is_of_word(text[from - 1])) continue;
        while (phrase[n] && text[from + n] && small(text, from + n) == phrase[n]) n++;
        if (!phrase[n] && (spaceless || !is_of_word(text[from + n]))) return true;
    }
    return false;
}

static bool has_any(const char *text, const char *const *phrases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (has_phrase(text, phrases[i])) return true;
    return false;
}

/* --- races --------------------------------------------------------------------------- */

static bool is_among(struct har_bytes word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == word.size && memcmp(words[i], word.data, word.size) == 0)
            return true;
    return false;
}

/* The end of the word that begins at `from`; a point within a number is of it. */
static size_t word_end(const char *text, size_t from)
{
    size_t to = from;
    while (is_of_word(text[to]) || (text[to] == '.' && to > from &&
                                    is_digit(text[to - 1]) && is_digit(text[to + 1])))
        to++;
    return to;
}

/* An event of one word, or of a number and the word behind it. */
static bool event_at(const char *text, size_t from, size_t to, struct har_event *out)
{
    struct har_bytes word = {(const uint8_t *)text + from, to - from};
    size_t next = text[to] ? to + 1 : to, end = word_end(text, next);
    if (!is_digit(text[from]))
        return is_among(word, letter_events, COUNT(letter_events)) &&
               har_parse_event(word, out, NULL) == HAR_OK;
    struct har_bytes pair = {word.data, end - from};
    if (end > next && !is_digit(text[next]) && (text[to] == ' ' || text[to] == '-') &&
        har_parse_event(pair, out, NULL) == HAR_OK)
        return true;
    bool bare = true;
    for (size_t i = 0; i < word.size; i++)
        bare &= is_digit((char)word.data[i]) || word.data[i] == '.';
    return (!bare || is_among(word, bare_events, COUNT(bare_events))) &&
           har_parse_event(word, out, NULL) == HAR_OK;
}

static bool find_event(const char *text, struct har_event *out)
{
    for (size_t i = 0; i < COUNT(named_events); i++)
        if (has_phrase(text, named_events[i].words))
            return har_parse_event(har_bytes_of(named_events[i].code), out, NULL) == HAR_OK;
    for (size_t at = 0; text[at];) {
        size_t end = word_end(text, at);
        if (end > at && event_at(text, at, end, out)) return true;
        at = end > at ? end : at + 1;
    }
    return false;
}

/* "(A)", or "A-race" in whatever language; -1. */
static int told_importance(const char *text)
{
    for (const char *at = text; *at; at++) {
        bool bracketed = at > text && at[-1] == '(' && at[1] == ')';
        bool before = (at == text || !is_of_word(at[-1])) && at[1] == '-';
        if (*at >= 'A' && *at <= 'C' && (bracketed || before)) return *at - 'A';
    }
    return -1;
}

/* The three steps that RFC 5545 knows: 1 to 4, 5, 6 to 9. */
static enum har_importance importance_of(const struct phrases *said)
{
    int told = told_importance(said->about);
    if (told >= 0) return (enum har_importance)told;
    if (said->priority > 5) return HAR_IMPORTANCE_C;
    return said->priority > 0 && said->priority < 5 ? HAR_IMPORTANCE_A : HAR_IMPORTANCE_B;
}

static bool is_race(const struct phrases *said)
{
    if (has_any(said->categories, race_words, COUNT(race_words))) return true;
    return !has_any(said->about, training_words, COUNT(training_words)) &&
           (has_any(said->about, race_words, COUNT(race_words)) ||
            told_importance(said->about) >= 0);
}

/* --- camps --------------------------------------------------------------------------- */

/* Metres behind a number, "2100 m", "2,100m", or feet, "7000 ft". */
static bool find_altitude(const char *text, double *altitude_m)
{
    for (const char *at = text; *at; at++) {
        double value = 0;
        const char *end = at;
        if (!is_digit(*at) || (at > text && is_of_word(at[-1]))) continue;
        for (; is_digit(*end) || (*end && strchr(",.'", *end) && is_digit(end[1]) &&
                                  is_digit(end[2]) && is_digit(end[3]));
             end++)
            if (is_digit(*end)) value = 10 * value + (*end - '0');
        while (*end == ' ') end++;
        bool feet = (end[0] == 'f' && end[1] == 't' && !is_of_word(end[2])) ||
                    strncmp(end, "feet", 4) == 0;
        bool metres = end[0] == 'm' && !is_of_word(end[1]);
        if (feet || metres) {
            *altitude_m = feet ? value * FOOT_M : value;
            return true;
        }
    }
    return false;
}

bool calendar_guess(const struct phrases *said, struct har_planned_item *out,
                    const char **wrong)
{
    *wrong = NULL;
    if (has_any(said->categories, camp_words, COUNT(camp_words)) ||
        has_any(said->about, camp_words, COUNT(camp_words))) {
        out->kind = HAR_PLANNED_CAMP;
        if (!find_altitude(said->about, &out->altitude_m) &&
            !find_altitude(said->more, &out->altitude_m))
            *wrong =
                "no altitude of the camp is told: write it into its summary, \"2100 m\"";
        return true;
    }
    if (is_race(said)) {
        out->kind = HAR_PLANNED_RACE;
        out->importance = importance_of(said);
        if (!find_event(said->about, &out->event) && !find_event(said->more, &out->event))
            *wrong = "a race without an event: write one such as 1500, 10K, HM or MAR into "
                     "its summary";
        return true;
    }
    out->kind = HAR_PLANNED_OFF;
    return has_any(said->categories, off_words, COUNT(off_words)) ||
           has_any(said->about, off_words, COUNT(off_words));
}
