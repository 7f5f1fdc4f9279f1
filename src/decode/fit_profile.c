/* SPDX-License-Identifier: MIT */
/* The rows of fit_profile.h, from the public description of the protocol (version 2) and
 * its profile. To learn a field of a record, add its row. */

#include "fit_profile.h"

/* clang-format off */
static const struct { uint8_t base_type, kind, size; } base_types[] = {
    {0x00, FIT_U8,   1}, /* enum */
    {0x01, FIT_S8,   1},
    {0x02, FIT_U8,   1},
    {0x83, FIT_S16,  2},
    {0x84, FIT_U16,  2},
    {0x85, FIT_S32,  4},
    {0x86, FIT_U32,  4},
    {0x07, FIT_TEXT, 1},
    {0x88, FIT_F32,  4},
    {0x89, FIT_F64,  8},
    {0x0a, FIT_U8Z,  1},
    {0x8b, FIT_U16Z, 2},
    {0x8c, FIT_U32Z, 4},
    {0x0d, FIT_U8,   1}, /* byte */
    {0x8e, FIT_S64,  8},
    {0x8f, FIT_U64,  8},
    {0x90, FIT_U64Z, 8},
};

#define SEMICIRCLES_PER_DEG (2147483648.0 / 180.0)

const struct fit_record_field fit_record_fields[] = {
    /* number, use,   column,          per unit,            minus, name, unit */
    {  0, FIT_SET,    HAR_LAT_DEG,     SEMICIRCLES_PER_DEG,   0, NULL, NULL},
    {  1, FIT_SET,    HAR_LON_DEG,     SEMICIRCLES_PER_DEG,   0, NULL, NULL},
    {  2, FIT_SET,    HAR_ALTITUDE_M,                     5, 500, NULL, NULL},
    { 78, FIT_PREFER, HAR_ALTITUDE_M,                     5, 500, NULL, NULL},
    {  3, FIT_SET,    HAR_HEART_BPM,                      1,   0, NULL, NULL},
    {  4, FIT_SET,    HAR_CADENCE_SPM,                    1,   0, NULL, NULL},
    { 53, FIT_ADD,    HAR_CADENCE_SPM,                  128,   0, NULL, NULL},
    {  5, FIT_SET,    HAR_DISTANCE_M,                   100,   0, NULL, NULL},
    {  6, FIT_SET,    HAR_SPEED_MPS,                   1000,   0, NULL, NULL},
    { 73, FIT_PREFER, HAR_SPEED_MPS,                   1000,   0, NULL, NULL},
    {  8, FIT_PACKED, HAR_SPEED_MPS,                      1,   0, NULL, NULL},
    {  7, FIT_SET,    HAR_POWER_W,                        1,   0, NULL, NULL},
    { 13, FIT_SET,    HAR_TEMP_C,                         1,   0, NULL, NULL},
    {  9, FIT_SET,    0,                                100,   0, "grade", "%"},
    { 31, FIT_SET,    0,                                  1,   0, "gps_accuracy", "m"},
    { 32, FIT_SET,    0,                               1000,   0, "vertical_speed", "m/s"},
    { 39, FIT_SET,    0,                                 10,   0, "vertical_oscillation", "mm"},
    { 40, FIT_SET,    0,                                100,   0, "stance_time_percent", "%"},
    { 41, FIT_SET,    0,                                 10,   0, "stance_time", "ms"},
    { 83, FIT_SET,    0,                                100,   0, "vertical_ratio", "%"},
    { 84, FIT_SET,    0,                                100,   0, "stance_time_balance", "%"},
    { 85, FIT_SET,    0,                                 10,   0, "step_length", "mm"},
    {108, FIT_SET,    0,                                100,   0, "enhanced_respiration_rate",
                                                                  "breaths/min"},
};
const size_t fit_record_field_count = sizeof fit_record_fields / sizeof fit_record_fields[0];

static const struct { uint8_t type, kind; const char *name; } file_kinds[] = {
    { 1, HAR_FILE_OTHER,    "device"},
    { 2, HAR_FILE_OTHER,    "settings"},
    { 3, HAR_FILE_OTHER,    "sport settings"},
    { 4, HAR_FILE_ACTIVITY, "activity"},
    { 5, HAR_FILE_WORKOUT,  "workout"},
    { 6, HAR_FILE_COURSE,   "course"},
    { 7, HAR_FILE_OTHER,    "schedules"},
    { 9, HAR_FILE_OTHER,    "weight"},
    {10, HAR_FILE_OTHER,    "totals"},
    {11, HAR_FILE_OTHER,    "goals"},
    {14, HAR_FILE_OTHER,    "blood pressure"},
    {15, HAR_FILE_OTHER,    "monitoring"},
    {20, HAR_FILE_OTHER,    "activity summary"},
    {28, HAR_FILE_OTHER,    "daily monitoring"},
    {32, HAR_FILE_OTHER,    "monitoring"},
    {34, HAR_FILE_OTHER,    "segment"},
    {35, HAR_FILE_OTHER,    "segment list"},
};

static const struct { uint16_t number; const char *name; } manufacturers[] = {
    {  1, "garmin"},
    { 13, "dynastream"},
    { 15, "dynastream"},
    { 23, "suunto"},
    { 32, "wahoo fitness"},
    { 40, "concept2"},
    { 86, "elite"},
    { 89, "tacx"},
    { 95, "stryd"},
    {123, "polar"},
    {255, "development"},
    {260, "zwift"},
    {265, "strava"},
    {294, "coros"},
};
/* clang-format on */

bool fit_base_type(unsigned base_type, enum fit_kind *kind, unsigned *size)
{
    for (size_t i = 0; i < sizeof base_types / sizeof base_types[0]; i++)
        /* Some writers leave out the flag for types of more than one byte. */
        if ((base_types[i].base_type & 0x1f) == (base_type & 0x1f)) {
            *kind = (enum fit_kind)base_types[i].kind;
            *size = base_types[i].size;
            return true;
        }
    return false;
}

const char *fit_file_kind_name(unsigned type)
{
    for (size_t i = 0; i < sizeof file_kinds / sizeof file_kinds[0]; i++)
        if (file_kinds[i].type == type) return file_kinds[i].name;
    return NULL;
}

enum har_file_kind fit_file_kind(unsigned type)
{
    for (size_t i = 0; i < sizeof file_kinds / sizeof file_kinds[0]; i++)
        if (file_kinds[i].type == type) return (enum har_file_kind)file_kinds[i].kind;
    return HAR_FILE_OTHER;
}

const char *fit_manufacturer_name(unsigned manufacturer)
{
    for (size_t i = 0; i < sizeof manufacturers / sizeof manufacturers[0]; i++)
        if (manufacturers[i].number == manufacturer) return manufacturers[i].name;
    return NULL;
}
