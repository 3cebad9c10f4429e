# The only door. `make` alone lists what it opens.
.DEFAULT_GOAL := help
.PHONY: help setup develop demo test check fix types arch docs bench screenshots messages migrations lock

BIN := .venv/bin
PREPARE = python=$$(sh tools/find-python) && "$$python" tools/bootstrap.py
export PYTHON

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## prepare to run: environment, locked dependencies, translations
	@$(PREPARE) run

develop: ## prepare to work on the code: as setup, with the tools for it
	@$(PREPARE) develop

demo: setup ## start everything with the reference mission (PORT=8000 DATA=var)
	@$(BIN)/accord demo $(if $(DATA),--data $(DATA)) $(if $(PORT),--port $(PORT))

test: ## prepare, then run every check and every test (the browser's too)
	@$(PREPARE) test
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal --junit-xml build/tests.xml
	$(BIN)/python tools/asvs.py --junit build/tests.xml

check: develop ## style, types, architecture, translations, what the security standard asks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python tools/imports.py
	$(BIN)/python tools/messages.py --check
	$(BIN)/python tools/docs.py --check
	$(BIN)/python tools/asvs.py --check

fix: develop ## mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: develop ## types alone
	$(BIN)/mypy

arch: develop ## the architecture alone
	$(BIN)/python tools/imports.py
	$(BIN)/pytest -q tests/architecture

docs: develop ## write the parts of the documentation that the code itself knows
	$(BIN)/python tools/docs.py
	$(BIN)/python tools/asvs.py --write

bench: develop ## measure what row-level security costs, on a database of its own (two minutes)
	$(BIN)/python tools/bench.py

screenshots: develop ## take the README's pictures from a demonstration that is running (ADDRESS=...)
	$(BIN)/python tools/screenshots.py $(if $(ADDRESS),--address $(ADDRESS))

messages: develop ## bring the catalogues of translations in step with the source
	$(BIN)/python tools/messages.py

migrations: develop ## write the migrations that the models ask for
	$(BIN)/python tools/manage.py makemigrations

lock: develop ## choose newer versions of the dependencies and write them down with their hashes
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/python tools/lock.py
