#pragma once
#include <memory>
#include <string>

#include "tools/cli/http_client.hpp"
#include "tools/cli/outcome.hpp"

namespace suara::cli {

// The global options.
struct Settings {
  std::string server = "http://127.0.0.1:8080";
  std::string user;
  std::string password_file;
  std::string ca_file;
  std::string second_factor;  // of the login, where it has one; asked for where it is missing
  bool json = false;
};

// The service's API, as schema/openapi.yaml describes it. Logs in when a call needs it and out again at the end.
// Paths are below /api/v1. Faults: refused with the service's own code, message and details; unreachable.
class Api {
 public:
  static Outcome<Api> to(const Settings& settings);
  Api(Api&&) noexcept = default;
  Api& operator=(Api&&) = delete;
  ~Api();

  // The JSON texts of the replies.
  Outcome<std::string> get(const std::string& path);
  Outcome<std::string> get_as_staff(const std::string& path);
  Outcome<std::string> post(const std::string& path, std::string body = {},
                            const std::string& content_type = "application/json");

  Outcome<std::string> remove(const std::string& path, std::string body = {});

  // A file of the public log, by its whole address ("/log/<uuid>/checkpoint").
  Outcome<std::string> file(const std::string& address);

  const ServerUrl& server() const { return client_->server(); }

 private:
  Api(Settings settings, std::unique_ptr<HttpClient> client);
  Outcome<void> log_in();
  Outcome<Reply> open_session(const std::string& password, const std::string& second_factor);
  Outcome<std::string> answer(Request request);

  Settings settings_;
  std::unique_ptr<HttpClient> client_;
  std::string cookie_;
  std::string csrf_token_;
};

// An election's uuid as typed. Fault: usage.
Outcome<std::string> check_uuid(const std::string& typed);

}  // namespace suara::cli
