#pragma once
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "core/base/error.hpp"

// How a command of `suara` ends. Every fault carries the exit status it leads to, so that main only prints it.
namespace suara::cli {

enum class ExitCode {
  done = 0,
  refused = 1,      // the service understood and refused; or what it sent does not hold
  usage = 2,        // wrong arguments, or a file that cannot be read or written
  unreachable = 3,  // no answer from the service
};

struct Fault {
  ExitCode exit = ExitCode::refused;
  std::string code;     // stable name: the service's, or "usage", "file", "unreachable"
  std::string message;  // one plain sentence or two: what was wrong and what to do
  std::vector<std::string> details{};
};

template <class T>
using Outcome = tl::expected<T, Fault>;

inline tl::unexpected<Fault> stop(Fault fault) { return tl::unexpected<Fault>(std::move(fault)); }

inline tl::unexpected<Fault> stop(ExitCode exit, std::string code, std::string message) {
  return tl::unexpected<Fault>(Fault{exit, std::move(code), std::move(message)});
}

// A fault found by core in something that the service or a file gave.
inline tl::unexpected<Fault> stop(ExitCode exit, const Error& error, const std::string& before = {}) {
  return tl::unexpected<Fault>(Fault{exit, std::string(error_name(error.code)), before + error.detail, error.items});
}

}  // namespace suara::cli
