/* SPDX-License-Identifier: MIT */
/* Zip: PKWARE APPNOTE 4.3 (local header, or the end record of an empty archive). Tar: POSIX
 * ustar, whose header carries a checksum that no other file has by chance. A .tar.gz is an
 * archive, not a .gz. */

#include "sniff.h"

#include "gunzip.h"

#include <string.h>

enum { TAR_BLOCK = 512, TAR_MAGIC = 257, TAR_SUM = 148, TAR_SUM_SIZE = 8 };

static bool is_zip(struct har_bytes head)
{
    return head.size >= 22 &&
           (memcmp(head.data, "PK\3\4", 4) == 0 || memcmp(head.data, "PK\5\6", 4) == 0);
}

static bool is_tar(struct har_bytes head)
{
    if (head.size < TAR_BLOCK || memcmp(head.data + TAR_MAGIC, "ustar", 5) != 0)
        return false;
    unsigned sum = 0, told = 0;
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += i - TAR_SUM < TAR_SUM_SIZE ? ' ' : head.data[i];
    for (size_t i = 0; i < TAR_SUM_SIZE; i++) {
        unsigned digit = head.data[TAR_SUM + i] - '0';
        if (digit < 8) told = told * 8 + digit;
    }
    return sum == told;
}

enum wrapping har_wrapping(struct har_bytes head)
{
    if (is_zip(head) || is_tar(head)) return ARCHIVED;
    if (!har_is_gzip(head)) return PLAIN;
    uint8_t inside[TAR_BLOCK];
    size_t size = har_gunzip_head(head, inside, sizeof inside);
    return is_tar((struct har_bytes){inside, size}) ? ARCHIVED : GZIPPED;
}
