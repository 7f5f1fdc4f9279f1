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
import re
import subprocess
import sys
import tempfile
import time

import transcripts
from serve_test import STATUS, Server as Page, address
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


def kills(tap, server, harrier, folder, season, rounds):
    """The server, or the importer, is killed while somebody imports runs or lists."""
    store = Store(harrier, server.create("killed"))
    file = Store(harrier, folder / "unharmed.db")
    sheets = write_lists(folder / "killed", 6000, 9)
    imports = (["import", str(season)], ["results", "import", *sheets])
    before, wrong = 0, None
    for number in range(rounds):
        importer = store.start(*imports[number % 2])
        time.sleep(random.uniform(0, 1.2))
        if number // 2 % 2:
            importer.kill()
            importer.communicate()
        else:
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
    tap.check(f"{rounds} kills of server and importer lose nothing", not wrong, str(wrong))
    for words in imports:
        for one in (store, file):
            code, _, err = one.run(*words)
            tap.check(f"{words[0]} is finished by running it again" if one is store
                      else f"{words[0]}, undisturbed", code == 0, err)
    runs = [len(one.json("list")["activities"]) for one in (store, file)]
    differ = differences(file, store)
    tap.check("and nothing is there twice", runs[0] == runs[1] and not differ, f"{runs} {differ}")


# --- lists -------------------------------------------------------------------------------

EVENTS = {"800": 115, "1500": 235, "MILE": 255, "3000": 510, "5000": 860, "10000": 1800,
          "HM": 4000, "MAR": 8600}
NATIONS = ["GBR", "NOR", "KEN", "ETH", "USA", "FRA", "GER", "ESP"]


def write_lists(folder, count, seed):
    """A made-up list of so many marks, in as many sheets as there are events."""
    chance = random.Random(seed)
    sheets = {event: ["date,event,sex,mark,athlete,dob,nat,pos,venue,competition"]
              for event in EVENTS}
    runners = []
    for number in range(count // 12):
        name = "".join(chance.choice("bcdfghklmnprst") + chance.choice("aeiou")
                       for _ in range(4)).title()
        runners.append((f"{name} Runner{number}", f"{chance.randint(1970, 2004)}-"
                        f"{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                        chance.choice(NATIONS), chance.choice("MF"), chance.gauss(0, 0.03)))
    for _ in range(count):
        event = chance.choice(list(EVENTS))
        name, born, nation, sex, level = chance.choice(runners)
        seconds = EVENTS[event] * (1.12 if sex == "F" else 1) * (1 + level + chance.expovariate(40))
        road = event in ("HM", "MAR")
        seconds = round(seconds, 0 if road else 2)
        mark = (f"{int(seconds // 3600)}:{int(seconds // 60 % 60):02}:{int(seconds % 60):02}"
                if road else f"{int(seconds // 60)}:{seconds % 60:05.2f}")
        meeting = chance.randint(1, 60)
        row = (f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02}-"
               f"{chance.randint(1, 28):02},{event},{sex},{mark},{name},{born},{nation}")
        sheets[event].append(f"{row},{chance.randint(1, 12)},Town {meeting},Meeting {meeting}")
        if chance.random() < 0.05:  # and once more, told otherwise
            told = chance.choice(["", "7"])
            sheets[event].insert(chance.randint(1, len(sheets[event])),
                                 f"{row},{told},Torre {meeting},Étape {meeting}")
    folder.mkdir()
    for event, rows in sheets.items():
        (folder / f"{event}.csv").write_text("\n".join(rows) + "\n")
    return [str(path) for path in sorted(folder.iterdir())]


def list_answers(store):
    """What is asked of lists, with what it says."""
    asked = [[*words, *form] for words in (
        ["rank", "1500", "--sex", "M", "--limit", "40"],
        ["rank", "MAR", "--sex", "F", "--nation", "KEN", "--limit", "20"],
        ["rank", "5000", "--sex", "M", "--all-marks", "--limit", "300"],
        ["rank", "HM", "--sex", "M", "--year", "2021", "--age", "U23"],
        ["rank", "800", "--sex", "M", "--where", "1:52.10"],
        ["records", "--sex", "F"], ["athlete", "#7"], ["h2h", "#7", "#19"], ["who", "list"],
    ) for form in ([], ["--json"], ["--csv"]) if form != ["--csv"] or words[0] != "who"]
    return {" ".join(words): store.run(*words)[:2] for words in asked}


def differences(one, other):
    said, heard = list_answers(one), list_answers(other)
    return [words for words in said if said[words] != heard[words]]


SERVED = [["rank", "1500", "--sex=M", "--limit=40"], ["rank", "800", "--sex=M", "--where=1:52.10"],
          ["rank", "MAR", "--sex=F", "--nation=KEN"], ["records"], ["records", "MILE", "--sex=M"],
          ["athlete", "#7"], ["athlete", "Nobody"], ["h2h", "#7", "#19"], ["who", "list"],
          ["race", "list"], ["list"], ["bests"]]


def served(tap, harrier, one, file, where):
    """What the page asks for its lists, of a server's store, beside the command line on a file."""
    page = Page(harrier, one.where)

    def asked(words):
        options = dict(word[2:].split("=") for word in words if word.startswith("--"))
        return page.ask(address([word for word in words if not word.startswith("--")], options))

    def differ():
        wrong = []
        for words in SERVED:
            code, said, _ = file.run(*words, "--json")
            status, _, body = asked(words)
            if (body.decode() != said) if said else status != STATUS[code]:
                wrong.append(f"{' '.join(words)}: {status} {body[:200]}")
        return wrong

    def say(verb, *two):
        status, _, body = page.ask(address(["who", verb, *two]), method="POST")
        file.run("who", verb, *two)
        return status == 200 and json.loads(body)["schema"] == "harrier.saying/1"

    try:
        wrong = differ()
        tap.check(f"the page's lists from {where} are those of a file", not wrong, str(wrong))
        alone = asked(["athlete", "#7"])[2]
        said = say("merge", "7", "19")
        wrong = differ()
        tap.check(f"two are made one on the page, from {where}",
                  said and not wrong and asked(["athlete", "#7"])[2] != alone, str(wrong))
        said = say("undo", "7", "19")
        wrong = differ()
        tap.check(f"and two again, from {where}",
                  said and not wrong and asked(["athlete", "#7"])[2] == alone, str(wrong))
    finally:
        page.end()


def damaged(store):
    """What `db verify` finds."""
    code, out, _ = store.run("db", "verify", "--json")
    found = json.loads(out)
    return None if code == 0 and found["ok"] else [one["message"] for one in found["problems"]]


def strays(tap, near, store, far, sheets):
    """What a list leaves whose far marks were committed, and whose athletes were not."""
    answers = list_answers(store)
    people = near.ask("SELECT max(id) FROM harrier.person", "lists")
    for server, database in far:
        for part in server.ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND "
                               "relname ~ '^mark_[0-9]+$'", database).split():
            server.ask(f"INSERT INTO harrier.{part} SELECT event, sex, 1000, day, {people} + "
                       "row_number() OVER (), race, 77, nation, exact_ms, decimals, hand, place, "
                       f"round, caveats, eligible FROM harrier.{part} LIMIT 3", database)
    found = damaged(store)
    tap.check("marks of nobody are found", found and any("athletes who are not there" in one
              for one in found) and any("meeting 77" in one for one in found), str(found))
    again = list_answers(store)
    tap.check("and are in no list", again == answers,
              str([words for words in answers if answers[words] != again[words]]))
    code, _, err = store.run("results", "import", *sheets)
    tap.check("the next list finds its way", code == 0, err)
    tap.check("and leaves none of them", not damaged(store), str(damaged(store)))


def lists(tap, server, harrier, folder):
    """The same lists from a file, from a server, and from a server whose marks are on three."""
    sheets = write_lists(folder / "lists", 6000, 7)
    late = write_lists(folder / "late", 600, 8)
    file = Store(harrier, folder / "lists.db")
    one = Store(harrier, server.create("lists"))
    said = [store.run("results", "import", *sheets) for store in (file, one)]
    tap.check("lists go in, and say the same", said[0][:2] == said[1][:2] and said[0][0] == 0,
              str(said))
    answers = list_answers(file)
    tap.check("lists are asked and answer", all(code in (0, 4) for code, _ in answers.values()) and
              sum(code == 0 for code, _ in answers.values()) > 20,
              str({words: code for words, (code, _) in answers.items()}))
    differ = differences(file, one)
    tap.check("lists from a file and from a server are the same bytes", not differ, str(differ))
    served(tap, harrier, one, file, "a server")
    with Server() as second, Server() as third:
        for number, place in enumerate((second, third, second)):
            url = place.create(f"shard{number}")
            code, _, err = one.run("db", "shard", "add", url)
            tap.check(f"server {number + 1} takes its share", code == 0, err)
        shards = one.json("db", "shard", "list")
        tap.check("the first keeps none, the others a third each",
                  shards["parts_here"] == 0 and [s["parts"] for s in shards["shards"]] == [5, 6, 5],
                  str(shards))
        differ = differences(file, one)
        tap.check("lists from three servers are the same bytes", not differ, str(differ))
        served(tap, harrier, one, file, "three servers")
        said = [store.run("results", "import", *late) for store in (file, one)]
        tap.check("more marks find their servers", said[0][:2] == said[1][:2] and said[0][0] == 0,
                  str(said))
        differ = differences(file, one)
        tap.check("and are found again", not differ, str(differ))
        sheets = write_lists(folder / "stray", 300, 11)
        strays(tap, server, one, ((second, "shard0"), (third, "shard1")), sheets)
        file.run("results", "import", *sheets)
        differ = differences(file, one)
        tap.check("the same bytes as if nothing had been", not differ, str(differ))
        code, _, err = one.run("db", "shard", "add", url)
        tap.check("a server that has parts is refused", code == 1 and "parts of one" in err, err)
        again = Store(harrier, folder / "again.db")
        one.run("db", "backup", str(folder / "lists-backup.db"))
        code, _, err = again.run("db", "restore", str(folder / "lists-backup.db"))
        differ = differences(file, again)
        tap.check("a copy of all servers is one file", code == 0 and not differ, f"{err} {differ}")


def counted(said):
    """Marks that came in, and marks that were there: "12 marks in, 3 already there"."""
    numbers = {word: int(number) for number, word in
               re.findall(r"(\d+) (?:marks? )?(in|already there)", said)}
    return numbers.get("in", 0), numbers.get("already there", 0)


def lists_at_once(tap, server, harrier, folder):
    """Two who import the same lists, and readers meanwhile, on a server and on a file."""
    sheets = write_lists(folder / "crowd", 12000, 12)
    alone = Store(harrier, folder / "alone.db")
    said = alone.run("results", "import", *sheets)[1]
    for store in (Store(harrier, server.create("crowd_of_lists")),
                  Store(harrier, folder / "crowd.db")):
        where = "on a server" if "://" in str(store.where) else "on a file"
        store.run("race", "add", "4:00", "1500", "--date", "2020-01-01")
        importers = [store.start("results", "import", *sheets) for _ in range(2)]
        seen = []
        while any(one.poll() is None for one in importers):
            code, out, err = store.run("rank", "1500", "--sex", "M", "--all-marks", "--json")
            seen.append(len(json.loads(out)["ranks"]) if code == 0 else -code)
        told = sorted(one.communicate()[0] for one in importers)
        tap.check(f"readers of lists during imports, {where}",
                  len(seen) > 1 and all(count == -4 or count > 0 for count in seen) and
                  [count for count in seen if count > 0] ==
                  sorted(count for count in seen if count > 0), str(seen))
        # They take turns sheet by sheet: each mark is brought in by one, and known to the other.
        fresh, known = (sum(column) for column in zip(*map(counted, told)))
        tap.check(f"of two importers each mark is brought in by one, {where}",
                  (fresh, known) == (counted(said)[0], 2 * counted(said)[1] + counted(said)[0]),
                  f"{said} {told}")
        differ = differences(alone, store)
        tap.check(f"and the lists are as of one, {where}", not differ and not damaged(store),
                  str(differ))


def main():
    harrier, program = map(os.path.abspath, sys.argv[1:3])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 6
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
        lists(tap, server, harrier, folder)
        at_once(tap, server, harrier, season)
        lists_at_once(tap, server, harrier, folder)
        kills(tap, server, harrier, folder, season, rounds)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
