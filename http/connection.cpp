#include "http/connection.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/live_hub.hpp"

namespace suara::http {
namespace {

// Runs `start(done)` and resumes with what `done` is given, on the coroutine's own executor.
template <class T>
asio::awaitable<T> await_done(std::function<void(std::function<void(T)>)> start) {
  return asio::async_initiate<const asio::use_awaitable_t<>, void(T)>(
      [start = std::move(start)](auto handler) {
        const auto executor = asio::get_associated_executor(handler);
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        start([shared, executor](T value) {
          asio::post(executor, [shared, value = std::move(value)]() mutable { (*shared)(std::move(value)); });
        });
      },
      asio::use_awaitable);
}

Error overloaded() {
  return {ErrorCode::overloaded, "The service has more to do than it can; send the request again in a moment."};
}

Error internal() {
  return {ErrorCode::internal, "The service failed while answering; nothing was told to be recorded. Try again later."};
}

// Content types are compared without their parameters.
bool has_type(const Request& request, std::string_view type) {
  const std::string_view stated = request.header("content-type");
  std::string_view name = stated.substr(0, stated.find(';'));
  while (name.ends_with(' ')) name.remove_suffix(1);
  return name.size() == type.size() && std::equal(name.begin(), name.end(), type.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         });
}

Result<void> check_type(const Request& request, BodyKind kind) {
  switch (kind) {
    case BodyKind::none:
      return {};
    case BodyKind::json:
      if (has_type(request, "application/json")) return {};
      return fail(ErrorCode::unsupported_media, "This address takes application/json.");
    case BodyKind::csv:
      if (has_type(request, "text/csv")) return {};
      return fail(ErrorCode::unsupported_media, "This address takes text/csv.");
    case BodyKind::picture:
      for (const std::string_view type : {"image/jpeg", "image/png", "image/webp"}) {
        if (has_type(request, type)) return {};
      }
      return fail(ErrorCode::unsupported_media, "This address takes image/jpeg, image/png and image/webp.");
  }
  return {};
}

// Staff are shown what they did a moment ago, whichever node did it for them. Everybody else waits for the next poll.
bool shows_own_work(const Request& request) {
  return request.path.starts_with("/api/v1/elections") && !cookie_value(request, session_cookie).empty();
}

// Pages may load nothing from elsewhere; WebAssembly is what libsodium runs on in browsers.
void add_security_headers(Response& response) {
  response.headers.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
      "connect-src 'self'; worker-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; "
      "form-action 'self'; frame-ancestors 'none'");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
}

}  // namespace

class Connection::Impl : public std::enable_shared_from_this<Connection::Impl> {
 public:
  Impl(std::unique_ptr<Wire> wire, const Site& site) : wire_(std::move(wire)), site_(site), wake_(wire_->executor()) {}

  asio::any_io_executor executor() { return wire_->executor(); }

  asio::awaitable<void> run() {
    if (!co_await wire_->handshake()) co_return;
    bool linger = false;
    while (!stopping_) {
      auto outcome = co_await wire_->read_head();
      if (std::holds_alternative<Closed>(outcome)) break;
      if (auto* refused = std::get_if<Response>(&outcome)) {
        add_security_headers(*refused);
        site_.metrics.request("other", "other", refused->status, 0);
        co_await wire_->write(*refused, false, false);
        linger = true;
        break;
      }
      const bool go_on = co_await exchange(std::get<Head>(std::move(outcome)), linger);
      if (!go_on) break;
    }
    co_await wire_->finish(linger && !stopping_);
  }

  void stop() {
    stopping_ = true;
    if (wire_->idle()) wire_->cancel();
  }

 private:
  // One request and its answer. False where the connection ends; `linger` where its body was not read.
  asio::awaitable<bool> exchange(Head head, bool& linger) {
    const auto began = std::chrono::steady_clock::now();
    const Method method = head.request.method;
    bool body_read = !head.has_body;
    std::string_view pattern = "other";
    Response response = co_await answer(head, body_read, pattern);
    add_security_headers(response);
    const unsigned status = response.status;
    const bool endless = response.stream != nullptr && method != Method::head;
    const bool keep_alive = head.keep_alive && body_read && !stopping_ && !endless;
    linger = !body_read;
    bool sent = false;
    if (endless) {
      site_.metrics.request(method_name(method), pattern, status, 0);
      co_await stream(response);
      co_return false;
    }
    sent = co_await wire_->write(response, method == Method::head, keep_alive);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    site_.metrics.request(method_name(method), pattern, status, took.count());
    spdlog::log(status >= 500 ? spdlog::level::warn : spdlog::level::debug, "{} {} answered {} in {:.1f} ms",
                method_name(method), pattern, status, took.count() * 1000);
    co_return sent&& keep_alive;
  }

  asio::awaitable<Response> answer(Head& head, bool& body_read, std::string_view& pattern) {
    Request& request = head.request;
    std::string allow;
    auto match = site_.router.match(request.method, request.path, allow);
    std::optional<Error> refusal;
    Caller caller;
    if (!match) {
      refusal = std::move(match.error());
    } else {
      pattern = match->route->pattern;
      if (!match->route->roles.everybody() || match->route->asks_device || shows_own_work(request)) {
        auto admitted = co_await admit(request, *match);
        if (admitted) {
          caller = std::move(*admitted);
        } else {
          refusal = std::move(admitted.error());
        }
      }
      if (!refusal) {
        if (auto typed = check_type(request, match->route->body.kind); !typed) refusal = std::move(typed.error());
      }
    }
    // A refused body is read as far as it is small, so that the connection can go on; a large one is never read.
    const std::size_t limit = refusal ? small_body : match->route->body.limit;
    if (head.has_body && !(refusal && head.content_length.value_or(0) > limit)) {
      auto body = co_await wire_->read_body(limit);
      if (body) {
        body_read = true;
        request.body = std::move(*body);
      } else if (!refusal) {
        refusal = std::move(body.error());
      }
    }
    if (refusal) {
      Response response = error_response(*refusal);
      if (!allow.empty()) response.headers.emplace_back("Allow", allow);
      co_return response;
    }
    Call call{std::move(caller), std::move(request), std::move(match->uuid), std::move(match->rest)};
    auto result = co_await handled(*match->route, *match->handler, std::move(call));
    co_return result ? std::move(*result) : error_response(result.error());
  }

  asio::awaitable<Result<Caller>> admit(const Request& request, const Match& match) {
    using Answer = Result<Caller>;
    // The coroutine waits for the answer, so what is referred to stays alive.
    std::function<void(std::function<void(Answer)>)> start = [this, &request,
                                                              &match](std::function<void(Answer)> done) {
      const bool queued = site_.pools.database.post([this, &request, &match, done] {
        try {
          if (site_.refresh && shows_own_work(request)) {
            site_.refresh(match.uuid.value.empty() ? std::nullopt : std::optional(match.uuid));
          }
          done(site_.access.admit(request, *match.route, match.uuid, site_.clock()));
        } catch (const std::exception& failure) {
          spdlog::error("checking a session failed: {}", failure.what());
          done(fail(internal()));
        }
      });
      if (!queued) done(fail(overloaded()));
    };
    return await_done<Answer>(std::move(start));
  }

  asio::awaitable<Result<Response>> handled(const Route& route, const Handler& handler, Call call) {
    using Answer = Result<Response>;
    auto shared = std::make_shared<Call>(std::move(call));
    std::function<void(std::function<void(Answer)>)> start = [this, &route, &handler,
                                                              shared](std::function<void(Answer)> done) {
      // A handler that throws has not answered yet: handlers call `done` last.
      auto task = [&route, &handler, shared, done] {
        try {
          handler(std::move(*shared), done);
        } catch (const std::exception& failure) {
          spdlog::error("{} {} failed: {}", method_name(route.method), route.pattern, failure.what());
          done(fail(internal()));
        }
      };
      BoundedPool* pool = site_.pools.at(route.where);
      if (pool == nullptr) {
        task();
      } else if (!pool->post(std::move(task))) {
        done(fail(overloaded()));
      }
    };
    return await_done<Answer>(std::move(start));
  }

  asio::awaitable<void> stream(const Response& response) {
    const auto subscription = response.stream;
    if (!co_await wire_->start_stream(response)) co_return;
    subscription->set_wake([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
      asio::post(self->executor(), [self] {
        self->woken_ = true;
        self->wake_.cancel();
      });
    });
    asio::co_spawn(executor(), watch_closing(), asio::detached);
    woken_ = true;
    while (!gone_) {
      if (!woken_) {
        wake_.expires_after(site_.heartbeat);
        co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
      }
      if (gone_) break;
      std::string text = woken_ ? std::string{} : std::string(": still here\n\n");
      woken_ = false;
      for (const auto& event : subscription->take()) text += *event;
      if (!text.empty() && !co_await wire_->write_piece(text)) break;
      if (subscription->ended()) {
        co_await wire_->end_stream();
        break;
      }
    }
    subscription->set_wake({});
  }

  asio::awaitable<void> watch_closing() {
    const auto self = shared_from_this();
    co_await wire_->until_closed();
    gone_ = true;
    wake_.cancel();
  }

  const std::unique_ptr<Wire> wire_;
  const Site& site_;
  asio::steady_timer wake_;
  bool woken_ = false;
  bool gone_ = false;
  bool stopping_ = false;
};

Connection::Connection(std::unique_ptr<Wire> wire, const Site& site)
    : impl_(std::make_shared<Impl>(std::move(wire), site)) {}

Connection::~Connection() = default;

void Connection::start(std::function<void()> ended) {
  asio::co_spawn(
      impl_->executor(), [impl = impl_] { return impl->run(); },
      [impl = impl_, ended = std::move(ended)](std::exception_ptr failure) {
        if (failure) {
          try {
            std::rethrow_exception(failure);
          } catch (const std::exception& error) {
            spdlog::error("a connection failed: {}", error.what());
          }
        }
        ended();
      });
}

void Connection::stop() {
  asio::post(impl_->executor(), [impl = impl_] { impl->stop(); });
}

}  // namespace suara::http
