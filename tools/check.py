#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs every test of a build folder and counts test functions, not programs.

    tools/check.py BUILD [argument of `meson test` ...]

Test programs speak TAP on stdout; what they say is read back from Meson's log. One that says
nothing of the kind counts as one test, and one that dies half-way as one failure more. The
last line is `N passed, N failed`, with `, N skipped` where some were; the status is 1 if any
failed. (Meson's own reader of TAP is not asked: it takes cmocka's `not ok 2 # SKIP` for a
failure.)
"""
import json
import pathlib
import re
import subprocess
import sys

RESULT = re.compile(r"(not )?ok\b\s*(\d*)\s*-?\s*([^#]*)(?:#\s*SKIP\b\s*(.*))?", re.I)
TAIL = 30


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0


def read_tap(text, returncode, count):
    """Adds the results in `text` to `count`. Gives the failures and skips, by name."""
    planned, seen, bad, skipped = None, 0, [], []
    message = ""
    for line in text.splitlines():
        plan = re.match(r"1\.\.(\d+)", line)
        if plan:
            planned = int(plan[1])
            continue
        found = RESULT.match(line)
        if not found:
            message = line
            continue
        seen += 1
        name = (found[3] or "").strip()
        if found[4] is not None:
            # cmocka puts the name where TAP has the reason, and the reason on the line before.
            skipped.append(f"{name}: {found[4]}" if name else f"{found[4]}: {message}")
            count.skipped += 1
        elif found[1]:
            bad.append(name)
            count.failed += 1
        else:
            count.passed += 1
        message = ""
    ended = seen == planned if planned is not None else seen == 0
    if not ended or (returncode != 0 and not bad):
        bad.append(f"ended with status {returncode} after {seen} tests")
        count.failed += 1
    elif planned is None:
        count.passed += 1
    return bad, skipped


def main():
    build, arguments = sys.argv[1], sys.argv[2:]
    log = pathlib.Path(build) / "meson-logs/testlog.json"
    log.unlink(missing_ok=True)
    run = subprocess.run(["meson", "test", "-C", build, "--no-rebuild", *arguments],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not log.exists():
        print(run.stdout)
        print("0 passed, 1 failed")
        return 1
    total, all_skipped = Count(), []
    for line in log.read_text().splitlines():
        test = json.loads(line)
        count = Count()
        name = test["name"].split(" / ")[-1]
        output = test.get("stdout") or ""
        bad, skipped = read_tap(output, test.get("returncode", 1), count)
        parts = [f"{count.passed} passed"]
        parts += [f"{count.skipped} skipped"] if count.skipped else []
        parts += [f"{count.failed} FAILED"] if count.failed else []
        print(f"{name:<14} {', '.join(parts)}  ({test['duration']:.1f} s)")
        for what in bad:
            print(f"    FAILED: {what}")
        if bad:
            said = [line for line in (output + (test.get("stderr") or "")).splitlines()
                    if not re.match(r"ok \d", line)]
            for text in said[-TAIL:]:
                print(f"    | {text}")
        all_skipped += [f"{name}: {what}" for what in skipped]
        total.passed += count.passed
        total.failed += count.failed
        total.skipped += count.skipped
    if all_skipped:
        print("skipped:")
        for what in all_skipped:
            print(f"    {what}")
    print(f"{total.passed} passed, {total.failed} failed" +
          (f", {total.skipped} skipped" if total.skipped else ""))
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
