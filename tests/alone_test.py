#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The pure rooms as harrier.c and harrier.h, and as WebAssembly, give the answers of the program.

    tests/alone_test.py ROOT

The program of docs/embedding.md is compiled with harrier.c by gcc and clang, without a warning
and, made small, without expat and jansson; the module is asked in Node and in Chromium. What
they say of the files in tests/files is held against the golden answers there. What is not on
the machine is skipped with a word.
"""
import functools
import http.server
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from tap import Tap

ROOT = pathlib.Path(sys.argv[1])
FILES = ROOT / "tests/files"
STRICT = ["-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
SMALL = ["-DHARRIER_NO_XML", "-DHARRIER_NO_JSON"]
WASM_TAKES = "clang, wasm-ld, wasi-libc and libclang-rt-dev-wasm32"
# Asks the module about every file, and says what it said, one JSON document for all.
ASKING = """
import { load } from './harrier.mjs';
export async function ask(bytesOf, names) {
  const harrier = await load(await bytesOf('harrier.wasm'));
  const said = {};
  for (const name of names) {
    try {
      const { activities } = harrier.decode(await bytesOf(name));
      for (const activity of activities) {
        const beat = activity.columns.heart_bpm ?? [];
        activity.columns = Object.keys(activity.columns).length;
        activity.heart = [...beat].map(x => Number.isNaN(x) ? null : x);
      }
      said[name] = { activities };
    } catch (error) {
      said[name] = { message: error.message, offset: error.offset };
    }
  }
  return JSON.stringify(said);
}
"""
IN_NODE = """
import { readFileSync } from 'node:fs';
import { ask } from './ask.mjs';
console.log(await ask(name => new Uint8Array(readFileSync(name)), process.argv.slice(2)));
"""
IN_PAGE = """<!doctype html><meta charset="utf-8"><title>harrier.wasm</title><pre id="said"></pre>
<script type="module">
import { ask } from './ask.mjs';
const bytesOf = async name => new Uint8Array(await (await fetch(name)).arrayBuffer());
document.getElementById('said').textContent = await ask(bytesOf, NAMES);
</script>
"""


def run(*command, **more):
    return subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, **more)


def names(*kinds):
    return [path.name for path in sorted(FILES.iterdir()) if path.suffix in kinds]


def golden(name):
    """The activities that the program finds in a file; without its name, which is not asked."""
    path = FILES / (name + ".json")
    found = json.loads(path.read_text())["activities"] if path.exists() else []
    return nameless(found)


def nameless(activities):
    return [{key: value for key, value in activity.items() if key not in
             ("file", "columns", "heart")} for activity in activities]


def program(folder):
    found = re.search(r"```c\n(.*?)```", (ROOT / "docs/embedding.md").read_text(), re.S)
    (folder / "program.c").write_text(found[1])


def heard(folder, name, exe):
    """The activities that a compiled program prints, or its complaint."""
    said = run(folder / exe, FILES / name)
    return nameless(json.loads(said.stdout)) if said.returncode == 0 else said.stderr


def compiled(tap, folder, compiler, what, options, libraries):
    exe = f"{compiler}-{len(options)}"
    tried = run(compiler, *STRICT, *options, "program.c", "harrier.c", "-o", exe, *libraries,
                "-lm", cwd=folder)
    tap.check(f"harrier.c compiles with {compiler}{what}, without a warning",
              tried.returncode == 0, tried.stderr[:2000])
    return exe if tried.returncode == 0 else None


def try_native(tap, folder):
    for compiler in ("gcc", "clang"):
        if not shutil.which(compiler):
            tap.skip(f"harrier.c with {compiler}", f"no {compiler} here")
            continue
        exe = compiled(tap, folder, compiler, "", [], ["-lexpat", "-ljansson"])
        wrong = [name for name in names(".fit", ".tcx", ".gpx") if exe and golden(name) and
                 heard(folder, name, exe) != golden(name)]
        tap.check(f"with {compiler} it decodes as the program does", exe and not wrong,
                  " ".join(wrong))
    exe = compiled(tap, folder, "gcc" if shutil.which("gcc") else "cc",
                   ", without expat and jansson", SMALL, [])
    wrong = [name for name in names(".fit") if exe and golden(name) and
             heard(folder, name, exe) != golden(name)]
    tap.check("without expat and jansson it decodes FIT", exe and not wrong, " ".join(wrong))
    said = heard(folder, "two-segments.gpx", exe) if exe else ""
    tap.check("and refuses GPX with a word", "made without XML" in said, str(said)[:300])


def try_names(tap, folder):
    """What the linker of a stranger sees."""
    tried = run("cc", *STRICT, *SMALL, "-c", "some/harrier.c", "-Isome", "-o", "some.o",
                cwd=folder)
    tap.check("some rooms compile alone", tried.returncode == 0, tried.stderr[:2000])
    shown = run("nm", "-g", "--defined-only", folder / "some.o").stdout.split()[2::3]
    strange = [name for name in shown if not re.match(r"har_|harrier_", name)]
    tap.check("no name but har_ and harrier_ is shown", shown and not strange,
              " ".join(strange))


def build_wasm(folder):
    """The module, in the folder; or why not."""
    if not shutil.which("clang") or not shutil.which("wasm-ld"):
        return f"it takes {WASM_TAKES}"
    made = run(ROOT / "wasm/build", folder, folder)
    return None if made.returncode == 0 else made.stderr or made.stdout


def judge_module(tap, where, text):
    try:
        said = json.loads(text)
    except ValueError:
        tap.check(f"harrier.wasm answers in {where}", False, text[:2000])
        return
    wrong = [name for name in names(".fit") if golden(name) and
             nameless(said[name].get("activities", [])) != golden(name)]
    tap.check(f"in {where} harrier.wasm decodes FIT as the program does", not wrong,
              "\n".join(f"{name}: {said[name]}"[:400] for name in wrong))
    heart = said["easy-run.fit"]["activities"][0]["heart"]
    tap.check(f"in {where} its columns have every sample",
              len(heart) == 481 and heart[:5] == [110, 111, 112, 113, 113], str(heart[:9]))
    failed = [name for name in names(".fit", ".gpx") if "message" in said[name]]
    tap.check(f"in {where} a broken file is refused with a sentence and a byte",
              "truncated-at-record.fit" not in failed and "empty.fit" in failed and
              all(said[name]["message"] and "offset" in said[name] for name in failed),
              str(failed))


class Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {".mjs": "text/javascript", ".html": "text/html", "": "application/wasm"}

    def log_message(self, *_):
        pass


def in_chromium(chromium, folder):
    handler = functools.partial(Quiet, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shown = run(chromium, "--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", f"--user-data-dir={folder}/profile",
                "--virtual-time-budget=20000", "--dump-dom",
                f"http://127.0.0.1:{server.server_port}/page.html", timeout=120)
    server.shutdown()
    found = re.search(r'<pre id="said">(.*?)</pre>', shown.stdout, re.S)
    return found[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">") \
        if found else shown.stdout + shown.stderr


def try_wasm(tap, folder):
    why_not = build_wasm(folder)
    missing = why_not and re.search(r"it takes|not found|no such file|cannot open", why_not, re.I)
    if missing:
        tap.skip("harrier.wasm", f"not made here: it takes {WASM_TAKES}")
        return
    tap.check("harrier.wasm is made, without a warning", not why_not, why_not or "")
    if why_not:
        return
    asked = names(".fit", ".gpx")
    for name in asked:
        shutil.copy(FILES / name, folder)
    (folder / "ask.mjs").write_text(ASKING)
    (folder / "node.mjs").write_text(IN_NODE)
    (folder / "page.html").write_text(IN_PAGE.replace("NAMES", json.dumps(asked)))
    if shutil.which("node"):
        said = run("node", "node.mjs", *asked, cwd=folder)
        judge_module(tap, "Node", said.stdout or said.stderr)
    else:
        tap.skip("harrier.wasm in Node", "no node here")
    chromium = shutil.which("chromium")
    if chromium:
        judge_module(tap, "Chromium", in_chromium(chromium, folder))
    else:
        tap.skip("harrier.wasm in Chromium", "no chromium here")


def main():
    tap = Tap()
    tool = ROOT / "tools/amalgamate.py"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run(sys.executable, tool, folder, check=True)
        run(sys.executable, tool, folder / "again", check=True)
        same = all((folder / part).read_bytes() == (folder / "again" / part).read_bytes()
                   for part in ("harrier.c", "harrier.h"))
        tap.check("harrier.c is the same each time", same)
        run(sys.executable, tool, folder / "some", "--rooms", "decode,clean", check=True)
        program(folder)
        try_native(tap, folder)
        try_names(tap, folder)
        try_wasm(tap, folder)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
