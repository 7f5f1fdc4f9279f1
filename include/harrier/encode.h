/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_ENCODE_H
#define HARRIER_ENCODE_H

/* encode - activities in, watch files out.
 *
 * The other way round from decode: what is written here reads back as the same samples,
 * within the steps of the format (1 s, 1e-7 degrees, 0.2 m of altitude, 1 cm of distance).
 */

#include "harrier/activity.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One activity as a FIT file (protocol 2.0, little endian, 14-byte header, CRCs). Extra
 * columns become developer fields; instants that are not whole seconds are kept in one.
 * `*out` lives in `arena`. HAR_NO_MEMORY, or HAR_OUT_OF_RANGE for instants before
 * 1989-12-31 or after 2125 and for more extra columns than the format can number (255, that
 * of the broken seconds among them). */
har_status har_encode_fit(const struct har_activity *activity, struct har_arena *arena,
                          struct har_bytes *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
