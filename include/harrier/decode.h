/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_DECODE_H
#define HARRIER_DECODE_H

/* decode - watch files in, activities and workouts out.
 *
 * Knows the file formats and nothing about running. The whole file lies in memory; one
 * pass turns it into columns. Salvage is the rule: what came before the damage is kept, and
 * a warning names the byte.
 */

#include "harrier/workout.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What kind of file it is. Packed ones (.gz, .zip) are the archive room's. */
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

/* Whether the bytes start like a ZWO file: XML whose root is workout_file. */
bool har_is_zwo(struct har_bytes head);

/* Reads a workout from a FIT or ZWO file. Words that Harrier put beside the numbers are
 * believed where they say the same; `out` is sound. A workout is whole or refused:
 *
 *   HAR_BAD_INPUT    damaged, or steps that cannot be; err->offset as above
 *   HAR_UNSUPPORTED  another file, or steps that the notation has no words for
 *   HAR_NO_MEMORY    the arena is full */
har_status har_decode_workout(struct har_bytes file, struct har_arena *arena,
                              struct har_workout *out, struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
