#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""All numbers that were asked for, in one table: `make bench`.

    bench/bench.py BUILD [--marks N] [--only NAME]

Each row is a number, what it is compared with, and the goal, below the command that it came
from ($, begun in the project's folder). NAME asks for one group of rows: decode, annals, ...
What is compared is measured in one run, in turn, so that a machine that is slow is slow for both.

Real files are looked for in $HARRIER_DATA, else in ../shared/data beside the clone. The peers are
gpsbabel (from Debian) and three decoders of FIT from npm, put into a temporary folder. Rows without
their files, without gpsbabel, or without npm and a network, are left out with a word.

N marks [1000000] of many athletes are kept in a file, on a PostgreSQL server that is started
for it, and on three; the goals are for 10,000,000.
"""
import argparse
import functools
import gzip
import itertools
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))
from server import Server, programs, whose

DATA = pathlib.Path(os.environ.get("HARRIER_DATA", ROOT.parent / "shared/data"))
WATCHES, RESULTS = DATA / "activities", DATA / "results"
SEASONS = ["clf3-2025", "tiny656-2021-2026"]
SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
FEW = 3
PASSING = "harrier-bench-"
verdicts = {"ok": 0, "SHORT": 0, "left out": 0}
told = set()


# --- the table ---------------------------------------------------------------------------------


def row(name, value, compared="", goal="", good=None):
    verdict = {None: "", True: "ok", False: "SHORT"}[good]
    if verdict:
        verdicts[verdict] += 1
    print(f"{name:<38} {value:>14}  {compared:<34} {goal:<22} {verdict}".rstrip(), flush=True)


def left_out(name, why):
    verdicts["left out"] += 1
    row(name, "-", why)


def tell(*command):
    """The command of the rows that follow, as it would be typed, once; of many files the first."""
    words = []
    for paths, run in itertools.groupby(command[1:], lambda word: isinstance(word, pathlib.Path)):
        run = list(run)
        words += run[:1] + ["...", f"# {len(run)} files"] if paths and len(run) > FEW else run
    comment = [word for word in words if str(word).startswith("#")]
    words = [command[0], *(word for word in words if word not in comment), *comment]
    line = " ".join(word if word in comment else shlex.quote(spoken(word)) for word in words)
    if line not in told:
        print("$", line, flush=True)
    told.add(line)


def spoken(word):
    """A word of a command; what lies in a folder of this run has no lasting path."""
    if not isinstance(word, pathlib.Path):
        return str(word)
    if any(folder.name.startswith(PASSING) for folder in word.parents):
        return word.name
    return os.path.relpath(word, ROOT)


# --- what is measured --------------------------------------------------------------------------


def numbers_of(*command):
    """What a benchmark in C prints: lines of `name value`."""
    tell(*command)
    return printed(*command)


def printed(*command):
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                         check=True)
    return {name: float(value) for name, value in map(str.split, run.stdout.splitlines())}


def measured(*command, told_as=None):
    """Seconds and peak memory (MB) of a process, and what it printed. Its status is its own
    affair: among real files some are damaged."""
    tell(*told_as or command)
    with tempfile.TemporaryFile() as out:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        out.seek(0)
        return seconds, usage.ru_maxrss / 1024, out.read()


def unpacked(paths, folder):
    """The files as plain files: those in .gz are unpacked into `folder`."""
    plain = []
    for number, path in enumerate(sorted(paths)):
        if path.suffix == ".gz":
            target = folder / f"{number}-{path.stem}"
            target.write_bytes(gzip.decompress(path.read_bytes()))
            plain.append(target)
        else:
            plain.append(path)
    return plain


def bench_decode(build, folder):
    fits = sorted((WATCHES / "conformance").rglob("*.fit"))
    large = [path for path in fits if path.stat().st_size > 1_000_000]
    gpx = unpacked(sorted((WATCHES / "seasons/clf3-2025").glob("*.gpx.gz"))[:40], folder)
    tcx = unpacked((WATCHES / "seasons/tracker-2013").glob("*.TCX*"), folder)
    if not large:
        left_out("real files over 1 MB", f"none in {WATCHES}")
    seen = numbers_of(build / "bench/decode_bench", *large, *gpx, *tcx)
    for kind, name in (("fit", "FIT, real, in process"), ("made_fit", "FIT, made, in process")):
        speed = seen.get(f"{kind}_decode_mb_per_s")
        if speed is None:
            continue
        row(name, f"{speed:.0f} MB/s", "", ">= 400 MB/s", speed >= 400)
        for other, words in (("memcpy", "a copy of the same bytes"),
                             ("crc_by_nibbles", "a checksum by nibbles alone")):
            ratio = speed / seen[f"{kind}_{other}_mb_per_s"]
            row("", f"{ratio:.3f} x", words)
    for kind in ("gpx", "tcx"):
        speed = seen.get(f"{kind}_decode_mb_per_s")
        if speed is None:
            left_out(f"{kind.upper()}, in process", "no files")
            continue
        row(f"{kind.upper()}, in process", f"{speed:.0f} MB/s", "", ">= 100 MB/s", speed >= 100)
        row("", f"{speed / seen[f'{kind}_expat_alone_mb_per_s']:.3f} x", "expat without handlers")


def bench_process(build, folder):
    paths = [*(WATCHES / "conformance").rglob("*.fit"),
             *(WATCHES / "seasons/tiny656-2021-2026").glob("*.fit*")]
    files = unpacked(paths, folder)
    if not files:
        left_out("FIT, whole process", f"no files in {WATCHES}")
        return
    size = sum(path.stat().st_size for path in files)
    seconds = min(measured(build / "harrier", "decode", "--json", *files)[0]
                  for _ in range(5))
    speed = size / seconds / 1e6
    row("FIT, whole process", f"{speed:.0f} MB/s", f"{len(files)} files, {size / 1e6:.1f} MB",
        ">= 200 MB/s", speed >= 200)
    bench_gpsbabel(build, files)
    peers = peer_seconds(files, folder)
    if isinstance(peers, str):
        left_out("  against decoders from npm", peers)
        return
    for name, (took, decoded) in peers.items():
        goal = ">= 50 x" if name.startswith("@garmin") else ""
        row(f"  against {name}", f"{took / seconds:.0f} x",
            f"theirs: {size / took / 1e6:.1f} MB/s, {decoded} files", goal,
            took / seconds >= 50 if goal else None)


def bench_gpsbabel(build, files):
    """Every sample of all the files that it takes, as CSV: one process on either side."""
    if not shutil.which("gpsbabel"):
        left_out("  against gpsbabel", "not here: apt install gpsbabel")
        return
    command = lambda taken: ["gpsbabel", *(word for file in taken
                                           for word in ("-i", "garmin_fit", "-f", file)),
                             "-o", "unicsv", "-F", "-"]
    taken = [file for file in files if subprocess.run(command([file]), **SILENT).returncode == 0]
    if not taken:
        left_out("  against gpsbabel", "it took none of the files")
        return
    ours = theirs = float("inf")
    for _ in range(3):
        ours = min(ours, measured(build / "harrier", "decode", "--csv", *taken)[0])
        theirs = min(theirs, measured(*command(taken), told_as=[
            "gpsbabel", "-i", "garmin_fit", "-f", taken[0], "...", "-o", "unicsv", "-F", "-"])[0])
    size = sum(file.stat().st_size for file in taken)
    row("  against gpsbabel", f"{theirs / ours:.0f} x",
        f"to CSV: {size / theirs / 1e6:.1f} MB/s, {len(taken)} files")


def peer_seconds(files, folder):
    """Name -> (seconds over the files without its start, files decoded); or why not."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "no node and npm here"
    home = folder / "peers"
    shutil.copytree(ROOT / "bench/peers", home)
    try:
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"],
                       cwd=home, check=True, timeout=120, **SILENT)
        tell("npm", "ci", "--prefix", "bench/peers", "--ignore-scripts")
        tell("node", "bench/peers/peers.mjs", *files)
        run = subprocess.run(["node", "peers.mjs", *files], cwd=home, check=True, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=600)
    except subprocess.SubprocessError:
        return "npm could not get them, or they failed"
    lines = map(str.split, run.stdout.splitlines())
    return {name: (float(seconds), int(decoded)) for name, seconds, decoded in lines}


def bench_store(build, folder):
    paths = [WATCHES / "seasons" / name for name in SEASONS]
    if not all(path.is_dir() for path in paths):
        left_out("import", f"no seasons in {WATCHES}")
        return
    for path in paths:  # a warm cache, as the goal has it
        for file in path.iterdir():
            file.read_bytes()
    harrier = [build / "harrier", "--db", folder / "harrier.db"]
    first, memory_mb, out = measured(*harrier, "import", "--json", *paths)
    said = json.loads(out)
    files = len(said["files"])
    row("import, from warm cache", f"{files / first:.0f} files/s",
        f"{files} files, {said['imported']} activities", ">= 300 files/s", files / first >= 300)
    row("  peak memory", f"{memory_mb:.0f} MB", "", "< 150 MB", memory_mb < 150)
    second, _, out = measured(*harrier, "import", "--json", *paths)
    fresh = json.loads(out)["imported"]
    row("  the same again", f"{second / first:.3f} x", f"{fresh} new activities",
        "< 0.1 x, 0 new", second / first < 0.1 and fresh == 0)
    start_ms = sorted(measured(*harrier, "list")[0] for _ in range(11))[5] * 1e3
    row("list on that store", f"{start_ms:.1f} ms", "", "< 50 ms", start_ms < 50)


def annals_rows(where, run, large, three=None):
    """The rows of one run of annals_bench, and then how the database found a list. The goals are
    for ten million; with fewer nothing is said of them."""
    lines = [line.split() for line in run.splitlines()]
    seen = {line[0]: float(line[1]) for line in lines if line[0] != "#"}

    def judged(name, value, compared, goal, good):
        row(name, value, compared, goal if large else f"10 million: {goal}",
            good if large else None)

    if "marks" in seen:
        judged(f"many athletes' marks, in {where}", f"{seen['marks_per_s'] / 1e3:.0f} thousand/s",
               f"{seen['marks']:.0f} marks, {seen['people']:.0f} athletes", ">= 200",
               seen["marks_per_s"] >= 200e3)
        judged("  peak memory", f"{seen['peak_mb']:.0f} MB", "", "< 200 MB", seen["peak_mb"] < 200)
    if "bytes_per_mark" in seen:
        judged("  on the disk, a mark", f"{seen['bytes_per_mark']:.0f} bytes", "", "< 200",
               seen["bytes_per_mark"] < 200)
    for name, words in (("top100", "  a top hundred"), ("top100_nation", "  of one nation"),
                        ("career", "  a career")):
        took_ms = seen[name + "_ms"]
        goal_ms = 3 * three[name + "_ms"] if three else 5
        judged(f"{words}, {where}" if three else words, f"{took_ms:.2f} ms", "median of 200",
               f"< {goal_ms:.1f} ms", took_ms < goal_ms)
    for line in lines:
        if line[0] == "#":
            print("     ", *line[1:])
    return seen


def bench_annals(build, folder, marks):
    def asked(where, count, called):
        tell(build / "bench/annals_bench", called, str(count))
        return subprocess.run([build / "bench/annals_bench", where, str(count)], check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    large = marks >= 10_000_000
    annals_rows("a file", asked(folder / "annals.db", marks, "annals.db"), large)
    if not programs() or whose() is False:
        left_out("many athletes' marks, on a server", "no PostgreSQL server is installed here")
        return
    with Server() as first, Server() as second, Server() as third:
        url = first.create("annals")
        one = annals_rows("a server", asked(url, marks, "postgresql://ONE"), large)
        for server, name in ((second, "one"), (third, "two"), (first, "three")):
            subprocess.run([build / "harrier", "--db", url, "db", "shard", "add",
                            server.create(name)], check=True, **SILENT)
        annals_rows("on three", asked(url, 0, "postgresql://ONE"), large, one)


def bench_toplists(build, folder):
    """The top lists of a federation, all of them, into an empty store."""
    lists = sorted((RESULTS / "wa_toplists_2023-07_mit").glob("*.csv"))
    if not lists:
        left_out("top lists of the world", f"none in {RESULTS}")
        return
    seconds, _, out = measured(build / "harrier", "--db", folder / "lists.db", "results", "import",
                               *lists, "--json")
    said = json.loads(out)
    row("top lists of the world", f"{seconds:.2f} s",
        f"{said['marks']} marks in, {said['refused']} refused", "< 3 s, 117700 rows",
        seconds < 3 and said["marks"] + said["refused"] == 117700)


def bench_ground(build, _):
    files = sorted((WATCHES / "seasons/clf3-2025").glob("*.gpx.gz"))
    if not files:
        left_out("distance over the ground", f"no season in {WATCHES}")
        return
    seen = numbers_of(build / "bench/ground_bench", *files)
    median, near = seen["median_ratio"], seen["within_3_pct"]
    row("distance over the ground", f"{median:.4f} x", "the watch's own, median",
        "within 0.5 %", abs(median - 1) <= 0.005)
    row("  of them within 3 %", f"{near:.1f} %", f"{seen['runs']:.0f} runs", ">= 95 %", near >= 95)


def bench_bests(build, _):
    seen = numbers_of(build / "bench/best_bench")
    ratio = seen["brute_force_ms"] / seen["bests_ms"]
    row("best efforts", f"{seen['bests_ms']:.2f} ms",
        f"{seen['samples']:.0f} samples, {seen['distances']:.0f} distances")
    row("  against brute force", f"{ratio:.0f} x", f"apart by {seen['apart_s']:.0e} s", "",
        None if seen["apart_s"] < 1e-6 else False)


def bench_points(build, _):
    speed = numbers_of(build / "bench/mark_bench")["marks_per_s"] / 1e6
    row("points", f"{speed:.0f} M marks/s", "", ">= 10 M marks/s", speed >= 10)


def bench_curve(build, folder):
    curve_ms = numbers_of(build / "bench/curve_bench")["curve_ms"]
    row("the curve of 500 marks", f"{curve_ms:.3f} ms", "fitted, and ten events from it", "< 5 ms",
        curve_ms < 5)
    marks, queries = folder / "marks.csv", folder / "queries.csv"
    with open(marks, "w", encoding="ascii") as out:
        print("athlete,sex,date,event,mark,eligible", file=out)
        for athlete in range(2000):
            for race in range(40):
                event, best_s = (("1500", 225), ("5000", 840), ("10K", 1800))[race % 3]
                mark_s = best_s * (1 + (athlete % 97) / 300 + race * 7 % 11 / 500)
                print(f"{athlete},M,{2022 + race // 12}-{race % 12 + 1:02}-15,{event},"
                      f"{mark_s // 60:.0f}:{mark_s % 60:05.2f},1", file=out)
    with open(queries, "w", encoding="ascii") as out:
        print("query,athlete,date,event", file=out)
        for query in range(100_000):
            print(f"{query},{query % 2000},2025-{query % 12 + 1:02}-{query // 2000 % 28 + 1:02},"
                  f"{('3000', '10000', 'HM', 'MAR')[query % 4]}", file=out)
    seconds, _, _ = measured(build / "harrier", "predict", "--marks", marks, "--queries", queries,
                              "--csv")
    row("100,000 predictions, whole process", f"{seconds:.1f} s", "each from up to 40 marks",
        "< 20 s", seconds < 20)


def bench_prior(build, _):
    """How well races are foretold of athletes never trained on, as docs/prediction.md has it."""
    histories, pbs = (RESULTS / name for name in ("rome2024_histories_train.csv",
                                                  "athlinks_pbs_train.csv"))
    if not histories.is_file() or not pbs.is_file():
        left_out("foretold, off by", f"no histories in {RESULTS}")
        return
    gates = {"every race from all earlier marks": (1.82, "elite"),
             "every race from other events": (2.10, "elite"),
             "season best from all marks": (1.65, "elite"),
             "season bests within a year": (2.10, "elite"),
             "PB from all other PBs": (5.0, "recreational"),
             "half to marathon": (6.5, "recreational")}
    slack = {"elite": (3, 3, 1.5), "recreational": (4, 4, 2)}
    tell(build / "bench/prior_bench", histories, pbs)
    run = subprocess.run([build / "bench/prior_bench", histories, pbs], check=True, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for line in run.stdout.splitlines():
        cells = [cell.strip(" *") for cell in line.strip("|").split("|")]
        if cells[0] not in gates:
            continue
        gate, kind = gates[cells[0]]
        error, riegel = float(cells[2]), float(cells[6])
        row(cells[0], f"{error:.2f} %", f"Riegel {riegel:.2f} %: {error / riegel:.2f} x",
            f"<= {gate:.2f} %", error <= gate)
        off = [abs(float(share) - wanted)
               for share, wanted in zip(cells[5].split("/"), (50, 80, 95))]
        row("  intervals of 50, 80, 95 %, off by", " ".join(f"{points:.1f}" for points in off),
            f"{cells[5]} of {cells[1]}", " ".join(f"<= {points:g}" for points in slack[kind]),
            all(points <= most for points, most in zip(off, slack[kind])))


def bench_flat(build, _):
    slowest_ms = max(value for name, value in numbers_of(build / "bench/flat_bench").items()
                     if name.endswith("_ms"))
    row("flat speed", f"{slowest_ms:.2f} ms", "1 Hz marathon, slowest model", "< 2 ms",
        slowest_ms < 2)


def bench_load(build, _):
    took = numbers_of(build / "bench/load_bench")
    row("ten years of daily load", f"{took['ten_years_ms']:.2f} ms", "loads and form", "< 5 ms",
        took["ten_years_ms"] < 5)
    row("response, learnt and tried", f"{took['response_ms']:.0f} ms", "ten years, 40 marks")


def bench_season(build, _):
    seen = numbers_of(build / "bench/season_bench")
    row("plan of 40 weeks", f"{seen['plan_ms']:.0f} ms", "2 peaks, 3 camps, 8 races", "< 200 ms",
        seen["plan_ms"] < 200)
    seen = numbers_of(build / "bench/season_worth")
    for name, words, goal in (("response", "planned as well as the best of three", ">= 90 %"),
                              ("unbounded", "  of three that load what they like", ""),
                              ("rules", "  by rules, the response not known", "")):
        share = seen[f"{name}_at_least_pct"]
        row(words, f"{share:.1f} %",
            f"{seen[f'{name}_p10_pct']:+.1f} / {seen[f'{name}_median_pct']:+.1f} / "
            f"{seen[f'{name}_p90_pct']:+.1f} %, worst {seen[f'{name}_least_pct']:+.1f}",
            goal, share >= 90 if goal else None)


def bench_pace(build, _):
    seen = numbers_of(build / "bench/pace_bench")
    for name, words in (("marathon", "plan of a marathon"), ("windy", "  in wind")):
        took_ms = seen[f"{name}_ms"]
        row(words, f"{took_ms:.1f} ms",
            f"{seen[f'{name}_pieces']:.0f} pieces; {seen[f'{name}_evidence_ms']:.1f} ms with "
            "evidence", "< 10 ms", took_ms < 10)
    row("plan of 1500 m, standing start", f"{seen['standing_1500_ms']:.1f} ms", "", "< 50 ms",
        seen["standing_1500_ms"] < 50)


def bench_pacing(build, _):
    splits = RESULTS / "chicago2023_splits.csv"
    if not splits.is_file():
        left_out("a field's splits", f"no {splits}")
        return
    seconds, _, _ = measured(build / "harrier", "race", "analyse", splits)
    row("a field's race, whole process", f"{seconds:.2f} s", "read, analysed, printed", "< 1 s",
        seconds < 1)
    seen = numbers_of(build / "bench/pacing_bench", splits)
    row("a field's splits", f"{seen['analyse_s']:.2f} s", f"{seen['finishers']:.0f} runners",
        "< 1 s", seen["analyse_s"] < 1)
    for name, words in (("whole", "kept to the plan: the finish, faster by"),
                        ("first10", "  up to 10 km only"),
                        ("half", "  up to half way only: the second half"),
                        ("first30", "  up to 30 km only: the way from there")):
        row(words, f"{seen[f'{name}_faster_pct']:.2f} %",
            f"95 %: {seen[f'{name}_low_pct']:.2f} to {seen[f'{name}_high_pct']:.2f} %")
    for name, words in (("fading", "second half slower, by % of slowing"),
                        ("rising", "  by % sped up to half way")):
        row(words, f"{seen[f'{name}_slope']:.2f} %",
            f"95 %: {seen[f'{name}_low']:.2f} to {seen[f'{name}_high']:.2f} %")


def bench_page(build, _):
    """The page in a browser; what drives it is got by npm (tests/browser)."""
    browser = ROOT / "tests/browser"
    if not shutil.which("node") or not (browser / "node_modules").is_dir():
        left_out("the page", "no browser: npm ci --prefix tests/browser --ignore-scripts")
        return
    try:
        seen = numbers_of("node", browser / "bench.mjs", build / "harrier", build / "tests/years")
    except subprocess.CalledProcessError:
        left_out("the page", "not built (make page), or no Chromium")
        return
    row("the server, until it is ready", f"{seen['season_cold_ready']:.0f} ms", "", "< 300 ms",
        seen["season_cold_ready"] < 300)
    for name, words, goal_ms in (("season_cold", "season of ten years, first chart", 1000),
                                 ("season_disk", "  store not in memory either", None),
                                 ("season_warm", "  again", 300),
                                 ("activity_cold", "a run of four hours, its charts", 500),
                                 ("activity_disk", "  store not in memory either", None),
                                 ("activity_warm", "  again", 500)):
        first = seen[f"{name}_first"]
        row(words, f"{first:.0f} ms",
            f"whole {seen[f'{name}_whole']:.0f}, last answer {seen[f'{name}_last']:.0f} ms",
            f"< {goal_ms} ms" if goal_ms else "", first < goal_ms if goal_ms else None)
    for name, words in (("mouse", "a frame as the mouse moves over it"),
                        ("keys", "  by the arrow keys")):
        work_ms, late_pct = seen[f"cursor_{name}_work"], seen[f"cursor_{name}_late"]
        row(words, f"{work_ms:.1f} ms", f"of work; {late_pct:.1f} % of frames late",
            "< 16.6 ms, 1 %", work_ms < 16.6 and late_pct < 1)


def bench_serve(build, folder):
    """Small questions over 32 lines, on a store with the season of the demonstration."""
    harrier = [build / "harrier", "--db", folder / "harrier.db"]
    subprocess.run([*harrier, "demo", folder / "season"], check=True, **SILENT)
    subprocess.run([*harrier, "import", folder / "season"], check=True, **SILENT)
    tell(*harrier, "serve", "--port", "0")
    with subprocess.Popen([*harrier, "serve", "--port", "0"], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        address, token = server.stdout.readline().strip().split("/?token=")
        port, own = address.rsplit(":", 1)[1], f"/proc/{server.pid}"

        def ask(path, requests):
            tell(build / "bench/serve_bench", "PORT", "TOKEN", path, "32", str(requests))
            return printed(build / "bench/serve_bench", port, token, path, "32", str(requests))

        ask("/api/v1/list?limit=1", 1000)
        files = len(os.listdir(f"{own}/fd"))
        seen = ask("/api/v1/list?limit=1", 100000)
        row("small requests, 32 lines", f"{seen['requests_per_s'] / 1e3:.0f} thousand/s",
            f"median {seen['median_ms']:.2f} ms", ">= 20 thousand/s",
            seen["requests_per_s"] >= 20000)
        row("  the slowest 1 %", f"{seen['p99_ms']:.1f} ms", "", "< 5 ms", seen["p99_ms"] < 5)
        status = pathlib.Path(f"{own}/status").read_text()
        peak_mb = int(status.split("VmHWM:")[1].split()[0]) / 1024
        row("  memory after 100,000", f"{peak_mb:.0f} MB", "", "< 60 MB", peak_mb < 60)
        more = len(os.listdir(f"{own}/fd")) - files
        row("  more files open than after 1,000", f"{more}", "", "no more", more <= 0)
        server.terminate()


def bench_tests(build, _):
    """What the tests hold: each function by what its program says of it."""
    proofs = [(name, goal, *found.groups()) for name, goal, proof in numbers()
              if (found := re.fullmatch(r"tests/(\w+)\.c:(\w+)", proof))]
    for test, rows in itertools.groupby(proofs, lambda proof: proof[2]):
        program, rows = build / "tests" / test, list(rows)
        if not program.exists():
            left_out(test, f"no {spoken(program)}")
            continue
        tell("HARRIER_ROOT=.", program, "# " + " ".join(function for *_, function in rows))
        results = taps(program)
        for name, goal, _, function in rows:
            how = results.get(function)
            if how == "skipped":
                left_out(name, "the real files are not here")
            else:
                row(name, {"ok": "held", "failed": "not held"}.get(how, "no such test"), "", goal,
                    how == "ok")


def taps(program):
    """Function -> ok, failed or skipped, as a test program says it."""
    run = subprocess.run([program], text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         env={**os.environ, "HARRIER_ROOT": str(ROOT),
                              "CMOCKA_MESSAGE_OUTPUT": "TAP"})
    found = re.findall(r"^(ok|not ok) \d+ (- |# SKIP )(\w+)", run.stdout, re.M)
    return {name: "skipped" if "SKIP" in how else "ok" if result == "ok" else "failed"
            for result, how, name in found}


def numbers():
    """The rows of numbers.tsv: a name, the goal, and the test or the command."""
    for line in (ROOT / "bench/numbers.tsv").read_text().splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def bench_check(_, __):
    """All tests of build/, if it is built."""
    if not (ROOT / "build/harrier").exists():
        left_out("every test", "build/ is not built: make")
        return
    seconds, _, out = measured("python3", "tools/check.py", "build")
    last = out.decode().splitlines()[-1]
    row("every test, once built", f"{seconds:.0f} s", last, "< 300 s",
        seconds < 300 and " 0 failed" in last)


def bench_elsewhere(_, __):
    """What takes too long to be told here."""
    for name, goal, proof in numbers():
        if not proof.startswith("tests/"):
            tell(*proof.split())
            row(name, "-", "", goal)


# name, what the group is about, and its rows
GROUPS = [
    ("decode", "watch files to columns, in process", bench_decode),
    ("process", "watch files to JSON and CSV, beside other decoders", bench_process),
    ("store", "two real seasons into a store", bench_store),
    ("ground", "distance over the ground, beside the watch's own", bench_ground),
    ("bests", "best efforts", bench_bests),
    ("points", "points", bench_points),
    ("flat", "flat speed", bench_flat),
    ("curve", "a runner's curve", bench_curve),
    ("prior", "how well races are foretold", bench_prior),
    ("load", "load and form", bench_load),
    ("season", "a season's plan, and its gain over others", bench_season),
    ("pace", "a race's plan", bench_pace),
    ("pacing", "a field of 48,000", bench_pacing),
    ("toplists", "the lists of a federation", bench_toplists),
    ("annals", "lists of millions", bench_annals),
    ("serve", "the server", bench_serve),
    ("page", "the page in a browser", bench_page),
    ("tests", "numbers that tests hold", bench_tests),
    ("check", "the tests themselves", bench_check),
    ("elsewhere", "shown by commands of their own", bench_elsewhere),
]


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("build", type=pathlib.Path)
    ask.add_argument("--marks", type=int, default=1_000_000)
    ask.add_argument("--only", choices=[name for name, _, _ in GROUPS])
    asked = ask.parse_args()
    build = asked.build.resolve()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for name, about, bench in GROUPS:
        if asked.only not in (None, name):
            continue
        if name == "annals":
            bench = functools.partial(bench, marks=asked.marks)
        print(f"\n{about.upper():<54} python3 bench/bench.py {asked.build} --only {name}")
        with tempfile.TemporaryDirectory(prefix=PASSING) as folder:
            bench(build, pathlib.Path(folder))
    print("\n" + ", ".join(f"{count} {verdict}" for verdict, count in verdicts.items()))


if __name__ == "__main__":
    main()
