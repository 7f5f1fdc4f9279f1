#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Manual pages from the table of commands: harrier(1), one for each command, and harrier(3).

    tools/manual.py TABLE.json ROOT FOLDER

TABLE.json is what the program `table` prints. The date on the pages is that of the release in
debian/changelog, so that the same sources give the same bytes.
"""
import email.utils
import json
import pathlib
import re
import sys

from rooms import House

EXIT = """.Bl -tag -width Ds
.It 0
done
.It 1
failed
.It 2
the words make no sense
.It 3
some inputs failed and the rest are in
.It 4
nothing found
.It 5
not enough data for an honest answer
.It 6
the store is locked, or from a newer version
.It 130
interrupted; what was begun is finished, and nothing is lost
.El"""
ENVIRONMENT = r""".Bl -tag -width XDG_DATA_HOME
.It Ev HARRIER_DB
the store, where
.Fl \-db
does not say: a file, or
.Li postgresql://HOST/NAME .
A password stands in
.Ev PGPASSWORD
or in
.Pa ~/.pgpass ,
never in the address.
.It Ev XDG_DATA_HOME
holds
.Pa harrier/harrier.db ,
the store of who says nothing else; it is
.Pa ~/.local/share
if unset
.It Ev NO_COLOR
if set, no colours, unless
.Fl \-color Cm always
.El"""
ABOUT = r"""Harrier reads what watches wrote (FIT, TCX, GPX, and whole exports of Strava and Garmin), keeps
every original byte for byte, and works out weeks, zones, best efforts, races, form, predictions
and plans.
It needs no account and opens no connection, but to a PostgreSQL server that it is
told to keep its store in.
.Pp
Options may stand before and behind the command;
.Sq \-\-
ends them.
Data go to standard output, sentences to standard error."""
LIBRARY = r"""The engine behind
.Xr harrier 1 ,
as two libraries in C17.
Their headers are doors of rooms, lowest floor first; a room uses those above it in the list.
Each header says what its functions promise, who owns what, and what comes
back when they fail.
.Pp
Memory comes from a
.Vt struct har_arena
of the caller, and has one release,
.Fn har_arena_free .
A function that can fail returns
.Vt har_status ,
and fills a
.Vt struct har_error
with a sentence if it is given one.
Units stand in names, which are those of the SI; a missing number is NaN."""


def date_of(root):
    """Of the newest release: "July 31, 2026"."""
    line = re.search(r"^ -- .*>  (.*)$", (root / "debian/changelog").read_text(), re.M)[1]
    when = email.utils.parsedate_to_datetime(line)
    return f"{when:%B} {when.day}, {when.year}"


def plain(text):
    """Words of the table as roff has to have them."""
    for sign, name in (("\\", r"\e"), ("-", r"\-"), ("'", r"\(aq"), ("`", r"\(ga"),
                       ("^", r"\(ha"), ("~", r"\(ti"), ('"', r"\(dq")):
        text = text.replace(sign, name)
    return re.sub(r"^\.", r"\&.", text, flags=re.M)


def prose(text):
    """The same, each sentence on a line of its own, as roff wants it."""
    return re.sub(r"(?<=[.?!])([)\"]*) +", r"\1\n", plain(text))


def argument(text):
    """The same on the line of a macro, where short words could be taken for macros."""
    return " ".join(r"\&" + word if re.fullmatch(r"[A-Z%][A-Za-z]{1,2}", word) or
                    re.fullmatch(r"[.,:;()\[\]?!|]+", word) else word
                    for word in plain(text).split(" "))


def operands(synopsis):
    """`MARK [FILE...]` in the words of mdoc."""
    lines = []
    for bracketed, bare in re.findall(r"\[([^\]]*)\]|([^\s\[]+)", synopsis):
        words = argument((bracketed or bare).replace("...", " ..."))
        lines.append(f".Op Ar {words}" if bracketed else f".Ar {words}")
    return lines


def dashed(name):
    return "harrier-" + name.replace(" ", "-")


def head(name, section, about, date):
    return [".\\\" Made from the table of commands by tools/manual.py.", f".Dd {date}",
            f".Dt {name.upper()} {section}", ".Os", ".Sh NAME", f".Nm {name}",
            f".Nd {argument(about)}"]


def option_list(options):
    lines = [".Bl -tag -width Ds"]
    for option in options:
        value = f" Ar {argument(option['value'])}" if option["value"] else ""
        lines += [f".It Fl {plain(option['name'][1:])}{value}", prose(option["help"])]
    return lines + [".El"]


def command_page(row, table, date):
    everywhere = [option for option in table["options"] if option["name"] in table["shared"]]
    own = [option for option in table["options"] if option["name"] in row["options"] and
           option["name"] not in table["shared"]]
    name = dashed(row["name"])
    group = row["name"].split(" ")[0]
    kin = [other["name"] for other in table["commands"]
           if other["name"].split(" ")[0] == group and other is not row]
    see = [".Xr harrier 1", *(f".Xr {dashed(other)} 1" for other in sorted(kin))]
    see = [line + " ," for line in see[:-1]] + see[-1:]
    lines = head(name, 1, row["help"], date)
    lines += [".Sh SYNOPSIS", f".Nm harrier {argument(row['name'])}", *operands(row["synopsis"]),
              ".Op Ar OPTIONS", ".Sh DESCRIPTION",
              prose(row["help"][0].upper() + row["help"][1:]) + "."]
    if own:
        lines += [".Pp", "Its options:", *option_list(own)]
    lines += [".Pp", "Those of every command:", *option_list(everywhere)]
    lines += [".Sh EXIT STATUS", EXIT, ".Sh EXAMPLES", ".Bd -literal",
              plain(row["examples"].rstrip("\n")), ".Ed", ".Sh SEE ALSO", *see]
    return name + ".1", lines


def main_page(table, date):
    lines = head("harrier", 1, "watch files in, the season on one page out", date)
    lines += [".Sh SYNOPSIS", ".Nm", ".Op Ar OPTIONS", ".Ar COMMAND ...", ".Nm", ".Cm help",
              ".Op Ar COMMAND", ".Sh DESCRIPTION", ABOUT, ".Pp", "The commands:",
              ".Bl -tag -width Ds"]
    for row in table["commands"]:
        lines += [f".It Xr {dashed(row['name'])} 1", prose(row["help"])]
    lines += [".El", ".Pp", "Options that every command takes:",
              *option_list(option for option in table["options"]
                           if option["name"] in table["shared"]),
              ".Sh ENVIRONMENT", ENVIRONMENT, ".Sh EXIT STATUS", EXIT, ".Sh EXAMPLES",
              "Everything in, then the season on one page:", ".Bd -literal -offset indent",
              plain("harrier import ~/Downloads/export.zip\nharrier report"), ".Ed", ".Pp",
              "A season to try it on:", ".Bd -literal -offset indent",
              plain("harrier demo season\nharrier --db try.db import season\n"
                    "harrier --db try.db report"), ".Ed",
              ".Sh SEE ALSO", ".Xr harrier 3"]
    return "harrier.1", lines


def library_page(root, date):
    house = House(root)
    lines = head("harrier", 3, "the engine of a distance runner, as a library", date)
    told = dict(re.findall(r"^([a-z]+) +(.*)$", (root / "src/ROOMS").read_text(), re.M))
    example = re.search(r"```c [\w.]+\n(.*?)```", (root / "README.md").read_text(), re.S)[1]
    lines += [".Sh LIBRARY", ".Li pkg-config \\-\\-cflags \\-\\-libs harrier",
              "for the rooms that touch no file, or", ".Li harrier\\-store", "for all.",
              ".Sh SYNOPSIS", ".In harrier/decode.h", ".In harrier/clean.h",
              ".In harrier/coach.h", ".Sh DESCRIPTION", LIBRARY]
    for kind, library in (("pure", "libharrier"), ("worldly", "libharrier\\-store")):
        lines += [".Ss " + library, ".Bl -tag -width Ds"]
        for room in house.rooms_of(kind):
            lines += [f".It Pa harrier/{room}.h", prose(re.sub(r" {2,}", ": ", told[room]))]
        lines.append(".El")
    lines += [".Sh EXAMPLES", ".Bd -literal", plain(example.rstrip("\n")), ".Ed",
              ".Sh SEE ALSO", ".Xr harrier 1"]
    return "harrier.3", lines


def main():
    table = json.loads(pathlib.Path(sys.argv[1]).read_text())
    root, folder = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    rows = table["commands"]
    table["shared"] = set.intersection(*(set(row["options"]) for row in rows))
    date = date_of(root)
    pages = [main_page(table, date), library_page(root, date),
             *(command_page(row, table, date) for row in rows)]
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("harrier*.[13]"):
        old.unlink()
    for name, lines in pages:
        (folder / name).write_text("\n".join(lines) + "\n")
        print(name)


if __name__ == "__main__":
    main()
