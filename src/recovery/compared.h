/* SPDX-License-Identifier: MIT */
#ifndef RECOVERY_COMPARED_H
#define RECOVERY_COMPARED_H

/* How far around a race one looks, and how many days it takes to say something. */
enum { COMPARED_DAYS = 28, LEAST_BEFORE = 4, LEAST_AFTER = 3 };

#endif
