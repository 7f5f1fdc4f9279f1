/* SPDX-License-Identifier: MIT */
/* SHA-256: FIPS 180-4, "Secure Hash Standard" (NIST, August 2015), section 6.2; the
 * constants are those of section 4.2.2. */

#include "harrier/store.h"

#include <string.h>

enum { BLOCK_SIZE = 64, ROUNDS = 64 };

static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2};

static inline uint32_t rotate(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static inline uint32_t big_endian(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* One round; the caller turns the names instead of moving the values. */
#define ROUND(a, b, c, d, e, f, g, h, t)                                                   \
    do {                                                                                   \
        h += (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g))) +        \
             constants[t] + w[t];                                                          \
        d += h;                                                                            \
        h += (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) | (c & (a | b)));   \
    } while (0)

static void compress(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    for (; blocks; blocks--, data += BLOCK_SIZE) {
        uint32_t w[ROUNDS];
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
        for (unsigned t = 0; t < 16; t++) w[t] = big_endian(data + 4 * (size_t)t);
        for (unsigned t = 16; t < ROUNDS; t++) {
            uint32_t early = w[t - 15], late = w[t - 2];
            w[t] = w[t - 16] + w[t - 7] +
                   (rotate(early, 7) ^ rotate(early, 18) ^ early >> 3) +
                   (rotate(late, 17) ^ rotate(late, 19) ^ late >> 10);
        }
        for (unsigned t = 0; t < ROUNDS; t += 8) {
            ROUND(a, b, c, d, e, f, g, h, t);
            ROUND(h, a, b, c, d, e, f, g, t + 1);
            ROUND(g, h, a, b, c, d, e, f, t + 2);
            ROUND(f, g, h, a, b, c, d, e, t + 3);
            ROUND(e, f, g, h, a, b, c, d, t + 4);
            ROUND(d, e, f, g, h, a, b, c, t + 5);
            ROUND(c, d, e, f, g, h, a, b, t + 6);
            ROUND(b, c, d, e, f, g, h, a, t + 7);
        }
        state[0] += a, state[1] += b, state[2] += c, state[3] += d;
        state[4] += e, state[5] += f, state[6] += g, state[7] += h;
    }
}

void har_hash(struct har_bytes bytes, uint8_t hash[HAR_HASH_SIZE])
{
    uint32_t state[8];
    uint8_t tail[2 * BLOCK_SIZE] = {0};
    const size_t whole = bytes.size / BLOCK_SIZE, left = bytes.size % BLOCK_SIZE;
    const size_t tail_blocks = left < BLOCK_SIZE - 8 ? 1 : 2;
    const uint64_t bits = (uint64_t)bytes.size * 8;
    memcpy(state, initial, sizeof state);
    if (whole) compress(state, bytes.data, whole);
    if (left) memcpy(tail, bytes.data + whole * BLOCK_SIZE, left);
    tail[left] = 0x80;
    for (unsigned i = 0; i < 8; i++)
        tail[tail_blocks * BLOCK_SIZE - 1 - i] = (uint8_t)(bits >> 8 * i);
    compress(state, tail, tail_blocks);
    for (unsigned i = 0; i < HAR_HASH_SIZE; i++)
        hash[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}
