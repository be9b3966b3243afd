#include <catch2/catch.hpp>

#include "core/crypto/hash.hpp"
#include "tests/support/store_contract.hpp"

namespace suara::test {
using namespace ledger;
using election::Role;

namespace {

StaffSession session_of(const std::string& login, const Hash& token, std::int64_t created, std::int64_t expires) {
  return {token, login, Role::committee, "csrf of " + login, {expires}, {created}, {created}};
}

void check_accounts(StaffStore& staff) {
  CHECK_FALSE(*staff.any_staff());
  REQUIRE(staff.add_staff({"budi", Role::supervisor, "$argon2id$b"}));
  REQUIRE(staff.add_staff({"ani", Role::administrator, "$argon2id$1"}));
  CHECK(*staff.any_staff());
  CHECK(staff.add_staff({"ani", Role::supervisor, "$argon2id$2"}).error().code == ErrorCode::conflict);
  const auto ani = staff.staff("ani");
  REQUIRE(ani->has_value());
  CHECK((*ani)->role == Role::administrator);
  CHECK((*ani)->password_hash == "$argon2id$1");
  CHECK_FALSE((*ani)->totp);
  CHECK_FALSE(staff.staff("Ani")->has_value());
  CHECK_FALSE(staff.staff("ani ")->has_value());
  const auto all = staff.all_staff();
  REQUIRE(all->size() == 2);
  CHECK((*all)[0].login == "ani");
  CHECK((*all)[1].role == Role::supervisor);
}

void check_sessions(StaffStore& staff) {
  const Hash token = crypto::sha256("token"), second = crypto::sha256("second"), other = crypto::sha256("other");
  REQUIRE(staff.add_session(session_of("ani", token, 10, 1000)));
  REQUIRE(staff.add_session(session_of("ani", second, 20, 2000)));
  REQUIRE(staff.add_session(session_of("budi", other, 30, 2000)));
  const auto session = staff.session(token, Timestamp{999});
  REQUIRE(session->has_value());
  CHECK((*session)->login == "ani");
  CHECK((*session)->role == Role::administrator);  // the account's, whatever the session was made with
  CHECK((*session)->csrf_token == "csrf of ani");
  CHECK((*session)->expires == Timestamp{1000});
  CHECK((*session)->created == Timestamp{10});
  CHECK_FALSE(staff.session(token, Timestamp{1000})->has_value());
  CHECK_FALSE(staff.session(crypto::sha256("none"), Timestamp{0})->has_value());
  REQUIRE(staff.touch_session(token, Timestamp{500}));
  CHECK((*staff.session(token, Timestamp{0}))->last_seen == Timestamp{500});

  const auto own = staff.sessions_of("ani", Timestamp{0});
  REQUIRE(own->size() == 2);
  CHECK((*own)[0].token_hash == second);
  CHECK(staff.sessions_of("ani", Timestamp{1000})->size() == 1);
  REQUIRE(staff.remove_expired_sessions(Timestamp{1000}));
  CHECK_FALSE(staff.session(token, Timestamp{0})->has_value());
  CHECK(staff.session(other, Timestamp{0})->has_value());
  REQUIRE(staff.remove_session(second));
  CHECK_FALSE(staff.session(second, Timestamp{0})->has_value());
}

void check_passwords(StaffStore& staff) {
  const Hash kept = crypto::sha256("kept"), dropped = crypto::sha256("dropped"), other = crypto::sha256("other");
  REQUIRE(staff.add_session(session_of("ani", kept, 10, 2000)));
  REQUIRE(staff.add_session(session_of("ani", dropped, 10, 2000)));
  REQUIRE(staff.set_password("ani", "$argon2id$new", kept));
  CHECK((*staff.staff("ani"))->password_hash == "$argon2id$new");
  CHECK(staff.session(kept, Timestamp{0})->has_value());
  CHECK_FALSE(staff.session(dropped, Timestamp{0})->has_value());
  CHECK(staff.session(other, Timestamp{0})->has_value());
  CHECK((*staff.staff("budi"))->password_hash == "$argon2id$b");
  CHECK(staff.set_password("nobody", "x", kept).error().code == ErrorCode::not_found);
}

void check_second_factor(StaffStore& staff) {
  const Bytes secret(20, 1), newer(20, 2);
  CHECK(*staff.offer_totp("ani", secret));
  CHECK(*staff.offer_totp("ani", newer));
  CHECK(staff.totp("ani")->offered == newer);
  CHECK_FALSE(staff.totp("ani")->secret);
  CHECK_FALSE((*staff.staff("ani"))->totp);
  CHECK_FALSE(*staff.confirm_totp("ani", secret, 5));
  CHECK(*staff.confirm_totp("ani", newer, 5));
  CHECK((*staff.staff("ani"))->totp);
  CHECK(staff.totp("ani")->secret == newer);
  CHECK(staff.totp("ani")->last_step == 5);
  CHECK_FALSE(*staff.offer_totp("ani", secret));
  CHECK_FALSE(*staff.use_totp("ani", 5));
  CHECK(*staff.use_totp("ani", 6));
  CHECK_FALSE(*staff.use_totp("ani", 6));
  CHECK_FALSE(*staff.use_totp("budi", 6));
  REQUIRE(staff.remove_totp("ani"));
  CHECK_FALSE((*staff.staff("ani"))->totp);
  CHECK_FALSE(*staff.use_totp("ani", 9));
  CHECK(staff.totp("nobody").error().code == ErrorCode::not_found);
}

void check_reset_and_removal(StaffStore& staff) {
  const Hash mine = crypto::sha256("mine"), other = crypto::sha256("other");
  for (const std::string login : {"ani", "budi"}) {
    REQUIRE(*staff.offer_totp(login, Bytes(20, 3)));
    REQUIRE(*staff.confirm_totp(login, Bytes(20, 3), 10));
  }
  REQUIRE(staff.add_session(session_of("ani", mine, 10, 2000)));
  REQUIRE(staff.reset("ani", "$argon2id$reset"));
  CHECK((*staff.staff("ani"))->password_hash == "$argon2id$reset");
  CHECK_FALSE((*staff.staff("ani"))->totp);
  CHECK_FALSE(staff.session(mine, Timestamp{0})->has_value());
  CHECK((*staff.staff("budi"))->totp);
  CHECK((*staff.staff("budi"))->password_hash == "$argon2id$b");
  CHECK(staff.session(other, Timestamp{0})->has_value());
  CHECK(staff.reset("nobody", "x").error().code == ErrorCode::not_found);

  CHECK(staff.remove_staff("ani").error().code == ErrorCode::conflict);
  CHECK(staff.remove_staff("nobody").error().code == ErrorCode::not_found);
  REQUIRE(staff.remove_staff("budi"));
  CHECK_FALSE(staff.staff("budi")->has_value());
  CHECK_FALSE(staff.session(other, Timestamp{0})->has_value());
  REQUIRE(staff.add_staff({"sari", Role::administrator, "$argon2id$s"}));
  CHECK(staff.remove_staff("ani"));
}

}  // namespace

void check_staff_store(StaffStore& staff) {
  check_accounts(staff);
  check_sessions(staff);
  check_passwords(staff);
  check_second_factor(staff);
  check_reset_and_removal(staff);
}

}  // namespace suara::test
