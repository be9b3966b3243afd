#include "tests/integration/cli/running_service.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "tests/support/vectors.hpp"

namespace suara::test {
namespace fs = std::filesystem;
namespace {

void write_file(const fs::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (auto& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

// Dies with the test. `input` and the outputs are files.
pid_t spawn(std::vector<std::string> command, std::vector<std::string> environment, const fs::path& input,
            const fs::path& out, const fs::path& err) {
  auto argv = pointers(command);
  auto envp = pointers(environment);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid > 0) return pid;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::setsid();  // no terminal: a password cannot be asked for
  ::dup2(::open(input.c_str(), O_RDONLY), 0);
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
  ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
  ::execve(argv[0], argv.data(), envp.data());
  ::_exit(127);
}

int wait_for(pid_t pid) {
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// The address in "listening on http://127.0.0.1:40123"; empty until the service says so.
std::string address_in(const std::string& log) {
  const std::string before = "listening on ";
  const auto at = log.find(before);
  if (at == std::string::npos) return {};
  const auto end = log.find('\n', at);
  return end == std::string::npos ? std::string{} : log.substr(at + before.size(), end - at - before.size());
}

constexpr auto admin_password = "correct horse battery";

}  // namespace

Ended run_suara(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment) {
  const TempFolder folder;
  std::vector<std::string> command{SUARA_PROGRAM};
  command.insert(command.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  const auto out = folder.path() / "out";
  const auto err = folder.path() / "err";
  Ended ended;
  ended.status = wait_for(spawn(command, variables, "/dev/null", out, err));
  ended.out = read_file(out);
  ended.err = read_file(err);
  return ended;
}

RunningService& RunningService::shared() {
  static RunningService service;
  return service;
}

RunningService::RunningService() {
  const auto service = shared_mariadb().service();
  const std::vector<std::string> database{"--db-socket", service.socket, "--db-name", service.database,
                                          "--db-password-file", service.password_file.string()};
  const auto with_database = [&](std::vector<std::string> words) {
    words.insert(words.end(), database.begin(), database.end());
    return words;
  };
  const auto err = folder_.path() / "suarad.log";
  write_file(password_file("admin"), std::string(admin_password) + "\n");
  if (wait_for(spawn(with_database({SUARAD_PROGRAM, "create-admin", "admin"}), {}, password_file("admin"), "/dev/null",
                     err)) != 0) {
    throw std::runtime_error("create-admin failed: " + read_file(err));
  }
  pid_ = spawn(with_database({SUARAD_PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data-dir",
                              (folder_.path() / "data").string(), "--web", folder_.path().string()}),
               {}, "/dev/null", "/dev/null", err);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (url_ = address_in(read_file(err)), url_.empty()) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0 || std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("suarad does not start: " + read_file(err));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  for (const auto& [login, role] : {std::pair{"ani", "committee"}, {"reni", "registrar"}, {"tini", "trustee"},
                                    {"sari", "supervisor"}}) {
    write_file(password_file(login), std::string("password of ") + login + "\n");
    const auto added = as("admin", {"user", "add", login, "--role", role, "--new-password-file",
                                    password_file(login).string()});
    if (added.status != 0) throw std::runtime_error("user add failed: " + added.err);
  }
}

RunningService::~RunningService() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  wait_for(pid_);
}

Ended RunningService::as(const std::string& login, std::vector<std::string> arguments) const {
  const std::vector<std::string> who{"--server", url_, "--user", login, "--password-file",
                                     password_file(login).string()};
  arguments.insert(arguments.begin(), who.begin(), who.end());
  return run_suara(arguments);
}

Ended RunningService::anyone(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"--server", url_});
  return run_suara(arguments);
}

fs::path RunningService::password_file(const std::string& login) const {
  return folder_.path() / (login + ".password");
}

fs::path RunningService::file(const std::string& name, const std::string& content) const {
  const auto path = fresh(name);
  write_file(path, content);
  return path;
}

fs::path RunningService::fresh(const std::string& name) const {
  static std::atomic<int> number{0};
  const auto folder = folder_.path() / std::to_string(number++);
  fs::create_directory(folder);
  return folder / name;
}

}  // namespace suara::test
