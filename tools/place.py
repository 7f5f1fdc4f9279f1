#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts the pages that the build made where they are looked for, as a script of `meson install`.

    tools/place.py PAGES MANDIR DATADIR
    tools/place.py --remove BUILD          takes away what was put there last

How many pages there are is known only once the program is built, which is too late for Meson.
"""
import os
import pathlib
import shutil
import sys

LOG = "meson-logs/placed.txt"


def targets(pages, man, data):
    for page in sorted((pages / "man").iterdir()):
        yield page, man / f"man{page.suffix[1:]}" / page.name
    completions = pages / "completions"
    yield completions / "harrier.bash", data / "bash-completion/completions/harrier"
    yield completions / "_harrier", data / "zsh/site-functions/_harrier"
    yield completions / "harrier.fish", data / "fish/vendor_completions.d/harrier.fish"


def main():
    if sys.argv[1] == "--remove":
        log = pathlib.Path(sys.argv[2]) / LOG
        for line in log.read_text().splitlines() if log.exists() else []:
            pathlib.Path(line).unlink(missing_ok=True)
        return
    prefix = pathlib.Path(os.environ["MESON_INSTALL_DESTDIR_PREFIX"])
    pages, man, data = pathlib.Path(sys.argv[1]), prefix / sys.argv[2], prefix / sys.argv[3]
    placed = []
    for source, target in targets(pages, man, data):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o644)
        placed.append(str(target))
    log = pathlib.Path(os.environ["MESON_BUILD_ROOT"]) / LOG
    log.write_text("\n".join(placed) + "\n")


if __name__ == "__main__":
    main()
