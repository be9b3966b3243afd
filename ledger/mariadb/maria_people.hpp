#pragma once
#include "ledger/mariadb/pool.hpp"
#include "ledger/people_store.hpp"

namespace suara::ledger::mariadb {

// Staff, sessions and sealed shares in MariaDB (schema/sql/02*).
class MariaPeople : public PeopleStore {
 public:
  explicit MariaPeople(const Config& config, std::size_t connections = 4);

  Result<void> add_staff(const StaffMember& member) override;
  Result<std::optional<StaffMember>> staff(const std::string& login) override;
  Result<bool> any_staff() override;
  Result<void> add_session(const StaffSession& session) override;
  Result<std::optional<StaffSession>> session(const Hash& token_hash, Timestamp now) override;
  Result<void> remove_session(const Hash& token_hash) override;
  Result<void> remove_expired_sessions(Timestamp now) override;
  Result<void> add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) override;
  Result<void> keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) override;
  Result<std::vector<SealedShare>> shares_for(LedgerId ledger, std::uint32_t recipient) override;
  Result<void> remove_shares(LedgerId ledger) override;

 private:
  Result<Rows> query(std::string_view sql, Values values);
  Result<std::uint64_t> run(std::string_view sql, Values values);
  Result<void> run_together(std::string_view sql, const BulkRows& rows);  // all of them or none
  Pool pool_;
};

}  // namespace suara::ledger::mariadb
