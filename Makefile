# Two commands are enough: `make start` and `make test`. `make` alone lists the rest in Norwegian.

# Nothing reports home or asks a model hub, whatever is run from here.
export HF_HUB_OFFLINE := 1
export HF_HUB_DISABLE_TELEMETRY := 1
export GRADIO_ANALYTICS_ENABLED := False
# Bytecode is written where the environment says not to, too: the tests start some hundred processes,
# and each would compile torch and Chroma anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
# Standings depend on the day; a fixed one keeps the figures repeatable.
EVAL := $(BIN)/assistent evaluer --ved-behov --dato 2026-11-22
BENCH := $(BIN)/python -m tests.benchmarks.run

.DEFAULT_GOAL := help
.PHONY: help start test check eval bench faults constraints sbom clean

help: ## viser denne listen
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

start: ## gjør alt klart og starter siden
	@scripts/setup.sh packages
	@$(BIN)/assistent modell
	@$(BIN)/assistent indekser --ved-behov
	@$(BIN)/python app.py

test: ## gjør alt klart og kjører alle testene
	@scripts/setup.sh packages test
	@scripts/setup.sh browser
	@$(BIN)/assistent modell
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: ## sjekker format, lint, typer, lagdeling og kjente sårbarheter
	@scripts/setup.sh packages test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/test_architecture.py
	@$(BIN)/python scripts/audit.py

eval: ## måler hvor gode svarene er
	@scripts/setup.sh packages test
	@$(BIN)/assistent modell
	@$(EVAL)

bench: ## måler tid, minne og søk (med NorQuAD: make bench NORQUAD=FIL)
	@scripts/setup.sh packages test
	@$(BIN)/assistent modell
	@$(BENCH) $(if $(NORQUAD),--norquad $(NORQUAD))

faults: ## bryter det som kan brytes, og viser hva som tåles
	@scripts/setup.sh packages test
	@$(BIN)/assistent modell
	@$(BIN)/python -m tests.faults.run

constraints: ## lager constraints.txt, hasher og lisenser på nytt (alt nyeste: make constraints UPGRADE=1)
	@scripts/setup.sh uv
	@$(BIN)/python scripts/constraints.py $(if $(UPGRADE),--upgrade)
	@$(BIN)/python scripts/hashes.py
	@scripts/setup.sh packages test
	@$(BIN)/python scripts/licences.py

sbom: ## lager build/sbom.json, en CycloneDX-liste over alt som er installert
	@scripts/setup.sh packages test
	@mkdir -p build
	@$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-file build/sbom.json $(BIN)/python
	@echo "build/sbom.json er laget."

clean: ## fjerner .venv og mellomlagre, ikke indeksen
	rm -rf .venv build ./*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find assistent tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
