/* SPDX-License-Identifier: MIT */
/* Whether two people are one.
 *
 * To merge two runners is worse than to leave one in two: a career that is not theirs shows
 * as a record, and nobody sees what is missing. So the rules, one row of the table each:
 *
 * - A name alone is never enough. Ten runners of one country share some names, and their
 *   careers overlap. It is doubtful, and a human decides.
 * - A name and a day of birth are enough, whatever the nation: nations change, and days of
 *   birth of one name meet by chance once in some ten thousand pairs.
 * - 1 January says no more than a year: registers write it where nothing else is known.
 * - A name and a year need the nation as well, and the same one: a year is shared by one
 *   pair in twenty, and who changed nation has a day of birth to say so.
 * - A variant of spelling (Mohamed, Mohammed; Elguerrouj, El Guerrouj) is as good as the
 *   name where the day and the nation agree. Another vowel is not, for twins are named so:
 *   of the two pairs in World Athletics' lists to July 2023 that are Japanese, of one
 * family name and one day, and differ by vowels (Yoko, Yuko), both are taken for twins. Nor
 * is another consonant (Kiprop, Kiprono), nor a word that one of the two has not: doubtful.
 *   A single word in common is a twin or a married name: doubtful on one day in one nation,
 *   and else another.
 * - Two days of birth are two people, but for a slip: day and month exchanged, or one digit
 *   wrong. Doubtful.
 * - Two ids of one maker are two people, and one id is one: the maker knew more than we do.
 *   Where the rest says otherwise somebody mistyped, or gave out two ids: doubtful.
 *
 * Nations that came out of one another, and codes that only differ by who wrote them, speak
 * for nobody being another; but who was Soviet may be of fifteen nations, so that it takes
 * a day of birth as well. */

#include "words.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

enum {
    FORGIVEN_FROM = 4, /* letters: a shorter word is another with each of them */
    LONG_FROM = 8,     /* letters: two of them may differ */
};

/* --- names --------------------------------------------------------------------------- */

enum likeness {
    NAMES_EQUAL,
    NAMES_VARIANT,
    NAMES_NEAR,
    NAMES_SHARE,
    NAMES_OTHER,
    LIKENESSES
};

/* How many letters are put in, left out or exchanged between two words, neighbours that
 * changed places counting once; 3 for 3 and more. */
static unsigned edits(struct name_word a, struct name_word b)
{
    enum { FAR = 3, LONGEST = 40 };
    size_t gap = a.size > b.size ? a.size - b.size : b.size - a.size;
    if (gap >= FAR || a.size > LONGEST || b.size > LONGEST) return FAR;
    unsigned row[3][LONGEST + 1];
    for (size_t j = 0; j <= b.size; j++) row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.size; i++) {
        unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *older = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.size; j++) {
            unsigned least = last[j - 1] + (a.text[i - 1] != b.text[j - 1]);
            if (last[j] + 1 < least) least = last[j] + 1;
            if (now[j - 1] + 1 < least) least = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.text[i - 1] == b.text[j - 2] &&
                a.text[i - 2] == b.text[j - 1] && older[j - 2] + 1 < least)
                least = older[j - 2] + 1;
            now[j] = least;
        }
    }
    unsigned found = row[a.size % 3][b.size];
    return found < FAR ? found : FAR;
}

static enum likeness like_words(struct name_word a, struct name_word b)
{
    if (name_word_equal(a, b)) return NAMES_EQUAL;
    if (a.size == 1 || b.size == 1)
        return a.text[0] == b.text[0] ? NAMES_NEAR : NAMES_OTHER;
    if (a.size < FORGIVEN_FROM || b.size < FORGIVEN_FROM) return NAMES_OTHER;
    if (name_sounds_equal(a, b)) return NAMES_VARIANT;
    if (a.text[0] == b.text[0] && name_skeletons_equal(a, b)) return NAMES_NEAR;
    size_t shorter = a.size < b.size ? a.size : b.size;
    unsigned most = shorter >= LONG_FROM ? 2 : 1;
    return edits(a, b) <= most ? NAMES_NEAR : NAMES_OTHER;
}

/* Pairs words of `few` with words of `many`, the likest first. */
struct pairing {
    size_t found[LIKENESSES]; /* pairs by how alike they are */
    bool word_known;          /* one of them is no initial and not short */
    bool word_shared;         /* such a one is equal */
};

static struct pairing pair_words(const struct name_words *few,
                                 const struct name_words *many)
{
    struct pairing pairing = {{0}, false, false};
    bool few_taken[NAME_WORDS] = {false}, many_taken[NAME_WORDS] = {false};
    for (enum likeness wanted = NAMES_EQUAL; wanted <= NAMES_NEAR; wanted++) {
        for (size_t i = 0; i < few->count; i++) {
            for (size_t j = 0; j < many->count && !few_taken[i]; j++) {
                if (many_taken[j] || like_words(few->word[i], many->word[j]) != wanted)
                    continue;
                few_taken[i] = many_taken[j] = true;
                pairing.found[wanted]++;
                if (few->word[i].size < FORGIVEN_FROM || many->word[j].size < FORGIVEN_FROM)
                    continue;
                pairing.word_known = true;
                pairing.word_shared = pairing.word_shared || wanted == NAMES_EQUAL;
            }
        }
    }
    return pairing;
}

/* Whether `a` is `b` but for where words end, begun at some word of `b`. */
static bool is_turned(const struct name_words *a, const struct name_words *b)
{
    if (a->size != b->size) return false;
    for (size_t i = 0; i < b->count; i++) {
        size_t head = (size_t)(b->word[i].text - b->letters), tail = b->size - head;
        if (memcmp(a->letters, b->letters + head, tail) == 0 &&
            memcmp(a->letters + tail, b->letters, head) == 0)
            return true;
    }
    return false;
}

/* Whether only spaces differ, in either order of the names: Abdelhakim and Abdel Hakim.
 * Words as they stand, not in order. */
static bool only_spaces_differ(const struct name_words *a, const struct name_words *b)
{
    return is_turned(a, b) || is_turned(b, a);
}

/* Pairs may come out otherwise from the other side: one side is always the first. */
static bool comes_first(const struct name_words *a, const struct name_words *b)
{
    if (a->count != b->count) return a->count < b->count;
    if (a->size != b->size) return a->size < b->size;
    return memcmp(a->letters, b->letters, a->size) <= 0;
}

static enum likeness like_sorted(const struct name_words *a, const struct name_words *b)
{
    if (!comes_first(a, b)) return like_sorted(b, a);
    struct pairing pairing = pair_words(a, b);
    size_t near = pairing.found[NAMES_NEAR], variant = pairing.found[NAMES_VARIANT];
    size_t paired = pairing.found[NAMES_EQUAL] + variant + near;
    if (paired == a->count && a->count == b->count && near == 0)
        return variant ? NAMES_VARIANT : NAMES_EQUAL;
    if (paired == a->count && a->count >= 2 && pairing.word_known) return NAMES_NEAR;
    return pairing.word_shared ? NAMES_SHARE : NAMES_OTHER;
}

static enum likeness like_names(const char *a, const char *b)
{
    struct name_words of_a, of_b;
    name_words_of(&of_a, a, false);
    name_words_of(&of_b, b, false);
    if (of_a.count == 0 || of_b.count == 0) return NAMES_OTHER;
    bool spaces = only_spaces_differ(&of_a, &of_b);
    name_words_sort(&of_a);
    name_words_sort(&of_b);
    if (name_words_equal(&of_a, &of_b)) return NAMES_EQUAL;
    enum likeness plain = spaces ? NAMES_VARIANT : like_sorted(&of_a, &of_b);

    struct name_words spelled_a, spelled_b;
    name_words_of(&spelled_a, a, true);
    name_words_of(&spelled_b, b, true);
    name_words_sort(&spelled_a);
    name_words_sort(&spelled_b);
    bool spelled = name_words_equal(&spelled_a, &spelled_b) ||
                   name_words_equal(&of_a, &spelled_b) ||
                   name_words_equal(&spelled_a, &of_b);
    return spelled ? NAMES_EQUAL : plain;
}

/* --- births -------------------------------------------------------------------------- */

enum birth { BORN_ON_DAY, BORN_IN_YEAR, BORN_SLIP, BORN_UNTOLD, BORN_APART, BIRTHS };

static int year_of_birth(const struct har_person *p)
{
    return p->born_day != HAR_NO_DAY ? har_date_of(p->born_day).year : p->born_year;
}

static bool is_real_day(const struct har_person *p)
{
    if (p->born_day == HAR_NO_DAY) return false;
    struct har_date date = har_date_of(p->born_day);
    return date.month != 1 || date.day != 1;
}

/* As DDMMYYYY, so that a slip of one key is one digit. */
static unsigned digits_apart(struct har_date a, struct har_date b)
{
    int of_a = (a.day * 100 + a.month) * 10000 + a.year;
    int of_b = (b.day * 100 + b.month) * 10000 + b.year;
    unsigned apart = 0;
    for (; of_a || of_b; of_a /= 10, of_b /= 10) apart += of_a % 10 != of_b % 10;
    return apart;
}

static enum birth compare_births(const struct har_person *a, const struct har_person *b)
{
    int year_a = year_of_birth(a), year_b = year_of_birth(b);
    if (year_a == 0 || year_b == 0) return BORN_UNTOLD;
    if (!is_real_day(a) || !is_real_day(b)) {
        if (year_a == year_b) return BORN_IN_YEAR;
        return year_a - year_b == 1 || year_b - year_a == 1 ? BORN_SLIP : BORN_APART;
    }
    if (a->born_day == b->born_day) return BORN_ON_DAY;
    struct har_date of_a = har_date_of(a->born_day), of_b = har_date_of(b->born_day);
    bool exchanged =
        of_a.year == of_b.year && of_a.day == of_b.month && of_a.month == of_b.day;
    return exchanged || digits_apart(of_a, of_b) == 1 ? BORN_SLIP : BORN_APART;
}

/* --- nations ------------------------------------------------------------------------- */

enum nation { NATION_SAME, NATION_KIN, NATION_UNTOLD, NATION_OTHER, NATIONS };

/* Groups of nations of which one runner may have been several without moving, and codes of
 * the sport beside those of ISO 3166. A nation may be in several. */
static const char *const kin[] = {
    "URS EUN CIS RUS UKR BLR KAZ UZB GEO ARM AZE MDA KGZ TJK TKM LTU LAT LVA EST ANA ROC",
    "GER FRG GDR DEU BRD DDR",
    "TCH CZE SVK BOH",
    "YUG SCG SRB MNE CRO HRV SLO SVN BIH MKD KOS",
    "ETH ERI",
    "SUD SDN SSD",
    "RHO ZIM ZWE",
    "GBR ENG SCO WAL NIR",
    "NIR IRL",
    "AHO CUR NED NLD ARU",
    "ZAI COD",
    "VOL BUR BFA",
    "CEY SRI LKA",
    "BIR MYA MMR",
    "NED NLD",
    "SUI CHE",
    "RSA ZAF",
    "POR PRT",
    "DEN DNK",
    "GRE GRC",
    "BUL BGR",
    "ALG DZA",
    "CHI CHL",
    "KSA SAU",
    "TAN TZA",
    "BOT BWA",
    "LES LSO",
    "NGR NGA",
    "PHI PHL",
    "MAS MYS",
    "INA IDN",
    "IRI IRN",
    "UAE ARE",
    "PUR PRI",
    "URU URY",
    "PAR PRY",
    "CRC CRI",
    "GUA GTM",
    "HON HND",
    "ZAM ZMB",
    "MAW MWI",
    "ANG AGO",
    "MAD MDG",
    "MRI MUS",
    "BRN BHR",
    "KUW KWT",
    "OMA OMN",
    "VIE VNM",
    "MGL MNG",
    "TPE TWN",
    "MON MCO",
};

static bool is_among(const char *codes, const char *code)
{
    size_t size = strlen(code);
    for (const char *at = strstr(codes, code); at && size == 3; at = strstr(at + 1, code))
        if ((at == codes || at[-1] == ' ') && (at[3] == ' ' || at[3] == '\0')) return true;
    return false;
}

static enum nation compare_nations(const char *a, const char *b)
{
    if (!a || !b || !*a || !*b) return NATION_UNTOLD;
    if (strcmp(a, b) == 0) return NATION_SAME;
    for (size_t i = 0; i < COUNT(kin); i++)
        if (is_among(kin[i], a) && is_among(kin[i], b)) return NATION_KIN;
    return NATION_OTHER;
}

/* --- the verdict --------------------------------------------------------------------- */

#define S HAR_PERSON_SAME
#define D HAR_PERSON_DOUBTFUL
#define O HAR_PERSON_OTHER
/* By name, birth, and nation: the same, kin, untold, another. */
static const enum har_person_verdict rules[LIKENESSES][BIRTHS][NATIONS] = {
    [NAMES_EQUAL] = {[BORN_ON_DAY] = {S, S, S, S},
                     [BORN_IN_YEAR] = {S, D, D, D},
                     [BORN_SLIP] = {D, D, D, O},
                     [BORN_UNTOLD] = {D, D, D, D},
                     [BORN_APART] = {O, O, O, O}},
    [NAMES_VARIANT] = {[BORN_ON_DAY] = {S, D, D, D},
                       [BORN_IN_YEAR] = {D, D, D, O},
                       [BORN_SLIP] = {D, O, O, O},
                       [BORN_UNTOLD] = {D, O, D, O},
                       [BORN_APART] = {O, O, O, O}},
    [NAMES_NEAR] = {[BORN_ON_DAY] = {D, D, D, D},
                    [BORN_IN_YEAR] = {D, O, O, O},
                    [BORN_SLIP] = {O, O, O, O},
                    [BORN_UNTOLD] = {D, O, O, O},
                    [BORN_APART] = {O, O, O, O}},
    [NAMES_SHARE] = {[BORN_ON_DAY] = {D, D, O, O},
                     [BORN_IN_YEAR] = {O, O, O, O},
                     [BORN_SLIP] = {O, O, O, O},
                     [BORN_UNTOLD] = {O, O, O, O},
                     [BORN_APART] = {O, O, O, O}},
    [NAMES_OTHER] = {[BORN_ON_DAY] = {O, O, O, O},
                     [BORN_IN_YEAR] = {O, O, O, O},
                     [BORN_SLIP] = {O, O, O, O},
                     [BORN_UNTOLD] = {O, O, O, O},
                     [BORN_APART] = {O, O, O, O}},
};
#undef S
#undef D
#undef O

static const char *const likeness_words[LIKENESSES] = {
    [NAMES_EQUAL] = "the same name",       [NAMES_VARIANT] = "a variant of the name",
    [NAMES_NEAR] = "nearly the same name", [NAMES_SHARE] = "one name in common",
    [NAMES_OTHER] = "another name",
};
static const char *const birth_words[BIRTHS] = {
    [BORN_ON_DAY] = "born on the same day",
    [BORN_IN_YEAR] = "born in the same year",
    [BORN_SLIP] = "births that differ as by a slip",
    [BORN_UNTOLD] = "births not told",
    [BORN_APART] = "other births",
};
static const char *const nation_words[NATIONS] = {
    [NATION_SAME] = "of the same nation",
    [NATION_KIN] = "of nations that one may follow the other",
    [NATION_UNTOLD] = "nations not told",
    [NATION_OTHER] = "of different nations",
};

enum ids { IDS_UNTOLD, IDS_SAME, IDS_DIFFER };

static enum ids compare_ids(const struct har_person *a, const struct har_person *b)
{
    bool told = a->id && b->id && *a->id && *b->id && a->maker && b->maker;
    if (!told || strcmp(a->maker, b->maker) != 0) return IDS_UNTOLD;
    return strcmp(a->id, b->id) == 0 ? IDS_SAME : IDS_DIFFER;
}

static void say(struct har_text *why, const char *before, const char *clause)
{
    if (!why) return;
    har_text_add(why, before);
    har_text_add(why, clause);
}

static enum har_person_verdict one_worse(enum har_person_verdict verdict)
{
    return verdict == HAR_PERSON_SAME ? HAR_PERSON_DOUBTFUL : HAR_PERSON_OTHER;
}

enum har_person_verdict har_person_compare(const struct har_person *a,
                                           const struct har_person *b, struct har_text *why)
{
    enum birth birth = compare_births(a, b);
    enum ids ids = compare_ids(a, b);
    /* Most of whom a key brings together; no name can help them. */
    if (birth == BORN_APART && ids != IDS_SAME && !why) return HAR_PERSON_OTHER;
    enum likeness likeness = like_names(a->name, b->name);
    enum nation nation = compare_nations(a->nation, b->nation);
    bool sexes_differ = a->sex != HAR_UNTOLD && b->sex != HAR_UNTOLD && a->sex != b->sex;

    say(why, "", likeness_words[likeness]);
    say(why, ", ", birth_words[birth]);
    say(why, ", ", nation_words[nation]);
    enum har_person_verdict verdict = rules[likeness][birth][nation];
    if (ids == IDS_SAME) {
        say(why, ", ", "one id");
        verdict = birth == BORN_APART ? HAR_PERSON_DOUBTFUL : HAR_PERSON_SAME;
    } else if (ids == IDS_DIFFER) {
        say(why, ", ", "two ids of one maker");
        verdict = one_worse(verdict);
    }
    if (sexes_differ) {
        say(why, ", ", "a man and a woman");
        verdict = one_worse(verdict);
    }
    return verdict;
}

const char *har_person_verdict_name(enum har_person_verdict verdict)
{
    static const char *const names[] = {"same", "doubtful", "other"};
    return names[verdict];
}

struct har_person har_person_of(const struct har_result *result, const char *maker)
{
    return (struct har_person){.name = result->athlete,
                               .id = result->id,
                               .maker = maker,
                               .nation = result->nation,
                               .sex = result->sex,
                               .born_day = result->born_day,
                               .born_year = result->born_year};
}
