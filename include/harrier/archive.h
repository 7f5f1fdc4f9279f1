/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_ARCHIVE_H
#define HARRIER_ARCHIVE_H

/* archive - paths in, the files in them out.
 *
 * Folders, .gz, zip and tar, zips inside zips: whatever an export looks like, what comes
 * out is one whole file after another, in memory, under a name that says where it lay.
 * Knows nothing of what the files hold. Caps guard against bombs.
 */

#include "harrier/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero means the default in brackets. */
struct har_archive_caps {
    unsigned depth;       /* archives inside archives [4] */
    uint64_t file_bytes;  /* one file, unpacked [512 MiB] */
    uint64_t total_bytes; /* everything unpacked from one path [64 GiB] */
    uint64_t files;       /* from one path [1,000,000] */
    uint64_t ratio;       /* unpacked over packed, once over 16 MiB [200] */
};

/* One file, or one failure. */
struct har_found {
    const char *path;       /* "export.zip!activities/1.fit.gz"; borrowed during the call */
    const char *archive;    /* path of the outermost archive it came from, or NULL */
    const char *member;     /* its name inside the innermost archive, or NULL */
    struct har_bytes bytes; /* as it lies there; borrowed during the call */
    bool packed;            /* a .gz around one file: har_gunzip() gives what is in it */
    struct har_error error; /* status HAR_OK, or why there are no bytes */
};

/* Called for each file and each failure, in a fixed order (names sorted within a folder;
 * members in archive order). Anything but HAR_OK ends the walk and becomes its result. */
typedef har_status har_visit(void *ctx, const struct har_found *found);

/* Walks a file, folder or archive. Folders are walked to the bottom; links to folders are
 * not followed; hidden files are left out. A file that cannot be read, an archive that is
 * damaged, a member whose path climbs out of it, and whatever breaks a cap is visited as a
 * failure and the walk goes on. Returns HAR_OK, what `visit` returned, or HAR_NOT_FOUND if
 * `path` does not exist. `caps` may be NULL.
 *
 * The statuses of failures: HAR_FAILED the system refuses it, HAR_BAD_INPUT it is damaged
 * or climbs, HAR_UNSUPPORTED it is encrypted, HAR_OUT_OF_RANGE it breaks a cap. The
 * sentences have no subject: it is `path`. */
har_status har_walk(const char *path, const struct har_archive_caps *caps, har_visit *visit,
                    void *ctx, struct har_error *err);

/* How many files a walk would meet on the ground (members of archives are not counted), for
 * a progress line. */
uint64_t har_walk_count(const char *path);

/* What a .gz holds, into `arena`: the part of a walk that other threads can do. A .gz
 * inside it is unpacked too; bytes that are no .gz come out as they are. HAR_BAD_INPUT:
 * damaged; HAR_OUT_OF_RANGE: breaks a cap (file_bytes, ratio, depth). `caps` may be NULL.
 */
har_status har_gunzip(struct har_bytes packed, const struct har_archive_caps *caps,
                      struct har_arena *arena, struct har_bytes *out,
                      struct har_error *err);

/* A whole file, unpacked if it is .gz (and only then), into `arena`. */
har_status har_read_file(const char *path, const struct har_archive_caps *caps,
                         struct har_arena *arena, struct har_bytes *out,
                         struct har_error *err);

/* Writes a whole file under a temporary name beside `path` and renames it into place, so
 * that a crash or a full disk never leaves half a file. Where `path` is a link, the file
 * it leads to is replaced; where it is a device or a pipe, it is written to. */
har_status har_write_file(const char *path, struct har_bytes bytes, struct har_error *err);

/* Makes a folder and those it lies in, where they are missing. */
har_status har_make_folders(const char *path, struct har_arena *arena,
                            struct har_error *err);

#ifdef __cplusplus
}
#endif

#endif
