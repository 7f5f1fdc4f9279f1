/* SPDX-License-Identifier: MIT */
#ifndef COMMAND_ANALYSE_H
#define COMMAND_ANALYSE_H

/* The races of a sheet, between the file that reads and prints them and the one that draws
 * them. */

#include "request.h"

#include "harrier/field.h"

struct races {
    const char *file;
    struct har_fields fields;
    const struct har_analysis *analysis; /* of each field */
    const size_t *asked; /* who of each was asked for with --athlete; SIZE_MAX: nobody */
    int64_t limit;       /* of runners; 0: as many as are usual */
    struct har_limits limits; /* of whoever was asked for */
    const char *no_limits;    /* why they are not known; or NULL */
};

/* Whether a page or a drawing is asked for, which is then written in place of text. */
bool asks_pictures(const struct request *request);

/* The drawing that --svg asks for and the path where it goes. False after saying what is
 * wrong. */
bool read_figure(const struct request *request, enum har_race_figure *figure,
                 const char **path);

/* Writes a page or a drawing to a path, "-" for stdout. The exit status. */
int write_picture(const struct request *request, const char *path,
                  const struct har_text *text);

int draw_races(const struct request *request, const struct races *races);

#endif
