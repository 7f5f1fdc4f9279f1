# SPDX-License-Identifier: MIT
# The face of the build; Meson and Ninja do the work. `make help` lists what there is.

PREFIX ?= /usr/local
DEMO = demo
MESON_ARGS ?=
NINJA = ninja $(if $(JOBS),-j$(JOBS))
SOURCES = $(wildcard src/*/*.[ch] include/harrier/*.h tests/*.[ch] fuzz/*.[ch] bench/*.[ch] bench/*/*.[ch] \
    wasm/*.c tools/*.c tools/*/*.h)

# A build folder is set up once; ninja sets it up anew when a meson.build changes.
configure = test -f $(1)/build.ninja || meson setup $(2) $(MESON_ARGS) $(1) >$(1).log || \
    { cat $(1).log; exit 1; }; rm -f $(1).log

.PHONY: all help setup page demo check analyse valgrind docs bench fuzz coverage alone wasm install \
    uninstall deb format bless clean

all: ## build/harrier, build/libharrier.a and .so; no root, nothing outside the tree
	@tools/setup --check build
	@$(call configure,build,)
	@$(NINJA) -C build

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup:
	@tools/setup build

page: setup ## what `harrier serve` shows, built into the program; takes npm
	@tools/page build
	@$(MAKE) --no-print-directory all

demo: setup ## a simulated season: written, imported, on one page, in season.html
	@tools/page build || true
	@$(MAKE) --no-print-directory all
	@tools/demo build/harrier $(DEMO) season.html

check: setup ## every test; ends with `N passed, N failed`
	@$(MAKE) --no-print-directory all
	@python3 tools/check.py build

docs: all ## the reference of the libraries, from the doors: build/reference/index.html
	@echo build/reference/index.html

bench: setup ## every number that was asked for, each below its command; MARKS=10000000
	@$(call configure,build-bench,--buildtype=release)
	@$(NINJA) -C build-bench benches
	@python3 bench/bench.py build-bench $(if $(MARKS),--marks $(MARKS))

fuzz: ## every fuzzer for FUZZ_SECONDS (60) seconds
	@tools/setup build fuzz
	@CC=clang; export CC; $(call configure,build-fuzz,-Dfuzz=true --buildtype=debugoptimized \
	    -Db_sanitize=address$(comma)undefined -Db_lundef=false)
	@$(NINJA) -C build-fuzz fuzzers
	@fuzz/run build-fuzz

coverage: ## which branches the tests take, room by room: build-coverage/coverage.html
	@tools/setup build coverage
	@$(call configure,build-coverage,-Db_coverage=true -Dc_args=-fprofile-update=atomic)
	@find build-coverage -name '*.gcda' -delete
	@$(NINJA) -C build-coverage
	@python3 tools/coverage.py build-coverage

alone: ## the pure rooms as build/alone/harrier.c and harrier.h
	@python3 tools/amalgamate.py build/alone

wasm: alone ## build/wasm/harrier.wasm and harrier.mjs: FIT in Node and browsers
	@tools/setup wasm
	@wasm/build build/alone build/wasm

analyse: ## gcc's -fanalyzer, cppcheck and clang-tidy over src/: `0 findings`
	@tools/setup build analyse
	@tools/analyse

valgrind: ## the tests of the rooms and of the program under valgrind
	@tools/setup build valgrind
	@$(MAKE) --no-print-directory all
	@tools/valgrind build

install: all ## into PREFIX (/usr/local), under DESTDIR if set
	@meson configure build -Dprefix=$(PREFIX)
	@DESTDIR=$(DESTDIR) meson install -C build

uninstall: ## takes away what `make install` put there, as long as build/ is kept
	@$(NINJA) -C build uninstall
	@python3 tools/place.py --remove build

deb: ## Debian packages in build/deb, with the page where npm is at hand
	@tools/setup build deb
	@tools/page build || true
	@tools/deb build/deb

format: ## every source as .clang-format says
	@tools/setup format
	clang-format -i $(SOURCES)

bless: all ## take what the program says now as the golden answers; read the diff
	@python3 tests/golden.py --bless build/harrier
	@python3 tests/transcripts.py --bless build/harrier
	@python3 tests/docs_test.py --bless build/harrier

clean: ## everything that was made here, but not the demonstration's season
	rm -rf build build-*

comma = ,
