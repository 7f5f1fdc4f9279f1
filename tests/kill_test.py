#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An import that is killed, or interrupted, at any moment loses nothing that was in, and the
same command run again finishes it. So does a rebuild, a store that is being brought up, and a
merge of two athletes. On a terminal an import tells how far it is and how long it takes.

    tests/kill_test.py HARRIER [ROUNDS]

ROUNDS are kills of each kind: 250 are 1,750 kills in all.
"""
import json
import os
import pty
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from tap import Tap


class Store:
    """One store in a folder of its own, asked through the command line."""

    def __init__(self, harrier, folder):
        self.harrier = harrier
        self.env = {**os.environ, "HARRIER_DB": os.path.join(folder, "harrier.db")}

    def run(self, *words):
        return subprocess.run([self.harrier, *words], env=self.env, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def start(self, *words):
        return subprocess.Popen([self.harrier, *words], env=self.env,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def health(self):
        return json.loads(self.run("db", "verify", "--json").stdout)

    def kept(self, command, member):
        """How many `command` lists; 0 where there are none."""
        told = self.run(command, "list", "--json")
        return len(json.loads(told.stdout)[member]) if told.returncode == 0 else 0

    def runs(self):
        """What is kept, but for the numbers of the rows."""
        rows = json.loads(self.run("list", "--json").stdout)["activities"]
        return [{k: v for k, v in row.items() if k != "id"} for row in rows]


def kill_at_random(store, season, seconds, rounds):
    """Kills and starts again in the same store. Says what was wrong, or None."""
    before = 0
    for _ in range(rounds):
        process = store.start("import", season)
        time.sleep(random.uniform(0, seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if not os.path.exists(store.env["HARRIER_DB"]):
            continue
        health = store.health()
        if not health["ok"]:
            return f"the store is sick: {health['problems'][:3]}"
        if health["activities"] < before:
            return f"{health['activities']} activities, and there were {before}"
        before = health["activities"]
    return None


def kill_a_sheet(store, command, sheet, kept, rows, rounds):
    """A sheet is in as a whole or not at all: `kept` says how many of its `rows` are. Says what
    was wrong, or None."""
    store.run("race", "add", "15:00", "5000", "--date", "1999-01-01")
    for n in range(rounds):
        process = store.start(command, "import", sheet)
        time.sleep(0.002 * 2 ** (n % 8))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if kept() not in (0, rows):
            return f"{kept()} of {rows} rows are in"
        if not store.health()["ok"]:
            return "the store is sick"
    return None


def kill_after(store, seconds, *words):
    """Starts a command, and kills it within `seconds`."""
    process = store.start(*words)
    time.sleep(random.uniform(0, seconds))
    process.send_signal(signal.SIGKILL)
    process.wait()


# What the later versions of the tables brought, taken away again: a store of schema 5.
AS_OF_SCHEMA_5 = """
DROP TABLE IF EXISTS zone; DROP TABLE season; DROP TABLE season_item; DROP TABLE worn;
DROP TABLE shoe; DROP INDEX activity_by_athlete; DROP TABLE mark; DROP TABLE meeting;
DROP TABLE discipline; DROP TABLE person; DROP TABLE person_key; DROP TABLE doubt;
DROP TABLE mapping; PRAGMA user_version = 5;
"""


def kill_while_brought_up(store, old, expected, rounds):
    """A store of an older schema, brought up by a command that adds nothing. It is the old one or
    the new one after each kill. Says what was wrong, or None."""
    raised = 0
    for n in range(rounds):
        for beside in ("", "-wal", "-shm"):
            if os.path.exists(store.env["HARRIER_DB"] + beside):
                os.remove(store.env["HARRIER_DB"] + beside)
        shutil.copy(old, store.env["HARRIER_DB"])
        kill_after(store, 0.002 * 2 ** (n % 6), "import", os.devnull)
        told = store.run("list", "--json")
        if told.returncode == 6 and "older Harrier" in told.stderr:
            store.run("import", os.devnull)
        elif told.returncode == 0:
            raised += 1
        else:
            return f"neither old nor new: {told.stderr}"
        if store.runs() != expected or not store.health()["ok"]:
            return "it is not what it was"
    return None


def kill_merges(store, people, rounds):
    """Two are one, or two, and their marks are all there. Says what was wrong, or None."""
    def list_of():
        return store.run("rank", "5000", "--sex", "M", "--csv").stdout

    apart = list_of()
    store.run("who", "merge", *people)
    merged = list_of()
    store.run("who", "undo", *people)
    if list_of() != apart or merged == apart:
        return "a merge that is undone is not what it was"
    for n in range(rounds):
        kill_after(store, 0.002 * 2 ** (n % 6), "who", "merge", *people)
        if list_of() not in (apart, merged):
            return "the list is neither that of one nor that of two"
        if not store.health()["ok"]:
            return "the store is sick"
        store.run("who", "undo", *people)
        if list_of() != apart:
            return "it cannot be undone"
    return None


def on_a_terminal(store, season):
    """What an import writes to a terminal that is its stderr. It is held up for a while, so that
    it has been long enough under way to say how much longer."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([store.harrier, "import", "--threads", "1", season],
                               env=store.env, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    time.sleep(0.1)
    process.send_signal(signal.SIGSTOP)
    time.sleep(1.2)
    process.send_signal(signal.SIGCONT)
    said = b""
    try:
        while piece := os.read(ours, 65536):
            said += piece
    except OSError:  # the other end was closed
        pass
    os.close(ours)
    process.wait()
    return said.decode()


def main():
    harrier, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 8
    random.seed(20261122)
    tap = Tap()
    with tempfile.TemporaryDirectory() as home:
        season = os.path.join(home, "season")
        subprocess.run([harrier, "demo", season], check=True, stderr=subprocess.DEVNULL)

        os.mkdir(os.path.join(home, "whole"))
        whole = Store(harrier, os.path.join(home, "whole"))
        begin = time.perf_counter()
        whole.run("import", season)
        seconds = time.perf_counter() - begin
        expected = whole.runs()

        os.mkdir(os.path.join(home, "killed"))
        killed = Store(harrier, os.path.join(home, "killed"))
        wrong = kill_at_random(killed, season, seconds, rounds)
        tap.check(f"{rounds} kills at random leave a sound store and lose nothing",
                  wrong is None, wrong or "")
        done = killed.run("import", season)
        tap.check("the same import then finishes",
                  done.returncode == 0 and killed.runs() == expected and killed.health()["ok"],
                  done.stderr)

        def all_of(store):
            return [store.run(*words, "--json").stdout for words in (["list"], ["bests"], ["load"])]

        before, wrong = all_of(killed), None
        for _ in range(rounds):
            kill_after(killed, seconds, "db", "rebuild")
            if not killed.health()["ok"]:
                wrong = "the store is sick"
        killed.run("db", "rebuild")
        tap.check("a rebuild that is killed is finished by the next",
                  wrong is None and all_of(killed) == before, wrong or "other answers")

        old = os.path.join(home, "old.db")
        shutil.copy(killed.env["HARRIER_DB"], old)
        with sqlite3.connect(old) as db:
            db.executescript(AS_OF_SCHEMA_5)
        db.close()
        wrong = kill_while_brought_up(killed, old, expected, rounds)
        tap.check("a store that is being brought up is the old one or the new one",
                  wrong is None and all_of(killed) == before, wrong or "other answers")

        os.mkdir(os.path.join(home, "stopped"))
        stopped = Store(harrier, os.path.join(home, "stopped"))
        process = stopped.start("import", season)
        time.sleep(seconds / 3)
        process.send_signal(signal.SIGINT)
        status = process.wait()
        tap.check("an interrupted import ends in order", status in (0, 130), f"status {status}")
        stopped.run("import", season)
        tap.check("and is finished by the next",
                  stopped.runs() == expected and stopped.health()["ok"])

        os.mkdir(os.path.join(home, "listed"))
        listed = Store(harrier, os.path.join(home, "listed"))
        sheet = os.path.join(home, "results.csv")
        with open(sheet, "w") as out:
            out.write("date,event,mark\n")
            for n in range(2000):
                out.write(f"{2000 + n // 300}-{1 + n // 25 % 12:02}-{1 + n % 25:02},5000,15:00\n")
        wrong = kill_a_sheet(listed, "results", sheet,
                             lambda: listed.kept("race", "races") - 1, 2000, rounds)
        tap.check("a list of results is in as a whole, or not at all", wrong is None,
                  wrong or "")
        done = listed.run("results", "import", sheet, "--json")
        tap.check("and comes in the next time",
                  done.returncode == 0 and json.loads(done.stdout)["marks"] == 2000,
                  done.stderr)

        os.mkdir(os.path.join(home, "ranked"))
        ranked = Store(harrier, os.path.join(home, "ranked"))
        sheet = os.path.join(home, "field.csv")
        with open(sheet, "w") as out:
            out.write("athlete,nation,born,sex,date,event,mark,venue\n")
            for n in range(20000):
                who = n % 2000
                out.write(f"Runner {chr(97 + who % 26)}{chr(97 + who // 26 % 26)}{chr(97 + who // 676)},"
                          f"GBR,{1970 + who % 20}-0{1 + who % 9}-{10 + who % 18},M,"
                          f"{2000 + n // 2000}-05-{1 + n % 28:02},5000,"
                          f"{13 + n % 3}:{n % 60:02}.{n % 100:02},Town {n % 50}\n")
        marks = lambda: len(ranked.run("rank", "5000", "--sex", "M", "--all-marks",
                                       "--csv").stdout.splitlines()[1:])
        wrong = kill_a_sheet(ranked, "results", sheet, marks, 20000, rounds)
        tap.check("a list of many athletes is in as a whole, or not at all", wrong is None,
                  wrong or "")
        done = ranked.run("results", "import", sheet, "--json")
        again = ranked.run("results", "import", sheet, "--json")
        tap.check("and comes in the next time, once",
                  done.returncode == 0 and marks() == 20000
                  and json.loads(again.stdout)["duplicate"] == 20000, done.stderr)

        with sqlite3.connect(ranked.env["HARRIER_DB"]) as db:
            people = [str(row[0]) for row in db.execute("SELECT id FROM person LIMIT 2")]
        db.close()
        wrong = kill_merges(ranked, people, rounds)
        tap.check("two athletes are merged as a whole, or not at all", wrong is None,
                  wrong or "")

        os.mkdir(os.path.join(home, "slept"))
        slept = Store(harrier, os.path.join(home, "slept"))
        sheet = os.path.join(home, "mornings.csv")
        with open(sheet, "w") as out:
            out.write("date,resting_hr,rpe\n")
            for n in range(6000):
                out.write(f"{2000 + n // 336}-{1 + n // 28 % 12:02}-{1 + n % 28:02},45,5\n")
        wrong = kill_a_sheet(slept, "wellness", sheet,
                             lambda: slept.kept("wellness", "days"), 6000, rounds)
        tap.check("a sheet of mornings is in as a whole, or not at all", wrong is None,
                  wrong or "")
        done = slept.run("wellness", "import", sheet)
        tap.check("and comes in the next time",
                  done.returncode == 0 and slept.kept("wellness", "days") == 6000, done.stderr)

        os.mkdir(os.path.join(home, "told"))
        said = on_a_terminal(Store(harrier, os.path.join(home, "told")), season)
        tap.check("on a terminal it tells how far it is, and how long it takes",
                  re.search(r"\d+ of \d+ files, \d+ activities in, \d+/s, \d+:\d\d left", said)
                  is not None, said[-300:])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
