# `make` alone says what there is. Needs Python 3.11 or later and pip; everything else is fetched by `make setup`.

.DEFAULT_GOAL := help
.PHONY: help setup run test quick check format sure lock sbom screenshots clean
SHELL := /bin/bash

PORT ?= 8501
DATA ?= var/demo
# Where tests may run side by side; `make test WORKERS=1` for one after the other.
WORKERS ?= auto
# The first Python here that is new enough; `make setup PYTHON=/path/to/python3.12` chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
# Compiled before it is served: where Python may not write beside the program, it would do so again at each start.
PROGRAM := app.py manage.py conversation_models fictional_school forms front_door instruments pages reports \
	translations ui
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

help: ## what one can do here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/complete ## make the virtual environment .venv from the locked list; nothing else

.venv/complete: requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; none was found."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make a virtual environment (on Debian: sudo apt-get install python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
		-r requirements-dev.txt
	@touch $@

run: setup ## serve the fictional school from ./var and say where to open it and who can sign in (PORT=8501)
	@$(BIN)/python -m compileall -q $(PROGRAM)
	$(BIN)/python manage.py demo --port $(PORT) --data $(DATA)

test: setup ## all tests: SQLite, PostgreSQL and the browser (installs Chromium where apt is at hand)
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

quick: setup ## before each commit, some minutes: style, types, imports, the tests without browser and PostgreSQL
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q -n $(WORKERS) --maxprocesses 4 --dist loadfile \
		-m "not browser and not postgres and not slow"

check: setup ## style, format, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup ## write the code the way `check` wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

sure: ## before handing in: exactly what runs on the build server
	@bash .ci/run

lock: setup ## choose newest versions and write them with their hashes (no address of a registry gets into the files)
	$(LOCK) --upgrade --output-file requirements.txt
	$(LOCK) --upgrade --constraints requirements.txt --group test --group dev --group bench \
		--output-file requirements-dev.txt

sbom: setup ## build/sbom.json: what the running application consists of (CycloneDX)
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible \
		--of JSON -o build/sbom.json
	@echo "build/sbom.json"

screenshots: setup ## build/screenshots: the pictures of the README, taken from the fictional school
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m benchmarks.screenshots

clean: ## remove what was made here, but not ./var
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
