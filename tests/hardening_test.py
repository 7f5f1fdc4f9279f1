#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the compiler and the linker were asked for is in what they made.

    tests/hardening_test.py HARRIER LIBRARY.so... LIBRARY.a...
"""
import platform
import re
import shutil
import subprocess
import sys

from tap import Tap


def readelf(*words):
    return subprocess.run(["readelf", "-W", *words], text=True, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def hold_linked(tap, path, name):
    """A program or a shared library."""
    header, segments, dynamic = readelf("-h", path), readelf("-l", path), readelf("-d", path)
    calls = set(re.findall(r"\b__\w+_chk\b|\b__stack_chk_fail\b", readelf("--dyn-syms", path)))
    tap.check(f"{name} may lie anywhere in memory", re.search(r"Type:\s+DYN", header), header)
    tap.check(f"{name} has its tables read-only once it runs",
              "GNU_RELRO" in segments and re.search(r"FLAGS_1.*\bNOW\b", dynamic), dynamic)
    stack = re.search(r"GNU_STACK.*", segments)
    tap.check(f"{name} has a stack that runs nothing", stack and "RWE" not in stack[0], segments)
    writable_code = [line for line in segments.splitlines() if "LOAD" in line and "RWE" in line]
    tap.check(f"{name} has no memory both written and run", not writable_code, segments)
    tap.check(f"{name} sees a smashed stack", "__stack_chk_fail" in calls, str(calls))
    tap.check(f"{name} sees what overruns a buffer of known size",
              "__snprintf_chk" in calls, str(calls))


def hold_objects(tap, path, name):
    """Whether every object of an archive lets jumps land only where they may."""
    objects = len(re.findall(r"^File: ", readelf("-h", path), re.M))
    marked = len(re.findall(r"x86 feature:.*IBT.*SHSTK", readelf("-n", path)))
    tap.check(f"{name} marks where a jump may land", objects and marked == objects,
              f"{marked} of {objects} objects")


def main():
    tap = Tap()
    if not shutil.which("readelf"):
        tap.skip("hardening", "no readelf here")
        return tap.done()
    for path in sys.argv[1:]:
        name = path.rsplit("/", 1)[-1]
        if not path.endswith(".a"):
            hold_linked(tap, path, name)
        elif platform.machine() == "x86_64":
            hold_objects(tap, path, name)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
