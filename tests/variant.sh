#!/bin/sh
# Builds another variant of this tree and runs its tests. Arguments: the preset, a pattern of tests, the targets they need.
# The compiled data is the release build's, whose test this is.
set -eu
preset=$1 tests=$2
shift 2
cd "$(dirname "$0")/.."
cmake --preset "$preset" -DEUPHONE_DATA_FROM="$PWD/build/release/share/euphone" >/dev/null
cmake --build --preset "$preset" --target "$@"
exec ctest --preset "$preset" --tests-regex "$tests"
