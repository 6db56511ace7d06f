# The targets of this project. `brief` (pipeline/) and tools/set_up.py do the work.
# GNU make 3.81, the one of macOS, is enough.

PYTHON ?= python3
UV ?= uv
IN_VENV := .venv/bin/python -m
BRIEF := $(IN_VENV) pipeline
PYTEST := $(IN_VENV) pytest --numprocesses auto --dist worksteal -rfEs
LOCK := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--extra search --extra preview --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command 'make lock'

# In CI, no test may be skipped because a tool is missing.
BRIEFWRIGHT_REQUIRE_ALL ?= $(if $(CI),1)
export BRIEFWRIGHT_REQUIRE_ALL

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help pdf docx html press site preview all check test doctor bench guides pictures lock clean distclean for-build for-test

help: ## list these targets
	@awk -F ': .*## ' '/^[a-z]+:.* ## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

pdf: for-build ## set up what is missing, then write build/*.pdf
	@$(BRIEF) build --to pdf

docx: for-build ## write build/*.docx, for Word
	@$(BRIEF) build --to docx

html: for-build ## write build/*.html
	@$(BRIEF) build --to html

press: for-build ## write build/*.press.pdf, for a print shop
	@$(BRIEF) press

site: for-build ## write build/site/, the website from which readers get the files
	@$(BRIEF) site

preview: for-build ## show the briefs in the browser while you write
	@$(BRIEF) preview

all: for-build ## write all three
	@$(BRIEF) build

test: for-test ## set up what the tests need, then run them
	@$(PYTEST)

check: for-test ## ruff, mypy --strict and the tests; prints one line if all pass
	@$(call silent,$(IN_VENV) ruff check)
	@$(call silent,$(IN_VENV) ruff format --check)
	@$(call silent,$(IN_VENV) mypy)
	@$(call silent,$(PYTEST) --quiet); printf '%s\n' "$$said" | tail -n 1

doctor: ## report what is installed, what is missing, and how to get it
	@$(PYTHON) tools/doctor.py

bench: for-test ## measure `brief` against other programs
	@$(IN_VENV) tools.bench

guides: for-test ## write the website of the guides to build/guides/build/site/
	@$(IN_VENV) tools.guides

pictures: for-test ## make the pictures of the README again
	@$(IN_VENV) tools.pictures

lock: ## renew requirements*.lock from pyproject.toml (needs uv)
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group build --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock

clean: ## remove what was built
	@find build -mindepth 1 ! -name .gitignore -delete

distclean: clean ## also remove what was set up
	@rm -rf .venv node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis dist

for-build:
	@$(PYTHON) tools/set_up.py build

for-test:
	@$(PYTHON) tools/set_up.py test

# Run a command, and print its output only if it fails.
silent = said=$$($(1) 2>&1) || { printf '%s\n' "$$said"; exit 1; }
