/* SPDX-License-Identifier: MIT */
#ifndef SERVE_UPLOAD_H
#define SERVE_UPLOAD_H

/* The body of a request, as files in a folder of its own. */

#include "harrier/base.h"

#include <microhttpd.h>

enum { UPLOAD_MOST_MB = 512 };

struct upload;

/* A body of that Content-Type (NULL: unknown); `parent` is the folder for all of them, and
 * `name` what the file of a body that is one file is called. NULL with *status and *why. */
struct upload *upload_open(struct MHD_Connection *connection, const char *content_type,
                           const char *parent, const char *name, unsigned *status,
                           const char **why);
/* The folder alone: no body will come. */
struct upload *upload_empty(const char *parent);
/* Takes a piece. What goes wrong is kept and told at the end. */
void upload_take(struct upload *upload, const char *data, size_t size);
/* Whether it has become larger than any may be. */
bool upload_is_too_large(const struct upload *upload);
/* No more will come: 0, or the HTTP status and a sentence. */
unsigned upload_end(struct upload *upload, const char **why);

const char *upload_folder(const struct upload *upload);
/* The files in it, by the path below that folder; and the name of the form's field, NULL
 * where there was no form. False: there are no more. */
bool upload_file(const struct upload *upload, size_t index, const char **field,
                 const char **path);

/* Removes folder and files. */
void upload_close(struct upload *upload); /* NULL allowed */
/* Removes a folder and all that is in it. */
void upload_remove(const char *folder);

#endif
