#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "tools/witness/service.hpp"

namespace suara::witness {

struct Listen {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any that is free
};

// "HOST:PORT", "[IPv6]:PORT". Error: malformed.
Result<Listen> read_listen(const std::string& text);

// Serves until SIGINT or SIGTERM. `listening` is told the address once it is open, `tell` each line of the log.
// Requests are answered one at a time; at most 256 connections, each idle for at most 30 s; headers of at most 8 KiB,
// bodies of at most log::max_add_checkpoint_size. Error: unavailable (the address cannot be used).
Result<void> serve(State& state, const Listen& listen, const std::function<void(const std::string& url)>& listening,
                   const std::function<void(const std::string& line)>& tell);

}  // namespace suara::witness
