#pragma once
#include <catch2/catch.hpp>
#include <filesystem>

#include "ledger/command_handler.hpp"
#include "ledger/mariadb/maria_store.hpp"
#include "tests/support/mariadb_server.hpp"

namespace suara::test {

inline Timestamp wall_clock() {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

// What one service process has: its own connections and keys, on the shared database and folder.
struct Process {
  explicit Process(const std::filesystem::path& keys_folder,
                   ledger::HandlerLimits limits = {.poll = std::chrono::milliseconds(50)})
      : store(shared_mariadb().service()), keys(keys_folder), handler(store, keys, wall_clock, limits) {
    if (auto started = handler.start(); !started) FAIL(started.error().detail);
  }
  ledger::mariadb::MariaStore store;
  ledger::KeyStore keys;
  ledger::CommandHandler handler;
};

}  // namespace suara::test
