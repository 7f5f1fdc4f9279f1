#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing that Harrier shows of a kept season tells a place within a private zone; and what
no zone covers is told as before. Every command must be in one of the two tables below.

    tests/privacy_test.py HARRIER
"""
import csv
import io
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from tap import Tap

RADIUS_M = 250
CURVE = "v_m=5.5,gamma=0.06,sd=0.015"

# What is asked of a kept season, ID being one of its activities; each as text, JSON and CSV.
ASKED = {
    "list": "list",
    "show": "show ID",
    "bests": "bests",
    "report": "report --html FILE",
    "race list": "race list",
    "race analyse": f"race analyse ID --event 5000 --html FILE --curve {CURVE}",
    "load": "load",
    "squad": "squad",
    "predict": "predict",
    "backtest": "backtest",
    "camp list": "camp list",
    "season show": "season show --ics FILE",
    "season week": "season week",
    "wellness list": "wellness list",
    "shoes": "shoes",
    "workout match": "workout match ID WORKOUT",
    "records": "records --sex M",
    "rank": "rank 5000 --sex M",
    "athlete": "athlete Runner",
    "h2h": "h2h Runner Other",
    "who list": "who list",
    "import": "import SEASON",
    "db verify": "db verify",
    "db rebuild": "db rebuild",
}
# And why the others need not be.
OTHERWISE = {
    "decode": "says what is in a file of the user's own, as it is",
    "streams": "its rows are looked at one by one, below",
    "pace": "its course for a watch is looked at by itself, below",
    "privacy add": "answers with what it was told",
    "privacy list": "is for whose places they are",
    "privacy remove": "names a zone",
    "db backup": "is the whole store, for its owner",
    "db restore": "is the whole store, for its owner",
    "db shard add": "knows servers only", "db shard list": "knows servers only",
    "demo": "writes what is not real",
    "serve": "answers with these commands",
}
# Told of marks, courses, workouts and people: no track comes in.
WITHOUT_TRACKS = """race add, race remove, results import, camp add, camp remove, season plan,
season move, wellness import, shoes add, shoes wear, shoes retire, shoes remove, points, agegrade,
convert, course check, workout show, workout export, who merge, who part, who undo, help"""
OTHERWISE.update({name.strip(): "no track comes in" for name in WITHOUT_TRACKS.split(",")})

NUMBER = re.compile(r"-?\d+\.\d{4,}")


def metres(a, b):
    north = (a[0] - b[0]) * 111195
    return math.hypot(north, (a[1] - b[1]) * 111195 * math.cos(math.radians(b[0])))


def tells(text, home):
    """Whether a text has a latitude and a longitude that lie within the radius of `home`."""
    near_deg = RADIUS_M / 111195
    numbers = [float(n) for n in NUMBER.findall(text)]
    return any(abs(n - home[0]) < near_deg for n in numbers) and \
        any(abs(n - home[1]) < near_deg / math.cos(math.radians(home[0])) for n in numbers)


class House:
    def __init__(self, harrier, folder):
        self.harrier, self.folder = harrier, pathlib.Path(folder)
        self.env = {**os.environ, "HARRIER_DB": str(self.folder / "harrier.db")}

    def run(self, *words):
        return subprocess.run([self.harrier, *words], env=self.env, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def points(self, path):
        rows = csv.DictReader(io.StringIO(self.run("decode", "--csv", path).stdout))
        return [(float(r["lat_deg"]), float(r["lon_deg"])) for r in rows if r["lat_deg"]]

    def commands(self):
        told = self.run("help").stdout.split("Commands:\n")[1].split("\n\n")[0]
        return re.findall(r"^  ([a-z0-9]+(?: [a-z0-9]+){0,2})", told, re.M)

    def answers(self, asked):
        """All that a command says and writes, as text, as JSON and as CSV."""
        told = ""
        files = {"ID": "5", "FILE": str(self.folder / "out"), "SEASON": str(self.folder / "runs"),
                 "WORKOUT": str(self.folder / "workout.txt")}
        words = [files.get(word, word) for word in asked.split()]
        done = []
        for form in ([], ["--json"], ["--csv"]):
            run = self.run(*words, *form)
            told += run.stdout + run.stderr
            done.append(run.returncode)
            out = self.folder / "out"
            if out.exists():
                told += out.read_text()
                out.unlink()
        return told, done


def streams(house, tap, home):
    """The run that begins at home, sample by sample and thinned."""
    rows = json.loads(house.run("list", "--json").stdout)["activities"]
    for every in ("1", "7", "60", "600", "3000"):
        near, far, other = [], 0, True
        for row in rows[:12]:
            def table(*more):
                return json.loads(house.run("streams", str(row["id"]), "--every", every, "--json",
                                            *more).stdout)["columns"]
            shown, exact = table(), table("--exact")
            nowhere = [None] * len(exact["lat_deg"])
            told = list(zip(shown.get("lat_deg", nowhere), shown.get("lon_deg", nowhere)))
            places = [p for p in told if None not in p]
            near += [p for p in places if metres(p, home) < RADIUS_M]
            far += len(places)
            for name in ("altitude_m", "flat_speed_mps"):
                for k, value in enumerate(exact["lat_deg"]):
                    place = value, exact["lon_deg"][k]
                    if None in place or None not in told[k]:
                        continue  # a row that is hidden in part tells of the rest
                    if metres(place, home) < RADIUS_M:
                        near += [v for v in [shown.get(name, nowhere)[k]] if v is not None]
            other &= all(shown[name] == exact[name] for name in ("time_s", "distance_m",
                                                                 "speed_mps", "heart_bpm"))
        tap.check(f"rows of {every} s tell no place within the radius", not near and far, str(near))
        tap.check("and their times, distances, speeds and hearts are as they were", other)


def courses(house, tap, home):
    """A loop from home that comes by twice, as a course for a watch."""
    line = [(home[0] + 0.012 * math.sin(k / 100 * math.tau),
             home[1] + 0.018 * (1 - math.cos(k / 100 * math.tau))) for k in range(201)]
    gpx = house.folder / "loop.gpx"
    gpx.write_text('<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><rte>' + "".join(
        f'<rtept lat="{lat:.7f}" lon="{lon:.7f}"><ele>20</ele></rtept>' for lat, lon in line)
        + "</rte></gpx>")

    def shown(*more):
        plan = house.folder / "plan.fit"
        done = house.run("pace", "--course", gpx, "--curve", CURVE, "--fit-course", plan, *more)
        return done, house.points(plan)

    done, points = shown()
    near = min(metres(p, home) for p in points)
    tap.check("a course for a watch has no point within the radius",
              done.returncode == 0 and near >= RADIUS_M, f"{near:.0f} m\n{done.stderr}")
    tap.check("but it has those of the loop that lie far", 40 < len(points) < len(line)
              and max(metres(p, home) for p in points) > 2000, str(len(points)))
    tap.check("and it says so", "private zone is left out" in done.stderr, done.stderr)
    tap.check("each time the same points", shown()[1] == points)
    tap.check("--exact keeps them all", len(shown("--exact")[1]) == len(line))
    house.run("privacy", "add", "home", "--at", f"{home[0]},{home[1]}", "--radius", "200")
    house.run("privacy", "add", "home", "--at", f"{home[0]},{home[1]}", "--radius", str(RADIUS_M))
    tap.check("a zone that is told anew hides what it hid", shown()[1] == points)
    aside = house.folder / "harrier.db"
    damaged = aside.read_bytes()
    aside.write_bytes(b"no database" * 1000)
    refused, _ = shown()
    tap.check("where the zones cannot be read nothing is written", refused.returncode not in (0, 2)
              and refused.stderr.count("\n") == 1, refused.stderr)
    aside.write_bytes(damaged)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        house = House(sys.argv[1], folder)
        house.run("demo", house.folder / "season")
        (house.folder / "runs").mkdir()
        (house.folder / "workout.txt").write_text("- 1km @5K\n")
        for path in sorted((house.folder / "season").glob("*.fit"))[:40]:
            path.rename(house.folder / "runs" / path.name)
        house.run("import", house.folder / "runs")
        house.run("results", "import", house.folder / "season/results.csv")
        some = str(next((house.folder / "runs").iterdir()))
        home = house.points(some)[0]
        told = house.run("privacy", "add", "home", "--at", f"{home[0]},{home[1]}", "--radius",
                         str(RADIUS_M))
        tap.check("a zone is kept", told.returncode == 0, told.stderr)
        secret = subprocess.run([house.harrier, "privacy", "list", "--json"], env=house.env,
                                text=True, stdout=subprocess.PIPE).stdout
        tap.check("the list has the place, and not what is drawn of it",
                  tells(secret, home) and "east" not in secret, secret)
        tap.check("a place would be found: `decode` tells it",
                  tells(house.run("decode", "--csv", some).stdout, home))

        known = house.commands()
        unlisted = [name for name in known if name not in ASKED and name not in OTHERWISE]
        tap.check("every command is asked, or need not be", not unlisted and len(known) > 40,
                  f"neither: {', '.join(unlisted)}")
        for name in known:
            if name not in ASKED:
                continue
            told, done = house.answers(ASKED[name])
            tap.check(f"`{name}` tells no place within the zone",
                      not tells(told, home) and min(done) < 6, f"{done}\n{told[-200:]}")
        streams(house, tap, home)
        courses(house, tap, home)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
