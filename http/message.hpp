#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"

// Requests and responses as handlers see them: plain values, without sockets and without Beast.
namespace suara::http {

class LiveSubscription;
class OpenFile;

enum class Method { get, head, post, remove, options, other };
std::string_view method_name(Method method);  // "GET", ...; other: "other"

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  std::string path;  // as sent; nothing of ours needs percent encoding, so it is never decoded
  Fields query;      // decoded
  Fields headers;    // names in lower case
  std::string body;
  std::string peer;  // the client's address without port

  // The first header of that lower-case name, empty where there is none.
  std::string_view header(std::string_view name) const;
  std::optional<std::string_view> parameter(std::string_view name) const;
};

// Parameters of the query. Errors: malformed, naming the parameter and what it may be.
Result<std::uint64_t> number_parameter(const Request& request, std::string_view name, std::uint64_t otherwise,
                                       std::uint64_t min, std::uint64_t max);
// An entry's number; nothing where the parameter is absent.
Result<std::optional<Seq>> seq_parameter(const Request& request, std::string_view name, std::uint64_t min = 0);
Result<bool> flag_parameter(const Request& request, std::string_view name, bool otherwise);

// A segment of Request::path as it was meant. Error: malformed.
Result<std::string> decoded_segment(std::string_view segment);

// Splits the request line's target into path and decoded query. Error: malformed.
Result<void> read_target(std::string_view target, Request& request);

struct Response {
  unsigned status = 200;
  std::string content_type;
  std::shared_ptr<const std::string> body;  // may be shared with a cache; null is empty
  Fields headers;                           // further ones
  // Where set, what is sent, piece by piece; `body` is not used.
  std::shared_ptr<const OpenFile> file;
  // Where set, the response is an endless stream of events, and `body` is not used.
  std::shared_ptr<LiveSubscription> stream;
};

Response json_response(unsigned status, std::string json);
Response text_response(unsigned status, std::string_view content_type, std::string text);

// {code, message, details} with the status of error_status.hpp. `retry_after` in seconds, for those that say so.
Response error_response(const Error& error, std::optional<unsigned> retry_after = {});

}  // namespace suara::http
