/* SPDX-License-Identifier: MIT */
#ifndef DATABASE_SCHEMA_H
#define DATABASE_SCHEMA_H

/* 'HARR': says, in the database's own header, whose it is. */
#define HAR_APPLICATION 0x48415252

/* har_schema[n] brings a store of version n to version n + 1. */
extern const char *const har_schema[];
extern const int har_schema_version;

#endif
