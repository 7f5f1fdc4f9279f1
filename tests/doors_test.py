#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each door opens alone: as C17 and, where there is a compiler for it, as C++17.

    tests/doors_test.py ROOT CC [CXX]
"""
import pathlib
import subprocess
import sys

from tap import Tap

STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


def main():
    root, compilers = pathlib.Path(sys.argv[1]), sys.argv[2:]
    tap = Tap()
    for door in sorted((root / "include/harrier").glob("*.h")):
        # Twice: the guard against a second inclusion is tried as well.
        text = f'#include "harrier/{door.name}"\n' * 2
        for language, standard, i in (("c", "c17", 0), ("c++", "c++17", 1)):
            name = f"{door.stem}.h alone as {standard.upper()}"
            if i >= len(compilers):
                tap.skip(name, "no C++ compiler here")
                continue
            tried = subprocess.run(
                [*compilers[i].split(), f"-std={standard}", "-x", language, *STRICT, "-I",
                 root / "include", "-"],
                input=text, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            tap.check(name, tried.returncode == 0, tried.stdout)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
