/* SPDX-License-Identifier: MIT */
/* Numbers being read. strtod() obeys the locale and needs a terminated string; a watch file
 * has neither. Up to 19 digits are gathered in an integer and scaled once by a power of
 * ten: exactly rounded where both fit a double (15 digits, 22 places), else within one unit
 * of the 16th digit. */

#include "harrier/base.h"

#include <math.h>

static const double exact_power_of_ten[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { MOST_DIGITS = 19, EXACT_POWERS = 22 };

static bool is_space(uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct har_bytes trimmed(struct har_bytes text)
{
    while (text.size && is_space(text.data[0])) text.data++, text.size--;
    while (text.size && is_space(text.data[text.size - 1])) text.size--;
    return text;
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static double scale(double value, long power)
{
    if (power >= 0 && power <= EXACT_POWERS) return value * exact_power_of_ten[power];
    if (power < 0 && power >= -EXACT_POWERS) return value / exact_power_of_ten[-power];
    if (value == 0 || power < -400) return 0;
    /* Two steps keep values near the smallest double from vanishing half way. */
    if (power < -300) return value / 1e300 * pow(10, (double)power + 300);
    return value * pow(10, (double)power);
}

bool har_parse_number(struct har_bytes text, double *value)
{
    text = trimmed(text);
    if (text.size == 0) return false;
    const uint8_t *at = text.data, *end = at + text.size;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) at++;

    uint64_t digits = 0;
    unsigned kept = 0;
    long power = 0;
    bool any = false, point = false;
    for (; at < end; at++) {
        if (is_digit(*at)) {
            any = true;
            if (kept < MOST_DIGITS) {
                digits = digits * 10 + (uint64_t)(*at - '0');
                kept += digits != 0; /* leading zeros cost nothing */
                power -= point;
            } else {
                power += !point;
            }
        } else if (*at == '.' && !point) {
            point = true;
        } else {
            break;
        }
    }
    if (!any) return false;

    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        bool minus = at < end && *at == '-';
        if (at < end && (*at == '-' || *at == '+')) at++;
        if (at == end) return false;
        long exponent = 0;
        for (; at < end && is_digit(*at); at++)
            if (exponent < 100000) exponent = exponent * 10 + (*at - '0');
        power += minus ? -exponent : exponent;
    }
    if (at != end) return false;
    double result = scale((double)digits, power);
    if (!isfinite(result)) return false;
    *value = negative ? -result : result;
    return true;
}

bool har_parse_integer(struct har_bytes text, int64_t *value)
{
    text = trimmed(text);
    if (text.size == 0) return false;
    const uint8_t *at = text.data, *end = at + text.size;
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+')) at++;
    if (at == end) return false;
    uint64_t most = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX, result = 0;
    for (; at < end; at++) {
        if (!is_digit(*at)) return false;
        uint64_t digit = (uint64_t)(*at - '0');
        if (result > (most - digit) / 10) return false;
        result = result * 10 + digit;
    }
    *value = negative ? (int64_t)(0 - result) : (int64_t)result;
    return true;
}
