#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Manual pages and completions: all of the table of commands is in them, the tools of troff find
nothing to say, and each shell, asked in earnest, completes.

    tests/pages_test.py ROOT TABLE.json PAGES HARRIER SERVICE

PAGES is the folder that the build made of TABLE.json. A shell or a tool that is not here is
skipped with a word.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

# What is typed, and what a shell must and must not offer for the last word.
TYPED = [
    ("", ["import", "db", "help"], ["verify", "--json"]),
    ("im", ["import"], ["list"]),
    ("db ver", ["verify"], ["backup"]),
    ("db shard ", ["add", "list"], ["verify"]),
    ("help sea", ["season"], ["list"]),
    ("race list --s", ["--since"], ["--sex", "--sport"]),
    ("--athlete db rank 1500 --se", ["--sex"], ["--seed"]),
    ("rank 1500 --sex ", ["M", "F"], ["--sex", "rank"]),
    ("--color al", ["always"], ["never", "list"]),
    ("report --html sea", ["season.html"], ["season"]),
    ("--db sea", ["season.html"], ["season"]),
    ("decode sea", ["season.html"], ["season"]),
    ("report --quiet=", [], ["import"]),
    ("show 12 ", [], ["import", "list"]),
]
# zsh's own completion is told in its place, so that the function can be called from outside.
ZSH = r"""
fpath=($1 $fpath)
autoload -U _harrier
_describe() { print -rl -- "${(@)reply%%:*}" }
_files() { print -rl -- *(N) }
_message() { : }
compadd() { shift; print -rl -- "$@" }
compset() { : }
shift
words=("$@")
CURRENT=$#
_harrier
"""
BASH = r"""
source "$1"; shift
complete -p harrier >/dev/null || exit 1
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"$(complete -p harrier | sed 's/.*-F \([^ ]*\).*/\1/')" harrier
printf '%s\n' "${COMPREPLY[@]}"
"""


def run(*command, **more):
    return subprocess.run([str(word) for word in command], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def shown(page):
    """What a reader of the page sees, without its layout."""
    said = run("mandoc", "-T", "utf8", page) if shutil.which("mandoc") else \
        run("man", "-l", "-E", "UTF-8", page)
    return re.sub(r".\x08", "", said.stdout)


def is_said(name, text):
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)


def hold_pages(tap, table, folder):
    if not shutil.which("mandoc") and not shutil.which("man"):
        tap.skip("manual pages", "neither mandoc nor man here")
        return
    main, missing = shown(folder / "harrier.1"), []
    for row in table["commands"]:
        page = folder / f"harrier-{row['name'].replace(' ', '-')}.1"
        text = shown(page) if page.exists() else ""
        missing += [f"{page.name}: {option}" for option in row["options"]
                    if not is_said(option, text)]
        missing += [f"{page.name}: {line}" for line in row["examples"].splitlines()
                    if line.strip() not in text]
        if not is_said(f"harrier-{row['name'].replace(' ', '-')}", main):
            missing.append(f"harrier.1: {row['name']}")
    tap.check("every command and every option of it has its manual", not missing,
              "\n".join(missing))
    pages = len(list(folder.glob("*.1")))
    tap.check("no page is of a command that is gone", pages == len(table["commands"]) + 1,
              f"{pages} pages")


def hold_doors(tap, root, folder):
    text = (folder / "harrier.3").read_text()
    missing = [door.name for door in (root / "include/harrier").glob("*.h")
               if f"harrier/{door.name}" not in text]
    # The doors of the program's own rooms are no part of the libraries.
    faces = run(sys.executable, root / "tools/rooms.py", "--list", "faces").stdout.split()
    tap.check("harrier(3) has every door", sorted(missing) == sorted(f"{name}.h" for name in
              faces), " ".join(missing))


def lint(tap, folder):
    pages = sorted(folder.glob("*.[13]"))
    if shutil.which("mandoc"):
        said = run("mandoc", "-T", "lint", "-W", "warning", *pages).stdout
        tap.check("mandoc has nothing to say of the pages", not said, said[:2000])
    else:
        tap.skip("the pages before mandoc", "no mandoc here")
    if shutil.which("groff"):
        said = run("groff", "-ww", "-mandoc", "-T", "utf8", *pages).stderr
        tap.check("groff has nothing to say of the pages", not said, said[:2000])
    else:
        tap.skip("the pages before groff", "no groff here")


def ask_bash(folder, typed, here):
    return run("bash", "--norc", "-c", BASH, "bash", folder / "harrier.bash", "harrier",
               *typed.replace("=", " =").split(" "), cwd=here)


def ask_zsh(folder, typed, here):
    said = run("zsh", "-f", "-c", ZSH, "zsh", folder, "harrier", *typed.split(" "), cwd=here)
    begun = typed.split(" ")[-1]  # zsh itself leaves out what begins otherwise
    said.stdout = "\n".join(word for word in said.stdout.split() if word.startswith(begun))
    return said


def ask_fish(folder, typed, here):
    said = run("fish", "--no-config", "-c",
               'source $argv[1]; complete -C "harrier $argv[2]"', folder / "harrier.fish", typed,
               cwd=here, env={"PATH": "/usr/bin:/bin", "HOME": str(here)})
    said.stdout = re.sub(r"\t.*", "", said.stdout)
    return said


def drive(tap, shell, ask, folder):
    if not shutil.which(shell):
        tap.skip(f"completion in {shell}", f"no {shell} here")
        return
    wrong = []
    with tempfile.TemporaryDirectory() as here:
        pathlib.Path(here, "season.html").touch()
        for typed, wanted, unwanted in TYPED:
            said = ask(folder, typed, here)
            offered = said.stdout.split()
            if said.stderr or not set(wanted) <= set(offered) or set(unwanted) & set(offered):
                wrong.append(f"{typed!r}: {' '.join(offered)} {said.stderr}")
    tap.check(f"{shell} completes commands, options, values and files", not wrong,
              "\n".join(wrong))


def hold_completions(tap, table, folder):
    """Each command and option stands in each script."""
    for name in ("harrier.bash", "_harrier", "harrier.fish"):
        text = (folder / name).read_text()
        words = {word for row in table["commands"] for word in row["name"].split(" ")}
        words |= {option["name"] for option in table["options"]}
        words = {word[2:] if name.endswith("fish") and word.startswith("--") else word
                 for word in words}
        missing = [word for word in sorted(words) if not is_said(word, text)]
        tap.check(f"{name} has every command and option", not missing, " ".join(missing))


def hold_same(tap, root, table, folder):
    with tempfile.TemporaryDirectory() as again:
        again = pathlib.Path(again)
        run(sys.executable, root / "tools/manual.py", table, root, again / "man", check=True)
        run(sys.executable, root / "tools/completions.py", table, again / "completions",
            check=True)
        differ = [str(path) for path in again.glob("*/*")
                  if path.read_bytes() != (folder / path.relative_to(again)).read_bytes()]
    tap.check("the same table gives the same bytes", not differ, " ".join(differ))


def hold_table(tap, table, harrier):
    """The table is that of the program."""
    text = run(harrier, "help").stdout
    missing = [row["name"] for row in table["commands"]
               if not re.search(rf"^  {row['name']}\b", text, re.M)]
    tap.check("the table has the commands that the program has", not missing, " ".join(missing))


def hold_service(tap, table, service):
    """The unit starts a command that there is, with options that it takes."""
    text = service.read_text()
    words = re.search(r"^ExecStart=\S+/harrier (.*)$", text, re.M)[1].split()
    row = next((row for row in table["commands"] if row["name"] == words[0]), None)
    if row is None:
        tap.skip("the systemd unit", f"no command {words[0]} here")
        return
    strange = [word for word in words[1:] if word.startswith("-") and word not in row["options"]]
    tap.check("the systemd unit starts a command with options that it takes", not strange,
              " ".join(strange))


def verify_service(tap, service, harrier):
    if not shutil.which("systemd-analyze"):
        tap.skip("the systemd unit before systemd", "no systemd-analyze here")
        return
    with tempfile.TemporaryDirectory() as folder:
        unit = pathlib.Path(folder) / "harrier.service"
        unit.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={harrier}", service.read_text()))
        said = run("systemd-analyze", "--user", "--man=no", "verify", unit,
                   env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": folder, "HOME": folder})
    about = [line for line in said.stderr.splitlines() if "harrier" in line]
    tap.check("systemd has nothing to say of the unit", not about, "\n".join(about))


def main():
    root, table_file, pages, harrier, service = (pathlib.Path(word).resolve()
                                                 for word in sys.argv[1:6])
    table = json.loads(table_file.read_text())
    man, completions = pages / "man", pages / "completions"
    tap = Tap()
    hold_table(tap, table, harrier)
    hold_same(tap, root, table_file, pages)
    hold_pages(tap, table, man)
    hold_doors(tap, root, man)
    lint(tap, man)
    hold_completions(tap, table, completions)
    drive(tap, "bash", ask_bash, completions)
    drive(tap, "zsh", ask_zsh, completions)
    drive(tap, "fish", ask_fish, completions)
    hold_service(tap, table, service)
    verify_service(tap, service, harrier)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
