#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command line, as a user sees it: tests/cli/*.txt hold commands and what they print.

    tests/transcripts.py [--bless] [--one-locale] HARRIER [NAME ...]

A line `$ COMMAND`, with those it goes on to after a backslash, is given to the shell; the lines
up to the next are what comes out, stdout and stderr together as they come, and `[exit N]` if the
status is not 0. Lines beginning with `#` before the first command say what the transcript shows.
Each transcript runs in a folder of its own with a copy of tests/files as `files`, the program
also as `build/harrier`, and a store of its own, once as is and once with a decimal comma, another
language and another time zone around it, which must change nothing; with --one-locale only as is.
--bless writes the transcripts anew; the diff is the review.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

HERE = pathlib.Path(__file__).resolve().parent
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)$", re.M)


def surroundings(harrier, folder, **more):
    path = f"{pathlib.Path(harrier).parent}:/usr/bin:/bin"
    passed_on = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    return {**passed_on, "PATH": path, "HOME": folder, "HARRIER_DB": f"{folder}/harrier.db",
            "LC_ALL": "C.UTF-8", "TZ": "UTC", **more}


def copy_files(folder):
    files = pathlib.Path(folder) / "files"
    files.mkdir()
    for path in (HERE / "files").iterdir():
        if path.suffix not in (".json", ".err"):
            shutil.copy(path, files)


def play(folder, text, around):
    """The transcript as it would be written now, in a folder and with what is around it."""
    commands = COMMAND.findall(text)
    out = [text[:COMMAND.search(text).start()] if commands else text]
    for command in commands:
        run = subprocess.run(["sh", "-c", command], cwd=folder, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             env=around, timeout=120)
        said = run.stdout.decode(errors="backslashreplace").replace("\r\n", "\n")
        said = said.replace(folder, "FOLDER")
        out.append(f"$ {command}\n{said}")
        if said and not said.endswith("\n"):
            out.append("\n[no newline at the end]\n")
        if run.returncode:
            out.append(f"[exit {run.returncode}]\n")
    return "".join(out)


def replay(harrier, text, **more):
    """The same in a new folder."""
    harrier = os.path.abspath(harrier)
    with tempfile.TemporaryDirectory() as folder:
        copy_files(folder)
        (pathlib.Path(folder) / "build").symlink_to(pathlib.Path(harrier).parent)
        return play(folder, text, surroundings(harrier, folder, **more))


def comma_locale(folder):
    """Settings for a language with a decimal comma: installed, made here, or None."""
    listed = subprocess.run(["locale", "-a"], text=True, stdout=subprocess.PIPE).stdout
    for name in listed.split():
        if re.match(r"(de_DE|fr_FR|nl_NL|es_ES)\.utf-?8", name, re.I):
            return {"LC_ALL": name}
    try:
        made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8",
                               f"{folder}/de_DE.UTF-8"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        return None
    return {"LC_ALL": "de_DE.UTF-8", "LOCPATH": folder} if made.returncode == 0 else None


def difference(wanted, seen):
    import difflib
    return "\n".join(difflib.unified_diff(wanted.splitlines(), seen.splitlines(),
                                          "the transcript", "what came", lineterm="", n=2))


def main():
    arguments = [word for word in sys.argv[1:] if not word.startswith("--")]
    harrier, names = arguments[0], arguments[1:]
    transcripts = [path for path in sorted((HERE / "cli").glob("*.txt"))
                   if not names or path.stem in names]
    if "--bless" in sys.argv:
        for path in transcripts:
            path.write_text(replay(harrier, path.read_text()))
        return 0
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        comma = None if "--one-locale" in sys.argv else comma_locale(folder)
        for path in transcripts:
            wanted = path.read_text()
            seen = replay(harrier, wanted)
            tap.check(path.stem, seen == wanted, difference(wanted, seen))
            if comma is None:
                continue
            seen = replay(harrier, wanted, LANGUAGE="de", TZ="IST-5:30", **comma)
            tap.check(f"{path.stem}, with a decimal comma, in India", seen == wanted,
                      difference(wanted, seen))
        if comma is None:
            tap.skip("the same with a decimal comma",
                     "not asked for" if "--one-locale" in sys.argv else
                     "no such locale here, and no localedef to make one")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
