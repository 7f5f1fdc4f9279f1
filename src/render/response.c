/* SPDX-License-Identifier: MIT */
/* What came of the trial is told whether the response is shown or not: a reader who is not
 * told it is to know why. */

#include "harrier/render.h"

static void write_error(struct har_text *text, double error)
{
    har_text_fixed(text, 100 * error, 1);
}

static void write_expected(struct har_text *text, const struct har_learnt_response *learnt)
{
    har_text_add(text, "By response to load ");
    har_text_date(text, learnt->on_day);
    har_text_add(text, learnt->expected_pct > 0 ? ": +" : ": ");
    har_text_fixed(text, learnt->expected_pct, 1);
    har_text_add(text, " % of speed (");
    har_text_fixed(text, learnt->low_pct, 1);
    har_text_add(text, " to ");
    har_text_fixed(text, learnt->high_pct, 1);
    har_text_add(text, ") beside usual.");
}

void har_render_response(struct har_text *text, const struct har_learnt_response *learnt,
                         const char *between)
{
    const struct har_response_trial *trial = &learnt->trial;
    size_t marks = learnt->races + learnt->efforts;
    if (!trial->tried) {
        har_text_format(text,
                        "Response to load: not shown; a trial takes %d races and hard "
                        "efforts, not %zu.",
                        HAR_RESPONSE_LEAST + HAR_RESPONSE_TRIED_LEAST, marks);
        return;
    }
    if (learnt->response) write_expected(text, learnt);
    else
        har_text_add(text, "Response to load: not shown, it foretells no better than "
                           "simpler ways.");
    har_text_format(text, "%s%zu marks, each from those before: ", between, trial->tried);
    write_error(text, trial->error);
    har_text_add(text, " % off; as last time ");
    write_error(text, trial->last_error);
    har_text_add(text, ", as usual ");
    write_error(text, trial->season_error);
    har_text_add(text, " %.");
}
