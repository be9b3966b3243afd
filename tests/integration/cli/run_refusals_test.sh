#!/usr/bin/env bash
# What tools/run refuses before it builds or starts anything.
set -euo pipefail
run=$1/tools/run
folder=$(mktemp -d)
listener=
trap '[[ -z $listener ]] || kill "$listener"; rm -rf "$folder"' EXIT
failures=0

# expect STATUS TEXT ARGUMENTS: tools/run must end with the status and say the text.
expect() {
  local wanted=$1 text=$2 status=0 output
  shift 2
  output=$("$run" "$@" 2>&1) || status=$?
  if ((status != wanted)) || [[ $output != *"$text"* ]]; then
    echo "FAILED: tools/run $* gave status $status: $output"
    failures=$((failures + 1))
  fi
}

expect 0 "usage: tools/run" --help
expect 2 "unknown option --frobnicate" --frobnicate
expect 2 "--port needs a number" --port
expect 2 "--port 0 is not a port" --port 0
expect 2 "--port 65536 is not a port" --port 65536
expect 2 "--port web is not a port" --port=web
expect 2 "--data-dir must not be empty" --data-dir ""
expect 2 "--witness-list needs a file" --witness-list
expect 2 "--witnesses needs a number" --witnesses
expect 2 "--witnesses 6 is not a number from 0 to 5" --witnesses 6

touch "$folder/file"
expect 1 "cannot be made" --data-dir "$folder/file/below"

exec {lock}>"$folder/run.lock"
flock -n "$lock"
expect 1 "another tools/run already uses $folder" --data-dir "$folder"
exec {lock}>&-

node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => console.log(s.address().port))' \
  >"$folder/port" &
listener=$!
until [[ -s $folder/port ]]; do
  kill -0 "$listener"
  sleep 0.05
done
expect 1 "is in use by another program; choose another with --port" --data-dir "$folder" --port "$(<"$folder/port")"

exit $((failures > 0))
