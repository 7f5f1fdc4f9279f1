#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The Debian packages are built, installed, used and removed.

    tests/package_test.py ROOT [FOLDER]     FOLDER has packages that are built already

They are built as `make deb` builds them: with the page in them where what makes it has been got
(`make page`). They are installed by dpkg, with its knowledge of what else is on the machine, but
into a folder: nothing outside of it is touched. The guides are followed there to their ends.
Where the packages cannot be built it is skipped, with what is missing.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

from tap import Tap

PACKAGES = ["libharrier1", "libharrier-dev", "harrier"]
WANTED = ["usr/bin/harrier", "usr/lib/systemd/user/harrier.service",
          "usr/share/man/man1/harrier.1.gz", "usr/share/man/man1/harrier-db-verify.1.gz",
          "usr/share/man/man3/harrier.3.gz", "usr/share/bash-completion/completions/harrier",
          "usr/share/zsh/vendor-completions/_harrier",
          "usr/share/fish/vendor_completions.d/harrier.fish", "usr/include/harrier/decode.h",
          "usr/share/doc/harrier/copyright", "usr/share/doc/harrier/SECURITY.md",
          "usr/share/doc/libharrier1/copyright"]


def run(*command, **more):
    return subprocess.run([str(word) for word in command], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)


def why_not(root):
    for tool in ("dpkg-buildpackage", "dh"):
        if not shutil.which(tool):
            return f"no {tool} here"
    needs = run("dpkg-checkbuilddeps", root / "debian/control")
    return needs.stdout.strip() if needs.returncode else None


def build(tap, root, folder):
    built = run(root / "tools/deb", folder)
    tap.check("the packages are built", built.returncode == 0, built.stdout[-3000:])


def dpkg(place, *words):
    return run("dpkg", f"--root={place}", "--force-not-root", "--force-script-chrootless",
               "--no-triggers", *words)


def files_of(place):
    known = place / "var/lib/dpkg"
    return sorted(str(path.relative_to(place)) for path in place.rglob("*")
                  if not path.is_dir() and known not in path.parents and
                  "var/log" not in str(path))


def install(tap, place, packages):
    (place / "var/lib/dpkg/updates").mkdir(parents=True)
    (place / "var/lib/dpkg/info").mkdir()
    (place / "var/log").mkdir()
    shutil.copy("/var/lib/dpkg/status", place / "var/lib/dpkg/status")
    # A Harrier that this machine has itself is not the one to be tried.
    status = (place / "var/lib/dpkg/status").read_text()
    kept = [part for part in status.split("\n\n") if not re.match(
        r"Package: (lib)?harrier(1|-dev)?\n", part)]
    (place / "var/lib/dpkg/status").write_text("\n\n".join(kept))
    said = dpkg(place, "-i", *packages)
    tap.check("dpkg installs them, with all that they depend on", said.returncode == 0,
              said.stdout[-2000:])


def use(tap, root, place, folder):
    missing = [name for name in WANTED if not (place / name).exists()]
    tap.check("what they promise is in them", not missing, " ".join(missing))
    libraries = next(place.glob("usr/lib/*/libharrier.so")).parent
    env = {**os.environ, "LD_LIBRARY_PATH": str(libraries),
           "PKG_CONFIG_PATH": str(libraries / "pkgconfig"),
           "PKG_CONFIG_SYSROOT_DIR": str(place)}
    harrier, sample = place / "usr/bin/harrier", root / "tests/files/easy-run.fit"
    said = run(harrier, "decode", "--json", sample, env=env)
    wanted = json.loads((root / "tests/files/easy-run.fit.json").read_text())["activities"][0]
    found = json.loads(said.stdout)["activities"][0] if said.returncode == 0 else {}
    tap.check("the program decodes a file", {**found, "file": ""} == {**wanted, "file": ""},
              said.stdout[:1000])
    linked = run("ldd", harrier, env=env).stdout
    tap.check("the program uses the library of the package",
              f"libharrier.so.1 => {libraries}" in linked, linked)
    store = ["--db", folder / "try.db"]
    said = [run(harrier, *store, *words, env=env) for words in
            (["demo", folder / "season"], ["import", folder / "season"], ["report"],
             ["db", "verify"])]
    tap.check("a season goes in, and its report comes out",
              all(each.returncode == 0 for each in said) and "Season report" in said[2].stdout,
              "\n".join(each.stdout[-500:] for each in said))
    hold_page(tap, root, harrier, store, env)
    hold_stranger(tap, root, folder, env, sample)
    guides = [f"docs/{name}.md" for name in ("runner", "coach", "statistician", "programmer")]
    followed = run(sys.executable, root / "tests/docs_test.py", harrier, "cc", *guides, env=env)
    tap.check("each guide, followed to its end, prints what it shows", followed.returncode == 0,
              followed.stdout[-3000:])


def hold_page(tap, root, harrier, store, env):
    """What `harrier serve` of the package answers a browser with."""
    with subprocess.Popen([harrier, *store, "serve", "--port", "0"], env=env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        address = server.stdout.readline().strip()
        # The token is good once: it becomes a cookie, and the page is asked for with that.
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        try:
            page = browser.open(address, timeout=30).read().decode()
            script = re.search(r'src="(/app-\w+\.js)"', page)
            status = browser.open(address.split("/?")[0] + script[1]).status if script else 0
            asked = json.load(browser.open(address.split("/?")[0] + "/api/v1/list?limit=1"))
        except OSError as error:
            page, status, asked = str(error), 0, {}
        server.terminate()
    tap.check("harrier serve answers what the command line answers",
              len(asked.get("activities", [])) == 1, page[:500])
    if not (root / "web/node_modules/esbuild").is_dir() and "not built" in page:
        tap.skip("harrier serve shows its page", "what makes it is not here: make page")
        return
    tap.check("harrier serve shows its page", status == 200, page[:500])


def hold_stranger(tap, root, folder, env, sample):
    """A program of somebody else, with what pkg-config says."""
    source = folder / "example.c"
    run(sys.executable, root / "tests/docs_test.py", "--extract", root / "README.md", source)
    flags = run("pkg-config", "--cflags", "--libs", "harrier", env=env).stdout.split()
    made = run("cc", source, "-o", folder / "example", *flags)
    tap.check("the README's program is built with libharrier-dev", made.returncode == 0,
              made.stdout)
    said = run(folder / "example", sample, env=env) if made.returncode == 0 else made
    tap.check("and runs", said.returncode == 0, said.stdout)
    # The library of the store, and a constant of the other.
    source.write_text('#include "harrier/coach.h"\n#include "harrier/runner.h"\n'
                      "int main(void) { return har_coach_algorithm() == 0 ||\n"
                      "    har_prior_elite.rows == 0; }\n")
    shared = run("pkg-config", "--cflags", "--libs", "harrier-store", env=env).stdout.split()
    made = run("cc", source, "-o", folder / "stranger", *shared)
    ran = run(folder / "stranger", env=env) if made.returncode == 0 else made
    tap.check("a program with harrier-store is built and runs",
              made.returncode == 0 and ran.returncode == 0, made.stdout + ran.stdout)


def remove(tap, place, before):
    said = dpkg(place, "--purge", *PACKAGES)
    left = [name for name in files_of(place) if name not in before]
    tap.check("dpkg removes them, and nothing is left", said.returncode == 0 and not left,
              said.stdout[-1000:] + "\n".join(left))


def lint(tap, folder):
    if not shutil.which("lintian"):
        tap.skip("lintian", "no lintian here")
        return
    # It wants a bug of Debian's closed, where the package was asked for.
    said = run("lintian", "--allow-root", "--fail-on", "error,warning",
               "--suppress-tags", "initial-upload-closes-no-bugs",
               *folder.glob("harrier_*.changes"))
    tap.check("lintian has nothing to say", said.returncode == 0, said.stdout)


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    tap = Tap()
    if why_not(root):
        tap.skip("the Debian packages", why_not(root))
        return tap.done()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        built = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else folder
        if built == folder:
            build(tap, root, folder)
        packages = [path for name in PACKAGES for path in built.glob(f"{name}_*.deb")]
        tap.check("there are three packages", len(packages) == len(PACKAGES), str(packages))
        if len(packages) == len(PACKAGES):
            place = folder / "place"
            install(tap, place, packages)
            use(tap, root, place, folder)
            remove(tap, place, before=["var/lib/dpkg/status"])
            lint(tap, built)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
