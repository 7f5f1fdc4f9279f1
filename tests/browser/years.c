/* SPDX-License-Identifier: MIT */
/* years DIR COUNT: as many runs as are asked for, as FIT files: the simulated season, again
 * and again, each time a year earlier. A page must show ten years as readily as one. */

#include "harrier/encode.h"
#include "harrier/simulate.h"

#include <stdio.h>
#include <stdlib.h>

static const int64_t YEAR_MS = INT64_C(364) * 86400 * 1000; /* the weekdays stay */

static bool shift(struct har_activity *run, int64_t by_ms, struct har_arena *arena)
{
    int64_t *time_ms = HAR_NEW(arena, int64_t, run->samples.count);
    struct har_lap *laps = HAR_NEW(arena, struct har_lap, run->lap_count);
    struct har_pause *pauses = HAR_NEW(arena, struct har_pause, run->pause_count);
    if (!time_ms || !laps || !pauses) return false;
    for (size_t i = 0; i < run->samples.count; i++)
        time_ms[i] = run->samples.time_ms[i] + by_ms;
    for (size_t i = 0; i < run->lap_count; i++) {
        laps[i] = run->laps[i];
        laps[i].start_ms += by_ms;
    }
    for (size_t i = 0; i < run->pause_count; i++)
        pauses[i] = (struct har_pause){run->pauses[i].from_ms + by_ms,
                                       run->pauses[i].to_ms + by_ms};
    run->start_ms += by_ms;
    run->created_ms += by_ms;
    run->samples.time_ms = time_ms;
    run->laps = laps;
    run->pauses = pauses;
    return true;
}

static bool write_file(const char *folder, long number, struct har_bytes bytes)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%05ld.fit", folder, number);
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    bool whole = fwrite(bytes.data, 1, bytes.size, file) == bytes.size;
    return fclose(file) == 0 && whole;
}

/* One session in every year that has it. */
static bool write_years(const struct har_simulation *season, size_t index,
                        const char *folder, long count, struct har_arena *desk)
{
    struct har_activity run;
    struct har_bytes fit;
    if (har_simulate_session(season, index, desk, &run, NULL)) return false;
    for (long i = (long)index; i < count; i += (long)season->session_count) {
        struct har_activity then = run;
        int64_t year = i / (long)season->session_count;
        if (!shift(&then, -YEAR_MS * year, desk) ||
            har_encode_fit(&then, desk, &fit, NULL) || !write_file(folder, i, fit))
            return false;
    }
    har_arena_reset(desk);
    return true;
}

int main(int argc, char **argv)
{
    struct har_arena lasting = {0}, desk = {0};
    if (argc != 3) return 2;
    struct har_simulation season;
    bool done = har_simulate(1, &lasting, &season, NULL) == HAR_OK;
    for (size_t i = 0; done && i < season.session_count; i++)
        done = write_years(&season, i, argv[1], strtol(argv[2], NULL, 10), &desk);
    har_arena_free(&lasting);
    har_arena_free(&desk);
    return done ? 0 : 1;
}
