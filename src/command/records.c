/* SPDX-License-Identifier: MIT */
/* harrier records: what is asked of records, each question in a file of its own. */

#include "attempt.h"
#include "commands.h"
#include "progression.h"

int run_records(const struct request *request)
{
    if (!is_asked(request, OPT_ATTEMPT)) return answer_progression(request);
    if (!request->operand_count) return answer_attempt(request);
    complain(request, "--attempt takes the place of EVENT");
    return HAR_EXIT_USAGE;
}
