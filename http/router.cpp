#include "http/router.hpp"

#include <algorithm>

namespace suara::http {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  std::size_t begin = 1;
  for (;;) {
    const std::size_t end = path.find('/', begin);
    parts.push_back(path.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

bool fits(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& parts,
          std::string_view path, Match& match) {
  std::size_t at = 0;
  for (const std::string_view part : pattern) {
    if (at >= parts.size()) return false;
    if (part == "{rest}") {
      match.rest = path.substr(static_cast<std::size_t>(parts[at].data() - path.data()));
      return !match.rest.empty();
    }
    if (part == "{uuid}") {
      if (!is_election_uuid(parts[at])) return false;
      match.uuid.value = parts[at];
    } else if (part == "{login}" || part == "{id}") {
      if (parts[at].empty()) return false;
      match.rest = parts[at];
    } else if (part != parts[at]) {
      return false;
    }
    ++at;
  }
  return at == parts.size();
}

}  // namespace

bool is_election_uuid(std::string_view text) {
  constexpr std::string_view base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  return text.size() >= 14 && text.size() <= 32 && text.find_first_not_of(base58) == std::string_view::npos;
}

Router::Router(std::span<const Route> routes, const Dependencies& dependencies) {
  for (const Route& route : routes) {
    entries_.push_back({&route, segments(route.pattern), route.make(dependencies)});
  }
}

Result<Match> Router::match(Method method, std::string_view path, std::string& allow) const {
  const Method wanted = method == Method::head ? Method::get : method;
  if (path.empty() || path.front() != '/') return fail(ErrorCode::not_found, "There is nothing at this address.");
  const auto parts = segments(path);
  for (const Entry& entry : entries_) {
    Match match;
    if (!fits(entry.pattern, parts, path, match)) continue;
    if (entry.route->method == wanted) {
      match.route = entry.route;
      match.handler = &entry.handler;
      return match;
    }
    if (!allow.empty()) allow += ", ";
    allow += method_name(entry.route->method);
    if (entry.route->method == Method::get) allow += ", HEAD";
  }
  if (allow.empty()) return fail(ErrorCode::not_found, "There is nothing at this address.");
  return fail(ErrorCode::method_not_allowed, "This address takes only " + allow + ".");
}

}  // namespace suara::http
