# Every target makes its own environment first: exact pins in .venv, by uv where it is found, else by pip.
PYTHON ?= python3
BIN := .venv/bin
PAGE := web/dist/.built
MIRROR ?=
install = if command -v uv >/dev/null; then UV_COMPILE_BYTECODE=1 VIRTUAL_ENV=.venv uv pip install --quiet $(1); \
  else $(BIN)/python -m pip install --quiet --disable-pip-version-check $(1); fi

.PHONY: release test ui lint bench clean
release: $(BIN)/.installed $(PAGE) ## Build and publish a release from the baseline and what was fetched; needs no network
	$(BIN)/indicators release

test: $(BIN)/.installed $(PAGE) ## Run the tests, the long end-to-end ones first
	$(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder

ui: $(BIN)/.installed $(PAGE) ## Open the pipeline in Dagster on http://127.0.0.1:3000
	$(BIN)/indicators ui

lint: $(BIN)/.installed ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(BIN)/.installed ## Ratios against a baseline in the same run
	$(BIN)/python -m benchmarks

$(BIN)/.installed: requirements.txt pyproject.toml
	@if command -v uv >/dev/null; then uv venv --quiet --allow-existing --python $(PYTHON) .venv; else $(PYTHON) -m venv .venv; fi
	@$(call install,-r requirements.txt) && $(call install,--no-deps -e .)
	@touch $@

# The page's program. Node 18 or newer, where it is found, else the one from the package index; without it, releases come with a plain page.
$(PAGE): web/package.json web/.npmrc web/requirements.txt web/build.mjs $(wildcard web/src/*.js) | $(BIN)/.installed
	@command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || $(call install,-r web/requirements.txt) || true
	@PATH="$(CURDIR)/$(BIN):$$PATH"; cd web && npm install && npm run --silent build \
	  || echo "warning: the page's program was not built; releases will have a page without charts and query box" >&2

clean: ## Remove the environment and everything the pipeline wrote; baseline and curated facts stay
	rm -rf .venv web/dist web/node_modules data/candidate data/dagster data/indicators.duckdb data/releases data/snapshots data/working
