/* SPDX-License-Identifier: MIT */
#ifndef SIMULATE_SCRIPT_H
#define SIMULATE_SCRIPT_H

/* What the simulator knows of a session beyond what it tells: where, on what ground, and
 * leg by leg how it was run. season.c writes it, watch.c plays it. */

#include "harrier/num.h"
#include "harrier/simulate.h"

enum clocks { CLOCKS_NEVER_CHANGE, CLOCKS_AMERICAN, CLOCKS_EUROPEAN, CLOCKS_SOUTHERN };

/* A town. The other offset is that of the northern winter, or of the southern summer. */
struct town {
    const char *name;
    double lat_deg, lon_deg, altitude_m, temp_c;
    double utc_offset_h, other_offset_h;
    enum clocks clocks;
};

enum ground_kind {
    GROUND_LOOP,   /* from the door and back to it, once or more often */
    GROUND_HILL,   /* out to the foot of a hill, up and down it, and back */
    GROUND_OVAL,   /* round a track */
    GROUND_COURSE, /* from one place to another */
    GROUND_BELT,   /* a treadmill */
};

/* A stretch at one effort. Negative distance: back along the way that was come. */
struct leg {
    double distance_m, duration_s;
    unsigned intensity; /* as of a lap: 0 active, 1 rest, 2 warm-up, 3 cool-down */
    unsigned rest_s; /* afterwards, standing, the timer stopped; only after whole seconds */
};

struct script {
    const struct town *place;
    enum ground_kind ground;
    uint64_t route;    /* favourite routes are run again and again */
    double length_m;   /* of the lap, or of the way from end to end */
    double foot_m;     /* hills: how far out the climb begins */
    double drop_m;     /* start less finish */
    bool laps_by_hand; /* one a leg; else one a kilometre */
    uint64_t seed;     /* of the day's chance: satellites, air pressure, weather */
    size_t leg_count;
    const struct leg *legs;
};

struct har_simulator {
    uint32_t serial;
    const struct script *scripts; /* one a session */
};

/* The speed that can be held for `duration_s` at v_m times `form`. */
double truth_speed(const struct har_truth *truth, double form, double duration_s);
/* The same for an hour: the threshold. */
double truth_threshold(const struct har_truth *truth, double form);

#endif
