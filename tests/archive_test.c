/* SPDX-License-Identifier: MIT */
/* Folders and archives of every shape are made in a temporary folder, walked, and what the
 * walk says is compared line by line: "path size" for a file, "path ! sentence" for a
 * failure. */

#include "harrier/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#define MIB ((size_t)1 << 20)

static char folder[256];
static struct har_arena arena;

/* --- making things ------------------------------------------------------------ */

static const char *in_folder(const char *name)
{
    static char paths[4][512];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/harrier-archive-XXXXXX", base ? base : "/tmp");
    return mkdtemp(folder) && chmod(folder, 0755) == 0 ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at)
{
    (void)st;
    (void)flag;
    (void)at;
    return remove(path);
}

static int remove_folder(void **state)
{
    (void)state;
    har_arena_free(&arena);
    return nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void make_file(const char *name, const void *data, size_t size)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

struct member {
    const char *name;
    struct har_bytes bytes;
};
#define TEXT(name, text)                                                                   \
    {                                                                                      \
        name,                                                                              \
        {                                                                                  \
            (const uint8_t *)(text), sizeof(text) - 1                                      \
        }                                                                                  \
    }

/* An archive in memory, in the arena. `options` are libarchive's, or NULL. */
static struct har_bytes make_archive(int format, const char *options, const char *password,
                                     const struct member *members, size_t count)
{
    size_t room = MIB, size = 0;
    for (size_t i = 0; i < count; i++) room += 2 * members[i].bytes.size;
    uint8_t *out = HAR_NEW(&arena, uint8_t, room);
    struct archive *a = archive_write_new();
    assert_non_null(out);
    assert_int_equal(archive_write_set_format(a, format), ARCHIVE_OK);
    if (password) assert_int_equal(archive_write_set_passphrase(a, password), ARCHIVE_OK);
    if (options) assert_int_equal(archive_write_set_options(a, options), ARCHIVE_OK);
    assert_int_equal(archive_write_open_memory(a, out, room, &size), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, members[i].name);
        archive_entry_set_size(entry, (int64_t)members[i].bytes.size);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
        assert_int_equal(
            archive_write_data(a, members[i].bytes.data, members[i].bytes.size),
            members[i].bytes.size);
        archive_entry_free(entry);
    }
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
    return (struct har_bytes){out, size};
}

static struct har_bytes make_zip(const struct member *members, size_t count)
{
    return make_archive(ARCHIVE_FORMAT_ZIP, NULL, NULL, members, count);
}

static struct har_bytes make_gzip(struct har_bytes bytes)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&z, bytes.size) + 64;
    uint8_t *out = HAR_NEW(&arena, uint8_t, room);
    assert_non_null(out);
    z.next_in = (z_const Bytef *)bytes.data;
    z.avail_in = (uInt)bytes.size;
    z.next_out = out;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (struct har_bytes){out, z.total_out};
}

static struct har_bytes zeros(size_t size)
{
    uint8_t *out = HAR_NEW(&arena, uint8_t, size);
    assert_non_null(out);
    return (struct har_bytes){out, size};
}

static struct har_bytes noise(size_t size)
{
    uint8_t *out = HAR_NEW(&arena, uint8_t, size);
    uint64_t x = 88172645463325252u;
    assert_non_null(out);
    for (size_t i = 0; i < size; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        out[i] = (uint8_t)(x >> 32);
    }
    return (struct har_bytes){out, size};
}

/* --- walking ------------------------------------------------------------------ */

struct log {
    struct har_text text;
    har_status last; /* status of the last failure */
    size_t files, failures, stop_at;
    const struct har_archive_caps *caps;
};

/* Writes down what a reader gets: a .gz by its unpacked size. `caps` are the walk's. */
static har_status write_down(void *ctx, const struct har_found *found)
{
    struct log *log = ctx;
    struct har_arena inside = {0};
    struct har_bytes bytes = found->bytes;
    struct har_error error = found->error;
    const char *path = found->path;
    size_t root = strlen(folder);
    if (strncmp(path, folder, root) == 0 && path[root] == '/') path += root + 1;
    if (error.status == HAR_OK) assert_non_null(bytes.data);
    else assert_int_equal(bytes.size, 0);
    if (found->packed) error.status = har_gunzip(bytes, log->caps, &inside, &bytes, &error);
    if (error.status == HAR_OK) {
        har_text_format(&log->text, "%s %llu\n", path, (unsigned long long)bytes.size);
        log->files++;
    } else {
        har_text_format(&log->text, "%s ! %s\n", path, error.message);
        log->last = error.status;
        log->failures++;
    }
    har_arena_free(&inside);
    return log->stop_at && log->files == log->stop_at ? HAR_INTERRUPTED : HAR_OK;
}

static struct log walk(const char *name, const struct har_archive_caps *caps)
{
    struct log log = {.text = {.arena = &arena}, .caps = caps};
    struct har_error err = {0};
    har_text_add(&log.text, "");
    assert_int_equal(har_walk(in_folder(name), caps, write_down, &log, &err), HAR_OK);
    return log;
}

static void expect(const char *name, const char *lines)
{
    struct log log = walk(name, NULL);
    assert_string_equal(log.text.data ? log.text.data : "", lines);
}

/* --- folders ------------------------------------------------------------------ */

static void a_folder_gives_its_files_in_the_order_of_their_bytes(void **state)
{
    (void)state;
    static const char *const folders[] = {"f", "f/b", "f/.hidden", "f/__MACOSX", "f/empty"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        assert_int_equal(mkdir(in_folder(folders[i]), 0755), 0);
    make_file("f/z", "zz", 2);
    make_file("f/Z", "z", 1);
    make_file("f/b/inner", "abc", 3);
    make_file("f/a\xc3\xa9", "", 0);
    make_file("f/.secret", "x", 1);
    make_file("f/.hidden/run.fit", "x", 1);
    make_file("f/__MACOSX/run.fit", "x", 1);
    assert_int_equal(symlink("b/inner", in_folder("f/link")), 0);
    assert_int_equal(symlink("b", in_folder("f/link-to-folder")), 0);
    assert_int_equal(symlink(".", in_folder("f/link-to-itself")), 0);
    expect("f", "f/Z 1\nf/a\xc3\xa9 0\nf/b/inner 3\nf/link 3\nf/z 2\n");
    expect("f/", "f/Z 1\nf/a\xc3\xa9 0\nf/b/inner 3\nf/link 3\nf/z 2\n");
    expect("f/.secret", "f/.secret 1\n"); /* who names a hidden file wants it */
    expect("f/empty", "");
    assert_int_equal(har_walk_count(in_folder("f")), 5);
    assert_int_equal(har_walk_count(in_folder("f/z")), 1);
    assert_int_equal(har_walk_count(in_folder("nothing")), 0);
}

static void what_does_not_exist_is_not_found(void **state)
{
    (void)state;
    struct log log = {.text = {.arena = &arena}};
    struct har_error err = {0};
    struct har_bytes bytes;
    assert_int_equal(har_walk(in_folder("nothing"), NULL, write_down, &log, &err),
                     HAR_NOT_FOUND);
    assert_int_equal(err.status, HAR_NOT_FOUND);
    assert_int_equal(har_read_file(in_folder("nothing"), NULL, &arena, &bytes, NULL),
                     HAR_NOT_FOUND);
    assert_int_equal(log.files + log.failures, 0);
}

static void the_visitor_can_end_the_walk(void **state)
{
    (void)state;
    const struct member two[] = {TEXT("a", "1"), TEXT("b", "2")};
    struct har_bytes zip = make_zip(two, 2);
    assert_int_equal(mkdir(in_folder("stop"), 0755), 0);
    make_file("stop/1", "1", 1);
    make_file("stop/2.zip", zip.data, zip.size);
    make_file("stop/3", "1", 1);
    for (size_t stop = 1; stop <= 4; stop++) {
        struct log log = {.text = {.arena = &arena}, .stop_at = stop};
        assert_int_equal(har_walk(in_folder("stop"), NULL, write_down, &log, NULL),
                         HAR_INTERRUPTED);
        assert_int_equal(log.files, stop);
    }
}

static void pipes_devices_and_broken_links_never_hold_up_the_walk(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in_folder("odd"), 0755), 0);
    assert_int_equal(mkfifo(in_folder("odd/fifo"), 0644), 0);
    assert_int_equal(symlink("loop", in_folder("odd/loop")), 0);
    assert_int_equal(symlink("gone", in_folder("odd/dangling")), 0);
    make_file("odd/run", "abc", 3);
    alarm(20);
    struct log log = walk("odd", NULL);
    assert_int_equal(log.failures, 2);
    assert_int_equal(log.last, HAR_FAILED); /* the loop; the dangling link came first */
    assert_non_null(strstr(log.text.data, "odd/dangling ! cannot be reached: "));
    assert_non_null(strstr(log.text.data, "odd/loop ! cannot be reached: "));
    assert_non_null(strstr(log.text.data, "odd/run 3\n"));
    expect("odd/fifo", "odd/fifo ! is not a regular file\n");
    alarm(0);
}

static void a_file_that_may_not_be_read_is_a_failure_and_the_walk_goes_on(void **state)
{
    (void)state;
    bool was_root = geteuid() == 0;
    assert_int_equal(mkdir(in_folder("locked"), 0755), 0);
    assert_int_equal(mkdir(in_folder("locked/folder"), 0), 0);
    make_file("locked/1", "abc", 3);
    make_file("locked/2", "abc", 3);
    assert_int_equal(chmod(in_folder("locked/1"), 0), 0);
    if (was_root) assert_int_equal(seteuid(65534), 0);
    struct log log = walk("locked", NULL);
    if (was_root) assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(in_folder("locked/folder"), 0755), 0);
    assert_int_equal(log.failures, 2);
    assert_int_equal(log.last, HAR_FAILED);
    assert_non_null(strstr(log.text.data, "locked/1 ! cannot be opened: "));
    assert_non_null(strstr(log.text.data, "locked/2 3\n"));
    assert_non_null(strstr(log.text.data, "locked/folder ! cannot be listed: "));
}

static void a_huge_sparse_file_is_refused_unread(void **state)
{
    (void)state;
    make_file("sparse.fit", "", 0);
    assert_int_equal(truncate(in_folder("sparse.fit"), (off_t)2 << 30), 0);
    expect("sparse.fit",
           "sparse.fit ! has 2.0 GiB, more than the 512 MiB that one file may have\n");
    assert_int_equal(truncate(in_folder("sparse.fit"), 0), 0);
}

/* The files of /sys say 4096 bytes and have fewer: a file that shrinks, without a race. */
static void a_file_shorter_than_it_said_is_a_failure(void **state)
{
    (void)state;
    static const char path[] = "/sys/kernel/uevent_seqnum";
    struct stat st;
    struct log log = {.text = {.arena = &arena}};
    if (stat(path, &st) != 0 || st.st_size != 4096 || access(path, R_OK) != 0) {
        print_message("there is no %s here\n", path);
        skip();
    }
    assert_int_equal(har_walk(path, NULL, write_down, &log, NULL), HAR_OK);
    assert_int_equal(log.failures, 1);
    assert_int_equal(log.last, HAR_FAILED);
    assert_non_null(strstr(log.text.data, "became shorter while it was read"));
}

/* --- gzip --------------------------------------------------------------------- */

static void gzip_is_known_by_its_bytes_and_keeps_its_name(void **state)
{
    (void)state;
    struct har_bytes text = noise(100000);
    struct har_bytes gz = make_gzip(text), twice = make_gzip(gz), read;
    make_file("run.fit.gz", gz.data, gz.size);
    make_file("misnamed.fit", gz.data, gz.size);
    make_file("twice.gz", twice.data, twice.size);
    make_file("named-only.gz", "<gpx/>", 6);
    expect("run.fit.gz", "run.fit.gz 100000\n");
    expect("misnamed.fit", "misnamed.fit 100000\n");
    expect("twice.gz", "twice.gz 100000\n");
    expect("named-only.gz", "named-only.gz 6\n");
    assert_int_equal(har_read_file(in_folder("run.fit.gz"), NULL, &arena, &read, NULL),
                     HAR_OK);
    assert_int_equal(read.size, text.size);
    assert_memory_equal(read.data, text.data, text.size);
}

static void gzip_members_in_a_row_are_one_file_and_what_follows_is_left(void **state)
{
    (void)state;
    struct har_bytes one = make_gzip(har_bytes_of("first, "));
    struct har_bytes two = make_gzip(har_bytes_of("second")), read;
    struct har_text all = {.arena = &arena};
    har_text_bytes(&all, one.data, one.size);
    har_text_bytes(&all, two.data, two.size);
    har_text_bytes(&all, "\0\0\0garbage", 10);
    make_file("row.gz", all.data, all.size);
    assert_int_equal(har_read_file(in_folder("row.gz"), NULL, &arena, &read, NULL), HAR_OK);
    assert_string_equal((const char *)read.data, "first, second");
}

static void gzip_cut_anywhere_is_a_failure(void **state)
{
    (void)state;
    struct har_bytes gz = make_gzip(noise(300)), read;
    for (size_t size = 3; size < gz.size; size++) {
        struct har_error err = {0};
        make_file("cut.gz", gz.data, size);
        assert_int_equal(har_read_file(in_folder("cut.gz"), NULL, &arena, &read, &err),
                         HAR_BAD_INPUT);
        assert_string_equal(err.message, "its gzip data end too early");
        assert_int_equal(err.offset, size);
    }
    uint8_t *bad = (uint8_t *)har_arena_copy(&arena, gz.data, gz.size);
    bad[gz.size - 6] ^= 1; /* in the checksum */
    make_file("cut.gz", bad, gz.size);
    expect("cut.gz", "cut.gz ! its gzip data are damaged (incorrect data check)\n");
}

static void a_gzip_bomb_is_refused(void **state)
{
    (void)state;
    struct har_bytes bomb = make_gzip(zeros(40 * MIB));
    make_file("bomb.gz", bomb.data, bomb.size);
    struct log log = walk("bomb.gz", NULL);
    assert_int_equal(log.last, HAR_OUT_OF_RANGE);
    assert_non_null(strstr(log.text.data, "refused as a bomb"));
    /* Small files may be all zeros. */
    struct har_bytes small = make_gzip(zeros(10 * MIB));
    make_file("small.gz", small.data, small.size);
    expect("small.gz", "small.gz 10485760\n");
}

/* --- archives ----------------------------------------------------------------- */

struct seen {
    char archive[512], member[64], bytes[16];
};

static har_status look(void *ctx, const struct har_found *found)
{
    struct seen *seen = ctx;
    snprintf(seen->archive, sizeof seen->archive, "%s", found->archive);
    snprintf(seen->member, sizeof seen->member, "%s", found->member);
    snprintf(seen->bytes, sizeof seen->bytes, "%.*s", (int)found->bytes.size,
             (const char *)found->bytes.data);
    return found->error.status;
}

/* Strava's export holds .fit.gz in a zip, Garmin's holds zips in a zip. */
static void zips_in_zips_are_opened_to_the_bottom(void **state)
{
    (void)state;
    struct har_bytes gz = make_gzip(har_bytes_of("a run"));
    const struct member inner[] = {{"activities/1.fit.gz", gz}, TEXT("2.gpx", "<gpx/>")};
    struct har_bytes part = make_zip(inner, 2);
    struct har_bytes tar = make_archive(ARCHIVE_FORMAT_TAR_USTAR, NULL, NULL, inner, 2);
    struct har_bytes tgz = make_gzip(tar);
    const struct member outer[] = {TEXT("activities.csv", "Activity ID\n"),
                                   {"Uploaded/Part1.zip", part},
                                   {"old.tar.gz", tgz},
                                   TEXT("empty.fit", "")};
    struct har_bytes zip = make_zip(outer, 4);
    make_file("export.zip", zip.data, zip.size);
    make_file("export.fit", zip.data, zip.size); /* misnamed */
    make_file("export.tgz", tgz.data, tgz.size);
    make_file("export.tar", tar.data, tar.size);
    expect("export.zip", "export.zip!activities.csv 12\n"
                         "export.zip!Uploaded/Part1.zip!activities/1.fit.gz 5\n"
                         "export.zip!Uploaded/Part1.zip!2.gpx 6\n"
                         "export.zip!old.tar.gz!activities/1.fit.gz 5\n"
                         "export.zip!old.tar.gz!2.gpx 6\n"
                         "export.zip!empty.fit 0\n");
    expect("export.tgz", "export.tgz!activities/1.fit.gz 5\nexport.tgz!2.gpx 6\n");
    expect("export.tar", "export.tar!activities/1.fit.gz 5\nexport.tar!2.gpx 6\n");
    struct log log = walk("export.fit", NULL);
    assert_int_equal(log.files, 6);
    assert_int_equal(har_walk_count(in_folder("export.zip")), 1);
}

static void a_member_says_where_it_lay(void **state)
{
    (void)state;
    const struct member inner[] = {TEXT("runs/1.fit", "deep")};
    struct har_bytes part = make_zip(inner, 1);
    const struct member outer[] = {{"part.zip", part}};
    struct har_bytes zip = make_zip(outer, 1);
    struct seen seen = {{0}, {0}, {0}};
    make_file("where.zip", zip.data, zip.size);
    assert_int_equal(har_walk(in_folder("where.zip"), NULL, look, &seen, NULL), HAR_OK);
    assert_string_equal(seen.archive, in_folder("where.zip"));
    assert_string_equal(seen.member, "runs/1.fit");
    assert_string_equal(seen.bytes, "deep");
}

static void
members_that_are_hidden_are_left_out_and_those_that_climb_are_refused(void **state)
{
    (void)state;
    const struct member members[] = {
        TEXT("../up.fit", "1"),     TEXT("a/../../up.fit", "1"),
        TEXT("/abs.fit", "1"),      TEXT("..\\up.fit", "1"),
        TEXT("C:\\abs.fit", "1"),   TEXT("__MACOSX/._a", "1"),
        TEXT(".DS_Store", "1"),     TEXT("a/.b/c.fit", "1"),
        TEXT("./good.fit", "12"),   TEXT("a/..good..fit", "123"),
        TEXT("a\\b\\good", "1234"),
    };
    struct har_bytes zip = make_zip(members, sizeof members / sizeof *members);
    make_file("climb.zip", zip.data, zip.size);
    /* Backslashes part folders; a name that begins with a dot is hidden, two or not. */
    expect("climb.zip", "climb.zip!../up.fit ! its path leads out of the archive\n"
                        "climb.zip!a/../../up.fit ! its path leads out of the archive\n"
                        "climb.zip!/abs.fit ! its path leads out of the archive\n"
                        "climb.zip!../up.fit ! its path leads out of the archive\n"
                        "climb.zip!C:/abs.fit ! its path leads out of the archive\n"
                        "climb.zip!./good.fit 2\n"
                        "climb.zip!a/b/good 4\n");
}

static void names_in_utf8_come_through_in_any_locale(void **state)
{
    (void)state;
    static const char name[] = "L\xc3\xb6pning \xe6\x99\xa8\xe8\xb7\x91.fit";
    const struct member members[] = {TEXT(name, "1")};
    struct har_bytes zip = make_zip(members, 1);
    make_file("utf8.zip", zip.data, zip.size);
    expect("utf8.zip", "utf8.zip!L\xc3\xb6pning \xe6\x99\xa8\xe8\xb7\x91.fit 1\n");
}

static void a_truncated_zip_gives_what_is_whole_and_one_failure(void **state)
{
    (void)state;
    const struct member members[] = {{"1.fit", noise(1000)}, {"2.fit", noise(1000)}};
    struct har_bytes zip = make_zip(members, 2);
    make_file("cut.zip", zip.data, 1500);
    struct log log = walk("cut.zip", NULL);
    assert_int_equal(log.files, 1);
    assert_int_equal(log.failures, 1);
    assert_int_equal(log.last, HAR_BAD_INPUT);
    assert_non_null(strstr(log.text.data, "cut.zip!1.fit 1000\n"));
    assert_non_null(
        strstr(log.text.data, "the archive is damaged here and its rest is lost: "));
}

/* Whatever byte is wrong, the walk ends, says so or gives a file, and leaks nothing. */
static void a_zip_damaged_anywhere_never_stops_the_walk(void **state)
{
    (void)state;
    const struct member inner[] = {{"1.fit", noise(40)}};
    struct har_bytes part = make_zip(inner, 1);
    const struct member members[] = {{"p.zip", part}, {"3.fit", zeros(100)}};
    struct har_bytes zip = make_zip(members, 2);
    uint8_t *copy = (uint8_t *)har_arena_copy(&arena, zip.data, zip.size);
    for (size_t i = 0; i < zip.size; i++) {
        copy[i] ^= 0xff;
        make_file("damaged.zip", copy, zip.size);
        struct log log = walk("damaged.zip", NULL);
        assert_true(log.files <= 3 && log.failures <= 3);
        copy[i] ^= 0xff;
        make_file("damaged.zip", zip.data, i);
        log = walk("damaged.zip", NULL);
        assert_true(log.files <= 3 && log.failures <= 3);
    }
}

static void a_damaged_member_fails_and_the_next_is_read(void **state)
{
    (void)state;
    struct har_bytes run = noise(5000);
    const struct member members[] = {{"1.fit", run}, {"2.fit", run}};
    struct har_bytes zip =
        make_archive(ARCHIVE_FORMAT_ZIP, "zip:compression=store", NULL, members, 2);
    uint8_t *bad = (uint8_t *)har_arena_copy(&arena, zip.data, zip.size);
    bad[1000] ^= 1;
    make_file("crc.zip", bad, zip.size);
    struct log log = walk("crc.zip", NULL);
    assert_int_equal(log.last, HAR_BAD_INPUT);
    assert_non_null(strstr(log.text.data, "crc.zip!1.fit ! the archive is damaged here: "));
    assert_non_null(strstr(log.text.data, "crc.zip!2.fit 5000\n"));
}

static void an_encrypted_member_is_refused(void **state)
{
    (void)state;
    const struct member members[] = {TEXT("secret.fit", "a run")};
    struct har_bytes zip =
        make_archive(ARCHIVE_FORMAT_ZIP, "zip:encryption=zipcrypt", "password", members, 1);
    make_file("secret.zip", zip.data, zip.size);
    struct log log = walk("secret.zip", NULL);
    assert_string_equal(log.text.data, "secret.zip!secret.fit ! is encrypted\n");
    assert_int_equal(log.last, HAR_UNSUPPORTED);
}

static void a_zip_bomb_is_refused_and_sound_members_are_read(void **state)
{
    (void)state;
    /* Beside 1 MiB that does not pack, the whole stays under 200 : 1. */
    const struct member members[] = {
        {"noise.fit", noise(MIB)}, {"bomb.fit", zeros(40 * MIB)}, TEXT("after.fit", "1")};
    struct har_bytes zip = make_zip(members, 3);
    make_file("bomb.zip", zip.data, zip.size);
    expect(
        "bomb.zip",
        "bomb.zip!noise.fit 1048576\n"
        "bomb.zip!bomb.fit ! unpacks to more than 200 times its size: refused as a bomb\n"
        "bomb.zip!after.fit 1\n");
}

/* Many members, each small enough to pass; then zips in zips. */
static void a_bomb_in_small_pieces_is_refused_as_a_whole(void **state)
{
    (void)state;
    struct har_bytes nothing = zeros(10 * MIB);
    struct member many[8];
    static const char *const names[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    for (size_t i = 0; i < 8; i++) many[i] = (struct member){names[i], nothing};
    struct har_bytes zip = make_zip(many, 8);
    const struct member wrapped[] = {{"part.zip", zip}};
    struct har_bytes outer = make_zip(wrapped, 1);
    make_file("pieces.zip", zip.data, zip.size);
    make_file("nested.zip", outer.data, outer.size);
    struct log log = walk("pieces.zip", NULL);
    assert_int_equal(log.files, 1);
    assert_int_equal(log.failures, 1);
    assert_non_null(
        strstr(log.text.data, "pieces.zip!2 ! the whole unpacks to more than 200"));
    log = walk("nested.zip", NULL);
    assert_int_equal(log.failures, 1);
    assert_int_equal(log.last, HAR_OUT_OF_RANGE);
}

/* Bytes that do not pack are never a bomb, however far the reader lags behind. */
static void big_sound_members_are_not_taken_for_bombs(void **state)
{
    (void)state;
    const struct member inner[] = {{"big.fit", noise(18 * MIB)}};
    struct har_bytes part =
        make_archive(ARCHIVE_FORMAT_ZIP, "zip:compression=store", NULL, inner, 1);
    const struct member outer[] = {{"part.zip", part}};
    struct har_bytes zip =
        make_archive(ARCHIVE_FORMAT_ZIP, "zip:compression=store", NULL, outer, 1);
    struct har_bytes tar = make_archive(ARCHIVE_FORMAT_TAR_USTAR, NULL, NULL, outer, 1);
    make_file("big.zip", zip.data, zip.size);
    make_file("big.tar", tar.data, tar.size);
    expect("big.zip", "big.zip!part.zip!big.fit 18874368\n");
    expect("big.tar", "big.tar!part.zip!big.fit 18874368\n");
}

static void every_cap_ends_in_a_sentence(void **state)
{
    (void)state;
    const struct member three[] = {
        {"1", noise(3000)}, {"2", noise(100)}, {"3", noise(100)}};
    struct har_bytes zip = make_zip(three, 3);
    assert_int_equal(mkdir(in_folder("caps"), 0755), 0);
    make_file("caps/a.zip", zip.data, zip.size);
    make_file("caps/b", "b", 1);
    struct log log = walk("caps", &(struct har_archive_caps){.file_bytes = 2000});
    assert_string_equal(
        log.text.data,
        "caps/a.zip!1 ! has 2.9 KiB, more than the 1.9 KiB that one file may have\n"
        "caps/a.zip!2 100\ncaps/a.zip!3 100\ncaps/b 1\n");
    log = walk("caps", &(struct har_archive_caps){.total_bytes = 3100});
    assert_string_equal(log.text.data,
                        "caps/a.zip!1 3000\ncaps/a.zip!2 100\ncaps/a.zip!3 ! more than "
                        "3.0 KiB were unpacked: the rest is left out\ncaps/b 1\n");
    log = walk("caps", &(struct har_archive_caps){.files = 2});
    assert_string_equal(
        log.text.data, "caps/a.zip!1 3000\ncaps/a.zip!2 100\ncaps/a.zip!3 ! there are more "
                       "than 2 files: the rest is left out\n");
}

static void archives_are_opened_as_deep_as_the_cap_says(void **state)
{
    (void)state;
    struct har_bytes zip = make_gzip(har_bytes_of("a run"));
    for (unsigned deep = 0; deep < 6; deep++) {
        const struct member one[] = {{deep ? "z" : "1.fit.gz", zip}};
        zip = make_zip(one, 1);
        make_file("deep.zip", zip.data, zip.size);
        struct log log = walk("deep.zip", NULL);
        assert_int_equal(log.files, deep <= 4);
        log = walk("deep.zip", &(struct har_archive_caps){.depth = 1});
        assert_int_equal(log.files, deep <= 1);
        if (deep > 1) assert_int_equal(log.last, HAR_OUT_OF_RANGE);
    }
    expect("deep.zip",
           "deep.zip!z!z!z!z!z ! lies in archives more than 4 deep: left unopened\n");
}

static void zips_named_fit_are_opened(void **state)
{
    (void)state;
    const char *data = getenv("HARRIER_DATA"), *root = getenv("HARRIER_ROOT");
    struct log log = {.text = {.arena = &arena}};
    struct har_text path = {.arena = &arena};
    har_text_add(&path, data ? data : root ? root : ".");
    har_text_add(&path, data ? "" : "/../shared/data");
    har_text_add(&path, "/activities/conformance/misnamed");
    if (access(path.data, R_OK) != 0) {
        print_message("there is no %s here\n", path.data);
        skip();
    }
    assert_int_equal(har_walk(path.data, NULL, write_down, &log, NULL), HAR_OK);
    assert_int_equal(log.failures, 0);
    assert_non_null(strstr(log.text.data,
                           "zip-named-23293884514.fit!23293884514_ACTIVITY.fit 43245\n"));
}

/* --- writing ------------------------------------------------------------------ */

static void a_file_is_written_whole_or_not_at_all(void **state)
{
    (void)state;
    struct har_bytes bytes = noise(100000), read;
    struct har_error err = {0};
    assert_int_equal(mkdir(in_folder("out"), 0755), 0);
    assert_int_equal(har_write_file(in_folder("out/a"), har_bytes_of("old"), NULL), HAR_OK);
    assert_int_equal(har_write_file(in_folder("out/a"), bytes, NULL), HAR_OK);
    assert_int_equal(har_read_file(in_folder("out/a"), NULL, &arena, &read, NULL), HAR_OK);
    assert_int_equal(read.size, bytes.size);
    assert_memory_equal(read.data, bytes.data, bytes.size);
    assert_int_equal(har_write_file(in_folder("no/such/folder"), bytes, &err), HAR_FAILED);
    assert_non_null(strstr(err.message, "cannot be written: "));
    assert_int_equal(har_write_file(in_folder("out"), bytes, &err), HAR_FAILED);
    expect("out", "out/a 100000\n");
    /* The umask decides who may read it, as for any other file. */
    struct stat st;
    mode_t mask = umask(0027);
    assert_int_equal(har_write_file(in_folder("out/b"), bytes, NULL), HAR_OK);
    umask(mask);
    assert_int_equal(stat(in_folder("out/b"), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void links_and_devices_stay_what_they_are(void **state)
{
    (void)state;
    struct stat st;
    struct har_bytes read;
    make_file("target", "old", 3);
    assert_int_equal(symlink("target", in_folder("link")), 0);
    assert_int_equal(har_write_file(in_folder("link"), har_bytes_of("new"), NULL), HAR_OK);
    assert_int_equal(lstat(in_folder("link"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(har_read_file(in_folder("target"), NULL, &arena, &read, NULL), HAR_OK);
    assert_string_equal((const char *)read.data, "new");
    assert_int_equal(har_write_file("/dev/null", har_bytes_of("x"), NULL), HAR_OK);
    assert_int_equal(stat("/dev/null", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    if (access("/dev/full", W_OK) != 0) return;
    struct har_error err = {0};
    assert_int_equal(har_write_file("/dev/full", har_bytes_of("x"), &err), HAR_FAILED);
    assert_non_null(strstr(err.message, "cannot be written: "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_gives_its_files_in_the_order_of_their_bytes),
        cmocka_unit_test(what_does_not_exist_is_not_found),
        cmocka_unit_test(the_visitor_can_end_the_walk),
        cmocka_unit_test(pipes_devices_and_broken_links_never_hold_up_the_walk),
        cmocka_unit_test(a_file_that_may_not_be_read_is_a_failure_and_the_walk_goes_on),
        cmocka_unit_test(a_huge_sparse_file_is_refused_unread),
        cmocka_unit_test(a_file_shorter_than_it_said_is_a_failure),
        cmocka_unit_test(gzip_is_known_by_its_bytes_and_keeps_its_name),
        cmocka_unit_test(gzip_members_in_a_row_are_one_file_and_what_follows_is_left),
        cmocka_unit_test(gzip_cut_anywhere_is_a_failure),
        cmocka_unit_test(a_gzip_bomb_is_refused),
        cmocka_unit_test(zips_in_zips_are_opened_to_the_bottom),
        cmocka_unit_test(a_member_says_where_it_lay),
        cmocka_unit_test(
            members_that_are_hidden_are_left_out_and_those_that_climb_are_refused),
        cmocka_unit_test(names_in_utf8_come_through_in_any_locale),
        cmocka_unit_test(a_truncated_zip_gives_what_is_whole_and_one_failure),
        cmocka_unit_test(a_zip_damaged_anywhere_never_stops_the_walk),
        cmocka_unit_test(a_damaged_member_fails_and_the_next_is_read),
        cmocka_unit_test(an_encrypted_member_is_refused),
        cmocka_unit_test(a_zip_bomb_is_refused_and_sound_members_are_read),
        cmocka_unit_test(a_bomb_in_small_pieces_is_refused_as_a_whole),
        cmocka_unit_test(big_sound_members_are_not_taken_for_bombs),
        cmocka_unit_test(every_cap_ends_in_a_sentence),
        cmocka_unit_test(archives_are_opened_as_deep_as_the_cap_says),
        cmocka_unit_test(zips_named_fit_are_opened),
        cmocka_unit_test(a_file_is_written_whole_or_not_at_all),
        cmocka_unit_test(links_and_devices_stay_what_they_are),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
