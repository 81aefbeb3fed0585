# make build   set up .venv and build the site in this repository
# make test    set up what the tests need, and run all of them
# make check   lint, format, types
# make torture  the property tests with many more examples, ten times as many killed builds, growth to 20,000 articles, and
#               ten minutes of a coverage-guided fuzzer on what import reads
# make shots   screenshots of eight pages of the built site, phone and desktop, light and dark, in shots/
# make views   write docs/views.md from the types of the views
# make bench   build a large digest with other builders too, and compare; BENCH="--sizes 100000 --runs 1" is passed on
# make bench-reload  from saving an article to seeing it in a browser, beside Hugo
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
# A file's tests share what is costly to set up, a browser or a built site: they run in one process.
SIDE_BY_SIDE := --numprocesses auto --dist loadfile
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: build test check torture shots views bench bench-reload lock clean

# Compiled here once: some environments keep Python from doing it, and a build that has nothing to do is mostly start-up.
build: .venv/build.done
	$(BIN)/python -m compileall -q pressfold
	$(BIN)/python build.py

test: .venv/test.done check
	sh scripts/chromium.sh
	sh scripts/servers.sh
	$(BIN)/python -m pytest -rs $(SIDE_BY_SIDE)

check: .venv/test.done
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy --no-error-summary

torture: .venv/test.done
	sh scripts/chromium.sh
	sh scripts/servers.sh
	HYPOTHESIS_PROFILE=torture $(BIN)/python -m pytest -rs $(SIDE_BY_SIDE)
	$(BIN)/python -m tests.torture.fuzz --seconds 600

shots: build .venv/test.done
	sh scripts/chromium.sh
	$(BIN)/python -m scripts.shots output shots

views: .venv/build.done
	$(BIN)/python -m scripts.views > docs/views.md

bench: .venv/build.done .bench/setup.done
	$(BIN)/python -m benchmarks.run --table $(BENCH)

bench-reload: .venv/test.done .bench/setup.done
	sh scripts/chromium.sh
	$(BIN)/python -m benchmarks.reload $(BENCH)

.bench/setup.done: benchmarks/setup.sh
	PYTHON=$(PYTHON) sh benchmarks/setup.sh .bench
	touch $@

.venv/build.done: requirements/build.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes --requirement requirements/build.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

.venv/test.done: .venv/build.done requirements/test.txt
	$(PIP) --require-hashes --requirement requirements/test.txt
	touch $@

# The lock files name versions and hashes for every platform, and no host. Needs uv.
lock:
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --quiet pyproject.toml requirements/build.in --output-file requirements/build.txt
	uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --quiet pyproject.toml requirements/test.in --output-file requirements/test.txt

clean:
	rm -rf output shots .pressfold .venv .bench .fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis
