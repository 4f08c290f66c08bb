#!/usr/bin/env bash
# Makes this machine ready for `make demo`, `lint`, `bench` or `test`; says what it does; does nothing twice.
#   tools/setup.sh demo|bench|lint|test
# Exit 2 when something is missing that only an administrator can install: the command for it is printed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
goal=${1:?demo, bench, lint or test}
python=${PYTHON:-python3}

say() { printf '== %s\n' "$*"; }
stop() { printf '错误：%s\n' "$1" >&2; shift; printf '%s\n' "$@" >&2; exit 2; }

printing=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-cwtex-fs fonts-dejavu-core)
testing=(chromium poppler-utils qpdf)

as_root=()
administrator() {
    [ "$(id -u)" = 0 ] && return 0
    as_root=(sudo -n)
    command -v sudo >/dev/null && sudo -n true 2>/dev/null
}

installed() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | grep -q '^ii'; }

apt_updated=no
apt_update() {
    [ $apt_updated = yes ] && return 0
    say "更新软件包列表"
    # A foreign package source that does not answer is no obstacle; a package that is really missing stops the installation.
    "${as_root[@]}" apt-get update -qq || say "有的软件源没有回应，继续"
    apt_updated=yes
}

system_packages() {
    local wanted=() missing=() package
    "$python" -c 'import ensurepip, venv' 2>/dev/null || wanted+=(python3-venv)
    [ "$goal" = lint ] || wanted+=("${printing[@]}")
    [ "$goal" != test ] || wanted+=("${testing[@]}")
    if ! command -v dpkg-query >/dev/null; then
        say "不是 Debian 系统，请自行确认已安装：${wanted[*]}"
        return
    fi
    for package in "${wanted[@]}"; do installed "$package" || missing+=("$package"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    administrator || stop "缺少系统软件包，且当前用户不能安装。请先运行：" \
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    apt_update
    say "安装系统软件包：${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

virtual_environment() {
    local extra='' stamp=.venv/.jishi-demo wanted
    case $goal in lint | test | bench) extra='[dev]' stamp=.venv/.jishi-dev ;; esac
    if ! .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
            stop "需要 Python 3.11 或更新版本，$python 是 $("$python" --version 2>&1)。" "可用 PYTHON=… 指定。"
        say "建立 Python 虚拟环境 .venv"
        rm -rf .venv
        "$python" -m venv .venv
    fi
    # The environment is bound to this folder, so the stamp holds the folder too.
    wanted="$(pwd) $(sha256sum <pyproject.toml)"
    [ "$(cat $stamp 2>/dev/null)" = "$wanted" ] && return 0
    say "安装 Python 软件包"
    local quiet=-q
    [ ! -t 1 ] || quiet=
    .venv/bin/python -m pip install $quiet --disable-pip-version-check --use-pep517 -e ".$extra"
    printf '%s' "$wanted" >$stamp
    # What the development set holds, the demonstration has too.
    [ $stamp = .venv/.jishi-demo ] || printf '%s' "$wanted" >.venv/.jishi-demo
}

fonts() {
    .venv/bin/python -c 'import sys; from generator.prints.fandol import *; sys.exit(not fandol_present())' && return 0
    if command -v apt-cache >/dev/null && ! apt-cache show texlive-lang-chinese >/dev/null 2>&1; then
        administrator || stop "没有软件包列表。请先运行：" "  sudo apt-get update"
        apt_update
    fi
    say "提取仿宋、楷体、黑体、小标宋字体"
    .venv/bin/python -m generator doctor --install-fonts
}

system_packages
virtual_environment
[ "$goal" = lint ] || fonts
