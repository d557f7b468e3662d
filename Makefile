# `make run` starts the site, `make test` proves it. Everything lives in .venv and var/.
PYTHON ?= python3
BIN := .venv/bin
CORE := .venv/.core
FULL_SET := .venv/.full
DEV := .venv/.dev
# Packages ask for OpenCV by three names; they write the same files, and the one without
# a screen, which needs no libGL, has to be the last.
HEADLESS = $(shell sed -n 's/^\(opencv-python-headless==[^ ]*\).*/\1/p' requirements/core.txt)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: install run test lint bench system fonts

install: $(if $(FULL),$(FULL_SET),$(CORE))

run: install
	$(BIN)/python manage.py up

# A file at a time on each core: whole sites mostly wait, and others compute meanwhile.
test: $(DEV) system
	$(BIN)/pytest -n 2 --dist loadfile

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
	$(PIP) -r $<
	touch $@

$(FULL_SET): requirements.txt requirements/*.txt | $(BIN)/python
	$(PIP) -r $<
	$(PIP) --no-deps --force-reinstall $(HEADLESS)
	touch $@ $(CORE)

$(DEV): requirements/*.txt | $(BIN)/python
	$(PIP) -r requirements/dev.txt
	$(PIP) --no-deps --force-reinstall $(HEADLESS)
	touch $@ $(CORE)
