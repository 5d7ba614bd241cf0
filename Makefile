# The commands of this project. `make run` is all that is needed to use it.
PYTHON = .venv/bin/python
.PHONY: help run install dev test journeys explore check bench shots lock

help: ## show this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## serve Hotwash on http://localhost:8501
	@$(PYTHON) app.py

install: ## make the environment from the lock file, without serving
	@./install.sh requirements.lock

dev: ## the same with what tests and checks need
	@./install.sh requirements-dev.lock

test: dev ## run the tests, a real browser included
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

journeys: dev ## every journey in a real browser, those too that take long
	$(PYTHON) -m pytest -n 2 --dist loadfile -m "long or not long" tests/journeys

explore: dev ## look for examples that break a property, new ones each time, for minutes
	$(PYTHON) -m pytest -n 2 --hypothesis-profile=explore -m "hypothesis" tests/rules tests/integrations tests/services tests/reports

check: dev ## lint, types, import contracts, migration drift
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	$(PYTHON) -m pytest tests/test_house_rules.py

bench: dev ## measure what should be fast, as ratios against a floor in one run
	$(PYTHON) -m bench

shots: dev ## make the README's screenshots with a real browser
	$(PYTHON) -m tests.journeys.shots

lock: dev ## write the lock files anew from pyproject.toml
	$(PYTHON) -m uv pip compile -q --universal --generate-hashes --python-version 3.11 \
		--custom-compile-command "make lock" --extra dev pyproject.toml -o requirements-dev.lock
	$(PYTHON) -m uv pip compile -q --universal --generate-hashes --python-version 3.11 \
		--custom-compile-command "make lock" -c requirements-dev.lock pyproject.toml -o requirements.lock
