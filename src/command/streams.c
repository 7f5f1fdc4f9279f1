/* SPDX-License-Identifier: MIT */
/* harrier streams: an activity sample by sample, as columns.
 *
 * These are the cleaned streams from which every number of `show` is worked out, and the
 * flat speed beside them; a chart drawn from them cannot disagree with a table. A column of
 * which nothing is known is left out. Temperature is as the watch has it: no number is made
 * of it.
 *
 * Thinned, a row is the mean of the samples of so many seconds, of each column of those
 * that have it; also of time and distance, so that a row lies where its samples do.
 * `breaks` are the rows before which there is a pause or a gap: no line is to be drawn
 * there. Rows in private zones do not tell where they lie. */

#include "commands.h"

#include "harrier/effort.h"

#include <math.h>
#include <string.h>

struct column {
    const char *name;
    unsigned decimals;
    const double *value; /* NULL: unknown */
};

enum { COLUMNS = 11, FLAT_SPEED = 3, ALTITUDE = 5, LATITUDE = 9, LONGITUDE = 10 };

struct table {
    size_t count;
    struct column column[COLUMNS];
    const bool *broken;
};

static double *new_column(struct har_arena *arena, size_t count)
{
    double *value = HAR_NEW(arena, double, count);
    for (size_t i = 0; value && i < count; i++) value[i] = NAN;
    return value;
}

/* The watch's own column at the instants of the streams, which are some of its own in the
 * same order. NULL where it has none, or without memory. */
static const double *at_streams(const struct har_showing *s, enum har_channel channel,
                                struct har_arena *arena)
{
    const struct har_samples *samples = &s->activity.samples;
    const double *from = samples->channel[channel];
    double *value = from ? new_column(arena, s->streams.count) : NULL;
    size_t at = 0;
    for (size_t i = 0; value && i < s->streams.count; i++) {
        int64_t time_ms =
            s->streams.summary.start_ms + llround(1000 * s->streams.time_s[i]);
        while (at < samples->count && samples->time_ms[at] != time_ms) at++;
        if (at < samples->count) value[i] = from[at];
    }
    return value;
}

static void lay_out(const struct har_showing *s, const struct har_flat *flat,
                    struct har_arena *arena, struct table *out)
{
    const struct har_streams *streams = &s->streams;
    *out = (struct table){
        .count = streams->count,
        .column = {{"time_s", 3, streams->time_s},
                   {"distance_m", 2, streams->distance_m},
                   {"speed_mps", 3, streams->speed_mps},
                   [FLAT_SPEED] = {"flat_speed_mps", 3, flat->flat_speed_mps},
                   {"heart_bpm", 1, streams->heart_bpm},
                   [ALTITUDE] = {"altitude_m", 1, streams->altitude_m},
                   {"cadence_spm", 1, streams->cadence_spm},
                   {"power_w", 0, streams->power_w},
                   {"temp_c", 1, at_streams(s, HAR_TEMP_C, arena)},
                   [LATITUDE] = {"lat_deg", 6, streams->lat_deg},
                   [LONGITUDE] = {"lon_deg", 6, streams->lon_deg}},
        .broken = streams->broken,
    };
}

/* The row into which each sample falls; how many rows there are. */
static size_t number_rows(const struct table *table, double every_s, size_t *row)
{
    size_t rows = 0;
    double until_s = 0;
    for (size_t i = 0; i < table->count; i++) {
        double time_s = table->column[0].value[i];
        if (i == 0 || time_s >= until_s) {
            rows++;
            until_s = (floor(time_s / every_s) + 1) * every_s;
        }
        row[i] = rows - 1;
    }
    return rows;
}

static const double *means(const struct table *table, const double *value,
                           const size_t *row, size_t rows, struct har_arena *arena)
{
    double *mean = new_column(arena, rows);
    size_t *counted = HAR_NEW(arena, size_t, rows);
    if (!mean || !counted) return NULL;
    for (size_t i = 0; i < table->count; i++) {
        double *at = &mean[row[i]];
        if (!isfinite(value[i])) continue;
        *at = counted[row[i]]++ ? *at + value[i] : value[i];
    }
    for (size_t r = 0; r < rows; r++)
        if (counted[r]) mean[r] /= (double)counted[r];
    return mean;
}

static bool thin(struct table *table, double every_s, struct har_arena *arena)
{
    size_t *row = HAR_NEW(arena, size_t, table->count);
    if (!row) return false;
    size_t rows = number_rows(table, every_s, row);
    bool *broken = HAR_NEW(arena, bool, rows);
    if (!broken) return false;
    for (size_t i = 0; i < table->count; i++)
        broken[row[i]] = broken[row[i]] || table->broken[i];
    for (size_t c = 0; c < COLUMNS; c++) {
        struct column *column = &table->column[c];
        if (!column->value) continue;
        column->value = means(table, column->value, row, rows, arena);
        if (!column->value) return false;
    }
    table->count = rows;
    table->broken = broken;
    return true;
}

/* Takes from the rows that lie in private zones where they lie, and what tells it: heights,
 * and flat speeds, which tell the slope. */
static har_status veil(struct table *table, const struct har_zone *zones, size_t count,
                       struct har_arena *arena, struct har_error *err)
{
    static const size_t telling[] = {LATITUDE, LONGITUDE, ALTITUDE, FLAT_SPEED};
    const bool *hidden;
    har_status got = har_zone_hide(zones, count, table->column[LATITUDE].value,
                                   table->column[LONGITUDE].value, table->count, arena,
                                   &hidden, NULL, err);
    for (size_t c = 0; got == HAR_OK && c < sizeof telling / sizeof *telling; c++) {
        struct column *column = &table->column[telling[c]];
        if (!column->value) continue;
        double *shown = new_column(arena, table->count);
        if (!shown) return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory");
        for (size_t i = 0; i < table->count; i++)
            if (!hidden[i]) shown[i] = column->value[i];
        column->value = shown;
    }
    return got;
}

/* Thinned rows are looked at once more: the mean of places about a zone may lie in it. */
static har_status shape(struct table *table, double every_s, const struct har_zone *zones,
                        size_t count, struct har_arena *arena, struct har_error *err)
{
    har_status got = veil(table, zones, count, arena, err);
    if (got || !isfinite(every_s) || table->count == 0) return got;
    if (!thin(table, every_s, arena))
        return har_fail(err, HAR_NO_MEMORY, 0, "not enough memory");
    return veil(table, zones, count, arena, err);
}

static bool is_known(const struct table *table, size_t column)
{
    const double *value = table->column[column].value;
    for (size_t i = 0; value && i < table->count; i++)
        if (isfinite(value[i])) return true;
    return false;
}

static void breaks_member(struct har_json *json, const struct table *table,
                          struct har_arena *arena)
{
    size_t count = 0;
    double *row = HAR_NEW(arena, double, table->count);
    for (size_t i = 1; row && i < table->count; i++)
        if (table->broken[i]) row[count++] = (double)i;
    if (row) har_json_numbers(json, "breaks", row, count, 0);
}

static void streams_json(struct har_text *text, const struct table *table, int64_t id)
{
    static const char *const inputs[] = {"speed_mps", "altitude_m", "distance_m", NULL};
    struct har_json json = json_begin(text, "harrier.streams/1");
    har_json_integer(&json, "activity", id);
    har_json_integer(&json, "rows", (int64_t)table->count);
    har_json_open(&json, "columns", '{');
    for (size_t c = 0; c < COLUMNS; c++) {
        const struct column *column = &table->column[c];
        if (is_known(table, c))
            har_json_numbers(&json, column->name, column->value, table->count,
                             column->decimals);
    }
    har_json_close(&json);
    breaks_member(&json, table, text->arena);
    if (is_known(table, FLAT_SPEED))
        json_because(&json, "flat-speed", HAR_EFFORT_VERSION, inputs,
                     "as hard on the flat, by the slope over 40 m around each sample");
    har_json_close(&json);
}

static void streams_csv(struct har_text *text, const struct table *table)
{
    bool known[COLUMNS];
    const char *comma = "";
    for (size_t c = 0; c < COLUMNS; c++) {
        known[c] = is_known(table, c);
        if (!known[c]) continue;
        har_text_format(text, "%s%s", comma, table->column[c].name);
        comma = ",";
    }
    for (size_t i = 0; *comma && i < table->count; i++) {
        har_text_add(text, "\r\n");
        for (size_t c = 0; c < COLUMNS; c++) {
            if (!known[c]) continue;
            har_text_add(text, c ? "," : ""); /* time is known and comes first */
            har_text_number(text, table->column[c].value[i], table->column[c].decimals);
        }
    }
    har_text_add(text, *comma ? "\r\n" : "");
}

static void streams_text(struct har_text *text, const struct table *table, int64_t id,
                         const struct har_style *style)
{
    struct har_text line = {.arena = text->arena};
    har_text_format(&line, "Activity %lld: %zu rows of", (long long)id, table->count);
    const char *comma = " ";
    for (size_t c = 0; c < COLUMNS; c++) {
        if (!is_known(table, c)) continue;
        har_text_format(&line, "%s%s", comma, table->column[c].name);
        comma = ", ";
    }
    har_text_add(&line, *comma == ',' ? "; --csv or --json prints them." : " nothing.");
    text_wrapped(text, 0, style, line.data ? line.data : "");
}

static int streams_answer(const struct request *request, struct har_store *store,
                          int64_t id, double every_s)
{
    struct har_text text = {.arena = request->arena};
    struct har_showing showing;
    struct har_flat flat;
    struct har_error why = {0};
    struct table table;
    const struct har_zone *zones = NULL;
    size_t zone_count = 0;
    har_status got = har_show_streams(store, id, request->arena, &showing, &why);
    if (got == HAR_NOT_FOUND) return no_activity(request, id);
    if (got == HAR_OK)
        got = har_flat_speeds(&showing.streams, NULL, request->arena, &flat, &why);
    if (got != HAR_OK && got != HAR_NOT_FOUND) return fail(request, &why);
    lay_out(&showing, &flat, request->arena, &table);
    got = HAR_OK;
    if (!is_asked(request, OPT_EXACT))
        got = har_journal_zones(store, request->arena, &zones, &zone_count, &why);
    if (got == HAR_OK)
        got = shape(&table, every_s, zones, zone_count, request->arena, &why);
    if (got) return fail(request, &why);
    if (is_asked(request, OPT_JSON)) streams_json(&text, &table, id);
    else if (is_asked(request, OPT_CSV)) streams_csv(&text, &table);
    else streams_text(&text, &table, id, &request->style);
    put_text(request, &text);
    return HAR_EXIT_DONE;
}

int run_streams(const struct request *request)
{
    int status;
    int64_t id;
    double every_s = NAN;
    if (!read_activity(request, request->operand[0], &id) ||
        !read_measure(request, OPT_EVERY, &every_s))
        return HAR_EXIT_USAGE;
    if (every_s <= 0) {
        complain(request, "--every takes seconds, more than 0");
        return HAR_EXIT_USAGE;
    }
    struct har_store *store = open_store(request, HAR_STORE_READ, &status);
    if (!store) return status;
    status = streams_answer(request, store, id, every_s);
    har_store_close(store);
    return status;
}
