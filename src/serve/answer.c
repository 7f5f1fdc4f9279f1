/* SPDX-License-Identifier: MIT */
/* An answer is made once and sent often: its fields, its tag and its packed copy come with
 * it, so that one that is kept costs a request nothing but the sending.
 *
 * Every answer, also a refusal, carries the fields of `guards`: the page runs what came
 * from here and nothing else, stands in nobody's frame, tells nobody where it was, and no
 * other site reads anything. Tags are weak (RFC 9110, 8.8.1), for packed and plain bytes
 * are the same answer. Packing is at its fastest: over loopback it pays little, through a
 * tunnel much. */

#include "answer.h"

#include "harrier/render.h"

#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    PACKED_FROM = 1400, /* bytes; less is one packet either way */
    TAG_BYTES = 16,
    FIELDS_WEIGH = 6144, /* of one answer, with its three sets of fields; measured */
};
#define LARGEST_ANSWER ((size_t)1 << 29)

static const char *const guards[][2] = {
    {"Content-Security-Policy",
     "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
     "form-action 'self'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

struct answer {
    atomic_uint holders;
    unsigned status;
    size_t weight;
    char tag[2 * TAG_BYTES + 5];          /* W/"..." */
    struct MHD_Response *plain;           /* all of them ... */
    struct MHD_Response *packed, *unsent; /* ... or NULL: gzip; "as you have it" */
};

bool heap_add(struct heap_bytes *to, const void *data, size_t size)
{
    if (to->failed || size > LARGEST_ANSWER - to->size) {
        to->failed = true;
        return false;
    }
    if (to->size + size > to->room) {
        size_t room = to->room ? to->room : 4096;
        while (room < to->size + size) room *= 2;
        char *more = realloc(to->data, room);
        if (!more) {
            to->failed = true;
            return false;
        }
        to->data = more;
        to->room = room;
    }
    /* -fanalyzer: where there is a size there is room for it. */
    if (size) memcpy(to->data + to->size, data, size);
    to->size += size;
    return true;
}

void heap_free(struct heap_bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct heap_bytes){0};
}

/* Nothing if it would not be smaller. */
static struct heap_bytes pack_gzip(const char *data, size_t size)
{
    enum { GZIP = 16 };
    struct heap_bytes out = {0};
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + GZIP, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return out;
    out.data = malloc(size);
    stream.next_in = (Bytef *)data; /* zlib only reads it */
    stream.avail_in = (uInt)size;
    stream.next_out = (Bytef *)out.data;
    stream.avail_out = out.data ? (uInt)size : 0;
    bool done = out.data && deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.size = done ? stream.total_out : 0;
    deflateEnd(&stream);
    if (!done) heap_free(&out);
    return out;
}

/* --- fields ------------------------------------------------------------------------- */

static bool add_field(struct MHD_Response *response, const char *name, const char *value)
{
    return MHD_add_response_header(response, name, value) == MHD_YES;
}

static bool add_fields(const struct answer *answer, struct MHD_Response *response,
                       const struct answer_head *head)
{
    bool added = true;
    for (size_t i = 0; i < sizeof guards / sizeof guards[0]; i++)
        added = added && add_field(response, guards[i][0], guards[i][1]);
    if (head->cache) added = added && add_field(response, "Cache-Control", head->cache);
    if (*answer->tag) {
        added = added && add_field(response, "ETag", answer->tag) &&
                add_field(response, "Vary", "Accept-Encoding, Accept");
    }
    for (size_t i = 0; i < 2 && head->name[i]; i++)
        added = added && add_field(response, head->name[i], head->value[i]);
    return added;
}

static void make_tag(struct answer *answer, const struct answer_head *head,
                     const char *data, size_t size)
{
    unsigned char hash[TAG_BYTES];
    char digits[2 * TAG_BYTES + 1];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)data, size,
                       (const unsigned char *)head->type, strlen(head->type));
    sodium_bin2hex(digits, sizeof digits, hash, sizeof hash);
    snprintf(answer->tag, sizeof answer->tag, "W/\"%s\"", digits);
}

static struct MHD_Response *response_of(const char *data, size_t size,
                                        enum MHD_ResponseMemoryMode mode)
{
    void *bytes = (void *)data; /* MHD only reads, or frees, it */
    return MHD_create_response_from_buffer(size, bytes, mode);
}

/* Puts an answer together from its bytes; what is to be freed is the responses' from here
 * on. */
static struct answer *answer_from(const struct answer_head *head, struct har_bytes plain,
                                  struct har_bytes packed, enum MHD_ResponseMemoryMode mode)
{
    struct answer *answer = calloc(1, sizeof *answer);
    const char *data = (const char *)plain.data;
    bool kept_apart = mode == MHD_RESPMEM_MUST_FREE;
    bool done = answer != NULL;
    if (answer) {
        atomic_init(&answer->holders, 1);
        answer->status = head->status;
        answer->weight = FIELDS_WEIGH + (kept_apart ? plain.size + packed.size : 0);
        if (head->status == MHD_HTTP_OK && head->type)
            make_tag(answer, head, data, plain.size);
        answer->plain = response_of(data, plain.size, plain.size ? mode : 0);
        if (packed.size)
            answer->packed = response_of((const char *)packed.data, packed.size, mode);
        if (*answer->tag) answer->unsent = response_of("", 0, MHD_RESPMEM_PERSISTENT);
        done = answer->plain && (answer->packed || !packed.size) &&
               (answer->unsent || !*answer->tag);
    }
    if (kept_apart && !(answer && answer->plain)) free((void *)plain.data);
    if (kept_apart && !(answer && answer->packed)) free((void *)packed.data);
    if (done && head->type)
        done = add_field(answer->plain, "Content-Type", head->type) &&
               (!answer->packed || add_field(answer->packed, "Content-Type", head->type));
    done = done && add_fields(answer, answer->plain, head);
    if (done && answer->packed)
        done = add_fields(answer, answer->packed, head) &&
               add_field(answer->packed, "Content-Encoding", "gzip");
    if (done && answer->unsent) done = add_fields(answer, answer->unsent, head);
    if (done) return answer;
    answer_drop(answer);
    return NULL;
}

struct answer *answer_of(const struct answer_head *head, struct heap_bytes *body)
{
    struct heap_bytes packed = {0};
    if (body->failed) {
        heap_free(body);
        return NULL;
    }
    if (body->size == 0) heap_free(body);
    if (body->size >= PACKED_FROM && head->status == MHD_HTTP_OK)
        packed = pack_gzip(body->data, body->size);
    struct har_bytes plain = {(const uint8_t *)body->data, body->size};
    *body = (struct heap_bytes){0};
    return answer_from(head, plain,
                       (struct har_bytes){(const uint8_t *)packed.data, packed.size},
                       MHD_RESPMEM_MUST_FREE);
}

struct answer *answer_of_file(const struct answer_head *head, struct har_bytes plain,
                              struct har_bytes packed)
{
    return answer_from(head, plain, packed, MHD_RESPMEM_PERSISTENT);
}

/* --- refusals ----------------------------------------------------------------------- */

static const char *title_of(unsigned status)
{
    static const struct {
        unsigned status;
        const char *title;
    } titles[] = {
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {507, "Insufficient Storage"},
    };
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (titles[i].status == status) return titles[i].title;
    return "Error";
}

struct answer *answer_problem_with(unsigned status, int exit, const char *detail,
                                   const char *name, const char *value)
{
    struct har_arena arena = {0};
    struct har_text text = {.arena = &arena};
    struct har_json json = {.text = &text};
    struct heap_bytes body = {0};
    struct answer_head head = {
        .status = status,
        .type = "application/problem+json",
        .cache = "no-store",
        .name = {name},
        .value = {value},
    };
    har_json_open(&json, NULL, '{');
    har_json_string(&json, "type", "about:blank");
    har_json_string(&json, "title", title_of(status));
    har_json_integer(&json, "status", status);
    har_json_string(&json, "detail", detail);
    if (exit >= 0) har_json_integer(&json, "exit", exit);
    har_json_close(&json);
    body.failed = text.failed;
    heap_add(&body, text.data, text.size);
    har_arena_free(&arena);
    return answer_of(&head, &body);
}

struct answer *answer_problem(unsigned status, int exit, const char *detail)
{
    return answer_problem_with(status, exit, detail, NULL, NULL);
}

/* --- holding and sending -------------------------------------------------------------- */

void answer_hold(struct answer *answer)
{
    atomic_fetch_add(&answer->holders, 1);
}

void answer_drop(struct answer *answer)
{
    if (!answer || atomic_fetch_sub(&answer->holders, 1) != 1) return;
    if (answer->plain) MHD_destroy_response(answer->plain);
    if (answer->packed) MHD_destroy_response(answer->packed);
    if (answer->unsent) MHD_destroy_response(answer->unsent);
    free(answer);
}

size_t answer_weight(const struct answer *answer)
{
    return answer->weight;
}

unsigned answer_status(const struct answer *answer)
{
    return answer->status;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Whether a list such as "br;q=1, gzip;q=0.5" takes gzip. A weight of zero takes it not. */
static bool takes_gzip(const char *list)
{
    for (const char *at = list; at && *at; at += strcspn(at, ","), at += *at == ',') {
        while (is_blank(*at)) at++;
        if (strncmp(at, "gzip", 4) != 0) continue;
        const char *rest = at + 4;
        while (is_blank(*rest)) rest++;
        if (*rest == 0 || *rest == ',') return true;
        if (*rest != ';') continue;
        size_t length = strcspn(rest, ",");
        return memchr(rest, '=', length) == NULL || strspn(rest, "; \tqQ=0.") < length;
    }
    return false;
}

/* Weakly compared, as If-None-Match is (RFC 9110, 13.1.2): what stands between the quotes.
 */
static bool names_tag(const char *list, const char *tag)
{
    if (!list || !*tag) return false;
    while (is_blank(*list)) list++;
    return *list == '*' || strstr(list, tag + 2) != NULL;
}

enum MHD_Result answer_send(const struct answer *answer, struct MHD_Connection *connection,
                            const char *accept_encoding, const char *if_none_match)
{
    if (answer->unsent && names_tag(if_none_match, answer->tag))
        return MHD_queue_response(connection, MHD_HTTP_NOT_MODIFIED, answer->unsent);
    bool packed = answer->packed && takes_gzip(accept_encoding);
    return MHD_queue_response(connection, answer->status,
                              packed ? answer->packed : answer->plain);
}
