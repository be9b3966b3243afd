#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "ledger/mariadb/connection.hpp"

namespace suara::bench {

struct Options {
  ledger::mariadb::Config database;  // as the service uses it
  std::string admin;                 // MariaDB account that may make a database, known by the socket
  std::filesystem::path suarad;
  std::filesystem::path verify;
  std::filesystem::path dir;  // keys and public log
  std::size_t events = 100'000;
  std::size_t ballots = 2'000;
  std::uint64_t log_entries = 1'000'000;
};

}  // namespace suara::bench
