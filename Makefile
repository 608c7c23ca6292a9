# What a person types and what CI calls. POSIX shell, and GNU make 3.81 as macOS has it.

# The first Python that is new enough; PYTHON=… names another.
NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c '$(NEW_ENOUGH)' 2>/dev/null && { echo "$$p"; break; }; done)
endif
IN_VENV = .venv/bin/python

.PHONY: help run dev test check bench messages python

help:
	@echo 'make run     the site on http://127.0.0.1:8000/   (PORT=9000 HOST=… DATA_DIR=… DEMO_PASSWORD=…)'
	@echo 'make dev     the same with autoreload and debug pages'
	@echo 'make test    all tests                            (ARGS="-k words" passes options to pytest)'
	@echo 'make check   linters, types, migrations, import layers'
	@echo 'make bench   how fast the pages are, at 2,000 and 100,000 (SIZE=1000000; ARGS="--only list --sizes 2000")'
	@echo 'make messages   the Korean catalogue anew, and compiled     (needs GNU gettext)'

run: python
	@$(PYTHON) .make/bootstrap.py run --env
	@exec $(IN_VENV) .make/serve.py

dev: python
	@$(PYTHON) .make/bootstrap.py run --env
	@exec $(IN_VENV) .make/serve.py --dev

test: python
	@$(PYTHON) .make/bootstrap.py test
	@exec $(IN_VENV) .make/run_tests.py $(ARGS)

# Reads no .env: the answer is the same on every machine.
check: export ENV_FILE =
check: export SECRET_KEY = only-for-make-check-0123456789-abcdefghijklmnopqrstuvwxyz
check: export ALLOWED_HOSTS = localhost
check: export DATABASE_URL = sqlite://:memory:
check: python
	@$(PYTHON) .make/bootstrap.py test
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m mypy
	$(IN_VENV) manage.py makemigrations --check --dry-run
	$(IN_VENV) manage.py check --fail-level WARNING
	SITE_URL=https://workshop.example.org $(IN_VENV) manage.py check --deploy --fail-level WARNING
	$(IN_VENV) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	find templates -name '*.html' | sort | xargs .venv/bin/djade --check --target-version 5.2

# PostgreSQL too where TEST_DATABASE_URL answers; reads no .env.
bench: python
	@$(PYTHON) .make/bootstrap.py run
	@exec env PYTHONPATH=.make $(IN_VENV) -m bench $(ARGS)

messages: python
	@$(PYTHON) .make/bootstrap.py run
	@exec $(IN_VENV) .make/messages.py

python:
	@$(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	echo 'Rapporteur needs Python 3.11 or newer; install one, or name it: make run PYTHON=/path/to/python3' >&2; exit 1; }
