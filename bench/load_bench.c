/* SPDX-License-Identifier: MIT */
/* Ten years with a session a day: their loads from kept speeds, the days they add up to,
 * and the response learnt and tried on a mark a month.
 *
 * Prints lines of `name value`. */

#include "harrier/form.h"
#include "harrier/load.h"
#include "harrier/num.h"
#include "harrier/response.h"

#include "clock.h"

#include <math.h>

enum { DAYS = 3652, ROUNDS = 20, MARKS = DAYS / 30 };

static struct har_paces kept[DAYS];
static struct har_done done[DAYS];
static double load[DAYS];

/* Easy runs, and repetitions every third day. */
static void train(struct har_random *random)
{
    for (int day = 0; day < DAYS; day++) {
        double pace = day % 3 ? 3.6 : 4.6;
        for (int i = 0; i < 180; i++) {
            double mps = pace + (day % 3 ? 0.15 : 0.5) * har_random_normal(random);
            size_t bin = (size_t)(fmin(fmax(mps, 0), 9.9) / HAR_PACE_STEP_MPS);
            kept[day].pace_s[bin] += 20;
        }
    }
}

static void find_loads(const struct har_load_runner *runner)
{
    for (int day = 0; day < DAYS; day++) {
        struct har_work work = {HAR_SPORT_RUNNING, 3600, &kept[day], NULL, NAN};
        struct har_load of = {0};
        if (har_load_of(&work, runner, &of, NULL) != HAR_OK) exit(1);
        load[day] = of.load;
        done[day] = (struct har_done){day * INT64_C(86400000),
                                      0,
                                      3600,
                                      of.load,
                                      10000 + 50 * (day % 90),
                                      day % 30 == 0};
    }
}

int main(void)
{
    struct har_random random = har_random_of(1);
    struct har_load_runner runner = har_load_runner_unknown();
    struct har_arena arena = {0};
    struct har_form form = {0};
    struct har_response_trial trial = {0};
    struct har_shown_form shown[MARKS];
    struct har_load_days days = {0, DAYS, load};
    runner.curve = (struct har_emig){5.2, 0.065, NAN};
    train(&random);

    double from_s = seconds_now();
    for (int i = 0; i < ROUNDS; i++) find_loads(&runner);
    double loads_s = (seconds_now() - from_s) / ROUNDS;
    from_s = seconds_now();
    for (int i = 0; i < ROUNDS; i++) {
        har_arena_reset(&arena);
        if (har_form(done, DAYS, NULL, &arena, &form, NULL) != HAR_OK) return 1;
    }
    double form_s = (seconds_now() - from_s) / ROUNDS;
    for (int i = 0; i < MARKS; i++)
        shown[i] =
            (struct har_shown_form){30 * i, 1.6 + 0.01 * har_random_normal(&random), 0};
    from_s = seconds_now();
    if (har_response_try(&days, shown, MARKS, &arena, &trial, NULL) != HAR_OK) return 1;
    double trial_s = seconds_now() - from_s;
    printf("ten_years_ms %.3f\nloads_ms %.3f\nform_ms %.3f\nresponse_ms %.1f\n",
           1e3 * (loads_s + form_s), 1e3 * loads_s, 1e3 * form_s, 1e3 * trial_s);
    har_arena_free(&arena);
    return 0;
}
