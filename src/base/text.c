/* SPDX-License-Identifier: MIT */
/* Text being written: one growing buffer, the same bytes whatever the locale.
 *
 * A buffer that must grow moves to a piece twice as large; the arena keeps the old one, so
 * a text costs at most three times its length. */

#include "harrier/base.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct har_bytes har_bytes_of(const char *text)
{
    return (struct har_bytes){(const uint8_t *)text, strlen(text)};
}

/* Room for `more` bytes and the terminating zero. */
static bool reserve(struct har_text *text, size_t more)
{
    if (text->failed) return false;
    if (more < text->room && text->size < text->room - more) return true;
    size_t need = text->size + more + 1;
    size_t room = text->room ? text->room : 128;
    while (room < need && room <= SIZE_MAX / 2) room *= 2;
    char *data = need > more ? HAR_ROOM(text->arena, char, room) : NULL;
    if (!data || room < need) {
        text->failed = true;
        return false;
    }
    if (text->size) memcpy(data, text->data, text->size);
    text->data = data;
    text->room = room;
    return true;
}

void har_text_bytes(struct har_text *text, const void *data, size_t size)
{
    if (!reserve(text, size)) return;
    if (size) memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void har_text_add(struct har_text *text, const char *string)
{
    har_text_bytes(text, string, strlen(string));
}

void har_text_format(struct har_text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    char small[256];
    int size = vsnprintf(small, sizeof small, format, arguments);
    if (size >= 0 && (size_t)size < sizeof small) {
        har_text_bytes(text, small, (size_t)size);
    } else if (size >= 0 && reserve(text, (size_t)size)) {
        vsnprintf(text->data + text->size, (size_t)size + 1, format, again);
        text->size += (size_t)size;
    }
    va_end(again);
    va_end(arguments);
}

/* --- numbers ----------------------------------------------------------------- */

static const double power_of_ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
enum { MOST_DECIMALS = 9, DIGITS = 24 };

/* The decimal digits of `value` end at `end`; returns where they begin. */
static char *digits_of(uint64_t value, char *end)
{
    do *--end = (char)('0' + value % 10);
    while (value /= 10);
    return end;
}

/* Doubles of 1e17 and more are whole numbers of more digits than an integer type holds:
 * take them apart by exact division in base 1e9. */
static void add_huge(struct har_text *text, double value)
{
    char digits[320], *end = digits + sizeof digits, *at = end;
    while (value >= 1) {
        double rest = fmod(value, 1e9);
        value = (value - rest) / 1e9;
        uint64_t part = (uint64_t)rest;
        for (int i = 0; i < 9; i++, part /= 10) *--at = (char)('0' + part % 10);
    }
    while (at < end - 1 && *at == '0') at++;
    har_text_bytes(text, at, (size_t)(end - at));
}

/* `size` in units of the last decimal, rounded as the exact value would be: the product may
 * round onto a half that the value itself is not on. */
static double scaled_to(double size, double units)
{
    double product = size * units, down = floor(product);
    if (product - down != 0.5) return nearbyint(product);
    double rest = fma(size, units, -product);
    return rest > 0 ? down + 1 : rest < 0 ? down : nearbyint(product);
}

static void add_decimal(struct har_text *text, double value, unsigned decimals, bool trim)
{
    if (!isfinite(value)) return;
    if (decimals > MOST_DECIMALS) decimals = MOST_DECIMALS;
    double size = fabs(value);
    double scaled = scaled_to(size, power_of_ten[decimals]);
    if (scaled >= 9e18) {
        if (value < 0) har_text_add(text, "-");
        add_huge(text, trunc(size));
        return;
    }
    uint64_t all = (uint64_t)scaled, unit = (uint64_t)power_of_ten[decimals];
    uint64_t fraction = all % unit;
    if (trim)
        while (decimals && fraction % 10 == 0) {
            fraction /= 10;
            decimals--;
        }
    char buffer[DIGITS + MOST_DECIMALS + 2], *end = buffer + sizeof buffer, *at = end;
    if (decimals) {
        at = digits_of(fraction, end);
        while ((size_t)(end - at) < decimals) *--at = '0';
        *--at = '.';
    }
    at = digits_of(all / unit, at);
    if (value < 0 && all) *--at = '-';
    har_text_bytes(text, at, (size_t)(end - at));
}

void har_text_fixed(struct har_text *text, double value, unsigned decimals)
{
    add_decimal(text, value, decimals, false);
}

void har_text_number(struct har_text *text, double value, unsigned decimals)
{
    add_decimal(text, value, decimals, true);
}

void har_text_clock(struct har_text *text, double seconds, unsigned decimals,
                    bool minutes_first)
{
    if (!isfinite(seconds) || fabs(seconds) > 1e12) return;
    if (decimals > 3) decimals = 3;
    uint64_t unit = (uint64_t)power_of_ten[decimals];
    uint64_t all = (uint64_t)nearbyint(fabs(seconds) * power_of_ten[decimals]);
    uint64_t whole = all / unit, minutes = whole / 60;
    unsigned second = (unsigned)(whole % 60);
    if (seconds < 0 && all) har_text_add(text, "-");
    if (minutes >= (minutes_first ? 100 : 60))
        har_text_format(text, "%llu:%02u:%02u", (unsigned long long)(minutes / 60),
                        (unsigned)(minutes % 60), second);
    else if (minutes) har_text_format(text, "%u:%02u", (unsigned)minutes, second);
    else if (decimals) har_text_format(text, "%u", second);
    else har_text_format(text, "0:%02u", second);
    if (decimals) har_text_format(text, ".%0*u", (int)decimals, (unsigned)(all % unit));
}

void har_text_pad(struct har_text *text, size_t column)
{
    size_t width = 0;
    for (size_t i = text->size; i > 0 && text->data[i - 1] != '\n'; i--)
        width += ((unsigned char)text->data[i - 1] & 0xc0) != 0x80;
    while (width++ < column && !text->failed) har_text_bytes(text, " ", 1);
}
