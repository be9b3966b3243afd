#pragma once
#include <string>
#include <vector>

#include "ledger/mariadb/connection.hpp"

namespace suara::test {

// Throws where the database refuses.
ledger::mariadb::Rows all_of(ledger::mariadb::Connection& connection, const std::string& sql);

// Every row of every table, its cells as text: bytes as hex, and as they are where they are UTF-8.
std::vector<std::vector<std::string>> everything(ledger::mariadb::Connection& connection);

}  // namespace suara::test
