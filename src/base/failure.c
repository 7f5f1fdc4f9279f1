/* SPDX-License-Identifier: MIT */
/* Failure: a status for the program, a sentence for the runner. */

#include "harrier/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A sentence may quote a file: whatever its bytes are, what we print stays one line of
 * valid text. A code point cut in half by the end of the message is left out whole. */
static void tidy(char *message)
{
    size_t end = strlen(message), start = end;
    while (start > 0 && ((unsigned char)message[start - 1] & 0xc0) == 0x80) start--;
    if (start > 0 && (unsigned char)message[start - 1] >= 0xc0) {
        unsigned char lead = (unsigned char)message[start - 1];
        size_t needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (end - (start - 1) < needs) message[start - 1] = '\0';
    }
    for (char *c = message; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f) *c = '?';
}

har_status har_fail(struct har_error *err, har_status status, uint64_t offset,
                    const char *format, ...)
{
    if (!err) return status;
    /* The old message may be an argument of the new one. */
    char message[sizeof err->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    tidy(message);
    err->status = status;
    err->offset = offset;
    /* Behind its end lies what nobody wrote. */
    memcpy(err->message, message, strlen(message) + 1);
    return status;
}

const char *har_status_name(har_status status)
{
    switch (status) {
    case HAR_OK: return "ok";
    case HAR_END: return "end";
    case HAR_NOT_FOUND: return "not found";
    case HAR_NO_MEMORY: return "no memory";
    case HAR_BAD_INPUT: return "bad input";
    case HAR_UNSUPPORTED: return "unsupported";
    case HAR_OUT_OF_RANGE: return "out of range";
    case HAR_NO_ANSWER: return "not enough data";
    case HAR_FAILED: return "failed";
    case HAR_BUSY: return "busy";
    case HAR_INTERRUPTED: return "interrupted";
    }
    return "unknown status";
}
