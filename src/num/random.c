/* SPDX-License-Identifier: MIT */
/* Repeatable chance.
 *
 * D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM Trans.
 * Math. Softw. 47 (2021) 36: xoshiro256**, seeded through splitmix64 as they advise, so
 * that neighbouring seeds share nothing. Normals by G. Marsaglia's polar method (SIAM Rev.
 * 6 (1964) 260); the second of each pair is thrown away, so that the state is all there is.
 *
 * The C library's logarithm differs between machines in its last bit; ours is made of the
 * operations that IEEE 754 fixes, so that a simulated season is the same file everywhere.
 */

#include "harrier/num.h"

#include <math.h>

static uint64_t rotate_left(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

struct har_random har_random_of(uint64_t seed)
{
    struct har_random r;
    for (int i = 0; i < 4; i++) {
        seed += 0x9e3779b97f4a7c15u;
        uint64_t z = seed;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        r.state[i] = z ^ z >> 31;
    }
    return r;
}

uint64_t har_random_bits(struct har_random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate_left(s[3], 45);
    return result;
}

double har_random_uniform(struct har_random *random)
{
    return (double)(har_random_bits(random) >> 11) * 0x1p-53;
}

/* ln x = 2 artanh((m-1)/(m+1)) + e ln 2 with x = m 2^e and m within 0.7..1.4, where the
 * argument is under 0.172 and ten terms of the series are enough for every bit. */
static double logarithm(double x)
{
    int exponent;
    double m = frexp(x, &exponent);
    if (m < 0.70710678118654752) {
        m *= 2;
        exponent--;
    }
    double t = (m - 1) / (m + 1), square = t * t, sum = 0;
    for (int k = 21; k >= 1; k -= 2) sum = sum * square + 1.0 / k;
    return 2 * t * sum + exponent * 0.69314718055994531;
}

double har_random_normal(struct har_random *random)
{
    double x, y, square;
    do {
        x = 2 * har_random_uniform(random) - 1;
        y = 2 * har_random_uniform(random) - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    return x * sqrt(-2 * logarithm(square) / square);
}
