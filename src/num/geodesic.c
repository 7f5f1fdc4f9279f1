/* SPDX-License-Identifier: MIT */
/* Lines on the ellipsoid.
 *
 * C. F. F. Karney, "Algorithms for geodesics", J. Geod. 87 (2013) 43-55: the auxiliary
 * sphere (section 2), the canonical order of the two points and the search for the azimuth
 * at the first (section 4). Where the paper expands its two integrals (eqs 7 and 8) in
 * Fourier series, we take twelve-point Gauss-Legendre quadrature over the arc: the
 * integrands are smooth and nearly constant, twelve points are good to the last bit on half
 * the globe, and a reader can check the integrals against the paper without its 27
 * coefficients.
 *
 * Accuracy: about 10 nm. Nearly antipodal points are the hard case of every method:
 * the longitude reached grows with the azimuth on one bracket (section 4), so a Newton step
 * that leaves the bracket is replaced by halving it. The search then ends after at most 100
 * rounds wherever the points lie; exactly opposite points on the equator have two shortest
 * ways, of which we give the northern. */

#include "harrier/num.h"

#include <math.h>

#define EQUATOR_RADIUS_M 6378137.0
#define FLATTENING (1 / 298.257223563)
#define POLE_RADIUS_M (EQUATOR_RADIUS_M * (1 - FLATTENING))
#define ECCENTRICITY_2 (FLATTENING * (2 - FLATTENING))
#define SECOND_ECCENTRICITY_2 (ECCENTRICITY_2 / (1 - ECCENTRICITY_2))
#define HALF_TURN_RAD 3.14159265358979323846
#define RAD_PER_DEG (HALF_TURN_RAD / 180)

/* Stands for a sine or cosine of zero where only its sign may matter. */
#define TINY 1e-200

/* Beyond this a chord no longer stands for its arc (see har_geodesic_step). */
#define LONGEST_STEP_M 1100.0

/* Abscissae and weights of Gauss-Legendre quadrature with twelve points on -1..1; the
 * other six mirror these. */
static const struct {
    double at, weight;
} gauss[] = {
    {0.12523340851146891, 0.24914704581340277}, {0.36783149899818018, 0.23349253653835481},
    {0.58731795428661748, 0.20316742672306592}, {0.76990267419430469, 0.16007832854334622},
    {0.90411725637047491, 0.10693932599531843}, {0.98156063424671924, 0.04717533638651183},
};
enum { GAUSS_PAIRS = sizeof gauss / sizeof gauss[0] };

struct direction {
    double sine, cosine;
};

static struct direction direction_of(double y, double x)
{
    double length = hypot(y, x);
    return (struct direction){y / length, x / length};
}

static struct direction direction_of_deg(double angle_deg)
{
    /* Whole quarters first, so that 90 degrees has a cosine of exactly 0. */
    double quarters = floor(angle_deg / 90 + 0.5);
    double rest = (angle_deg - 90 * quarters) * RAD_PER_DEG;
    double s = sin(rest), c = cos(rest);
    switch ((int)(quarters - 4 * floor(quarters / 4))) {
    case 0: return (struct direction){s, c};
    case 1: return (struct direction){c, -s};
    case 2: return (struct direction){-s, -c};
    default: return (struct direction){-c, s};
    }
}

/* The latitude on the auxiliary sphere: tan b = (1 - f) tan phi. */
static struct direction reduced_latitude(double lat_deg)
{
    struct direction lat = direction_of_deg(lat_deg);
    struct direction out = direction_of((1 - FLATTENING) * lat.sine, lat.cosine);
    out.cosine = fmax(out.cosine, TINY);
    return out;
}

/* The difference of two longitudes in -180..180. */
static double longitude_between(double lon1_deg, double lon2_deg)
{
    double d = fmod(lon2_deg - lon1_deg, 360);
    return d > 180 ? d - 360 : d <= -180 ? d + 360 : d;
}

/* What lies between two points of one geodesic, sigma1 and sigma2 from its node. */
struct arc {
    double length_m;    /* eq. 7 */
    double flatter_rad; /* what the longitude lacks to the sphere's: eq. 8 */
    double reduced_m;   /* m12, the reduced length: eq. 38 */
};

static struct arc arc_between(double sin_a0, double sigma1, double sigma2)
{
    double k2 = SECOND_ECCENTRICITY_2 * (1 - sin_a0) * (1 + sin_a0);
    double middle = (sigma1 + sigma2) / 2, half = (sigma2 - sigma1) / 2;
    double length = 0, flatter = 0, bend = 0;
    for (int i = 0; i < 2 * GAUSS_PAIRS; i++) {
        double at = i % 2 ? gauss[i / 2].at : -gauss[i / 2].at;
        double weight = gauss[i / 2].weight * half;
        double s = sin(middle + half * at), root = sqrt(1 + k2 * s * s);
        length += weight * root;
        flatter += weight * (2 - FLATTENING) / (1 + (1 - FLATTENING) * root);
        bend += weight * k2 * s * s / root;
    }
    double s1 = sin(sigma1), c1 = cos(sigma1), s2 = sin(sigma2), c2 = cos(sigma2);
    double reduced = sqrt(1 + k2 * s2 * s2) * c1 * s2 - sqrt(1 + k2 * s1 * s1) * s1 * c2 -
                     c1 * c2 * bend;
    return (struct arc){POLE_RADIUS_M * length, FLATTENING * sin_a0 * flatter,
                        POLE_RADIUS_M * reduced};
}

/* A geodesic that leaves the first point and reaches the second's latitude going north. */
struct hybrid {
    struct direction azimuth1, azimuth2;
    double longitude_rad; /* reached */
    double slope;         /* of longitude_rad over the azimuth at the first point */
    double length_m;
    double reduced_m;
};

/* `turn` is the azimuth at the first point less a right angle: kept so, it is exact where
 * the line leaves due east, which is where the cosine matters most. */
static struct hybrid hybrid_of(struct direction b1, struct direction b2, double turn)
{
    struct hybrid h = {.azimuth1 = {cos(turn), -sin(turn)}};
    double sin_a0 = h.azimuth1.sine * b1.cosine;
    double north1 = h.azimuth1.cosine * b1.cosine;
    double wider = b1.cosine < -b1.sine ? (b2.cosine - b1.cosine) * (b2.cosine + b1.cosine)
                                        : (b1.sine - b2.sine) * (b1.sine + b2.sine);
    double north2 = sqrt(fmax(north1 * north1 + wider, 0));
    h.azimuth2 = direction_of(sin_a0, fmax(north2, TINY));
    double sigma1 = atan2(b1.sine, north1), sigma2 = atan2(b2.sine, north2);
    double omega1 = atan2(sin_a0 * b1.sine, north1);
    double omega2 = atan2(sin_a0 * b2.sine, north2);
    double omega = omega2 - omega1;
    if (omega < 0) omega += 2 * HALF_TURN_RAD;
    struct arc arc = arc_between(sin_a0, sigma1, sigma2);
    h.longitude_rad = omega - arc.flatter_rad;
    h.length_m = arc.length_m;
    h.reduced_m = arc.reduced_m;
    h.slope = arc.reduced_m / (EQUATOR_RADIUS_M * fmax(north2, TINY));
    return h;
}

/* Where a great circle of the auxiliary sphere would leave: a good first guess except for
 * nearly antipodal points, where the bracket takes over. */
static double spherical_turn(struct direction b1, struct direction b2, double longitude_rad)
{
    double half = sin(longitude_rad / 2);
    double north =
        (b2.sine * b1.cosine - b2.cosine * b1.sine) + 2 * b2.cosine * b1.sine * half * half;
    return atan2(-north, b2.cosine * sin(longitude_rad));
}

/* The geodesic in canonical order: b1 <= 0, b1 <= b2 <= -b1, longitude 0..pi. */
static struct hybrid shortest(struct direction b1, struct direction b2,
                              double longitude_rad)
{
    double low = -HALF_TURN_RAD / 2, high = HALF_TURN_RAD / 2;
    if (longitude_rad == 0) return hybrid_of(b1, b2, low);
    if (longitude_rad >= HALF_TURN_RAD) {
        struct hybrid over_the_pole = hybrid_of(b1, b2, high);
        if (over_the_pole.reduced_m >= 0) return over_the_pole;
    }
    double turn = spherical_turn(b1, b2, longitude_rad);
    struct hybrid h = {{0, 0}, {0, 0}, 0, 0, 0, 0};
    for (int round = 0; round < 100; round++) {
        if (!(turn > low && turn < high)) turn = (low + high) / 2;
        h = hybrid_of(b1, b2, turn);
        double beyond = h.longitude_rad - longitude_rad;
        if (beyond == 0 || high - low < 1e-300) break;
        if (beyond > 0) high = turn;
        else low = turn;
        double next = turn - beyond / h.slope;
        if (fabs(next - turn) <= 2e-16 * fabs(turn)) break;
        turn = next;
    }
    return h;
}

static double bearing_deg(struct direction azimuth)
{
    double deg = atan2(azimuth.sine, azimuth.cosine) / RAD_PER_DEG;
    return deg < 0 ? deg + 360 : deg;
}

/* Along the equator, as long as that is the shortest way. */
static bool along_equator(struct direction b1, struct direction b2, double longitude_rad)
{
    return b1.sine == 0 && b2.sine == 0 &&
           longitude_rad <= HALF_TURN_RAD * (1 - FLATTENING);
}

double har_geodesic(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg,
                    double *bearing1_deg, double *bearing2_deg)
{
    if (bearing1_deg) *bearing1_deg = NAN;
    if (bearing2_deg) *bearing2_deg = NAN;
    double lon_deg = longitude_between(lon1_deg, lon2_deg);
    if (!(fabs(lat1_deg) <= 90 && fabs(lat2_deg) <= 90) || isnan(lon_deg)) return NAN;

    /* Canonical order: the first point the farther from the equator, and south of it. */
    bool west = lon_deg < 0, swap = fabs(lat1_deg) < fabs(lat2_deg);
    double lat1 = swap ? lat2_deg : lat1_deg, lat2 = swap ? lat1_deg : lat2_deg;
    bool mirror = lat1 > 0;
    struct direction b1 = reduced_latitude(mirror ? -lat1 : lat1);
    struct direction b2 = reduced_latitude(mirror ? -lat2 : lat2);
    double longitude_rad = fabs(lon_deg) * RAD_PER_DEG;

    struct hybrid h;
    if (along_equator(b1, b2, longitude_rad)) {
        h = (struct hybrid){.azimuth1 = {1, 0}, .azimuth2 = {1, 0}};
        h.length_m = EQUATOR_RADIUS_M * longitude_rad;
    } else {
        if (b1.sine == 0) b1.sine = -TINY;
        h = shortest(b1, b2, longitude_rad);
    }

    /* Back again. Walking the line the other way turns both azimuths about; so does each
     * mirror in its own axis. */
    struct direction a1 = swap ? h.azimuth2 : h.azimuth1;
    struct direction a2 = swap ? h.azimuth1 : h.azimuth2;
    double east = west ? -1 : 1, north = mirror != swap ? -1 : 1;
    a1 = (struct direction){a1.sine * east, a1.cosine * north};
    a2 = (struct direction){a2.sine * east, a2.cosine * north};
    if (bearing1_deg) *bearing1_deg = bearing_deg(a1);
    if (bearing2_deg) *bearing2_deg = bearing_deg(a2);
    return h.length_m;
}

/* A point of the ellipsoid: metres from the axis, and from the plane of the equator. */
struct place {
    double out, up;
};

static struct place place_of(double lat_deg)
{
    double s = sin(lat_deg * RAD_PER_DEG), c = cos(lat_deg * RAD_PER_DEG);
    double normal = EQUATOR_RADIUS_M / sqrt(1 - ECCENTRICITY_2 * s * s);
    return (struct place){normal * c, normal * (1 - ECCENTRICITY_2) * s};
}

/* The straight line through the earth and the first term of what the arc adds to it. The
 * term is 1e-9 of a kilometre, so one mean radius will do; unlike a series at the middle
 * latitude the chord knows neither poles nor a date line. */
double har_geodesic_step(double lat1_deg, double lon1_deg, double lat2_deg, double lon2_deg)
{
    const double mean_radius_m = (2 * EQUATOR_RADIUS_M + POLE_RADIUS_M) / 3;
    struct place a = place_of(lat1_deg), b = place_of(lat2_deg);
    double out = b.out - a.out, up = b.up - a.up;
    double half = sin((lon2_deg - lon1_deg) * (RAD_PER_DEG / 2));
    double chord = sqrt(out * out + up * up + 4 * a.out * b.out * half * half);
    if (!(chord < LONGEST_STEP_M))
        return har_geodesic(lat1_deg, lon1_deg, lat2_deg, lon2_deg, NULL, NULL);
    double share = chord / mean_radius_m;
    return chord * (1 + share * share / 24);
}

void har_geodesic_from(double lat_deg, double lon_deg, double bearing_deg,
                       double distance_m, double *lat2_deg, double *lon2_deg)
{
    struct direction b1 = reduced_latitude(lat_deg), a1 = direction_of_deg(bearing_deg);
    double sin_a0 = a1.sine * b1.cosine;
    double cos_a0 = hypot(a1.cosine, a1.sine * b1.sine);
    double north1 = a1.cosine * b1.cosine;
    if (b1.sine == 0 && north1 == 0) north1 = TINY; /* along the equator: from its node */
    double sigma1 = atan2(b1.sine, north1);
    double sigma2 = sigma1 + distance_m / POLE_RADIUS_M;
    for (int round = 0; round < 10; round++) {
        double s = sin(sigma2);
        double per_rad =
            POLE_RADIUS_M * sqrt(1 + SECOND_ECCENTRICITY_2 * cos_a0 * cos_a0 * s * s);
        double short_m = distance_m - arc_between(sin_a0, sigma1, sigma2).length_m;
        sigma2 += short_m / per_rad;
        if (!(fabs(short_m) > 1e-9)) break;
    }
    double sin_b2 = cos_a0 * sin(sigma2);
    double cos_b2 = hypot(sin_a0, cos_a0 * cos(sigma2));
    double omega1 = atan2(sin_a0 * b1.sine, north1);
    double omega2 = atan2(sin_a0 * sin(sigma2), cos(sigma2));
    double lon = omega2 - omega1 - arc_between(sin_a0, sigma1, sigma2).flatter_rad;
    *lat2_deg = atan2(sin_b2, (1 - FLATTENING) * cos_b2) / RAD_PER_DEG;
    *lon2_deg = longitude_between(0, lon_deg + lon / RAD_PER_DEG);
}
