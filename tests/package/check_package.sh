#!/bin/sh
# Installs into a scratch prefix; a stranger's project is built against it with CMake, and again with pkg-config alone.
# Arguments: the build folder, this folder, the compiler.
set -eu
build=$1 here=$2 compiler=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$build" --prefix "$scratch/prefix" >"$scratch/install.log" || { cat "$scratch/install.log"; exit 1; }
cmake -S "$here" -B "$scratch/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$scratch/prefix" -DCMAKE_CXX_COMPILER="$compiler" >"$scratch/configure.log" ||
  { cat "$scratch/configure.log"; exit 1; }
cmake --build "$scratch/consumer"
"$scratch/consumer/consumer"
PKG_CONFIG_PATH=$(dirname "$(find "$scratch/prefix" -name euphone.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
"$compiler" -std=c++20 "$here/main.cc" -o "$scratch/plain" $(pkg-config --cflags --libs euphone)
"$scratch/plain"
# The C API needs its header and its library alone.
echo '#include <euphone.h>
int main(void) { return euphone_api_version() != EUPHONE_API_VERSION; }' >"$scratch/c.c"
# shellcheck disable=SC2046
cc -std=c11 -pedantic -Werror "$scratch/c.c" -o "$scratch/c" $(pkg-config --cflags --libs euphone-c)
"$scratch/c"
# No installed header needs one that is not.
(cd "$scratch/prefix/include/euphone" && find . -name '*.h' | sort | sed 's|^\./\(.*\)|#include "\1"|') >"$scratch/all.cc"
# shellcheck disable=SC2046
"$compiler" -std=c++20 -fsyntax-only "$scratch/all.cc" $(pkg-config --cflags euphone)
"$scratch/prefix/bin/euphone" --version
