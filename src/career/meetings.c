/* SPDX-License-Identifier: MIT */
/* Who beat whom.
 *
 * A meeting is a race that both have a mark in. Statisticians count finals only: a heat is
 * run to get through. Lists write heats h1, semi-finals s1 or sf1, quarter-finals q or qf,
 * preliminaries pr; f, f2, r1 and rB are races that lead nowhere, sections of a final among
 * them, and a round that is not told is taken for one. A heat does not count when the two
 * met in no final either, for who won a heat says nothing: that is simpler than the custom
 * of some, and never depends on a row that is not there.
 *
 * The place decides: it is the judges' word where times are equal to the hundredth, and on
 * the road where one started behind. Without both places the time does, in thousandths if
 * it is known so. One place and two times are two races of one meeting that nobody told
 * apart: not counted, and said so. */

#include "harrier/career.h"

#include <stdlib.h>
#include <string.h>

bool har_round_is_heat(const char *round)
{
    static const char *const heats[] = {"h", "s", "q", "pr", "sf", "qf"};
    if (!round) return false;
    size_t letters = 0;
    while ((round[letters] | 0x20) >= 'a' && (round[letters] | 0x20) <= 'z') letters++;
    for (size_t i = 0; i < sizeof heats / sizeof heats[0]; i++) {
        bool same = strlen(heats[i]) == letters;
        for (size_t j = 0; same && j < letters; j++)
            same = (round[j] | 0x20) == heats[i][j];
        if (same) return true;
    }
    return false;
}

/* The rows that can meet others, in order of race. */
struct meeter {
    const struct har_listed **row;
    size_t count;
};

static int by_race(const void *a, const void *b)
{
    const struct har_listed *one = *(const struct har_listed *const *)a;
    const struct har_listed *other = *(const struct har_listed *const *)b;
    int order = (one->race > other->race) - (one->race < other->race);
    return order ? order : har_listed_compare(one, other);
}

static bool meeter_of(const struct har_listed *row, size_t count, struct har_arena *arena,
                      struct meeter *out)
{
    out->row = HAR_NEW(arena, const struct har_listed *, count);
    out->count = 0;
    for (size_t i = 0; i < count && out->row; i++)
        if (row[i].race && row[i].mark.time_ms > 0 && !(row[i].caveats & HAR_EN_ROUTE))
            out->row[out->count++] = &row[i];
    if (out->row && out->count) qsort(out->row, out->count, sizeof *out->row, by_race);
    return out->row != NULL;
}

enum { CLEAR_A = 0, CLEAR_B = 1, UNCLEAR = 2 };

static int winner_of(const struct har_listed *a, const struct har_listed *b)
{
    int64_t ahead = a->mark.time_ms - b->mark.time_ms;
    if (a->place && b->place) {
        if (a->place == b->place) return ahead == 0 ? HAR_UNTOLD : UNCLEAR;
        return a->place < b->place ? CLEAR_A : CLEAR_B;
    }
    return ahead == 0 ? HAR_UNTOLD : ahead < 0 ? CLEAR_A : CLEAR_B;
}

static void count_meeting(const struct har_listed *a, const struct har_listed *b,
                          struct har_meeting *meeting, struct har_meetings *out)
{
    int winner = winner_of(a, b);
    if (har_round_is_heat(a->round) || har_round_is_heat(b->round)) {
        out->heats++;
    } else if (winner == UNCLEAR) {
        out->unclear++;
    } else {
        meeting[out->count++] = (struct har_meeting){a, b, winner};
        out->wins += winner == CLEAR_A;
        out->losses += winner == CLEAR_B;
        out->ties += winner == HAR_UNTOLD;
    }
}

static int by_meeting_day(const void *a, const void *b)
{
    const struct har_listed *one = ((const struct har_meeting *)a)->a;
    const struct har_listed *other = ((const struct har_meeting *)b)->a;
    int order = (one->day > other->day) - (one->day < other->day);
    return order ? order : (one->race > other->race) - (one->race < other->race);
}

/* The row after those of the same race: a second mark in one race is a double, or one on
 * the way that nobody marked as such, and the faster stands. */
static size_t after_race(const struct meeter *m, size_t at)
{
    uint64_t race = m->row[at]->race;
    while (at < m->count && m->row[at]->race == race) at++;
    return at;
}

har_status har_career_meetings(const struct har_listed *a, size_t a_count,
                               const struct har_listed *b, size_t b_count,
                               struct har_arena *arena, struct har_meetings *out,
                               struct har_error *err)
{
    struct meeter of_a, of_b;
    struct har_meetings found = {0};
    struct har_meeting *meeting =
        HAR_NEW(arena, struct har_meeting, a_count < b_count ? a_count : b_count);
    if (!meeter_of(a, a_count, arena, &of_a) || !meeter_of(b, b_count, arena, &of_b) ||
        !meeting)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory for meetings");
    for (size_t i = 0, j = 0; i < of_a.count && j < of_b.count;) {
        const struct har_listed *one = of_a.row[i], *other = of_b.row[j];
        if (one->race == other->race) count_meeting(one, other, meeting, &found);
        uint64_t race_a = one->race, race_b = other->race;
        if (race_a <= race_b) i = after_race(&of_a, i);
        if (race_b <= race_a) j = after_race(&of_b, j);
    }
    if (found.count) qsort(meeting, found.count, sizeof *meeting, by_meeting_day);
    found.meeting = meeting;
    *out = found;
    return HAR_OK;
}
