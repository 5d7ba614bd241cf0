#!/bin/sh
# Makes the environment in .venv from a lock file, and sees to the system libraries that PDFs need.
# Usage: ./install.sh requirements.lock. A second run with the same lock does nothing.
set -eu
cd "$(dirname "$0")"
lock=$1
stamp=".venv/.installed-$(basename "$lock")"

say() { printf '%s\n' "$*" >&2; }

if [ -f "$stamp" ] && cmp -s "$lock" "$stamp"; then
    exit 0
fi

# Debian and Ubuntu: may we install packages? As root, or with sudo that asks nothing.
apt=""
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then apt="apt-get"
    elif sudo -n true >/dev/null 2>&1; then apt="sudo -n apt-get"; fi
fi
updated=""
apt_install() {
    [ -n "$apt" ] || return 1
    if [ -z "$updated" ]; then $apt update -qq >&2 || true; updated=yes; fi
    DEBIAN_FRONTEND=noninteractive $apt install -y -qq --no-install-recommends "$@" >&2
}

python=""
for name in python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null 2>&1 &&
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    say "Hotwash needs Python 3.11 or newer. Install it, then run make again."
    exit 1
fi

if ! [ -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    say "Making the environment in .venv with $("$python" --version)"
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        apt_install python3-venv || true
        if ! "$python" -m venv .venv; then
            say "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"
            exit 1
        fi
    fi
fi

say "Installing the libraries of $lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m compileall -q .venv/lib >/dev/null 2>&1 || true

cat > .venv/bin/hotwash <<SCRIPT
#!/bin/sh
exec "$(pwd)/.venv/bin/python" "$(pwd)/cli.py" "\$@"
SCRIPT
chmod +x .venv/bin/hotwash

# WeasyPrint draws with Pango, which is not a Python package.
pango="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if ! .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; then
    # shellcheck disable=SC2086
    apt_install $pango || true
    if ! .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; then
        say "PDFs need the Pango library. Everything else works without. To install it:"
        say "  Debian, Ubuntu:  sudo apt-get install $pango"
        say "  Fedora:          sudo dnf install pango"
        say "  macOS:           brew install pango"
        exit_without_stamp=yes
    fi
fi

# The tests drive a real browser; people who only run Hotwash bring their own.
if [ "$lock" = requirements-dev.lock ]; then
    command -v chromium >/dev/null 2>&1 || apt_install chromium fonts-noto-core || true
    command -v pdftoppm >/dev/null 2>&1 || apt_install poppler-utils || true
    command -v chromium >/dev/null 2>&1 ||
        say "No Chromium: the browser tests will be skipped. Install the package chromium for them."
fi

[ -n "${exit_without_stamp:-}" ] || cp "$lock" "$stamp"
