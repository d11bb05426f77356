# ProCare's daily commands; `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
# What is asked of the benchmark, as in make bench BENCH="--only history --sizes 100000 10000000".
BENCH ?=
# What is asked of the storm, as in make chaos CHAOS="--seed 7".
CHAOS ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/pip-compile --quiet --no-header --no-annotate --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options
# Indian scripts and emoji, so that a picture of a conversation shows what a phone shows.
DEBIAN_TOOLS := chromium fonts-noto-core fonts-noto-color-emoji
# Twilio's own description of its API comes in a package of theirs; the simulator is held to it.
TWILIO_CORE := 8.3.2
TWILIO_API := .tools/twilio-cli-core-$(TWILIO_CORE)/twilio_api_v2010.json
TWILIO_CONTENT := .tools/twilio-cli-core-$(TWILIO_CORE)/twilio_content_v1.json
# PostgreSQL with TimescaleDB as one program of Node; its version is pinned in this folder.
TIMESCALEDB_PINS := tests/timescaledb/package.json tests/timescaledb/package-lock.json
TIMESCALEDB := .tools/timescaledb/installed.stamp
# Prism holds what we ask of Twilio to Twilio's description; pinned likewise.
PRISM_PINS := tests/prism/package.json tests/prism/package-lock.json
PRISM := .tools/prism/installed.stamp

.DEFAULT_GOAL := help
.PHONY: run test check bench chaos accuracy translations tools lock help

run: .venv/run.stamp ## Start everything on this machine; the address is printed. Ctrl-C ends it.
	@exec $(BIN)/python -m app.embedded run

test: tools ## Run every test, on real servers and in a real browser.
	$(BIN)/pytest --cov

check: .venv/dev.stamp ## Check style, types, the import ladder, the conversations and the catalogs.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m app.cli check

bench: .venv/dev.stamp ## Measure the webhook, the outbox, the readings and the parser on this machine.
	$(BIN)/python -m tests.benchmarks.run $(BENCH)

chaos: .venv/dev.stamp ## Break every part of the service while people write, and prove that nothing is lost.
	$(BIN)/python -m tests.chaos.run $(CHAOS)

accuracy: .venv/dev.stamp ## Measure how well messages are understood, by language and kind.
	$(BIN)/python -m tests.benchmarks.accuracy

translations: .venv/dev.stamp ## Collect the sentences and bring every language's catalog up to date.
	$(BIN)/python -c "from app.i18n import update_catalogs; update_catalogs()"

pictures: tools ## Take the pictures of docs/pictures/ again, in a real browser.
	PROCARE_KEEP_PICTURES=1 $(BIN)/pytest --no-cov tests/simulator/test_newcomers.py \
		tests/simulator/test_scenes.py tests/simulator/test_chart.py tests/simulator/test_day.py \
		-k "taken_in_time or caregivers_at_once or as_a_picture or is_drawn_in_every or a_day_has"

tools: .venv/dev.stamp $(TWILIO_API) $(TWILIO_CONTENT) $(TIMESCALEDB) $(PRISM) ## Find or fetch what the tests need on top: Chromium, fonts, Twilio's API, Prism, TimescaleDB.
	@$(FIND_TOOLS) || { $(FETCH_TOOLS); }

lock: .venv/dev.stamp ## Pin every package of requirements.in and requirements-dev.in.
	$(COMPILE) --output-file=requirements.txt requirements.in
	$(COMPILE) --output-file=requirements-dev.txt requirements-dev.in
	@# pip-compile sets pip and setuptools apart under a remark; one sorted list compares better.
	@for pins in requirements.txt requirements-dev.txt; do \
		sed -i -e '/^#/d' -e '/^$$/d' $$pins && LC_ALL=C sort --field-separator== --key=1,1 --output=$$pins $$pins || exit 1; \
	done

help: ## List these commands.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/run.stamp: requirements.txt
	@$(MAKE_VENV)
	@echo "Installing the packages of $<."
	@$(PIP) install --requirement $<
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	@echo "Installing the packages of $<."
	@$(PIP) install --requirement $<
	@touch $@

$(TWILIO_API):
	@$(FETCH_TWILIO_API)

$(TWILIO_CONTENT): | $(TWILIO_API)
	@$(FETCH_TWILIO_API)

$(TIMESCALEDB): PINS = $(TIMESCALEDB_PINS)
$(TIMESCALEDB): $(TIMESCALEDB_PINS)
	@$(FETCH_PINNED)

$(PRISM): PINS = $(PRISM_PINS)
$(PRISM): $(PRISM_PINS)
	@$(FETCH_PINNED)

define MAKE_VENV
if ! command -v $(PYTHON) >/dev/null; then \
	echo "Python 3.11 or newer is needed, and $(PYTHON) is not found." >&2; exit 1; \
elif ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	echo "Python 3.11 or newer is needed, and $(PYTHON) is older: name another, as in make run PYTHON=python3.11." >&2; exit 1; \
elif ! $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null; then \
	echo "$(PYTHON) cannot make virtual environments: install the Debian package python3-venv." >&2; exit 1; \
elif ! $(BIN)/python -c 'import pip' 2>/dev/null; then \
	$(PYTHON) -m venv --clear .venv; \
fi
endef

define FETCH_TWILIO_API
if ! command -v npm >/dev/null; then \
	echo "npm is needed to fetch Twilio's description of its API: install Node 20." >&2; exit 1; \
fi; \
echo "Fetching Twilio's description of its API."; \
mkdir -p $(@D) && cd $(@D) && npm pack --silent @twilio/cli-core@$(TWILIO_CORE) >/dev/null \
	&& tar -xzmf twilio-cli-core-$(TWILIO_CORE).tgz --strip-components=4 package/src/services/twilio-api/$(@F) \
	&& rm twilio-cli-core-$(TWILIO_CORE).tgz
endef

define FETCH_PINNED
if ! command -v npm >/dev/null; then \
	echo "npm is needed to fetch what the tests run on Node: install Node 20." >&2; exit 1; \
fi; \
echo "Fetching $(notdir $(@D)) for the tests."; \
mkdir -p $(@D) && cp $(PINS) $(@D) && cd $(@D) \
	&& npm ci --silent --no-audit --no-fund && touch $(@F)
endef

FIND_TOOLS = { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null \
	&& { fc-list :lang=hi 2>/dev/null; ls /usr/share/fonts/truetype/noto 2>/dev/null; } | grep -q Devanagari

define FETCH_TOOLS
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "Fetching $(DEBIAN_TOOLS)."; \
	apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
		apt-get -qq install --yes --no-install-recommends $(DEBIAN_TOOLS) >/dev/null; \
else \
	echo "The tests need Chromium and fonts for Indian scripts: install the Debian packages $(DEBIAN_TOOLS)." >&2; exit 1; \
fi
endef
