/* SPDX-License-Identifier: MIT */
/* Any bytes are a store: it is opened and read, or refused with a sentence; what is wrong
 * with it is found, and nothing that it says can break what reads it. The input changes a
 * sound store: pairs of a place and the bytes that are put there. The first byte says
 * whether it is opened to write as well. */

#include "harrier/coach.h"
#include "harrier/gear.h"
#include "harrier/journal.h"

#include "folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *sound;
static size_t sound_size;

static void is_said(har_status status, const struct har_error *err)
{
    assert(status == err->status && strlen(err->message) > 5);
    for (const char *c = err->message; *c; c++) assert((unsigned char)*c >= ' ');
}

/* A store with a run, a race, a camp, a morning and a zone. */
static void make_sound(void)
{
    static const char gpx[] =
        "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>"
        "<trkpt lat=\"52\" lon=\"5\"><time>2026-01-05T09:00:00Z</time></trkpt>"
        "<trkpt lat=\"52.003\" lon=\"5\"><time>2026-01-05T09:01:30Z</time></trkpt>"
        "<trkpt lat=\"52.006\" lon=\"5\"><time>2026-01-05T09:03:00Z</time></trkpt>"
        "</trkseg></trk></gpx>";
    static const char sheet[] = "athlete,sex,nation,date,event,mark\n"
                                "A B,M,NOR,2026-01-05,5K,15:00\n"
                                "C D,M,NOR,2026-01-05,5K,15:02\n";
    struct har_arena arena = {0};
    struct har_store *store;
    struct har_import_report imported;
    struct har_results_report taken;
    struct har_kept_camp camp = {
        .camp = {.name = "x", .from_day = 1, .to_day = 9, .altitude_m = 2000},
        .hours_a_day = 9};
    struct har_zone zone = {"home", 52, 5, 200, 0, 0};
    const struct har_import_settings how = {.threads = 1};
    const struct har_results_settings which = {0};
    bool again;
    char run[96], rows[96];
    strcpy(run, write_bytes("run.gpx", (const uint8_t *)gpx, sizeof gpx - 1));
    strcpy(rows, write_bytes("rows.csv", (const uint8_t *)sheet, sizeof sheet - 1));
    const char *const runs[] = {run}, *const sheets[] = {rows};
    assert(har_store_open(path_of("store.db"), HAR_STORE_WRITE, &store, NULL) == HAR_OK);
    assert(har_import(store, runs, 1, &how, &arena, &imported, NULL) == HAR_OK);
    assert(har_results_import(store, sheets, 1, &which, &arena, &taken, NULL) == HAR_OK);
    assert(har_camp_tell(store, 1, &camp, &arena, &again, NULL) == HAR_OK);
    assert(har_zone_tell(store, &zone, &again, NULL) == HAR_OK);
    har_store_close(store);
    FILE *file = fopen(path_of("store.db"), "rb");
    assert(file && fseek(file, 0, SEEK_END) == 0);
    sound_size = (size_t)ftell(file);
    sound = malloc(sound_size);
    rewind(file);
    assert(sound && fread(sound, 1, sound_size, file) == sound_size);
    fclose(file);
    har_arena_free(&arena);
    empty_folder(NULL);
}

static void ask(struct har_store *store)
{
    struct har_arena arena = {.limit = 64 << 20};
    struct har_store_filter filter = HAR_STORE_ALL;
    struct har_entry *entries;
    struct har_race *races;
    struct har_kept_camp *camps;
    struct har_store_health health;
    struct har_bytes bytes;
    struct har_gear gear;
    const struct har_zone *zones;
    size_t count;
    struct har_error err = {0};
    filter.with_bests = filter.with_paces = true;
    har_status got = har_store_entries(store, &filter, &arena, &entries, &count, &err);
    if (got) is_said(got, &err);
    got = har_store_races(store, &filter, &arena, &races, &count, &err);
    if (got) is_said(got, &err);
    got = har_store_original(store, 1, &arena, &bytes, &err);
    if (got) is_said(got, &err);
    got = har_journal_camps(store, 0, &arena, &camps, &count, &err);
    if (got) is_said(got, &err);
    got = har_journal_zones(store, &arena, &zones, &count, &err);
    if (got) is_said(got, &err);
    got = har_gear(store, 1, &arena, &gear, &err);
    if (got) is_said(got, &err);
    got = har_store_verify(store, &arena, &health, &err);
    if (got) is_said(got, &err);
    for (size_t i = 0; !got && i < health.problem_count; i++)
        assert(*health.problems[i].message);
    har_arena_free(&arena);
}

static void open_and_ask(enum har_store_mode mode)
{
    struct har_store *store;
    struct har_error err = {0};
    har_status got = har_store_open(path_of("store.db"), mode, &store, &err);
    if (got == HAR_OK) ask(store);
    else is_said(got, &err);
    har_store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!sound) make_sound();
    if (size < 2) return 0;
    uint8_t *changed = malloc(sound_size);
    assert(changed);
    memcpy(changed, sound, sound_size);
    for (size_t at = 1; at + 4 <= size;) {
        size_t place =
            (size_t)data[at] | (size_t)data[at + 1] << 8 | (size_t)data[at + 2] << 16;
        size_t count = 1 + data[at + 3] % 16;
        at += 4;
        for (size_t i = 0; i < count && at < size; i++)
            changed[(place + i) % sound_size] = data[at++];
    }
    write_bytes("store.db", changed, sound_size);
    free(changed);
    open_and_ask(HAR_STORE_READ);
    if (data[0] & 1) open_and_ask(HAR_STORE_WRITE);
    empty_folder(NULL);
    return 0;
}
