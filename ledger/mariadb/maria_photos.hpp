#pragma once
#include "ledger/mariadb/pool.hpp"
#include "ledger/photo_store.hpp"

namespace suara::ledger::mariadb {

// Pictures in MariaDB (schema/sql/042).
class MariaPhotos : public PhotoStore {
 public:
  explicit MariaPhotos(const Config& config, std::size_t connections = 2) : pool_(config, connections) {}
  Result<void> add(const Hash& hash, const Photo& photo) override;
  Result<std::optional<Photo>> find(const Hash& hash) override;

 private:
  Pool pool_;
};

}  // namespace suara::ledger::mariadb
