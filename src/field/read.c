/* SPDX-License-Identifier: MIT */
/* Which kind of sheet it is: JSON begins with a brace, FinishLynx with the number of an
 * event where a table has the names of its columns, what it sends to a scoreboard with the
 * name of a group. */

#include "draft.h"

#include <math.h>

static bool is_json(struct har_bytes sheet)
{
    for (size_t i = 0; i < sheet.size && i < 64; i++) {
        uint8_t c = sheet.data[i];
        if (c == '{' || c == '[') return true;
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c < 0x80) return false;
    }
    return false;
}

har_status har_fields_read(struct har_bytes sheet, double event_m, struct har_arena *arena,
                           struct har_fields *out, struct har_error *err)
{
    struct draft draft = {.arena = arena, .err = err, .event_m = event_m > 0 ? event_m : 0};
    har_status got;
    if (is_json(sheet)) {
        got = read_official(sheet, &draft);
        if (got == HAR_UNSUPPORTED)
            har_fail(err, got, 0, "this JSON holds no events with results");
    } else {
        got = read_board(sheet, &draft);
        if (got == HAR_UNSUPPORTED) got = read_lynx(sheet, &draft);
        if (got == HAR_UNSUPPORTED) got = read_rows(sheet, &draft);
    }
    return got == HAR_OK ? draft_fields(&draft, out) : got;
}
