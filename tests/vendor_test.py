#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The FIT files that `harrier pace` and `harrier workout` write, read by the vendor's own decoder.

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
# Words, and what the decoder must say of each step: duration, target, their values, intensity.
SESSIONS = {
    "a session with repeats": (
        "Tuesday\n\nWarmup\n- 15m Z2 Pace\n\nMain Set 5x\n- 1km 4:10-4:00/km Pace\n"
        "- Jog 400mtr 6:40/km Pace\n\nCooldown\n- 10m 60-70% HR press lap\n",
        [("time", 900, "speed", 2, None, None, "warmup"),
         ("distance", 1000, "speed", 0, 4.0, 4.167, "active"),
         ("distance", 400, "speed", 0, 2.475, 2.525, "rest"),
         ("repeatUntilStepsCmplt", 1, "open", 5, None, None, "active"),
         ("open", None, "heartRate", 0, 60, 70, "cooldown")]),
    "a session of hearts and watts": (
        "Drills\n- press lap RPE 3\n\nHills until HR>80%\n- 45s 300-310w 180spm\n"
        "- HR<125bpm 150-160bpm\n\n- 20m ramp 60-80% Pace\n",
        [("open", None, "open", None, None, None, "active"),
         ("time", 45, "power", 0, 1300, 1310, "active"),
         ("hrLessThan", 225, "heartRate", 0, 250, 260, "active"),
         ("repeatUntilHrGreaterThan", 1, "open", 80, None, None, "active"),
         ("time", 1200, "speed", 0, None, None, "active")]),
}


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


def export(harrier, path, words):
    with open(path + ".txt", "w") as file:
        file.write(words)
    subprocess.run([harrier, "workout", "export", path + ".txt", "--fit", path, *CURVE], check=True,
                   stderr=subprocess.PIPE)


def session_wrong(said, wanted):
    """What in the decoded session is not what its words say."""
    wrong, got = sound(said), said["messages"]
    steps = got["workoutStepMesgs"]
    if not len(steps) == len(wanted) == got["workoutMesgs"][0]["numValidSteps"]:
        return wrong + [f"{len(steps)} steps for {len(wanted)}"]
    for step, (end, length, target, zone, low, high, intensity) in zip(steps, wanted):
        kind = (step["durationType"], step["targetType"], step.get("targetValue"),
                step["intensity"])
        if kind != (end, target, zone, intensity):
            wrong.append(f"{kind}, not {(end, target, zone, intensity)}")
        scale = {"time": 1000, "distance": 100}.get(end, 1)
        if length is not None:
            wrong += apart("a length", step["durationValue"] / scale, length, 0.001)
        scale = 1000 if target == "speed" else 1
        if low is not None:
            wrong += apart("low", step["customTargetValueLow"] / scale, low, 0.001)
            wrong += apart("high", step["customTargetValueHigh"] / scale, high, 0.001)
    return wrong


def main():
    tap, absent = Tap(), why_not()
    if absent:
        for name in [*NAMES, *SESSIONS]:
            tap.skip(name, absent)
        return tap.done()
    harrier = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path = [f"{folder}/{i}.fit" for i in range(len(NAMES) + len(SESSIONS))]
        asked = [("--fit-course", "--course", COURSE, "--every", "500"),
                 ("--fit-course", "--course", COURSE, "--wind", "3", "--wind-from", "90",
                  "--every", "mile"),
                 ("--fit-workout", "2MILE", "--target", "10:20", "--every", "200"),
                 ("--fit-workout", "MAR", "--every", "1km")]
        plans = [plan_of(harrier, p, *words) for p, words in zip(path, asked)]
        for p, (words, _) in zip(path[len(NAMES):], SESSIONS.values()):
            export(harrier, p, words)
        run = subprocess.run(["node", HERE / "vendor/decode.mjs", *path], check=True,
                             stdout=subprocess.PIPE, timeout=60)
        answers = json.loads(run.stdout)
        for name, said, plan in zip(NAMES, answers, plans):
            of = workout_wrong if "workout" in name else course_wrong
            wrong = of(said, plan)
            tap.check(name, not wrong, "\n".join(wrong[:10]))
        for (name, (_, wanted)), said in zip(SESSIONS.items(), answers[len(NAMES):]):
            wrong = session_wrong(said, wanted)
            tap.check(name, not wrong, "\n".join(wrong[:10]))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
