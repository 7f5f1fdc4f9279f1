#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `harrier decode --json` says of each file in tests/files/, against the golden answer
beside it: NAME.json for stdout, NAME.err for the exit status and stderr where there is more to
it than success in silence.

    tests/golden.py [--bless] HARRIER

--bless writes the answers anew; the diff is the review. That the files are the ones that
tests/fixtures.py makes is a test, too.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from tap import Tap

FILES = pathlib.Path(__file__).resolve().parent / "files"
ANSWERS = {".json", ".err"}


def ask(harrier, name):
    """The two golden texts of a file, the second empty where all went well."""
    run = subprocess.run([harrier, "decode", "--json", name], cwd=FILES,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = run.stderr.decode()
    complaint = f"exit {run.returncode}\n{said}" if run.returncode or said else ""
    return {".json": run.stdout.decode(), ".err": complaint}


def kept(name):
    read = lambda path: path.read_text() if path.exists() else ""
    return {end: read(FILES / (name + end)) for end in ANSWERS}


def bless(name, answer):
    for end, text in answer.items():
        path = FILES / (name + end)
        if text:
            path.write_text(text)
        else:
            path.unlink(missing_ok=True)


def is_json(text):
    def no_constant(name):
        raise ValueError(name)

    try:
        return not text or json.loads(text, parse_constant=no_constant) is not None
    except ValueError:
        return False


def compare_fixtures(tap):
    with tempfile.TemporaryDirectory() as folder:
        maker = pathlib.Path(__file__).with_name("fixtures.py")
        subprocess.run([sys.executable, maker, folder], check=True, stdout=subprocess.DEVNULL)
        made = {path.name: path.read_bytes() for path in pathlib.Path(folder).iterdir()}
    here = {path.name: path.read_bytes() for path in FILES.iterdir()
            if path.suffix not in ANSWERS}
    # Another zlib may pack differently; what is inside is made by the same lines.
    differ = [name for name in made.keys() | here.keys()
              if made.get(name) != here.get(name) and not name.endswith(".gz")]
    tap.check("the files are those that fixtures.py makes", not differ, " ".join(differ))


def main():
    arguments = sys.argv[1:]
    blessing = "--bless" in arguments
    harrier = os.path.abspath([word for word in arguments if word != "--bless"][0])
    names = sorted(path.name for path in FILES.iterdir() if path.suffix not in ANSWERS)
    if blessing:
        for name in names:
            bless(name, ask(harrier, name))
        return 0
    tap = Tap()
    compare_fixtures(tap)
    for name in names:
        seen, wanted = ask(harrier, name), kept(name)
        tap.check(name, seen == wanted and any(wanted.values()) and is_json(seen[".json"]),
                  "".join(f"wanted{end}:\n{wanted[end]}seen{end}:\n{seen[end]}"
                          for end in sorted(ANSWERS) if seen[end] != wanted[end]))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
