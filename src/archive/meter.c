/* SPDX-License-Identifier: MIT */
/* The caps against bombs.
 *
 * Deflate cannot pack tighter than 1032 : 1 (zlib's technical notes), a track point file
 * packs 30 : 1 at most, so 200 : 1 tells a bomb from an export. David Fifield, "A better
 * zip bomb", WOOT 2019: members that overlap, and archives in archives, escape a ratio
 * taken a member at a time; so the ratio is also held over everything that came out of one
 * file on the ground. Below 16 MiB no ratio is taken: a tiny file may well be all zeros. */

#include "meter.h"

#include <stdio.h>

#define RATIO_FROM (UINT64_C(16) << 20)

struct har_archive_caps har_caps(const struct har_archive_caps *caps)
{
    struct har_archive_caps c = caps ? *caps : (struct har_archive_caps){0};
    if (!c.depth) c.depth = 4;
    if (!c.file_bytes) c.file_bytes = UINT64_C(512) << 20;
    if (!c.total_bytes) c.total_bytes = UINT64_C(64) << 30;
    if (!c.files) c.files = 1000000;
    if (!c.ratio) c.ratio = 200;
    return c;
}

void har_meter_start(struct meter *meter, uint64_t packed)
{
    meter->packed = packed;
    meter->unpacked = 0;
    meter->spent = false;
}

static bool is_bomb(const struct meter *meter, uint64_t unpacked, uint64_t packed)
{
    return unpacked > RATIO_FROM && unpacked / meter->caps.ratio > packed;
}

har_status har_meter_add(struct meter *meter, struct stream *stream, uint64_t more,
                         struct har_error *err)
{
    char words[SIZE_WORDS];
    unsigned long long ratio = meter->caps.ratio;
    meter->total += more;
    meter->unpacked += more;
    stream->unpacked += more;
    if (meter->total > meter->caps.total_bytes) {
        meter->spent = true;
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "more than %s were unpacked: the rest is left out",
                        har_size_words(meter->caps.total_bytes, words));
    }
    if (is_bomb(meter, meter->unpacked, meter->packed)) {
        meter->spent = true;
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "the whole unpacks to more than %llu times its size: refused as a "
                        "bomb, the rest is left out",
                        ratio);
    }
    if (is_bomb(meter, stream->unpacked, stream->packed))
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "unpacks to more than %llu times its size: refused as a bomb",
                        ratio);
    if (stream->unpacked > meter->caps.file_bytes)
        return har_fail(err, HAR_OUT_OF_RANGE, 0,
                        "unpacks to more than the %s that one file may have",
                        har_size_words(meter->caps.file_bytes, words));
    return HAR_OK;
}

har_status har_meter_fits(const struct meter *meter, uint64_t size, struct har_error *err)
{
    char has[SIZE_WORDS], may[SIZE_WORDS];
    if (size <= meter->caps.file_bytes) return HAR_OK;
    return har_fail(err, HAR_OUT_OF_RANGE, 0,
                    "has %s, more than the %s that one file may have",
                    har_size_words(size, has), har_size_words(meter->caps.file_bytes, may));
}

const char *har_size_words(uint64_t bytes, char words[SIZE_WORDS])
{
    static const char *const unit[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    if (bytes < 1024) {
        snprintf(words, SIZE_WORDS, "%u bytes", (unsigned)bytes);
        return words;
    }
    size_t i = 0;
    while (bytes >= UINT64_C(1024) * 1024) {
        bytes /= 1024;
        i++;
    }
    unsigned whole = (unsigned)(bytes / 1024), tenth = (unsigned)(bytes % 1024 * 10 / 1024);
    if (whole < 10) snprintf(words, SIZE_WORDS, "%u.%u %s", whole, tenth, unit[i]);
    else snprintf(words, SIZE_WORDS, "%u %s", whole, unit[i]);
    return words;
}
