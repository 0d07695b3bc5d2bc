# make run: everything from an empty machine to the first answers.  make test: the whole suite.  make help: the rest.
# PYTHON names the interpreter that makes the environment; the first of the usual names that is new enough is taken.
PYTHON ?= $(shell for name in python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$name && break; done)
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
STAMP := .venv/.ready
TOOLS := .venv/.tools
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT := out
STORE := $(OUT)/policygraph.pg
GOLD := ../shared/gold
CORPUS := $(wildcard ../shared/corpus/*.txt)
SOAK ?= 1000
PYTEST_ARGS ?= -n auto --dist loadfile
export PYTHONUTF8 := 1

.PHONY: help run test check format score soak docs clean
help:
	@echo "make run     set up, build the graph of the bundled plans, print the headline answers"
	@echo "make test    set up with the tools of the tests, then format, lint, types, import contract, tests, doctests"
	@echo "make score   score the extraction against the hand annotation in $(GOLD)"
	@echo "make soak    damaged inputs, killed builds and load on the server ($(SOAK) inputs, some minutes)"
	@echo "make format  mend format and imports"
	@echo "make docs    build the pages of the ontology and of the questions in docs/site"
	@echo "make clean   remove the environment and everything built"

run: $(STAMP)
	@$(BIN)/policygraph build --store $(STORE)
	@$(BIN)/policygraph ask lead-roles --store $(STORE)
	@$(BIN)/policygraph ask target-path --param indicator=health-literacy --store $(STORE)
	@echo "$(BIN)/policygraph desk --store $(STORE)"

test: check
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(TOOLS)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(TOOLS)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

score: $(STAMP)
	@$(BIN)/policygraph extract $(CORPUS) -o $(OUT)/found
	@$(BIN)/policygraph score $(GOLD) $(OUT)/found

soak: $(STAMP)
	$(BIN)/python benchmarks/soak.py --count $(SOAK)
	$(BIN)/python benchmarks/kills.py
	$(BIN)/python benchmarks/load.py

docs: $(STAMP)
	$(PIP) install -c constraints.txt --no-build-isolation -e ".[docs]"
	@$(BIN)/python docs/make_site.py

# What running needs. The build tools come first, in their pinned versions; the project is then built without others.
$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or later found; install it, or name it: make PYTHON=..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) install -c constraints.txt hatchling editables setuptools
	$(PIP) install -c constraints.txt --no-build-isolation -e ".[tables,figures,fast,desk]"
	@touch $@

# What the tests need beyond that: linters, types, servers, other readers of what is written.
$(TOOLS): $(STAMP)
	$(PIP) install -c constraints.txt --no-build-isolation -e ".[frames,tables,figures,fast,scale,desk,mcp,dev]"
	@touch $@

clean:
	rm -rf .venv $(OUT) dist build
