/* SPDX-License-Identifier: MIT */
/* One request: judged at the door, its address read, answered from memory or by a command.
 *
 * Commands never run in the threads that talk to browsers: the connection is put to sleep
 * and woken by whoever has found the answer. A command that took long is remembered, so
 * that the next of its kind goes where it holds up no quick one. */

#include "harrier/render.h"

#include "server.h"
#include "upload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { SLOW_MS = 40, MOST_UPLOADS = 8, LONGEST_ADDRESS = 8192 };

/* The fields of a request that anyone here reads. */
struct heads {
    struct door_caller caller;
    const char *accept, *accept_encoding, *if_none_match;
    const char *content_type, *content_length, *transfer_encoding;
};

struct visit {
    struct job job; /* its first member */
    struct server *server;
    struct MHD_Connection *connection;
    struct line *line;
    struct heads heads;
    bool begun, posted;
    int64_t body_ms; /* when its body began */
    uint64_t body_size;
    struct upload *upload;
    struct har_arena arena;
    struct ask ask;
    struct answer *answer; /* once there is one */
    char question[];       /* 'j' or 'c', and then the address */
};

static const char *address_of(const struct visit *visit)
{
    return visit->question + 1;
}

void *visit_address(void *server, const char *address, struct MHD_Connection *connection)
{
    size_t length = strlen(address) + 1;
    struct visit *visit = calloc(1, sizeof *visit + 1 + length);
    if (!visit) return NULL;
    visit->server = server;
    visit->connection = connection;
    visit->question[0] = 'j';
    memcpy(visit->question + 1, address, length);
    atomic_fetch_add(&visit->server->visits, 1);
    return visit;
}

void visit_over(void *server, struct MHD_Connection *connection, void **of,
                enum MHD_RequestTerminationCode how)
{
    struct visit *visit = *of;
    struct server *to = server;
    (void)how;
    *of = NULL;
    line_give(line_of(connection), LINE_HEAD_MS);
    if (!visit) return;
    if (visit->upload) atomic_fetch_sub(&to->uploads, 1);
    upload_close(visit->upload);
    answer_drop(visit->answer);
    har_arena_free(&visit->arena);
    free(visit);
    atomic_fetch_sub(&to->visits, 1);
}

/* --- sending -------------------------------------------------------------------------- */

static enum MHD_Result send_kept(struct visit *visit, const struct answer *answer)
{
    line_give(visit->line, LINE_SEND_MS);
    return answer_send(answer, visit->connection, visit->heads.accept_encoding,
                       visit->heads.if_none_match);
}

/* Sends what was made for this one request; nothing made is no memory, and the end. */
static enum MHD_Result send_new(struct visit *visit, struct answer *answer)
{
    if (!answer) return MHD_NO;
    enum MHD_Result queued = send_kept(visit, answer);
    answer_drop(answer);
    return queued;
}

static enum MHD_Result refuse(struct visit *visit, unsigned status, const char *why)
{
    return send_new(visit, answer_problem(status, -1, why));
}

static enum MHD_Result refuse_method(struct visit *visit, const char *allowed,
                                     const char *why)
{
    return send_new(visit, answer_problem_with(MHD_HTTP_METHOD_NOT_ALLOWED, -1, why,
                                               MHD_HTTP_HEADER_ALLOW, allowed));
}

/* --- the head ------------------------------------------------------------------------- */

static const struct {
    const char *name;
    size_t at;
    bool once; /* said twice it is an attempt to say two things to two readers */
} fields[] = {
    {"Host", offsetof(struct heads, caller.host), true},
    {"Origin", offsetof(struct heads, caller.origin), true},
    {"Cookie", offsetof(struct heads, caller.cookie), true},
    {"Authorization", offsetof(struct heads, caller.authorization), true},
    {"Sec-Fetch-Site", offsetof(struct heads, caller.site), true},
    {"Sec-Fetch-Mode", offsetof(struct heads, caller.mode), true},
    {"Accept", offsetof(struct heads, accept), false},
    {"Accept-Encoding", offsetof(struct heads, accept_encoding), false},
    {"If-None-Match", offsetof(struct heads, if_none_match), false},
    {"Content-Type", offsetof(struct heads, content_type), true},
    {"Content-Length", offsetof(struct heads, content_length), true},
    {"Transfer-Encoding", offsetof(struct heads, transfer_encoding), true},
};

static enum MHD_Result take_field(void *ctx, enum MHD_ValueKind kind, const char *name,
                                  const char *value)
{
    struct heads *heads = ctx;
    (void)kind;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (strcasecmp(fields[i].name, name) != 0) continue;
        const char **field = (const char **)(void *)((char *)heads + fields[i].at);
        if (*field && fields[i].once) heads->caller.ambiguous = true;
        *field = value ? value : "";
    }
    return MHD_YES;
}

static bool wants_csv(const struct heads *heads)
{
    const char *csv = heads->accept ? strstr(heads->accept, "text/csv") : NULL;
    const char *json = heads->accept ? strstr(heads->accept, "application/json") : NULL;
    return csv && (!json || csv < json);
}

static bool has_body(const struct heads *heads)
{
    return heads->transfer_encoding ||
           (heads->content_length && strcmp(heads->content_length, "0") != 0);
}

static bool is_api(const struct visit *visit)
{
    return strncmp(address_of(visit), "/api/", 5) == 0;
}

/* --- the door ------------------------------------------------------------------------- */

/* The value of `token` in the query, and its place; NULL if there is none. */
static const char *token_in(const char *address, size_t *length)
{
    const char *query = strchr(address, '?');
    while (query) {
        query++;
        if (strncmp(query, "token=", 6) == 0) {
            *length = strcspn(query + 6, "&");
            return query + 6;
        }
        query = strchr(query, '&');
    }
    return NULL;
}

/* The address without its token. */
static const char *without_token(struct visit *visit, const char *token, size_t length)
{
    struct har_text text = {.arena = &visit->arena};
    const char *address = address_of(visit), *after = token + length;
    size_t before = (size_t)(token - address) - strlen("token=");
    har_text_bytes(&text, address, *after ? before : before - 1);
    har_text_add(&text, *after == '&' ? after + 1 : after);
    return text.failed ? NULL : text.data;
}

static enum MHD_Result go_to(struct visit *visit, const char *where, const char *cookie)
{
    const struct answer_head head = {
        .status = MHD_HTTP_SEE_OTHER,
        .cache = "no-store",
        .name = {MHD_HTTP_HEADER_LOCATION, cookie ? MHD_HTTP_HEADER_SET_COOKIE : NULL},
        .value = {where, cookie},
    };
    return where ? send_new(visit, answer_of(&head, &(struct heap_bytes){0})) : MHD_NO;
}

static enum MHD_Result spend_token(struct visit *visit, const char *token, size_t length,
                                   bool known)
{
    char cookie[160];
    bool spent = door_spend(visit->server->door, token, length, cookie, sizeof cookie);
    if (!spent && !known) return send_kept(visit, pages_closed(visit->server->pages));
    enum MHD_Result sent =
        go_to(visit, without_token(visit, token, length), spent ? cookie : NULL);
    if (spent) {
        const struct har_listener *to = visit->server->to;
        to->say(to->ctx, "opened; the next browser opens this address:");
        server_tell_address(visit->server);
    }
    return sent;
}

static enum MHD_Result turn_away(struct visit *visit, enum door_verdict verdict)
{
    if (verdict == DOOR_STRANGE_HOST)
        return refuse(visit, MHD_HTTP_FORBIDDEN,
                      "that is not a name of this server; open the address it printed");
    if (verdict == DOOR_OTHER_SITE)
        return refuse(visit, MHD_HTTP_FORBIDDEN, "another site may not ask");
    if (!is_api(visit) && !visit->posted)
        return send_kept(visit, pages_closed(visit->server->pages));
    return send_new(visit, answer_problem_with(MHD_HTTP_UNAUTHORIZED, -1,
                                               "open the address that `harrier serve` "
                                               "printed, or send its token as Bearer",
                                               MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                                               "Bearer realm=\"harrier\""));
}

/* --- commands ------------------------------------------------------------------------ */

/* What a command answered and said. */
struct heard {
    struct heap_bytes data;
    struct har_text said; /* sentences, one a line */
    har_status failed;
    struct server *server;
};

static bool hear_data(void *ctx, const void *bytes, size_t size)
{
    return heap_add(&((struct heard *)ctx)->data, bytes, size);
}

static void hear_sentence(void *ctx, const char *sentence)
{
    struct heard *heard = ctx;
    if (heard->said.size) har_text_add(&heard->said, "\n");
    har_text_add(&heard->said, sentence);
}

static bool goes_on(void *ctx)
{
    return !atomic_load(&((struct heard *)ctx)->server->ending);
}

/* Whose fault it is: a disk that refuses is ours, all else that fails lies in what was
 * asked or sent. */
static unsigned status_of(int exit, har_status failed)
{
    static const struct {
        int exit;
        unsigned status;
    } rows[] = {
        {HAR_EXIT_USAGE, MHD_HTTP_BAD_REQUEST},
        {HAR_EXIT_NOTHING, MHD_HTTP_NOT_FOUND},
        {HAR_EXIT_NO_ANSWER, MHD_HTTP_UNPROCESSABLE_CONTENT},
        {HAR_EXIT_BUSY, MHD_HTTP_SERVICE_UNAVAILABLE},
        {HAR_EXIT_INTERRUPTED, MHD_HTTP_SERVICE_UNAVAILABLE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].exit == exit) return rows[i].status;
    bool ours = failed == HAR_FAILED || failed == HAR_NO_MEMORY;
    return ours ? MHD_HTTP_INTERNAL_SERVER_ERROR : MHD_HTTP_UNPROCESSABLE_CONTENT;
}

/* A document is an answer, also when it tells of nothing found or of files that failed: the
 * exit status stands in a field beside it. */
static bool is_answer(int exit, const struct heard *heard, enum ask_form form)
{
    if (heard->data.failed || heard->data.size == 0) return false;
    return exit == HAR_EXIT_DONE || exit == HAR_EXIT_PARTLY || exit == HAR_EXIT_NOTHING ||
           (exit == HAR_EXIT_FAILED && form == ASK_JSON);
}

/* Of a command that has nothing to answer but that it is done. */
static void tell_done(struct heard *heard)
{
    struct har_text text = {.arena = heard->said.arena};
    struct har_json json = {.text = &text};
    har_json_open(&json, NULL, '{');
    har_json_string(&json, "schema", "harrier.done/1");
    har_json_string(&json, "said", heard->said.data ? heard->said.data : "");
    har_json_close(&json);
    if (text.failed) heard->data.failed = true;
    else heap_add(&heard->data, text.data, text.size);
}

static struct answer *answer_of_command(int exit, struct heard *heard, enum ask_form form)
{
    static const char *const types[] = {[ASK_JSON] = "application/json",
                                        [ASK_CSV] = "text/csv; charset=utf-8",
                                        [ASK_TEXT] = "text/plain; charset=utf-8"};
    char digits[16];
    snprintf(digits, sizeof digits, "%d", exit);
    if (exit == HAR_EXIT_DONE && heard->data.size == 0) {
        tell_done(heard);
        form = ASK_JSON;
    }
    if (is_answer(exit, heard, form)) {
        const struct answer_head head = {.status = MHD_HTTP_OK,
                                         .type = types[form],
                                         .cache = "private, no-cache",
                                         .name = {"Harrier-Exit"},
                                         .value = {digits}};
        return answer_of(&head, &heard->data);
    }
    heap_free(&heard->data);
    const char *detail = heard->said.data && !heard->said.failed
                             ? heard->said.data
                             : "there is no answer, and no reason was given";
    bool later = exit == HAR_EXIT_BUSY;
    return answer_problem_with(status_of(exit, heard->failed), exit, detail,
                               later ? MHD_HTTP_HEADER_RETRY_AFTER : NULL,
                               later ? "1" : NULL);
}

static struct answer *run_command(struct visit *visit)
{
    struct server *server = visit->server;
    struct heard heard = {.said.arena = &visit->arena, .server = server};
    const struct har_listener listener = {
        .ctx = &heard,
        .data = hear_data,
        .say = hear_sentence,
        .go_on = goes_on,
        .failed = &heard.failed,
        .shelf = server->shelf,
    };
    int64_t began = line_clock_ms();
    int exit = har_command(visit->ask.word, visit->ask.count, &listener);
    if (visit->ask.row_index < SERVER_COMMANDS)
        atomic_store(&server->cost_ms[visit->ask.row_index],
                     (unsigned)(line_clock_ms() - began));
    if (visit->ask.row->changes) cache_changed(server->cache);
    return answer_of_command(exit, &heard, visit->ask.form);
}

static struct answer *ask_kept(struct visit *visit)
{
    struct cache *cache = visit->server->cache;
    struct cache_moment moment = cache_now(cache);
    struct answer *answer = cache_find(cache, visit->question, &moment);
    if (answer) return answer; /* another visit asked the same just now */
    answer = run_command(visit);
    if (answer && answer_status(answer) < MHD_HTTP_INTERNAL_SERVER_ERROR)
        cache_keep(cache, visit->question, &moment, answer);
    return answer;
}

static bool read_whole(const char *path, struct heap_bytes *out)
{
    char piece[1 << 14];
    FILE *file = fopen(path, "rb");
    size_t size;
    if (!file) return false;
    while ((size = fread(piece, 1, sizeof piece, file)) > 0) heap_add(out, piece, size);
    bool whole = ferror(file) == 0 && !out->failed;
    fclose(file);
    return whole;
}

static const char *type_of(const char *name)
{
    static const char *const types[][2] = {
        {".csv", "text/csv; charset=utf-8"},
        {".html", "text/html; charset=utf-8"},
        {".ics", "text/calendar; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".zwo", "application/xml"},
    };
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i][0], ending) == 0) return types[i][1];
    return "application/octet-stream";
}

/* The file that the command wrote in place of what it printed, to be kept and not shown: in
 * a page of ours nothing runs that did not come with it. Without a file, why. */
static struct answer *answer_file(struct visit *visit, struct answer *printed)
{
    struct heap_bytes bytes = {0};
    char field[96];
    snprintf(field, sizeof field, "attachment; filename=\"%s\"", visit->ask.sent);
    if (!printed || answer_status(printed) != MHD_HTTP_OK ||
        !read_whole(visit->ask.sent, &bytes)) {
        heap_free(&bytes);
        return printed;
    }
    answer_drop(printed);
    const struct answer_head head = {.status = MHD_HTTP_OK,
                                     .type = type_of(visit->ask.sent),
                                     .cache = "private, no-cache",
                                     .name = {MHD_HTTP_HEADER_CONTENT_DISPOSITION},
                                     .value = {field}};
    return answer_of(&head, &bytes);
}

/* In the folder of the files, so that they have the names under which they were sent. */
static struct answer *ask_with_files(struct visit *visit)
{
    const char *field, *path, *why = "there is no memory";
    unsigned wrong = upload_end(visit->upload, &why);
    if (wrong) return answer_problem(wrong, -1, why);
    for (size_t i = 0; upload_file(visit->upload, i, &field, &path); i++)
        if (!ask_give_file(&visit->ask, field, path))
            return answer_problem(MHD_HTTP_INTERNAL_SERVER_ERROR, -1, "there is no memory");
    if (chdir(upload_folder(visit->upload)) != 0)
        return answer_problem(MHD_HTTP_INTERNAL_SERVER_ERROR, -1,
                              "the folder of what was sent is gone");
    struct answer *answer = run_command(visit);
    if (visit->ask.sent) answer = answer_file(visit, answer);
    if (chdir(visit->server->folder) != 0) answer_drop(answer), answer = NULL;
    return answer;
}

static void find_answer(struct job *job)
{
    struct visit *visit = (struct visit *)job;
    if (atomic_load(&visit->server->ending))
        visit->answer =
            answer_problem(MHD_HTTP_SERVICE_UNAVAILABLE, -1, "the server is ending");
    else if (visit->upload) visit->answer = ask_with_files(visit);
    else if (visit->posted) visit->answer = run_command(visit);
    else visit->answer = ask_kept(visit);
    MHD_resume_connection(visit->connection);
}

static enum MHD_Result ask_command(struct visit *visit)
{
    struct server *server = visit->server;
    size_t index = visit->ask.row_index;
    bool slow = index >= SERVER_COMMANDS || atomic_load(&server->cost_ms[index]) > SLOW_MS;
    enum lane lane = visit->posted || visit->upload ? LANE_ALONE
                     : slow                         ? LANE_SLOW
                                                    : LANE_QUICK;
    visit->job.run = find_answer;
    line_give(visit->line, 0);
    MHD_suspend_connection(visit->connection);
    pool_give(server->pool, lane, &visit->job);
    return MHD_YES;
}

/* --- questions and changes ----------------------------------------------------------- */

/* What follows "/api/v1/"; NULL if it is something else below /api/. */
static const char *command_in(const struct visit *visit)
{
    static const char root[] = "/api/v1/";
    const char *address = address_of(visit);
    return strncmp(address, root, sizeof root - 1) == 0 ? address + sizeof root - 1 : NULL;
}

static bool is_description(const char *command)
{
    static const char name[] = "openapi.json";
    size_t length = strcspn(command, "?");
    return length == sizeof name - 1 && memcmp(command, name, length) == 0;
}

/* Reads the words; false once the request has its refusal. */
static bool read_ask(struct visit *visit, enum MHD_Result *sent)
{
    const char *why = "there is nothing below /api/ but /api/v1/", *command;
    unsigned status = MHD_HTTP_NOT_FOUND;
    if ((command = command_in(visit)))
        status = ask_read(command, visit->question[0] == 'c', &visit->server->house,
                          &visit->arena, &visit->ask, &why);
    if (status) *sent = refuse(visit, status, why);
    return status == 0;
}

/* A folder for what comes with the request, if it has `heads` of a body, and for what the
 * command writes. False once the request has its refusal. */
static bool open_folder(struct visit *visit, const struct heads *heads,
                        enum MHD_Result *sent)
{
    struct server *server = visit->server;
    unsigned status = MHD_HTTP_INSUFFICIENT_STORAGE;
    const char *why = "there is no folder for files";
    if (atomic_fetch_add(&server->uploads, 1) >= MOST_UPLOADS) {
        atomic_fetch_sub(&server->uploads, 1);
        *sent = send_new(visit, answer_problem_with(MHD_HTTP_SERVICE_UNAVAILABLE, -1,
                                                    "too much is being sent at once",
                                                    MHD_HTTP_HEADER_RETRY_AFTER, "2"));
        return false;
    }
    visit->upload = heads ? upload_open(visit->connection, heads->content_type,
                                        server->folder, visit->ask.name, &status, &why)
                          : upload_empty(server->folder);
    if (visit->upload) return true;
    atomic_fetch_sub(&server->uploads, 1);
    *sent = refuse(visit, status, why);
    return false;
}

static enum MHD_Result answer_question(struct visit *visit)
{
    enum MHD_Result sent = MHD_NO;
    struct cache_moment moment = cache_now(visit->server->cache);
    const char *command = command_in(visit);
    if (command && is_description(command)) return send_kept(visit, visit->server->api);
    visit->answer = cache_find(visit->server->cache, visit->question, &moment);
    if (visit->answer) return send_kept(visit, visit->answer);
    if (!read_ask(visit, &sent)) return sent;
    if (visit->ask.row->changes)
        return refuse_method(visit, "POST", "that changes something: POST it");
    if (visit->ask.sent && !open_folder(visit, NULL, &sent)) return sent;
    return ask_command(visit);
}

static enum MHD_Result answer_page(struct visit *visit)
{
    const char *address = address_of(visit);
    const struct answer *page =
        pages_find(visit->server->pages, address, strcspn(address, "?"));
    if (page) return send_kept(visit, page);
    return refuse(visit, MHD_HTTP_NOT_FOUND, "there is no such page");
}

static bool is_too_long(const char *content_length)
{
    int64_t bytes = 0;
    return content_length && har_parse_integer(har_bytes_of(content_length), &bytes) &&
           bytes > (int64_t)UPLOAD_MOST_MB << 20;
}

/* What can be refused before the body has come is. */
static enum MHD_Result begin_post(struct visit *visit)
{
    enum MHD_Result sent = MHD_NO;
    const struct heads *heads = &visit->heads;
    if (!is_api(visit))
        return refuse_method(visit, "GET, HEAD", "a page is there to be looked at");
    if (!read_ask(visit, &sent)) return sent;
    if (!visit->ask.row->changes && !visit->ask.takes_file)
        return refuse_method(visit, "GET, HEAD", "that is a question: GET it");
    if (!has_body(heads))
        return !visit->ask.sent || open_folder(visit, NULL, &sent) ? MHD_YES : sent;
    if (!visit->ask.takes_file)
        return refuse(visit, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
                      "that takes no file; what it takes belongs into the address");
    if (is_too_long(heads->content_length))
        return refuse(visit, MHD_HTTP_CONTENT_TOO_LARGE, "that is more than 512 MB");
    return open_folder(visit, heads, &sent) ? MHD_YES : sent;
}

/* --- a request ------------------------------------------------------------------------ */

static enum MHD_Result begin(struct visit *visit, const char *method)
{
    struct server *server = visit->server;
    bool get = strcmp(method, MHD_HTTP_METHOD_GET) == 0;
    bool head = strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    size_t length;
    visit->begun = true;
    visit->posted = strcmp(method, MHD_HTTP_METHOD_POST) == 0;
    visit->line = line_of(visit->connection);
    visit->body_ms = line_clock_ms();
    line_give(visit->line, LINE_BODY_MS);
    MHD_get_connection_values(visit->connection, MHD_HEADER_KIND, take_field,
                              &visit->heads);
    if (wants_csv(&visit->heads)) visit->question[0] = 'c';
    enum door_verdict verdict =
        door_judge(server->door, &visit->heads.caller, !get && !head);
    const char *token = get ? token_in(address_of(visit), &length) : NULL;
    if (token && !is_api(visit) && verdict != DOOR_STRANGE_HOST &&
        pages_find(server->pages, address_of(visit), strcspn(address_of(visit), "?")))
        return spend_token(visit, token, length, verdict == DOOR_OPEN);
    if (verdict != DOOR_OPEN) return turn_away(visit, verdict);
    if (strlen(address_of(visit)) > LONGEST_ADDRESS)
        return refuse(visit, MHD_HTTP_URI_TOO_LONG, "the address is too long");
    if (!get && !head && !visit->posted)
        return refuse_method(visit, "GET, HEAD, POST", "there is no such method here");
    if (!visit->posted && has_body(&visit->heads))
        return refuse(visit, MHD_HTTP_BAD_REQUEST, "a question has no body");
    return visit->posted ? begin_post(visit) : MHD_YES;
}

static enum MHD_Result take_body(struct visit *visit, const char *data, size_t size)
{
    if (!visit->upload) return MHD_NO;
    visit->body_size += size;
    line_give(visit->line, visit->body_ms + LINE_BODY_MS - line_clock_ms() +
                               1000 * (int64_t)(visit->body_size / LINE_BODY_RATE));
    upload_take(visit->upload, data, size);
    return upload_is_too_large(visit->upload) ? MHD_NO : MHD_YES;
}

enum MHD_Result visit_request(void *server, struct MHD_Connection *connection,
                              const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **of)
{
    struct visit *visit = *of;
    (void)server;
    (void)connection;
    (void)url;
    (void)version;
    if (!visit) return MHD_NO;
    if (!visit->begun) return begin(visit, method);
    if (*size > 0) {
        enum MHD_Result taken = take_body(visit, data, *size);
        *size = 0;
        return taken;
    }
    if (visit->answer) return send_kept(visit, visit->answer);
    if (visit->job.run) return MHD_NO; /* there was no memory for its answer */
    if (visit->posted) return ask_command(visit);
    return is_api(visit) ? answer_question(visit) : answer_page(visit);
}
