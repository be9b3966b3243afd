#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "tools/cli/outcome.hpp"

namespace suara::cli {

// Asks on the terminal without showing what is typed. Fault: usage, where there is no terminal to ask on.
Outcome<std::string> ask_password(const std::string& question);

// A bar on stderr while long work runs; nothing where stderr is no terminal. Erased when it goes out of scope.
class Progress {
 public:
  Progress(std::string label, std::uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t by = 1);
  void set_total(std::uint64_t total) { total_ = total; }

 private:
  void draw();

  std::string label_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  bool shown_;
  std::chrono::steady_clock::time_point drawn_{};
};

}  // namespace suara::cli
