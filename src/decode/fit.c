/* SPDX-License-Identifier: MIT */
/* FIT, the file of most watches: a header, messages, a checksum; then perhaps another such
 * part ("chained"). Written from the public description of the protocol.
 *
 * A message is a definition (which fields of which types will follow under a local number)
 * or data in the layout of the definition last seen under its local number. So one wrong
 * byte can turn the rest of a part into noise: decoding of a part stops at the first byte
 * that cannot be right, what came before is kept, and the next part is looked for where the
 * header says. */

#include "fit_group.h"
#include "fit_workout.h"
#include "format.h"

enum {
    HEADER_LEAST = 12,
    CRC_SIZE = 2,
    COMPRESSED = 0x80,
    DEFINITION = 0x40,
    DEVELOPER = 0x20,
    DESCRIPTIONS = 256,
};

struct part_walk {
    struct har_bytes file;
    struct har_arena *arena;
    bool full;                         /* the arena is */
    struct fit_definition *definition; /* FIT_LOCAL_TYPES of them */
    struct fit_description *described[DESCRIPTIONS];
    uint32_t clock; /* the last timestamp, for compressed headers */
    bool clock_set;
    bool damaged;
    bool cut_off; /* walk_messages() stopped within a message */
    struct fit_group group;
    struct fit_activities activities;
    struct fit_workout *workout; /* NULL: nobody asks for one */
    unsigned first_type;
    size_t warning_count, warning_room;
    struct har_warning *warnings;
};

static void warn(struct part_walk *w, size_t offset, const char *message)
{
    struct har_warning *warnings = har_arena_grow(w->arena, w->warnings, w->warning_count,
                                                  &w->warning_room, sizeof *warnings);
    if (!warnings) {
        w->full = true;
        return;
    }
    w->warnings = warnings;
    /* In the order of the bytes, whatever was found first. */
    size_t at = w->warning_count++;
    for (; at && w->warnings[at - 1].offset > offset; at--)
        w->warnings[at] = w->warnings[at - 1];
    w->warnings[at] = (struct har_warning){offset, message};
}

static void warn_of_damage(struct part_walk *w, size_t offset, const char *message)
{
    warn(w, offset, message);
    w->damaged = true;
}

/* --- definitions --------------------------------------------------------------------- */

static unsigned read_u16(const uint8_t *p, bool big)
{
    return big ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
}

/* Reads the definition at `at` (behind its header byte). Returns where it ends, or 0. */
static size_t read_definition(struct part_walk *w, size_t at, size_t end, unsigned local,
                              bool developer)
{
    const uint8_t *p = w->file.data;
    struct fit_definition *d = &w->definition[local];
    if (end - at < 5 || p[at + 1] > 1) return 0;
    d->known = false;
    d->big = p[at + 1] == 1;
    d->message = (uint16_t)read_u16(p + at + 2, d->big);
    d->field_count = p[at + 4];
    d->developer_count = 0;
    d->has_time = false;
    at += 5;
    if (end - at < d->field_count * 3u) return 0;
    size_t offset = 0;
    for (unsigned i = 0; i < d->field_count; i++, at += 3) {
        enum fit_kind kind = FIT_TEXT;
        unsigned size = 1;
        if (!fit_base_type(p[at + 2], &kind, &size)) kind = FIT_TEXT;
        /* A size that is no multiple of the type's is read as bare bytes. */
        if (p[at + 1] % size) kind = FIT_U8, size = 1;
        if (p[at + 1] == 0) kind = FIT_TEXT;
        d->field[i] = (struct fit_field){
            .number = p[at],
            .size = p[at + 1],
            .kind = (uint8_t)(kind + (d->big && size > 1 ? FIT_BIG : 0)),
            .offset = (uint16_t)offset,
        };
        if (p[at] == FIT_TIMESTAMP && p[at + 1] == 4) {
            d->has_time = true;
            d->time_offset = (uint16_t)offset;
        }
        offset += p[at + 1];
    }
    if (developer) {
        if (end - at < 1) return 0;
        d->developer_count = p[at++];
        if (end - at < d->developer_count * 3u) return 0;
        for (unsigned i = 0; i < d->developer_count; i++, at += 3) {
            d->developer[i] = (struct fit_field){.number = p[at],
                                                 .size = p[at + 1],
                                                 .index = p[at + 2],
                                                 .offset = (uint16_t)offset};
            offset += p[at + 1];
        }
    }
    if (offset > UINT16_MAX) return 0;
    d->size = (uint16_t)offset;
    d->known = true;
    if (d->message == FIT_RECORD &&
        !fit_plan(d, &w->group.columns, w->described, end - at, w->arena))
        w->full = true;
    return at;
}

static void take_description(struct part_walk *w, const struct fit_data *data)
{
    unsigned index = fit_code(data, 0, DESCRIPTIONS),
             number = fit_code(data, 1, DESCRIPTIONS);
    enum fit_kind kind;
    unsigned size;
    if (index >= DESCRIPTIONS || number >= DESCRIPTIONS) return;
    if (!fit_base_type(fit_code(data, 2, 255), &kind, &size)) return;
    if (!w->described[index]) {
        w->described[index] = HAR_NEW(w->arena, struct fit_description, DESCRIPTIONS);
        if (!w->described[index]) {
            w->full = true;
            return;
        }
    }
    const char *name = fit_text(data, 3, w->arena, &w->full);
    const char *unit = fit_text(data, 8, w->arena, &w->full);
    double scale = fit_number(data, 6), minus = fit_number(data, 7);
    if (!name) {
        struct har_text text = {.arena = w->arena};
        har_text_format(&text, "developer %u.%u", index, number);
        w->full = w->full || text.failed;
        name = text.data;
    }
    if (w->full) return;
    w->described[index][number] = (struct fit_description){
        .known = true,
        .kind = (uint8_t)kind,
        .size = (uint8_t)size,
        .native = (uint8_t)(fit_code(data, 14, 255) == FIT_RECORD ? fit_code(data, 15, 255)
                                                                  : 255),
        .scale = scale > 0 ? scale : 1,
        .minus = isnan(minus) ? 0 : minus,
        .name = name,
        .unit = unit ? unit : "",
    };
}

/* --- data ------------------------------------------------------------------------------
 */

static int64_t ms_of(uint32_t clock)
{
    return ((int64_t)clock + FIT_EPOCH_S) * 1000;
}

static void begin_group(struct part_walk *w)
{
    if (fit_group_is_activity(&w->group)) {
        if (!fit_group_end(&w->group, &w->activities, w->arena)) w->full = true;
        fit_group_begin(&w->group);
        /* Plans point into the columns of the group that ended. */
        for (unsigned i = 0; i < FIT_LOCAL_TYPES; i++)
            if (w->definition[i].message == FIT_RECORD) w->definition[i].known = false;
    }
    w->group.begun = true;
}

static void take_data(struct part_walk *w, const struct fit_data *data)
{
    switch (data->definition->message) {
    case FIT_FIELD_DESCRIPTION: take_description(w, data); return;
    case FIT_FILE_ID:
        begin_group(w);
        if (w->first_type == 255) w->first_type = fit_code(data, 0, 255);
        break;
    case FIT_WORKOUT:
    case FIT_WORKOUT_STEP:
        if (w->workout && !fit_workout_take(w->workout, data, w->arena)) w->full = true;
        break;
    default: break;
    }
    if (!fit_group_take(&w->group, data, w->arena)) w->full = true;
}

/* The instant of a message that has a timestamp; it sets the clock. */
static int64_t fit_time(struct part_walk *w, const struct fit_definition *d,
                        const uint8_t *bytes)
{
    uint32_t clock = fit_u32(bytes + d->time_offset);
    if (d->big) clock = __builtin_bswap32(clock);
    if (clock == UINT32_MAX) return HAR_NO_TIME;
    w->clock = clock;
    w->clock_set = true;
    return ms_of(clock);
}

/* The instant of a message by its header, for definitions without a timestamp. */
static int64_t compressed_time(struct part_walk *w, unsigned header)
{
    if (!(header & COMPRESSED)) return HAR_NO_TIME;
    w->clock += (header - w->clock) & 31;
    return w->clock_set ? ms_of(w->clock) : HAR_NO_TIME;
}

/* How many messages in a row begin with the same header; one where each has its own time.
 */
static size_t run_length(const uint8_t *p, size_t at, size_t end, size_t stride)
{
    size_t count = 1;
    if (p[at] & COMPRESSED) return count;
    while (end - at >= (count + 1) * stride && p[at + count * stride] == p[at]) count++;
    return count;
}

static void take_records(struct part_walk *w, const struct fit_run *run, unsigned header)
{
    int64_t *time_ms = fit_rows_begin(&w->group.columns, run, w->arena);
    if (!time_ms) {
        w->full = true;
        return;
    }
    for (size_t i = 0; i < run->count; i++)
        time_ms[i] = run->definition->has_time && !(header & COMPRESSED)
                         ? fit_time(w, run->definition, run->bytes + i * run->stride)
                         : compressed_time(w, header);
    fit_rows_end(&w->group.columns, run);
}

/* Walks the messages from `at` to `end`. Returns where it stopped; `end` if all is well. */
static size_t walk_messages(struct part_walk *w, size_t at, size_t end)
{
    const uint8_t *p = w->file.data;
    while (at < end && !w->full) {
        unsigned header = p[at];
        if ((header & (COMPRESSED | DEFINITION)) == DEFINITION) {
            size_t next = read_definition(w, at + 1, end, header & 15, header & DEVELOPER);
            if (!next) return at;
            at = next;
            continue;
        }
        const struct fit_definition *d =
            &w->definition[header & COMPRESSED ? header >> 5 & 3 : header & 15];
        if (!d->known) return at;
        size_t stride = 1u + d->size;
        if (end - at < stride) {
            w->cut_off = true;
            return at;
        }
        if (d->message == FIT_RECORD) {
            struct fit_run run = {d, p + at + 1, stride, run_length(p, at, end, stride)};
            take_records(w, &run, header);
            at += run.count * stride;
            continue;
        }
        struct fit_data data = {d, p + at + 1, HAR_NO_TIME};
        data.time_ms = d->has_time && !(header & COMPRESSED) ? fit_time(w, d, data.bytes)
                                                             : compressed_time(w, header);
        take_data(w, &data);
        at += stride;
    }
    return at;
}

/* --- parts
 * -------------------------------------------------------------------------------- */

static bool is_header(struct har_bytes bytes)
{
    return bytes.size >= HEADER_LEAST && bytes.data[0] >= HEADER_LEAST &&
           memcmp(bytes.data + 8, ".FIT", 4) == 0;
}

static bool looks_like_fit(struct har_bytes head)
{
    return is_header(head);
}

/* Walks the part whose header is at `start`. Returns where the next may begin. */
static size_t walk_part(struct part_walk *w, size_t start)
{
    struct har_bytes rest = {w->file.data + start, w->file.size - start};
    size_t header = rest.data[0], declared = fit_u32(rest.data + 4);
    if (header > rest.size) {
        warn_of_damage(w, start, "the file ends within its header");
        return w->file.size;
    }
    if (header >= 14 && fit_u16(rest.data + 12) &&
        har_crc16((struct har_bytes){rest.data, 14}))
        warn(w, start + 12, "the checksum of the header is wrong");

    size_t room = rest.size - header, size = declared;
    if (declared == 0 && room > CRC_SIZE) {
        /* A watch writes the size last: 0 says that it never came to it. */
        size = room;
        warn_of_damage(w, start + 4, "the header says size 0: the recording was cut short");
    } else if (declared > room) {
        size = room;
        warn_of_damage(w, w->file.size, "the file ends before its declared length");
    } else if (room - declared < CRC_SIZE) {
        warn_of_damage(w, w->file.size, "the file ends before its checksum");
    } else if (har_crc16((struct har_bytes){rest.data, header + size + CRC_SIZE})) {
        warn_of_damage(w, start + header + size, "the checksum is wrong");
    }

    for (unsigned i = 0; i < FIT_LOCAL_TYPES; i++) w->definition[i].known = false;
    w->cut_off = false;
    size_t end = start + header + size, stopped = walk_messages(w, start + header, end);
    if (stopped < end && !w->full) {
        /* A file of unknown length ends in a checksum, which is no message. */
        bool only_checksum = declared == 0 && end - stopped <= CRC_SIZE;
        if (!only_checksum)
            warn_of_damage(w, stopped,
                           w->cut_off ? "the message that begins here is cut off"
                                      : "from here on the bytes are not messages");
    }
    return end + CRC_SIZE < w->file.size ? end + CRC_SIZE : w->file.size;
}

static void walk_file(struct part_walk *w)
{
    size_t at = 0;
    do at = walk_part(w, at);
    while (!w->full && is_header((struct har_bytes){w->file.data + at, w->file.size - at}));
    if (at < w->file.size && !w->full)
        warn(w, at, "the bytes from here on are not another FIT file");
    bool course = fit_file_kind(w->group.file_type) == HAR_FILE_COURSE; /* has none */
    if (fit_group_is_activity(&w->group) && !w->group.session_count && !course)
        warn(w, w->file.size, "no session was written: the device's totals are missing");
    if (!fit_group_end(&w->group, &w->activities, w->arena)) w->full = true;
    if (w->group.hearts.broken && !w->full)
        warn(w, w->file.size, "some stored heart rates have no time and are left out");
}

static har_status walk_whole(struct part_walk *w, struct har_error *err)
{
    if (!is_header(w->file))
        return har_fail(err, HAR_BAD_INPUT, 0,
                        "this is not a FIT file: its header is missing");
    w->first_type = 255;
    w->definition = HAR_NEW(w->arena, struct fit_definition, FIT_LOCAL_TYPES);
    if (!w->definition)
        return har_fail(err, HAR_NO_MEMORY, 0, "no memory to decode a FIT file");
    fit_group_begin(&w->group);
    walk_file(w);
    return w->full ? har_fail(err, HAR_NO_MEMORY, 0,
                              "no memory to decode a FIT file of %zu bytes", w->file.size)
                   : HAR_OK;
}

static har_status decode_fit(struct har_bytes file, struct har_arena *arena,
                             struct har_recording *out, struct har_error *err)
{
    struct part_walk w = {.file = file, .arena = arena};
    har_status status = walk_whole(&w, err);
    if (status != HAR_OK) return status;
    if (!w.activities.count && (w.damaged || !w.group.begun))
        return har_fail(err, HAR_BAD_INPUT, w.warning_count ? w.warnings[0].offset : 0,
                        "nothing in this FIT file can be used: %s",
                        w.warning_count ? w.warnings[0].message : "it has no messages");
    bool runs = w.activities.count && (w.first_type == 255 || w.first_type == 4);
    const char *name = runs ? "activity" : fit_file_kind_name(w.first_type);
    *out = (struct har_recording){
        .kind = runs ? HAR_FILE_ACTIVITY : fit_file_kind(w.first_type),
        .kind_name = name ? name : "unknown",
        .activity_count = w.activities.count,
        .activities = w.activities.activity,
        .warning_count = w.warning_count,
        .warnings = w.warnings,
    };
    return HAR_OK;
}

/* A workout half read is run wrong: any damage refuses it. */
har_status decode_fit_workout(struct har_bytes file, struct har_arena *arena,
                              struct har_workout *out, struct har_error *err)
{
    struct fit_workout workout = {0};
    struct part_walk w = {.file = file, .arena = arena, .workout = &workout};
    har_status status = walk_whole(&w, err);
    if (status != HAR_OK) return status;
    if (w.damaged)
        return har_fail(err, HAR_BAD_INPUT, w.warnings[0].offset,
                        "this workout is damaged: %s", w.warnings[0].message);
    return fit_workout_end(&workout, arena, out, err);
}

const struct format fit_format = {HAR_FORMAT_FIT, "FIT", looks_like_fit, decode_fit};
