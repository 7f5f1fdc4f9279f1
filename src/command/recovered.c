/* SPDX-License-Identifier: MIT */
/* How a runner came back from a race: three signs with their intervals, and the last race
 * of the kind beside it. Where nothing can be said it is said why. */

#include "recovered.h"

#include "entry.h"

#include <math.h>

enum { SIGN_COLUMNS = 12 };

/* --- text -------------------------------------------------------------------------- */

static void usual_words(struct har_text *text, const struct har_comeback *back,
                        enum har_sign sign, const struct har_style *style)
{
    const struct har_recovery *was = &back->sign[sign];
    if (sign == HAR_SIGN_HEART) {
        har_text_fixed(text, was->usual, 0);
        har_text_add(text, " +- ");
        har_text_fixed(text, was->usual_spread, 0);
        har_text_add(text, " bpm at ");
        har_render_pace(text, back->easy_mps, style);
    } else if (sign == HAR_SIGN_PACE) {
        har_render_pace(text, was->usual, style);
    } else {
        har_text_fixed(text, 100 * was->usual, 1);
        har_text_add(text, " +- ");
        har_text_fixed(text, 100 * was->usual_spread, 1);
        har_text_add(text, " %");
    }
}

static void sign_line(struct har_text *text, const struct har_comeback *back,
                      enum har_sign sign, unsigned indent, const struct har_style *style)
{
    const struct har_recovery *was = &back->sign[sign];
    har_text_pad(text, indent);
    har_text_add(text, har_sign_name(sign));
    har_text_pad(text, indent + SIGN_COLUMNS);
    if (isnan(was->days)) har_text_add(text, "nothing that could be told");
    else {
        har_render_days(text, was->days, was->low_days, was->high_days);
        har_text_add(text, " days; usually ");
        usual_words(text, back, sign, style);
    }
    har_text_add(text, "\n");
}

void recovery_lines(struct har_text *text, const struct har_recovered *race,
                    unsigned indent, const struct har_style *style)
{
    struct har_text sentence = {.arena = text->arena};
    har_text_add(text, "recovery");
    har_text_pad(text, indent);
    if (race->why_not) {
        har_text_add(text, "not known\n");
        text_wrapped(text, indent, style, race->why_not);
        return;
    }
    har_text_format(text,
                    "until easy runs were as usual again (80 %%), from %zu before and "
                    "%zu after\n",
                    race->back.before, race->back.after);
    for (int sign = 0; sign < HAR_SIGNS; sign++)
        sign_line(text, &race->back, (enum har_sign)sign, indent, style);
    har_render_beside(&sentence, race);
    if (sentence.data) text_wrapped(text, indent, style, sentence.data);
}

/* --- JSON -------------------------------------------------------------------------- */

static void sign_member(struct har_json *j, const struct har_recovery *was,
                        enum har_sign sign)
{
    har_json_open(j, har_sign_name(sign), '{');
    har_json_number(j, "days", was->days, 1);
    har_json_number(j, "low_days", was->low_days, 1);
    har_json_number(j, "high_days", was->high_days, 1);
    har_json_number(j, "usual", was->usual, 4);
    har_json_number(j, "usual_spread", was->usual_spread, 4);
    har_json_close(j);
}

static void beside_member(struct har_json *j, const struct har_recovered *race)
{
    const struct har_beside *beside = race->beside;
    struct har_text sentence = {.arena = j->text->arena};
    if (!beside) {
        har_json_string(j, "beside", NULL);
        return;
    }
    har_json_open(j, "beside", '{');
    har_json_string(j, "date", day_word(beside->earlier.race.day, j->text->arena));
    har_json_string(j, "name", race->beside_name);
    har_json_number(j, "distance_m", beside->earlier.race.distance_m, 1);
    har_json_string(j, "sign", har_sign_name(beside->sign));
    har_json_number(j, "days_sooner", beside->sooner.days, 1);
    har_json_number(j, "low_days", beside->sooner.low_days, 1);
    har_json_number(j, "high_days", beside->sooner.high_days, 1);
    har_render_beside(&sentence, race);
    har_json_string(j, "sentence", sentence.data);
    har_json_close(j);
}

void recovery_member(struct har_json *json, const struct har_recovered *race)
{
    static const char *const inputs[] = {"steady_s", "steady_mps", "steady_bpm",
                                         "steady_decoupling", NULL};
    const struct har_comeback *back = &race->back;
    if (race->why_not) {
        har_json_string(json, "recovery", NULL);
        har_json_string(json, "recovery_unknown", race->why_not);
        return;
    }
    har_json_open(json, "recovery", '{');
    for (int sign = 0; sign < HAR_SIGNS; sign++)
        sign_member(json, &back->sign[sign], (enum har_sign)sign);
    har_json_string(json, "until", day_word(back->until_day, json->text->arena));
    har_json_number(json, "easy_speed_mps", back->easy_mps, 3);
    har_json_integer(json, "runs_before", (int64_t)back->before);
    har_json_integer(json, "runs_after", (int64_t)back->after);
    beside_member(json, race);
    json_because(json, "recovery", HAR_RECOVERY_VERSION, inputs,
                 "days after the race until easy runs were as usual again, to half of "
                 "their scatter in the 4 weeks before it: heart rate at the usual easy "
                 "speed, the speed of easy runs, and the share by which speed over heart "
                 "rate fell within them; four in five lie between low and high");
    har_json_close(json);
}
