/* SPDX-License-Identifier: MIT */
/* Names -> words that can be compared.
 *
 * Letters of the Latin blocks lose case and accents by tables made from Unicode's
 * decompositions; what has none (ø, ł, đ, ð, ı) goes by how English results write it, and a
 * few become two letters. Spelled out, ä ö ü å ø are ae oe ue aa oe, as German and Nordic
 * names stand where the letter is not to be had. Accents that stand by themselves are
 * dropped: some file systems and programs write é as e and an accent. Cyrillic and Greek
 * lose their case and are else left as they are: to write them in Latin letters there is a
 * way for each language, and no sheet says which it took.
 *
 * An apostrophe is nothing (O'Brien is OBrien), a hyphen is a space: Abdi-Rahman is also
 * written apart. */

#include "words.h"

#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* '*': see `doubles`; ' ': no letter. */
static const struct letters {
    uint32_t first, last;
    const char *plain;
} blocks[] = {
    {0xc0, 0x17f,
     "aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y"
     "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
     "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"},
    {0x200, 0x21b, "aaaaeeeeiiiioooorrrruuuusstt"},
    {0x1e00, 0x1eff,
     "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
     "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
     "wwwwwwwwwwxxxxyyzzzzzzhtwyas****aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
     "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy******"},
};

static const struct double_letter {
    uint32_t small, capital;
    const char *plain;
    bool when_spelled; /* else always */
} doubles[] = {
    {0xe6, 0xc6, "ae", false},   {0xdf, 0x1e9e, "ss", false}, {0xfe, 0xde, "th", false},
    {0x153, 0x152, "oe", false}, {0x133, 0x132, "ij", false}, {0xe4, 0xc4, "ae", true},
    {0xf6, 0xd6, "oe", true},    {0xfc, 0xdc, "ue", true},    {0xe5, 0xc5, "aa", true},
    {0xf8, 0xd8, "oe", true},
};

/* The first code point of `name`, which has one; what is no UTF-8 is taken byte by byte for
 * Latin-1. */
static uint32_t next_point(const unsigned char **name)
{
    const unsigned char *at = *name;
    unsigned more = at[0] >= 0xf0 ? 3 : at[0] >= 0xe0 ? 2 : at[0] >= 0xc2 ? 1 : 0;
    uint32_t point = at[0];
    if (more) point &= 0x3fu >> more;
    for (unsigned i = 1; i <= more; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            *name = at + 1;
            return at[0];
        }
        point = point << 6 | (at[i] & 0x3fu);
    }
    *name = at + 1 + more;
    return point;
}

static const char *double_of(uint32_t point, bool spelled)
{
    for (size_t i = 0; i < COUNT(doubles); i++)
        if ((doubles[i].small == point || doubles[i].capital == point) &&
            (spelled || !doubles[i].when_spelled))
            return doubles[i].plain;
    return NULL;
}

static char plain_of(uint32_t point)
{
    for (size_t i = 0; i < COUNT(blocks); i++)
        if (point >= blocks[i].first && point <= blocks[i].last)
            return blocks[i].plain[point - blocks[i].first];
    return '*';
}

static bool is_nothing(uint32_t point)
{
    return point == '\'' || point == '`' || point == 0xb4 || point == 0x2bc ||
           point == 0x2018 || point == 0x2019 || (point >= 0x300 && point <= 0x36f);
}

static bool is_space(uint32_t point)
{
    return point < 0xaa || (point > 0xaa && point < 0xba) ||
           (point > 0xba && point < 0xc0) || (point >= 0x2000 && point <= 0x206f) ||
           point == 0x3000 || point == 0xfeff;
}

/* A letter of another script, small where that is easy. */
static uint32_t other_small(uint32_t point)
{
    if (point >= 0x410 && point <= 0x42f) return point + 0x20;
    if (point >= 0x400 && point <= 0x40f) return point + 0x50;
    if (point >= 0x391 && point <= 0x3a9) return point + 0x20;
    return point;
}

static size_t put_point(uint32_t point, char out[4])
{
    unsigned more = point >= 0x10000 ? 3 : point >= 0x800 ? 2 : point >= 0x80 ? 1 : 0;
    if (!more) {
        out[0] = (char)point;
        return 1;
    }
    for (unsigned i = more; i > 0; i--, point >>= 6) out[i] = (char)(0x80 | (point & 0x3f));
    out[0] = (char)((0xff00 >> (more + 1) & 0xff) | point);
    return more + 1;
}

/* What a letter becomes, and its size; 0 where a word ends. */
static size_t folded(uint32_t point, bool spelled, char out[4])
{
    if (point < 0x80) {
        bool capital = point >= 'A' && point <= 'Z';
        bool letter = capital || (point >= 'a' && point <= 'z');
        out[0] = (char)(capital ? point - 'A' + 'a' : point);
        return letter || (point >= '0' && point <= '9');
    }
    const char *two = double_of(point, spelled);
    if (two) {
        memcpy(out, two, 2);
        return 2;
    }
    out[0] = plain_of(point);
    if (out[0] == '*') return is_space(point) ? 0 : put_point(other_small(point), out);
    return out[0] != ' ';
}

void name_words_of(struct name_words *out, const char *name, bool spelled)
{
    out->size = out->count = 0;
    bool within = false;
    for (const unsigned char *at = (const unsigned char *)name; at && *at;) {
        uint32_t point = next_point(&at);
        if (is_nothing(point)) continue;
        char letter[4];
        size_t size = folded(point, spelled, letter);
        if (!size) within = false;
        if (!size) continue;
        if (out->size + size > NAME_ROOM) return;
        if (!within && out->count == NAME_WORDS) return;
        if (!within)
            out->word[out->count++] = (struct name_word){out->letters + out->size, 0};
        within = true;
        memcpy(out->letters + out->size, letter, size);
        out->size += size;
        out->word[out->count - 1].size += size;
    }
}

static int compare_words(struct name_word a, struct name_word b)
{
    int order = memcmp(a.text, b.text, a.size < b.size ? a.size : b.size);
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

void name_words_sort(struct name_words *words)
{
    for (size_t i = 1; i < words->count; i++) {
        struct name_word moved = words->word[i];
        size_t at = i;
        for (; at > 0 && compare_words(words->word[at - 1], moved) > 0; at--)
            words->word[at] = words->word[at - 1];
        words->word[at] = moved;
    }
}

bool name_word_equal(struct name_word a, struct name_word b)
{
    return a.size == b.size && memcmp(a.text, b.text, a.size) == 0;
}

bool name_words_equal(const struct name_words *a, const struct name_words *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++)
        if (!name_word_equal(a->word[i], b->word[i])) return false;
    return true;
}

/* --- skeletons ----------------------------------------------------------------------- */

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiouyj", c) != NULL;
}

/* Letters that stand for each other from one spelling to the next. */
static char sound_of(char c)
{
    static const char from[] = "cqzw", to[] = "kksv";
    const char *at = c ? strchr(from, c) : NULL;
    return at ? to[at - from] : c;
}

/* Vowels differ most from spelling to spelling (Yusuf, Youssef, Jusuf), so that of them
 * only a first one is kept, and not which; then doubled letters, and h after anything but
 * nothing (Mohamed, Mohammed; Kiprotich, Kiprotic). With `vowels` these are kept, y and j
 * as i. */
static size_t add_sounds(struct name_word word, bool vowels, char *out, size_t room)
{
    size_t size = 0;
    for (size_t i = 0; i < word.size && size < room; i++) {
        char c = word.text[i], before = i ? word.text[i - 1] : '\0';
        if (is_vowel(c) && vowels) {
            if (c != before) out[size++] = c == 'y' || c == 'j' ? 'i' : c;
        } else if (is_vowel(c)) {
            if (i == 0) out[size++] = 'a';
        } else if (i == 0) {
            out[size++] = sound_of(c);
            if (c == 'p' && word.size > 1 && word.text[1] == 'h') out[0] = 'f';
        } else if (c == 'h') {
            if (before == 'p') out[size - 1] = 'f';
        } else if (sound_of(c) != sound_of(before)) {
            out[size++] = sound_of(c);
        }
    }
    return size;
}

size_t name_skeleton(struct name_word word, char *out, size_t room)
{
    return add_sounds(word, false, out, room);
}

static bool sounds_equal(struct name_word a, struct name_word b, bool vowels, size_t *size)
{
    char of_a[NAME_ROOM], of_b[NAME_ROOM];
    *size = add_sounds(a, vowels, of_a, sizeof of_a);
    size_t b_size = add_sounds(b, vowels, of_b, sizeof of_b);
    return *size == b_size && memcmp(of_a, of_b, b_size) == 0;
}

bool name_sounds_equal(struct name_word a, struct name_word b)
{
    size_t size;
    return sounds_equal(a, b, true, &size);
}

bool name_skeletons_equal(struct name_word a, struct name_word b)
{
    size_t size;
    bool equal = sounds_equal(a, b, false, &size);
    return equal && size >= 3;
}
