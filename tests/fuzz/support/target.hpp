#pragma once
#include <string_view>

#include "core/base/result.hpp"

namespace suara::fuzz {

// What a target defines: tries one input. A property that does not hold, a sanitizer's finding and an exception all
// end the run, and libFuzzer keeps the input.
void try_input(std::string_view bytes);

// Ends the run where `holds` is false; `property` says what should have been.
void require(bool holds, std::string_view property);

// What every reader owes: an error says what was wrong, in text that can be shown.
void require_told(const Error& error);

// A strict reader takes only the text that the writer gives for the value.
template <class Read, class Write>
void require_one_text(std::string_view bytes, Read read, Write write) {
  const auto value = read(bytes);
  if (!value) return require_told(value.error());
  require(write(*value) == bytes, "what was read is written again byte for byte");
}

}  // namespace suara::fuzz
