#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

namespace suara::test {

// What a program is given as its standard streams; -1: this one's own.
struct Streams {
  int in = -1;
  int out = -1;
  int error = -1;
};

// Whether a Ctrl-C at the terminal reaches it too.
enum class Group { ours, its_own };

// Starts a program, which dies with this one. Throws std::runtime_error.
pid_t spawn(const std::vector<std::string>& command, const Streams& streams, Group group = Group::ours);

// Waits for its end; its exit status, or 128 + the signal that killed it.
int status_of(pid_t pid);

}  // namespace suara::test
