/* SPDX-License-Identifier: MIT */
/* Marks of lists, as the commands over lists write them. */

#include "listed.h"

#include <math.h>
#include <string.h>

/* --- one mark ------------------------------------------------------------------------ */

const char *listed_mark(const struct har_listed *row, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    har_text_mark(&text, &row->mark, &row->event);
    return text.data ? text.data : "";
}

const char *listed_birth(int64_t born_day, int born_year, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    if (born_day != HAR_NO_DAY) har_text_date(&text, born_day);
    else if (born_year) har_text_format(&text, "%d", born_year);
    return text.data ? text.data : "";
}

static const char *date_word(int64_t day, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    if (day != HAR_NO_DAY) har_text_date(&text, day);
    return text.data ? text.data : "";
}

const char *listed_flags(const struct har_listed *row, struct har_arena *arena)
{
    struct har_text text = {.arena = arena};
    const char *flag[HAR_MOST_FLAGS];
    size_t count = har_listed_flags(row, flag);
    for (size_t i = 0; i < count; i++)
        if (strcmp(flag[i], "h") != 0 && strcmp(flag[i], "i") != 0)
            har_text_add(&text, flag[i]);
    return text.data ? text.data : "";
}

const char *listed_where(const struct har_listed *row)
{
    return row->venue ? row->venue : row->competition ? row->competition : "";
}

int listed_age(const struct har_listed *row)
{
    if (row->born_day == HAR_NO_DAY || row->day == HAR_NO_DAY) return HAR_UNTOLD;
    struct har_date born = har_date_of(row->born_day), on = har_date_of(row->day);
    bool had = on.month > born.month || (on.month == born.month && on.day >= born.day);
    int age = on.year - born.year - !had;
    return age >= 0 ? age : HAR_UNTOLD;
}

double listed_age_grade(const struct har_listed *row)
{
    struct har_age_grade grade;
    int age = listed_age(row);
    bool on_road = row->event.kind == HAR_EVENT_ROAD;
    if (row->sex == HAR_UNTOLD || age == HAR_UNTOLD ||
        har_age_grade(&row->mark, &row->event, (enum har_sex)row->sex, age,
                      on_road ? HAR_AGE_ROAD_2025 : HAR_AGE_TRACK_2023, &grade, NULL))
        return NAN;
    return grade.percent;
}

const char *sex_word(int sex)
{
    return sex == HAR_MEN ? "men" : sex == HAR_WOMEN ? "women" : "men and women";
}

static int points_for(const struct har_listed *row)
{
    int points = HAR_UNTOLD;
    if (row->points != HAR_UNTOLD || row->sex == HAR_UNTOLD) return row->points;
    har_status got = har_points(&row->mark, &row->event, (enum har_sex)row->sex,
                                HAR_POINTS_EDITION, &points, NULL);
    return got ? HAR_UNTOLD : points;
}

static void told_string(struct har_json *json, const char *name, const char *value)
{
    har_json_string(json, name, value && *value ? value : NULL);
}

static void told_integer(struct har_json *json, const char *name, int64_t value, bool told)
{
    if (told) har_json_integer(json, name, value);
    else har_json_string(json, name, NULL);
}

static double official_s(const struct har_listed *row)
{
    return (double)har_mark_official_ms(&row->mark, &row->event) / 1000;
}

void listed_members(struct har_json *json, const struct har_listed *row)
{
    struct har_arena *arena = json->text->arena;
    const char *flag[HAR_MOST_FLAGS];
    size_t flags = har_listed_flags(row, flag);
    har_json_string(json, "mark", listed_mark(row, arena));
    har_json_number(json, "time_s", official_s(row), 3);
    har_json_string(json, "event", row->event.code);
    told_string(json, "name", row->name);
    told_integer(json, "athlete", row->person, row->person != 0);
    told_string(json, "nation", row->nation);
    told_string(json, "sex", sex_letter(row->sex));
    told_string(json, "born", listed_birth(row->born_day, row->born_year, arena));
    told_string(json, "venue", row->venue);
    told_string(json, "competition", row->competition);
    told_string(json, "date", date_word(row->day, arena));
    told_integer(json, "place", row->place, row->place > 0);
    told_string(json, "round", row->round);
    har_json_open(json, "flags", '[');
    for (size_t i = 0; i < flags; i++) har_json_string(json, NULL, flag[i]);
    har_json_close(json);
    int points = points_for(row);
    told_integer(json, "points", points, points != HAR_UNTOLD);
    int age = listed_age(row);
    told_integer(json, "age", age, age != HAR_UNTOLD);
    har_json_number(json, "age_grade_pct", listed_age_grade(row), 2);
}

void listed_because(struct har_json *json, const char *model, unsigned version,
                    const char *rule)
{
    static const char *const inputs[] = {"mark", "event", "sex", "date",
                                         "born", "flags", NULL};
    struct har_text note = {.arena = json->text->arena};
    har_text_format(&note,
                    "%s; points are those of `harrier points`, edition %d; age_grade_pct "
                    "is that of `harrier agegrade` for the whole years on the day, by the "
                    "tables of the road of 2025 and of the track of 2023",
                    rule, HAR_POINTS_EDITION);
    json_because(json, model, version, inputs, note.data ? note.data : rule);
}

const char listed_columns[] =
    "mark,time_s,event,name,nation,sex,born,venue,competition,date,place,round,flags,"
    "points,age_grade_pct";

static void add_field(struct har_text *text, const char *value)
{
    har_csv_field(text, value ? value : "");
    har_text_add(text, ",");
}

void listed_fields(struct har_text *text, const struct har_listed *row)
{
    struct har_text flags = {.arena = text->arena};
    const char *flag[HAR_MOST_FLAGS];
    size_t count = har_listed_flags(row, flag);
    for (size_t i = 0; i < count; i++)
        har_text_format(&flags, "%s%s", i ? " " : "", flag[i]);
    add_field(text, listed_mark(row, text->arena));
    har_text_number(text, official_s(row), 3);
    har_text_add(text, ",");
    add_field(text, row->event.code);
    add_field(text, row->name);
    add_field(text, row->nation);
    add_field(text, sex_letter(row->sex));
    add_field(text, listed_birth(row->born_day, row->born_year, text->arena));
    add_field(text, row->venue);
    add_field(text, row->competition);
    add_field(text, date_word(row->day, text->arena));
    if (row->place > 0) har_text_format(text, "%d", row->place);
    har_text_add(text, ",");
    add_field(text, row->round);
    add_field(text, flags.data);
    if (points_for(row) != HAR_UNTOLD) har_text_format(text, "%d", points_for(row));
    har_text_add(text, ",");
    har_text_fixed(text, listed_age_grade(row), 2);
}

/* --- what is asked ------------------------------------------------------------------- */

static bool read_nation(const struct request *request, const char **nation)
{
    const char *value = request->value[OPT_NATION];
    if (!value) return true;
    char *code = har_arena_copy(request->arena, value, strlen(value));
    for (char *c = code; c && *c; c++)
        if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 'a' + 'A');
    *nation = code;
    if (code && strlen(code) == 3 && strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3)
        return true;
    complain(request, "--nation takes three letters such as GBR, not \"%s\"", value);
    return false;
}

static bool read_short_track(const struct request *request, enum har_short_track *out)
{
    const char *value = request->value[OPT_SHORT_TRACK];
    if (!value) return true;
    *out = strcmp(value, "only") == 0 ? HAR_SHORT_TRACK_ONLY : HAR_SHORT_TRACK_OUT;
    if (*out == HAR_SHORT_TRACK_ONLY || strcmp(value, "exclude") == 0) return true;
    complain(request, "--short-track takes only|exclude, not \"%s\"", value);
    return false;
}

static bool read_ages(const struct request *request, struct har_ages *ages)
{
    struct har_error why = {0};
    const char *value = request->value[OPT_AGE];
    if (!value || har_parse_ages(har_bytes_of(value), ages, &why) == HAR_OK) return true;
    complain(request, "--age: %s", why.message);
    return false;
}

bool read_list_question(const struct request *request, const char *event,
                        struct har_list_question *question)
{
    struct har_error why = {0};
    struct har_event of;
    enum har_sex sex = HAR_MEN;
    int64_t year = 0, limit = 0;
    if (har_parse_event(har_bytes_of(event), &of, &why)) {
        complain(request, "%s", why.message);
        return false;
    }
    *question = har_list_question_of(&of);
    if (!read_sex(request, &sex) || !read_nation(request, &question->nation) ||
        !read_count(request, OPT_YEAR, 1800, 9999, &year) ||
        !read_count(request, OPT_LIMIT, 1, INT32_MAX, &limit) ||
        !read_day(request, OPT_AS_OF, &question->as_of_day) ||
        !read_ages(request, &question->ages) ||
        !read_short_track(request, &question->short_track))
        return false;
    if (is_asked(request, OPT_SEX)) question->sex = (int)sex;
    question->year = (int)year;
    question->limit = (size_t)limit;
    question->all_marks = is_asked(request, OPT_ALL_MARKS);
    question->include_aided = is_asked(request, OPT_INCLUDE_AIDED);
    return true;
}

/* --- who is meant ----------------------------------------------------------------------
 */

void athlete_words(struct har_text *text, const struct har_athlete_known *athlete)
{
    const struct har_person *p = &athlete->person;
    const char *born = listed_birth(p->born_day, p->born_year, text->arena);
    har_text_format(text, "#%lld ", (long long)athlete->id);
    har_render_name(text, p->name, 60);
    if (p->nation) har_text_format(text, ", %s", p->nation);
    if (*born) har_text_format(text, ", born %s", born);
    har_text_format(text, ", %zu mark%s", athlete->marks, athlete->marks == 1 ? "" : "s");
    if (athlete->first_year == athlete->last_year && athlete->first_year)
        har_text_format(text, " of %d", athlete->first_year);
    else if (athlete->first_year)
        har_text_format(text, " of %d to %d", athlete->first_year, athlete->last_year);
}

void athlete_members(struct har_json *json, const struct har_athlete_known *athlete)
{
    const struct har_person *p = &athlete->person;
    har_json_integer(json, "id", athlete->id);
    har_json_string(json, "name", p->name);
    told_string(json, "nation", p->nation);
    told_string(json, "born", listed_birth(p->born_day, p->born_year, json->text->arena));
    told_string(json, "sex", sex_letter(p->sex));
    har_json_integer(json, "marks", (int64_t)athlete->marks);
}

static bool is_number_of(const char *name, int64_t *id)
{
    return *name == '#' && har_parse_integer(har_bytes_of(name + 1), id);
}

static bool is_meant(const struct har_athlete_known *athlete, const char *nation,
                     const char *born)
{
    struct har_arena arena = {0};
    const struct har_person *p = &athlete->person;
    const char *word = listed_birth(p->born_day, p->born_year, &arena);
    bool is = !nation || (p->nation && strcmp(nation, p->nation) == 0);
    is = is && (!born || (*born && strncmp(word, born, strlen(born)) == 0));
    har_arena_free(&arena);
    return is;
}

static void tell_which(const struct request *request, const char *name,
                       const struct har_athlete_known *athlete, size_t count)
{
    enum { MOST_TOLD = 20 };
    complain(
        request,
        "there are %zu athletes whose name that may be: \"%s\"; choose with --born and "
        "--nation, or by the number:",
        count, name);
    for (size_t i = 0; i < count && i < MOST_TOLD; i++) {
        struct har_text text = {.arena = request->arena};
        athlete_words(&text, &athlete[i]);
        complain(request, "  %s", text.data ? text.data : "");
    }
    if (count > MOST_TOLD) complain(request, "  and %zu more", count - MOST_TOLD);
}

int find_athlete_named(const struct request *request, struct har_database *db,
                       const char *name, struct har_athlete_known *out)
{
    struct har_error why = {0};
    struct har_athlete_known *found;
    const char *nation = NULL;
    size_t count, meant = 0;
    int64_t id;
    if (!read_nation(request, &nation)) return HAR_EXIT_USAGE;
    if (is_number_of(name, &id)) {
        har_status got = har_annals_athlete(db, id, request->arena, out, &why);
        return got ? fail(request, &why) : HAR_EXIT_DONE;
    }
    if (har_annals_find(db, name, request->arena, &found, &count, &why))
        return fail(request, &why);
    for (size_t i = 0; i < count; i++)
        if (is_meant(&found[i], nation, request->value[OPT_BORN]))
            found[meant++] = found[i];
    if (meant == 1) {
        *out = found[0];
        return HAR_EXIT_DONE;
    }
    if (meant) tell_which(request, name, found, meant);
    else complain(request, "no athlete of the name \"%s\" is in the lists", name);
    return meant ? HAR_EXIT_USAGE : HAR_EXIT_NOTHING;
}
