#include "ledger/mariadb/maria_staff.hpp"

namespace suara::ledger::mariadb {
namespace {

constexpr std::string_view member_columns = "login, role, password_hash, totp_secret IS NOT NULL";
constexpr std::string_view session_columns =
    "e.token_hash, e.login, s.role, e.csrf_token, e.expires, e.created, e.last_seen, s.totp_secret IS NOT NULL "
    "FROM staff_sessions e JOIN staff s ON s.login = e.login";
constexpr std::size_t most_listed = 10'000;

tl::unexpected<Error> no_such_login() { return fail(ErrorCode::not_found, "There is no account with this login."); }

Result<void> exactly_one(const Result<std::uint64_t>& done) {
  if (!done) return fail(done.error());
  if (*done == 0) return no_such_login();
  return {};
}

Result<election::Role> role_of(std::string_view name) {
  const auto role = election::role_from_name(name);
  if (!role) return fail(ErrorCode::integrity, "A stored staff role is unknown.");
  return *role;
}

Result<StaffMember> member_of(const Row& row) {
  const auto role = role_of(row.text(1));
  if (!role) return fail(role.error());
  return StaffMember{std::string(row.text(0)), *role, std::string(row.text(2)), row.i64(3) != 0};
}

Result<StaffSession> session_of(const Row& row) {
  const auto hash = row.hash(0);
  if (!hash) return fail(hash.error());
  const auto role = role_of(row.text(2));
  if (!role) return fail(role.error());
  return StaffSession{*hash,
                      std::string(row.text(1)),
                      *role,
                      std::string(row.text(3)),
                      Timestamp{row.i64(4)},
                      Timestamp{row.i64(5)},
                      Timestamp{row.i64(6)},
                      row.i64(7) != 0};
}

std::optional<Bytes> maybe_bytes(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  const ByteView bytes = row.bytes(column);
  return Bytes(bytes.begin(), bytes.end());
}

template <class T>
Result<std::vector<T>> all_of(const Result<Rows>& rows, Result<T> (*read)(const Row&)) {
  if (!rows) return fail(rows.error());
  std::vector<T> out;
  for (const Row row : *rows) {
    auto one = read(row);
    if (!one) return fail(std::move(one).error());
    out.push_back(std::move(*one));
  }
  return out;
}

template <class T>
Result<std::optional<T>> first_of(const Result<Rows>& rows, Result<T> (*read)(const Row&)) {
  auto all = all_of(rows, read);
  if (!all) return fail(std::move(all).error());
  if (all->empty()) return std::nullopt;
  return std::move(all->front());
}

Result<bool> changed(const Result<std::uint64_t>& done) {
  if (!done) return fail(done.error());
  return *done != 0;
}

}  // namespace

Result<void> MariaStaff::add_staff(const StaffMember& member) {
  auto done = run("INSERT INTO staff (login, role, password_hash) VALUES (?, ?, ?)",
                  {member.login, election::role_name(member.role), member.password_hash});
  if (done) return {};
  if (done.error().code == ErrorCode::conflict) return fail(ErrorCode::conflict, "This login is taken.");
  return fail(std::move(done).error());
}

Result<std::optional<StaffMember>> MariaStaff::staff(const std::string& login) {
  return first_of(query("SELECT " + std::string(member_columns) + " FROM staff WHERE login = ?", {login}), &member_of);
}

Result<std::vector<StaffMember>> MariaStaff::all_staff() {
  return all_of(query("SELECT " + std::string(member_columns) + " FROM staff ORDER BY login LIMIT ?", {most_listed}),
                &member_of);
}

Result<bool> MariaStaff::any_staff() {
  return query("SELECT 1 FROM staff LIMIT 1", {}).map([](const Rows& rows) { return !rows.empty(); });
}

Result<void> MariaStaff::remove_staff(const std::string& login) {
  return together([&](Connection& connection) -> Result<void> {
    // Locked, so that two administrators who remove each other at the same moment cannot both succeed.
    auto administrators = connection.query("SELECT login FROM staff WHERE role = 'administrator' LIMIT 2 FOR UPDATE");
    if (!administrators) return fail(std::move(administrators).error());
    if (administrators->size() == 1 && (*administrators)[0].text(0) == login) {
      return fail(ErrorCode::conflict, "This is the last administrator; add another one first.");
    }
    if (auto done = connection.run("DELETE FROM staff_sessions WHERE login = ?", {login}); !done) {
      return fail(std::move(done).error());
    }
    return exactly_one(connection.run("DELETE FROM staff WHERE login = ?", {login}));
  });
}

Result<void> MariaStaff::set_password(const std::string& login, const std::string& password_hash, const Hash& keep) {
  return together([&](Connection& connection) -> Result<void> {
    auto done =
        exactly_one(connection.run("UPDATE staff SET password_hash = ? WHERE login = ?", {password_hash, login}));
    if (!done) return done;
    return forget_rows(connection.run("DELETE FROM staff_sessions WHERE login = ? AND token_hash <> ?", {login, keep}));
  });
}

Result<void> MariaStaff::reset(const std::string& login, const std::string& password_hash) {
  return together([&](Connection& connection) -> Result<void> {
    auto done = exactly_one(
        connection.run("UPDATE staff SET password_hash = ?, totp_secret = NULL, totp_offered = NULL WHERE login = ?",
                       {password_hash, login}));
    if (!done) return done;
    return forget_rows(connection.run("DELETE FROM staff_sessions WHERE login = ?", {login}));
  });
}

Result<TotpState> MariaStaff::totp(const std::string& login) {
  auto rows = query("SELECT totp_secret, totp_offered, totp_step FROM staff WHERE login = ?", {login});
  if (!rows) return fail(std::move(rows).error());
  if (rows->empty()) return no_such_login();
  const Row row = (*rows)[0];
  return TotpState{maybe_bytes(row, 0), maybe_bytes(row, 1), row.u64(2)};
}

Result<bool> MariaStaff::offer_totp(const std::string& login, const Bytes& secret) {
  return changed(run("UPDATE staff SET totp_offered = ? WHERE login = ? AND totp_secret IS NULL", {secret, login}));
}

Result<bool> MariaStaff::confirm_totp(const std::string& login, const Bytes& secret, std::uint64_t step) {
  return changed(
      run("UPDATE staff SET totp_secret = totp_offered, totp_offered = NULL, totp_step = ? "
          "WHERE login = ? AND totp_secret IS NULL AND totp_offered = ?",
          {step, login, secret}));
}

Result<bool> MariaStaff::use_totp(const std::string& login, std::uint64_t step) {
  return changed(run("UPDATE staff SET totp_step = ? WHERE login = ? AND totp_secret IS NOT NULL AND totp_step < ?",
                     {step, login, step}));
}

Result<void> MariaStaff::remove_totp(const std::string& login) {
  return forget_rows(run("UPDATE staff SET totp_secret = NULL, totp_offered = NULL WHERE login = ?", {login}));
}

Result<void> MariaStaff::add_session(const StaffSession& session) {
  return forget_rows(run(
      "INSERT INTO staff_sessions (token_hash, login, csrf_token, expires, created, last_seen) "
      "VALUES (?, ?, ?, ?, ?, ?)",
      {session.token_hash, session.login, session.csrf_token, session.expires, session.created, session.last_seen}));
}

Result<std::optional<StaffSession>> MariaStaff::session(const Hash& token_hash, Timestamp now) {
  return first_of(
      query("SELECT " + std::string(session_columns) + " WHERE e.token_hash = ? AND e.expires > ?", {token_hash, now}),
      &session_of);
}

Result<std::vector<StaffSession>> MariaStaff::sessions_of(const std::string& login, Timestamp now) {
  return all_of(query("SELECT " + std::string(session_columns) +
                          " WHERE e.login = ? AND e.expires > ? ORDER BY e.created DESC, e.token_hash LIMIT ?",
                      {login, now, most_listed}),
                &session_of);
}

Result<void> MariaStaff::touch_session(const Hash& token_hash, Timestamp now) {
  return forget_rows(run("UPDATE staff_sessions SET last_seen = ? WHERE token_hash = ?", {now, token_hash}));
}

Result<void> MariaStaff::remove_session(const Hash& token_hash) {
  return forget_rows(run("DELETE FROM staff_sessions WHERE token_hash = ?", {token_hash}));
}

Result<void> MariaStaff::remove_expired_sessions(Timestamp now) {
  return forget_rows(run("DELETE FROM staff_sessions WHERE expires <= ?", {now}));
}

}  // namespace suara::ledger::mariadb
