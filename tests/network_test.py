#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""SECURITY.md's word that Harrier opens no connection, and says no secret.

    tests/network_test.py [--walk] HARRIER

Every command line of tests/cli is run where there is no network, not even a loopback, and must
say what it says elsewhere; and each is traced for sockets. A store on a PostgreSQL server is
what a connection is opened for, and shows that the trace would see one. The server is given a
loopback and no route to anywhere: it is sent files, asked every question and for the whole page,
must answer as it does elsewhere, and is traced for whom it calls. --walk only asks the server. Where the machine allows no
namespace of one's own, or has no strace, that half is skipped with a word.
"""
import fcntl
import hashlib
import json
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile

import serve_test
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
    # -D: the program itself is the child, and gets the signals that are meant for it.
    words = ["strace", "-D", "-f", "--seccomp-bpf", "-qq", "-e",
             "trace=socket,connect,bind,sendto,sendmsg", "-o"]
    allowed = shutil.which("strace") and subprocess.run(
        [*words, f"{folder}/trial", "true"], stderr=subprocess.DEVNULL).returncode == 0
    return " ".join(words) + f" {folder}/trace.$$" if allowed else ""


def traced_calls(folder, names="socket"):
    """What was traced since the last question."""
    seen = []
    for path in pathlib.Path(folder).glob("trace.*"):
        seen += [line for line in path.read_text().splitlines()
                 if re.search(rf"\b({names})\(", line)]
        path.unlink()
    return seen


def wrapped(harrier, folder, before):
    """A program of that name which runs the true one behind the words `before`."""
    program = pathlib.Path(folder) / "bin/harrier"
    program.parent.mkdir(parents=True)
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
        made += [f"{path.stem}: {line}" for line in traced_calls(folder)]
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
    made = traced_calls(folder)
    if traced:
        tap.check("and refused before anything is opened", not made, "\n".join(made))
    url = "postgresql://me@127.0.0.1:1/none"
    said = ask(program, ["list"], folder, HARRIER_DB=url, PGPASSWORD=SECRET)
    tap.check("a password that is told in secret stays one where the server is not there",
              said.returncode != 0 and SECRET not in said.stdout, said.stdout)
    if traced:
        tap.check("the trace sees the socket that a server asks for", traced_calls(folder))


# --- the server ----------------------------------------------------------------------------

SENT = [  # path, and the file of tests/files that goes with it
    ("/api/v1/import?name=easy.fit", "easy-run.fit"),
    ("/api/v1/import?name=course.fit", "course-out-and-back.fit"),
    ("/api/v1/pace/5K?curve=v_m%3D5.5,gamma%3D0.06", "course-out-and-back.fit"),
]
ROWS = b"""name,sex,nation,date,event,mark
Jo Doe,M,NOR,2023-09-30,1500,3:41.20
Al Roe,M,GBR,2023-09-30,1500,3:41.90
"""
VIEWS = ["/", "/activities", "/activity/1", "/races", "/predict", "/pace/HM", "/lists/rank",
         "/import", "/squad", "/help"]


def walk(harrier, folder):
    """What a server answers, from its empty beginning: path -> status and hash of the bytes."""
    server = serve_test.Server(harrier, pathlib.Path(folder) / "walk.db")
    answers = {}

    def ask(path, **how):
        status, _, body = server.ask(path, **how)
        answers[path] = [status, hashlib.sha256(body).hexdigest()]
        return body

    try:
        for path, name in SENT:
            ask(path, method="POST", body=(serve_test.FILES / name).read_bytes())
        ask("/api/v1/results/import?name=rows.csv&athlete=Jo+Doe", method="POST", body=ROWS)
        for name, (operands, _) in serve_test.questions(server).items():
            ask(serve_test.address(name.split() + operands, serve_test.QUERIES.get(name)))
        made_of = {path for view in VIEWS
                   for path in re.findall(r'(?:src|href)="(/[^"]+)"', ask(view).decode())}
        for path in sorted(made_of):
            ask(path)
    finally:
        server.end()
    return answers


def raise_loopback():
    """As `ip link set lo up` does."""
    get, put, up = 0x8913, 0x8914, 1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        said = fcntl.ioctl(any_socket, get, struct.pack("16sh14x", b"lo", 0))
        flags = struct.unpack("16sh14x", said)[1] | up
        fcntl.ioctl(any_socket, put, struct.pack("16sh14x", b"lo", flags))


def ways_out():
    """Addresses of elsewhere that the kernel knows a way to; nothing is sent to find out."""
    found = []
    for kind, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(kind, socket.SOCK_DGRAM) as line:
                line.connect((address, 9))
                found.append(address)
        except OSError:
            pass
    return found


def walk_once(harrier):
    """The walk by itself, for who watches the server from outside, as tools/valgrind does."""
    with tempfile.TemporaryDirectory() as folder:
        answers = walk(harrier, folder)
    return int(not any(status == 200 for status, _ in answers.values()))


def walk_inside(harrier, folder):
    """The walk where there is a loopback alone; to be run in a namespace of its own."""
    raise_loopback()
    print(json.dumps({"ways out": ways_out(), "answers": walk(harrier, folder)}))
    return 0


def strangers(calls):
    """Those that are not about a socket that listens on loopback, or a line that came there."""
    own = (r'bind\(.*"127\.0\.0\.1"', r'bind\(.*"::1"', r"sendto\(.*, NULL, 0\)",
           r"sendmsg\(\d+, \{msg_name=NULL")
    return [line for line in calls if not any(re.search(word, line) for word in own)]


def serve_alone(tap, harrier, program, no_network, folder, traced):
    """`program` runs `harrier` under the trace, where there is one."""
    place = pathlib.Path(folder) / "place"
    place.mkdir()
    outside = walk(harrier, place)
    (place / "walk.db").unlink()
    run = subprocess.run([*no_network, sys.executable, __file__, "--inside", program, place],
                         text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
    inside = json.loads(run.stdout) if run.returncode == 0 else {"answers": {}}
    tap.check("where the server is put there is no way out", inside.get("ways out") == [],
              run.stderr + str(inside.get("ways out")))
    good = [path for path, (status, _) in outside.items() if status == 200]
    differ = [f"{path}: {inside['answers'].get(path)} for {answer}"
              for path, answer in outside.items() if inside["answers"].get(path) != answer]
    tap.check("there it answers what it answers elsewhere, and shows its page",
              len(good) > 25 and set(VIEWS) < set(good) and not differ, "\n".join(differ))
    if traced:
        calls = traced_calls(folder, "connect|bind|sendto|sendmsg")
        tap.check("it listens on loopback, and calls nobody",
                  any("bind(" in line for line in calls) and not strangers(calls),
                  "\n".join(strangers(calls)[:20]))


def main():
    if sys.argv[1] == "--inside":
        return walk_inside(*sys.argv[2:])
    if sys.argv[1] == "--walk":
        return walk_once(sys.argv[2])
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
        if no_network:
            traced = wrapped(harrier, f"{folder}/traced", trace)
            serve_alone(tap, harrier, traced, no_network, folder, bool(trace))
        else:
            tap.skip("the server without a way out",
                     "this machine allows no namespace of one's own")
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
