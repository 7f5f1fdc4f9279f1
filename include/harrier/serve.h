/* SPDX-License-Identifier: MIT */
#ifndef HARRIER_SERVE_H
#define HARRIER_SERVE_H

/* serve - the commands over HTTP on loopback, and the page that asks them.
 *
 * Knows no question and no answer by name: what can be asked is the table of `command`, and
 * an answer is the bytes that a terminal would get. Listens on 127.0.0.1 and ::1 unless
 * told otherwise, lets in who opens the address it prints, and calls nobody, ever.
 */

#include "harrier/command.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Serves until `to->go_on` says no. `to->data` gets the address to open, a line of its own,
 * and another one whenever that was opened; `to->say` the rest. Returns a har_exit.
 *
 * One server a process: while it serves, the process is in a folder of its own. Signals are
 * the caller's; they arrive in the calling thread. */
int har_serve(const struct har_serving *what, const struct har_listener *to);

#ifdef __cplusplus
}
#endif

#endif
