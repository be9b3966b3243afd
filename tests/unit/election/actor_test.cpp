#include <catch2/catch.hpp>

#include "core/election/types.hpp"

using namespace suara;
using namespace suara::election;

TEST_CASE("an actor's text and the actor read from it are the same") {
  for (const auto* text : {"committee:ani", "administrator:a.b_c-9", "service", "service:node-2", "voter", "anyone"}) {
    const auto actor = Actor::parse(text);
    REQUIRE(actor);
    CHECK(actor->text() == text);
  }
  CHECK(Actor::parse("trustee:tuti")->role == Role::trustee);
  CHECK(Actor::parse("trustee:tuti")->id == "tuti");
}

TEST_CASE("an actor of another form is refused") {
  const std::string too_long = "committee:" + std::string(33, 'a');
  for (const char* text :
       {"", "king", "Committee:ani", ":ani", "committee", "committee:", "committee:Ani", "committee:ani budi",
        "committee:a:b", "voter:budi", "anyone:x", "service:", too_long.c_str()}) {
    CAPTURE(text);
    const auto actor = Actor::parse(text);
    REQUIRE(!actor);
    CHECK(actor.error().code == ErrorCode::malformed);
  }
}

TEST_CASE("every role and phase has a name of its own") {
  for (const Role role : {Role::service, Role::administrator, Role::committee, Role::registrar, Role::trustee,
                          Role::supervisor, Role::voter, Role::anyone}) {
    CHECK(role_from_name(role_name(role)) == role);
  }
  CHECK(role_from_name("nobody") == std::nullopt);
  CHECK(phase_name(Phase::certified) == "certified");
}
