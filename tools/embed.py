#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the files of a folder, and each one packed, as a table in C.

    tools/embed.py [FOLDER] OUT.c

Without a folder, or one without index.html, the table is empty. The same files give the same
bytes. A file whose name carries a hash (app-U26VA3ZO.js) is told to be immutable.
"""
import gzip
import pathlib
import re
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
HASHED = re.compile(r"-[0-9A-Z]{8}\.\w+$")  # as esbuild writes it
HEAD = """/* SPDX-License-Identifier: MIT */
/* The page as it was built. Written by tools/embed.py. */

#include "{header}"

"""


def array(name, data):
    lines = [", ".join(map(str, data[at:at + 20])) for at in range(0, len(data), 20)]
    return f"static const uint8_t {name}[] = {{\n" + ",\n".join(lines) + "};\n"


def files_of(folder):
    if folder is None or not (folder / "index.html").is_file():
        return []
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths:
        if path.suffix not in TYPES:
            sys.exit(f"embed: {path.name}: of what type are such files?")
    return paths


def table(folder, header):
    text, rows = [HEAD.format(header=header)], []
    for number, path in enumerate(files_of(folder)):
        plain = path.read_bytes()
        packed = gzip.compress(plain, 9, mtime=0)
        packed = packed if len(packed) < len(plain) else b""
        text.append(array(f"plain_{number}", plain or b"\0"))
        text.append(array(f"packed_{number}", packed) if packed else "")
        name = "/" + path.relative_to(folder).as_posix()
        rows.append(f'    {{"{name}", "{TYPES[path.suffix]}", '
                    f'{"true" if HASHED.search(path.name) else "false"}, '
                    f"{{plain_{number}, {len(plain)}}}, "
                    f'{{{f"packed_{number}" if packed else "0"}, {len(packed)}}}}},\n')
    text.append("const struct page_file page_files[] = {\n" +
                ("".join(rows) or "    {0}\n") + "};\n")
    text.append(f"const size_t page_file_count = {len(rows)};\n")
    return "".join(text)


def main():
    *folders, out = map(pathlib.Path, sys.argv[1:])
    folder = folders[0] if folders else None
    header = pathlib.Path(__file__).resolve().parent.parent / "src/serve/pages.h"
    out.write_text(table(folder, header.as_posix()))


if __name__ == "__main__":
    main()
