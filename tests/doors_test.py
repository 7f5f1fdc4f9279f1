#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each door opens alone: as C17 and, where there is a compiler for it, as C++17.

    tests/doors_test.py ROOT CC [CXX]
"""
import pathlib
import subprocess
import sys

from tap import Tap

LANGUAGES = [("c", "c17"), ("c++", "c++17")]
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


def main():
    root, compilers = pathlib.Path(sys.argv[1]), sys.argv[2:]
    tap = Tap()
    for door in sorted((root / "include/harrier").glob("*.h")):
        # Twice: the guard against a second inclusion is tried as well.
        text = f'#include "harrier/{door.name}"\n' * 2
        for compiler, (language, standard) in zip(compilers, LANGUAGES):
            tried = subprocess.run(
                [*compiler.split(), f"-std={standard}", "-x", language, *STRICT, "-I",
                 root / "include", "-"],
                input=text, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            tap.check(f"{door.name} alone as {standard.upper()}", tried.returncode == 0,
                      tried.stdout)
    if len(compilers) < len(LANGUAGES):
        tap.skip("the doors as C++17", "no C++ compiler here")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
