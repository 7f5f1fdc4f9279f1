#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The README is true. Its program is compiled by the build as it stands there, and prints what
is shown below it; its terminal transcript is what comes out.

    tests/readme_test.py --extract README.md OUT.c
    tests/readme_test.py README.md PROGRAM HARRIER
    tests/readme_test.py --bless README.md HARRIER      writes the transcript anew
"""
import pathlib
import re
import subprocess
import sys

import transcripts
from tap import Tap

TRANSCRIPT = re.compile(r"(?<=```console\n).*?(?=```)", re.S)


def blocks(readme):
    """The program, and what is shown below it."""
    text = pathlib.Path(readme).read_text()
    found = re.search(r"```c\n(.*?)```.*?```text\n(.*?)```", text, re.S)
    return found[1], found[2]


def main():
    if sys.argv[1] == "--extract":
        pathlib.Path(sys.argv[3]).write_text(blocks(sys.argv[2])[0])
        return 0
    if sys.argv[1] == "--bless":
        path, harrier = pathlib.Path(sys.argv[2]), sys.argv[3]
        path.write_text(TRANSCRIPT.sub(lambda shown: transcripts.replay(harrier, shown[0]),
                                       path.read_text()))
        return 0
    readme, program, harrier = sys.argv[1:4]
    sample = pathlib.Path(readme).parent / "tests/files/easy-run.fit"
    run = subprocess.run([program, sample], text=True, stdout=subprocess.PIPE)
    tap = Tap()
    tap.check("the README's program prints what the README shows",
              run.returncode == 0 and run.stdout == blocks(readme)[1],
              f"status {run.returncode}\n{run.stdout}")
    tap.check("it says so when there is no file", subprocess.run([program]).returncode == 2)
    shown = TRANSCRIPT.search(pathlib.Path(readme).read_text())[0]
    seen = transcripts.replay(harrier, shown)
    tap.check("the transcript is what comes out", seen == shown,
              transcripts.difference(shown, seen))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
