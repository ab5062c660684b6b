# 一链办. `make run` is all that a clean clone needs: git, make, curl and Python 3.11 (with venv).
PYTHON ?= python3.11
PY := .venv/bin/python
export HOST ?= 127.0.0.1
export PORT ?= 5005
# Compiled modules are kept beside their sources: without them every start takes ten seconds longer.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONUTF8 := 1
export PYTHONUNBUFFERED := 1
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
QUIET := PYTHONWARNINGS=ignore SQLALCHEMY_SILENCE_UBER_WARNING=1

.DEFAULT_GOAL := help
.PHONY: help run port test train eval check check-code check-catalogue check-training-data encoder environment lock clean distclean

help:  ## show the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: port environment  ## install, build, train what changed, serve on http://HOST:PORT/
	@exec env $(QUIET) $(PY) -m bot.launcher run

test: environment  ## build what changed, then run every test
	@$(QUIET) $(PY) -m bot.launcher build
	@$(QUIET) $(PY) -m pytest

train: environment  ## rebuild index and model whether or not anything changed
	@$(QUIET) $(PY) -m bot.launcher train

eval: environment  ## print the quality figures
	@$(QUIET) $(PY) -m bot.launcher build
	@$(QUIET) $(PY) -m evaluation

check: check-code check-catalogue check-training-data  ## format, lint, types, catalogue, training data

check-code: environment
	@$(PY) -m ruff format --check --output-format=concise .
	@$(PY) -m ruff check .
	@$(PY) -m mypy

check-catalogue: environment
	@$(PY) -m knowledge check

check-training-data: environment
	@$(PY) -m bot.launcher examples
	@$(QUIET) $(PY) -m rasa data validate --data data/nlu data/rules var/nlu

encoder: environment  ## fine-tune the encoder on data/lines (minutes to hours)
	$(PY) -m index.make_encoder


port:
	@$(PYTHON) -V >/dev/null 2>&1 || { echo "[环境] 找不到 $(PYTHON)：请安装 Python 3.11（Debian：apt-get install python3.11 python3.11-venv）" >&2; exit 1; }
	@$(PYTHON) -m bot.launcher.port

environment:
	@$(PYTHON) -V >/dev/null 2>&1 || { echo "[环境] 找不到 $(PYTHON)：请安装 Python 3.11（Debian：apt-get install python3.11 python3.11-venv）" >&2; exit 1; }
	@$(PYTHON) deploy/environment.py

lock: environment  ## resolve requirements.in anew, with hashes
	$(PYTHON) deploy/environment.py lock

clean:  ## remove what was built: index, models, logs, caches (conversations stay)
	rm -rf logs var/index var/models var/nlu var/web var/web.fingerprint web/node_modules var/miniprogram miniprogram/node_modules .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

distclean: clean  ## remove the environment too
	rm -rf .venv
