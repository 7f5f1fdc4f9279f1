/* SPDX-License-Identifier: MIT */
/* The printed address carries a token that opens it once: a browser's history, the list of
 * processes and a glance over a shoulder keep addresses. What it opens is a cookie that no
 * script can read and no other site can send, and then a new token waits. Programs send
 * either as `Authorization: Bearer`.
 *
 * Loopback alone is no door. Any page in any browser on this machine can call it, so a
 * request must name the host as we do (a name that was rebound to 127.0.0.1 does not), must
 * not come from another origin, and to change anything must prove to come from ours.
 * Cookies do not know ports: the port is in the cookie's name, and another server of the
 * same machine that the same browser visits gets to see it, as it can with any of them. */

#include "door.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { GUESTS = 16, SECRET_BYTES = 32, NAMES = 5, NAME_SIZE = 80 };

struct door {
    pthread_mutex_t lock;
    char token[DOOR_SECRET];
    char guest[GUESTS][DOOR_SECRET]; /* the oldest makes room */
    size_t next_guest;
    char cookie[24];
    char name[NAMES][NAME_SIZE]; /* the hosts by which we are called, with the port */
    bool any_number;             /* told to listen on all: any address in digits is ours */
    char port[8];
};

static void new_secret(char secret[DOOR_SECRET])
{
    unsigned char random[SECRET_BYTES];
    randombytes_buf(random, sizeof random);
    sodium_bin2base64(secret, DOOR_SECRET, random, sizeof random,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void name_host(struct door *door, size_t index, const char *host, bool plain)
{
    bool colons = strchr(host, ':') != NULL;
    snprintf(door->name[index], NAME_SIZE, "%s%s%s%s%s", colons ? "[" : "", host,
             colons ? "]" : "", plain ? "" : ":", plain ? "" : door->port);
}

struct door *door_open(const char *host, unsigned port)
{
    static const char *const loopback[] = {"127.0.0.1", "localhost", "::1"};
    struct door *door = calloc(1, sizeof *door);
    if (!door) return NULL;
    pthread_mutex_init(&door->lock, NULL);
    new_secret(door->token);
    snprintf(door->cookie, sizeof door->cookie, "harrier_%u", port);
    snprintf(door->port, sizeof door->port, "%u", port);
    for (size_t i = 0; i < 3; i++) name_host(door, i, loopback[i], port == 80);
    if (host) name_host(door, 3, host, port == 80);
    door->any_number = host && (strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0);
    return door;
}

void door_close(struct door *door)
{
    if (!door) return;
    pthread_mutex_destroy(&door->lock);
    sodium_memzero(door, sizeof *door);
    free(door);
}

/* 192.168.1.7:21097 or [fe80::1]:21097: nobody can rebind digits. */
static bool is_host_in_digits(const struct door *door, const char *host)
{
    const char *colon = strrchr(host, ':');
    bool ours = colon && strcmp(colon + 1, door->port) == 0;
    size_t length = ours ? (size_t)(colon - host) : 0;
    const char *digits = *host == '[' ? "[]0123456789abcdefABCDEF:." : "0123456789.";
    return length > 0 && strspn(host, digits) >= length;
}

bool door_knows_host(const struct door *door, const char *host)
{
    for (size_t i = 0; host && i < NAMES; i++)
        if (*door->name[i] && strcasecmp(host, door->name[i]) == 0) return true;
    return host && door->any_number && is_host_in_digits(door, host);
}

static bool is_own_origin(const char *origin, const char *host)
{
    static const char scheme[] = "http://";
    return strncasecmp(origin, scheme, sizeof scheme - 1) == 0 &&
           strcasecmp(origin + sizeof scheme - 1, host) == 0;
}

/* In a time that tells nothing of how much of it is right. */
static bool is_secret(const char *secret, const char *said, size_t length)
{
    return length == DOOR_SECRET - 1 && sodium_memcmp(secret, said, length) == 0;
}

static bool is_guest(struct door *door, const char *said, size_t length, bool token)
{
    bool known = false;
    pthread_mutex_lock(&door->lock);
    for (size_t i = 0; i < GUESTS; i++)
        known = known || (*door->guest[i] && is_secret(door->guest[i], said, length));
    known = known || (token && is_secret(door->token, said, length));
    pthread_mutex_unlock(&door->lock);
    return known;
}

/* "a=1; harrier_21097=..." */
static bool has_cookie(struct door *door, const char *cookies)
{
    size_t name = strlen(door->cookie);
    while (cookies && *cookies) {
        cookies += strspn(cookies, "; \t");
        size_t length = strcspn(cookies, ";");
        if (length > name && cookies[name] == '=' &&
            memcmp(cookies, door->cookie, name) == 0 &&
            is_guest(door, cookies + name + 1, length - name - 1, false))
            return true;
        cookies += length;
    }
    return false;
}

static bool has_bearer(struct door *door, const char *authorization)
{
    static const char scheme[] = "Bearer ";
    size_t length = sizeof scheme - 1;
    if (!authorization || strncasecmp(authorization, scheme, length) != 0) return false;
    return is_guest(door, authorization + length, strlen(authorization + length), true);
}

static bool is_word(const char *said, const char *word)
{
    return said && strcasecmp(said, word) == 0;
}

/* Browsers say it since 2020 to 2023; who does not say it is judged by the rest. A link
 * that someone follows is no request of a page, and changes nothing. */
static bool is_other_site(const struct door_caller *caller, bool changes)
{
    if (!caller->site || is_word(caller->site, "same-origin")) return false;
    if (is_word(caller->site, "none")) return changes;
    return changes || !is_word(caller->mode, "navigate");
}

enum door_verdict door_judge(struct door *door, const struct door_caller *caller,
                             bool changes)
{
    if (caller->ambiguous || !door_knows_host(door, caller->host)) return DOOR_STRANGE_HOST;
    if (caller->origin && !is_own_origin(caller->origin, caller->host))
        return DOOR_OTHER_SITE;
    if (has_bearer(door, caller->authorization)) return DOOR_OPEN;
    if (is_other_site(caller, changes)) return DOOR_OTHER_SITE;
    if (!has_cookie(door, caller->cookie)) return DOOR_UNKNOWN;
    bool proved = caller->origin || is_word(caller->site, "same-origin");
    return changes && !proved ? DOOR_OTHER_SITE : DOOR_OPEN;
}

void door_token(struct door *door, char token[DOOR_SECRET])
{
    pthread_mutex_lock(&door->lock);
    memcpy(token, door->token, DOOR_SECRET);
    pthread_mutex_unlock(&door->lock);
}

bool door_spend(struct door *door, const char *token, size_t length, char *cookie,
                size_t size)
{
    pthread_mutex_lock(&door->lock);
    bool right = is_secret(door->token, token, length);
    if (right) {
        char *guest = door->guest[door->next_guest];
        door->next_guest = (door->next_guest + 1) % GUESTS;
        new_secret(guest);
        new_secret(door->token);
        snprintf(cookie, size, "%s=%s; Path=/; HttpOnly; SameSite=Strict", door->cookie,
                 guest);
    }
    pthread_mutex_unlock(&door->lock);
    return right;
}
