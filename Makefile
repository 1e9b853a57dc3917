# `make demo` and `make test` need Python 3.11 or newer, and make. Another Python: make PYTHON=python3.12 test
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
OLDEST := .venv-oldest/.installed
export SCAFFOLD_SHARED ?= $(abspath ../shared)

.PHONY: help python demo test oldest lint load bench golden docs install clean

help:
	@echo 'make demo     the whole way once: a project from a spec, two versions answering, a third one cut'
	@echo 'make test     everything that must hold: lint, types, layers, tests'
	@echo 'make oldest   what serves requests, on the oldest releases that it says it runs on'
	@echo 'make lint     the quick part of it'
	@echo 'make load     200 clients for a minute; a version retires in it, and the server is stopped'
	@echo 'make bench    how fast, as ratios'
	@echo 'make golden   write the expected trees anew; look at the diff before you keep them'
	@echo 'make docs     write docs/changes.md, docs/codecs.md and docs/errors.md anew'
	@echo 'make clean    remove what the others made'

demo: python
	@$(PYTHON) scripts/demo.py

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'

install: $(INSTALLED)

$(INSTALLED): pyproject.toml | python
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	@# Many tests start the command line: it is compiled once, also where Python may keep nothing of its own accord.
	$(BIN)/python -m compileall -q scaffold
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

load: $(INSTALLED)
	LOAD_SECONDS=60 $(BIN)/pytest tests/e2e/test_load.py

$(OLDEST): pyproject.toml scripts/oldest.py | python
	$(PYTHON) -m venv .venv-oldest
	$(PYTHON) scripts/oldest.py > .venv-oldest/constraints.txt
	.venv-oldest/bin/python -m pip install --quiet --constraint .venv-oldest/constraints.txt --editable '.[dev]'
	@touch $@

oldest: $(OLDEST)
	.venv-oldest/bin/pytest -n auto tests/runtime tests/runtime_database tests/messages tests/operations

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks

golden: $(INSTALLED)
	$(BIN)/pytest tests/golden -k as_expected --update-golden

docs: $(INSTALLED)
	$(BIN)/python scripts/changes_page.py
	$(BIN)/python scripts/codecs_page.py
	$(BIN)/python scripts/errors_page.py

clean:
	rm -rf .venv .venv-oldest .demo .bench .coverage .mypy_cache .ruff_cache .hypothesis
