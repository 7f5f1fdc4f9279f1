/* SPDX-License-Identifier: MIT */
/* iCalendar, as RFC 5545 has it: content lines of at most 75 octets without their CRLF,
 * folded by CRLF and a space, here never within a character; commas, semicolons and
 * backslashes of a text escaped. An all-day event ends on the day after its last. What it
 * stands for goes along in properties of our own, which other programs pass over. */

#include "harrier/calendar.h"

#include <string.h>

enum { LINE_OCTETS = 75 };

/* A line, folded. */
static void add_line(struct har_text *text, const char *line)
{
    size_t used = 0;
    for (const char *at = line; *at;) {
        size_t size = 1;
        while (((unsigned char)at[size] & 0xc0) == 0x80) size++;
        if (used + size > LINE_OCTETS) {
            har_text_add(text, "\r\n ");
            used = 1;
        }
        har_text_bytes(text, at, size);
        used += size;
        at += size;
    }
    har_text_add(text, "\r\n");
}

static void add_escaped(struct har_text *line, const char *value)
{
    for (; *value; value++) {
        if (*value == '\n') har_text_add(line, "\\n");
        else if ((unsigned char)*value < ' ') har_text_add(line, " ");
        else if (strchr(",;\\", *value)) har_text_format(line, "\\%c", *value);
        else har_text_bytes(line, value, 1);
    }
}

static void add_words(struct har_text *text, const char *name, const char *value)
{
    struct har_text line = {.arena = text->arena};
    har_text_add(&line, name);
    add_escaped(&line, value);
    if (line.failed) text->failed = true;
    else add_line(text, line.data);
}

static void add_day(struct har_text *text, const char *name, int64_t day, const char *end)
{
    struct har_date date = har_date_of(day);
    har_text_format(text, "%s%04d%02d%02d%s\r\n", name, date.year, date.month, date.day,
                    end);
}

static void add_item(struct har_text *text, const struct har_planned_item *item)
{
    add_words(text,
              "X-HARRIER-KIND:", item ? har_planned_kind_name(item->kind) : "training");
    if (!item) return;
    add_words(text, "X-HARRIER-NAME:", item->name);
    if (item->kind == HAR_PLANNED_RACE) {
        add_words(text, "X-HARRIER-EVENT:", item->event.code);
        add_words(text, "X-HARRIER-IMPORTANCE:", har_importance_name(item->importance));
    }
    if (item->kind != HAR_PLANNED_CAMP) return;
    har_text_add(text, "X-HARRIER-ALTITUDE-M:");
    har_text_number(text, item->altitude_m, 9);
    har_text_add(text, "\r\n");
}

void har_calendar_write(struct har_text *text, int64_t stamp_day,
                        const struct har_calendar_event *event, size_t count)
{
    har_text_add(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                       "PRODID:-//Harrier//Harrier//EN\r\nCALSCALE:GREGORIAN\r\n");
    for (size_t i = 0; i < count; i++) {
        har_text_add(text, "BEGIN:VEVENT\r\n");
        add_words(text, "UID:", event[i].uid);
        add_day(text, "DTSTAMP:", stamp_day, "T000000Z");
        add_day(text, "DTSTART;VALUE=DATE:", event[i].from_day, "");
        add_day(text, "DTEND;VALUE=DATE:", event[i].to_day + 1, "");
        add_words(text, "SUMMARY:", event[i].summary);
        if (event[i].description) add_words(text, "DESCRIPTION:", event[i].description);
        add_words(text, "CATEGORIES:", event[i].category);
        add_item(text, event[i].item);
        har_text_add(text, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
    }
    har_text_add(text, "END:VCALENDAR\r\n");
}
