/* SPDX-License-Identifier: MIT */
#ifndef ARCHIVE_METER_H
#define ARCHIVE_METER_H

/* What was unpacked so far, held against the caps. */

#include "harrier/archive.h"

enum { SIZE_WORDS = 24 };

struct meter {
    struct har_archive_caps caps; /* no zeros */
    uint64_t total;               /* unpacked from the path of the walk */
    uint64_t packed, unpacked;    /* of the file on the ground that is being unpacked */
    bool spent;                   /* that file broke a cap as a whole: leave it */
};

/* One stream of bytes that is being unpacked: a .gz, or a member. */
struct stream {
    uint64_t packed, unpacked;
};

/* The caps with defaults for zeros; `caps` may be NULL. */
struct har_archive_caps har_caps(const struct har_archive_caps *caps);

/* A file on the ground of `packed` bytes is about to be unpacked. */
void har_meter_start(struct meter *meter, uint64_t packed);

/* Counts `more` unpacked bytes of `stream`, before there is memory for them.
 * HAR_OUT_OF_RANGE if that breaks a cap. */
har_status har_meter_add(struct meter *meter, struct stream *stream, uint64_t more,
                         struct har_error *err);

/* Fails if a file of `size` bytes is more than one file may have. */
har_status har_meter_fits(const struct meter *meter, uint64_t size, struct har_error *err);

/* 512 bytes, 3.4 KiB, 2.0 GiB. */
const char *har_size_words(uint64_t bytes, char words[SIZE_WORDS]);

#endif
