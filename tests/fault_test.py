#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the world does to a store: a full disk, a folder that may only be read, wrong clocks,
another process, a newer version, flipped bytes, a backup that was cut short. Nothing that was
in is lost, nothing crashes, and there is one sentence that says what is wrong.

    tests/fault_test.py HARRIER [ROUNDS]
"""
import contextlib
import json
import os
import pathlib
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from tap import Tap

NOBODY = 65534
QUESTIONS = [["list", "--json"], ["bests", "--json"], ["report"], ["load", "--json"],
             ["race", "list", "--json"], ["camp", "list", "--json"], ["shoes", "--json"],
             ["wellness", "list", "--json"], ["show", "3", "--json"], ["squad", "--json"],
             ["rank", "5000", "--sex", "M", "--json"], ["privacy", "list", "--json"]]


class House:
    """A folder with a store, asked through the command line."""

    def __init__(self, harrier, folder):
        self.harrier, self.folder = harrier, pathlib.Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.store = self.folder / "harrier.db"
        self.env = {**os.environ, "HARRIER_DB": str(self.store), "HOME": str(folder)}

    def run(self, *words, most_bytes=None, unprivileged=False):
        """`most_bytes` is the longest file it may write; Python has SIGXFSZ ignored already."""
        def begin():
            if most_bytes is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        words = [self.harrier, *map(str, words)]
        if unprivileged and os.geteuid() == 0:
            words = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *words]
        return subprocess.run(words, env=self.env, text=True, errors="replace",
                              preexec_fn=begin, restore_signals=False, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def answers(self):
        return [self.run(*words).stdout for words in QUESTIONS]

    def sound(self):
        return self.run("db", "verify").returncode == 0

    def put(self, store):
        """Puts a copy of the file `store` into place, alone."""
        for beside in ("-wal", "-shm", "-journal"):
            pathlib.Path(f"{self.store}{beside}").unlink(missing_ok=True)
        shutil.copy(store, self.store)


def told(done, *words, sentences=1):
    """Whether a command failed in order, and with so many sentences that hold `words`."""
    said = done.stderr.splitlines()
    return (done.returncode > 0 and 0 < len(said) <= sentences
            and all(line.startswith("harrier: ") for line in said)
            and all(word in done.stderr for word in words))


def why(done):
    return f"status {done.returncode}\n{done.stderr}"


def dump(store):
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        return list(db.iterdump())


def make_season(harrier, home):
    """A store with something of everything, and the runs that came in."""
    house = House(harrier, home / "whole")
    house.run("demo", home / "season")
    runs = home / "runs"
    runs.mkdir()
    for path in sorted((home / "season").glob("*.fit"))[:24]:
        path.rename(runs / path.name)
    house.run("import", "--threads", "1", runs)
    house.run("results", "import", home / "season/results.csv")
    house.run("camp", "add", "Iten", "--from", "2023-09-10", "--to", "2023-09-20",
              "--altitude", "2400")
    house.run("shoes", "add", "flat", "--default", "easy")
    house.run("privacy", "add", "home", "--at", "47.6,-122.3")
    mornings = home / "mornings.csv"
    mornings.write_text("date,resting_hr\n2023-09-06,45\n")
    house.run("wellness", "import", mornings)
    return house, runs


# --- a full disk ---------------------------------------------------------------------------

@contextlib.contextmanager
def small_disk(folder, kilobytes):
    """A disk of so many kilobytes at `folder`; gives None where that may not be."""
    folder.mkdir()
    made = shutil.which("mount") and os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", folder],
        stderr=subprocess.DEVNULL).returncode == 0
    try:
        yield folder if made else None
    finally:
        if made:
            subprocess.run(["umount", folder], check=True)


def full_disk(tap, harrier, home, whole, runs, expected):
    house = House(harrier, home / "limited")
    wrong = ""
    for kilobytes in (1, 16, 64, 200, 500, 900):
        done = house.run("import", runs, most_bytes=kilobytes << 10)
        if not told(done, sentences=2):
            wrong += why(done)
        proof = house.run("db", "verify")
        if proof.returncode and not (told(proof, "is empty, not a store")
                                     or told(proof, "there is no store")):
            wrong += f"{kilobytes} kB: {why(proof)}"
    tap.check("an import that may write no more ends in order", not wrong, wrong)
    done = house.run("import", runs)
    tap.check("and is finished once it may", done.returncode == 0
              and house.run("list", "--json").stdout.count('"id"')
              == whole.run("list", "--json").stdout.count('"id"'), why(done))

    before = whole.store.read_bytes()
    copy = home / "copy.db"
    done = whole.run("db", "backup", copy, most_bytes=100_000)
    tap.check("a backup that may write no more leaves none", told(done)
              and not list(home.glob("copy.db*")), why(done))
    page = home / "page.html"
    page.write_text("the page of before")
    done = whole.run("report", "--html", page, most_bytes=1000)
    tap.check("a page that cannot be written leaves the one before",
              told(done, "page.html") and page.read_text() == "the page of before", why(done))
    tap.check("the store is as it was", whole.answers() == expected
              and whole.store.read_bytes() == before)

    with small_disk(home / "disk", 1200) as disk:
        if not disk:
            tap.skip("a disk that is full", "a small disk may not be mounted here")
        else:
            full = House(harrier, disk / "h")
            done = full.run("import", runs)
            tap.check("a full disk is told as what it is",
                      told(done, "no room is left on the disk", sentences=2), why(done))
            tap.check("what is in is sound", full.sound())
            done = whole.run("db", "backup", disk / "copy.db")
            tap.check("no part of a backup stays there", told(done, "no room is left")
                      and not list(disk.glob("copy*")), why(done))
            done = whole.run("report", "--html", disk / "page.html")
            tap.check("nor of a page", done.returncode == 0 or told(done, "No space left")
                      and not list(disk.glob("*page*")), why(done))
    with open("/dev/full", "w") as nowhere:
        done = subprocess.run([harrier, "list"], env=whole.env, stdout=nowhere, text=True,
                              stderr=subprocess.PIPE)
    tap.check("an answer that nobody could keep is a failure", told(done, "No space left"),
              why(done))


# --- what may only be read -----------------------------------------------------------------

def read_only(tap, harrier, home, whole, runs, expected):
    house = House(harrier, home / "fixed")
    house.put(whole.store)
    one = sorted(runs.iterdir())[0]
    for mode, name in ((0o444, "file and folder"), (0o666, "folder")):
        house.store.chmod(mode)
        house.folder.chmod(0o555)
        asked = [house.run(*words, unprivileged=True).stdout for words in QUESTIONS]
        tap.check(f"a {name} that may only be read can be asked", asked == expected)
        done = house.run("race", "add", "15:00", "5000", "--date", "2026-01-01",
                         unprivileged=True)
        tap.check("and not be added to", told(done, "may only be read"), why(done))
        done = house.run("import", one, unprivileged=True)
        tap.check("nor imported into", told(done, "may only be read"), why(done))
        done = house.run("db", "backup", house.folder / "copy.db", unprivileged=True)
        tap.check("nor be a backup's place",
                  told(done, "a copy cannot be written", "Permission denied"), why(done))
        done = house.run("report", "--html", house.folder / "page.html", unprivileged=True)
        tap.check("nor a page's", told(done, "page.html", "Permission denied"), why(done))
        done = house.run("--db", house.folder / "new.db", "import", one, unprivileged=True)
        tap.check("nor a new store's", told(done, "Permission denied"), why(done))
        house.folder.chmod(0o755)
        house.store.chmod(0o644)
        tap.check("nothing was changed or left", os.listdir(house.folder) == ["harrier.db"]
                  and house.store.read_bytes() == whole.store.read_bytes())
    house.folder.chmod(0o000)
    done = house.run("list", unprivileged=True)
    house.folder.chmod(0o755)
    tap.check("a folder that may not be entered is not an empty store",
              told(done, "Permission denied"), why(done))


# --- clocks ----------------------------------------------------------------------------------

def gpx_of(instants):
    points = "".join(f'<trkpt lat="{52 + n / 500:.4f}" lon="5"><time>{at}</time></trkpt>'
                     for n, at in enumerate(instants))
    return ('<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
            f"{points}</trkseg></trk></gpx>")


def run_from(day):
    return [f"{day}T10:{minute:02}:00Z" for minute in range(20)]


NEVER = {
    "the year 1": run_from("0001-01-01"), "the year 9999": run_from("9999-12-31"),
    "before 1970": run_from("1969-12-31"), "the year 2200": run_from("2200-01-01"),
}
CLOCKS = {
    **NEVER, "before FIT": run_from("1985-02-03"), "in a hundred years": run_from("2125-12-31"),
    "an ordinary day": run_from("2026-01-05"),
    "a clock that leaps ten years ahead": run_from("2026-01-06")[:10] + run_from("2036-01-06")[10:],
    "a clock that leaps back": run_from("2026-01-07")[10:] + run_from("2016-01-07")[:10],
    "a clock that stands": ["2026-01-08T10:00:00Z"] * 20,
}


def clocks(tap, harrier, home):
    house = House(harrier, home / "clocks")
    files = home / "wrong-clocks"
    files.mkdir()
    for name, instants in CLOCKS.items():
        (files / f"{name.replace(' ', '-')}.gpx").write_text(gpx_of(instants))
    done = house.run("import", files, "--json")
    refused = [row for row in json.loads(done.stdout)["files"] if row["status"] != "imported"]
    tap.check("files of any clock come in, but for those of times without watches",
              done.returncode == 3 and len(refused) == len(NEVER)
              and all("1970 to 2125" in row["reason"] for row in refused),
              why(done) + done.stdout)
    days = [["--date", day] for day in ("0001-01-01", "1988-12-31", "2026-01-05", "9999-12-31")]
    asked = QUESTIONS + [["squad", *day] for day in days] + [
        ["predict", "10K", *day] for day in days] + [["season", "show", *day] for day in days] + [
        ["report", "--since", "2200-01-01"], ["list", "--until", "0001-01-01"]]
    wrong, longest = "", 0
    for words in asked:
        begin = time.perf_counter()
        done = house.run(*words)
        longest = max(longest, time.perf_counter() - begin)
        strange = "9999-12-31" in words or "0001-01-01" in words
        if done.returncode not in (0, 4, 5) and not (strange and told(done)):
            wrong += f"{words}: {why(done)}"
    tap.check("every question has an answer or a sentence", not wrong, wrong)
    tap.check("and none takes for ever", longest < 30, f"{longest:.0f} s")
    tap.check("the store is sound", house.sound())
    day = house.run("list", "--json", "--since", "2026-01-05", "--until", "2026-01-05").stdout
    tap.check("the ordinary day is there", day.count('"id"') == 1 and "2026-01-05T10:00" in day, day)


# --- others ----------------------------------------------------------------------------------

def locked(tap, whole, runs, expected):
    one = sorted(runs.iterdir())[0]
    with contextlib.closing(sqlite3.connect(whole.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = whole.answers()
        tap.check("who reads does not wait for who writes", asked == expected)
        done = whole.run("race", "add", "15:00", "5000", "--date", "2026-01-01")
        tap.check("who writes waits a while, and then says so",
                  done.returncode == 6 and told(done, "locked by another process"), why(done))
        other.execute("ROLLBACK")
    with contextlib.closing(sqlite3.connect(whole.store, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        done = whole.run("list")
        tap.check("where nobody else may read either, so does who reads",
                  done.returncode == 6 and told(done, "locked by another process"), why(done))
        other.execute("ROLLBACK")
    done = whole.run("import", one)
    tap.check("afterwards all is as it was", done.returncode == 0 and whole.answers() == expected,
              why(done))


def newer(tap, harrier, home, whole):
    house = House(harrier, home / "newer")
    house.put(whole.store)
    with contextlib.closing(sqlite3.connect(house.store)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA user_version = 1000")
    before = house.store.read_bytes()
    wrong = ""
    for words in QUESTIONS + [["import", home / "runs"], ["db", "verify"], ["db", "rebuild"],
                              ["db", "backup", home / "newer-copy.db"],
                              ["race", "add", "15:00", "5000", "--date", "2026-01-01"],
                              ["privacy", "remove", "home"], ["who", "merge", "1", "2"]]:
        done = house.run(*words)
        if done.returncode != 6 or not told(done, "newer Harrier"):
            wrong += f"{words}: {why(done)}"
    tap.check("a store of a newer version is for newer programs", not wrong, wrong)
    tap.check("and is left as it is", house.store.read_bytes() == before)
    done = house.run("db", "restore", whole.store)
    tap.check("a backup may take its place, and it is kept", done.returncode == 0
              and any(path.read_bytes() == before for path in house.folder.iterdir()), why(done))


# --- damage ----------------------------------------------------------------------------------

def planted(tap, harrier, home, whole, rounds, expected):
    """Bytes flipped in the originals are always found; anywhere else they break nothing."""
    house = House(harrier, home / "damaged")
    sound = whole.store.read_bytes()
    with contextlib.closing(sqlite3.connect(f"file:{whole.store}?mode=ro", uri=True)) as db:
        packed = [row[0] for row in db.execute("SELECT bytes FROM packed ORDER BY original")]
    missed = 0
    for blob in packed[::3]:
        piece = blob[len(blob) // 2:][:60]  # lies on one page, unless it straddles two
        at = sound.find(piece)
        if at < 0:
            continue
        damaged = bytearray(sound)
        damaged[at + random.randrange(len(piece))] ^= 1 << random.randrange(8)
        house.store.write_bytes(damaged)
        missed += house.run("db", "verify").returncode != 1
    tap.check("a bit that is flipped in an original is found", missed == 0, f"{missed} were not")

    wrong, found, same = "", 0, 0
    for _ in range(rounds):
        damaged = bytearray(sound)
        for _ in range(random.choice((1, 1, 20, 400))):
            damaged[random.randrange(100, len(damaged))] = random.randrange(256)
        house.put(whole.store)
        house.store.write_bytes(damaged)
        health = house.run("db", "verify")
        found += health.returncode == 1
        for done in [health] + [house.run(*words) for words in random.sample(QUESTIONS, 3)] + [
                house.run("db", "rebuild")]:
            if done.returncode not in (0, 1, 4, 5) or len(done.stderr.splitlines()) > 1:
                wrong += why(done)
        house.put(whole.store)
        house.store.write_bytes(damaged)
        done = house.run("db", "backup", home / "of-damaged.db")
        (home / "of-damaged.db").unlink(missing_ok=True)
        if done.returncode not in (0, 1):
            wrong += why(done)
        same += health.returncode == 0 and house.answers() == expected
    tap.check("bytes that are flipped anywhere crash nothing", not wrong, wrong[:2000])
    tap.check("and are found, or lay where nothing is", found + same >= rounds * 0.9,
              f"of {rounds}: {found} found, {same} harmless")


def cut_backups(tap, harrier, home, whole, expected):
    copy, house = home / "good.db", House(harrier, home / "restored")
    whole.run("db", "backup", copy)
    house.put(whole.store)
    before, whole_copy, wrong = house.store.read_bytes(), copy.read_bytes(), ""
    cut = home / "cut.db"
    size = len(whole_copy)
    for left in (0, 1, 99, 100, 512, 4096, 5000, size // 3, size // 2, size - 4096, size - 1):
        cut.write_bytes(whole_copy[:left])
        done = house.run("db", "restore", cut)
        if not told(done) or house.store.read_bytes() != before:
            wrong += f"{left} of {size} bytes: {why(done)}"
        if os.listdir(house.folder) != ["harrier.db"]:
            wrong += f"{left} bytes: {os.listdir(house.folder)}\n"
    tap.check("a backup that was cut short is refused, and the store is as it was", not wrong,
              wrong)


def there_and_back(tap, harrier, home, whole, expected):
    copy, again = home / "first.db", home / "second.db"
    done = whole.run("db", "backup", copy)
    tap.check("a backup has every row", done.returncode == 0 and dump(copy) == dump(whole.store),
              why(done))
    house = House(harrier, home / "back")
    done = house.run("db", "restore", copy)
    tap.check("restored it has them all", done.returncode == 0
              and dump(house.store) == dump(whole.store), why(done))
    tap.check("and answers every question with the same bytes", house.answers() == expected)
    house.run("db", "backup", again)
    tap.check("a backup of it is the same file, byte for byte but for SQLite's count of changes",
              [page[:24] + page[28:92] + page[96:] for page in (again.read_bytes(),)]
              == [page[:24] + page[28:92] + page[96:] for page in (copy.read_bytes(),)])


def main():
    harrier = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    random.seed(20261122)
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        home.chmod(0o755)
        own = home / "harrier"  # where anybody may run it
        shutil.copy(harrier, own)
        whole, runs = make_season(own, home)
        expected = whole.answers()
        tap.check("there is a season to lose", whole.sound() and len(expected[0]) > 1000)
        there_and_back(tap, own, home, whole, expected)
        cut_backups(tap, own, home, whole, expected)
        newer(tap, own, home, whole)
        full_disk(tap, own, home, whole, runs, expected)
        if os.geteuid() != 0 or shutil.which("setpriv"):
            read_only(tap, own, home, whole, runs, expected)
        else:
            tap.skip("what may only be read", "no setpriv here, and root may do everything")
        locked(tap, whole, runs, expected)
        clocks(tap, own, home)
        planted(tap, own, home, whole, rounds, expected)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
