#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the tests of a build folder with -Db_coverage=true and says which branches they took.

    tools/coverage.py BUILD

Prints a line a room of src/ROOMS, and in the end how many branches of the pure rooms were
taken; BUILD/coverage.html shows them line by line. Tests that need real data (HARRIER_DATA, or
../shared/data) are skipped where there is none: it says which of the two it was. The status is
that of the tests, and theirs is said last where they failed: what failed tests reach proves
nothing.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys

from rooms import House

ROOT = pathlib.Path(__file__).resolve().parent.parent


def branches_by_room(report):
    """Of each room: [taken, all]."""
    rooms = collections.defaultdict(lambda: [0, 0])
    for source in report["files"]:
        for line in source["lines"]:
            for branch in line["branches"]:
                room = rooms[pathlib.Path(source["file"]).parts[1]]
                room[0] += branch["count"] > 0
                room[1] += 1
    return rooms


def say(name, taken, all_of_them):
    share = 100 * taken / all_of_them if all_of_them else 100
    print(f"{name:<22} {taken:>6} of {all_of_them:>6} branches  {share:5.1f} %")


def gather(build):
    """What gcovr makes of the counts in the folder. It speaks of each count that it must guess."""
    log = build / "gcovr.log"
    with log.open("w") as told:
        status = subprocess.run(
            ["gcovr", "--root", ROOT, "--filter", f"{ROOT}/src/", "--gcov-ignore-parse-errors",
             "--json", build / "coverage.json", "--html-details", build / "coverage.html", build],
            stdout=told, stderr=told).returncode
    if status:
        sys.exit(f"gcovr failed, and says why in {log}")
    return json.loads((build / "coverage.json").read_text())


def run_tests(build):
    """Every process counts into files beside its objects, and complains into its own output where
    it may not: a test that runs the program as nobody would fail of that. So the files are made
    first, for all to write."""
    subprocess.run([build / "harrier", "--version"], stdout=subprocess.DEVNULL, check=True)
    for path in (build, *build.rglob("*")):
        if path.is_dir() or path.suffix == ".gcda":
            path.chmod(0o777 if path.is_dir() else 0o666)
    return subprocess.run([sys.executable, ROOT / "tools/check.py", build],
                          env={**os.environ, "GCOV_ERROR_FILE": os.devnull}).returncode


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    data = pathlib.Path(os.environ.get("HARRIER_DATA", ROOT / "../shared/data"))
    there = data.is_dir() and any(data.iterdir())
    tests = run_tests(build)
    rooms = branches_by_room(gather(build))
    house = House(ROOT)
    for room in house.floor:
        say(room, *rooms[room])
    print(f"{build / 'coverage.html'} shows them")
    say("all of src/", *map(sum, zip(*rooms.values())))
    print("with real data" if there else
          "without real data: tests that need it were skipped (HARRIER_DATA tells where it is)")
    say("the pure rooms", *map(sum, zip(*(rooms[room] for room in house.pure))))
    if tests:
        print("TESTS FAILED, see above: the figures are not those of a sound tree")
    return tests


if __name__ == "__main__":
    sys.exit(main())
