/* SPDX-License-Identifier: MIT */
/* What was done, beside the runner's own weeks.
 *
 * A break is missed training where it is longer than each of the eight weeks before it and
 * three times the usual distance between two days with a session: one who runs every day is
 * missed on the fourth, one who runs on weekends on the eleventh. Six days with a session
 * make a rhythm. The leap of the longest run is the one that went with injuries in 5,205
 * runners (see form.c). The ratio of the week's load to that of the weeks before went with
 * none there; a week far above all of them is shown as what it is, a heavy week. The shares
 * and spans are conventions of ours. */

#include "concerns.h"

#include "harrier/num.h"

#include <math.h>

enum {
    SILENT_DAYS = 28,
    RHYTHM_DAYS = 56,
    LEAST_RHYTHM = 6,
    LEAST_BREAK = 3,
    WEEK_DAYS = 7,
    WEEKS_BEFORE = 8,
    LEAST_WEEKS = 4,
    LIGHT_WEEKS = 4,
    YEAR_DAYS = 365,
    LEAST_OF_YEAR = 90,
    RACED_DAYS = 3,
    RACE_EXPLAINS_DAYS = 14,
};
#define BREAK_RATIO 3.0
#define SPIKE_OVER 1.10
#define HEAVY_RATIO 1.3
#define LIGHT_RATIO 0.5
#define DEEP_QUANTILE 0.05
#define DEEP_SHARE 0.2
#define FOUNDED 0.6 /* of the fitness, before a form says anything */

/* That day; NULL where nothing was known yet. */
static const struct har_form_day *form_day(const struct har_watched *w, int64_t day)
{
    if (w->form->day_count == 0) return NULL;
    int64_t at = day - w->form->days[0].day;
    return at >= 0 && at < (int64_t)w->form->day_count ? w->form->days + at : NULL;
}

static bool has_session(const struct har_watched *w, int64_t day)
{
    const struct har_form_day *d = form_day(w, day);
    return d && d->sessions > 0;
}

/* The last day with a session; HAR_NO_DAY. */
static int64_t last_session(const struct har_watched *w)
{
    for (size_t i = w->form->day_count; i-- > 0;)
        if (w->form->days[i].sessions > 0 && w->form->days[i].day <= w->today)
            return w->form->days[i].day;
    return HAR_NO_DAY;
}

/* How the eight weeks up to a day with a session went. */
struct rhythm {
    unsigned days;   /* with a session */
    double every;    /* so many days one */
    int64_t longest; /* from one to the next */
};

static struct rhythm rhythm_to(const struct har_watched *w, int64_t last)
{
    struct rhythm r = {.days = 1};
    int64_t next = last;
    for (int64_t day = last - 1; day > last - RHYTHM_DAYS; day--) {
        if (!has_session(w, day)) continue;
        if (next - day > r.longest) r.longest = next - day;
        next = day;
        r.days++;
    }
    r.every = r.days > 1 ? (double)(last - next) / (r.days - 1) : (double)NAN;
    return r;
}

static bool is_missed(const struct har_watched *w, int64_t *quiet, struct rhythm *rhythm)
{
    int64_t last = last_session(w);
    if (last == HAR_NO_DAY) return false;
    *quiet = w->today - last;
    *rhythm = rhythm_to(w, last);
    return *quiet < SILENT_DAYS && rhythm->days >= LEAST_RHYTHM && *quiet > LEAST_BREAK &&
           *quiet > rhythm->longest && (double)*quiet >= BREAK_RATIO * rhythm->every;
}

bool concern_missed(const struct har_watched *w, struct har_text *because)
{
    struct rhythm rhythm;
    int64_t quiet;
    if (!is_missed(w, &quiet, &rhythm)) return false;
    har_text_format(because,
                    "nothing for %lld days; in the 8 weeks before a session came every ",
                    (long long)quiet);
    har_text_fixed(because, rhythm.every, 1);
    har_text_format(because, " days, never more than %lld apart",
                    (long long)rhythm.longest);
    return true;
}

bool concern_silent(const struct har_watched *w, struct har_text *because)
{
    int64_t last = last_session(w);
    if (last != HAR_NO_DAY && w->today - last < SILENT_DAYS) return false;
    if (last == HAR_NO_DAY) {
        har_text_add(because, "no session is kept");
        return true;
    }
    har_text_format(because, "nothing is kept of the last %lld days",
                    (long long)(w->today - last));
    return true;
}

bool concern_spike(const struct har_watched *w, struct har_text *because)
{
    const struct har_form_day *worst = NULL;
    for (int64_t day = w->today - WEEK_DAYS + 1; day <= w->today; day++) {
        const struct har_form_day *d = form_day(w, day);
        if (d && d->spike > SPIKE_OVER && (!worst || d->spike > worst->spike)) worst = d;
    }
    if (!worst) return false;
    har_text_fixed(because, worst->longest_m / 1000, 1);
    har_text_add(because, " km on ");
    har_text_date(because, worst->day);
    har_text_add(because, ", ");
    har_text_fixed(because, worst->spike, 2);
    har_text_add(because,
                 " times the longest of the 30 days before; such leaps went with ");
    har_text_fixed(because, har_spike_hazard(worst->spike), 2);
    har_text_add(because, " times the injuries");
    return true;
}

static double week_load(const struct har_watched *w, int64_t weeks_ago)
{
    const struct har_form_day *d = form_day(w, w->today - WEEK_DAYS * weeks_ago);
    return d ? d->week_load : (double)NAN;
}

bool concern_week(const struct har_watched *w, struct har_text *because)
{
    double most = 0, now = week_load(w, 0);
    unsigned known = 0;
    for (int64_t i = 1; i <= WEEKS_BEFORE; i++) {
        double load = week_load(w, i);
        if (isnan(load)) continue;
        known++;
        most = fmax(most, load);
    }
    if (known < LEAST_WEEKS || !(most > 0) || !(now > HEAVY_RATIO * most)) return false;
    har_text_add(because, "a load of ");
    har_text_fixed(because, now, 0);
    har_text_add(because, " in 7 days; the heaviest of the 8 weeks before had ");
    har_text_fixed(because, most, 0);
    return true;
}

static bool race_explains(const struct har_watched *w)
{
    const struct har_form_day *d = form_day(w, w->today);
    if (d && d->races_14 > 0) return true;
    for (size_t i = 0; i < w->race_count; i++)
        if (w->races[i].day >= w->today && w->races[i].day <= w->today + RACE_EXPLAINS_DAYS)
            return true;
    return false;
}

bool concern_light(const struct har_watched *w, struct har_text *because)
{
    double sum = 0, now = week_load(w, 0);
    struct rhythm rhythm;
    int64_t quiet;
    for (int64_t i = 1; i <= LIGHT_WEEKS; i++) sum += week_load(w, i);
    double usual = sum / LIGHT_WEEKS;
    if (!(now < LIGHT_RATIO * usual) || race_explains(w) || is_missed(w, &quiet, &rhythm))
        return false;
    har_text_add(because, "a load of ");
    har_text_fixed(because, now, 0);
    har_text_add(because, " in 7 days; the 4 weeks before had ");
    har_text_fixed(because, usual, 0);
    har_text_add(because, " each, and no race explains it");
    return true;
}

bool concern_tired(const struct har_watched *w, struct har_text *because)
{
    const struct har_form_day *now = form_day(w, w->today);
    double own[YEAR_DAYS];
    size_t count = 0;
    if (!now || now->known < FOUNDED || !(now->form < -DEEP_SHARE * now->fitness))
        return false;
    for (int64_t day = w->today - YEAR_DAYS; day < w->today; day++) {
        const struct har_form_day *d = form_day(w, day);
        if (d && d->known >= FOUNDED) own[count++] = d->form;
    }
    if (count < LEAST_OF_YEAR || now->form > har_quantile(own, count, DEEP_QUANTILE))
        return false;
    har_text_add(because, "form ");
    har_text_fixed(because, now->form, 0);
    har_text_add(because, " at a fitness of ");
    har_text_fixed(because, now->fitness, 0);
    har_text_add(because, ", as deep as on one day in twenty of the last year");
    return true;
}

bool concern_raced(const struct har_watched *w, struct har_text *because)
{
    for (int64_t ago = 0; ago <= RACED_DAYS; ago++) {
        const struct har_form_day *d = form_day(w, w->today - ago);
        if (!d || d->races == 0) continue;
        har_text_add(because, "raced on ");
        har_text_date(because, d->day);
        if (d->races_28 > 1) har_text_format(because, ", %u races in 28 days", d->races_28);
        return true;
    }
    return false;
}
