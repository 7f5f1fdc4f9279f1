/* SPDX-License-Identifier: MIT */
/* A pile of marks, put in order.
 *
 * What fits into memory is sorted there. What does not goes to a file of its own in sorted
 * runs, which are merged when the list has ended: memory is that of two runs, one of which
 * is filled while a thread sorts and writes the other, however long the list, and both
 * databases are given rows in the order in which they keep them. Either could sort by
 * itself; the one would want the rows in a table first, which costs as much as all of this,
 * and the other would send them on a second journey.
 *
 * The file has no name from the moment it is there, so nothing is left of it whatever ends
 * the process. It lies where $TMPDIR says, else in /var/tmp: that is a disk, where /tmp
 * often is memory. */

#include "pile.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    KEY_PARTS = 3,
    FIRST_BYTES = 1 << 16,
    FIRST_RUNS = 16,
    FIRST_ROUND = 16,
    MOST_BYTES = 8 << 20,   /* of a run in memory */
    READ_BYTES = 16 << 20,  /* of all buffers while runs are merged */
    LEAST_BUFFER = 1 << 12, /* of one */
    MOST_BUFFER = 1 << 18
};

/* As a mark lies in memory and in the file; its round follows, with its end. */
struct waiting {
    uint64_t key[KEY_PARTS]; /* event and sex, time, day and athlete */
    uint64_t race;
    int64_t meeting, exact_ms;
    int32_t nation, place;
    uint32_t caveats, round_size; /* 0: no round is told */
    int8_t eligible;
    uint8_t decimals, hand;
};

struct slip {
    uint64_t key[KEY_PARTS];
    size_t at;
};

struct run {
    off_t from, end; /* what has not been read yet */
    uint8_t *buffer;
    size_t room, size, at;
};

/* A run in memory. */
struct board {
    uint8_t *bytes;
    size_t size, bytes_room;
    struct slip *slip;
    size_t count, slip_room;
};

struct pile {
    struct board *board; /* is filled */
    struct board boards[2];
    size_t next; /* of the board, where all is in memory */
    FILE *file;  /* NULL: all of it is in memory */
    off_t written;
    pthread_t writer;
    bool writing; /* there is one: the other board and the file are its */
    int fault;    /* what the disk said to it; 0: nothing */
    struct run *run;
    size_t runs, run_room;
    size_t *heap; /* of runs, the first in order on top */
    size_t heaped;
    bool ended; /* nothing more is added */
    char *round;
    size_t round_room;
};

static har_status pile_full(struct har_error *err)
{
    return har_fail(err, HAR_NO_MEMORY, 0, "no memory is left to put the list in order");
}

static har_status disk_refused(int why, struct har_error *err)
{
    return har_fail(err, HAR_FAILED, 0, "the list cannot be put in order on the disk: %s",
                    strerror(why));
}

har_status annals_pile(struct pile **out, struct har_error *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out) return pile_full(err);
    (*out)->board = (*out)->boards;
    return HAR_OK;
}

static void free_boards(struct pile *pile)
{
    for (size_t i = 0; i < 2; i++) {
        free(pile->boards[i].bytes);
        free(pile->boards[i].slip);
        pile->boards[i] = (struct board){0};
    }
}

static void await_writer(struct pile *pile)
{
    if (pile->writing) pthread_join(pile->writer, NULL);
    pile->writing = false;
}

void annals_pile_free(struct pile *pile)
{
    if (!pile) return;
    await_writer(pile);
    free_boards(pile);
    for (size_t i = 0; i < pile->runs; i++) free(pile->run[i].buffer);
    free(pile->run);
    free(pile->heap);
    free(pile->round);
    if (pile->file) fclose(pile->file);
    free(pile);
}

/* An array with room for `count` items, or NULL, and then `items` stays. */
static void *with_room(void *items, size_t count, size_t size, size_t *room, size_t first)
{
    size_t more = *room ? *room : first;
    if (count <= *room) return items;
    while (more < count) more *= 2;
    void *larger = realloc(items, more * size);
    if (larger) *room = more;
    return larger;
}

/* --- order --------------------------------------------------------------------------- */

/* A day that is not told is below 0, and the first. */
static void set_key(uint64_t key[KEY_PARTS], const struct mark_row *row)
{
    enum { SEXES = 4, DAY_SHIFT = 32 };
    key[0] = (uint64_t)row->event * SEXES + (uint64_t)row->sex;
    key[1] = (uint64_t)row->time_ms;
    key[2] = (uint64_t)(row->day - INT32_MIN) << DAY_SHIFT | (uint32_t)row->person;
}

static void read_key(const uint64_t key[KEY_PARTS], struct mark_row *row)
{
    enum { SEXES = 4, DAY_SHIFT = 32 };
    row->event = (int64_t)(key[0] / SEXES);
    row->sex = (int)(key[0] % SEXES);
    row->time_ms = (int64_t)key[1];
    row->day = (int64_t)(key[2] >> DAY_SHIFT) + INT32_MIN;
    row->person = (int64_t)(uint32_t)key[2];
}

static int compare_keys(const uint64_t *a, const uint64_t *b)
{
    for (size_t i = 0; i < KEY_PARTS; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

/* Of equal marks the one that was said first. */
static int in_slip_order(const void *a, const void *b)
{
    const struct slip *of_a = a, *of_b = b;
    int order = compare_keys(of_a->key, of_b->key);
    return order ? order : (of_a->at > of_b->at) - (of_a->at < of_b->at);
}

/* --- runs ---------------------------------------------------------------------------- */

static size_t size_of(const struct waiting *w)
{
    size_t size = sizeof *w + w->round_size;
    return (size + sizeof(uint64_t) - 1) / sizeof(uint64_t) * sizeof(uint64_t);
}

static const struct waiting *waiting_at(const uint8_t *bytes, size_t at)
{
    return (const struct waiting *)(const void *)(bytes + at);
}

static FILE *nameless_file(void)
{
    static const char *const folders[] = {"/var/tmp", "/tmp"};
    const char *told = getenv("TMPDIR");
    for (size_t i = 0; i <= sizeof folders / sizeof folders[0]; i++) {
        char path[4096];
        const char *folder = i ? folders[i - 1] : told;
        if (!folder) continue;
        int size = snprintf(path, sizeof path, "%s/harrier-XXXXXX", folder);
        if (size < 0 || (size_t)size >= sizeof path) continue;
        int fd = mkstemp(path);
        if (fd < 0) continue;
        unlink(path);
        FILE *file = fdopen(fd, "wb+");
        if (!file) close(fd);
        return file;
    }
    return NULL;
}

static void sort_board(struct board *board)
{
    if (board->count) qsort(board->slip, board->count, sizeof *board->slip, in_slip_order);
}

/* The board that is not being filled, into its run. */
static void *write_board(void *ctx)
{
    struct pile *pile = ctx;
    struct board *full = pile->board == pile->boards ? pile->boards + 1 : pile->boards;
    bool good = true;
    sort_board(full);
    for (size_t i = 0; i < full->count && good; i++) {
        const struct waiting *w = waiting_at(full->bytes, full->slip[i].at);
        good = fwrite(w, size_of(w), 1, pile->file) == 1;
    }
    if (!good || fflush(pile->file)) pile->fault = errno ? errno : EIO;
    full->size = full->count = 0;
    return NULL;
}

/* Returns while the run is on its way. */
static har_status write_run(struct pile *pile, struct har_error *err)
{
    await_writer(pile);
    if (pile->fault) return disk_refused(pile->fault, err);
    if (!pile->file && !(pile->file = nameless_file())) return disk_refused(errno, err);
    struct run *runs =
        with_room(pile->run, pile->runs + 1, sizeof *runs, &pile->run_room, FIRST_RUNS);
    if (!runs) return pile_full(err);
    pile->run = runs;
    off_t from = pile->written;
    pile->written += (off_t)pile->board->size;
    pile->run[pile->runs++] = (struct run){.from = from, .end = pile->written};
    pile->board = pile->board == pile->boards ? pile->boards + 1 : pile->boards;
    pile->writing = pthread_create(&pile->writer, NULL, write_board, pile) == 0;
    if (!pile->writing) write_board(pile);
    return HAR_OK;
}

har_status annals_pile_add(struct pile *pile, const struct mark_row *row,
                           struct har_error *err)
{
    struct waiting w = {.race = row->race,
                        .meeting = row->meeting,
                        .exact_ms = row->exact_ms,
                        .nation = (int32_t)row->nation,
                        .place = row->place,
                        .caveats = row->caveats,
                        .round_size = row->round ? (uint32_t)strlen(row->round) + 1 : 0,
                        .eligible = (int8_t)row->eligible,
                        .decimals = (uint8_t)row->decimals,
                        .hand = (uint8_t)row->hand};
    set_key(w.key, row);
    if (pile->board->size && pile->board->size + size_of(&w) > MOST_BYTES) {
        har_status status = write_run(pile, err);
        if (status) return status;
    }
    struct board *board = pile->board;
    uint8_t *bytes = with_room(board->bytes, board->size + size_of(&w), 1,
                               &board->bytes_room, FIRST_BYTES);
    if (!bytes) return pile_full(err);
    board->bytes = bytes;
    struct slip *slips = with_room(board->slip, board->count + 1, sizeof *slips,
                                   &board->slip_room, FIRST_BYTES / sizeof w);
    if (!slips) return pile_full(err);
    board->slip = slips;
    struct slip *slip = &board->slip[board->count++];
    memcpy(slip->key, w.key, sizeof w.key);
    slip->at = board->size;
    memcpy(board->bytes + board->size, &w, sizeof w);
    if (row->round) memcpy(board->bytes + board->size + sizeof w, row->round, w.round_size);
    board->size += size_of(&w);
    return HAR_OK;
}

/* --- merging ------------------------------------------------------------------------- */

/* The next of a run, or NULL behind its last. */
static const struct waiting *head_of(const struct run *run)
{
    return run->at < run->size ? waiting_at(run->buffer, run->at) : NULL;
}

/* Until the buffer holds at least one whole mark, or the run has ended. */
static har_status fill(struct pile *pile, struct run *run, struct har_error *err)
{
    for (;;) {
        const struct waiting *w = head_of(run);
        size_t left = run->size - run->at;
        bool whole = w && left >= sizeof *w && left >= size_of(w);
        if (whole || run->from == run->end) return HAR_OK;
        if (left) memmove(run->buffer, run->buffer + run->at, left);
        run->at = 0;
        run->size = left;
        /* -fanalyzer: annals_pile_free() will find it. */
        uint8_t *buffer = with_room(run->buffer, left + 1, 1, &run->room, 1);
        if (!buffer) return pile_full(err);
        run->buffer = buffer;
        off_t ahead = run->end - run->from;
        size_t wanted = run->room - left;
        if (ahead < (off_t)wanted) wanted = (size_t)ahead;
        ssize_t got = pread(fileno(pile->file), run->buffer + left, wanted, run->from);
        if (got <= 0) return disk_refused(got ? errno : EIO, err);
        run->size += (size_t)got;
        run->from += got;
    }
}

/* Of equal marks those of an earlier run were said first. */
static bool comes_before(const struct pile *pile, size_t a, size_t b)
{
    const struct waiting *of_a = head_of(&pile->run[a]), *of_b = head_of(&pile->run[b]);
    int order = compare_keys(of_a->key, of_b->key);
    return order ? order < 0 : a < b;
}

static void sink(struct pile *pile, size_t at)
{
    size_t *heap = pile->heap, run = heap[at];
    for (size_t child; (child = 2 * at + 1) < pile->heaped; at = child) {
        if (child + 1 < pile->heaped && comes_before(pile, heap[child + 1], heap[child]))
            child++;
        if (!comes_before(pile, heap[child], run)) break;
        heap[at] = heap[child];
    }
    heap[at] = run;
}

static har_status open_run(struct pile *pile, size_t index, size_t room,
                           struct har_error *err)
{
    struct run *run = &pile->run[index];
    run->room = room;
    run->buffer = malloc(room);
    /* -fanalyzer: annals_pile_free() will find it. */
    if (!run->buffer) return pile_full(err);
    /* -fanalyzer: as above. */
    har_status status = fill(pile, run, err);
    if (head_of(run)) pile->heap[pile->heaped++] = index;
    return status;
}

static har_status begin_merging(struct pile *pile, struct har_error *err)
{
    har_status status = write_run(pile, err);
    await_writer(pile);
    free_boards(pile);
    if (status) return status;
    if (pile->fault) return disk_refused(pile->fault, err);
    size_t room = READ_BYTES / pile->runs;
    room = room < LEAST_BUFFER ? LEAST_BUFFER : room > MOST_BUFFER ? MOST_BUFFER : room;
    pile->heap = malloc(pile->runs * sizeof *pile->heap);
    if (!pile->heap) return pile_full(err);
    for (size_t i = 0; i < pile->runs && status == HAR_OK; i++)
        status = open_run(pile, i, room, err);
    for (size_t i = pile->heaped / 2; status == HAR_OK && i-- > 0;) sink(pile, i);
    return status;
}

/* --- taking -------------------------------------------------------------------------- */

/* The next, until pass(); NULL behind the last. */
static const struct waiting *first_of(const struct pile *pile)
{
    /* -fanalyzer: what is heaped has been put there. */
    if (pile->file) return pile->heaped ? head_of(&pile->run[pile->heap[0]]) : NULL;
    const struct board *board = pile->board;
    return pile->next < board->count ? waiting_at(board->bytes, board->slip[pile->next].at)
                                     : NULL;
}

/* Goes on from `w`, which first_of() gave. */
static har_status pass(struct pile *pile, const struct waiting *w, struct har_error *err)
{
    if (!pile->file) {
        pile->next++;
        return HAR_OK;
    }
    struct run *run = &pile->run[pile->heap[0]];
    run->at += size_of(w);
    /* -fanalyzer: annals_pile_free() will find what this puts into the run. */
    har_status status = fill(pile, run, err);
    if (status) return status;
    if (!head_of(run)) pile->heap[0] = pile->heap[--pile->heaped];
    if (pile->heaped) sink(pile, 0);
    return HAR_OK;
}

static bool keep_round(struct pile *pile, const struct waiting *w)
{
    char *round = with_room(pile->round, w->round_size, 1, &pile->round_room, FIRST_ROUND);
    if (!round) return false;
    pile->round = round;
    memcpy(round, w + 1, w->round_size);
    return true;
}

/* What the list says of a mark the first time, or once more. */
static bool tell(struct pile *pile, const struct waiting *w, struct mark_row *row)
{
    if (row->place < 0) row->place = w->place;
    if (row->eligible < 0) row->eligible = (int)w->eligible;
    row->caveats |= w->caveats;
    if (row->round || !w->round_size) return true;
    if (!keep_round(pile, w)) return false;
    row->round = pile->round;
    return true;
}

har_status annals_pile_next(struct pile *pile, struct mark_row *row, struct har_error *err)
{
    har_status status = HAR_OK;
    if (!pile->ended) {
        if (pile->file) status = begin_merging(pile, err);
        else sort_board(pile->board);
        pile->ended = true;
    }
    const struct waiting *w = status ? NULL : first_of(pile);
    if (!w) return status ? status : HAR_END;
    *row = (struct mark_row){.race = w->race,
                             .meeting = w->meeting,
                             .nation = w->nation,
                             .exact_ms = w->exact_ms,
                             .decimals = w->decimals,
                             .hand = w->hand,
                             .place = -1,
                             .eligible = -1};
    uint64_t key[KEY_PARTS];
    memcpy(key, w->key, sizeof key);
    read_key(key, row);
    while (w && compare_keys(w->key, key) == 0 && status == HAR_OK) {
        status = tell(pile, w, row) ? pass(pile, w, err) : pile_full(err);
        w = status ? NULL : first_of(pile);
    }
    return status;
}
