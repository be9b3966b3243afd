#include "http/device_code.hpp"

#include <catch2/catch.hpp>

namespace suara::http {

TEST_CASE("codes and ids of devices have eight characters, and hardly ever the same") {
  CHECK(device_code::random_code().size() == 8);
  CHECK(device_code::random_code() != device_code::random_code());
  const std::string id = device_code::random_device_id();
  CHECK(id.size() == 8);
  CHECK(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos);
}

TEST_CASE("a code is read as people type it") {
  CHECK(device_code::tidied("ab12-cd34") == "AB12CD34");
  CHECK(device_code::tidied(" AB12 CD34 ") == "AB12CD34");
  CHECK(device_code::tidied("oOiIlL") == "001111");
  const std::string code = device_code::random_code();
  CHECK(device_code::tidied(code) == code);
}

}  // namespace suara::http
