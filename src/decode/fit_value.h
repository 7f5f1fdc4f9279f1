/* SPDX-License-Identifier: MIT */
#ifndef DECODE_FIT_VALUE_H
#define DECODE_FIT_VALUE_H

/* One value of a FIT message, read from its bytes: NaN where the protocol calls it invalid.
 * Inline, because a record asks for ten of them and a file holds ten thousand records. */

#include "fit_profile.h"

#include <math.h>
#include <string.h>

static inline uint16_t fit_u16(const uint8_t *p)
{
    uint16_t v;
    memcpy(&v, p, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap16(v);
#endif
    return v;
}

static inline uint32_t fit_u32(const uint8_t *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap32(v);
#endif
    return v;
}

static inline uint64_t fit_u64(const uint8_t *p)
{
    return fit_u32(p) | (uint64_t)fit_u32(p + 4) << 32;
}

static inline double fit_from_u16(uint16_t v, enum fit_kind kind)
{
    if (kind == FIT_S16) return v == 0x7fff ? NAN : (double)(int16_t)v;
    return v == (kind == FIT_U16Z ? 0 : 0xffff) ? NAN : (double)v;
}

static inline double fit_from_u32(uint32_t v, enum fit_kind kind)
{
    if (kind == FIT_F32) {
        float f;
        memcpy(&f, &v, sizeof f);
        return v == 0xffffffff || !isfinite(f) ? NAN : (double)f;
    }
    if (kind == FIT_S32) return v == 0x7fffffff ? NAN : (double)(int32_t)v;
    return v == (kind == FIT_U32Z ? 0 : 0xffffffff) ? NAN : (double)v;
}

static inline double fit_from_u64(uint64_t v, enum fit_kind kind)
{
    if (kind == FIT_F64) {
        double d;
        memcpy(&d, &v, sizeof d);
        return v == UINT64_MAX || !isfinite(d) ? NAN : d;
    }
    if (kind == FIT_S64) return v == INT64_MAX ? NAN : (double)(int64_t)v;
    return v == (kind == FIT_U64Z ? 0 : UINT64_MAX) ? NAN : (double)v;
}

/* `kind` may carry FIT_BIG. Text is not a number. */
static inline double fit_value(const uint8_t *p, unsigned kind)
{
    switch (kind) {
    case FIT_U8: return *p == 0xff ? NAN : *p;
    case FIT_U8Z: return *p == 0 ? NAN : *p;
    case FIT_S8: return *p == 0x7f ? NAN : (int8_t)*p;
    case FIT_U16: return fit_from_u16(fit_u16(p), FIT_U16);
    case FIT_U16Z: return fit_from_u16(fit_u16(p), FIT_U16Z);
    case FIT_S16: return fit_from_u16(fit_u16(p), FIT_S16);
    case FIT_U32: return fit_from_u32(fit_u32(p), FIT_U32);
    case FIT_U32Z: return fit_from_u32(fit_u32(p), FIT_U32Z);
    case FIT_S32: return fit_from_u32(fit_u32(p), FIT_S32);
    case FIT_F32: return fit_from_u32(fit_u32(p), FIT_F32);
    case FIT_F64: return fit_from_u64(fit_u64(p), FIT_F64);
    case FIT_U64: return fit_from_u64(fit_u64(p), FIT_U64);
    case FIT_U64Z: return fit_from_u64(fit_u64(p), FIT_U64Z);
    case FIT_S64: return fit_from_u64(fit_u64(p), FIT_S64);
    case FIT_BIG + FIT_U16: return fit_from_u16(__builtin_bswap16(fit_u16(p)), FIT_U16);
    case FIT_BIG + FIT_U16Z: return fit_from_u16(__builtin_bswap16(fit_u16(p)), FIT_U16Z);
    case FIT_BIG + FIT_S16: return fit_from_u16(__builtin_bswap16(fit_u16(p)), FIT_S16);
    case FIT_BIG + FIT_U32: return fit_from_u32(__builtin_bswap32(fit_u32(p)), FIT_U32);
    case FIT_BIG + FIT_U32Z: return fit_from_u32(__builtin_bswap32(fit_u32(p)), FIT_U32Z);
    case FIT_BIG + FIT_S32: return fit_from_u32(__builtin_bswap32(fit_u32(p)), FIT_S32);
    case FIT_BIG + FIT_F32: return fit_from_u32(__builtin_bswap32(fit_u32(p)), FIT_F32);
    case FIT_BIG + FIT_F64: return fit_from_u64(__builtin_bswap64(fit_u64(p)), FIT_F64);
    case FIT_BIG + FIT_U64: return fit_from_u64(__builtin_bswap64(fit_u64(p)), FIT_U64);
    case FIT_BIG + FIT_U64Z: return fit_from_u64(__builtin_bswap64(fit_u64(p)), FIT_U64Z);
    case FIT_BIG + FIT_S64: return fit_from_u64(__builtin_bswap64(fit_u64(p)), FIT_S64);
    default: return NAN;
    }
}

#endif
