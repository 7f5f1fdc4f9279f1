/* SPDX-License-Identifier: MIT */
/* harrier report and harrier demo: the season on one page, and a season to try it on. */

#include "commands.h"

#include <inttypes.h>
#include <string.h>

static int report_season(const struct request *request, const struct har_season *season)
{
    const char *file = request->value[OPT_HTML], *title = request->value[OPT_TITLE];
    struct har_text text = {.arena = request->arena};
    struct har_error why = {0};
    if (!file) {
        har_render_season_text(&text, season, &request->style, title);
        put_text(request, &text);
        return HAR_EXIT_DONE;
    }
    har_render_season_html(&text, season, &request->style, title);
    if (strcmp(file, "-") == 0) {
        put_text(request, &text);
        return HAR_EXIT_DONE;
    }
    struct har_bytes page = {(const uint8_t *)text.data, text.size};
    har_status got = text.failed ? har_fail(&why, HAR_NO_MEMORY, 0, "not enough memory")
                                 : har_write_file(file, page, &why);
    if (got) return fail(request, &why);
    note(request, "wrote %s", file);
    return HAR_EXIT_DONE;
}

int run_report(const struct request *request)
{
    int status;
    struct har_error why = {0};
    struct har_store_filter filter;
    struct har_season season;
    struct har_store *store = open_to_read(request, &filter, &status);
    if (!store) return status == HAR_EXIT_NOTHING ? nothing_found(request) : status;
    har_status got = har_report(store, &filter, request->arena, &season, &why);
    if (got == HAR_NOT_FOUND) status = nothing_found(request);
    else status = got ? fail(request, &why) : report_season(request, &season);
    har_store_close(store);
    return status;
}

int run_demo(const struct request *request)
{
    int64_t seed = 1;
    uint64_t files;
    struct har_error why = {0};
    const char *folder = request->operand[0];
    if (!read_count(request, OPT_SEED, 0, INT64_MAX, &seed)) return HAR_EXIT_USAGE;
    har_status got = har_demo(folder, (uint64_t)seed, &files, &why);
    if (got) return fail(request, &why);
    note(request, "wrote %" PRIu64 " files; bring them in with: harrier import %s", files,
         folder);
    return HAR_EXIT_DONE;
}
