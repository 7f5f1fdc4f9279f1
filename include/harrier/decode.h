/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_DECODE_H
#define HARRIER_DECODE_H

/* decode - watch files in, activities out.
 *
 * Knows the file formats and nothing about running. The whole file lies in memory; one
 * pass turns it into columns. Salvage is the rule: what came before the damage is kept, and
 * a warning names the byte.
 */

#include "harrier/activity.h"

#ifdef __cplusplus
extern "C" {
#endif

enum har_format { HAR_FORMAT_UNKNOWN, HAR_FORMAT_FIT, HAR_FORMAT_TCX, HAR_FORMAT_GPX };

/* Which format the bytes start like. The first 1024 bytes always suffice; white space, a
 * byte order mark and comments before the XML declaration are allowed. */
enum har_format har_sniff(struct har_bytes head);
const char *har_format_name(enum har_format format); /* "FIT"; never NULL */

/* Decodes a whole file. `file` is borrowed during the call only; all of `*out` lives in
 * `arena`.
 *
 *   HAR_OK           *out is filled; out->warnings say what was lost, if anything.
 *                    A sound file of another kind (settings, a workout) has no activities.
 *   HAR_BAD_INPUT    nothing usable; err->offset is the first byte that cannot be right
 *   HAR_UNSUPPORTED  not a format that Harrier knows
 *   HAR_NO_MEMORY    the arena is full
 *
 *     struct har_arena arena = {0};
 *     struct har_recording file;
 *     struct har_error err;
 *     if (har_decode(bytes, &arena, &file, &err) == HAR_OK) use(&file);
 *     har_arena_free(&arena);
 */
har_status har_decode(struct har_bytes file, struct har_arena *arena,
                      struct har_recording *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
