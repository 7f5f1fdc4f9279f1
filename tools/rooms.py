#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the source, and the libraries if given, to src/ROOMS.

    tools/rooms.py [--root FOLDER] [libNAME.a ...] [libNAME.so ...]
    tools/rooms.py --map FILE pure|worldly   writes what the doors of those rooms promise, as a
                                             linker's version script
    tools/rooms.py --list pure|worldly|faces   the rooms of src/ROOMS that have a door, for Meson

1. The list, the folders of src/ and the doors of include/harrier/ name the same rooms.
2. A file includes doors of lower rooms and private headers of its own room; tests, fuzzers and
   benchmarks see doors only.
3. A room calls downward only, whatever it includes, and only what a door declares. What a door
   promises exists. A shared library shows what the doors of its rooms promise, under the
   version of the interface, and nothing else.
4. A pure room calls nothing but the arithmetic and memory of the C library (a list below, so
   that whatever is not on it is a finding), keeps no writable memory, and formats no number
   with a point through printf, which would obey the locale.

Needs ordinary objects: under sanitizers they call more, under -Dunity=on nothing tells which
room they came from.
"""
import argparse
import pathlib
import re
import subprocess
import sys

# What any pure room may ask of the C library and the compiler.
PURE_CALLS = set(
    """memchr memcmp memcpy memmove memset strchr strcmp strlen strncmp strnlen strrchr strstr
    qsort bsearch snprintf vsnprintf __assert_fail __stack_chk_fail _GLOBAL_OFFSET_TABLE_
    acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 expm1
    fabs floor fma fmax fmin fmod frexp hypot isnan ldexp lgamma llrint llround log log10 log1p
    log2 lrint lround modf nan nearbyint pow remainder rint round scalbn sin sincos sinh sqrt
    tan tanh tgamma trunc""".split()
)
# What one room knows beyond that.
ROOM_CALLS = {
    "base": r"malloc|calloc|free",
    "decode": r"XML_\w+",
    "sheet": r"json_\w+",
    "course": r"json_\w+",
    "field": r"json_\w+",
}
WRITABLE = re.compile(r"^(\.data|\.bss|\.tdata|\.tbss)(?!\.rel\.ro)\b[\w.]*\s+([1-9]\d*)", re.M)
# Raised by a function that is new, not by one that is gone: that takes another soname.
INTERFACE = "HARRIER_1.0"
BANNED_NAMES = {"utils", "util", "common", "misc", "helpers", "internal"}
DOORS_ONLY = ("tests", "fuzz", "bench")


def without_comments(text):
    """The text with comments blanked out, line numbers and string literals kept."""
    blank = lambda m: m[0] if m[0][0] in "\"'" else re.sub(r"[^\n]", " ", m[0])
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', blank, text,
                  flags=re.S)


class House:
    def __init__(self, root):
        self.root = root
        lines = [line for line in (root / "src/ROOMS").read_text().splitlines()
                 if line.strip() and line[0] != "#"]
        ground, top = (i for i, line in enumerate(lines) if line.startswith("---"))
        self.floor = {line.split()[0]: i for i, line in enumerate(lines)
                      if i not in (ground, top)}
        self.pure = {room for room, floor in self.floor.items() if floor < ground}
        self.faces = {room for room, floor in self.floor.items() if floor > top}
        self.doors = {path.stem: without_comments(path.read_text())
                      for path in sorted((root / "include/harrier").glob("*.h"))}
        self.wrong = []

    def report(self, sentence):
        self.wrong.append(sentence)

    def hold_list(self):
        folders = {path.name for path in (self.root / "src").iterdir() if path.is_dir()}
        for room in sorted(folders - self.floor.keys()):
            self.report(f"src/{room}: not a room of src/ROOMS")
        for room in sorted(self.floor.keys() - folders):
            self.report(f"src/ROOMS: {room} has no folder")
        for door in sorted(self.doors.keys() - self.floor.keys()):
            self.report(f"include/harrier/{door}.h: a door without a room")
        for path in sorted((self.root / "src").glob("*/*.[ch]")):
            if path.stem in BANNED_NAMES:
                self.report(f"{path.relative_to(self.root)}: a name that says nothing")

    def hold_includes(self):
        rooms = sorted([*self.root.glob("src/*/*.[ch]"),
                        *self.root.glob("include/harrier/*.h")])
        for path in rooms:
            door = path.parent.name == "harrier"
            self.hold_file(path, path.stem if door else path.parent.name)
        for folder in DOORS_ONLY:
            for path in sorted((self.root / folder).glob("*.[ch]")):
                self.hold_file(path, None)

    def hold_file(self, path, own):
        where = path.relative_to(self.root)
        text = without_comments(path.read_text())
        for number, line in enumerate(text.splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*(?:"([^"]+)"|<(harrier/[^>]+)>)', line)
            if found and not self.may_include(path, own, found[1] or found[2]):
                self.report(f"{where}:{number}: {own or path.parent.name} may not include "
                            f"{found[1] or found[2]}")
            if own in self.pure and re.search(r'"[^"]*%[-+#0]*[\d.*]*[lL]?[aAeEfFgG]', line):
                self.report(f"{where}:{number}: {own} is pure but prints a number with a point "
                            "as the locale has it")

    def may_include(self, path, own, name):
        if "/" not in name:  # a private header, in its folder or made by the build
            return (path.parent / name).exists() or not list(self.root.glob(f"src/*/{name}"))
        found = re.fullmatch(r"harrier/(\w+)\.h", name)
        if not found or found[1] not in self.floor:
            return False
        return own is None or own == found[1] or \
            self.floor[found[1]] < self.floor.get(own, -1)

    def hold_archives(self, archives):
        home, needs = {}, []
        for archive in archives:
            listing = run("nm", "-AP", archive)
            for room, name, kind in re.findall(r"src_([a-z]+)_\S*?\]?: (\S+) (\w)", listing):
                if kind in "Uvw":
                    needs.append((room, name))
                elif kind.isupper():
                    home.setdefault(name, room)
                if kind == "C" and room in self.pure:
                    self.report(f"{room} is pure but shares the writable {name}")
            self.hold_memory(archive)
        for room, name in sorted(set(needs)):
            self.hold_call(room, name, home)
        self.hold_promises(home)

    def hold_call(self, room, name, home):
        owner = home.get(name)
        if owner == room or room not in self.floor:
            return
        if owner:
            if self.floor.get(owner, -1) > self.floor[room]:
                self.report(f"{room} calls up to {owner}: {name}")
            elif not self.declares(owner, name):
                self.report(f"{room} calls {name} of {owner} past its door")
        elif name.startswith("har_"):
            self.report(f"{room} calls {name}, which no room keeps")
        elif room in self.pure:
            plain = re.sub(r"^__(\w+)_chk$", r"\1", name)
            known = plain in PURE_CALLS or re.fullmatch(ROOM_CALLS.get(room, "(?!)"), plain)
            if not known:
                self.report(f"{room} is pure but calls {name}")

    def hold_memory(self, archive):
        for part in run("size", "-A", archive).split("\n\n"):
            room = re.search(r"src_([a-z]+)_", part)
            for section, size in WRITABLE.findall(part):
                if room and room[1] in self.pure:
                    self.report(f"{room[1]} is pure but keeps {size} bytes in {section} "
                                f"({part.split()[0]})")

    def hold_promises(self, home):
        if not home:
            return
        for door in self.doors:
            for name in self.promised(door):
                if name not in home:
                    self.report(f"include/harrier/{door}.h: promises {name}, and no room keeps "
                                "it")
                elif home[name] != door:
                    self.report(f"include/harrier/{door}.h: declares {name}, which lives in "
                                f"{home[name]}")

    def promised(self, door):
        """The functions and constants that a door declares, by name."""
        flat = re.sub(r"^\s*#.*(?:\\\n.*)*$|typedef[^;{]*;", "", self.doors[door], flags=re.M)
        functions = re.findall(r"[\w*]\s+\**(har_\w+)\s*\((?=[^;{]*;)", flat)
        constants = [name for declared in re.findall(r"\bextern\s+([^;({]*);", flat)
                     for name in re.findall(r"(har_\w+)(?:\[\w*\])?\s*(?:,|\Z)", declared)]
        return sorted({*functions, *constants})

    def rooms_of(self, kind):
        """pure, worldly or faces: those that have a door, lowest first."""
        among = {"pure": self.pure, "faces": self.faces}.get(
            kind, self.floor.keys() - self.pure - self.faces)
        return [room for room in self.floor if room in self.doors and room in among]

    def write_map(self, path, kind):
        names = "".join(f"        {name};\n" for room in self.rooms_of(kind)
                        for name in self.promised(room))
        path.write_text(f"{INTERFACE} {{\n    global:\n{names}    local:\n        *;\n}};\n")

    def hold_shared(self, library):
        name = pathlib.Path(library).name
        kind = "worldly" if "-store" in name else "pure"
        promised = {symbol for room in self.rooms_of(kind) for symbol in self.promised(room)}
        shown = {}
        for line in run("nm", "-DP", "--with-symbol-versions", "--defined-only",
                        library).splitlines():
            symbol, at, version = line.split()[0].partition("@@")
            if symbol != INTERFACE:
                shown[symbol.partition("@")[0]] = version
        for symbol in sorted(shown.keys() - promised):
            self.report(f"{name} shows {symbol}, which no door of its rooms declares")
        for symbol in sorted(promised - shown.keys()):
            self.report(f"{name} does not show {symbol}, which a door promises")
        for symbol in sorted(promised & shown.keys()):
            if shown[symbol] != INTERFACE:
                self.report(f"{name} shows {symbol} as of {shown[symbol] or 'no version'}, not "
                            f"{INTERFACE}")

    def declares(self, room, name):
        return re.search(rf"\b{re.escape(name)}\b", self.doors.get(room, "")) is not None


def run(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--map", nargs=2, metavar=("FILE", "KIND"))
    parser.add_argument("--list", choices=["pure", "worldly", "faces"])
    parser.add_argument("library", nargs="*")
    arguments = parser.parse_args()
    house = House(arguments.root)
    if arguments.map:
        house.write_map(pathlib.Path(arguments.map[0]), arguments.map[1])
        return 0
    if arguments.list:
        print(*house.rooms_of(arguments.list))
        return 0
    house.hold_list()
    house.hold_includes()
    archives = [name for name in arguments.library if name.endswith(".a")]
    house.hold_archives(archives)
    for library in arguments.library:
        if library not in archives:
            house.hold_shared(library)
    print("\n".join(house.wrong) or f"{len(house.floor)} rooms, one direction")
    return bool(house.wrong)


if __name__ == "__main__":
    sys.exit(main())
