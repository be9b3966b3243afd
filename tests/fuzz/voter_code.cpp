#include <string>

#include "core/ballot/credential.hpp"
#include "tests/fuzz/support/target.hpp"

namespace {

using namespace suara;

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string with_dashes(std::string code) {
  for (std::size_t at = 16; at > 0; at -= 4) code.insert(at, 1, '-');
  return code;
}

}  // namespace

// A code typed by a voter. What is taken has one normal form, every single mistake is found, and no error repeats it.
void suara::fuzz::try_input(std::string_view typed) {
  const auto code = ballot::normalize_code(typed);
  if (!code) {
    require_told(code.error());
    // No word of an error has so many letters.
    const bool word = typed.size() >= 12 && typed.find(' ') == typed.npos;
    require(!word || code.error().detail.find(typed) == std::string::npos, "an error does not repeat the code");
    return;
  }
  require(code->size() == 20 && code->find_first_not_of(alphabet) == std::string::npos, "a code has its normal form");
  require(ballot::normalize_code(*code) == *code, "a normal form is its own");
  require(ballot::normalize_code(with_dashes(*code)) == *code, "dashes do not matter");
  for (std::size_t i = 0; i < code->size(); ++i) {
    for (const char other : alphabet) {
      std::string wrong = *code;
      wrong[i] = other;
      require(ballot::normalize_code(wrong).has_value() == (other == (*code)[i]), "one wrong character is found");
    }
    for (std::size_t j = 0; j < i; ++j) {
      std::string exchanged = *code;
      std::swap(exchanged[i], exchanged[j]);
      require(ballot::normalize_code(exchanged).has_value() == (exchanged == *code), "two exchanged ones are found");
    }
  }
}
