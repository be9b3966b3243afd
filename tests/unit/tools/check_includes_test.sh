#!/usr/bin/env bash
# Shows that tools/check_includes can fail: each bad line below, put alone into an otherwise good tree, must be named
# by file and line; the good tree must pass.
set -euo pipefail
source_dir=$1
check=$source_dir/tools/check_includes
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

report() { echo "FAILED: $*"; failures=$((failures + 1)); }

put() {
  mkdir -p "$tree/$(dirname "$1")"
  printf '#pragma once\n%s\n' "$2" >"$tree/$1"
}

must_pass() {
  local status=0
  output=$("$check" "$tree") || status=$?
  ((status == 0)) || report "$1 was refused: $output"
}

# must_refuse FILE LINE: FILE holding LINE (as its line 2) is the tree's only fault.
must_refuse() {
  local status=0 output
  put "$1" "$2"
  output=$("$check" "$tree") || status=$?
  ((status == 1)) || report "'$2' in $1 passed (status $status)"
  [[ $output == "$1:2: "* && $(wc -l <<<"$output") == 1 ]] || report "'$2' in $1 was not named alone: $output"
  rm "$tree/$1"
}

put core/crypto/hash.cpp '#include <sodium.h>'
put core/codec/json.cpp '#include <rapidjson/reader.h>'
put core/base/time.cpp '#include <chrono>'
put ledger/mariadb/store.cpp '#include <mysql.h>'
put projections/queries.cpp '#include "ledger/mariadb/connection.hpp"'
put http/main.cpp '#include "ledger/mariadb/connection.hpp"'
put http/session.cpp '#include <boost/beast/http.hpp>'
put tools/cli/main.cpp '#include "core/codec/event.hpp"'
put tests/unit/base/time_test.cpp '#include <catch2/catch.hpp>'
must_pass "the good tree"

must_refuse core/base/bad.hpp '#include "core/crypto/hash.hpp"'
must_refuse core/ballot/bad.cpp '#include "core/codec/json_reader.hpp"'
must_refuse core/election/bad.cpp '#include "core/log/chain.hpp"'
must_refuse core/log/bad.cpp '#include "core/ballot/types.hpp"'
must_refuse core/ballot/bad.cpp '#include <sodium.h>'
must_refuse core/election/bad.cpp '#include <rapidjson/document.h>'
must_refuse core/codec/bad.hpp '#include <rapidjson/document.h>'
must_refuse core/audit/bad.cpp '#include "ledger/event_store.hpp"'
must_refuse core/base/bad.cpp '#include <fstream>'
must_refuse core/base/bad.cpp '#include <filesystem>'
must_refuse core/audit/bad.cpp '#include <thread>'
must_refuse core/crypto/bad.cpp '#  include <mutex>'
must_refuse core/base/bad.cpp '#include <sys/socket.h>'
must_refuse core/base/bad.cpp '  return std::chrono::system_clock::now();'
must_refuse core/base/bad.cpp '  return std::getenv("HOME");'
must_refuse ledger/bad.cpp '#include <mysql.h>'
must_refuse ledger/bad.cpp '#include "ledger/mariadb/connection.hpp"'
must_refuse ledger/bad.cpp '#include "projections/runner.hpp"'
must_refuse ledger/bad.cpp '#include <rapidjson/document.h>'
must_refuse projections/bad.hpp '#include "ledger/mariadb/connection.hpp"'
must_refuse projections/bad.cpp '#include "http/server.hpp"'
must_refuse projections/bad.cpp '#include <boost/asio/io_context.hpp>'
must_refuse http/bad.cpp '#include "ledger/mariadb/connection.hpp"'
must_refuse http/bad.cpp '#include "tools/cli/client.hpp"'
must_refuse http/bad.hpp '#include <boost/beast/core.hpp>'
must_refuse tools/cli/bad.cpp '#include "http/server.hpp"'
must_refuse tools/cli/bad.cpp '#include "ledger/event_store.hpp"'
must_refuse tools/verify/bad.cpp '#include "ledger/event_store.hpp"'
must_refuse tools/verify/bad.cpp '#include <boost/asio/ip/tcp.hpp>'
must_refuse tools/cli/bad.cpp '#include "client.hpp"'
must_refuse tools/cli/bad.cpp '#include "core/../ledger/event_store.hpp"'
must_refuse tools/cli/bad.cpp '#include <leveldb/db.h>'
must_refuse tools/cli/bad.cpp '#include HEADER'
must_refuse tools/unknown/bad.cpp '#include <vector>'

status=0
"$check" "$tree/nowhere" 2>/dev/null || status=$?
((status == 2)) || report "a missing folder gave status $status"

((failures == 0)) && echo "tools/check_includes refuses every bad tree"
exit $((failures > 0))
