#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The documents are true: README, CHANGELOG, CONTRIBUTING, fuzz/README and docs/.

    tests/docs_test.py HARRIER [CC] [--bless] [DOCUMENT ...]
    tests/docs_test.py --extract README.md OUT.c      writes the README's program

A ```console block is run as it stands: its commands in the order of the document, all in one
folder, and what it shows is what comes out; --bless writes it anew. A block with a file's name
behind its language (```c pace.c) is that file, and lies in the folder for the commands after it.
tests/files, the program as build/harrier and as harrier, and the libraries for pkg-config are at
hand there; a HARRIER that is installed is alone, with what LD_LIBRARY_PATH and PKG_CONFIG_* say.
The models' pages begin where docs/models/README.md ends.

What cannot be run here stands in ```sh blocks or in the text. Every harrier command there has a
command and options that exist, every `make` a target, every test a name; every file named, every
link and its place in the page exists; a number that a table gives with
`tests/NAME_test.c:FUNCTION` stands in that test, and the test is run; a model's page has all parts
that their index promises; and what bench/numbers.tsv names is there.
"""
import concurrent.futures
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import transcripts
from tap import Tap

ROOT = pathlib.Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^```(\w*)(?: +(\S+))?\n(.*?)^```$", re.S | re.M)
ROOM = 1 << 30
FOLDERS = "bench|data|docs|fuzz|include|src|tests|tools|web"


def documents():
    return [*(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md",
                                       "fuzz/README.md")),
            *sorted((ROOT / "docs").glob("**/*.md"))]


def called(path):
    return str(path.relative_to(ROOT))


# --- running what is shown ---------------------------------------------------------------------


class Stage:
    """The program and libraries of one build, and what a user of them has around."""

    def __init__(self, harrier, compiler):
        self.harrier = os.path.abspath(harrier)
        self.build = pathlib.Path(self.harrier).parent
        self.installed = not (self.build / "meson-uninstalled").is_dir()
        # In memory where there is room: nothing of it is to last.
        memory = "/dev/shm"
        room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
        self.place = tempfile.mkdtemp(dir=memory if room else None)
        # `cc` in a document is the compiler of this build, with what its libraries need.
        name, *flags = compiler.split()
        compiler = " ".join([shutil.which(name) or name, *flags])
        tool = pathlib.Path(self.place) / "cc"
        tool.write_text(f'#!/bin/sh\nexec {compiler} -Wall -Wextra -Werror "$@"\n')
        tool.chmod(0o755)

    def folder(self, like=None):
        """A new folder; `like` another one, if one is given."""
        folder = tempfile.mkdtemp(dir=self.place)
        if like:
            shutil.copytree(like, folder, symlinks=True, dirs_exist_ok=True)
            return folder
        if self.installed:  # and nothing of the sources is around
            return folder
        transcripts.copy_files(folder)
        (pathlib.Path(folder) / "tests").mkdir()
        (pathlib.Path(folder) / "tests/files").symlink_to("../files")
        (pathlib.Path(folder) / "build").symlink_to(self.build)
        return folder

    def around(self, folder):
        libraries = {"LD_LIBRARY_PATH": str(self.build),
                     "PKG_CONFIG_PATH": str(self.build / "meson-uninstalled")}
        if self.installed:
            libraries = {name: os.environ[name] for name in
                         (*libraries, "PKG_CONFIG_SYSROOT_DIR") if name in os.environ}
        around = transcripts.surroundings(self.harrier, folder, **libraries)
        return {**around, "PATH": f"{self.place}:{around['PATH']}"}

    def close(self):
        shutil.rmtree(self.place)


def written_anew(stage, folder, path):
    """A document as it would be written now, its commands having left `folder` as they do."""
    def block(found):
        language, name, text = found.groups()
        if name:
            (pathlib.Path(folder) / name).write_text(text)
        if language != "console":
            return found[0]
        return f"```console\n{transcripts.play(folder, text, stage.around(folder))}```"
    return FENCE.sub(block, path.read_text())


def play_all(stage, paths):
    """Every document as it would be written now. Those with a README.md in their folder, below
    docs/, begin where that one ends."""
    models = ROOT / "docs/models/README.md"
    seen = {}
    first = stage.folder()
    if any(path.parent == models.parent for path in paths):
        seen[models] = written_anew(stage, first, models)

    def play(path):
        folder = stage.folder(first if path.parent == models.parent else None)
        text = written_anew(stage, folder, path)
        shutil.rmtree(folder)
        return path, text
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        seen.update(pool.map(play, [path for path in paths if path != models]))
    return seen


# --- what is said without being run ------------------------------------------------------------


class Commands:
    """What `harrier help` says there is."""

    def __init__(self, harrier):
        self.harrier = harrier
        listed = self.help().split("Commands:\n")[1].split("\n\n")[0]
        self.options = {}
        for line in listed.splitlines():
            words = []
            for word in re.match(r"  (?! )(.*?)(?:  |$)", line)[1].split() if line[2] != " " else []:
                if not re.fullmatch(r"[a-z0-9]+", word):
                    break
                words.append(word)
            if words and words != ["help"]:
                self.options[tuple(words)] = self.listed(*words)
        self.options["help",] = self.listed()

    def help(self, *words):
        return subprocess.run([self.harrier, "help", *words], text=True, check=True,
                              stdout=subprocess.PIPE).stdout

    def listed(self, *words):
        """The options of a command, each with whether a value goes with it."""
        found = re.findall(r"^  (--[\w-]+)(?: (\S))?", self.help(*words), re.M)
        return {name: bool(value) for name, value in found}

    def wrong(self, words):
        """What is wrong with the words behind `harrier`, or nothing."""
        every = {name: value for has in self.options.values() for name, value in has.items()}
        plain, asked, value = [], [], False
        for word in words:
            if re.match(r"--\w", word):
                asked.append(word.split("=")[0])
                value = "=" not in word and every.get(word, False)
            elif value:
                value = False
            else:
                plain.append(word)
        command = max((name for name in self.options if tuple(plain[:len(name)]) == name),
                      key=len, default=())
        family = len(plain) == 1 and any(name[0] == plain[0] for name in self.options)
        if plain and not command and not family:
            return f"harrier {' '.join(words)}: there is no such command"
        has = self.options.get(command, every)
        return "; ".join(f"harrier {' '.join(command)} has no {option}"
                         for option in asked if option not in has)


def commands_of(line):
    """The words behind each `harrier` of a line of the shell."""
    cut = shlex.shlex(line, posix=True, punctuation_chars="|&;()<>")
    cut.whitespace_split = True
    words = []
    for word in [*cut, ";"]:
        if re.fullmatch(r"[|&;()<>]+", word):
            if any(re.fullmatch(r"(\S*/)?harrier", w) for w in words):
                at = next(i for i, w in enumerate(words) if re.fullmatch(r"(\S*/)?harrier", w))
                yield words[at + 1:]
            words = []
        else:
            words.append(word)


def spans_of(text):
    """Code within the text: `like this`."""
    return [" ".join(span.split()) for span in
            re.findall(r"`([^`]+)`", FENCE.sub("", text))]


def untrue_commands(text, commands):
    for language, _, block in FENCE.findall(text):
        if language == "sh":
            for line in block.replace("\\\n", " ").splitlines():
                for words in commands_of(line):
                    yield commands.wrong(words)
    every = set().union(*commands.options.values())
    for span in spans_of(text):
        span = span.replace("\\|", "|")
        if found := re.match(r"(?:build/)?harrier(?: (.*))?$", span):
            yield commands.wrong([word for word in (found[1] or "").split() if word != "..."])
        elif span.startswith("--"):
            for option in re.findall(r"(?:^|\s)(--[\w-]+)", span):
                yield "" if option in every else f"no command has {option}"


def untrue_targets(text):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    tests = re.findall(r"test\('([\w-]+)'", (ROOT / "tests/meson.build").read_text())
    tests += [path.stem.removesuffix("_test") for path in ROOT.glob("tests/*_test.c")]
    for span in spans_of(text):
        if found := re.match(r"python3 tools/check\.py build ([\w -]+)$", span):
            yield from (f"there is no test {name}" for name in found[1].split()
                        if name not in tests)
        if found := re.match(r"make ([a-z]+)", span):
            yield "" if found[1] in targets else f"make has no {found[1]}"


def headings(path):
    text = FENCE.sub("", path.read_text())
    for title in re.findall(r"^#+ (.*)$", text, re.M):
        yield re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def dead_links(path, text):
    for where in re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", text)):
        if re.match(r"[a-z]+:", where):
            continue
        name, _, place = where.partition("#")
        to = (path.parent / name).resolve() if name else path
        if not to.exists():
            yield f"{where} leads nowhere"
        elif place and place not in headings(to):
            yield f"{where}: no such heading"


def orphans():
    """Pages of docs/ to which no index of theirs leads."""
    for path in sorted((ROOT / "docs").glob("**/*.md")):
        index = path.parent / "README.md" if path.name != "README.md" else ROOT / "docs/README.md"
        name = os.path.relpath(path, index.parent)
        if path != index and f"]({name}" not in index.read_text():
            yield f"{called(index)} does not lead to {name}"


def missing_files(text):
    for span in spans_of(text):
        found = re.match(rf"((?:{FOLDERS})/[\w./*-]+)(?::\w+)?$", span)
        named = found and found[1].replace("NAME", "*")
        if found and not list(ROOT.glob(named)) and not list(ROOT.glob(named + ".*")):
            yield f"{span} does not exist"


def unproved_numbers(text):
    """Rows that name the test which holds their number."""
    for row in re.findall(r"^\|.*`tests/\w+\.c:\w+`.*\|$", text, re.M):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        name, test = re.search(r"`(tests/\w+\.c):(\w+)`", row).groups()
        source = (ROOT / name).read_text() if (ROOT / name).exists() else ""
        if not re.search(rf"cmocka_unit_test\w*\(\s*{test}\b", source):
            yield f"{name} runs no {test}"
        for number in re.findall(r"-?\d[\d:.]*", cells[1]):
            if not re.search(rf"(?<![\d.]){re.escape(number.lstrip('-'))}(?!\d)", source):
                yield f"{name} has no {number}: {row}"


PARTS = {"paper": r"\*\*From\*\*", "equation": r"^    \S|\| equation \|",
         "range": r"\*\*[Rr]ange\*\*", "decision": r"\*\*[Oo]urs\*\*",
         "check numbers": r"^\| check \|.*\n\|-.*\n\|", "back-test": r"^\*\*Against",
         "limits": r"^\*\*Not good for\*\*"}


def missing_parts():
    """What a page of a model lacks of what its index promises."""
    for path in sorted((ROOT / "docs/models").glob("*.md")):
        text = FENCE.sub("", path.read_text())
        if path.name != "README.md":
            yield from (f"{called(path)} has no {part}" for part, sign in PARTS.items()
                        if not re.search(sign, text, re.M))


def numbers_of_nothing():
    """Rows of the benchmark's table whose test is not there, or whose command."""
    for line in (ROOT / "bench/numbers.tsv").read_text().splitlines():
        proof = line.split("\t")[-1]
        if found := re.match(r"(tests/\w+\.c):(\w+)$", proof):
            source = ROOT / found[1]
            if not source.exists() or not re.search(rf"cmocka_unit_test\w*\(\s*{found[2]}\b",
                                                    source.read_text()):
                yield f"{found[1]} runs no {found[2]}"
        elif not line.startswith("#"):
            yield from filter(None, untrue_targets(f"`{proof}`"))


def planted(commands):
    """What is found in a page in which nothing is true."""
    text = ("```sh\nharrier rank HM --sexes M | head\n```\n[a](nowhere.md) [b](#no-such) `harrier "
            "rase list` `--no-such` `make mistakes` `python3 tools/check.py build nothing`, in `src/nowhere.c`\n"
            "| nothing | 12.34567 | `tests/num_test.c:no_such_test` |\n")
    return [sentence for sentence in [
        *untrue_commands(text, commands), *untrue_targets(text),
        *dead_links(ROOT / "README.md", text), *missing_files(text), *unproved_numbers(text)]
        if sentence]


# --- the tests ---------------------------------------------------------------------------------


def main():
    arguments = [word for word in sys.argv[1:] if word != "--bless"]
    if arguments[0] == "--extract":
        program = next(text for language, _, text in FENCE.findall(
            pathlib.Path(arguments[1]).read_text()) if language == "c")
        pathlib.Path(arguments[2]).write_text(program)
        return 0
    harrier = arguments[0]
    compiler = arguments[1] if len(arguments) > 1 else "cc"
    paths = [path for path in documents()
             if not arguments[2:] or any(word in called(path) for word in arguments[2:])]
    stage = Stage(harrier, compiler)
    try:
        seen = play_all(stage, paths)
    finally:
        stage.close()
    if "--bless" in sys.argv:
        for path, text in seen.items():
            if path in paths:
                path.write_text(text)
        return 0
    tap = Tap()
    commands = Commands(harrier)
    found = planted(commands)
    tap.check("what is not true is found", len(found) == 10, "\n".join(found))
    tap.check("an index leads to every page", not list(orphans()), "\n".join(orphans()))
    tap.check("a model's page has all its parts", not list(missing_parts()),
              "\n".join(missing_parts()))
    tap.check("the benchmark's table names what there is", not list(numbers_of_nothing()),
              "\n".join(numbers_of_nothing()))
    for path in paths:
        text = path.read_text()
        tap.check(f"{called(path)}: what is shown is what comes out", seen[path] == text,
                  transcripts.difference(text, seen[path]))
        wrong = [sentence for sentence in [
            *untrue_commands(text, commands), *untrue_targets(text), *dead_links(path, text),
            *missing_files(text), *unproved_numbers(text)] if sentence]
        tap.check(f"{called(path)}: what is named is there", not wrong, "\n".join(wrong))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
