#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The store on PostgreSQL: the same answers, byte for byte, as from a file.

    tests/postgres_test.py HARRIER DATABASE_TEST

Starts a server of its own and stops it. What a test of the database's door finds there, the
transcripts that ask nothing of files, backups both ways, two who import at once, readers
meanwhile, and a server that is killed.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import transcripts
from server import Server, programs, whose
from tap import Tap

class Store:
    def __init__(self, harrier, where):
        self.harrier, self.where = harrier, where

    def start(self, *words):
        return subprocess.Popen([self.harrier, *words], stdin=subprocess.DEVNULL, text=True,
                                env={**os.environ, "HARRIER_DB": str(self.where)},
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words):
        process = self.start(*words)
        out, err = process.communicate()
        return process.returncode, out, err

    def json(self, *words):
        return json.loads(self.run(*words, "--json")[1])


def same_answers(one, other):
    """What two stores say, or what differs."""
    for words in (["list"], ["list", "--json"], ["report"], ["bests"], ["race", "list"], ["load"],
                  ["predict", "--sex", "M"], ["show", "1"], ["camp", "list"]):
        if one.run(*words)[:2] != other.run(*words)[:2]:
            return f"they differ in: harrier {' '.join(words)}"
    return None


def door(tap, server, program):
    """The test of the room, asked of the server."""
    run = subprocess.run([program], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         env={**os.environ, "HARRIER_TEST_POSTGRES": server.create("door"),
                              "CMOCKA_MESSAGE_OUTPUT": "TAP"})
    asked = [line for line in run.stdout.splitlines() if ", on a server" in line]
    tap.check("the door of the database", run.returncode == 0 and asked and
              all(line.startswith("ok") and "SKIP" not in line for line in asked), run.stdout)


def replay(tap, server, harrier):
    for number, path in enumerate(sorted((transcripts.HERE / "cli").glob("*.txt"))):
        wanted = path.read_text()
        keeps = any(f"harrier {what}" in wanted for what in ("import", "race add", "results"))
        if not keeps or "--db" in wanted or "harrier.db" in wanted:
            continue
        seen = transcripts.replay(harrier, wanted, HARRIER_DB=server.create(f"cli{number}"))
        tap.check(f"{path.stem}, on a server", seen == wanted,
                  transcripts.difference(wanted, seen))


def backups(tap, server, harrier, folder, season):
    here = Store(harrier, server.create("here"))
    there = Store(harrier, server.create("there"))
    file = Store(harrier, folder / "file.db")
    backup = str(folder / "backup.db")
    for store in (here, file):
        code, _, err = store.run("import", str(season))
        tap.check(f"a season goes in: {'server' if store is here else 'file'}", code == 0, err)
    differs = same_answers(here, file)
    tap.check("the same answers from a file and from a server", not differs, str(differs))
    code, _, err = here.run("db", "backup", backup)
    tap.check("a server's store is copied into a file", code == 0, err)
    differs = same_answers(here, Store(harrier, backup))
    tap.check("the copy answers as the server does", not differs, str(differs))
    code, _, err = there.run("db", "restore", backup)
    tap.check("a file is put into a server", code == 0, err)
    differs = same_answers(here, there)
    tap.check("and answers there as before", not differs, str(differs))
    code, said, err = there.run("db", "restore", backup)
    tap.check("what was there is kept", code == 0 and "harrier_before_restore_1" in said, said + err)
    code, _, err = there.run("import", str(transcripts.HERE / "files/easy-run.fit"))
    tap.check("a restored store takes more", code == 0, err)
    code, _, err = there.run("db", "restore", str(transcripts.HERE / "files/easy-run.fit"))
    tap.check("what is no backup is refused", code == 1 and "no database" in err, err)


def at_once(tap, server, harrier, season):
    """Two who import the same, and readers meanwhile."""
    store = Store(harrier, server.create("crowd"))
    store.run("import", str(transcripts.HERE / "files/easy-run.fit"))
    importers = [store.start("import", str(season)) for _ in range(2)]
    counts = []
    while any(one.poll() is None for one in importers):
        code, out, err = store.run("list", "--json")
        if code != 0:
            tap.check("readers during an import", False, err)
            break
        counts.append(len(json.loads(out)["activities"]))
    said = [one.communicate() for one in importers]
    again = store.run("import", str(season))
    runs = len(list(season.glob("*.fit")))
    tap.check("readers during an import see it grow", len(counts) > 1 and counts == sorted(counts),
              str(counts))
    tap.check("two importers at once bring each run in once",
              len(store.json("list")["activities"]) == runs + 1 and store.json("db", "verify")["ok"],
              f"{said} {again}")


def kills(tap, server, harrier, season, rounds):
    """The server is killed while somebody imports."""
    store = Store(harrier, server.create("killed"))
    runs = len(list(season.glob("*.fit")))
    before, wrong = 0, None
    for _ in range(rounds):
        importer = store.start("import", str(season))
        time.sleep(random.uniform(0, 1.5))
        server.kill()
        _, err = importer.communicate()
        if importer.returncode < 0:
            wrong = f"the importer ended by signal {-importer.returncode}: {err}"
        server.start()
        code, out, err = store.run("db", "verify", "--json")
        if code == 4:
            continue
        health = json.loads(out) if out else {"ok": False, "activities": 0}
        if not health["ok"] or health["activities"] < before:
            wrong = f"after a kill: {out} {err}, there were {before}"
        before = health["activities"]
        if wrong:
            break
    tap.check(f"a server that is killed {rounds} times loses nothing", not wrong, str(wrong))
    code, _, err = store.run("import", str(season))
    tap.check("and the import is finished by running it again",
              code == 0 and len(store.json("list")["activities"]) == runs, err)

def main():
    harrier, program = map(os.path.abspath, sys.argv[1:3])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    tap = Tap()
    if not programs() or whose() is False:
        tap.skip("the store on PostgreSQL", "no PostgreSQL server is installed here")
        return tap.done()
    with Server() as server, tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        season = folder / "season"
        subprocess.run([harrier, "demo", season], check=True, stderr=subprocess.DEVNULL)
        for run in sorted(season.glob("*.fit"))[60:]:
            run.unlink()
        door(tap, server, program)
        replay(tap, server, harrier)
        backups(tap, server, harrier, folder, season)
        at_once(tap, server, harrier, season)
        kills(tap, server, harrier, season, rounds)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
