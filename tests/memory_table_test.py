#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every function of the doors that takes an arena is tried with too little of it, in
tests/memory_test.c or by a loop over limits in the test of its room; or is reached through one
that is.

    tests/memory_table_test.py ROOT
"""
import pathlib
import re
import sys

from fuzz_test import declarations
from tap import Tap

# What a test calls only through another that is tried.
THROUGH = {
    "har_expect_races": "har_season_of", "har_season_done": "har_season_of",
    "har_season_raced": "har_season_of", "har_attend": "har_squad",
    "har_camps_find": "har_camps", "har_camps_join": "har_camps",
    "har_response_fit": "har_report", "har_response_try": "har_report",
    "har_listed_copy": "har_annals_marks", "har_take_text": "har_store_races",
    "har_convert_to": "har_convert", "har_arena_room": "har_arena_take",
}
# What can do nothing else than pass on that a path found no room.
PATHS = {"har_make_folders", "har_database_restore", "har_database_shards",
         "har_database_add_shard"}
LIMITED = re.compile(r"har_arena \w+ = \{\s*\.limit = |arena\.limit = |scarce_memory\(")


def main():
    root, tap = pathlib.Path(sys.argv[1]), Tap()
    tests = [text for text in (path.read_text() for path in (root / "tests").glob("*_test.c"))
             if LIMITED.search(text)]
    takes = {name for door in (root / "include/harrier").glob("*.h")
             for name, parameters in declarations(door)
             if re.search(r"struct har_arena \*\w", parameters)}
    tap.check("the doors have functions that take an arena", len(takes) > 100, str(len(takes)))
    tried = {name for name in takes if any(f"{name}(" in text for text in tests)}
    missing = sorted(takes - tried - THROUGH.keys() - PATHS)
    tap.check("each is tried with too little", not missing, ", ".join(missing))
    gone = sorted((THROUGH.keys() | PATHS | set(THROUGH.values())) - takes)
    tap.check("and none of those that need not be is gone", not gone, ", ".join(gone))
    untried = sorted(name for name in THROUGH.values() if name not in tried)
    tap.check("what they are reached through is tried", not untried, ", ".join(untried))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
