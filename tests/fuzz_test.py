#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fuzz/README.md has every function of the doors that is given bytes or text, with the fuzzer
that calls it, or why none does; and has no others.

    tests/fuzz_test.py ROOT
"""
import pathlib
import re
import sys

from tap import Tap

# What takes bytes or text: `struct har_bytes x`, `const char *x`, `const char *const *x`.
EATS = re.compile(r"(?:^|[(,]\s*)(?:struct har_bytes \w|const uint8_t \*?\w|const char \*(?:const \*)?\w+(?![\w\[]))")
DECLARED = re.compile(r"\b(har_\w+)\(([^;{]*)\)\s*(?:__attribute__.*)?$", re.S)


def declarations(door):
    """The functions of a door, each with the text of its parameters."""
    text = re.sub(r"/\*.*?\*/", " ", door.read_text(), flags=re.S)
    text = re.sub(r"^\s*#(?:.*\\\n)*.*$", "", text, flags=re.M)
    text = text.replace('extern "C" {', "")
    text = re.sub(r"\{[^{}]*\}", "", re.sub(r"\{[^{}]*\}", "", text))
    for statement in text.split(";"):
        statement = re.sub(r"\(\*\w+\)\([^()]*\)", "", statement) # a function to be called
        found = DECLARED.search(statement.strip())
        if found and not statement.strip().startswith("typedef"):
            yield found[1], " ".join(found[2].split())


def table(readme):
    """Function -> (fuzzer, the last column), from the rows of the table."""
    rows = {}
    for line in readme.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 3 and cells[0].startswith("`har_"):
            for name in re.findall(r"`(har_\w+)`", cells[0]):
                rows[name] = (cells[1], cells[2])
    return rows


def main():
    root, tap = pathlib.Path(sys.argv[1]), Tap()
    rows = table((root / "fuzz/README.md").read_text())
    known, eaters = set(), set()
    for door in (root / "include/harrier").glob("*.h"):
        for name, parameters in declarations(door):
            known.add(name)
            if EATS.search(parameters):
                eaters.add(name)
    tap.check("the doors have functions that eat bytes", len(eaters) > 60 and
              {"har_decode", "har_gunzip", "har_command", "har_csv_field"} <= eaters,
              ", ".join(sorted(eaters)))
    missing = sorted(eaters - rows.keys())
    tap.check("each of them is in the table", not missing, ", ".join(missing))
    gone = sorted(rows.keys() - known)
    tap.check("the table has no function that is gone", not gone, ", ".join(gone))

    sources = {path.stem: path.read_text() for path in (root / "fuzz").glob("*_fuzz.c")}
    built = (root / "fuzz/meson.build").read_text()
    wrong = []
    for name, (fuzzer, why) in rows.items():
        said = re.search(r"`(\w+_fuzz)`", fuzzer)
        if said and said[1] not in sources:
            wrong.append(f"{name}: there is no {said[1]}")
        elif said and not fuzzer.startswith("by ") and f"{name}(" not in sources[said[1]]:
            wrong.append(f"{name}: {said[1]} does not call it")
        elif not said and not fuzzer.startswith(("none: ", "by all ")):
            wrong.append(f"{name}: no fuzzer, and no word why")
    tap.check("the fuzzer of each row calls it, or it says why there is none", not wrong,
              "\n".join(wrong))
    idle = [name for name in sources if f"'{name[:-5]}'" not in built]
    tap.check("every fuzzer is built", not idle, ", ".join(idle))
    unused = [name for name in sources if not any(f"`{name}`" in row[0] for row in rows.values())]
    tap.check("every fuzzer has a row", not unused, ", ".join(unused))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
