/* SPDX-License-Identifier: MIT */
/* Marks of many athletes: how fast they go in, how much room they take, how soon a list or
 * a career is there.
 *
 *     annals_bench WHERE [MARKS]
 *
 * WHERE is a path, where nothing is yet, or the address of a server with an empty database;
 * MARKS [1000000] of 200,000 athletes over 40 events, made up; with 0 what an earlier run
 * left is only asked. Prints lines of `name value` and, behind `#`, how the database finds
 * a list. */

#include "harrier/annals.h"
#include "harrier/career.h"

#include "clock.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum {
    PEOPLE = 200000,
    MEETINGS = 30000,
    BATCH = 16384,
    QUESTIONS = 200,
    FIRST_DAY = 3653, /* 1980 */
    DAYS = 16800
};

static const char *const codes[] = {
    "400",   "600",    "800",    "1000", "1500", "MILE", "2000",  "3000",  "2MILE", "5000",
    "10000", "2000SC", "3000SC", "400i", "600i", "800i", "1000i", "1500i", "MILEi", "2000i",
    "3000i", "2MILEi", "5000i",  "5K",   "8km",  "10K",  "12km",  "15K",   "10M",   "20K",
    "HM",    "25K",    "30K",    "MAR",  "50K",  "100K", "6km",   "7km",   "4mi",   "5mi"};
enum { EVENTS = sizeof codes / sizeof codes[0] };

static const char *const nations[] = {
    "KEN", "ETH", "USA", "GBR", "GER", "FRA", "ESP", "ITA", "JPN", "CHN", "RUS", "UKR",
    "POL", "MAR", "ALG", "RSA", "UGA", "ERI", "AUS", "NZL", "CAN", "MEX", "BRA", "POR",
    "NED", "BEL", "SUI", "AUT", "SWE", "NOR", "DEN", "FIN", "IRL", "TUR", "ISR", "IND"};
enum { NATIONS = sizeof nations / sizeof nations[0] };

static uint64_t random_state = 88172645463325252u;

static uint32_t below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)((random_state >> 32) * n >> 32);
}

struct runner {
    char name[28];
    const char *nation;
    int sex, born_day;
    uint8_t event[3];
    uint16_t ability; /* thousandths slower than the record */
};

static void make_name(char *name, size_t room)
{
    static const char *const heads[] = {"ka", "mo", "te", "ri", "sa", "lu", "be", "jo",
                                        "ha", "ni", "da", "fe", "go", "wi", "el", "an"};
    static const char *const tails[] = {"ron", "mel", "dis", "kor", "nan", "bet", "lin",
                                        "sel", "tov", "gan", "rio", "wel", "pek", "mus"};
    snprintf(name, room, "%s%s%s %s%s%s", heads[below(16)], heads[below(16)],
             tails[below(14)], heads[below(16)], heads[below(16)], tails[below(14)]);
}

static void make_runner(struct runner *r)
{
    make_name(r->name, sizeof r->name);
    uint32_t a = below(NATIONS), b = below(NATIONS);
    r->nation = nations[a < b ? a : b]; /* some have many more than others */
    r->sex = (int)below(2);
    r->born_day = (int)below(14000);
    uint32_t first = below(EVENTS);
    for (int i = 0; i < 3; i++) r->event[i] = (uint8_t)((first + below(4)) % EVENTS);
    r->ability = (uint16_t)(20 + below(250) + below(250));
}

struct world {
    struct runner *runner;
    struct har_event event[EVENTS];
    double record_s[EVENTS];
    char (*venue)[24];
};

static void make_row(const struct world *w, struct har_result *row)
{
    const struct runner *r = &w->runner[below(PEOPLE)];
    uint32_t meeting = below(MEETINGS), event = r->event[below(3)];
    double time_s =
        w->record_s[event] * (r->sex ? 1.11 : 1) * (1 + (r->ability + below(60)) / 1000.0);
    bool on_road = w->event[event].kind == HAR_EVENT_ROAD;
    *row = har_result_untold();
    row->athlete = r->name;
    row->nation = r->nation;
    row->sex = r->sex;
    row->born_day = r->born_day;
    row->born_year = har_date_of(r->born_day).year;
    row->day = FIRST_DAY + meeting * (int64_t)DAYS / MEETINGS;
    row->event = w->event[event];
    row->mark.decimals = on_road ? 0 : 2;
    row->mark.time_ms = (int64_t)(time_s * (on_road ? 1 : 100)) * (on_road ? 1000 : 10);
    row->mark.short_track = row->event.kind == HAR_EVENT_SHORT_TRACK;
    row->place = 1 + (int)below(12);
    row->venue = w->venue[meeting];
}

static bool make_world(struct world *w)
{
    w->runner = calloc(PEOPLE, sizeof *w->runner);
    w->venue = calloc(MEETINGS, sizeof *w->venue);
    if (!w->runner || !w->venue) return false;
    for (size_t i = 0; i < PEOPLE; i++) make_runner(&w->runner[i]);
    for (size_t i = 0; i < MEETINGS; i++) {
        make_name(w->venue[i], 18);
        strcat(w->venue[i], " (XXX)");
    }
    for (size_t i = 0; i < EVENTS; i++) {
        if (har_parse_event(har_bytes_of(codes[i]), &w->event[i], NULL)) return false;
        bool barriers = w->event[i].kind == HAR_EVENT_STEEPLECHASE;
        w->record_s[i] = har_record_time(w->event[i].distance_m) * (barriers ? 1.08 : 1.01);
    }
    return true;
}

static har_status load(const struct world *w, struct har_database *db, long marks,
                       struct har_annals_news *news, struct har_error *why)
{
    static struct har_result row[BATCH];
    struct har_annals_intake *intake;
    uint64_t nameless;
    har_status status = har_database_begin(db, why);
    if (status == HAR_OK) status = har_annals_intake(db, &intake, why);
    if (status) return status;
    for (long left = marks; left > 0 && status == HAR_OK; left -= BATCH) {
        size_t count = left < BATCH ? (size_t)left : BATCH;
        for (size_t i = 0; i < count; i++) make_row(w, &row[i]);
        status = har_annals_add(intake, row, count, NULL, &nameless, why);
    }
    status = har_annals_close(intake, status, news, why);
    if (status == HAR_OK) status = har_database_commit(db, why);
    if (status == HAR_OK) har_annals_settle(db, news->fresh);
    return status;
}

static int in_order(const void *a, const void *b)
{
    const double *of_a = a, *of_b = b;
    return (*of_a > *of_b) - (*of_a < *of_b);
}

static void print_times(const char *name, double took_s[QUESTIONS])
{
    qsort(took_s, QUESTIONS, sizeof *took_s, in_order);
    printf("%s_ms %.3f\n", name, 1000 * took_s[QUESTIONS / 2]);
    printf("%s_worst20_ms %.3f\n", name, 1000 * took_s[QUESTIONS * 19 / 20]);
}

static struct har_list_question ask(const struct world *w, bool of_nation)
{
    struct har_list_question question = har_list_question_of(&w->event[below(EVENTS)]);
    question.sex = (int)below(2);
    question.limit = 100;
    question.short_track = HAR_SHORT_TRACK_OUT;
    if (of_nation) question.nation = nations[below(NATIONS)];
    return question;
}

static har_status time_lists(const struct world *w, struct har_database *db, bool of_nation,
                             struct har_error *why)
{
    static double took_s[QUESTIONS];
    struct har_arena arena = {0};
    const char *plan;
    har_status status = HAR_OK;
    for (int i = 0; i < QUESTIONS && status == HAR_OK; i++) {
        struct har_list_question question = ask(w, of_nation);
        struct har_ranks ranks;
        double from_s = seconds_now();
        status = har_annals_ranks(db, &question, &arena, &ranks, why);
        took_s[i] = seconds_now() - from_s;
        if (status == HAR_NOT_FOUND) status = HAR_OK;
        har_arena_reset(&arena);
    }
    if (status) return status;
    print_times(of_nation ? "top100_nation" : "top100", took_s);
    struct har_list_question question = ask(w, of_nation);
    status = har_annals_plan(db, &question, &arena, &plan, why);
    for (const char *at = status ? "" : plan; *at; at += strcspn(at, "\n") + 1)
        printf("# %.*s\n", (int)strcspn(at, "\n"), at);
    har_arena_free(&arena);
    return status;
}

static har_status time_careers(struct har_database *db, struct har_error *why)
{
    static double took_s[QUESTIONS];
    struct har_arena arena = {0};
    har_status status = HAR_OK;
    for (int i = 0; i < QUESTIONS && status == HAR_OK; i++) {
        struct har_listed *row;
        struct har_career career;
        size_t count;
        double from_s = seconds_now();
        status =
            har_annals_marks(db, 1 + below(PEOPLE * 9 / 10), &arena, &row, &count, why);
        if (!status) status = har_career_of(row, count, &arena, &career, why);
        took_s[i] = seconds_now() - from_s;
        if (status == HAR_NOT_FOUND) status = HAR_OK; /* of few marks not all have one */
        har_arena_reset(&arena);
    }
    har_arena_free(&arena);
    if (status == HAR_OK) print_times("career", took_s);
    return status;
}

static int complain(const struct har_error *why)
{
    fprintf(stderr, "annals_bench: %s\n", why->message);
    return 1;
}

static har_status bring_in(const struct world *w, const char *where, long marks,
                           struct har_error *why)
{
    struct har_database *db;
    struct har_annals_news news = {0};
    struct rusage use;
    struct stat file;
    har_status status = har_database_open(where, HAR_DATABASE_WRITE, &db, why);
    if (status) return status;
    double from_s = seconds_now();
    status = load(w, db, marks, &news, why);
    double took_s = seconds_now() - from_s;
    har_database_close(db);
    if (status) return status;
    getrusage(RUSAGE_SELF, &use);
    printf("marks %llu\npeople %llu\ndoubts %llu\n", (unsigned long long)news.fresh,
           (unsigned long long)news.people, (unsigned long long)news.doubts);
    printf("marks_per_s %.0f\npeak_mb %.0f\n", (double)marks / took_s,
           (double)use.ru_maxrss / 1024);
    if (!har_is_database_url(where) && stat(where, &file) == 0)
        printf("bytes_per_mark %.1f\n", (double)file.st_size / (double)news.fresh);
    return HAR_OK;
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    long marks = argc > 2 ? strtol(argv[2], NULL, 10) : 1000000;
    struct world world;
    struct har_database *db;
    struct har_error why = {0};
    if (!make_world(&world)) return 1;
    if (marks && bring_in(&world, argv[1], marks, &why)) return complain(&why);
    if (har_database_open(argv[1], HAR_DATABASE_READ, &db, &why)) return complain(&why);
    if (time_lists(&world, db, false, &why) || time_lists(&world, db, true, &why) ||
        time_careers(db, &why))
        return complain(&why);
    har_database_close(db);
    return 0;
}
