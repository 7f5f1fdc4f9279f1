#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""SECURITY.md's word that Harrier opens no connection, and says no secret.

    tests/network_test.py HARRIER

Every command line of tests/cli is run where there is no network, not even a loopback, and must
say what it says elsewhere; and each is traced for sockets. A store on a PostgreSQL server is
what a connection is opened for, and shows that the trace would see one. Where the machine allows
no namespace of one's own, or has no strace, that half is skipped with a word.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import transcripts
from tap import Tap

SECRET = "hunter2-of-all"
TOLD = [  # words with a secret among them
    ["--db", f"postgresql://me:{SECRET}@127.0.0.1:1/none", "list"],
    ["--db", f"postgresql://127.0.0.1:1/none?user=me&password={SECRET}", "list"],
    ["db", "shard", "add", f"postgresql://me:{SECRET}@127.0.0.1:1/none"],
    ["db", "verify", f"--db=postgres://me:{SECRET}@127.0.0.1:1/none"],
]


def alone():
    """The words before a command that leave it without a network; none if that is refused."""
    words = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-r", "-n"]
    allowed = shutil.which("unshare") and subprocess.run(
        [*words, "true"], stderr=subprocess.DEVNULL).returncode == 0
    return words if allowed else []


def tracing(folder):
    """The same for a trace of sockets into files of the folder."""
    words = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=socket,connect", "-o"]
    allowed = shutil.which("strace") and subprocess.run(
        [*words, f"{folder}/trial", "true"], stderr=subprocess.DEVNULL).returncode == 0
    return " ".join(words) + f" {folder}/trace.$$" if allowed else ""


def sockets(folder):
    """What was traced since the last question."""
    seen = []
    for path in pathlib.Path(folder).glob("trace.*"):
        seen += [line for line in path.read_text().splitlines() if "socket(" in line]
        path.unlink()
    return seen


def wrapped(harrier, folder, before):
    """A program of that name which runs the true one behind the words `before`."""
    program = pathlib.Path(folder) / "bin/harrier"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {before} {harrier} "$@"\n')
    program.chmod(0o755)
    return program


def replay_all(tap, program, folder, traced):
    wrong, made = [], []
    for path in sorted((transcripts.HERE / "cli").glob("*.txt")):
        wanted = path.read_text()
        seen = transcripts.replay(program, wanted)
        if seen != wanted:
            wrong.append(f"{path.stem}:\n{transcripts.difference(wanted, seen)[:600]}")
        made += [f"{path.stem}: {line}" for line in sockets(folder)]
    tap.check("without a network every command says what it says with one", not wrong,
              "\n".join(wrong))
    if traced:
        tap.check("no command makes a socket", not made, "\n".join(made[:20]))


def ask(program, words, folder, **more):
    return subprocess.run([program, *words], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                          env=transcripts.surroundings(program, folder, **more))


def keep_secrets(tap, program, folder, traced):
    bad = []
    for words in TOLD:
        said = ask(program, words, folder)
        if said.returncode != 2 or SECRET in said.stdout or "PGPASSWORD" not in said.stdout:
            bad.append(f"{' '.join(words)}: {said.returncode} {said.stdout}")
    tap.check("a password on the command line is refused, and not repeated", not bad,
              "\n".join(bad))
    made = sockets(folder)
    if traced:
        tap.check("and refused before anything is opened", not made, "\n".join(made))
    url = "postgresql://me@127.0.0.1:1/none"
    said = ask(program, ["list"], folder, HARRIER_DB=url, PGPASSWORD=SECRET)
    tap.check("a password that is told in secret stays one where the server is not there",
              said.returncode != 0 and SECRET not in said.stdout, said.stdout)
    if traced:
        tap.check("the trace sees the socket that a server asks for", sockets(folder))


def main():
    harrier = os.path.abspath(sys.argv[1])
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        no_network, trace = alone(), tracing(folder)
        if not no_network:
            tap.skip("without a network", "this machine allows no namespace of one's own")
        if not trace:
            tap.skip("no command makes a socket", "no strace here, or it may not trace")
        program = wrapped(harrier, folder, " ".join([*no_network, trace]))
        if no_network or trace:
            replay_all(tap, program, folder, bool(trace))
        keep_secrets(tap, program, folder, bool(trace))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
