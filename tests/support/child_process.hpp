#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

namespace suara::test {

// Starts a program with these as its standard input and error (-1: this one's own); it dies with this program. Throws
// std::runtime_error.
pid_t spawn(const std::vector<std::string>& command, int in, int error);

// Waits for its end; its exit status, or 128 + the signal that killed it.
int status_of(pid_t pid);

}  // namespace suara::test
