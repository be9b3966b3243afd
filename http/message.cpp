#include "http/message.hpp"

#include <boost/url/decode_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "core/codec/json_writer.hpp"
#include "http/error_status.hpp"

namespace suara::http {

std::string_view method_name(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::remove:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      return "other";
  }
  return "other";
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

Result<std::uint64_t> number_parameter(const Request& request, std::string_view name, std::uint64_t otherwise,
                                       std::uint64_t min, std::uint64_t max) {
  const auto text = request.parameter(name);
  if (!text) return otherwise;
  std::uint64_t value = 0;
  const char* end = text->data() + text->size();
  const auto [stop, code] = std::from_chars(text->data(), end, value);
  if (code != std::errc{} || stop != end || value < min || value > max) {
    return fail(ErrorCode::malformed, "The parameter " + std::string(name) + " must be a whole number from " +
                                          std::to_string(min) + " to " + std::to_string(max) + ".");
  }
  return value;
}

Result<std::optional<Seq>> seq_parameter(const Request& request, std::string_view name, std::uint64_t min) {
  if (!request.parameter(name)) return std::optional<Seq>();
  const auto number = number_parameter(request, name, 0, min, UINT64_MAX >> 11);
  if (!number) return fail(number.error());
  return std::optional(Seq{*number});
}

Result<bool> flag_parameter(const Request& request, std::string_view name, bool otherwise) {
  const auto text = request.parameter(name);
  if (!text) return otherwise;
  if (*text == "true") return true;
  if (*text == "false") return false;
  return fail(ErrorCode::malformed, "The parameter " + std::string(name) + " must be true or false.");
}

Result<void> read_target(std::string_view target, Request& request) {
  const auto parsed = boost::urls::parse_origin_form(boost::urls::string_view(target.data(), target.size()));
  if (!parsed) return fail(ErrorCode::malformed, "The address of the request is not a valid path; check the link.");
  const auto path = parsed->encoded_path();
  request.path.assign(path.data(), path.size());
  for (const auto& param : parsed->params()) request.query.emplace_back(param.key, param.value);
  return {};
}

Result<std::string> decoded_segment(std::string_view segment) {
  const auto encoded = boost::urls::make_pct_string_view(boost::urls::string_view(segment.data(), segment.size()));
  if (!encoded) return fail(ErrorCode::malformed, "The address of the request is not a valid path; check the link.");
  std::string plain;
  for (const char c : **encoded) plain += c;
  return plain;
}

Response json_response(unsigned status, std::string json) {
  return text_response(status, "application/json", std::move(json));
}

Response text_response(unsigned status, std::string_view content_type, std::string text) {
  Response response;
  response.status = status;
  response.content_type = content_type;
  response.body = std::make_shared<const std::string>(std::move(text));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response error_response(const Error& error, std::optional<unsigned> retry_after) {
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object();
  json.text("code", error_name(error.code));
  json.text("message", error.detail);
  json.key("details").begin_array();
  for (const auto& item : error.items) json.text(item);
  json.end_array();
  json.end_object();
  const ErrorStatus status = error_status(error.code);
  Response response = json_response(status.status, json.take());
  if (!retry_after) retry_after = status.retry_after;
  if (retry_after) response.headers.emplace_back("Retry-After", std::to_string(*retry_after));
  return response;
}

}  // namespace suara::http
