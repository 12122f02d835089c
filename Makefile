# Needs nothing but Python 3.11+ and make: everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test lint clean

run: $(STAMP)
	@$(BIN)/tui-news

test: $(STAMP)
	@$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# pip before 23.3 cannot resolve two spellings of one extra (lxml[html_clean]), so pip comes first.
$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "No venv here: on Debian, apt install python3-venv"; exit 1; }
	@echo "Installing into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=24"
	@$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@$(BIN)/python -m compileall -q tui_news
	@touch $(STAMP)

clean:
	rm -rf $(VENV) build dist
