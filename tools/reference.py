#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The reference of the libraries, made from the doors alone: what is written there is what is
read here, a page a door and one that lists them.

    tools/reference.py FOLDER DOOR.h ...      in the order of src/ROOMS
    tools/reference.py --version X.Y.Z ...    named on every page

A comment describes what stands under it, up to the next blank line; one behind a declaration
describes that. A comment with a blank line on both sides is text between them, and
`/* --- idea --- */` is a heading. Indented lines of a comment are shown as they stand. Whatever
else a door holds is a mistake, and said with its line. tests/reference_test.py holds the doors
to it that nothing public is left without a word.
"""
import html
import pathlib
import re
import sys

STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;
color:#1c1c1c;background:#fff}h1 small{font:.6em system-ui;color:#555}pre{background:#f4f4f1;
padding:.7rem .9rem;overflow-x:auto;line-height:1.4;border-radius:4px}code,pre{font-family:
ui-monospace,monospace;font-size:.9em}a{color:#14508c;text-decoration:none}a:hover{
text-decoration:underline}section{margin:1.6rem 0}nav{columns:16rem;margin:1rem 0}nav a{display:
block}td{padding:.15rem 1.2rem .15rem 0;vertical-align:top}@media(prefers-color-scheme:dark){body{
color:#e4e4e4;background:#16181a}pre{background:#222629}a{color:#8ec2ff}h1 small{color:#aaa}}"""


class Item:
    """One declaration, and the words about it."""

    def __init__(self, kind, name, text, words, line):
        self.kind, self.name, self.text, self.words, self.line = kind, name, text, words, line
        # A function and a struct may share a name.
        self.place = f"{kind}.{name}" if kind in ("struct", "enum", "union") else name


class Door:
    """A door taken apart: `parts` are ("heading", text), ("words", text) and ("items", words,
    [Item]) in the order of the file."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.name = self.path.stem
        self.parts, self.wrong = [], []
        self.brief, self.intro = "", ""
        self.read(self.path.read_text())

    def items(self):
        """Everything that is declared, and not only named."""
        return [item for part in self.parts if part[0] == "items" for item in part[2]
                if item.kind != "named"]

    def read(self, text):
        group, words, blank = [], None, True
        at, end = 0, len(text)

        def close():
            nonlocal group, words
            if group:
                self.parts.append(("items", words, group))
            elif words and not self.intro:
                self.head(words)
            elif words:
                self.parts.append(("words", words))
            group, words = [], None

        while at < end:
            line = text.count("\n", 0, at) + 1
            rest = text[at:]
            if found := re.match(r"\n[ \t]*\n\s*", rest):
                close()
            elif found := re.match(r"\s+", rest):
                pass
            elif found := re.match(r"/\* SPDX[^\n]*", rest):
                pass
            elif found := re.match(r"/\*\s*---\s*(.*?)\s*-*\s*\*/", rest):
                close()
                self.parts.append(("heading", found[1].strip(" -")))
            elif found := re.match(r"/\*.*?\*/", rest, re.S):
                said = unfold(found[0])
                if at and text[at - 1] != "\n" and group:
                    group[-1].words = said
                elif group:
                    close()
                    words = said
                else:
                    words = f"{words}\n\n{said}" if words else said
            elif found := re.match(r"#define (\w+)\(?(?:[^\n]*\\\n)*[^\n]*", rest):
                if not found[1].endswith("_H") and (body := found[0].split("/*")[0].rstrip()):
                    trailing = re.search(r"/\*(.*?)\*/", found[0])
                    group.append(Item("macro", found[1], body,
                                      trailing and unfold(trailing[0]), line))
            elif found := re.match(r"#[^\n]*|extern \"C\" \{|\}(?=\s*#endif)", rest):
                pass
            elif found := declaration(rest):
                group.append(Item(*named(found[0]), found[0], None, line))
            else:
                self.wrong.append(f"{self.path.name}:{line}: cannot be read")
                break
            at += found.end() if hasattr(found, "end") else len(found[0])
        close()

    def head(self, words):
        """The first comment: `name - what it is`, and more."""
        self.intro = words
        first, _, more = words.partition("\n\n")
        found = re.match(r"(\w+) - (.*)", first, re.S)
        if not found:
            return
        self.brief, self.intro = " ".join(found[2].split()), more or " "

    def undescribed(self):
        """Public things without a word, each with its line. A group shares its comment; of a
        struct or an enum the words may stand beside what is in it; what is only named (struct
        har_store;) is described where it is used."""
        for part in self.parts:
            if part[0] == "items" and not part[1]:
                for item in part[2]:
                    if not item.words and "/*" not in item.text and item.kind != "named":
                        yield item


def unfold(comment):
    """The text of a comment without its frame, one leading space of each line taken off."""
    lines = re.sub(r"^/\*+|\*/$", "", comment).split("\n")
    lines = [lines[0].strip()] + [re.sub(r"^\s*\* ?", "", line).rstrip() for line in lines[1:]]
    return "\n".join(lines).strip("\n")


def declaration(text):
    """The declaration at the beginning of `text`, to its semicolon."""
    depth, at = 0, 0
    while at < len(text):
        if text.startswith("/*", at):
            at = text.index("*/", at) + 2
            continue
        depth += text[at] in "{(["
        depth -= text[at] in "})]"
        if text[at] == ";" and depth == 0:
            return [text[:at + 1]]
        if depth < 0:
            return None
        at += 1
    return None


def named(text):
    """What a declaration declares: its kind and its name."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S).strip()
    if found := re.match(r"(?:typedef )?(struct|enum|union) ?(\w*)\s*\{", bare):
        last = re.search(r"\}\s*(\w+)\s*;$", bare)
        first = re.search(r"\{\s*(\w+)", bare)
        return found[1], (last and last[1]) or found[2] or first[1]
    if re.match(r"(typedef )?(struct|enum) \w+( \w+)?;$", bare):
        return "named", ""
    if bare.startswith("typedef"):
        found = re.search(r"(?:\(\s*\*?\s*)?(\w+)\)?\s*(?:\([^;]*\))?;$", bare)
        return "type", found[1]
    found = re.search(r"(\w+)\s*\(", re.sub(r"__attribute__.*", "", bare, flags=re.S))
    if found:
        return "function", found[1]
    return "object", re.search(r"(\w+)\s*(?:\[[^]]*\])*;$", bare)[1]


class Pages:
    def __init__(self, doors, version):
        self.doors, self.version = doors, version
        self.home = {}
        for door in doors:
            for item in door.items():
                where = f"{door.name}.html#{item.place}"
                self.home[item.place] = where
                self.home.setdefault(item.name, where)
                if item.kind == "enum":
                    for value in re.findall(r"\bHAR_\w+", item.text):
                        self.home.setdefault(value, where)

    def linked(self, text):
        """Escaped, and every public name a link to where it is described."""
        def link(found):
            where = self.home.get(f"{found[1]}.{found[2]}" if found[1] else found[2])
            return f'<a href="{where}">{found[0]}</a>' if where else found[0]
        return re.sub(r"\b(?:(struct|enum) )?((?:har|HAR)_\w+)", link,
                      html.escape(text, quote=False))

    def prose(self, words):
        out = []
        for block in re.split(r"\n\n+", words.strip("\n")):
            lines = block.split("\n")
            while lines:
                shown = lines[0].startswith("  ")
                take = 0
                while take < len(lines) and lines[take].startswith("  ") == shown:
                    take += 1
                text = self.linked("\n".join(lines[:take]))
                text = text if shown else re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
                out.append(f"<pre>{text}</pre>" if shown else f"<p>{text}</p>")
                lines = lines[take:]
        return "\n".join(out)

    def door(self, door):
        out = [f"<h1>{door.name} <small>{self.linked(door.brief)}</small></h1>",
               f'<p><code>#include "harrier/{door.name}.h"</code></p>', self.prose(door.intro),
               "<nav>", *(f'<a href="#{item.place}"><code>{item.name}</code></a>'
                          for item in door.items()), "</nav>"]
        for part in door.parts:
            if part[0] == "heading":
                out.append(f"<h2>{self.linked(part[1])}</h2>")
            elif part[0] == "words":
                out.append(self.prose(part[1]))
            else:
                out.append("<section>")
                out.append(self.prose(part[1]) if part[1] else "")
                for item in part[2]:
                    place = f' id="{item.place}"' if item.place else ""
                    out.append(f"<pre{place}>{self.linked(item.text)}</pre>")
                    out.append(self.prose(item.words) if item.words else "")
                out.append("</section>")
        return self.page(f"{door.name} - Harrier", [
            '<p><a href="index.html">Harrier, the reference</a></p>', *out])

    def index(self):
        rows = [f'<tr><td><a href="{door.name}.html"><code>{door.name}</code></a></td>'
                f"<td>{self.linked(door.brief)}</td></tr>" for door in self.doors]
        named = [(item, door) for door in self.doors for item in door.items()
                 if item.kind in ("function", "struct")]
        count = sum(item.kind == "function" for item, _ in named)
        return self.page("Harrier, the reference", [
            "<h1>Harrier, the reference <small>" + self.version + "</small></h1>",
            f"<p>{len(self.doors)} doors, {count} functions, lowest floor first. A room uses the "
            "doors above it in this list and no others.</p>", "<table>", *rows, "</table>",
            "<h2>Every function and struct</h2>", "<nav>",
            *(f'<a href="{door.name}.html#{item.place}"><code>{item.name}</code></a>'
              for item, door in sorted(named, key=lambda pair: pair[0].name)),
            "</nav>"])

    def page(self, title, body):
        text = "\n".join(line for line in body if line)
        return (f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
                f'<meta name="viewport" content="width=device-width">\n'
                f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n{text}\n</html>\n")


def main():
    arguments = sys.argv[1:]
    version = ""
    if arguments[0] == "--version":
        version, arguments = arguments[1], arguments[2:]
    folder = pathlib.Path(arguments[0])
    doors = [Door(path) for path in arguments[1:]]
    wrong = [sentence for door in doors for sentence in door.wrong]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for page in folder.glob("*.html"):
        page.unlink()
    pages = Pages(doors, version)
    for door in doors:
        (folder / f"{door.name}.html").write_text(pages.door(door))
    (folder / "index.html").write_text(pages.index())
    return 0


if __name__ == "__main__":
    sys.exit(main())
