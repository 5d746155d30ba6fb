#!/bin/sh
# Builds the Python package's wheel against this build, as installed, and installs it into a fresh virtual environment.
# Arguments: the build folder, where downloads are kept, the folder to work in, Python. 77: the registry cannot be reached.
set -eu
build=$1 deps=$2 work=$3 python=$4
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$work" && mkdir -p "$work"
offline() {
  echo "SKIPPED: pip's registry does not answer, so the Python package is neither built nor tried: $(tail -n 1 "$work/pip.log")"
  exit 77
}
if [ ! -f "$deps/python-build/ready" ]; then
  "$python" -m venv "$deps/python-build"
  "$deps/python-build/bin/pip" install -q --disable-pip-version-check -r "$here/python_build.txt" >"$work/pip.log" 2>&1 || offline
  touch "$deps/python-build/ready"
fi
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check -r "$here/python_use.txt" >"$work/pip.log" 2>&1 || offline
cmake --install "$build" --prefix "$work/prefix" >"$work/install.log" || { cat "$work/install.log"; exit 1; }
command -v ccache >/dev/null && export CMAKE_CXX_COMPILER_LAUNCHER=ccache
export CMAKE_PREFIX_PATH="$work/prefix"
"$deps/python-build/bin/pip" wheel -q --disable-pip-version-check --no-build-isolation --no-deps --config-settings build-dir="$work/build" -w "$work/dist" "$here/../../bindings/python" >"$work/wheel.log" 2>&1 ||
  { cat "$work/wheel.log"; exit 1; }
rm -rf "$work/prefix"  # Of 150 MB.
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-index --no-deps "$work"/dist/euphone-*.whl
ls -sh "$work/dist"
