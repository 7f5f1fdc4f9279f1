/* SPDX-License-Identifier: MIT */
/* Age grading: what a mark is worth for the age of the runner.
 *
 * A. Jones and T. Bernard, "Age Grading Road Race Tables" 2020 and 2025, for USATF Masters
 * Long Distance Running; World Masters Athletics, "Age Grading" 2023, for the track. A
 * factor is the share of the open standard's speed that an age can run, so the standard of
 * the age is open standard / factor, and the grade is that standard over the time. The
 * seconds that the road tables print beside the factors are wrong in places; the factors
 * are used.
 *
 * Between two distances of a table its authors interpolate the factor in the logarithm of
 * the distance. We do the same with the pace of the open standard: its time would curve too
 * much on the way from 30 km to the marathon. Outside the distances there is no answer. */

#include "tables.h"

#include <math.h>

static const struct age_table *age_table_of(enum har_age_tables tables, enum har_sex sex)
{
    for (size_t i = 0; i < age_tables_count; i++)
        if (age_tables[i].tables == tables && age_tables[i].sex == sex)
            return &age_tables[i];
    return NULL;
}

/* The rows of `event`: the last that is no longer, and the first that is no shorter, among
 * those with barriers or those without. */
struct neighbours {
    const struct age_row *below, *above;
};

static struct neighbours find(const struct age_table *table, const struct har_event *event)
{
    struct neighbours n = {NULL, NULL};
    bool barriers = event->kind == HAR_EVENT_STEEPLECHASE;
    for (size_t i = 0; i < table->count; i++) {
        const struct age_row *row = &table->row[i];
        if ((row->kind == HAR_EVENT_STEEPLECHASE) != barriers) continue;
        if (row->distance_mm <= event->distance_mm) n.below = row;
        if (row->distance_mm >= event->distance_mm && !n.above) n.above = row;
    }
    return n;
}

/* Over barriers the distances are events of their own, and nothing lies between them. */
static bool has_grade(struct neighbours n, const struct har_event *event, int age)
{
    if (!n.below || !n.above) return false;
    if (event->kind == HAR_EVENT_STEEPLECHASE && n.below != n.above) return false;
    return n.below->factor_e4[age - YOUNGEST] && n.above->factor_e4[age - YOUNGEST];
}

static double factor_of(const struct age_row *row, int age)
{
    return row->factor_e4[age - YOUNGEST] / 1e4;
}

/* Milliseconds a millimetre are seconds a metre. */
static double pace_of(const struct age_row *row)
{
    return (double)row->standard_ms / (double)row->distance_mm;
}

static double between(double low, double high, double share)
{
    return low + share * (high - low);
}

static void grade(struct neighbours n, const struct har_event *event, int age,
                  double time_s, struct har_age_grade *out)
{
    double low_mm = (double)n.below->distance_mm, high_mm = (double)n.above->distance_mm;
    double share = n.below == n.above
                       ? 0
                       : log((double)event->distance_mm / low_mm) / log(high_mm / low_mm);
    out->factor = between(factor_of(n.below, age), factor_of(n.above, age), share);
    out->open_standard_s =
        between(pace_of(n.below), pace_of(n.above), share) * event->distance_m;
    out->standard_s = out->open_standard_s / out->factor;
    out->percent = 100 * out->standard_s / time_s;
}

har_status har_age_grade(const struct har_mark *mark, const struct har_event *event,
                         enum har_sex sex, int age, enum har_age_tables tables,
                         struct har_age_grade *out, struct har_error *err)
{
    if (age < YOUNGEST || age > OLDEST)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "the age grades go from %d to %d years, not to %d", (int)YOUNGEST,
                        (int)OLDEST, age);
    const struct age_table *table = age_table_of(tables, sex);
    if (!table)
        return har_fail(err, HAR_OUT_OF_RANGE, 0, "there are no such age grades here");
    struct neighbours n = find(table, event);
    if (!has_grade(n, event, age))
        return har_fail(err, HAR_NO_ANSWER, 0,
                        "these age grades have none over %s for %s of %d", event->code,
                        sex == HAR_MEN ? "men" : "women", age);
    grade(n, event, age, (double)har_mark_official_ms(mark, event) / 1000, out);
    return HAR_OK;
}
