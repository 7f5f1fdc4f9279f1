/* SPDX-License-Identifier: MIT */
/* Any lines are the words of a command, whatever the command: it ends with one of the exit
 * statuses, and where that is not 0 with a sentence. Questions are asked of a small store,
 * changes made to one in memory; files lie in a folder of their own, which no word leads
 * out of. */

#include "harrier/coach.h"
#include "harrier/command.h"

#include "folder.h"

#include <fcntl.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_WORDS = 24 };

struct heard {
    size_t bytes, sentences;
};

static bool take(void *ctx, const void *bytes, size_t size)
{
    struct heard *heard = ctx;
    assert(bytes);
    heard->bytes += size;
    return heard->bytes < 1 << 20;
}

static void hear(void *ctx, const char *sentence)
{
    struct heard *heard = ctx;
    assert(*sentence);
    heard->sentences++;
}

static int ask(const char *const *word, size_t count, struct heard *heard)
{
    const struct har_listener to = {.ctx = heard, .data = take, .say = hear};
    return har_command(word, count, &to);
}

/* Files to name, and a store: a short run, a course, results, a workout, a plan. */
static void make_folder(void)
{
    static const char *const files[][2] = {
        {"run.gpx",
         "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>"
         "<trkpt lat=\"52\" lon=\"5\"><ele>9</ele><time>2026-01-05T09:00:00Z</time></trkpt>"
         "<trkpt lat=\"52.03\" "
         "lon=\"5\"><ele>9</ele><time>2026-01-05T09:15:00Z</time></trkpt>"
         "<trkpt lat=\"52\" lon=\"5\"><ele>9</ele><time>2026-01-05T09:30:00Z</time></trkpt>"
         "</trkseg></trk></gpx>"},
        {"rows.csv", "athlete,sex,nation,date,event,mark\nA B,M,NOR,2026-01-05,5K,15:00\n"
                     "C D,M,NOR,2026-01-05,5K,15:02\n"},
        {"easy.txt", "- 1km @5K\n- 10m Z2 Pace\n"},
        {"plan.csv", "date,load,race\n2026-02-01,100,\n"},
        {"season.csv", "date,kind,event,importance\n2026-05-01,race,5K,A\n"},
        {"field.csv", "Name,Bib,Sex,Place,400,800,Finish\nAda,1,F,1,62,2:05,4:06\n"},
        {"group.csv", "name,v_m,gamma,leave_m,leads\nAnna,6.7,0.05,1600,\n"},
        {"queries.csv", "query,athlete,date,event\nq,a,2025-05-01,10K\n"},
    };
    struct heard heard = {0};
    static char store[96];
    snprintf(store, sizeof store, "%s", path_of("store.db"));
    assert(chdir(folder) == 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        write_bytes(files[i][0], (const uint8_t *)files[i][1], strlen(files[i][1]));
    static const char *const runs[] = {"--db", "store.db", "import", "run.gpx"},
                             *const rows[] = {"--db", "store.db", "results", "import",
                                              "rows.csv"};
    assert(ask(runs, 4, &heard) == HAR_EXIT_DONE && ask(rows, 5, &heard) == HAR_EXIT_DONE);
    assert(dup2(open("/dev/null", O_RDONLY), 0) == 0); /* `-` is stdin */
}

static bool is_ours(const char *name)
{
    static const char *const ours[] = {
        "run.gpx",   "rows.csv",    "easy.txt", "plan.csv",     "season.csv",  "field.csv",
        "group.csv", "queries.csv", "store.db", "store.db-wal", "store.db-shm"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strcmp(ours[i], name) == 0) return true;
    return false;
}

/* What was written goes; what must not change has not. */
static void clean_folder(void)
{
    static off_t size;
    struct stat is;
    DIR *all = opendir(folder);
    assert(all);
    for (struct dirent *one; (one = readdir(all));)
        if (one->d_name[0] != '.' || (one->d_name[1] && one->d_name[1] != '.'))
            if (!is_ours(one->d_name)) remove(path_of(one->d_name));
    closedir(all);
    assert(stat(path_of("store.db"), &is) == 0 && (size == 0 || size == is.st_size));
    size = is.st_size;
}

static size_t split(char *text, const char **word)
{
    size_t count = 0;
    for (char *at = strtok(text, "\n"); at && count < MOST_WORDS; at = strtok(NULL, "\n")) {
        if (strchr(at, '/')) continue; /* leads out of the folder, or to a server */
        if (strncmp(at, "--db", 4) == 0 || strncmp(at, "--threads", 9) == 0) continue;
        if (strcmp(at, "demo") == 0) continue; /* writes hundreds of files */
        if (is_ours(at) && count > 0 && strncmp(word[count - 1], "--", 2) == 0 &&
            strcmp(word[count - 1], "--course") && strcmp(word[count - 1], "--draft") &&
            strcmp(word[count - 1], "--marks") && strcmp(word[count - 1], "--project") &&
            strcmp(word[count - 1], "--queries") && strcmp(word[count - 1], "--batch"))
            continue; /* would be written over */
        word[count++] = at;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *more[] = {"--db", NULL};
    const char *word[MOST_WORDS + 2];
    struct heard heard = {0};
    size_t used;
    if (!*folder) make_folder();
    char *text = malloc(size + 1);
    assert(text);
    memcpy(text, data, size);
    text[size] = 0;
    size_t count = split(text, word + 2);
    const struct har_command_row *row = har_command_named(word + 2, count, &used);
    more[1] = row && !row->changes ? "store.db" : ":memory:";
    word[0] = more[0];
    word[1] = more[1];
    int status = ask(word, count + 2, &heard);
    assert(status >= 0 && (status <= HAR_EXIT_BUSY || status == HAR_EXIT_INTERRUPTED));
    assert(status == HAR_EXIT_DONE || heard.sentences + heard.bytes > 0);
    free(text);
    clean_folder();
    return 0;
}
