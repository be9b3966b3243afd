#include "tools/bench/machine.hpp"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "tools/bench/figure.hpp"
#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (line.starts_with("model name")) return line.substr(std::min(line.size(), line.find(':') + 2));
  }
  return "unknown processor";
}

std::string kernel() {
  utsname name{};
  ::uname(&name);
  return fmt::format("{} {} {}", name.sysname, name.release, name.machine);
}

std::string database_version(const Options& options) {
  const auto connection = must(ledger::mariadb::Connection::open(options.database), "the database");
  const auto rows = must(connection->query("SELECT VERSION()"), "the database's version");
  return std::string(rows[0].text(0));
}

}  // namespace

unsigned cores() { return std::max(1u, std::thread::hardware_concurrency()); }

double load() {
  double minute = 0;
  std::ifstream("/proc/loadavg") >> minute;
  return minute;
}

void print_machine(const Options& options) {
  fmt::print("machine: {}, {} cores, {}, MariaDB {}, load {} before the start\n", processor(), cores(), kernel(),
             database_version(options), load());
  if (load() > 0.5 * cores()) {
    print_note("Other programs take part of this machine: figures are too low, and a wall may lie below its figure.");
  }
}

}  // namespace suara::bench
