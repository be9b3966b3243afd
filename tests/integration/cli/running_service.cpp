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
  const int ends[] = {::open(input.c_str(), O_RDONLY | O_CLOEXEC),
                      ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600),
                      ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid != 0) {
    for (const int end : ends) ::close(end);
    if (pid < 0) throw std::runtime_error("fork failed");
    return pid;
  }
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::setsid();  // no terminal: a password cannot be asked for
  for (int i = 0; i < 3; ++i) ::dup2(ends[i], i);
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

std::vector<std::string> with_database(std::vector<std::string> command) {
  const auto service = shared_mariadb().service();
  command.insert(command.end(), {"--db-socket", service.socket, "--db-name", service.database, "--db-password-file",
                                 service.password_file.string()});
  return command;
}

Ended run(const std::string& program, const std::vector<std::string>& arguments,
          const std::map<std::string, std::string>& environment) {
  const TempFolder folder;
  std::vector<std::string> command{program};
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

}  // namespace

Ended run_suara(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment) {
  return run(SUARA_PROGRAM, arguments, environment);
}

Ended run_verify(const std::vector<std::string>& arguments) { return run(SUARA_VERIFY_PROGRAM, arguments, {}); }

RunningService& RunningService::shared() {
  static RunningService service;
  return service;
}

ServiceProcess::ServiceProcess(const fs::path& folder, const std::vector<std::string>& options) {
  fs::create_directories(folder);
  const auto err = folder / "suarad.log";
  std::vector<std::string> command{SUARAD_PROGRAM, "serve", "--listen", "127.0.0.1:0"};
  command.insert(command.end(), {"--data-dir", (folder / "data").string(), "--web", folder.string()});
  command.insert(command.end(), options.begin(), options.end());
  pid_ = spawn(with_database(command), {}, "/dev/null", "/dev/null", err);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (url_ = address_in(read_file(err)), url_.empty()) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0 || std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("suarad does not start: " + read_file(err));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

ServiceProcess::~ServiceProcess() {
  ::kill(pid_, SIGTERM);
  wait_for(pid_);
}

RunningService::RunningService() {
  const auto err = folder_.path() / "create-admin.log";
  write_file(password_file("admin"), "correct horse battery\n");
  if (wait_for(spawn(with_database({SUARAD_PROGRAM, "create-admin", "admin"}), {}, password_file("admin"), "/dev/null",
                     err)) != 0) {
    throw std::runtime_error("create-admin failed: " + read_file(err));
  }
  process_ = std::make_unique<ServiceProcess>(folder_.path() / "service", std::vector<std::string>{});
  for (const auto& [login, role] :
       {std::pair{"ani", "committee"}, {"reni", "registrar"}, {"tini", "trustee"}, {"sari", "supervisor"}}) {
    write_file(password_file(login), std::string("password of ") + login + "\n");
    const auto added =
        as("admin", {"user", "add", login, "--role", role, "--new-password-file", password_file(login).string()});
    if (added.status != 0) throw std::runtime_error("user add failed: " + added.err);
  }
}

Ended RunningService::as(const std::string& login, std::vector<std::string> arguments) const {
  const std::vector<std::string> who{
      "--server", url(), "--user", login, "--password-file", password_file(login).string()};
  arguments.insert(arguments.begin(), who.begin(), who.end());
  return run_suara(arguments);
}

Ended RunningService::anyone(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {"--server", url()});
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
