# Every target sets itself up: a .venv in this folder, the package installed in it, then the job.
# Override the interpreter with `make PYTHON=python3.13 demo`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
REPORT := build/order_book.html

.PHONY: demo test check bench clean
.DEFAULT_GOAL := demo

$(VENV)/pip.stamp:
	@test -n "$(PYTHON)" || { echo "linewise needs Python 3.11 or newer with the venv module; install it, or say make PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/run.stamp: $(VENV)/pip.stamp pyproject.toml linewise/version.py
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --group dev --editable '.[parquet,zstd]'
	@touch $@

demo: $(VENV)/run.stamp
	@mkdir -p build
	@$(BIN)/linewise run examples/order_book.toml --report $(REPORT)

test: $(VENV)/dev.stamp
	$(BIN)/pytest -n auto

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
