#pragma once
#include "http/handler.hpp"
#include "ledger/photo_store.hpp"

namespace suara::http {

// The type that the first bytes of a picture say; none where they are of no picture that pages show.
std::optional<std::string_view> picture_type(std::string_view content);

Handler add_photo(ledger::PhotoStore& photos);
Handler show_photo(ledger::PhotoStore& photos);

}  // namespace suara::http
