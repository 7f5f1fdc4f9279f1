#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The guard is guarded: faults are planted in a copy of the house, one at a time, and
tools/rooms.py must name each.

    tests/rooms_test.py ROOT CC libharrier.a libharrier-store.a libharrier-faces.a
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

# What is planted, where, and what must be said. Objects are compiled and put into a copy of
# the archive, so that the symbols are looked at and not only the text.
FAULTS = [
    ("an include of a higher room's door", "src/num/planted.c",
     '#include "harrier/clean.h"\n', "num may not include harrier/clean.h"),
    ("an include of another room's private header", "src/clean/planted.c",
     '#include "../decode/format.h"\n', "clean may not include ../decode/format.h"),
    ("a private header without the way to it", "src/clean/planted.h",
     '#include "format.h"\n', "clean may not include format.h"),
    ("a door that includes a higher door", "include/harrier/num.h",
     '#include "harrier/store.h"\n', "num may not include harrier/store.h"),
    ("a test that looks behind the doors", "tests/planted_test.c",
     '#include "../src/decode/format.h"\n', "tests may not include ../src/decode/format.h"),
    ("a folder that is no room", "src/attic/planted.c", "", "src/attic: not a room"),
    ("a door without a room", "include/harrier/attic.h", "", "attic.h: a door without a room"),
    ("a name that says nothing", "src/num/utils.c", "", "src/num/utils.c: a name"),
    ("printf with a point", "src/num/planted.c",
     'static const char *const point = "%6.2f";\n', "prints a number with a point"),
    ("a hand-written extern that calls up", "src/base/planted.c",
     "int har_geodesic(void);\nint har_planted(void);\n"
     "int har_planted(void) { return har_geodesic(); }\n",
     "base calls up to num: har_geodesic"),
    ("a call past a door", "src/decode/planted.c",
     "int secret_of_num(void);\nint har_planted(void);\n"
     "int har_planted(void) { return secret_of_num(); }\n",
     "decode calls secret_of_num of num past its door"),
    ("the clock", "src/num/planted.c",
     "#include <time.h>\nlong har_planted(void);\n"
     "long har_planted(void) { return (long)time(0); }\n", "num is pure but calls time"),
    ("the environment", "src/num/planted.c",
     "#include <stdlib.h>\nchar *har_planted(void);\n"
     'char *har_planted(void) { return getenv("HOME"); }\n', "num is pure but calls getenv"),
    ("a file", "src/decode/planted.c",
     "#include <stdio.h>\nvoid *har_planted(void);\n"
     'void *har_planted(void) { return fopen("x", "r"); }\n', "decode is pure but calls fopen"),
    ("a static counter", "src/num/planted.c",
     "int har_planted(void);\n"
     "int har_planted(void) { static int count; return ++count; }\n",
     "num is pure but keeps 4 bytes in .bss"),
    ("a writable table", "src/num/planted.c",
     "int har_planted[2] = {1, 2};\n", "num is pure but keeps 8 bytes in .data"),
    ("a counter for each thread", "src/num/planted.c",
     "int har_planted(void);\n"
     "int har_planted(void) { static _Thread_local int count; return ++count; }\n",
     "num is pure but keeps 4 bytes in .tbss"),
    ("a promise that no room keeps", "include/harrier/num.h",
     "int har_planted(int x);\n", "num.h: promises har_planted"),
]
# Must not be taken for a fault.
HARMLESS = [
    ("a constant table of pointers", "src/num/planted.c",
     'const char *const planted[] = {"a", "b"};\n'),
    ("a comment that speaks of %f and #include", "src/num/planted.c",
     '/* "%f" is for others\n#include "harrier/store.h"\n*/\n'),
]


class Copy:
    """A copy of the house in a folder of its own; spoil it and ask the guard."""

    def __init__(self, root, compiler, archives, folder):
        self.root, self.compiler = pathlib.Path(folder), compiler
        for part in ("src", "include"):
            shutil.copytree(root / part, self.root / part)
        (self.root / "tests").mkdir()
        # Only the first is spoilt; one that is never installed holds but the paths of objects.
        self.archives = [shutil.copy(archives[0], self.root), *archives[1:]]
        self.guard = root / "tools/rooms.py"

    def plant(self, path, text):
        target = self.root / path
        target.parent.mkdir(exist_ok=True)
        with target.open("a") as out:
            out.write(text)

    def compile(self, path):
        thing = self.root / (path.replace("/", "_") + ".o")
        subprocess.run([*self.compiler.split(), "-std=c17", "-fPIC", "-O1", "-I",
                        self.root / "include", "-c", self.root / path, "-o", thing], check=True)
        subprocess.run(["ar", "r", self.archives[0], thing], check=True,
                       stderr=subprocess.DEVNULL)

    def ask(self):
        return subprocess.run([sys.executable, self.guard, "--root", self.root, *self.archives],
                              text=True, stdout=subprocess.PIPE).stdout


def main():
    root, compiler, archives = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    tap = Tap()

    def ask_with(*plants):
        with tempfile.TemporaryDirectory() as folder:
            copy = Copy(root, compiler, archives, folder)
            for path, text in plants:
                copy.plant(path, text)
                if path.endswith(".c") and ";" in text:
                    copy.compile(path)
            return copy.ask()

    before = ask_with()
    new = lambda said: "\n".join(set(said.splitlines()) - set(before.splitlines()))
    secret = ("src/num/secret.c", "int secret_of_num(void);\n"
              "int secret_of_num(void) { return 1; }\n")
    for name, path, text, wanted in FAULTS:
        plants = [secret, (path, text)] if "secret_of_num" in text else [(path, text)]
        said = ask_with(*plants)
        tap.check(f"{name} is reported", wanted in said and wanted not in before,
                  f"wanted: {wanted}\nsaid: {new(said)}")
    for name, path, text in HARMLESS:
        said = ask_with((path, text))
        tap.check(f"{name} is no fault", said == before, new(said))
    with tempfile.TemporaryDirectory() as folder:
        library = pathlib.Path(folder) / "libplanted.so"
        subprocess.run([*compiler.split(), "-shared", "-fPIC", "-x", "c", "-", "-o", library],
                       input="int planted(void); int planted(void) { return 1; }\n"
                       "int har_crc16(void); int har_crc16(void) { return 1; }\n",
                       text=True, check=True)
        said = subprocess.run([sys.executable, root / "tools/rooms.py", library], text=True,
                              stdout=subprocess.PIPE).stdout
        for name, wanted in [
                ("a shared library that shows more", "shows planted, which no door"),
                ("a shared library that shows less", "does not show har_decode, which"),
                ("a constant that it does not show", "does not show har_prior_elite, which"),
                ("a function without a version", "shows har_crc16 as of no version")]:
            tap.check(f"{name} is reported", wanted in said, said[-400:])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
