/* SPDX-License-Identifier: MIT */
/* Who exists: the formats, and which of them a file is. */

#include "format.h"

static const struct format *const formats[] = {&fit_format, &tcx_format, &gpx_format};
enum { FORMATS = sizeof formats / sizeof formats[0], HEAD = 1024 };

static const struct format *format_of(struct har_bytes file)
{
    struct har_bytes head = {file.data, file.size < HEAD ? file.size : HEAD};
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i]->looks_like(head)) return formats[i];
    return NULL;
}

enum har_format har_sniff(struct har_bytes head)
{
    const struct format *format = format_of(head);
    return format ? format->format : HAR_FORMAT_UNKNOWN;
}

const char *har_format_name(enum har_format format)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i]->format == format) return formats[i]->name;
    return "unknown";
}

har_status har_decode(struct har_bytes file, struct har_arena *arena,
                      struct har_recording *out, struct har_error *err)
{
    const struct format *format = format_of(file);
    if (format) return format->decode(file, arena, out, err);
    if (file.size == 0) return har_fail(err, HAR_BAD_INPUT, 0, "the file is empty");
    return har_fail(err, HAR_UNSUPPORTED, 0, "this is not a FIT, TCX or GPX file");
}

har_status har_decode_workout(struct har_bytes file, struct har_arena *arena,
                              struct har_workout *out, struct har_error *err)
{
    struct har_bytes head = {file.data, file.size < HEAD ? file.size : HEAD};
    if (fit_format.looks_like(head)) return decode_fit_workout(file, arena, out, err);
    if (har_is_zwo(head)) return decode_zwo_workout(file, arena, out, err);
    if (file.size == 0) return har_fail(err, HAR_BAD_INPUT, 0, "the file is empty");
    return har_fail(err, HAR_UNSUPPORTED, 0, "this is not a FIT or ZWO file");
}
