#pragma once
#include <string>
#include <string_view>

#include "core/base/result.hpp"

// RFC 8785 (JSON Canonicalization Scheme), for the strict JSON of json_reader.hpp: since numbers are integers, the
// canonical text of a number is its shortest decimal form.
namespace suara::codec {

// Errors: malformed, too_large (depth), as json_reader.hpp tells.
Result<std::string> canonicalize(std::string_view json);

// Passes only where `json` is its own canonical text. Error: malformed.
Result<void> check_canonical(std::string_view json);

}  // namespace suara::codec
