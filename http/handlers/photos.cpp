#include "http/handlers/photos.hpp"

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "http/json_parts.hpp"

namespace suara::http {

using namespace std::string_view_literals;

std::optional<std::string_view> picture_type(std::string_view content) {
  if (content.starts_with("\xFF\xD8\xFF"sv)) return "image/jpeg";
  if (content.starts_with("\x89PNG\r\n\x1A\n"sv)) return "image/png";
  if (content.size() >= 12 && content.starts_with("RIFF"sv) && content.substr(8).starts_with("WEBP"sv))
    return "image/webp";
  return std::nullopt;
}

Handler add_photo(ledger::PhotoStore& photos) {
  return at_once([&photos](const Call& call) -> Result<Response> {
    const auto type = picture_type(call.request.body);
    if (!type) {
      return fail(ErrorCode::unsupported_media, "This file is no JPEG, PNG or WebP picture, whatever its name says.");
    }
    const Hash hash = crypto::sha256(call.request.body);
    if (const auto added = photos.add(hash, {std::string(*type), call.request.body}); !added) {
      return fail(added.error());
    }
    auto json = views::writer();
    json.begin_object().text("photo", crypto::to_hex(hash.view())).end_object();
    return json_response(201, json.take());
  });
}

Handler show_photo(ledger::PhotoStore& photos) {
  return at_once([&photos](const Call& call) -> Result<Response> {
    const Error unknown{ErrorCode::not_found, "There is no picture with this number."};
    const auto hash = crypto::hash_from_hex(call.rest);
    if (!hash) return fail(unknown);
    auto photo = photos.find(*hash);
    if (!photo) return fail(std::move(photo.error()));
    if (!*photo) return fail(unknown);
    Response response;
    response.content_type = (*photo)->type;
    response.body = std::make_shared<const std::string>(std::move((*photo)->content));
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    return response;
  });
}

}  // namespace suara::http
