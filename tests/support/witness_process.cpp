#include "tests/support/witness_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "tests/support/child_process.hpp"

namespace suara::test {

WitnessProcess::WitnessProcess(std::string name) : name_(std::move(name)) {
  key_ = run("init --name " + name_);
  start();
}

WitnessProcess::~WitnessProcess() { kill9(); }

// What it prints, without the line feed.
std::string WitnessProcess::run(const std::string& arguments) const {
  const auto space = std::min(arguments.find(' '), arguments.size());
  const std::string command = std::string(SUARA_WITNESS_PROGRAM) + " " + arguments.substr(0, space) + " --state " +
                              (folder_.path() / "state").string() + arguments.substr(space);
  std::FILE* pipe = ::popen(command.c_str(), "re");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string text;
  char bytes[4096];
  while (const auto count = std::fread(bytes, 1, sizeof bytes, pipe)) text.append(bytes, count);
  if (::pclose(pipe) != 0) throw std::runtime_error(command + " failed");
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void WitnessProcess::trust(const std::string& ledger_key) const { run("trust '" + ledger_key + "'"); }

void WitnessProcess::distrust(const std::string& ledger_key) const { run("distrust '" + ledger_key + "'"); }

void WitnessProcess::kill9() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  status_of(pid_);
  pid_ = -1;
}

int WitnessProcess::end() {
  ::kill(pid_, SIGTERM);
  const int status = status_of(pid_);
  pid_ = -1;
  return status;
}

WitnessProcess::Refusal WitnessProcess::start_another() const {
  const auto log = folder_.path() / "another";
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot write a witness's log");
  const pid_t pid =
      spawn({SUARA_WITNESS_PROGRAM, "serve", "--state", (folder_.path() / "state").string(), "--listen", "127.0.0.1:0"},
            {-1, -1, file});
  ::close(file);
  const int status = status_of(pid);
  std::ifstream in(log);
  return {status, {std::istreambuf_iterator<char>(in), {}}};
}

void WitnessProcess::hang() { ::kill(pid_, SIGSTOP); }

// Its log goes into a file, in which it says the port once it listens.
void WitnessProcess::start() {
  const auto log = folder_.path() / "log";
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot write a witness's log");
  pid_ = spawn({SUARA_WITNESS_PROGRAM, "serve", "--state", (folder_.path() / "state").string(), "--listen",
                "127.0.0.1:" + std::to_string(port_)},
               {-1, -1, file});
  ::close(file);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (;;) {
    std::ifstream in(log);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto at = text.find("listening on http://127.0.0.1:");
    if (at != std::string::npos && text.find('\n', at) != std::string::npos) {
      port_ = static_cast<std::uint16_t>(std::strtoul(text.c_str() + text.find(':', at + 20) + 1, nullptr, 10));
      return;
    }
    if (std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("suara-witness does not come up: " + text);
    std::this_thread::yield();
  }
}

}  // namespace suara::test
