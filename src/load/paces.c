/* SPDX-License-Identifier: MIT */
/* The speeds of a session, gathered.
 *
 * Load bends upward with speed, so noise in the speed would be load: a watch that jitters
 * by half a metre a second would make a harder run of an easy one. The mean over 20 seconds
 * is our choice between that and a repetition over 200 m, which must not be smeared. */

#include "harrier/load.h"

#include <math.h>
#include <string.h>

#define MEAN_OF_S 20.0

static void pace_add(struct har_paces *paces, double speed_mps, double seconds)
{
    double at = fmin(fmax(speed_mps / HAR_PACE_STEP_MPS, 0), HAR_PACE_BINS - 1);
    size_t low = (size_t)at < HAR_PACE_BINS - 1 ? (size_t)at : HAR_PACE_BINS - 2;
    double upper = at - (double)low;
    paces->pace_s[low] += (float)((1 - upper) * seconds);
    paces->pace_s[low + 1] += (float)(upper * seconds);
}

har_status har_paces_of(const struct har_streams *streams, const struct har_flat *flat,
                        struct har_paces *out)
{
    const double *way_m = flat && flat->flat_m ? flat->flat_m : streams->distance_m;
    memset(out, 0, sizeof *out);
    if (!way_m || streams->count < 2 || !har_sport_is_on_foot(streams->summary.sport))
        return HAR_NOT_FOUND;
    for (size_t from = 0, i = 1; i < streams->count; i++) {
        double seconds = streams->time_s[i] - streams->time_s[from];
        bool ends = i + 1 == streams->count || streams->broken[i + 1];
        if (streams->broken[i]) from = i;
        else if (ends || seconds >= MEAN_OF_S) {
            pace_add(out, (way_m[i] - way_m[from]) / seconds, seconds);
            from = i;
        }
    }
    return HAR_OK;
}
