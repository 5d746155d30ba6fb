#!/bin/sh
# Builds another variant of this tree and runs its tests. Arguments: the preset, a pattern of tests, the targets they need.
set -eu
preset=$1 tests=$2
shift 2
cd "$(dirname "$0")/.."
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset" --target "$@"
exec ctest --preset "$preset" --tests-regex "$tests"
