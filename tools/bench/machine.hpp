#pragma once
#include <string>

#include "tools/bench/options.hpp"

namespace suara::bench {

unsigned cores();

// The figures mean nothing without it: processor, cores, kernel, MariaDB, and how busy the machine already is.
void print_machine(const Options& options);
double load();  // of the last minute

}  // namespace suara::bench
