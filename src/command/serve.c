/* SPDX-License-Identifier: MIT */
/* harrier serve: what it was told. Who listens is who can serve; a question that came over
 * HTTP cannot start another server. */

#include "commands.h"

/* Half a marathon in metres; below the ports that systems hand out for calls. */
enum { USUAL_PORT = 21097, LAST_PORT = 65535 };

int run_serve(const struct request *request)
{
    int status = HAR_EXIT_USAGE;
    int64_t port = USUAL_PORT;
    if (!request->to->serve) {
        complain(request, "`harrier serve` is for a terminal");
        return HAR_EXIT_USAGE;
    }
    if (!read_count(request, OPT_PORT, 0, LAST_PORT, &port)) return HAR_EXIT_USAGE;
    const char *store = store_path(request, &status);
    if (!store) return status;
    const struct har_serving what = {
        .store = store,
        .athlete = request->value[OPT_ATHLETE],
        .host = request->value[OPT_HOST],
        .port = (unsigned)port,
    };
    return request->to->serve(request->to->ctx, &what);
}
