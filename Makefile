# Two commands do all the set-up on a fresh machine with Python 3.11+, pip and make:
#   make demo    collect the embedded newsroom and serve the site
#   make test    run the tests

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
NEWEST := .venv-alpha

.PHONY: demo test check gate lock alpha bench clean

demo: $(READY)
	$(BIN)/recoupe demo

test: $(READY)
	$(BIN)/pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy -p recoupe

# Fails where a score on the corpus is under its floor (corpus/baseline.json).
gate: $(READY)
	$(BIN)/recoupe evaluate --gate

# The site's tests on the newest alpha of Datasette 1.0, in an environment of their own.
alpha: $(NEWEST)/.ready
	$(NEWEST)/bin/pytest tests/db/site

bench: $(READY)
	$(BIN)/python bench/pipeline.py

# Pin what is installed: names and versions only, no addresses.
lock: $(READY)
	$(BIN)/pip freeze --exclude-editable | grep -v '@' > constraints.txt

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

$(NEWEST)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(NEWEST)
	grep -v -i '^datasette==' constraints.txt > $(NEWEST)/constraints.txt
	$(NEWEST)/bin/pip install --quiet --disable-pip-version-check -c $(NEWEST)/constraints.txt -e '.[dev]' --pre 'datasette>=1.0a0'
	touch $@

clean:
	rm -rf $(VENV) $(NEWEST) build dist demo
