#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The server from outside: it answers what the command line answers, to those who may ask and
to nobody else, and goes on whatever is thrown at it.

    tests/serve_test.py HARRIER [SEED]
"""
import concurrent.futures
import contextlib
import glob
import gzip
import http.client
import io
import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zipfile

from tap import Tap

FILES = pathlib.Path(__file__).resolve().parent / "files"
STATUS = {2: 400, 4: 404, 5: 422, 6: 503, 1: 422}
# Operands to ask a command with. One that is not here is asked with 1, which must be refused
# in the same words as in a terminal.
OPERANDS = {
    "rank": ["1500"], "athlete": ["Jo Doe"], "h2h": ["Jo Doe", "Al Roe"], "pace": ["HM"],
    "points": ["3:27.79", "1500"], "agegrade": ["1:25:00", "HM"], "convert": ["61:51", "HM"],
    "predict": ["10K", "HM"], "records": ["MILE"], "shoes": [], "season show": [],
}
QUERIES = {
    "list": {"limit": "7", "sport": "running"}, "points": {"sex": "M"}, "rank": {"sex": "M"},
    "agegrade": {"sex": "F", "age": "47"}, "streams": {"every": "60"},
    "convert": {"drop": "217.6", "sex": "M"}, "predict": {"date": "2023-11-01"},
    "pace": {"curve": "v_m=5.5,gamma=0.06,sd=0.015", "target": "63:00"},
    "squad": {"date": "2023-11-01"}, "season show": {"date": "2023-11-01"},
}


class Server:
    def __init__(self, harrier, store, *words, port="0"):
        self.command = [harrier, "serve", "--port", port, *words]
        self.env = {**os.environ, "HARRIER_DB": str(store)}
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(self.command, env=self.env, text=True,
                                        stdout=subprocess.PIPE, stderr=self.errors)
        self.url = self.process.stdout.readline().strip()
        if self.url:
            self.address = self.url[:self.url.index("/?")]
            self.port = int(self.address.rsplit(":", 1)[1])
            self.host = f"127.0.0.1:{self.port}"
            self.token = self.url.split("token=")[1]

    def ask(self, path, method="GET", body=None, key=True, host="127.0.0.1", **fields):
        """Status, fields and bytes of an answer. key: send the token."""
        fields = {name.replace("_", "-"): value for name, value in fields.items()}
        if key:
            fields.setdefault("Authorization", f"Bearer {self.token}")
        connection = http.client.HTTPConnection(host, self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, path, body, fields)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def said(self):
        self.errors.seek(0)
        return self.errors.read()

    def status(self, name):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1])

    def open_files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def is_sanitized(self):
        return "libasan" in pathlib.Path(f"/proc/{self.process.pid}/maps").read_text()

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(60)


def command(server, words, query=None, form="--json"):
    """The command line for the same words."""
    options = [f"--{name}={value}" for name, value in (query or {}).items()]
    return subprocess.run([server.command[0], *words, *options, *([form] if form else [])],
                          env=server.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def address(words, query=None):
    path = "/api/v1/" + "/".join(urllib.parse.quote(word, safe="") for word in words)
    return path + ("?" + urllib.parse.urlencode(query) if query else "")


def form(*parts):
    """A body of multipart/form-data and its type; parts are field, file name, bytes."""
    out = b""
    for field, name, data in parts:
        out += (f'--edge\r\nContent-Disposition: form-data; name="{field}"; '
                f'filename="{name}"\r\n\r\n').encode() + data + b"\r\n"
    return out + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def difference(server, words, query, kind):
    """How the answer differs from the command line's; None if it does not."""
    run = command(server, words, query, "--json" if kind == "application/json" else None)
    status, fields, body = server.ask(address(words, query))
    if run.stdout and run.returncode in (0, 1, 3, 4):
        same = status == 200 and body == run.stdout and \
            fields["Harrier-Exit"] == str(run.returncode)
        return None if same else f"{words}: {status}, {len(body)} bytes for {len(run.stdout)}"
    problem = json.loads(body)
    said = run.stderr.decode().replace("harrier: ", "").strip()
    same = status == STATUS[run.returncode] == problem["status"] and \
        problem["exit"] == run.returncode and problem["detail"] == said
    return None if same else f"{words}: {status} {problem} for {run.returncode} {said}"


def questions(server):
    """Every command that the server says may be asked, its operands, and what it answers."""
    paths = json.loads(server.ask("/api/v1/openapi.json")[2])["paths"]
    asked = {}
    for path, methods in paths.items():
        name = path.removeprefix("/api/v1/").split("/{")[0].replace("/", " ")
        count = path.count("{")
        wanted = OPERANDS.get(name, ["1"] * count)
        if "get" in methods and count == len(wanted):
            asked[name] = wanted, next(iter(methods["get"]["responses"]["200"]["content"]))
    return asked


def test_answers(tap, server):
    asked = questions(server)
    wrong = []
    for name, (operands, kind) in asked.items():
        words = name.split() + operands
        wrong.append(difference(server, words, QUERIES.get(name), kind))
        wrong.append(difference(server, words, None, kind))
    wrong = [sentence for sentence in wrong if sentence]
    tap.check(f"{len(asked)} commands answer as in a terminal, byte for byte",
              len(asked) > 25 and not wrong, "\n".join(wrong) or str(sorted(asked)))
    run = command(server, ["list"], form="--csv")
    status, fields, body = server.ask("/api/v1/list", Accept="text/csv")
    tap.check("CSV is asked for by Accept", status == 200 and body == run.stdout and
              fields["Content-Type"].startswith("text/csv"), str(fields))
    status, _, body = server.ask("/api/v1/list?units=imperial&race&sport=running")
    tap.check("an option without a value, and units that the page keeps to itself",
              status == 200 and
              body == command(server, ["list", "--race"], {"sport": "running"}).stdout)
    status, _, body = server.ask("/api/v1/athlete/Zo%C3%AB%20%C3%85berg%2FX")
    tap.check("a name may have any letters",
              status == 404 and "Zoë Åberg/X" in json.loads(body)["detail"], str(body))


def test_door(tap, server):
    page = "/api/v1/points/3:27.79/1500?sex=M"
    own = {"Origin": server.address}

    def refused(name, wanted, path=page, **how):
        status, _, body = server.ask(path, **how)
        tap.check(name, status == wanted, f"{status}: {body[:200]}")

    refused("without cookie and token there is no answer", 401, key=False)
    refused("nor with another token", 401, key=False, Authorization="Bearer " + "A" * 43)
    refused("nor for a name that was rebound to loopback", 403,
            Host=f"harrier.example:{server.port}")
    refused("nor for another port's name", 403, Host="127.0.0.1:1")
    refused("nor for another origin", 403, Origin="http://evil.example")
    refused("nor for none that can be told", 403, Origin="null")
    refused("nor for another port's page", 403, Origin=f"http://127.0.0.1:{server.port + 1}")
    refused("localhost is a name of ours", 200, Host=f"localhost:{server.port}")
    refused("a page without a cookie is not shown", 401, path="/activities", key=False)
    refused("a wrong token opens nothing", 401, path="/?token=" + "A" * 43, key=False)

    status, fields, _ = server.ask(f"/activity/12?token={server.token}&x=1", key=False)
    cookie = fields.get("Set-Cookie", "")
    tap.check("the token opens, and vanishes from the address",
              (status, fields["Location"]) == (303, "/activity/12?x=1"), str(fields))
    tap.check("what it gives is for this server's own pages alone",
              all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/")), cookie)
    cookie = cookie.split(";")[0]
    refused("the cookie opens", 200, key=False, Cookie=f"a=b; {cookie}; c=d")
    refused("the token was good once", 401, path=f"/?token={server.token}", key=False)
    refused("and is no key any more", 401)
    status, fields, _ = server.ask(f"/?token={server.token}", key=False, Cookie=cookie)
    tap.check("a guest who opens the old address again is in",
              status == 303 and fields["Location"] == "/")
    server.token = server.process.stdout.readline().strip().split("token=")[1]
    refused("another token was printed", 200)

    change = {"method": "POST", "path": "/api/v1/camp/remove/Nowhere", "key": False}
    refused("a cookie alone changes nothing", 403, Cookie=cookie, **change)
    refused("another site's form changes nothing", 403, Cookie=cookie,
            Sec_Fetch_Site="cross-site", **change)
    refused("nor that of another port", 403, Cookie=cookie, Sec_Fetch_Site="same-site",
            **change)
    refused("nor with another origin", 403, Cookie=cookie, Origin="http://evil.example",
            **change)
    refused("our own page may", 404, Cookie=cookie, **own, **change)
    refused("also where it says so otherwise", 404, Cookie=cookie,
            Sec_Fetch_Site="same-origin", **change)
    refused("another site's script reads nothing", 403, key=False, Cookie=cookie,
            Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors")
    refused("a question changes nothing", 405, path="/api/v1/camp/remove/Nowhere")
    refused("a path is no operand", 400, path="/api/v1/decode/%2Fetc%2Fpasswd")
    refused("nor standard input", 400, path="/api/v1/decode/-")
    refused("nor the value of an option", 400, path="/api/v1/pace/HM?course=/etc/passwd")
    refused("nor the store", 400, path="/api/v1/list?db=/tmp/x.db")
    refused("what belongs to a terminal stays there", 404, method="POST",
            path="/api/v1/db/restore/1")
    refused("a server starts no server", 404, path="/api/v1/serve")


def test_fields(tap, server):
    status, fields, body = server.ask("/api/v1/list")
    wanted = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
              "Cross-Origin-Opener-Policy": "same-origin",
              "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control":
              "private, no-cache", "Content-Type": "application/json"}
    tap.check("an answer guards itself", all(fields[n] == v for n, v in wanted.items()) and
              "default-src 'self'" in fields["Content-Security-Policy"] and
              "unsafe" not in fields["Content-Security-Policy"], str(fields))
    status, same, nothing = server.ask("/api/v1/list", If_None_Match=fields["ETag"])
    tap.check("what a browser has is not sent again",
              (status, nothing, same["ETag"]) == (304, b"", fields["ETag"]), str(same))
    status, _, other = server.ask("/api/v1/list", If_None_Match='"other"')
    tap.check("what it does not have is", status == 200 and other == body)
    _, packed, small = server.ask("/api/v1/list", Accept_Encoding="br, gzip;q=0.8")
    tap.check("packed, it is the same and less",
              packed["Content-Encoding"] == "gzip" and gzip.decompress(small) == body and
              len(small) < len(body) / 3 and "Accept-Encoding" in packed["Vary"], str(packed))
    _, plain, large = server.ask("/api/v1/list", Accept_Encoding="gzip;q=0, br")
    tap.check("who takes no gzip gets none", "Content-Encoding" not in plain and large == body)
    status, head, nothing = server.ask("/api/v1/list", method="HEAD")
    tap.check("HEAD is GET without the bytes", status == 200 and not nothing and
              head["Content-Length"] == str(len(body)) and head["ETag"] == fields["ETag"])
    status, fields, body = server.ask("/api/v1/show/999999")
    tap.check("why there is no answer is a problem document",
              fields["Content-Type"] == "application/problem+json" and
              set(json.loads(body)) == {"type", "title", "status", "detail", "exit"}, str(body))
    status, fields, _ = server.ask("/api/v1/list", method="DELETE")
    tap.check("a method that does not exist is said", status == 405 and "GET" in fields["Allow"])
    status, fields, body = server.ask("/")
    tap.check("the page, or why there is none",
              status == 200 and fields["Content-Type"].startswith("text/html") and
              b"Harrier" in body, str(body))
    views = ["/activities", "/activity/12", "/lists/rank?event=HM", "/help"]
    tap.check("a view has an address", all(server.ask(v)[2] == body for v in views))
    tap.check("what is none is not found", server.ask("/activitie")[0] == 404)
    tap.check("the icon is asked for in vain or not, but without an error",
              server.ask("/favicon.ico")[0] in (200, 204))


def test_changes(tap, server):
    before = server.ask("/api/v1/race/list")[2]
    status, _, body = server.ask("/api/v1/race/add/28:43/10K?date=2023-10-15&name=City+run",
                                 method="POST")
    after = server.ask("/api/v1/race/list")[2]
    tap.check("a change answers as in a terminal, and the next question knows of it",
              status == 200 and b"28:43" in body and before != after and b"City run" in after,
              str(body))
    added = [row["id"] for row in json.loads(after)["races"] if row["name"] == "City run"]
    command(server, ["race", "remove", str(added[0])], form=None)
    tap.check("so it does of what another program changes",
              json.loads(server.ask("/api/v1/race/list")[2])["races"] ==
              json.loads(before)["races"] if b"races" in before else [])
    status, _, body = server.ask("/api/v1/race/add/28:43/Nowhere?date=2023-10-15",
                                 method="POST")
    tap.check("a change that makes no sense is refused", status == 422, str(body))


def test_sent_files(tap, server, season):
    run = (FILES / "easy-run.fit").read_bytes()
    body, kind = form(("files", "folder/easy.fit", run), ("files", "empty.fit", b""),
                      ("files", "../../up.fit", run), ("files", "-", b"nothing"))
    status, _, answer = server.ask("/api/v1/import", method="POST", body=body,
                                   Content_Type=kind)
    files = json.loads(answer)["files"] if status == 200 else []
    tap.check("files come in as a form, each with its name and what became of it",
              [f["path"] for f in files if "easy" in f["path"]] == ["folder/easy.fit"] and
              any(f["status"] == "failed" and f["reason"] for f in files), str(answer))
    tap.check("no name leads out of their folder",
              len(files) >= 3 and all(not f["path"].startswith(("/", "..", "-"))
                                      for f in files), str(files))
    status, _, answer = server.ask("/api/v1/import?name=again.fit", method="POST", body=run)
    tap.check("or as a body alone", status == 200 and json.loads(answer)["duplicate"] == 1 and
              json.loads(answer)["files"][0]["path"] == "again.fit", str(answer))
    status, fields, answer = server.ask("/api/v1/import?name=x.fit", method="POST",
                                        body=b"no watch")
    tap.check("a file that is none has its reason", status == 200 and
              fields["Harrier-Exit"] == "1" and json.loads(answer)["failed"] == 1, str(answer))
    sheet = b"date,event,mark,name\n2023-09-30,10K,29:59,Town run\n"
    status, _, answer = server.ask("/api/v1/results/import?name=a.csv", method="POST",
                                   body=sheet)
    tap.check("a sheet of results as well", status == 200 and
              json.loads(answer)["marks"] == 1, str(answer))

    course = (FILES / "course-out-and-back.fit").read_bytes()
    query = {"event": "5K"}
    status, _, answer = server.ask(address(["course", "check"], query), method="POST",
                                   body=course)
    wanted = command(server, ["course", "check", str(FILES / "course-out-and-back.fit")],
                     query).stdout
    tap.check("a question over a sent file is answered as in a terminal",
              status == 200 and strip_paths(answer) == strip_paths(wanted), str(answer)[:300])
    query = {"curve": "v_m=5.5,gamma=0.06"}
    status, _, answer = server.ask(address(["pace", "5K"], query), method="POST", body=course)
    wanted = command(server, ["pace", "5K"],
                     {**query, "course": FILES / "course-out-and-back.fit"}).stdout
    tap.check("also where it is the file of an option",
              status == 200 and strip_paths(answer) == strip_paths(wanted), str(answer)[:300])
    body, kind = form(("course", "c.fit", course))
    same = server.ask(address(["pace", "5K"], query), method="POST", body=body,
                      Content_Type=kind)[2]
    tap.check("which a form may name", strip_paths(same) == strip_paths(answer), str(same)[:300])
    status, fields, answer = server.ask(address(["pace", "5K"], {**query, "send": "band.svg"}))
    tap.check("a file that a command writes is sent", status == 200 and
              answer.startswith(b"<svg") and "band.svg" in fields["Content-Disposition"])
    status, _, answer = server.ask("/api/v1/pace/5K?send=course", key=True)
    tap.check("but none that it reads", status == 400, str(answer))

    def refused(name, wanted, path, body, **fields):
        status, _, answer = server.ask(path, method="POST", body=body, **fields)
        tap.check(name, status == wanted, f"{status}: {answer[:200]}")

    kind = "multipart/form-data; boundary=edge"
    refused("a form without an edge is refused", 400, "/api/v1/import", b"x",
            Content_Type="multipart/form-data")
    refused("so is one without a file", 400, "/api/v1/import", b"--edge--\r\n",
            Content_Type=kind)
    refused("and one that breaks off", 400, "/api/v1/import",
            form(("f", "a.fit", run))[0][:200], Content_Type=kind)
    refused("an option does not come in a form", 400, "/api/v1/import",
            b'--edge\r\nContent-Disposition: form-data; name="event"\r\n\r\nHM\r\n--edge--\r\n',
            Content_Type=kind)
    refused("a command that takes no file gets none", 415, "/api/v1/camp/remove/Iten", b"x")
    refused("a question is not posted", 405, "/api/v1/list", b"")
    refused("an import needs a file", 400, "/api/v1/import", None)
    refused("a course that is none is the sender's fault", 422,
            "/api/v1/course/check?event=5K&name=x.gpx", b"<gpx")
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(f"POST /api/v1/import HTTP/1.1\r\nHost: {server.host}\r\nAuthorization: "
                     f"Bearer {server.token}\r\nContent-Length: 99999999999\r\n\r\n".encode())
        tap.check("what is too large is refused before it comes",
                  b" 413 " in line.recv(100))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in season:
            archive.write(path, path.name)
    status, _, answer = server.ask("/api/v1/import?name=season.zip", method="POST",
                                   body=packed.getvalue())
    tap.check("a whole season in a zip", status == 200 and
              json.loads(answer)["imported"] == len(season), str(answer)[:300])
    time.sleep(0.5)
    left = os.listdir(f"/proc/{server.process.pid}/cwd/")
    tap.check("nothing of what was sent is left", not left, str(left))


def strip_paths(answer):
    return re.sub(rb'"(file|path|course|name)": "[^"]*"', b"", answer)


def test_together(tap, server):
    words = [["list"], ["bests"], ["load"], ["show", "3"], ["streams", "3"], ["race", "list"],
             ["camp", "list"], ["show", "999999"]]
    wanted = [command(server, w).stdout for w in words]

    def ask(number):
        # Another option each time, so that hardly one answer is kept.
        which = number % len(words)
        body = server.ask(address(words[which], {"units": number}))[2]
        return body == wanted[which] or not wanted[which]

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        right = list(pool.map(ask, range(400)))
    tap.check("400 questions of 16 at once have their right answers", all(right),
              f"{right.count(False)} were wrong")


def test_quick(tap, server):
    """While slow questions keep all but one busy, a quick one is answered."""
    slow = [address(["backtest"], {"units": n}) for n in range(6)]
    server.ask(slow[0])
    quick = []
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        began = time.monotonic()
        waiting = [pool.submit(server.ask, path) for path in slow]
        while not all(w.done() for w in waiting) and len(quick) < 100:
            at = time.monotonic()
            server.ask(address(["points", "3:27.79", "1500"], {"sex": "M", "units": len(quick)}))
            quick.append(time.monotonic() - at)
        spent = time.monotonic() - began
    quick.sort()
    tap.check("slow questions do not hold up quick ones",
              len(quick) > 3 or spent < 1, f"{len(quick)} in {spent:.2f} s")


# --- what nobody should send ---------------------------------------------------------------

def head(server, path="/api/v1/list", method="GET", host=None, key=True, more="", version="1.1"):
    token = f"Authorization: Bearer {server.token}\r\n" if key else ""
    return (f"{method} {path} HTTP/{version}\r\nHost: {server.host if host is None else host}\r\n{token}{more}"
            "Connection: close\r\n\r\n").encode("utf-8", "surrogateescape")


def bad_paths(rng):
    bad = ["/../../etc/passwd", "//evil.example/", "/api/", "/api/v1/", "/api/v2/list",
           "/api/v1/nope", "/api/v1/list/7", "/api/v1/show", "/api/v1/show/x", "/api/v1/show/%",
           "/api/v1/show/%zz", "/api/v1/show/1%00", "/api/v1/athlete/%ff%fe", "/api/v1/show//",
           "/api/v1/list?limit=x", "/api/v1/list?nope=1", "/api/v1/list?since", "/index.php",
           "/api/v1/list?since=%zz", "/api/v1/list?json=1", "/api/v1/list?db=%2Fx",
           "/api/v1/decode/..%2F..%2Fetc%2Fpasswd", "/api/v1/race/analyse/x.csv",
           "/api/v1/report?html=x.html", "/api/v1/demo/x", "/api/v1/db/backup/x.db",
           "/api/v1/list?race=maybe", "/api/v1/show/" + "9" * 400, "/activity\\1", "*",
           "/api/v1/pace/HM?send=x", "/api/v1/pace/HM?send=band.sv%2fg", "/api/v1/rank/x?sex=Q",
           "http://evil.example/"]
    return rng.choice(bad + ["/" + "".join(chr(rng.randrange(33, 127)) for _ in range(30))])


def malformed(server, rng):
    """Bytes that deserve a 4xx or a closed line."""
    kind = rng.randrange(16)
    if kind == 0:
        return head(server, bad_paths(rng))
    if kind == 1:
        return head(server, bad_paths(rng), method="POST", more="Content-Length: 0\r\n")
    if kind == 2:
        return head(server, more="X-Large: " + "a" * rng.randrange(33000, 200000) + "\r\n")
    if kind == 3:
        return head(server, more="".join(f"X-{i}: {i}\r\n" for i in range(4000)))
    if kind == 4:
        return head(server, "/api/v1/list?" + "a" * rng.randrange(9000, 90000))
    if kind == 5:
        return head(server, host=rng.choice(["evil.example", "127.0.0.1", "127.0.0.1:1", "",
                                             "[::1]", f"evil.example:{server.port}", "\udcff"]))
    if kind == 6:
        return head(server, more=f"Host: {rng.choice([server.host, 'evil.example'])}\r\n")
    if kind == 7:
        more = rng.choice(["Origin: http://evil.example", "Origin: null", "Origin:",
                           f"Origin: https://{server.host}"])
        return head(server, "/api/v1/camp/remove/x", "POST", more=more + "\r\n")
    if kind == 8:
        more = f"Sec-Fetch-Site: {rng.choice(['cross-site', 'same-site'])}\r\n"
        return head(server, "/api/v1/camp/remove/x", "POST", key=False, more=more)
    if kind == 9:
        return head(server, method=rng.choice(["PUT", "DELETE", "TRACE", "OPTIONS", "get", "G",
                                               "CONNECT", "PATCH", "POST"]))
    if kind == 10:
        return rng.randbytes(rng.randrange(1, 3000)) + b"\r\n\r\n"
    if kind == 11:
        return b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + rng.randbytes(500) + b"\r\n\r\n"
    if kind == 12:
        length = rng.choice(["-1", "abc", "99999999999999999999999", "0x10", "1,2"])
        return head(server, "/api/v1/import", "POST", more=f"Content-Length: {length}\r\n")
    if kind == 13:
        more = "Content-Type: multipart/form-data; boundary=e\r\nContent-Length: 40\r\n"
        return head(server, "/api/v1/import", "POST", more=more) + rng.randbytes(40)
    if kind == 14:
        return head(server, "/api/v1/import", "POST",
                    more="Transfer-Encoding: chunked\r\n") + b"zz\r\n" + rng.randbytes(50)
    return head(server, f"/?token={rng.randrange(10 ** 9)}", key=False)


def outcome(server, data):
    """The status of the answer; 0 where the line was closed instead, None if nothing came."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        try:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(64)
        except socket.timeout:
            return None
        except OSError:
            return 0
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0 if not answer else None


def dribble(server, lines, seconds):
    """A byte a second on each line until it is closed. How many never were."""
    until = time.monotonic() + seconds
    while lines and time.monotonic() < until:
        time.sleep(1)
        for line in list(lines):
            try:
                line.send(b"a")
                line.setblocking(False)
                if line.recv(200) == b"":
                    raise ConnectionResetError
            except BlockingIOError:
                continue
            except OSError:
                lines.remove(line)
                line.close()
    return len(lines)


def test_malformed(tap, server, seed):
    rng = random.Random(seed)
    files = server.open_files()
    size = server.status("VmRSS")
    seen = {}
    for number in range(900):
        data = malformed(server, rng)
        status = outcome(server, data)
        if not (status == 0 or (status and 400 <= status < 500)):
            seen[data[:300]] = status
    tap.check("900 malformed requests: each a 4xx or a closed line", not seen,
              "\n".join(f"{status}: {data}" for data, status in list(seen.items())[:5]))
    lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    for number, line in enumerate(lines):
        slow = head(server, "/api/v1/import", "POST", more="Content-Length: 1000000\r\n")
        line.sendall(slow if number % 2 and number < 12 else b"GET /api/v1/list HTTP/1.1\r\nX: ")
    tap.check("100 half-open lines and slow bodies keep nobody out",
              server.ask("/api/v1/list?limit=1")[0] == 200)
    tap.check("and are closed before long", dribble(server, lines, 25) == 0)
    time.sleep(0.5)
    tap.check("no file stays open", server.open_files() <= files + 2,
              f"{files}, then {server.open_files()}")
    if server.is_sanitized():
        tap.skip("no memory is lost", "a sanitizer keeps what is freed")
    else:
        tap.check("no memory is lost", server.status("VmRSS") < max(size + 8000, 60000),
                  f"{size} kB, then {server.status('VmRSS')}")
    tap.check("the server goes on", server.ask("/api/v1/list?limit=1")[0] == 200)


def test_many(tap, server):
    """20,000 small requests over 8 lines."""
    def many(_):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        with contextlib.closing(connection):
            for _ in range(2500):
                connection.request("GET", "/api/v1/list?limit=1",
                                   headers={"Authorization": f"Bearer {server.token}"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    return False
        return True

    files, before = server.open_files(), server.status("VmRSS")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        good = all(pool.map(many, range(8)))
    size = server.status("VmRSS")
    time.sleep(0.3)
    tap.check("20,000 requests leave no file open",
              good and server.open_files() <= files + 1)
    if server.is_sanitized():
        tap.skip("and take no memory", "a sanitizer keeps what is freed")
    else:
        tap.check("and take no memory", size < before + 8000, f"{size} kB, {before} kB before")


# --- its life -------------------------------------------------------------------------------

def listens(server):
    """The addresses on which the process listens, as /proc has them."""
    own = set()
    for path in glob.glob(f"/proc/{server.process.pid}/fd/*"):
        with contextlib.suppress(OSError):
            own.add(os.readlink(path))
    found = set()
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(FileNotFoundError):
            for row in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                field = row.split()
                if field[3] == "0A" and f"socket:[{field[9]}]" in own:
                    found.add(field[1].split(":")[0])
    return found


def test_life(tap, harrier, folder):
    store = folder / "none" / "harrier.db"
    server = Server(harrier, store)
    loopback = {"0100007F", "00000000000000000000000001000000"}
    tap.check("it listens on loopback and nowhere else",
              listens(server) and listens(server) <= loopback, str(listens(server)))
    status, _, body = server.ask("/api/v1/list")
    tap.check("without a store there is nothing yet, and that is no error",
              status == 200 and json.loads(body)["activities"] == [] and not store.exists())
    taken = subprocess.run([harrier, "serve", "--port", str(server.port)], env=server.env,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    tap.check("a port that is taken is said",
              taken.returncode == 1 and "taken by another program" in taken.stderr and
              taken.stderr.count("\n") == 1 and not taken.stdout, taken.stderr)
    where = os.readlink(f"/proc/{server.process.pid}/cwd")
    tap.check("SIGINT ends it in peace", server.end(signal.SIGINT) == 0)
    tap.check("and its folder with it", not os.path.exists(where))
    server = Server(harrier, store, "--host", "0.0.0.0")
    tap.check("another address only when told, and with a warning",
              "not encrypted" in server.said() and listens(server) == {"00000000"})
    tap.check("the token stays required", server.ask("/api/v1/list", key=False)[0] == 401 and
              server.ask("/api/v1/list")[0] == 200)
    tap.check("and names are not believed",
              server.ask("/api/v1/list", Host=f"evil.example:{server.port}")[0] == 403)
    tap.check("SIGTERM ends it in peace", server.end() == 0)
    for words in (["--port", "99999"], ["--port", "x"], ["--host", "example.org"], ["x"]):
        run = subprocess.run([harrier, "serve", *words], env=server.env, timeout=20,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        tap.check(f"harrier serve {' '.join(words)} is refused", run.returncode == 2,
                  run.stderr.decode())
    (folder / "no.db").write_bytes(b"not a store at all" * 100)
    run = subprocess.run([harrier, "--db", folder / "no.db", "serve", "--port", "0"], timeout=20,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    tap.check("a file that is no store is not served", run.returncode == 1 and
              b"not a store of Harrier" in run.stderr and not run.stdout, run.stderr.decode())
    os.chdir(folder)
    server = Server(harrier, "here.db")
    run = (FILES / "easy-run.fit").read_bytes()
    server.ask("/api/v1/import?name=a.fit", method="POST", body=run)
    tap.check("a store that is told without its folder is the one that is meant",
              (folder / "here.db").exists() and
              len(json.loads(server.ask("/api/v1/list")[2])["activities"]) == 1)
    server.end()


def main():
    harrier = os.path.abspath(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261122
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([harrier, "demo", folder / "season"], check=True,
                       stderr=subprocess.DEVNULL)
        season = sorted((folder / "season").glob("*.fit"))[:45]
        test_life(tap, harrier, folder)
        server = Server(harrier, folder / "harrier.db")
        try:
            test_sent_files(tap, server, season)
            test_changes(tap, server)
            test_answers(tap, server)
            test_fields(tap, server)
            test_door(tap, server)
            test_together(tap, server)
            test_quick(tap, server)
            test_many(tap, server)
            test_malformed(tap, server, seed)
        finally:
            status = server.end()
        tap.check("after all that it ends in peace", status == 0, server.said()[-2000:])
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
