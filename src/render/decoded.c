/* SPDX-License-Identifier: MIT */

/* What a file said, as `harrier decode --json` and harrier.wasm print it. */

#include "harrier/render.h"

void har_json_activity(struct har_json *j, const char *file, const struct har_activity *a,
                       const struct har_recording *warned)
{
    char name[HAR_SPORT_NAME];
    har_json_open(j, NULL, '{');
    har_json_string(j, "file", file);
    har_json_string(j, "sport", har_sport_name(a->sport, name));
    har_json_string(j, "sub_sport", har_sub_sport_name(a->sub_sport, name));
    har_json_instant(j, "start", a->start_ms);
    har_json_number(j, "elapsed_s", a->elapsed_s, 3);
    har_json_number(j, "timer_s", a->timer_s, 3);
    har_json_number(j, "distance_m", a->distance_m, 2);
    har_json_number(j, "ascent_m", a->ascent_m, 1);
    har_json_integer(j, "samples", (int64_t)a->samples.count);
    har_json_open(j, "laps", '[');
    for (size_t i = 0; i < a->lap_count; i++) {
        const struct har_lap *lap = &a->laps[i];
        har_json_open(j, NULL, '{');
        har_json_instant(j, "start", lap->start_ms);
        har_json_number(j, "elapsed_s", lap->elapsed_s, 3);
        har_json_number(j, "timer_s", lap->timer_s, 3);
        har_json_number(j, "distance_m", lap->distance_m, 2);
        har_json_close(j);
    }
    har_json_close(j);
    har_json_string(j, "device", a->device.name);
    har_json_open(j, "warnings", '[');
    for (size_t i = 0; warned && i < warned->warning_count; i++) {
        har_json_open(j, NULL, '{');
        har_json_integer(j, "offset", (int64_t)warned->warnings[i].offset);
        har_json_string(j, "message", warned->warnings[i].message);
        har_json_close(j);
    }
    har_json_close(j);
    har_json_close(j);
}
