# Each target does its own set-up: on a Debian 12 machine with Python, git, make and network, `make demo` is enough.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench clean

# What a shell has set for another Python must not reach ours.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONUSERBASE PYTHONOPTIMIZE PYTHONWARNINGS PYTHONSAFEPATH \
	PYTHONIOENCODING PYTHONPLATLIBDIR PYTHONINSPECT PYTHONVERBOSE PYTHONDEBUG PYTHONEXECUTABLE \
	PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV

# Another bytecode folder or none is the user's choice; another locale would garble Chinese output.
export PYTHONUTF8 := 1

python := .venv/bin/python

help: ## 显示本说明
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## 核对示例记录，生成网站和一个支部的档案，并列出结果
	@tools/setup.sh demo
	@$(python) tools/demo.py

test: ## 运行全部测试
	@tools/setup.sh test
	@$(python) -m pytest -n 2 --dist worksteal

lint: ## 检查代码：ruff、mypy、分层
	@tools/setup.sh lint
	$(python) -m ruff check .
	$(python) -m mypy
	$(python) .venv/bin/lint-imports

format: ## 统一代码格式
	@tools/setup.sh lint
	$(python) -m ruff format .

bench: ## 测量速度
	@tools/setup.sh bench
	@$(python) -m bench

clean: ## 删除生成的文件（保留 .venv）
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find site -mindepth 1 ! -path site/.gitignore -delete
	find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
