/* SPDX-License-Identifier: MIT */
/* harrier records: what is asked of records, each question in a file of its own. */

#include "attempt.h"
#include "commands.h"

int run_records(const struct request *request)
{
    if (is_asked(request, OPT_ATTEMPT)) return answer_attempt(request);
    complain("`harrier records` needs --attempt EVENT --target TIME");
    return EXIT_USAGE;
}
