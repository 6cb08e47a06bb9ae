#!/bin/sh
# Prepares the machine for `make start` and `make test`. Running it again takes a moment.
#
#   scripts/setup.sh uv               .venv with uv in it, nothing more
#   scripts/setup.sh packages         the same, with the pinned dependencies
#   scripts/setup.sh packages test    the same, with those of the tests
#   scripts/setup.sh browser          a Chromium for the tests in tests/browser
#
# PYTHON=... chooses another interpreter. What the user reads is Norwegian.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
stamp=$venv/installed

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

# --- what the machine must have ------------------------------------------------------------

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
makes_venvs() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Sets `python`, or adds to `missing` what is lacking.
find_python() {
    python='' without_venv=''
    for candidate in ${PYTHON:-python3 python3.11 python3.12 python3.13 python3.14}; do
        new_enough "$candidate" || continue
        if makes_venvs "$candidate"; then
            python=$candidate
            return
        fi
        without_venv=${without_venv:-$candidate}
    done
    if [ -n "$without_venv" ]; then
        missing="$missing
Python-modulen venv mangler i $without_venv.
  Debian/Ubuntu: sudo apt install python3-venv
  macOS:         brew install python@3.12"
    else
        missing="$missing
Python 3.11 eller nyere mangler.
  Debian/Ubuntu: sudo apt install python3 python3-venv
  macOS:         brew install python@3.12"
    fi
}

find_compiler() {
    for compiler in ${CC:-} cc gcc clang; do
        "$compiler" --version >/dev/null 2>&1 && return
    done
    missing="$missing
C-kompilator (cc, gcc eller clang) mangler.
  Debian/Ubuntu: sudo apt install build-essential
  macOS:         xcode-select --install"
}

check_machine() {
    missing=''
    find_python
    find_compiler
    [ -z "$missing" ] || stop "Noe mangler på maskinen:
$missing

Installer det som mangler, og kjør kommandoen på nytt."
}

# --- .venv ---------------------------------------------------------------------------------

# A .venv that was moved, copied or interrupted is made anew.
venv_works() {
    [ -x $venv/bin/uv ] && new_enough $venv/bin/python &&
        grep -q " $(pwd -P)/$venv\$" $venv/pyvenv.cfg
}

make_venv() {
    say 'Lager .venv …'
    "$python" -m venv --clear $venv || stop 'Kunne ikke lage .venv. Feilen står over.'
    $venv/bin/python -m pip install -qq --disable-pip-version-check \
        --constraint constraints.txt uv ||
        stop 'Kunne ikke installere uv. Feilen står over. Sjekk nettet, og kjør kommandoen på nytt.'
}

# --- packages ------------------------------------------------------------------------------

# One line that changes when the packages must be installed again.
fingerprint() {
    $venv/bin/python -c '
import hashlib, pathlib, sys
files = b"".join(pathlib.Path(name).read_bytes() for name in sys.argv[1:])
print(hashlib.sha256(files).hexdigest(), sys.version.split()[0])
' pyproject.toml constraints.txt
}

# The stamp's first line is the fingerprint, its second the extra ("test" or nothing).
installed() {
    venv_works && [ -x $venv/bin/assistent ] && [ -f $stamp ] &&
        [ "$(sed -n 1p $stamp)" = "$(fingerprint)" ] &&
        case "$(sed -n 2p $stamp)" in "$extra" | test) true ;; *) false ;; esac
}

# uv reads other variables than pip: hand over where this machine gets its packages.
settings_for_uv() {
    if [ -n "${PIP_FIND_LINKS:-}" ] && [ -z "${UV_FIND_LINKS:-}" ]; then
        UV_FIND_LINKS=$(printf '%s' "$PIP_FIND_LINKS" | tr -s ' ' ',')
        export UV_FIND_LINKS
    fi
    if [ -n "${PIP_INDEX_URL:-}" ] && [ -z "${UV_DEFAULT_INDEX:-}" ]; then
        export UV_DEFAULT_INDEX="$PIP_INDEX_URL"
    fi
}

install_packages() {
    settings_for_uv
    if [ -t 2 ]; then quiet=''; else quiet=--quiet; fi
    say 'Installerer pakker. Det tar fra noen sekunder til noen minutter …'
    rm -f $stamp
    $venv/bin/uv pip install $quiet --python $venv/bin/python \
        --constraint constraints.txt --build-constraint constraints.txt \
        --editable ".${extra:+[$extra]}" ||
        stop 'Kunne ikke installere pakkene. Feilen står over. Sjekk nettet og ledig plass på disken, og kjør kommandoen på nytt.'
    compile_bytecode
    { fingerprint && say "$extra"; } >$stamp.new
    mv $stamp.new $stamp
}

# Without its bytecode every start of `assistent` compiles half of Chroma anew: 2,7 s instead of
# 1,8. Importing writes it for just the modules that are used, also where the environment says not
# to write any.
compile_bytecode() {
    (
        unset PYTHONDONTWRITEBYTECODE
        $venv/bin/python -c 'import assistent.bootstrap, assistent.web.server'
    ) ||
        stop 'Pakkene er installert, men kan ikke lastes. Feilen står over. Slett .venv, og kjør kommandoen på nytt.'
}

# --- a browser for the tests ---------------------------------------------------------------

# The one without a window is the same engine, and the tests take half the time with it.
shell=chromium-headless-shell

# Started, not only found: some systems put a stub with the same name on PATH.
system_chromium() {
    for name in $shell chromium chromium-browser google-chrome google-chrome-stable; do
        "$name" --version >/dev/null 2>&1 && return
    done
    return 1
}

playwright_chromium() {
    $venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch().close()
' >/dev/null 2>&1
}

may_use_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null; }

# Only where the system knows of it already: another Chromium will do.
apt_shell() {
    may_use_apt && apt-cache show $shell >/dev/null 2>&1 || return 1
    say 'Installerer Chromium uten vindu fra systemets pakker …'
    apt_install $shell 2>/dev/null && $shell --version >/dev/null 2>&1
}

apt_chromium() {
    may_use_apt || return 1
    say 'Installerer Chromium fra systemets pakker …'
    apt-get update -qq || return 1
    apt_install $shell 2>/dev/null || apt_install chromium
    system_chromium
}

download_chromium() {
    say 'Henter Playwrights egen Chromium …'
    $venv/bin/python -m playwright install chromium && playwright_chromium
}

# --- the commands --------------------------------------------------------------------------

extra=${2:-}
case "${1:-}" in
uv)
    venv_works || { check_machine && make_venv; }
    ;;
packages)
    if ! installed; then
        check_machine
        venv_works || make_venv
        install_packages
    fi
    ;;
browser)
    $shell --version >/dev/null 2>&1 || apt_shell || system_chromium || playwright_chromium ||
        apt_chromium || download_chromium ||
        stop 'Testene i tests/browser trenger Chromium, og den lot seg ikke installere.
  Debian: sudo apt install chromium-headless-shell
  Ubuntu: .venv/bin/python -m playwright install --with-deps chromium
  macOS:  brew install --cask google-chrome, og legg den i PATH som google-chrome
Installer den, og kjør «make test» på nytt.'
    ;;
*)
    stop 'Bruk: scripts/setup.sh uv | packages [test] | browser'
    ;;
esac
