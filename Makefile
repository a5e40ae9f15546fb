# `make demo` shows the product, `make test` checks it. Both first do `make setup`.
SHELL := /bin/sh
BIN := .venv/bin
STAMPS := .venv/.stamps
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help setup demo test quick lint checks servers stop clean test-tools
help:
	@echo "make setup    virtual environment, packages, static files (starts nothing)"
	@echo "make demo     the demo bureau at http://127.0.0.1:8000 (PORT=… for another first port)"
	@echo "make test     every check and every test"
	@echo "make quick    the checks and the tests without browser and without the slow ones"
	@echo "make lint     ruff, mypy, import contracts"
	@echo "make servers  start the embedded servers and leave them running; make stop ends them"

setup: $(STAMPS)/python $(STAMPS)/static $(STAMPS)/translations $(STAMPS)/fonts

$(STAMPS)/python: requirements/development.txt requirements/uv.txt setup/environment.sh
	@setup/environment.sh
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/node: package-lock.json package.json .npmrc setup/node_packages.sh $(STAMPS)/python
	@setup/node_packages.sh
	@touch $@

STATIC_SOURCES := $(shell find static/src -type f 2>/dev/null)
$(STAMPS)/static: $(STATIC_SOURCES) setup/static_files.mjs $(STAMPS)/node
	@echo "Building static files."
	@$(BIN)/node setup/static_files.mjs
	@touch $@

CATALOGUES := $(wildcard locale/*/LC_MESSAGES/*.po)
$(STAMPS)/translations: $(CATALOGUES) setup/translations.py $(STAMPS)/python
	@$(BIN)/python setup/translations.py
	@touch $@

$(STAMPS)/fonts: casework/documents/font_files.py setup/fonts.sh $(STAMPS)/python
	@setup/fonts.sh
	@touch $@

demo: setup
	@exec $(BIN)/python -m config.demo

servers: setup
	@$(BIN)/python -m config.embedded start

stop:
	@$(BIN)/python -m config.embedded stop

TYPED := config workflows casework enforcement tips

lint: setup
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy $(TYPED)
	$(BIN)/lint-imports

test-tools:
	@setup/test_tools.sh

checks: lint
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check

quick: checks
	$(BIN)/python -m pytest -n 2 -m "not slow and not browser"

test: setup test-tools checks
	$(BIN)/python -m pytest -n 2

clean:
	rm -rf .venv node_modules static/vendor .mypy_cache .ruff_cache .pytest_cache
