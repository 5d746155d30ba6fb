#!/bin/sh
# The lifecycle of a release of a model as a Greengrass component (docs/howto/greengrass.md): component.sh install|run|shutdown|recover.
# The recipe sets EUPHONE (the program), WORK (a folder of this component's own) and whatever else begins with EUPHONE_.
# Beside this file lie repository/ (signed) and release.env (NAME, VERSION).
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/release.env"
: "${EUPHONE:=euphone}" "${WORK:=.}" "${EUPHONE_EVERY:=60}" "${EUPHONE_UTTERANCES:=10}" "${EUPHONE_PROBATION:=20}" "${EUPHONE_TELL:=}"
[ -z "${EUPHONE_UPDATES_AT:-}" ] || export EUPHONE_UPDATES="$EUPHONE_UPDATES_AT"
child= bridge=

# Fetches what is missing, and takes what waits as far as it goes now. What comes is as trusted as its signatures, which are checked against
# keys that this device was given before: no deployment can bring them.
go_on() {
  "$EUPHONE" update install --from "$here/repository" "$NAME" --version "$VERSION" \
    --utterances "$EUPHONE_UTTERANCES" --probation "$EUPHONE_PROBATION"
}

# good, failed or waits
standing() {
  "$EUPHONE" update status | awk -v name="$NAME" -v version="$VERSION" '
    !/^ / { mine = $1 == name; if (mine && $2 == version && (NF == 2 || $3 == "(came")) good = 1 }
    /^  not again: / && mine && $3 == version ":" { failed = 1 }
    END { print failed ? "failed" : good ? "good" : "waits" }'
}

# A program that a signal to this script ends, too.
ended() {
  "$@" &
  child=$!
  wait "$child"
}

# A line of JSON at each change, for the log or the bridge; until it is good (0) or has failed (1).
follow() {
  last=
  while :; do
    ended go_on >&2
    now=$(standing)
    [ "$now" = "$last" ] || printf '{"bundle":"%s","version":"%s","standing":"%s"}\n' "$NAME" "$VERSION" "$now" >&3
    last=$now
    case $now in
      good) return 0 ;;
      failed) return 1 ;;
    esac
    ended sleep "$EUPHONE_EVERY"
  done
}

case ${1:-} in
  install)
    # What is forged, expired or not for this device fails here, and with it the deployment. A release before this one may still be on
    # probation: then this one waits in `run`.
    said=$(go_on 2>&1) && { printf '%s\n' "$said"; exit 0; }
    printf '%s\n' "$said" >&2
    case $said in
      *": waits until "*) exit 0 ;;
    esac
    exit 1
    ;;
  run)
    echo $$ >"$WORK/run.pid"
    trap 'kill $child 2>/dev/null; exit 0' TERM INT
    if [ -n "$EUPHONE_TELL" ]; then
      rm -f "$WORK/told"
      mkfifo "$WORK/told"
      $EUPHONE_TELL <"$WORK/told" >&2 &
      bridge=$!
      exec 3<>"$WORK/told" # Opened for both: a bridge that has ended holds nobody up.
    else
      exec 3>&1
    fi
    follow
    result=$?
    exec 3>&-
    [ -z "$bridge" ] || wait "$bridge" # It tells the last line.
    exit "$result"
    ;;
  shutdown)
    [ -f "$WORK/run.pid" ] && kill "$(cat "$WORK/run.pid")" 2>/dev/null
    rm -f "$WORK/run.pid"
    ;;
  recover)
    # After a crash: the updater's own state says where it was.
    "$EUPHONE" update run --utterances "$EUPHONE_UTTERANCES" --probation "$EUPHONE_PROBATION"
    exit 0
    ;;
  *)
    echo "component.sh: install, run, shutdown or recover" >&2
    exit 2
    ;;
esac
