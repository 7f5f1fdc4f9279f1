/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_NUM_H
#define HARRIER_NUM_H

/* num - mathematics without runners.
 *
 * Lines on the ellipsoid, smoothing, order statistics, repeatable randomness. Knows
 * nothing of samples, sports or files. Angles in degrees, lengths in metres.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- the earth -------------------------------------------------------------- */

/* The shortest way between two points on the WGS84 ellipsoid, in metres; bearings at both
 * ends in degrees clockwise from north (either pointer may be NULL). Latitudes -90..90,
 * longitudes any. NaN in, NaN out. The source names the algorithm, accuracy and what it
 * does for points that are nearly antipodal. har_geodesic(0, 0, 0, 1, NULL, NULL) ==
 * 111319.49079... */
double har_geodesic(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg,
                    double *bearing1_deg, double *bearing2_deg);

/* The same for steps of a track: within 1e-6 of har_geodesic() up to 1 km and far faster;
 * longer steps fall back to it. */
double har_geodesic_step(double lat1_deg, double lon1_deg, double lat2_deg,
                         double lon2_deg);

/* Where one comes out after `distance_m` from a point along `bearing_deg` (up to 100 km).
 */
void har_geodesic_from(double lat_deg, double lon_deg, double bearing_deg,
                       double distance_m, double *lat2_deg, double *lon2_deg);

/* --- series ----------------------------------------------------------------- */

/* Whittaker-Henderson smoothing with second differences: minimises sum w (y-z)^2 +
 * lambda sum (second difference of z)^2. `weight` may be NULL (all 1; 0 marks a hole that
 * is filled in). `smooth` may be `value`. `work` holds 3 * count doubles. O(count).
 * Eilers, Anal. Chem. 75 (2003) 3631. */
void har_whittaker(const double *value, const double *weight, size_t count, double lambda,
                   double *work, double *smooth);

/* The value below which a share `q` (0..1) of `value` lies, linear between neighbours.
 * Reorders `value`. NaN if count is 0. */
double har_quantile(double *value, size_t count, double q);

/* Adds to `up` and `down` (count of each) what each value rises above, or falls below, all
 * since the last turn. A turn counts once the values have come back from it by `least`:
 * smaller ripples add nothing, larger hills all of their height. */
void har_climbs(const double *value, size_t count, double least, double *up, double *down);

/* Linear interpolation of y at `at` over increasing x (count >= 1); flat outside. */
double har_interpolate(const double *x, const double *y, size_t count, double at);

/* --- symmetric matrices ------------------------------------------------------ */

/* For a symmetric positive definite A = L L^T (count x count, row by row; only its upper
 * triangle is read): leaves L^-1 in the lower triangle of `a`, diagonal included, scratch
 * above it, and ln det A in `*log_det`. False, `a` spoilt, if A is not positive definite.
 * A^-1 = L^-T L^-1. */
bool har_cholesky_inverse(double *a, size_t count, double *log_det);

/* --- the lowest point --------------------------------------------------------- */

/* Walks from `x` (1..HAR_MOST_UNKNOWNS numbers) down `f` to a low point nearby, which it
 * leaves in `x`; the value there. `step` is how far to look in each direction at first. It
 * ends when the values of the simplex lie within `close`, or after `rounds`. Where `f` is
 * NaN nobody goes. Nelder & Mead, Comput. J. 7 (1965) 308. */
enum { HAR_MOST_UNKNOWNS = 6 };
double har_minimise(double (*f)(const void *of, const double *x), const void *of, double *x,
                    const double *step, size_t count, double close, unsigned rounds);

/* --- four in five ----------------------------------------------------------------- */

/* Standard deviations to either side of the middle four in five of a normal law. */
#define HAR_SDS_OF_80 1.2815515655446004

/* The standard deviation of ln x where four in five lie from `low` to `high`. */
double har_ln_sd_of_80(double low, double high);

/* --- repeatable chance --------------------------------------------------------- */

/* The same seed gives the same numbers on every machine. `struct har_random r =
 * har_random_of(42);` copies with '='. Not for secrets. */
struct har_random {
    uint64_t state[4];
};
struct har_random har_random_of(uint64_t seed);
uint64_t har_random_bits(struct har_random *random);
double har_random_uniform(struct har_random *random); /* 0 <= u < 1 */
double har_random_normal(struct har_random *random);  /* mean 0, variance 1 */

#ifdef __cplusplus
}
#endif

#endif
