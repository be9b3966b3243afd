#include "tools/cli/api.hpp"

#include <cstdlib>

#include "core/codec/json_writer.hpp"
#include "core/crypto/secret.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/terminal.hpp"

namespace suara::cli {
namespace {

constexpr std::string_view cookie_name = "suara_session=";
// A roll of hundreds of thousands is checked, hashed and recorded before the service answers.
constexpr std::chrono::seconds upload_patience{900};
constexpr std::size_t large_body = 65536;

Outcome<std::string> password_for(const Settings& settings) {
  if (!settings.password_file.empty()) return read_password_file(settings.password_file);
  if (const char* given = std::getenv("SUARA_PASSWORD"); given && *given) return std::string(given);
  return ask_password("Password of " + settings.user);
}

// The service's Error object; something in front of it (a proxy) may answer otherwise.
Fault fault_of(const Reply& reply) {
  Fault fault{ExitCode::refused, "internal",
              "The service answered with the HTTP status " + std::to_string(reply.status) + " and no explanation."};
  const auto answer = Answer::parse(reply.body);
  if (!answer) return fault;
  const AnswerNode root = answer->root();
  Fault told{ExitCode::refused, root.text("code"), root.text("message"), root.texts("details")};
  if (!answer->check()) return fault;
  fault = std::move(told);
  if (!reply.retry_after.empty()) fault.message += " Wait " + reply.retry_after + " seconds before the next try.";
  return fault;
}

}  // namespace

Outcome<Api> Api::to(const Settings& settings) {
  auto server = parse_server_url(settings.server, "--server");
  if (!server) return stop(server.error());
  return Api(settings, std::make_unique<HttpClient>(std::move(*server), settings.ca_file));
}

Api::Api(Settings settings, std::unique_ptr<HttpClient> client)
    : settings_(std::move(settings)), client_(std::move(client)) {}

Api::~Api() {
  if (!client_ || csrf_token_.empty()) return;
  Request request{.method = Request::Method::del, .target = "/api/v1/session"};
  request.cookie = cookie_;
  request.csrf_token = csrf_token_;
  request.patience = std::chrono::seconds(5);
  (void)client_->send(request);  // a session that is not ended now expires by itself
}

Outcome<std::string> Api::answer(Request request) {
  request.cookie = cookie_;
  request.csrf_token = csrf_token_;
  auto reply = client_->send(request);
  if (!reply) return stop(reply.error());
  if (!reply->ok()) return stop(fault_of(*reply));
  return std::move(reply->body);
}

Outcome<std::string> Api::get(const std::string& path) { return answer({.target = "/api/v1" + path}); }

Outcome<std::string> Api::file(const std::string& address) { return answer({.target = address}); }

Outcome<std::string> Api::get_as_staff(const std::string& path) {
  if (auto in = log_in(); !in) return stop(in.error());
  return get(path);
}

Outcome<std::string> Api::post(const std::string& path, std::string body, const std::string& content_type) {
  if (auto in = log_in(); !in) return stop(in.error());
  Request request{.method = Request::Method::post, .target = "/api/v1" + path};
  if (!body.empty()) request.content_type = content_type;
  if (body.size() > large_body) request.patience = upload_patience;
  request.body = std::move(body);
  return answer(std::move(request));
}

Outcome<std::string> Api::remove(const std::string& path, std::string body) {
  if (auto in = log_in(); !in) return stop(in.error());
  Request request{.method = Request::Method::del, .target = "/api/v1" + path};
  if (!body.empty()) request.content_type = "application/json";
  request.body = std::move(body);
  return answer(std::move(request));
}

Outcome<Reply> Api::open_session(const std::string& password, const std::string& second_factor) {
  Request request{.method = Request::Method::post, .target = "/api/v1/session"};
  request.content_type = "application/json";
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("login", settings_.user).text("password", password);
  if (!second_factor.empty()) body.text("code", second_factor);
  request.body = body.end_object().take();
  auto reply = client_->send(request);
  crypto::wipe(request.body.data(), request.body.size());
  return reply;
}

Outcome<void> Api::log_in() {
  if (!csrf_token_.empty()) return {};
  if (settings_.user.empty()) {
    return stop(ExitCode::usage, "usage", "This needs a login: give --user LOGIN or set SUARA_USER.");
  }
  auto password = password_for(settings_);
  if (!password) return stop(password.error());
  if (!codec::is_valid_utf8(*password) || !codec::is_valid_utf8(settings_.user)) {
    return stop(ExitCode::usage, "usage", "The login and its password must be UTF-8 text.");
  }
  auto reply = open_session(*password, settings_.second_factor);
  if (reply && fault_of(*reply).code == "second_factor_needed" && settings_.second_factor.empty()) {
    auto code = ask_password("Code of the authenticator of " + settings_.user);
    if (code) reply = open_session(*password, *code);
  }
  crypto::wipe(password->data(), password->size());
  if (!reply) return stop(reply.error());
  if (!reply->ok()) return stop(fault_of(*reply));

  auto session = Answer::parse(reply->body);
  if (!session) return stop(session.error());
  const std::string token = session->root().text("csrf_token");
  if (auto checked = session->check(); !checked) return checked;
  if (token.empty() || !reply->set_cookie.starts_with(cookie_name))
    return stop(ExitCode::refused, "malformed", "The service accepted the login but gave no session.");
  cookie_ = reply->set_cookie.substr(0, reply->set_cookie.find(';'));
  csrf_token_ = token;
  return {};
}

Outcome<std::string> check_uuid(const std::string& typed) {
  constexpr std::string_view base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  if (typed.size() < 14 || typed.size() > 32 || typed.find_first_not_of(base58) != std::string::npos) {
    return stop(ExitCode::usage, "usage",
                "'" + typed +
                    "' is not the uuid of an election (14 to 32 letters and digits without 0, O, I and l). "
                    "`suara election list` shows them.");
  }
  return typed;
}

}  // namespace suara::cli
