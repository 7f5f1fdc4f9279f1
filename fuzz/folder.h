/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_FOLDER_H
#define FUZZ_FOLDER_H

/* A folder of its own for a fuzzer of doors that want files: one flat level, emptied after
 * each input, and left behind empty. */

#include <assert.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

/* The path of `name` in the folder, which is made the first time. Stands until the next. */
static inline const char *path_of(const char *name)
{
    static char path[sizeof folder + 64];
    if (!*folder) {
        const char *memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
        snprintf(folder, sizeof folder, "%s/harrier-fuzz-XXXXXX", memory);
        assert(mkdtemp(folder));
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static inline const char *write_bytes(const char *name, const uint8_t *data, size_t size)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "wb");
    assert(file && fwrite(data, 1, size, file) == size);
    fclose(file);
    return path;
}

/* Leaves but the file called `keep` (or NULL). */
static inline void empty_folder(const char *keep)
{
    DIR *all = opendir(folder);
    assert(all);
    for (struct dirent *one; (one = readdir(all));) {
        if (one->d_name[0] == '.' && (!one->d_name[1] || one->d_name[1] == '.')) continue;
        if (keep && strcmp(one->d_name, keep) == 0) continue;
        remove(path_of(one->d_name));
    }
    closedir(all);
}

#endif
