/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

/* Taking times, and whole files, for the benchmarks. */

#include "harrier/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The bytes of a file, or none. Never given back: a benchmark ends soon. */
static inline struct har_bytes whole_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return (struct har_bytes){0};
    fseek(in, 0, SEEK_END);
    long size = ftell(in);
    rewind(in);
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    size_t got = data && size > 0 ? fread(data, 1, (size_t)size, in) : 0;
    fclose(in);
    return (struct har_bytes){data, got};
}

#endif
