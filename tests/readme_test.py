#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The program in the README is what it says: the build compiles it as it stands there, and
what it prints on tests/files/easy-run.fit is what the README shows below it.

    tests/readme_test.py --extract README.md OUT.c
    tests/readme_test.py README.md PROGRAM
"""
import pathlib
import re
import subprocess
import sys

from tap import Tap


def blocks(readme):
    """The program, and what is shown below it."""
    text = pathlib.Path(readme).read_text()
    found = re.search(r"```c\n(.*?)```.*?```text\n(.*?)```", text, re.S)
    return found[1], found[2]


def main():
    if sys.argv[1] == "--extract":
        pathlib.Path(sys.argv[3]).write_text(blocks(sys.argv[2])[0])
        return 0
    readme, program = sys.argv[1:3]
    sample = pathlib.Path(readme).parent / "tests/files/easy-run.fit"
    run = subprocess.run([program, sample], text=True, stdout=subprocess.PIPE)
    tap = Tap()
    tap.check("the README's program prints what the README shows",
              run.returncode == 0 and run.stdout == blocks(readme)[1],
              f"status {run.returncode}\n{run.stdout}")
    tap.check("it says so when there is no file", subprocess.run([program]).returncode == 2)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
