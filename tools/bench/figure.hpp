#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace suara::bench {

// What bounds a figure from above on this machine, in the figure's own unit.
struct Wall {
  std::string name;
  double rate = 0;
};

// One line: name, figure, unit and, beside each wall, the percent of it that was reached. Flushed at once.
void print_figure(const std::string& name, double value, const std::string& unit, const std::vector<Wall>& walls = {});
void print_note(const std::string& text);

class Stopwatch {
 public:
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// "p50 1.2 ms, p99 3.4 ms"; sorts.
std::string percentiles(std::vector<double>& milliseconds);

}  // namespace suara::bench
