#include "tools/bench/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

constexpr std::size_t kept_errors = 4096;

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

}  // namespace

Child::Child(const std::vector<std::string>& command) {
  std::vector<char*> argv;
  for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Stopped("a pipe cannot be made");
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0) throw Stopped("a process cannot be started");
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), 1);
    ::dup2(ends[1], 2);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  pipe_ = ends[0];
}

Child::~Child() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  if (reader_.joinable()) reader_.join();
  ::close(pipe_);
}

bool Child::read_more() {
  char bytes[4096];
  const auto count = ::read(pipe_, bytes, sizeof bytes);
  if (count > 0) errors_.append(bytes, static_cast<std::size_t>(count));
  return count > 0;
}

std::string Child::await_line(const std::string& text) {
  for (;;) {
    const auto at = errors_.find(text);
    const auto end = at == std::string::npos ? at : errors_.find('\n', at);
    if (end != std::string::npos) {
      const std::string rest = errors_.substr(at + text.size(), end - at - text.size());
      // A full pipe would stop the child, so somebody must go on reading.
      reader_ = std::jthread([this] {
        while (read_more()) {
          if (errors_.size() > 2 * kept_errors) errors_.erase(0, errors_.size() - kept_errors);
        }
      });
      return rest;
    }
    if (!read_more()) throw Stopped("a program ended too early:\n" + errors_);
  }
}

void Child::terminate() { ::kill(pid_, SIGTERM); }

Child::End Child::wait() {
  if (!reader_.joinable()) {
    while (read_more()) {
    }
  }
  End end;
  int status = 0;
  rusage usage{};
  ::wait4(pid_, &status, 0, &usage);
  pid_ = -1;
  if (reader_.joinable()) reader_.join();
  end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  end.peak_memory = static_cast<std::size_t>(usage.ru_maxrss) * 1024;
  end.cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  end.errors = errors_;
  return end;
}

}  // namespace suara::bench
