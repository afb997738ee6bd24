# Every target makes its own environment first: exact pins in .venv, by uv where it is found, else by pip.
PYTHON ?= python3
BIN := .venv/bin
MIRROR ?=

.PHONY: release test ui lint bench clean
release: $(BIN)/.installed ## Build and publish a release from the baseline and what was fetched; needs no network
	$(BIN)/indicators release

test: $(BIN)/.installed ## Run the tests, the long end-to-end ones first
	$(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder

ui: $(BIN)/.installed ## Open the pipeline in Dagster on http://127.0.0.1:3000
	$(BIN)/indicators ui

lint: $(BIN)/.installed ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(BIN)/.installed ## Ratios against a baseline in the same run
	$(BIN)/python -m benchmarks

$(BIN)/.installed: requirements.txt pyproject.toml
	@if command -v uv >/dev/null; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) .venv && \
	  UV_COMPILE_BYTECODE=1 VIRTUAL_ENV=.venv uv pip install --quiet -r requirements.txt && \
	  VIRTUAL_ENV=.venv uv pip install --quiet --no-deps -e .; \
	else \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .; \
	fi
	@touch $@

clean: ## Remove the environment and everything the pipeline wrote; baseline and curated facts stay
	rm -rf .venv data/candidate data/dagster data/indicators.duckdb data/releases data/snapshots data/working
