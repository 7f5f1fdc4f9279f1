/* SPDX-License-Identifier: MIT */
/* Official results as JSON: events[], each with its name and results[] of rank, athlete and
 * performance. They hold finishes and no splits; what they are good for here is to hold
 * splits against. Events that are no runs are passed over. */

#include "draft.h"

#include <jansson.h>

#include <string.h>

static struct har_bytes member(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return har_bytes_of(text ? text : "");
}

/* "800m Men Heats 2" */
static const char *race_name(struct draft *draft, const json_t *event)
{
    struct har_text text = {.arena = draft->arena};
    struct har_bytes name = member(event, "eventName"), sex = member(event, "gender"),
                     round = member(event, "roundName");
    struct har_bytes heat = member(event, "heatNumber");
    har_text_bytes(&text, name.data, name.size);
    if (sex.size == 1) har_text_add(&text, sex.data[0] == 'M' ? " Men" : " Women");
    if (round.size > 0) har_text_add(&text, " ");
    har_text_bytes(&text, round.data, round.size);
    if (heat.size > 0) har_text_add(&text, " ");
    har_text_bytes(&text, heat.data, heat.size);
    draft->failed = draft->failed || text.failed;
    return text.data;
}

/* "10,000m" has a comma that har_parse_event() does not know. */
static bool is_run(struct har_bytes name, double *distance_m)
{
    char plain[64];
    size_t kept = 0;
    struct har_event event;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == ',') continue;
        if (kept + 1 >= sizeof plain) return false;
        plain[kept++] = (char)name.data[i];
    }
    plain[kept] = '\0';
    if (har_parse_event(har_bytes_of(plain), &event, NULL) != HAR_OK) return false;
    *distance_m = event.distance_m;
    return true;
}

static void take_result(struct draft *draft, const char *race, struct har_bytes sex,
                        double distance_m, const json_t *result)
{
    int64_t place;
    double time_s;
    enum har_sex known;
    struct entrant *e = add_entrant(draft, 0);
    if (!e) return;
    e->race = race;
    e->who.name = draft_text(draft, member(result, "athlete"));
    e->who.nation = draft_text(draft, member(result, "nation"));
    if (har_parse_sex(sex, &known)) e->who.sex = (int)known;
    if (har_parse_integer(member(result, "rank"), &place) && place > 0 && place < 1000000)
        e->who.place = (int)place;
    if (read_split(member(result, "bestPerformance"), &time_s) == HAR_OK)
        add_seen(draft, e, distance_m, time_s);
}

har_status read_official(struct har_bytes sheet, struct draft *draft)
{
    static const char mark[] = "\xef\xbb\xbf";
    if (sheet.size >= 3 && memcmp(sheet.data, mark, 3) == 0) {
        sheet.data += 3;
        sheet.size -= 3;
    }
    json_t *root = json_loadb((const char *)sheet.data, sheet.size, 0, NULL);
    const json_t *events = json_object_get(root, "events");
    har_status got = json_is_array(events) ? HAR_OK : HAR_UNSUPPORTED;
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        const json_t *results = json_object_get(event, "results");
        double distance_m;
        if (!is_run(member(event, "eventName"), &distance_m)) continue;
        const char *race = race_name(draft, event);
        for (size_t k = 0; k < json_array_size(results); k++)
            take_result(draft, race, member(event, "gender"), distance_m,
                        json_array_get(results, k));
    }
    json_decref(root);
    return got;
}
