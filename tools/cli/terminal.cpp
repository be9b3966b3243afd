#include "tools/cli/terminal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace suara::cli {
namespace {

constexpr auto redraw_every = std::chrono::milliseconds(100);
constexpr std::uint64_t bar_width = 30;

// Puts the terminal back as it was, whatever happens in between.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    quiet_ = ::tcgetattr(terminal_, &before_) == 0;
    if (!quiet_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  ~Silence() {
    if (quiet_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  int terminal_;
  bool quiet_ = false;
  termios before_{};
};

void say(int terminal, const std::string& text) {
  // A terminal that cannot be written to cannot be told so either.
  [[maybe_unused]] const auto written = ::write(terminal, text.data(), text.size());
}

}  // namespace

Outcome<std::string> ask_password(const std::string& question) {
  const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  if (terminal < 0) {
    return stop(ExitCode::usage, "usage",
                "A password is needed and there is no terminal to ask for it: give --password-file FILE or set "
                "SUARA_PASSWORD.");
  }
  std::string typed;
  {
    const Silence silence(terminal);
    say(terminal, question + ": ");
    char c = 0;
    while (typed.size() < 1024 && ::read(terminal, &c, 1) == 1 && c != '\n') typed += c;
  }
  say(terminal, "\n");
  ::close(terminal);
  return typed;
}

Progress::Progress(std::string label, std::uint64_t total)
    : label_(std::move(label)), total_(total), shown_(::isatty(STDERR_FILENO) == 1) {
  draw();
}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::advance(std::uint64_t by) {
  done_ += by;
  if (std::chrono::steady_clock::now() - drawn_ >= redraw_every) draw();
}

void Progress::draw() {
  if (!shown_) return;
  drawn_ = std::chrono::steady_clock::now();
  const std::uint64_t done = std::min(done_, total_);
  const std::uint64_t filled = total_ == 0 ? 0 : done * bar_width / total_;
  fmt::print(stderr, "\r\x1b[K{} [{:#<{}}{:.<{}}] {} of {}", label_, "", filled, "", bar_width - filled, done, total_);
  std::fflush(stderr);
}

}  // namespace suara::cli
