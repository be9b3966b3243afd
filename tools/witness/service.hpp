#pragma once
#include <string>
#include <string_view>

#include "tools/witness/state.hpp"

// The two addresses of C2SP tlog-witness, apart from sockets:
//   POST /add-checkpoint                        cosigns what continues the last checkpoint
//   GET  /<SHA-256 of the origin, hex>/checkpoint   the last cosigned note of a ledger
namespace suara::witness {

struct Answer {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::string allow{};  // of a 405
  std::string told{};   // a line for the log; empty: none
};

// `now`: seconds since 1970. One request at a time: what is decided and what is stored are one step.
Answer add_checkpoint(State& state, std::string_view body, std::uint64_t now);
Answer latest_checkpoint(State& state, const std::string& origin_hash);

enum class Method { get, post, other };
Answer answer(State& state, Method method, std::string_view target, std::string_view body, std::uint64_t now);

}  // namespace suara::witness
