#include "tests/support/service_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "tests/support/child_process.hpp"

namespace suara::test {
namespace {

std::vector<std::string> database_options(const ledger::mariadb::Config& database) {
  std::vector<std::string> options = {
      "--db-socket", database.socket.string(), "--db-name", database.database, "--db-user", database.user};
  if (!database.password_file.empty()) {
    options.insert(options.end(), {"--db-password-file", database.password_file.string()});
  }
  return options;
}

}  // namespace

ServiceProcess::ServiceProcess(const ledger::mariadb::Config& database, const std::filesystem::path& data_dir,
                               const std::filesystem::path& web, std::vector<std::string> options) {
  std::vector<std::string> command = {SUARAD_PROGRAM,    "--listen", "127.0.0.1:0", "--data-dir",
                                      data_dir.string(), "--web",    web.string()};
  for (auto& word : database_options(database)) command.push_back(std::move(word));
  for (auto& word : options) command.push_back(std::move(word));
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
  pid_ = spawn(command, {-1, -1, pipe[1]});
  ::close(pipe[1]);
  std::string text;
  char bytes[4096];
  for (;;) {
    const auto count = ::read(pipe[0], bytes, sizeof bytes);
    if (count <= 0) {
      ::close(pipe[0]);
      throw std::runtime_error("suarad ended with " + std::to_string(status_of(pid_)) + ":\n" + text);
    }
    text.append(bytes, static_cast<std::size_t>(count));
    const auto at = text.find("suarad: listening on http");
    if (at == std::string::npos || text.find('\n', at) == std::string::npos) continue;
    const auto colon = text.rfind(':', text.find('\n', at));
    port_ = static_cast<std::uint16_t>(std::strtoul(text.c_str() + colon + 1, nullptr, 10));
    break;
  }
  log_ = text;
  reader_ = std::thread([this, end = pipe[0]] { read_log(end); });
}

ServiceProcess::~ServiceProcess() {
  if (pid_ > 0) {
    send_signal(SIGKILL);
    wait();
  }
  if (reader_.joinable()) reader_.join();
}

void ServiceProcess::read_log(int pipe) {
  char bytes[4096];
  for (;;) {
    const auto count = ::read(pipe, bytes, sizeof bytes);
    if (count <= 0) break;
    const std::lock_guard lock(mutex_);
    log_.append(bytes, static_cast<std::size_t>(count));
  }
  ::close(pipe);
}

void ServiceProcess::send_signal(int number) { ::kill(pid_, number); }

int ServiceProcess::wait() {
  const int status = status_of(pid_);
  pid_ = -1;
  if (reader_.joinable()) reader_.join();
  return status;
}

std::string ServiceProcess::log() const {
  const std::lock_guard lock(mutex_);
  return log_;
}

int create_admin(const ledger::mariadb::Config& database, const std::string& login, const std::string& password) {
  std::vector<std::string> command = {SUARAD_PROGRAM, "create-admin", login};
  for (auto& word : database_options(database)) command.push_back(std::move(word));
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
  const std::string line = password + "\n";
  if (::write(pipe[1], line.data(), line.size()) < 0) throw std::runtime_error("write failed");
  ::close(pipe[1]);
  const pid_t pid = spawn(command, {pipe[0], -1, -1});
  ::close(pipe[0]);
  return status_of(pid);
}

}  // namespace suara::test
