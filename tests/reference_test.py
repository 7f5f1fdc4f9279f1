#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing public is left without a word: every function, struct, enum and macro of a door has a
comment that tools/reference.py finds, and the pages it makes lead nowhere that is not there.

    tests/reference_test.py ROOT ROOM ...
"""
import pathlib
import re
import sys
import tempfile

from tap import Tap


def lost(folder):
    """Links of the pages in `folder` that lead to no page or to no place in it."""
    places = {page.name: set(re.findall(r'id="([^"]+)"', page.read_text()))
              for page in folder.glob("*.html")}
    for page in sorted(folder.glob("*.html")):
        for where in re.findall(r'href="([^"]+)"', page.read_text()):
            name, _, place = where.partition("#")
            name = name or page.name
            if name not in places or place and place not in places[name]:
                yield f"{page.name}: {where}"


def twice(folder):
    for page in sorted(folder.glob("*.html")):
        places = re.findall(r'id="([^"]+)"', page.read_text())
        yield from (f"{page.name}: {place}" for place in places if places.count(place) > 1)


def planted(reference, folder):
    """What the reader finds in a door with one thing left bare."""
    door = pathlib.Path(folder) / "x.h"
    door.write_text("/* x - a door. */\n\n/* Said. */\nint har_said(void);\n\n"
                    "struct har_bare {\n    int a;\n};\n\nint har_bare(int (*f)(int));\n")
    return [(item.kind, item.name, item.line) for item in reference.Door(door).undescribed()]


def main():
    root, rooms = pathlib.Path(sys.argv[1]), sys.argv[2:]
    sys.path.insert(0, str(root / "tools"))
    import reference
    tap = Tap()
    doors = [reference.Door(root / f"include/harrier/{room}.h") for room in rooms]
    for door in doors:
        bare = [f"{door.path.name}:{item.line}: {item.kind} {item.name} has no comment"
                for item in door.undescribed()]
        tap.check(f"{door.name}.h says what everything is", door.brief and not door.wrong + bare,
                  "\n".join([*door.wrong, *bare, door.brief or "it does not say what it is"]))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        seen = planted(reference, folder)
        tap.check("what has no comment is found",
                  seen == [("struct", "har_bare", 6), ("function", "har_bare", 10)], str(seen))
        pages = reference.Pages(doors, "")
        for door in doors:
            (folder / f"{door.name}.html").write_text(pages.door(door))
        (folder / "index.html").write_text(pages.index())
        tap.check("every link leads somewhere", not list(lost(folder)), "\n".join(lost(folder)))
        tap.check("every place is one place", not list(twice(folder)), "\n".join(twice(folder)))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
