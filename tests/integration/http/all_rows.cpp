#include "tests/integration/http/all_rows.hpp"

#include <stdexcept>

namespace suara::test {

ledger::mariadb::Rows all_of(ledger::mariadb::Connection& connection, const std::string& sql) {
  auto rows = connection.query(sql);
  if (!rows) throw std::runtime_error(sql + ": " + rows.error().detail);
  return std::move(*rows);
}

std::vector<std::vector<std::string>> everything(ledger::mariadb::Connection& connection) {
  std::vector<std::vector<std::string>> out;
  const auto columns = all_of(connection,
                              "SELECT table_name, GROUP_CONCAT(CONCAT(IF(data_type LIKE '%binary' OR data_type LIKE "
                              "'%blob', 'LOWER(HEX(', 'CAST('), '`', column_name, '`', IF(data_type LIKE '%binary' OR "
                              "data_type LIKE '%blob', '))', ' AS CHAR)'), IF(data_type LIKE '%blob', CONCAT(', "
                              "CONVERT(`', column_name, '` USING utf8mb4)'), '')) SEPARATOR ', ') FROM "
                              "information_schema.columns WHERE table_schema = 'suara' GROUP BY table_name");
  for (const auto table : columns) {
    const std::string select(table.text(1));
    const auto rows = all_of(connection, "SELECT CONCAT_WS(CHAR(31), " + select + ") FROM `" +
                                             std::string(table.text(0)) + "` LIMIT 100000");
    for (const auto row : rows) {
      std::vector<std::string> cells;
      std::string text(row.text(0));
      for (std::size_t at = 0; at != std::string::npos;) {
        const auto end = text.find('\x1f', at);
        cells.push_back(text.substr(at, end == std::string::npos ? end : end - at));
        at = end == std::string::npos ? end : end + 1;
      }
      out.push_back(std::move(cells));
    }
  }
  return out;
}

}  // namespace suara::test
