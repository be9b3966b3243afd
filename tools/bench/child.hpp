#pragma once
#include <sys/types.h>

#include <string>
#include <thread>
#include <vector>

namespace suara::bench {

// Another program. It dies with this one. Its standard output goes nowhere, its standard error to this object.
class Child {
 public:
  explicit Child(const std::vector<std::string>& command);
  ~Child();  // kills it where it still runs
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Reads standard error up to a line that holds `text` and gives the rest of that line; Stopped where it ends before.
  std::string await_line(const std::string& text);
  void terminate();

  struct End {
    int status = 0;               // of exit, or 128 + the signal
    std::size_t peak_memory = 0;  // resident bytes
    double cpu_seconds = 0;
    std::string errors;  // the end of what it wrote to standard error
  };
  End wait();

 private:
  bool read_more();

  pid_t pid_ = -1;
  int pipe_ = -1;
  std::string errors_;
  std::jthread reader_;
};

}  // namespace suara::bench
