#include <cstdio>
#include <cstdlib>

#include "core/codec/json_writer.hpp"
#include "tests/fuzz/support/target.hpp"

namespace suara::fuzz {

void require(bool holds, std::string_view property) {
  if (holds) return;
  std::fprintf(stderr, "The property does not hold: %.*s\n", static_cast<int>(property.size()), property.data());
  std::abort();
}

void require_told(const Error& error) {
  require(!error.detail.empty(), "an error has a detail");
  require(codec::is_valid_utf8(error.detail), "an error's detail is UTF-8");
  for (const auto& item : error.items) require(codec::is_valid_utf8(item), "an error's items are UTF-8");
}

}  // namespace suara::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  suara::fuzz::try_input({reinterpret_cast<const char*>(data), size});
  return 0;
}
