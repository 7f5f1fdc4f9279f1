/* SPDX-License-Identifier: MIT */
/* All rows of one database into another, whichever they are.
 *
 * SQLite's catalogue names the tables, in the order in which they were made and so each
 * after those that it refers to, and their columns; both databases have the same. */

#include "copy.h"

#include <string.h>

struct copy {
    struct har_database *from, *to;
    struct har_arena *arena; /* of the texts of statements */
    struct har_error *err;
};

static har_status copy_full(const struct copy *copy)
{
    return har_fail(copy->err, HAR_NO_MEMORY, 0, "no memory is left for a copy");
}

/* --- statements ------------------------------------------------------------------- */

/* The names in the first column of an answer. */
static har_status names(const struct copy *copy, struct har_query *q, const char ***out,
                        size_t *count)
{
    har_status status;
    size_t room = 0;
    bool full = false;
    *out = NULL;
    *count = 0;
    while ((status = har_answer(q, copy->err)) == HAR_OK) {
        const char **larger =
            har_arena_grow(copy->arena, *out, *count, &room, sizeof **out);
        const char *name = larger ? har_take_text(q, copy->arena, &full) : NULL;
        if (!name) {
            har_drop(q);
            return copy_full(copy);
        }
        *out = larger;
        (*out)[(*count)++] = name;
    }
    return status == HAR_END ? HAR_OK : status;
}

static void add_list(struct har_text *text, const char *const *name, size_t count)
{
    for (size_t i = 0; i < count; i++)
        har_text_format(text, "%s%s", i ? ", " : "", name[i]);
}

static har_status write_statements(const struct copy *copy, struct har_database *catalogue,
                                   const char *table, const char **select,
                                   struct har_into *into)
{
    const char **column;
    size_t count;
    struct har_text from = {.arena = copy->arena}, insert = from, stream = from;
    struct har_query q = har_ask(catalogue, "SELECT name FROM pragma_table_info($1)");
    har_bind_text(&q, table);
    har_status status = names(copy, &q, &column, &count);
    if (status != HAR_OK) return status;
    har_text_add(&from, "SELECT ");
    add_list(&from, column, count);
    har_text_format(&from, " FROM %s", table);
    har_text_format(&insert, "INSERT INTO %s (", table);
    add_list(&insert, column, count);
    har_text_add(&insert, ") VALUES (");
    for (size_t i = 1; i <= count; i++)
        har_text_format(&insert, "%s$%zu", i > 1 ? ", " : "", i);
    har_text_add(&insert, ")");
    har_text_format(&stream, "COPY %s (", table);
    add_list(&stream, column, count);
    har_text_add(&stream, ") FROM STDIN (FORMAT binary)");
    if (from.failed || insert.failed || stream.failed) return copy_full(copy);
    *select = from.data;
    *into = (struct har_into){insert.data, stream.data};
    return HAR_OK;
}

/* --- rows --------------------------------------------------------------------------- */

static har_status pour_rows(const struct copy *copy, const char *select,
                            const struct har_into *into)
{
    const struct backend *backend = copy->from->backend;
    void *rows;
    har_status status = backend->stream(copy->from, select, &rows, copy->err);
    if (status != HAR_OK) return status;
    struct har_query q = har_pour(copy->to, into);
    while (status == HAR_OK &&
           (status = backend->step(copy->from, rows, copy->err)) == HAR_OK) {
        for (int i = 0; i < backend->columns(rows); i++) {
            struct value value = backend->value(rows, i);
            har_database_bind(&q, &value);
        }
        status = har_pour_row(&q, copy->err);
    }
    har_status ended = har_pour_end(&q, status == HAR_END ? copy->err : NULL);
    backend->discard(copy->from, rows);
    return status == HAR_END ? ended : status;
}

har_status har_database_copy_rows(struct har_database *from, struct har_database *to,
                                  struct har_error *err)
{
    struct har_arena arena = {0};
    struct copy copy = {from, to, &arena, err};
    struct har_database *catalogue = har_database_is_server(from) ? to : from;
    const char **table, *select = NULL;
    struct har_into into = {NULL, NULL};
    size_t count = 0;
    struct har_query q = har_ask(catalogue, "SELECT name FROM sqlite_schema "
                                            "WHERE type = 'table' ORDER BY rowid");
    har_status status = names(&copy, &q, &table, &count);
    /* The row that a new store comes with. */
    if (status == HAR_OK) status = har_database_run(to, "DELETE FROM athlete", err);
    for (size_t i = 0; i < count && status == HAR_OK; i++) {
        status = write_statements(&copy, catalogue, table[i], &select, &into);
        if (status == HAR_OK) status = pour_rows(&copy, select, &into);
        har_database_forget(to, into.insert);
    }
    har_arena_free(&arena);
    return status;
}
