/* SPDX-License-Identifier: MIT */

/* A yard is 0.9144 m exactly (international agreement of 1959), so a mile is 1609.344 m and
 * a foot 0.3048 m. Thousands are parted by a comma and the point is a point, whatever the
 * locale. A time under 100 s keeps a tenth; beyond, a watch does not know the tenth. */

#include "words.h"

#include <math.h>

#define MILE_M 1609.344
#define FOOT_M 0.3048
#define SLOWEST_PACE_S_PER_KM 1800.0
#define SHORT_TIME_S 100.0
#define COUNTABLE 1e15

void words_clear(struct har_text *text)
{
    text->size = 0;
    if (text->data) text->data[0] = '\0';
}

static void words_unknown(struct har_text *text)
{
    har_text_add(text, "-");
}

void words_count(struct har_text *text, int64_t count)
{
    if (count < 0) har_text_add(text, "-");
    uint64_t rest = count < 0 ? 0 - (uint64_t)count : (uint64_t)count, unit = 1;
    while (rest / unit >= 1000) unit *= 1000;
    har_text_format(text, "%u", (unsigned)(rest / unit));
    while (unit >= 1000) {
        rest %= unit;
        unit /= 1000;
        har_text_format(text, ",%03u", (unsigned)(rest / unit));
    }
}

/* With `decimals` below 1000, whole and parted above. */
static void words_grouped(struct har_text *text, double value, unsigned decimals)
{
    if (!isfinite(value) || fabs(value) >= COUNTABLE) words_unknown(text);
    else if (fabs(value) >= 999.95) words_count(text, llround(value));
    else har_text_fixed(text, value, decimals);
}

const char *words_far_unit(const struct har_style *style)
{
    return style->imperial ? "mi" : "km";
}

const char *words_high_unit(const struct har_style *style)
{
    return style->imperial ? "ft" : "m";
}

void words_far(struct har_text *text, double distance_m, const struct har_style *style)
{
    words_grouped(text, distance_m / (style->imperial ? MILE_M : 1000), 1);
}

void words_high(struct har_text *text, double height_m, const struct har_style *style)
{
    words_grouped(text, round(height_m / (style->imperial ? FOOT_M : 1)), 0);
}

void words_height(struct har_text *text, double height_m, const struct har_style *style)
{
    words_high(text, height_m, style);
    if (fabs(height_m) < COUNTABLE / 10)
        har_text_format(text, " %s", words_high_unit(style));
}

void words_scale(struct har_text *text, double value)
{
    if (fabs(value) >= 1000) words_grouped(text, value, 0);
    else har_text_number(text, value, 2);
}

void words_hours(struct har_text *text, double time_s)
{
    if (!(time_s >= 0 && time_s < COUNTABLE)) {
        words_unknown(text);
        return;
    }
    long long minutes = llround(time_s / 60);
    har_text_format(text, "%lld:%02d", minutes / 60, (int)(minutes % 60));
}

void words_time(struct har_text *text, double time_s)
{
    if (!(time_s >= 0 && time_s < COUNTABLE)) words_unknown(text);
    else har_text_clock(text, time_s, time_s < SHORT_TIME_S ? 1 : 0, true);
}

void words_event(struct har_text *text, double distance_m, const struct har_style *style)
{
    size_t count;
    const struct har_standard *standard = har_standard_distances(&count);
    for (size_t i = 0; i < count; i++)
        if (fabs(standard[i].value - distance_m) < 0.001) {
            har_text_add(text, standard[i].name);
            return;
        }
    har_render_distance(text, distance_m, style);
}

void words_share(struct har_text *text, double share)
{
    if (!isfinite(share)) {
        words_unknown(text);
        return;
    }
    har_text_fixed(text, share * 100, 0);
    har_text_add(text, " %");
}

double words_pace_s(double speed_mps, const struct har_style *style)
{
    if (!(speed_mps > 0 && speed_mps < INFINITY)) return NAN;
    if (1000 / speed_mps > SLOWEST_PACE_S_PER_KM) return NAN;
    return (style->imperial ? MILE_M : 1000) / speed_mps;
}

void har_render_pace(struct har_text *text, double speed_mps, const struct har_style *style)
{
    double pace_s = words_pace_s(speed_mps, style);
    if (isnan(pace_s)) {
        words_unknown(text);
        return;
    }
    har_text_clock(text, pace_s, 0, true);
    har_text_add(text, style->imperial ? " /mi" : " /km");
}

void har_render_distance(struct har_text *text, double distance_m,
                         const struct har_style *style)
{
    double far = distance_m / (style->imperial ? MILE_M : 1000);
    if (!isfinite(far) || fabs(far) >= COUNTABLE) {
        words_unknown(text);
    } else if (!style->imperial && fabs(distance_m) < 999.5) {
        har_text_fixed(text, distance_m, 0);
        har_text_add(text, " m");
    } else {
        words_grouped(text, far, fabs(far) < 99.995 ? 2 : 1);
        har_text_format(text, " %s", words_far_unit(style));
    }
}
