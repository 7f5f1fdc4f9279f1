/* SPDX-License-Identifier: MIT */
/* The rules: conventions that coaches share more or less, and our choice among them; none
 * is measured to be better than its neighbours. The threshold's repetitions grow from the
 * base on and turn to race pace where the race is half a marathon or longer; the fast ones
 * begin short and quick and grow towards the race's own pace. RPE is for where no pace
 * holds. */

#include "recipe.h"

#include <math.h>

enum { BASE, BUILD, SPECIFIC, STAGES };

/* Races of up to so many metres. */
static const struct row {
    double race_m;
    struct recipe threshold[STAGES], fast[STAGES];
} rows[] = {
    {2000,
     {{0, 360, NULL, 97, 101, 60, "6-7"},
      {0, 360, NULL, 98, 102, 60, "6-7"},
      {0, 360, NULL, 98, 102, 60, "6-7"}},
     {{200, 0, "1500", 99, 103, 60, "8-9"},
      {400, 0, "1500", 98, 102, 90, "8-9"},
      {300, 0, "", 99, 102, 180, "9"}}},
    {5000,
     {{0, 360, NULL, 97, 101, 60, "6-7"},
      {0, 480, NULL, 97, 101, 75, "6-7"},
      {0, 480, NULL, 98, 102, 75, "6-7"}},
     {{300, 0, "3000", 98, 102, 60, "8"},
      {600, 0, "3000", 98, 102, 90, "8"},
      {1000, 0, "", 99, 102, 150, "8-9"}}},
    {15000,
     {{0, 360, NULL, 97, 101, 60, "6-7"},
      {0, 480, NULL, 97, 101, 75, "6-7"},
      {0, 600, NULL, 97, 101, 90, "6-7"}},
     {{400, 0, "5000", 98, 102, 60, "8"},
      {1000, 0, "5000", 98, 102, 120, "8"},
      {1600, 0, "", 99, 102, 120, "8"}}},
    {30000,
     {{0, 360, NULL, 97, 101, 60, "6-7"},
      {0, 600, NULL, 96, 100, 90, "6-7"},
      {3000, 0, "HM", 98, 101, 90, "6-7"}},
     {{400, 0, "5000", 98, 102, 60, "8"},
      {1000, 0, "5000", 98, 102, 120, "8"},
      {1600, 0, "10K", 98, 102, 120, "8"}}},
    {INFINITY,
     {{0, 360, NULL, 97, 101, 60, "6-7"},
      {0, 720, NULL, 95, 99, 90, "6"},
      {5000, 0, "MAR", 98, 101, 120, "5-6"}},
     {{400, 0, "5000", 98, 102, 60, "8"},
      {1000, 0, "5000", 97, 101, 120, "8"},
      {2000, 0, "10K", 97, 101, 120, "7-8"}}},
};

static const struct recipe steady_end = {0, 0, "MAR", 96, 100, 0, "5-6"};
#define LONG_RACE_M 16000.0

static unsigned stage_of(enum har_phase phase)
{
    if (phase == HAR_PHASE_BASE || phase == HAR_PHASE_RECOVERY) return BASE;
    return phase == HAR_PHASE_BUILD ? BUILD : SPECIFIC;
}

static const struct row *row_of(double race_m)
{
    const struct row *row = rows;
    while (race_m > row->race_m) row++;
    return row;
}

const struct recipe *recipe_threshold(enum har_phase phase, double race_m)
{
    return &row_of(race_m)->threshold[stage_of(phase)];
}

const struct recipe *recipe_fast(enum har_phase phase, double race_m)
{
    return &row_of(race_m)->fast[stage_of(phase)];
}

const struct recipe *recipe_long(enum har_phase phase, double race_m)
{
    return phase == HAR_PHASE_SPECIFIC && race_m > LONG_RACE_M ? &steady_end : NULL;
}
