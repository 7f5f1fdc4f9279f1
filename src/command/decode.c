/* SPDX-License-Identifier: MIT */
/* harrier decode: what the files say, nothing added.
 *
 * Numbers are those of the file, before anything was cleaned. Files go through one at a
 * time: memory holds one of them, and the answer so far. */

#include "commands.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Decimals that hold what the formats hold: positions to a millimetre, speeds to 0.1 mm/s.
 */
static const unsigned channel_decimals[HAR_CHANNELS] = {
    [HAR_LAT_DEG] = 8,     [HAR_LON_DEG] = 8,   [HAR_ALTITUDE_M] = 3,
    [HAR_DISTANCE_M] = 3,  [HAR_SPEED_MPS] = 4, [HAR_HEART_BPM] = 3,
    [HAR_CADENCE_SPM] = 3, [HAR_POWER_W] = 3,   [HAR_TEMP_C] = 3,
};
static const char *const csv_header =
    "time_ms,lat_deg,lon_deg,altitude_m,distance_m,speed_mps,heart_bpm,cadence_spm,power_w,"
    "temp_c\r\n";

struct failure {
    const char *file;
    struct har_error why;
    struct failure *next;
};

struct decoding {
    const struct request *request;
    struct har_arena desk; /* one file */
    struct har_text text;  /* the answer that is not yet out */
    struct har_json json;
    bool is_json, is_csv;
    const char *path; /* as the user gave it */
    size_t files, activities;
    size_t failed;
    struct failure *first, **end;
};

/* --- one activity ------------------------------------------------------------------ */

static void activity_csv(struct har_text *text, const struct har_activity *a)
{
    const struct har_samples *s = &a->samples;
    for (size_t i = 0; i < s->count; i++) {
        if (s->time_ms[i] != HAR_NO_TIME) har_text_format(text, "%" PRId64, s->time_ms[i]);
        for (size_t c = 0; c < HAR_CHANNELS; c++) {
            har_text_bytes(text, ",", 1);
            if (s->channel[c]) har_text_number(text, s->channel[c][i], channel_decimals[c]);
        }
        har_text_bytes(text, "\r\n", 2);
    }
}

static void fact(struct har_text *text, double value, const char *unit, bool clock)
{
    if (!isfinite(value)) return;
    har_text_add(text, "  ");
    if (clock) har_text_clock(text, value, 0, false);
    else har_text_fixed(text, value, 0);
    har_text_add(text, unit);
}

static void activity_text(struct har_text *text, const struct har_activity *a,
                          const struct har_style *style)
{
    char sport[HAR_SPORT_NAME], sub_sport[HAR_SPORT_NAME];
    har_text_format(text, "  %s, %s", har_sport_name(a->sport, sport),
                    har_sub_sport_name(a->sub_sport, sub_sport));
    if (a->start_ms != HAR_NO_TIME) {
        har_text_add(text, "  ");
        har_text_instant(text, a->start_ms);
    }
    if (a->device.name) har_text_format(text, "  %s", a->device.name);
    har_text_add(text, "\n   ");
    if (isfinite(a->distance_m)) {
        har_text_add(text, " ");
        har_render_distance(text, a->distance_m, style);
    }
    fact(text, a->elapsed_s, " elapsed", true);
    fact(text, a->timer_s, " timer", true);
    fact(text, a->ascent_m, " m ascent", false);
    har_text_format(text, "  %zu samples, %zu laps\n", a->samples.count, a->lap_count);
}

/* --- one file ---------------------------------------------------------------------- */

static har_status remember_failure(struct decoding *d, const char *file,
                                   const struct har_error *why)
{
    struct failure *failure = HAR_NEW(d->request->arena, struct failure, 1);
    const char *copy = har_arena_copy(d->request->arena, file, strlen(file));
    if (!failure || !copy) return HAR_NO_MEMORY;
    *failure = (struct failure){copy, *why, NULL};
    *d->end = failure;
    d->end = &failure->next;
    d->failed++;
    if (why->offset)
        complain(d->request, "%s: %s (byte %" PRIu64 ")", file, why->message, why->offset);
    else complain(d->request, "%s: %s", file, why->message);
    return HAR_OK;
}

static void file_text(struct decoding *d, const char *file, const struct har_recording *r)
{
    struct har_text *text = &d->text;
    har_text_format(text, "%s\n", file);
    for (size_t i = 0; i < r->activity_count; i++)
        activity_text(text, &r->activities[i], &d->request->style);
    for (size_t i = 0; i < r->warning_count; i++)
        har_text_format(text, "    byte %" PRIu64 ": %s\n", r->warnings[i].offset,
                        r->warnings[i].message);
}

/* What is written so far goes out. */
static har_status let_out(struct decoding *d)
{
    if (d->text.failed) return HAR_NO_MEMORY;
    bool written = put_text(d->request, &d->text);
    d->text.size = 0;
    return written ? HAR_OK : HAR_END; /* nobody reads on */
}

static har_status tell_recording(struct decoding *d, const char *file,
                                 const struct har_recording *r)
{
    d->files++;
    d->activities += r->activity_count;
    if (r->activity_count == 0) {
        note(d->request, "%s: a sound file of the kind \"%s\", without an activity", file,
             r->kind_name);
        for (size_t i = 0; i < r->warning_count; i++)
            note(d->request, "%s: %s (byte %" PRIu64 ")", file, r->warnings[i].message,
                 r->warnings[i].offset);
        return HAR_OK;
    }
    if (!d->is_json && !d->is_csv) file_text(d, file, r);
    for (size_t i = 0; i < r->activity_count; i++) {
        if (d->is_json)
            har_json_activity(&d->json, file, &r->activities[i], i == 0 ? r : NULL);
        if (d->is_csv) activity_csv(&d->text, &r->activities[i]);
    }
    return let_out(d);
}

static bool is_decodable(const struct decoding *d, const struct har_found *found)
{
    static const char *const names[] = {".fit", ".tcx", ".gpx", ".FIT", ".TCX", ".GPX"};
    if (strcmp(found->path, d->path) == 0) return true;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strstr(found->path, names[i])) return true;
    return har_sniff(found->bytes) != HAR_FORMAT_UNKNOWN;
}

static har_status decode_found(void *ctx, const struct har_found *found)
{
    struct decoding *d = ctx;
    struct har_recording recording;
    struct har_error why = {0};
    if (found->error.status) return remember_failure(d, found->path, &found->error);
    if (!is_decodable(d, found)) return HAR_OK; /* an export holds pictures as well */
    struct har_bytes bytes = found->bytes;
    har_status got = HAR_OK;
    if (found->packed) got = har_gunzip(bytes, NULL, &d->desk, &bytes, &why);
    if (got == HAR_OK) got = har_decode(bytes, &d->desk, &recording, &why);
    got = got ? remember_failure(d, found->path, &why)
              : tell_recording(d, found->path, &recording);
    har_arena_reset(&d->desk);
    return got;
}

static har_status decode_stdin(struct decoding *d)
{
    struct har_arena whole = {0};
    struct har_text bytes = {.arena = &whole};
    char some[65536];
    for (size_t n; (n = fread(some, 1, sizeof some, stdin)) > 0;)
        har_text_bytes(&bytes, some, n);
    struct har_found found = {.path = "-",
                              .bytes = {(const uint8_t *)bytes.data, bytes.size},
                              .packed = true}; /* or not: har_gunzip() sees */
    if (ferror(stdin)) har_fail(&found.error, HAR_FAILED, 0, "cannot read standard input");
    har_status got = bytes.failed ? HAR_NO_MEMORY : decode_found(d, &found);
    har_arena_free(&whole);
    return got;
}

static har_status decode_path(struct decoding *d, const char *path)
{
    struct har_error why = {0};
    d->path = path;
    if (strcmp(path, "-") == 0) return decode_stdin(d);
    har_status got = har_walk(path, NULL, decode_found, d, &why);
    if (got != HAR_NOT_FOUND) return got;
    har_fail(&why, got, 0, "there is no such file or folder");
    return remember_failure(d, path, &why);
}

/* --- all of them ------------------------------------------------------------------- */

static void decode_begin(struct decoding *d)
{
    if (d->is_json) {
        d->json = json_begin(&d->text, "harrier.decode/1");
        har_json_open(&d->json, "activities", '[');
    }
    if (d->is_csv) har_text_add(&d->text, csv_header);
}

static void decode_end(struct decoding *d)
{
    if (!d->is_json) return;
    har_json_close(&d->json);
    har_json_open(&d->json, "failed", '[');
    for (const struct failure *f = d->first; f; f = f->next) {
        har_json_open(&d->json, NULL, '{');
        har_json_string(&d->json, "file", f->file);
        har_json_integer(&d->json, "offset", (int64_t)f->why.offset);
        har_json_string(&d->json, "message", f->why.message);
        har_json_close(&d->json);
    }
    har_json_close(&d->json);
    har_json_close(&d->json);
}

int run_decode(const struct request *request)
{
    struct decoding d = {.request = request,
                         .text = {.arena = request->arena},
                         .is_json = is_asked(request, OPT_JSON),
                         .is_csv = is_asked(request, OPT_CSV)};
    d.end = &d.first;
    d.json.text = &d.text;
    decode_begin(&d);
    har_status got = HAR_OK;
    for (size_t i = 0; got == HAR_OK && i < request->operand_count; i++)
        got = decode_path(&d, request->operand[i]);
    decode_end(&d);
    if (got == HAR_OK) got = let_out(&d);
    har_arena_free(&d.desk);
    if (got == HAR_END) return HAR_EXIT_DONE; /* they know why */
    if (got) {
        complain(request, "decoding stopped: %s", har_status_name(got));
        return exit_of(got);
    }
    if (d.failed) return d.files ? HAR_EXIT_PARTLY : HAR_EXIT_FAILED;
    if (d.activities) return HAR_EXIT_DONE;
    complain(request, "no activity was found there");
    return HAR_EXIT_NOTHING;
}
