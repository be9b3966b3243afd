#include "ledger/mariadb/maria_people.hpp"

namespace suara::ledger::mariadb {
namespace {

tl::unexpected<Error> people_error(Error error) {
  if (error.code != ErrorCode::integrity && error.code != ErrorCode::conflict) error.code = ErrorCode::unavailable;
  return fail(std::move(error));
}

Result<election::Role> role_of(std::string_view name) {
  const auto role = election::role_from_name(name);
  if (!role) return fail(ErrorCode::integrity, "A stored staff role is unknown.");
  return *role;
}

}  // namespace

MariaPeople::MariaPeople(const Config& config, std::size_t connections) : pool_(config, connections) {}

Result<Rows> MariaPeople::query(std::string_view sql, Values values) {
  auto connection = pool_.acquire();
  if (!connection) return people_error(std::move(connection).error());
  auto rows = (*connection)->query(sql, values);
  if (!rows) return people_error(std::move(rows).error());
  return rows;
}

Result<std::uint64_t> MariaPeople::run(std::string_view sql, Values values) {
  auto connection = pool_.acquire();
  if (!connection) return people_error(std::move(connection).error());
  auto done = (*connection)->run(sql, values);
  if (!done) return people_error(std::move(done).error());
  return done;
}

Result<void> MariaPeople::run_together(std::string_view sql, const BulkRows& rows) {
  auto connection = pool_.acquire();
  if (!connection) return people_error(std::move(connection).error());
  auto transaction = Transaction::begin(**connection);
  if (!transaction) return people_error(std::move(transaction).error());
  if (auto done = (*connection)->run_bulk(sql, rows); !done) return people_error(std::move(done).error());
  if (auto done = transaction->commit(); !done) return people_error(std::move(done).error());
  return {};
}

Result<void> MariaPeople::add_staff(const StaffMember& member) {
  auto done = run("INSERT INTO staff (login, role, password_hash) VALUES (?, ?, ?)",
                  {member.login, election::role_name(member.role), member.password_hash});
  if (done) return {};
  if (done.error().code == ErrorCode::conflict) return fail(ErrorCode::conflict, "This login is taken.");
  return fail(std::move(done).error());
}

Result<std::optional<StaffMember>> MariaPeople::staff(const std::string& login) {
  auto rows = query("SELECT login, role, password_hash FROM staff WHERE login = ?", {login});
  if (!rows) return fail(std::move(rows).error());
  if (rows->empty()) return std::nullopt;
  const Row row = (*rows)[0];
  const auto role = role_of(row.text(1));
  if (!role) return fail(role.error());
  return StaffMember{std::string(row.text(0)), *role, std::string(row.text(2))};
}

Result<bool> MariaPeople::any_staff() {
  return query("SELECT 1 FROM staff LIMIT 1", {}).map([](const Rows& rows) { return !rows.empty(); });
}

Result<void> MariaPeople::add_session(const StaffSession& session) {
  return run("INSERT INTO staff_sessions (token_hash, login, role, csrf_token, expires) VALUES (?, ?, ?, ?, ?)",
             {session.token_hash, session.login, election::role_name(session.role), session.csrf_token,
              session.expires})
      .map([](std::uint64_t) {});
}

Result<std::optional<StaffSession>> MariaPeople::session(const Hash& token_hash, Timestamp now) {
  auto rows = query("SELECT login, role, csrf_token, expires FROM staff_sessions WHERE token_hash = ? AND expires > ?",
                    {token_hash, now});
  if (!rows) return fail(std::move(rows).error());
  if (rows->empty()) return std::nullopt;
  const Row row = (*rows)[0];
  const auto role = role_of(row.text(1));
  if (!role) return fail(role.error());
  return StaffSession{token_hash, std::string(row.text(0)), *role, std::string(row.text(2)), Timestamp{row.i64(3)}};
}

Result<void> MariaPeople::remove_session(const Hash& token_hash) {
  return run("DELETE FROM staff_sessions WHERE token_hash = ?", {token_hash}).map([](std::uint64_t) {});
}

Result<void> MariaPeople::remove_expired_sessions(Timestamp now) {
  return run("DELETE FROM staff_sessions WHERE expires <= ?", {now}).map([](std::uint64_t) {});
}

Result<void> MariaPeople::add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) {
  BulkRows bulk(4);
  std::uint32_t recipient = 0;
  for (const Bytes& share : sealed) bulk.add({ledger, sender, ++recipient, share});
  return run_together("INSERT IGNORE INTO sealed_shares (ledger_id, sender, recipient, sealed) VALUES (?, ?, ?, ?)",
                      bulk);
}

Result<void> MariaPeople::keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) {
  BulkRows bulk(4);
  std::uint32_t recipient = 0;
  for (const Bytes& share : sealed) bulk.add({ledger, sender, ++recipient, share});
  return run_together("DELETE FROM sealed_shares WHERE ledger_id = ? AND sender = ? AND recipient = ? AND sealed <> ?",
                      bulk);
}

Result<std::vector<SealedShare>> MariaPeople::shares_for(LedgerId ledger, std::uint32_t recipient) {
  auto rows = query("SELECT sender, sealed FROM sealed_shares WHERE ledger_id = ? AND recipient = ? ORDER BY sender",
                    {ledger, recipient});
  if (!rows) return fail(std::move(rows).error());
  std::vector<SealedShare> out;
  for (const Row row : *rows) {
    const ByteView sealed = row.bytes(1);
    out.push_back({static_cast<std::uint32_t>(row.u64(0)), Bytes(sealed.begin(), sealed.end())});
  }
  return out;
}

Result<void> MariaPeople::remove_shares(LedgerId ledger) {
  return run("DELETE FROM sealed_shares WHERE ledger_id = ?", {ledger}).map([](std::uint64_t) {});
}

}  // namespace suara::ledger::mariadb
