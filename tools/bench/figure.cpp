#include "tools/bench/figure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace suara::bench {

void print_figure(const std::string& name, double value, const std::string& unit, const std::vector<Wall>& walls) {
  fmt::print("{:<44} {:>10} {:<10}", name, value < 100 ? fmt::format("{:.2f}", value) : fmt::format("{:.0f}", value),
             unit);
  for (const Wall& wall : walls) {
    fmt::print("  {:.1f} % of {} ({:.0f})", 100 * value / wall.rate, wall.name, wall.rate);
  }
  fmt::print("\n");
  std::fflush(stdout);
}

void print_note(const std::string& text) {
  fmt::print("  {}\n", text);
  std::fflush(stdout);
}

std::string percentiles(std::vector<double>& milliseconds) {
  std::sort(milliseconds.begin(), milliseconds.end());
  const auto at = [&](std::size_t percent) { return milliseconds.at((milliseconds.size() - 1) * percent / 100); };
  return fmt::format("p50 {:.1f} ms, p99 {:.1f} ms", at(50), at(99));
}

}  // namespace suara::bench
