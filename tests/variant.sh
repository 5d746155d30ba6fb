#!/bin/sh
# Another variant of this tree: `build PRESET TARGETS…` makes it, `test PRESET PATTERN` runs its tests.
# The compiled data is the release build's, whose tests these are.
set -eu
what=$1 preset=$2
shift 2
cd "$(dirname "$0")/.."
case $what in
  build)
    cmake --preset "$preset" -DEUPHONE_DATA_FROM="$PWD/build/release/share/euphone" >/dev/null
    exec nice -n 19 cmake --build --preset "$preset" --target "$@"
    ;;
  test) exec ctest --preset "$preset" --tests-regex "$1" ;;
esac
