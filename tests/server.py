# SPDX-License-Identifier: MIT
"""PostgreSQL servers of the tests' own: in a temporary folder, on loopback, gone afterwards."""
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile


def programs():
    """The folder of initdb and pg_ctl, or None where there is no PostgreSQL."""
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return pathlib.Path(found).parent if found else None


def whose():
    """Who runs it: PostgreSQL refuses to be root. None: whoever we are; False: nobody can."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return False


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """A running server; `with Server() as server:` stops and removes it."""

    def __init__(self, *settings):
        self.bin = programs()
        self.user = whose()
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="harrier-postgres-"))
        self.port = free_port()
        # What the system has taken survives the death of a process: fsync is for its own.
        self.settings = ["fsync=off", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.home}",
                         "max_connections=40", *settings]
        if self.user:
            os.chown(self.home, self.user.pw_uid, self.user.pw_gid)
        self.run("initdb", "-D", self.home / "data", "-A", "trust", "-U", "harrier", "--no-sync",
                 "--locale=C.UTF-8", "-E", "UTF8")
        self.start()

    def run(self, program, *words, check=True):
        as_whom = {"user": self.user.pw_uid, "group": self.user.pw_gid,
                   "extra_groups": []} if self.user else {}
        return subprocess.run([self.bin / program, *words], check=check, cwd=self.home,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, **as_whom)

    def start(self):
        options = " ".join(f"-c {setting}" for setting in self.settings)
        self.run("pg_ctl", "-D", self.home / "data", "-w", "-l", self.home / "log", "-o",
                 f"-p {self.port} {options}", "start")

    def kill(self):
        """At once, and its children with it."""
        pid = int((self.home / "data/postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        # The children see that their parent is gone; a new server waits for none of them.
        while True:
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                break
        self.run("pg_ctl", "-D", self.home / "data", "-m", "immediate", "-w", "stop", check=False)

    def url(self, database="postgres"):
        return f"postgresql://harrier@127.0.0.1:{self.port}/{database}"

    def ask(self, sql, database="postgres"):
        """What psql prints of it."""
        return subprocess.run([self.bin / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", sql,
                               self.url(database)], check=True, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout.strip()

    def create(self, name):
        self.ask(f"CREATE DATABASE {name}")
        return self.url(name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", self.home / "data", "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(self.home, ignore_errors=True)
