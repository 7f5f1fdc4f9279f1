#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The pure rooms as one harrier.c and one harrier.h, for programs that take sources along.

    tools/amalgamate.py FOLDER [--rooms ROOM,...]

With --rooms only those and the rooms that they stand on. harrier.c compiles alone, with the C
library, expat and jansson; with -DHARRIER_NO_XML or -DHARRIER_NO_JSON without them, and then
such files are refused.

Inside its room a private name is unique, so a room is one source as it stands. Among rooms it
need not be, so a name of a room's own is written harrier_ROOM_name where the linker would see
it, or where another room has it too. What is renamed is what C calls an ordinary name, a tag or
a macro, and never a member: those are told by the dot or arrow before them, and by where they
stand in the body of a struct. Whatever this reading of C gets wrong, a compiler refuses.
"""
import argparse
import collections
import pathlib
import re

from rooms import House

ROOT = pathlib.Path(__file__).resolve().parent.parent
STAND_INS = {"expat.h": ("HARRIER_NO_XML", "no_expat.h"),
             "jansson.h": ("HARRIER_NO_JSON", "no_jansson.h")}
TOKEN = re.compile(r"""(?P<blank>/\*.*?\*/|//[^\n]*|\s+|\\\n)|(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<name>[A-Za-z_]\w*)|(?P<number>\.?\d(?:[eEpP][+-]|[\w.])*)|(?P<sign>->|\.\.\.|\#\#|.)""",
                   re.S | re.X)
KEYWORDS = set("""auto break case char const continue default do double else enum extern float
    for goto if inline int long register restrict return short signed sizeof static struct
    switch typedef union unsigned void volatile while _Alignas _Alignof _Bool _Static_assert
    bool""".split())
TAGGED = {"struct", "union", "enum"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<([^>]+)>)[^\n]*\n', re.M)


def tokens(text):
    return [(found.lastgroup, found[0]) for found in TOKEN.finditer(text)]


class Scope:
    """Walks over tokens and tells for each name what it may be: a member or not, and whether
    it is one that the file declares."""

    def __init__(self, text):
        self.all = tokens(text)
        self.solid = [i for i, (kind, _) in enumerate(self.all) if kind != "blank"]
        self.members, self.tag_places = set(), set()
        self.declared, self.linked, self.tags = set(), set(), set()
        self.read()

    def word(self, at):
        return self.all[self.solid[at]][1] if 0 <= at < len(self.solid) else ""

    def kind(self, at):
        return self.all[self.solid[at]][0] if 0 <= at < len(self.solid) else ""

    def read(self):
        bodies = []  # of the braces around: "enum", "struct" or "" for code
        parens, at, start = 0, 0, 0
        while at < len(self.solid):
            word = self.word(at)
            if word == "#" and self.starts_line(at):
                at = self.read_directive(at)
                start = at if not bodies else start
                continue
            if word == "{":
                if not bodies and self.word(at - 1) == ")":
                    self.declare(start, at)  # a function
                bodies.append(self.body_kind(at))
            elif word == "}":
                ended = bodies.pop()
                if not bodies and ended == "" and self.word(at + 1) not in ";,":
                    start = at + 1  # behind a function
            elif word in "([":
                parens += 1
            elif word in ")]":
                parens -= 1
            elif word == ";" and not bodies and not parens:
                self.declare(start, at)
                start = at + 1
            elif self.word(at - 1) in TAGGED and self.kind(at) == "name":
                self.tag_places.add(self.solid[at])
            elif self.kind(at) == "name" and self.is_member(at, bodies):
                self.members.add(self.solid[at])
            elif self.kind(at) == "name" and bodies[-1:] == ["enum"] and \
                    "" not in bodies and self.word(at - 1) in "{,":
                self.declared.add(word)
            at += 1

    def starts_line(self, at):
        before = self.all[self.solid[at] - 1] if self.solid[at] else ("blank", "\n")
        return "\n" in before[1] and before[0] == "blank"

    def read_directive(self, at):
        """Behind the directive; its macro, if it defines one, is noted."""
        if self.word(at + 1) == "define":
            self.declared.add(self.word(at + 2))
        here = self.solid[at]
        while here < len(self.all) and not (
                self.all[here][0] == "blank" and "\n" in self.all[here][1] and
                not self.all[here - 1][1].endswith("\\")):
            before = [word for kind, word in self.all[max(0, here - 2):here] if kind != "blank"]
            if self.all[here][0] == "name" and before[-1:] and before[-1] in (".", "->"):
                self.members.add(here)
            here += 1
        while at < len(self.solid) and self.solid[at] < here:
            at += 1
        return at

    def body_kind(self, at):
        for back in (at - 1, at - 2):
            if self.word(back) in TAGGED:
                return "enum" if self.word(back) == "enum" else "struct"
        return ""

    def is_member(self, at, bodies):
        before, behind = self.word(at - 1), self.word(at + 1)
        if before in (".", "->"):
            return True
        if before == "," and "offsetof" in [self.word(at - back) for back in (3, 4, 5)]:
            return True
        if bodies[-1:] != ["struct"]:
            return False
        if before == "*" and self.word(at - 2) == "(" and behind == ")":
            return True
        return behind in (";", ",", "[", ":") and before != "["

    def declare(self, start, end):
        """Notes what the declaration, or the function, between two tokens declares."""
        words = [self.word(i) for i in range(start, end)]
        if not words or words[0] == "_Static_assert":
            return
        self.note_tags(words)
        depth, names, value = 0, [], False
        for i, word in enumerate(words):
            if word in "{([":
                if depth == 0 and word == "(" and names and not value:
                    self.note(words, names[-1])
                    names, value = [], True
                depth += 1
            elif word in "})]":
                depth -= 1
            elif depth == 0 and word == "=":
                value = True
                if names:
                    self.note(words, names[-1])
                    names = []
            elif depth == 0 and word == ",":
                if names:
                    self.note(words, names[-1])
                names, value = [], False
            elif depth == 0 and not value and re.match(r"[A-Za-z_]", word) and \
                    word not in KEYWORDS and words[i - 1] not in TAGGED:
                names.append(word)
        if names:
            self.note(words, names[-1])

    def note_tags(self, words):
        for kind, tag, behind in zip(words, words[1:], words[2:] + [""]):
            if kind in TAGGED and behind == "{":
                self.tags.add(tag)

    def note(self, words, name):
        self.declared.add(name)
        if "static" not in words and "typedef" not in words:
            self.linked.add(name)

    def renamed(self, names, tags):
        def new(i, kind, word):
            if kind != "name" or i in self.members:
                return word
            return (tags if i in self.tag_places else names).get(word, word)
        return "".join(new(i, kind, word) for i, (kind, word) in enumerate(self.all))


def unguarded(text):
    """A header without the guard that it needs no longer."""
    text = re.sub(r"#ifndef (\w+_H)\n#define \1\n", "", text, count=1)
    return re.sub(r"\n#endif\n\Z", "\n", text)


def bare(path):
    return path.read_text().replace("/* SPDX-License-Identifier: MIT */\n", "", 1)


class Room:
    def __init__(self, name):
        self.name = name
        folder = ROOT / "src" / name
        self.door = bare(ROOT / f"include/harrier/{name}.h")
        self.system, taken = [], set()
        parts = [self.inlined(path, taken) for path in sorted(folder.glob("*.c"))]
        self.text = "\n".join(parts)
        self.scope = Scope(self.text)

    def inlined(self, path, taken):
        """A source with the room's private headers in it, each the first time only."""
        def replaced(found):
            quoted, system = found[1], found[2]
            if system:
                self.system.append(system)
                return ""
            if "/" in quoted or quoted in taken:
                return ""
            taken.add(quoted)
            return self.inlined(path.parent / quoted, taken)
        text = bare(path)
        return INCLUDE.sub(replaced, unguarded(text) if path.suffix == ".h" else text)

    def looks_at(self):
        """The rooms whose doors it opens."""
        folder = ROOT / "src" / self.name
        texts = [path.read_text() for path in folder.glob("*.[ch]")] + [self.door]
        found = [room for text in texts for room in re.findall(r'"harrier/(\w+)\.h"', text)]
        return set(found) - {self.name}


def with_those_below(wanted, rooms):
    taken, ahead = set(), list(wanted)
    while ahead:
        room = ahead.pop()
        if room not in taken:
            taken.add(room)
            ahead += rooms[room].looks_at()
    return taken


def system_includes(headers):
    lines = []
    for header in sorted(set(headers)):
        if header in STAND_INS:
            macro, stand_in = STAND_INS[header]
            text = unguarded(bare(ROOT / "tools/without" / stand_in)).strip()
            lines.append(f"#ifdef {macro}\n{text}\n#else\n#include <{header}>\n#endif")
        else:
            lines.append(f"#include <{header}>")
    return "\n".join(lines)


def header_of(rooms, version):
    """The doors, one behind the other, within one guard and one extern "C"."""
    system, parts = [], []
    for room in rooms:
        def kept(found):
            system.extend([found[2]] if found[2] else [])
            return ""
        text = INCLUDE.sub(kept, unguarded(room.door))
        text = re.sub(r'#ifdef __cplusplus\n(extern "C" \{|\})\n#endif\n', "", text)
        parts.append(re.sub(r"\n{3,}", "\n\n", text).strip())
    return (f"/* SPDX-License-Identifier: MIT */\n/* Harrier {version}: {describe(rooms)} "
            "Made by tools/amalgamate.py. */\n"
            f"#ifndef HARRIER_H\n#define HARRIER_H\n\n{system_includes(system)}\n\n"
            '#ifdef __cplusplus\nextern "C" {\n#endif\n\n' + "\n\n".join(parts) +
            "\n\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n")


def describe(rooms):
    return f"the rooms {', '.join(room.name for room in rooms)}."


def new_names(rooms):
    """For each room what its ordinary names and macros become, and what its tags do."""
    public = {word for room in rooms for kind, word in tokens(room.door)
              if kind == "name" and re.match(r"har_|HAR_", word)}
    holders, holders_of_tag, spoken = (collections.Counter() for _ in range(3))
    for room in rooms:
        holders.update(room.scope.declared)
        holders_of_tag.update(room.scope.tags)
        spoken.update({word for kind, word in room.scope.all if kind == "name"})
    names = {}
    for room in rooms:
        new = lambda name: f"harrier_{room.name}_{name}"
        macros = set(re.findall(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", room.text, re.M))
        names[room.name] = (
            {name: new(name) for name in room.scope.declared - public
             if name in room.scope.linked or holders[name] > 1 or
             (name in macros and spoken[name] > 1)},
            {tag: new(tag) for tag in room.scope.tags - public if holders_of_tag[tag] > 1})
    return names


def source_of(rooms, version):
    names = new_names(rooms)
    parts = [f"/* SPDX-License-Identifier: MIT */\n/* Harrier {version}: {describe(rooms)} Made "
             "by tools/amalgamate.py. */\n"
             "#ifndef _XOPEN_SOURCE\n#define _XOPEN_SOURCE 700\n#endif\n"
             '#include "harrier.h"\n',
             system_includes(header for room in rooms for header in room.system),
             "/* The same numbers everywhere. gcc does so by -std=c17. */\n"
             "#ifdef __clang__\n#pragma STDC FP_CONTRACT OFF\n#endif"]
    for room in rooms:
        text = re.sub(r"\n{3,}", "\n\n", room.scope.renamed(*names[room.name])).strip()
        line = f"/* {'=' * 30} {room.name} {'=' * 30} */"
        parts.append(f"{line}\n\n{text}")
    return "\n\n".join(parts) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rooms", help="these, and what they stand on")
    arguments = parser.parse_args()
    house = House(ROOT)
    order = [room for room in house.floor if room in house.pure]
    rooms = {name: Room(name) for name in order}
    wanted = with_those_below(arguments.rooms.split(",") if arguments.rooms else order, rooms)
    chosen = [rooms[name] for name in order if name in wanted]
    version = re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text())[1]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    (arguments.folder / "harrier.h").write_text(header_of(chosen, version))
    (arguments.folder / "harrier.c").write_text(source_of(chosen, version))


if __name__ == "__main__":
    main()
