# `make run` starts the site, `make test` proves it. Everything lives in .venv and var/.
PYTHON ?= python3
BIN := .venv/bin
CORE := .venv/.core
FULL_SET := .venv/.full
DEV := .venv/.dev

.PHONY: install run test lint bench system fonts

install: $(if $(FULL),$(FULL_SET),$(CORE))

run: install
	$(BIN)/python manage.py up

test: $(DEV) system
	$(BIN)/pytest

lint: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	SECRET_KEY=lint $(BIN)/python manage.py makemigrations --check --dry-run

# FOLDER holds pages and a truth.jsonl; ENGINES are names, separated by blanks.
ENGINES ?= ppocr tesseract
bench: $(CORE)
	$(BIN)/python manage.py bench $(FOLDER) $(foreach name,$(ENGINES),--engine $(name))

# What no Python package brings: Tesseract with its data, a browser, fonts.
system:
	tests/install-system-packages

# The typefaces that readers of digits are trained and measured on; half a gigabyte.
fonts:
	apt-get install --yes --no-install-recommends $$(sed '/^#/d' requirements/fonts.txt)

$(BIN)/python:
	$(PYTHON) -m venv .venv

$(CORE): requirements/core.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

$(FULL_SET): requirements.txt requirements/*.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@ $(CORE)

$(DEV): requirements/dev.txt requirements/core.txt requirements/train.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@ $(CORE)
