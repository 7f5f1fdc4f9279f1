/* SPDX-License-Identifier: MIT */
/* The checksum CRC-16/ARC, x^16 + x^15 + x^2 + 1, bits reflected, start 0.
 *
 * Sixteen bytes a step ("slicing", Kounavis & Berry, IEEE ISCC 2005): table k holds the
 * checksum of one byte followed by k zero bytes, so sixteen look-ups that do not wait for
 * each other replace sixteen that do. A CRC is linear: an entry is the sum of the entries
 * of its bits, so eight numbers a table are all there is to know, and a test holds them to
 * the polynomial. */

#include "harrier/base.h"

enum { STEP = 16 };

#define BIT(i, j, b) (((i) >> (j)) & 1 ? (b) : 0)
#define AT(i, a, b, c, d, e, f, g, h)                                                      \
    BIT(i, 0, a) ^ BIT(i, 1, b) ^ BIT(i, 2, c) ^ BIT(i, 3, d) ^ BIT(i, 4, e) ^             \
        BIT(i, 5, f) ^ BIT(i, 6, g) ^ BIT(i, 7, h)
#define FOUR(i, ...)                                                                       \
    AT((i), __VA_ARGS__), AT((i) + 1, __VA_ARGS__), AT((i) + 2, __VA_ARGS__),              \
        AT((i) + 3, __VA_ARGS__)
#define SIXTEEN(i, ...)                                                                    \
    FOUR((i), __VA_ARGS__), FOUR((i) + 4, __VA_ARGS__), FOUR((i) + 8, __VA_ARGS__),        \
        FOUR((i) + 12, __VA_ARGS__)
#define SIXTY_FOUR(i, ...)                                                                 \
    SIXTEEN((i), __VA_ARGS__), SIXTEEN((i) + 16, __VA_ARGS__),                             \
        SIXTEEN((i) + 32, __VA_ARGS__), SIXTEEN((i) + 48, __VA_ARGS__)
#define TABLE(...)                                                                         \
    {                                                                                      \
        SIXTY_FOUR(0, __VA_ARGS__), SIXTY_FOUR(64, __VA_ARGS__),                           \
            SIXTY_FOUR(128, __VA_ARGS__), SIXTY_FOUR(192, __VA_ARGS__)                     \
    }

/* clang-format off */
static const uint16_t table[STEP][256] = {
    TABLE(0xc0c1, 0xc181, 0xc301, 0xc601, 0xcc01, 0xd801, 0xf001, 0xa001),
    TABLE(0x9001, 0x6001, 0xc002, 0xc007, 0xc00d, 0xc019, 0xc031, 0xc061),
    TABLE(0xc051, 0xc0a1, 0xc141, 0xc281, 0xc501, 0xca01, 0xd401, 0xe801),
    TABLE(0xfc01, 0xb801, 0x3001, 0x6002, 0xc004, 0xc00b, 0xc015, 0xc029),
    TABLE(0xc03d, 0xc079, 0xc0f1, 0xc1e1, 0xc3c1, 0xc781, 0xcf01, 0xde01),
    TABLE(0xd101, 0xe201, 0x8401, 0x4801, 0x9002, 0x6007, 0xc00e, 0xc01f),
    TABLE(0xc010, 0xc023, 0xc045, 0xc089, 0xc111, 0xc221, 0xc441, 0xc881),
    TABLE(0xccc1, 0xd981, 0xf301, 0xa601, 0x0c01, 0x1802, 0x3004, 0x6008),
    TABLE(0x900d, 0x6019, 0xc032, 0xc067, 0xc0cd, 0xc199, 0xc331, 0xc661),
    TABLE(0xc551, 0xcaa1, 0xd541, 0xea81, 0x9501, 0x6a01, 0xd402, 0xe807),
    TABLE(0xfc04, 0xb80b, 0x3015, 0x602a, 0xc054, 0xc0ab, 0xc155, 0xc2a9),
    TABLE(0xc3fd, 0xc7f9, 0xcff1, 0xdfe1, 0xffc1, 0xbf81, 0x3f01, 0x7e02),
    TABLE(0x8102, 0x4207, 0x840e, 0x481f, 0x903e, 0x607f, 0xc0fe, 0xc1ff),
    TABLE(0xc100, 0xc203, 0xc405, 0xc809, 0xd011, 0xe021, 0x8041, 0x4081),
    TABLE(0x00c1, 0x0182, 0x0304, 0x0608, 0x0c10, 0x1820, 0x3040, 0x6080),
    TABLE(0x90c1, 0x6181, 0xc302, 0xc607, 0xcc0d, 0xd819, 0xf031, 0xa061),
};
/* clang-format on */

uint16_t har_crc16(struct har_bytes bytes)
{
    const uint8_t *p = bytes.data, *end = p + bytes.size;
    unsigned crc = 0;
    for (; end - p >= STEP; p += STEP) {
        unsigned low = table[15][(p[0] ^ crc) & 0xff] ^ table[14][p[1] ^ (crc >> 8)];
        unsigned a = table[13][p[2]] ^ table[12][p[3]] ^ table[11][p[4]] ^ table[10][p[5]];
        unsigned b = table[9][p[6]] ^ table[8][p[7]] ^ table[7][p[8]] ^ table[6][p[9]];
        unsigned c = table[5][p[10]] ^ table[4][p[11]] ^ table[3][p[12]] ^ table[2][p[13]];
        crc = low ^ a ^ b ^ c ^ table[1][p[14]] ^ table[0][p[15]];
    }
    for (; p < end; p++) crc = crc >> 8 ^ table[0][(crc ^ *p) & 0xff];
    return (uint16_t)crc;
}
