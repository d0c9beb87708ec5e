# Attaché's commands. All that a machine needs is make and Python 3.11 or newer.

PYTHON ?= python3
# Only `make lock` needs it.
UV ?= uv
# For instance `make test PYTEST_ARGS="-k telegram"`.
PYTEST_ARGS ?=
EVALUATE_ARGS ?=
STORIES_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
# The bundled feeds tell of the days before this morning.
DEMO := --config seeds/config.toml --now 2024-06-18T07:00:00+09:00

# -qq: packages are checked against the hashes in the locks; what else pip has to say is no news.
INSTALL := $(BIN)/python -m pip install -qq --no-input --disable-pip-version-check
LOCK := $(UV) pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

.PHONY: help setup brief test lint evaluate stories bench world lock clean

help:
	@echo "make brief      set up, poll the bundled feeds and print a morning briefing"
	@echo "make setup      leave $(BIN)/attache"
	@echo "make test       set up and run the tests (PYTEST_ARGS=...)"
	@echo "make lint       ruff, mypy and the layer contracts"
	@echo "make evaluate   score the reading of annotated articles (EVALUATE_ARGS=...)"
	@echo "make stories    score the joining of reports into trips (STORIES_ARGS=...)"
	@echo "make bench      measure speed, memory and start"
	@echo "make world      build digest/world/ anew"
	@echo "make lock       pin the dependencies anew (needs uv)"
	@echo "make clean      remove what the others made"

setup: $(VENV)/runtime.stamp
	@echo "$(BIN)/attache is ready"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Attaché needs Python 3.11 or newer, and $(PYTHON) is not. Name one: make setup PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV), about a minute, this once ..."
	@$(PYTHON) -m venv $(VENV)

# The editable install builds with the locked hatchling, so that nothing unlocked is fetched.
$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-index --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/runtime.stamp
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

brief: $(VENV)/runtime.stamp
	@$(BIN)/attache poll $(DEMO) --all
	@$(BIN)/attache brief $(DEMO)
	@echo
	@echo "Next, one topic:    $(BIN)/attache brief korea $(DEMO)"
	@echo "Your own bot:       $(BIN)/attache init"

test: $(VENV)/dev.stamp
	$(BIN)/pytest -n auto $(PYTEST_ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: $(VENV)/runtime.stamp
	@$(BIN)/python -m tools.evaluate $(EVALUATE_ARGS)

stories: $(VENV)/runtime.stamp
	@$(BIN)/python -m tools.stories $(STORIES_ARGS)

bench: $(VENV)/runtime.stamp
	@$(BIN)/python -m bench.read_speed
	@$(BIN)/python -m bench.memory
	@$(BIN)/python -m bench.start
	@$(BIN)/python -m bench.brief_speed
	@$(BIN)/python -m bench.poll_cost
	@$(BIN)/python -m bench.join_speed
	@$(BIN)/python -m bench.baseline

world: $(VENV)/dev.stamp
	$(BIN)/python -m tools.build_world

lock:
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	rm -f seeds/*.db seeds/*.db-shm seeds/*.db-wal
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
