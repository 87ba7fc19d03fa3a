# Thin on purpose: what a target does stands in deploy/local/. `make help` lists the targets.

VENV ?= .venv
PYTHON := $(VENV)/bin/python
LOCAL := $(PYTHON) -m deploy.local.run
SOURCES := shared services gateway deploy tests
SERVICES := $(notdir $(patsubst %/,%,$(dir $(wildcard services/*/__init__.py))))
CONSUMERS := $(SERVICES) gateway
known_consumer = $(if $(filter $(SERVICE),$(CONSUMERS)),,@echo "Give SERVICE= one of: $(CONSUMERS)" >&2; exit 2)
known_service = $(if $(filter $(SERVICE),$(SERVICES)),,@echo "Give SERVICE= one of: $(SERVICES)" >&2; exit 2)
export VENV

.DEFAULT_GOAL := help
.PHONY: help run stop status logs admin replay verify-year check-data rotate-data-key dead-letters backup restore clean test \
	bench lint lint-types lint-rest fmt schema k8s k8s-validate licences audit lock install install-tests installed

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "Settings of make run, by environment: AMQP_URI, MONGO_URI (then that server is not started),"
	@echo "RABBITMQ_PORT, MONGO_PORT, GATEWAY_PORT, DATA_DIR, LARGEST_FILE, LARGEST_EXPORT, CLAMD_URI,"
	@echo "VENV; WECHAT_… and SMS_… (services/notifications/README.md)."

run: ## Install what is missing, start everything, load demo data once, print the address
	@deploy/local/bootstrap.sh
	@$(LOCAL) up

stop: installed ## Stop all of it, and only that
	@$(LOCAL) down

status: installed ## Processes with memory, and the health of each service
	@$(LOCAL) status

logs: installed ## Follow all logs, or one: make logs SERVICE=proposals
	@$(LOCAL) logs $(SERVICE)

admin: installed ## Create one administrator with a one-time code
	@$(LOCAL) exec services.identity.admin $(ARGS)

replay: installed ## Rebuild a service's projections: make replay SERVICE=performance
	$(known_service)
	@$(LOCAL) exec shared.messaging.replay $(SERVICE)

verify-year: installed ## Check the signed snapshot of a year of points: make verify-year YEAR=2017
	@$(LOCAL) exec services.performance.verify $(YEAR)

check-data: installed ## List what entered before today's rules: make check-data [SERVICE=x]
	$(if $(SERVICE),$(known_service))
	@$(LOCAL) exec shared.persistence.checking $(or $(SERVICE),$(SERVICES))

rotate-data-key: installed ## Seal identity numbers and religion with a new key, while people work
	@$(LOCAL) exec services.members.rotate

dead-letters: installed ## List a service's dead letters: make dead-letters SERVICE=x [PUT_BACK=1]
	$(known_consumer)
	@$(LOCAL) exec shared.messaging.dead_letters $(if $(PUT_BACK),put-back,list) $(SERVICE)

backup: installed ## Copy all data at one moment: make backup [TO=folder]
	@$(LOCAL) backup $(TO)

restore: installed ## Put a backup into an empty platform: make restore FROM=folder
	@$(LOCAL) restore $(FROM)

clean: installed ## Delete the data folder of a stopped platform
	@$(LOCAL) clean

# Both workers have a platform of their own. Files with long tests come first, so that both are at
# work to the end.
test: install-tests $(if $(TESTS),,lint) ## Lint, then all tests; a part, without lint: make test TESTS=tests/unit ARGS="-k word"
ifdef TESTS
	@$(PYTHON) -m pytest $(TESTS) $(ARGS)
else
	@$(PYTHON) -m pytest --numprocesses auto tests/unit tests/contract $(ARGS)
	@$(PYTHON) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder \
		tests/faults tests/integration/outward tests/demo tests/attacks tests/e2e tests/conformance \
		tests/integration $(ARGS)
endif

bench: install ## Measure: each figure is a ratio to a limit of the same run; ONLY="pages echo"
	@$(PYTHON) -m tests.bench $(ONLY)

lint: install ## ruff, mypy, import direction, generated files, licences
	@$(MAKE) --no-print-directory --jobs 2 lint-types lint-rest

lint-types: # mypy takes as long as all the others, so it goes beside them
	@$(PYTHON) -m mypy --no-error-summary

lint-rest:
	@$(PYTHON) -m ruff check --quiet $(SOURCES)
	@$(PYTHON) -m ruff format --quiet --check $(SOURCES)
	@$(VENV)/bin/lint-imports --no-logo
	@$(MAKE) --no-print-directory schema CHECK=1
	@$(PYTHON) -m deploy.licences --check
	@$(PYTHON) -m deploy.cluster.generate --check

fmt: install ## Format the sources and sort the imports
	@$(PYTHON) -m ruff check --quiet --fix $(SOURCES)
	@$(PYTHON) -m ruff format $(SOURCES)

schema: install ## Write manifests, schema, AsyncAPI, permissions, operations; CHECK=1: fail if stale
	@$(PYTHON) -m deploy.local.manifests $(if $(CHECK),--check)
	@$(PYTHON) -m gateway.schema_export $(if $(CHECK),--check)
	@$(PYTHON) -m shared.contracts.asyncapi $(if $(CHECK),--check)
	@$(PYTHON) -m deploy.local.permissions $(if $(CHECK),--check)
	@$(PYTHON) -m deploy.local.operations_pages $(if $(CHECK),--check)

k8s: install ## Write deploy/k8s from the table of services (deploy/cluster/table.py)
	@$(PYTHON) -m deploy.cluster.generate

k8s-validate: install ## Build each overlay; check it by schemas, checkov and tests
	@deploy/k8s/validate.sh

licences: install ## Write docs/licences.md from the lock files; refuses what is not allowed
	@$(PYTHON) -m deploy.licences

audit: ## Ask PyPI for known vulnerabilities of the image's packages
	@deploy/audit.sh

lock: ## Resolve pyproject.toml anew into the lock files
	@deploy/local/lock.sh

install:
	@deploy/local/bootstrap.sh --quiet

install-tests:
	@deploy/local/bootstrap.sh --tests

installed:
	@test -x $(PYTHON) || { echo "Nothing is installed yet: make run" >&2; exit 1; }
