/* SPDX-License-Identifier: MIT */
/* Fields of the messages that are rare: asked for by number, one at a time. */

#include "fit_message.h"

static const struct fit_field *find(const struct fit_data *data, unsigned number)
{
    const struct fit_definition *d = data->definition;
    for (unsigned i = 0; i < d->field_count; i++)
        if (d->field[i].number == number) return &d->field[i];
    return NULL;
}

static unsigned width_of(unsigned kind)
{
    switch (kind % FIT_BIG) {
    case FIT_U8:
    case FIT_U8Z:
    case FIT_S8:
    case FIT_TEXT: return 1;
    case FIT_U16:
    case FIT_U16Z:
    case FIT_S16: return 2;
    case FIT_F64:
    case FIT_U64:
    case FIT_U64Z:
    case FIT_S64: return 8;
    default: return 4;
    }
}

unsigned fit_element_count(const struct fit_data *data, unsigned number)
{
    const struct fit_field *field = find(data, number);
    return field ? field->size / width_of(field->kind) : 0;
}

double fit_element(const struct fit_data *data, unsigned number, unsigned i)
{
    const struct fit_field *field = find(data, number);
    if (!field || i >= field->size / width_of(field->kind)) return NAN;
    return fit_value(data->bytes + field->offset + (size_t)i * width_of(field->kind),
                     field->kind);
}

double fit_number(const struct fit_data *data, unsigned number)
{
    return fit_element(data, number, 0);
}

unsigned fit_code(const struct fit_data *data, unsigned number, unsigned otherwise)
{
    double value = fit_number(data, number);
    return value >= 0 && value <= UINT32_MAX ? (unsigned)value : otherwise;
}

int64_t fit_instant(const struct fit_data *data, unsigned number)
{
    double seconds = fit_number(data, number);
    return seconds >= 0 && seconds <= UINT32_MAX ? ((int64_t)seconds + FIT_EPOCH_S) * 1000
                                                 : HAR_NO_TIME;
}

const char *fit_text(const struct fit_data *data, unsigned number, struct har_arena *arena,
                     bool *full)
{
    const struct fit_field *field = find(data, number);
    if (!field || field->kind != FIT_TEXT) return NULL;
    const uint8_t *text = data->bytes + field->offset;
    size_t size = 0;
    while (size < field->size && text[size]) size++;
    if (!size) return NULL;
    const char *copy = har_arena_copy(arena, text, size);
    if (!copy) *full = true;
    return copy;
}
