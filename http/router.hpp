#pragma once
#include <span>
#include <string>
#include <vector>

#include "http/route.hpp"

namespace suara::http {

struct Match {
  const Route* route = nullptr;
  const Handler* handler = nullptr;
  ElectionUuid uuid;
  std::string rest;
};

// Finds the route of a request. Routes are few, so it tries one after the other.
class Router {
 public:
  Router(std::span<const Route> routes, const Dependencies& dependencies);

  // Errors: not_found; method_not_allowed, with what is allowed in `allow`.
  Result<Match> match(Method method, std::string_view path, std::string& allow) const;

 private:
  struct Entry {
    const Route* route;
    std::vector<std::string_view> pattern;
    Handler handler;
  };
  std::vector<Entry> entries_;
};

// [1-9A-HJ-NP-Za-km-z]{14,32}
bool is_election_uuid(std::string_view text);

}  // namespace suara::http
