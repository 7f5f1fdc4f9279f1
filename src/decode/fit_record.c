/* SPDX-License-Identifier: MIT */
/* The hot path: most of a file is records, and most records follow one of the same
 * definition. Planning does the looking-up once for all of them; each column of a run is
 * then one loop of load, scale and store.
 *
 * Invariants:
 * 1. A column is live from the row at which its field first appeared; the rows before it
 *    were filled with NaN then.
 * 2. Every run writes every live column: NaN first where the plan does not always write it.
 * 3. All live columns have room for `room` rows. */

#include "fit_record.h"

void fit_columns_begin(struct fit_columns *columns)
{
    *columns = (struct fit_columns){.used = HAR_CHANNELS};
}

static void fill(double *column, size_t count)
{
    for (size_t i = 0; i < count; i++) column[i] = NAN;
}

static bool make_live(struct fit_columns *columns, unsigned column, struct har_arena *arena)
{
    if (columns->live >> column & 1) return true;
    columns->column[column] = HAR_ROOM(arena, double, columns->room);
    if (!columns->column[column]) return false;
    fill(columns->column[column], columns->count);
    columns->live |= (uint64_t)1 << column;
    return true;
}

static bool make_room(struct fit_columns *columns, size_t room, struct har_arena *arena)
{
    if (room <= columns->room) return true;
    int64_t *time_ms = HAR_ROOM(arena, int64_t, room);
    if (!time_ms) return false;
    if (columns->count) memcpy(time_ms, columns->time_ms, columns->count * sizeof *time_ms);
    columns->time_ms = time_ms;
    for (unsigned c = 0; c < FIT_MOST_COLUMNS; c++) {
        if (!(columns->live >> c & 1)) continue;
        double *wider = HAR_ROOM(arena, double, room);
        if (!wider) return false;
        if (columns->count)
            memcpy(wider, columns->column[c], columns->count * sizeof *wider);
        columns->column[c] = wider;
    }
    columns->room = room;
    return true;
}

/* The column of an extra by its name, new if there is none. FIT_MOST_COLUMNS if full. */
static unsigned extra_column(struct fit_columns *columns, const char *name,
                             const char *unit, enum har_channel stands_for)
{
    for (unsigned c = HAR_CHANNELS; c < columns->used; c++)
        if (strcmp(columns->name[c], name) == 0) return c;
    if (columns->used == FIT_MOST_COLUMNS) return FIT_MOST_COLUMNS;
    columns->name[columns->used] = name;
    columns->unit[columns->used] = unit;
    columns->stands_for[columns->used] = stands_for;
    return columns->used++;
}

/* --- planning ------------------------------------------------------------------- */

static bool add_step(struct fit_definition *d, struct fit_columns *columns,
                     struct fit_step step, struct har_arena *arena)
{
    if (step.column >= FIT_MOST_COLUMNS || d->step_count == FIT_MOST_STEPS) return true;
    if (step.use == FIT_PACKED && !make_live(columns, HAR_DISTANCE_M, arena)) return false;
    if (step.use != FIT_TIME_MS && !make_live(columns, step.column, arena)) return false;
    if (step.use == FIT_SET) d->writes |= (uint64_t)1 << step.column;
    d->step[d->step_count++] = step;
    return true;
}

/* The native fields, in the order of the table, so that what prefers, adds and fills runs
 * after what sets. */
static bool plan_native(struct fit_definition *d, struct fit_columns *columns,
                        struct har_arena *arena)
{
    for (size_t row = 0; row < fit_record_field_count; row++) {
        const struct fit_record_field *known = &fit_record_fields[row];
        for (unsigned i = 0; i < d->field_count; i++) {
            const struct fit_field *field = &d->field[i];
            if (field->number != known->number) continue;
            if (known->use == FIT_PACKED ? field->size != 3 : field->kind == FIT_TEXT)
                continue;
            struct fit_step step = {
                .offset = field->offset,
                .kind = field->kind,
                .use = known->use,
                .column = known->name ? (uint8_t)extra_column(columns, known->name,
                                                              known->unit, HAR_CHANNELS)
                                      : known->column,
                .scale = known->scale,
                .minus = known->minus,
            };
            if (!add_step(d, columns, step, arena)) return false;
            break;
        }
    }
    return true;
}

/* The channel that a native field number feeds, or HAR_CHANNELS. */
static enum har_channel channel_of(unsigned native)
{
    for (size_t row = 0; row < fit_record_field_count; row++) {
        const struct fit_record_field *known = &fit_record_fields[row];
        if (known->number == native && !known->name &&
            (known->use == FIT_SET || known->use == FIT_PREFER))
            return (enum har_channel)known->column;
    }
    return HAR_CHANNELS;
}

static bool plan_developer(struct fit_definition *d, struct fit_columns *columns,
                           struct fit_description *const described[256],
                           struct har_arena *arena)
{
    for (unsigned i = 0; i < d->developer_count; i++) {
        const struct fit_field *field = &d->developer[i];
        if (!described[field->index]) continue;
        const struct fit_description *about = &described[field->index][field->number];
        if (!about->known || about->kind == FIT_TEXT || field->size < about->size) continue;
        struct fit_step step = {
            .offset = field->offset,
            .kind = (uint8_t)(about->kind + (d->big && about->size > 1 ? FIT_BIG : 0)),
            .use = FIT_SET,
            .scale = about->scale,
            .minus = about->minus,
        };
        if (strcmp(about->name, "time_ms") == 0 && about->kind == FIT_U16)
            step.use = FIT_TIME_MS;
        else
            step.column = (uint8_t)extra_column(columns, about->name, about->unit,
                                                channel_of(about->native));
        if (!add_step(d, columns, step, arena)) return false;
    }
    return true;
}

bool fit_plan(struct fit_definition *definition, struct fit_columns *columns,
              struct fit_description *const described[256], size_t rest,
              struct har_arena *arena)
{
    definition->step_count = 0;
    definition->writes = 0;
    size_t rows = rest / (definition->size + 1u) + 1;
    if (columns->room == 0 && !make_room(columns, rows, arena)) return false;
    return plan_native(definition, columns, arena) &&
           plan_developer(definition, columns, described, arena);
}

/* --- rows ------------------------------------------------------------------------ */

static const uint8_t *value_at(const struct fit_run *run, const struct fit_step *step,
                               size_t i)
{
    return run->bytes + i * run->stride + step->offset;
}

static inline double step_value(const uint8_t *p, unsigned kind,
                                const struct fit_step *step)
{
    return fit_value(p, kind) / step->scale - step->minus;
}

/* The values of one step. With `kind` known where this is inlined, the loop has no branch
 * but the one for what is missing. */
static inline void set_all(const struct fit_run *run, const struct fit_step *step,
                           unsigned kind, double *out)
{
    for (size_t i = 0; i < run->count; i++)
        out[i] = step_value(value_at(run, step, i), kind, step);
}

static void set_column(const struct fit_run *run, const struct fit_step *step, double *out)
{
    switch (step->kind) {
    case FIT_U8: set_all(run, step, FIT_U8, out); break;
    case FIT_S8: set_all(run, step, FIT_S8, out); break;
    case FIT_U16: set_all(run, step, FIT_U16, out); break;
    case FIT_U32: set_all(run, step, FIT_U32, out); break;
    case FIT_S32: set_all(run, step, FIT_S32, out); break;
    case FIT_BIG + FIT_U16: set_all(run, step, FIT_BIG + FIT_U16, out); break;
    case FIT_BIG + FIT_U32: set_all(run, step, FIT_BIG + FIT_U32, out); break;
    case FIT_BIG + FIT_S32: set_all(run, step, FIT_BIG + FIT_S32, out); break;
    default: set_all(run, step, step->kind, out); break;
    }
}

static void prefer_column(const struct fit_run *run, const struct fit_step *step,
                          double *out)
{
    for (size_t i = 0; i < run->count; i++) {
        double value = step_value(value_at(run, step, i), step->kind, step);
        if (!isnan(value)) out[i] = value;
    }
}

static void add_column(const struct fit_run *run, const struct fit_step *step, double *out)
{
    for (size_t i = 0; i < run->count; i++) {
        double value = step_value(value_at(run, step, i), step->kind, step);
        if (!isnan(value)) out[i] += value;
    }
}

static void add_time_ms(const struct fit_run *run, const struct fit_step *step,
                        int64_t *time_ms)
{
    for (size_t i = 0; i < run->count; i++) {
        double value = step_value(value_at(run, step, i), step->kind, step);
        if (value < 1000 && time_ms[i] != HAR_NO_TIME) time_ms[i] += (int64_t)value;
    }
}

/* compressed_speed_distance: 12 bits of speed in cm/s, 12 bits of distance in 1/16 m that
 * roll over. It stands in where the fields of their own say nothing. */
static void unpack_columns(const struct fit_run *run, const struct fit_step *step,
                           struct fit_columns *columns)
{
    double *speed_mps = columns->column[HAR_SPEED_MPS] + columns->count;
    double *distance_m = columns->column[HAR_DISTANCE_M] + columns->count;
    for (size_t i = 0; i < run->count; i++) {
        const uint8_t *p = value_at(run, step, i);
        unsigned speed = p[0] | (p[1] & 0x0fu) << 8;
        unsigned distance = p[1] >> 4 | (unsigned)p[2] << 4;
        if (speed == 0xfff && distance == 0xfff) continue;
        columns->packed_distance += (distance - columns->packed_distance) & 0xfff;
        if (isnan(speed_mps[i])) speed_mps[i] = speed / 100.0;
        if (isnan(distance_m[i])) distance_m[i] = columns->packed_distance / 16.0;
    }
}

int64_t *fit_rows_begin(struct fit_columns *columns, const struct fit_run *run,
                        struct har_arena *arena)
{
    size_t rows = columns->count + run->count;
    if (rows > columns->room && !make_room(columns, rows + rows / 2 + 64, arena))
        return NULL;
    return columns->time_ms + columns->count;
}

void fit_rows_end(struct fit_columns *columns, const struct fit_run *run)
{
    const struct fit_definition *d = run->definition;
    size_t row = columns->count;
    for (uint64_t missing = columns->live & ~d->writes; missing; missing &= missing - 1)
        fill(columns->column[__builtin_ctzll(missing)] + row, run->count);
    for (const struct fit_step *s = d->step, *end = s + d->step_count; s < end; s++) {
        if (s->use == FIT_TIME_MS) { /* the one that writes no column */
            add_time_ms(run, s, columns->time_ms + row);
            continue;
        }
        double *out = columns->column[s->column] + row;
        switch ((enum fit_use)s->use) {
        case FIT_SET: set_column(run, s, out); break;
        case FIT_PREFER: prefer_column(run, s, out); break;
        case FIT_ADD: add_column(run, s, out); break;
        case FIT_PACKED: unpack_columns(run, s, columns); break;
        case FIT_TIME_MS: break;
        }
    }
    columns->count += run->count;
}
