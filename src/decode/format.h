/* SPDX-License-Identifier: MIT */
#ifndef DECODE_FORMAT_H
#define DECODE_FORMAT_H

/* What one file format must offer. It sits below the formats, and decode.c sits above them,
 * so that no format ever reaches up to the registry that lists it. */

#include "harrier/decode.h"

struct format {
    enum har_format format;
    const char *name;
    /* Whether a file that begins like this is one of ours. */
    bool (*looks_like)(struct har_bytes head);
    /* har_decode() for this format. */
    har_status (*decode)(struct har_bytes file, struct har_arena *arena,
                         struct har_recording *out, struct har_error *err);
};

extern const struct format fit_format, tcx_format, gpx_format;

/* har_decode_workout() for the formats that have workouts. */
har_status decode_fit_workout(struct har_bytes file, struct har_arena *arena,
                              struct har_workout *out, struct har_error *err);
har_status decode_zwo_workout(struct har_bytes file, struct har_arena *arena,
                              struct har_workout *out, struct har_error *err);

#endif
