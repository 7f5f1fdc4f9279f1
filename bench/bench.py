#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How fast it is, as ratios taken in one run: `make bench`.

    bench/bench.py BUILD [--marks N] [--only NAME]

Each row is a number, what it is compared with, and the goal. Real files are looked for in
$HARRIER_DATA, else in ../shared/data beside the clone. Its peers are gpsbabel (from Debian) and
three decoders of FIT from npm, put into a temporary folder. Rows without their files, without
gpsbabel, or without npm and a network, are left out with a word.

N marks [1000000] of many athletes are kept in a file, on a PostgreSQL server that is started
for it, and on three. NAME asks for one group of rows: decode, annals, ...
"""
import argparse
import functools
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))
from server import Server, programs, whose

DATA = pathlib.Path(os.environ.get("HARRIER_DATA", ROOT.parent / "shared/data")) / "activities"
SEASONS = ["clf3-2025", "tiny656-2021-2026"]
SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

def row(name, value, compared="", goal="", good=None):
    verdict = {None: "", True: "ok", False: "SHORT"}[good]
    print(f"{name:<36} {value:>14}  {compared:<34} {goal:<16} {verdict}".rstrip(), flush=True)


def left_out(name, why):
    row(name, "-", why)


def numbers_of(*command):
    """What a benchmark in C prints: lines of `name value`."""
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                         check=True)
    return {name: float(value) for name, value in map(str.split, run.stdout.splitlines())}


def measured(command, env=None):
    """Seconds and peak memory (MB) of a process, and what it printed. Its status is its own
    affair: among real files some are damaged."""
    with tempfile.TemporaryFile() as out:
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=env)
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
    fits = sorted((DATA / "conformance").rglob("*.fit"))
    large = [path for path in fits if path.stat().st_size > 1_000_000]
    gpx = unpacked(sorted((DATA / "seasons/clf3-2025").glob("*.gpx.gz"))[:40], folder)
    tcx = unpacked((DATA / "seasons/tracker-2013").glob("*.TCX*"), folder)
    if not large:
        left_out("real files over 1 MB", f"none in {DATA}")
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
    paths = [*(DATA / "conformance").rglob("*.fit"),
             *(DATA / "seasons/tiny656-2021-2026").glob("*.fit*")]
    files = unpacked(paths, folder)
    if not files:
        left_out("FIT, whole process", f"no files in {DATA}")
        return
    size = sum(path.stat().st_size for path in files)
    seconds = min(measured([build / "harrier", "decode", "--json", *files])[0]
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
        ours = min(ours, measured([build / "harrier", "decode", "--csv", *taken])[0])
        theirs = min(theirs, measured(command(taken))[0])
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
        run = subprocess.run(["node", "peers.mjs", *files], cwd=home, check=True, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=600)
    except subprocess.SubprocessError:
        return "npm could not get them, or they failed"
    lines = map(str.split, run.stdout.splitlines())
    return {name: (float(seconds), int(decoded)) for name, seconds, decoded in lines}


def bench_store(build, folder):
    harrier = build / "harrier"
    paths = [DATA / "seasons" / name for name in SEASONS]
    if not all(path.is_dir() for path in paths):
        left_out("import", f"no seasons in {DATA}")
        return
    for path in paths:  # a warm cache, as the goal has it
        for file in path.iterdir():
            file.read_bytes()
    env = {**os.environ, "HARRIER_DB": str(folder / "harrier.db")}
    first, memory_mb, out = measured([harrier, "import", "--json", *paths], env)
    said = json.loads(out)
    files = len(said["files"])
    row("import, from warm cache", f"{files / first:.0f} files/s",
        f"{files} files, {said['imported']} activities", ">= 300 files/s", files / first >= 300)
    row("  peak memory", f"{memory_mb:.0f} MB", "", "< 150 MB", memory_mb < 150)
    second, _, out = measured([harrier, "import", "--json", *paths], env)
    fresh = json.loads(out)["imported"]
    row("  the same again", f"{second / first:.3f} x", f"{fresh} new activities",
        "< 0.1 x, 0 new", second / first < 0.1 and fresh == 0)
    start_ms = sorted(measured([harrier, "list"], env)[0] for _ in range(11))[5] * 1e3
    row("list on that store", f"{start_ms:.1f} ms", "", "< 50 ms", start_ms < 50)


def annals_rows(where, run, three=None):
    """The rows of one run of annals_bench, and then how the database found a list."""
    lines = [line.split() for line in run.splitlines()]
    seen = {line[0]: float(line[1]) for line in lines if line[0] != "#"}
    if "marks" in seen:
        row(f"many athletes' marks, in {where}", f"{seen['marks_per_s'] / 1e3:.0f} thousand/s",
            f"{seen['marks']:.0f} marks, {seen['people']:.0f} athletes", ">= 200",
            seen["marks_per_s"] >= 200e3)
        row("  peak memory", f"{seen['peak_mb']:.0f} MB", "", "< 200 MB", seen["peak_mb"] < 200)
    if "bytes_per_mark" in seen:
        row("  on the disk, a mark", f"{seen['bytes_per_mark']:.0f} bytes", "", "< 200",
            seen["bytes_per_mark"] < 200)
    for name, words in (("top100", "  a top hundred"), ("top100_nation", "  of one nation"),
                        ("career", "  a career")):
        took_ms = seen[name + "_ms"]
        goal_ms = 3 * three[name + "_ms"] if three else 5
        row(f"{words}, {where}" if three else words, f"{took_ms:.2f} ms", "median of 200",
            f"< {goal_ms:.1f} ms", took_ms < goal_ms)
    for line in lines:
        if line[0] == "#":
            print("     ", *line[1:])
    return seen


def bench_annals(build, folder, marks):
    def asked(where, count):
        return subprocess.run([build / "bench/annals_bench", where, str(count)], check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    annals_rows("a file", asked(folder / "annals.db", marks))
    if not programs() or whose() is False:
        left_out("many athletes' marks, on a server", "no PostgreSQL server is installed here")
        return
    with Server() as first, Server() as second, Server() as third:
        url = first.create("annals")
        one = annals_rows("a server", asked(url, marks))
        for server, name in ((second, "one"), (third, "two"), (first, "three")):
            subprocess.run([build / "harrier", "--db", url, "db", "shard", "add",
                            server.create(name)], check=True, **SILENT)
        annals_rows("on three", asked(url, 0), one)


def bench_ground(build, _):
    files = sorted((DATA / "seasons/clf3-2025").glob("*.gpx.gz"))
    if not files:
        left_out("distance over the ground", f"no season in {DATA}")
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
    seconds, _, _ = measured([build / "harrier", "predict", "--marks", marks, "--queries", queries,
                              "--csv"])
    row("100,000 predictions, whole process", f"{seconds:.1f} s", "each from up to 40 marks",
        "< 20 s", seconds < 20)


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
            f"of 500; {seen[f'{name}_p10_pct']:+.1f} / {seen[f'{name}_median_pct']:+.1f} / "
            f"{seen[f'{name}_p90_pct']:+.1f} % of speed, worst {seen[f'{name}_least_pct']:+.1f}",
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
    splits = DATA.parent / "results/chicago2023_splits.csv"
    if not splits.is_file():
        left_out("a field's splits", f"no {splits}")
        return
    seen = numbers_of(build / "bench/pacing_bench", splits)
    row("a field's splits", f"{seen['analyse_s']:.2f} s", f"{seen['finishers']:.0f} runners",
        "< 1 s", seen["analyse_s"] < 1)
    for name, words in (("whole", "kept to the plan: the finish, faster by"),
                        ("first10", "  up to 10 km only"),
                        ("half", "  up to half way only: the second half"),
                        ("first30", "  up to 30 km only: the way from there")):
        row(words, f"{seen[f'{name}_faster_pct']:.2f} %",
            f"95 %: {seen[f'{name}_low_pct']:.2f} to {seen[f'{name}_high_pct']:.2f} %")
    for name, words in (("fading", "second half slower, by % slowed to half way"),
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
    harrier, env = build / "harrier", {**os.environ, "HARRIER_DB": str(folder / "harrier.db")}
    quiet = {"env": env, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([harrier, "demo", folder / "season"], check=True, **quiet)
    subprocess.run([harrier, "import", folder / "season"], check=True, **quiet)
    with subprocess.Popen([harrier, "serve", "--port", "0"], env=env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        address, token = server.stdout.readline().strip().split("/?token=")
        port, own = address.rsplit(":", 1)[1], f"/proc/{server.pid}"

        def ask(path, requests):
            return numbers_of(build / "bench/serve_bench", port, token, path, "32",
                              str(requests))

        ask("/api/v1/list?limit=1", 1000)
        files = len(os.listdir(f"{own}/fd"))
        seen = ask("/api/v1/list?limit=1", 100000)
        row("small requests, 32 lines", f"{seen['requests_per_s'] / 1e3:.0f} thousand/s",
            f"median {seen['median_ms']:.2f} ms", ">= 20 thousand/s",
            seen["requests_per_s"] >= 20000)
        row("  the slowest 1 %", f"{seen['p99_ms']:.1f} ms", "", "< 5 ms", seen["p99_ms"] < 5)
        status = pathlib.Path(f"{own}/status").read_text()
        peak_mb = int(status.split("VmHWM:")[1].split()[0]) / 1024
        row("  memory after 100,000", f"{peak_mb:.0f} MB",
            f"{len(os.listdir(f'{own}/fd')) - files} more files open", "< 60 MB", peak_mb < 60)
        server.terminate()


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("build", type=pathlib.Path)
    ask.add_argument("--marks", type=int, default=1_000_000)
    ask.add_argument("--only")
    asked = ask.parse_args()
    build = asked.build.resolve()
    for bench in (bench_decode, bench_process, bench_store,
                  functools.partial(bench_annals, marks=asked.marks), bench_ground, bench_curve,
                  bench_bests, bench_flat, bench_points, bench_load, bench_season, bench_pace,
                  bench_pacing, bench_serve, bench_page):
        name = getattr(bench, "func", bench).__name__.removeprefix("bench_")
        if asked.only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                bench(build, pathlib.Path(folder))


if __name__ == "__main__":
    main()
