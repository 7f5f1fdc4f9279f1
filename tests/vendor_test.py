#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The FIT files that `harrier pace` writes, read by the vendor's own decoder.

    tests/vendor_test.py HARRIER

The decoder is JavaScript, from npm, and is not part of this project:
`npm ci --prefix tests/vendor --ignore-scripts` gets it. Without it, or without node, the tests
are skipped with a word.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

HERE = pathlib.Path(__file__).resolve().parent
COURSE = HERE / "files/course-out-and-back.fit"
CURVE = ["--curve", "v_m=5.2,gamma=0.055"]
NAMES = ["a course", "a course in wind, in miles", "a workout of laps", "a workout of a marathon"]


def why_not():
    if not shutil.which("node"):
        return "no node here"
    if not (HERE / "vendor/node_modules/@garmin/fitsdk").is_dir():
        return "no decoder: npm ci --prefix tests/vendor --ignore-scripts"
    return None


def plan_of(harrier, path, option, *words):
    """Writes a file and returns what the plan says."""
    run = subprocess.run([harrier, "pace", *words, *CURVE, "--json", option, path], check=True,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return json.loads(run.stdout)


def unknown(said):
    """Messages and fields that the decoder has no name for."""
    return [(kind, field) for kind, rows in said["messages"].items() for row in rows
            for field in [kind, *row] if field.isdigit() or field == "developerFields"]


def sound(said):
    wrong = list(said["errors"])
    if not said["whole"]:
        wrong.append("its checksum, or its header, is wrong")
    return wrong + [f"unknown: {what}" for what in unknown(said)]


def apart(name, seen, wanted, by):
    return [] if abs(seen - wanted) <= by else [f"{name}: {seen}, not {wanted}"]


def seconds_between(first, then):
    """Of two instants of one day, as JSON has them: 2000-01-01T00:04:05.000Z."""
    h, m, s = (float(b) - float(a) for a, b in
               zip(first[11:23].split(":"), then[11:23].split(":")))
    return 3600 * h + 60 * m + s


def course_wrong(said, plan):
    """What in the decoded course is not the plan: times to the second, as records tell."""
    wrong, got = sound(said), said["messages"]
    start, splits = got["lapMesgs"][0]["startTime"], plan["splits"]
    points, records = got["coursePointMesgs"], got["recordMesgs"]
    if got["fileIdMesgs"][0]["type"] != "course" or got["courseMesgs"][0]["sport"] != "running":
        wrong.append("it is no course for runners")
    if len(points) != len(splits):
        wrong.append(f"{len(points)} course points for {len(splits)} splits")
    for point, split in zip(points, splits):
        wrong += apart("a mark", point["distance"], split["distance_m"], 0.011)
        wrong += apart("its time", seconds_between(start, point["timestamp"]), split["time_s"], 1)
    for before, after in zip(records, records[1:]):
        if not (before["distance"] < after["distance"] and
                before["timestamp"] < after["timestamp"]):
            wrong.append(f"records do not go on after {before['distance']} m")
    wrong += apart("the way", records[-1]["distance"], plan["distance_m"], 0.02)
    wrong += apart("the partner's time", seconds_between(start, records[-1]["timestamp"]),
                   plan["finish_s"], 1)
    return wrong + apart("the lap", got["lapMesgs"][0]["totalTimerTime"], plan["finish_s"], 0.002)


def workout_wrong(said, plan):
    """What in the decoded workout is not the plan: steps to the centimetre, 1 % about the speed."""
    wrong, got = sound(said), said["messages"]
    steps, splits, before_m = got["workoutStepMesgs"], plan["splits"], 0
    if got["fileIdMesgs"][0]["type"] != "workout":
        wrong.append("it is no workout")
    if not len(steps) == len(splits) == got["workoutMesgs"][0]["numValidSteps"]:
        wrong.append(f"{len(steps)} steps for {len(splits)} splits")
    for step, split in zip(steps, splits):
        length_m = split["distance_m"] - before_m
        speed_mps = length_m / split["lap_s"]
        before_m = split["distance_m"]
        wrong += apart("a step", step["durationDistance"], length_m, 0.006)
        wrong += apart("slow", step["customTargetSpeedLow"], 0.99 * speed_mps, 0.002)
        wrong += apart("fast", step["customTargetSpeedHigh"], 1.01 * speed_mps, 0.002)
    return wrong


def main():
    tap, absent = Tap(), why_not()
    if absent:
        for name in NAMES:
            tap.skip(name, absent)
        return tap.done()
    harrier = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path = [f"{folder}/{i}.fit" for i in range(len(NAMES))]
        asked = [("--fit-course", "--course", COURSE, "--every", "500"),
                 ("--fit-course", "--course", COURSE, "--wind", "3", "--wind-from", "90",
                  "--every", "mile"),
                 ("--fit-workout", "2MILE", "--target", "10:20", "--every", "200"),
                 ("--fit-workout", "MAR", "--every", "1km")]
        plans = [plan_of(harrier, p, *words) for p, words in zip(path, asked)]
        run = subprocess.run(["node", HERE / "vendor/decode.mjs", *path], check=True,
                             stdout=subprocess.PIPE, timeout=60)
        for name, said, plan in zip(NAMES, json.loads(run.stdout), plans):
            of = workout_wrong if "workout" in name else course_wrong
            wrong = of(said, plan)
            tap.check(name, not wrong, "\n".join(wrong[:10]))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
