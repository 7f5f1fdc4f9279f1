# SPDX-License-Identifier: MIT
"""The few lines a Python test needs to speak TAP, as the test programs in C do.

    tap = Tap()
    tap.check("a name", what_was_seen == what_was_wanted, "seen and wanted, if it fails")
    tap.skip("another name", "why")
    sys.exit(tap.done())
"""


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def check(self, name, good, why=""):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
        if not good:
            for line in why.splitlines():
                print(f"# {line}")

    def skip(self, name, why):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}", flush=True)

    def done(self):
        print(f"1..{self.count}")
        return min(self.failed, 1)
