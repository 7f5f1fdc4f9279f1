/* SPDX-License-Identifier: MIT */
/* The way back from a race in words. Days are whole, because nobody feels a tenth of one.
 * What is later is told as so many days later, with its interval the same way round. */

#include "words.h"

#include <math.h>

static void add_sooner(struct har_text *text, double days)
{
    double whole = fabs(round(days));
    if (whole == 0) {
        har_text_add(text, "as soon as");
        return;
    }
    har_text_fixed(text, whole, 0);
    har_text_add(text, whole == 1 ? " day " : " days ");
    har_text_add(text, days > 0 ? "sooner than" : "later than");
}

void har_render_days(struct har_text *text, double days, double low_days, double high_days)
{
    if (isnan(days)) {
        har_text_add(text, "-");
        return;
    }
    har_text_fixed(text, days, 0);
    har_text_add(text, " (");
    har_text_fixed(text, low_days, 0);
    har_text_add(text, " to ");
    har_text_fixed(text, high_days, 0);
    har_text_add(text, ")");
}

static void add_interval(struct har_text *text, const struct har_sooner *sooner)
{
    bool later = round(sooner->days) < 0;
    har_text_fixed(text, later ? -sooner->high_days : sooner->low_days, 0);
    har_text_add(text, " to ");
    har_text_fixed(text, later ? -sooner->low_days : sooner->high_days, 0);
    har_text_add(text, ")");
}

void words_sooner(struct har_text *text, const struct har_beside *beside)
{
    add_sooner(text, beside->sooner.days);
    har_text_add(text, " on ");
    har_text_date(text, beside->earlier.race.day);
    har_text_add(text, " (");
    add_interval(text, &beside->sooner);
}

void har_render_beside(struct har_text *text, const struct har_recovered *race)
{
    const struct har_beside *beside = race->beside;
    if (!beside) return;
    har_text_add(text, "Recovered ");
    add_sooner(text, beside->sooner.days);
    har_text_add(text, " after ");
    if (race->beside_name && *race->beside_name) {
        har_render_name(text, race->beside_name, 60);
        har_text_add(text, " on ");
    } else {
        har_text_add(text, "the race of ");
    }
    har_text_date(text, beside->earlier.race.day);
    har_text_format(text, " (by %s; 80 %%: ", har_sign_name(beside->sign));
    add_interval(text, &beside->sooner);
    har_text_add(text, ".");
}
