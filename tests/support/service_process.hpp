#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ledger/mariadb/connection.hpp"

namespace suara::test {

// The real suarad in a process of its own, on a free port. Dies with the test program. Throws std::runtime_error, with
// what it logged, where it does not come up.
class ServiceProcess {
 public:
  ServiceProcess(const ledger::mariadb::Config& database, const std::filesystem::path& data_dir,
                 const std::filesystem::path& web, std::vector<std::string> options = {});
  ~ServiceProcess();
  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;

  std::uint16_t port() const { return port_; }
  void send_signal(int number);
  int wait();  // for its end; its exit status, or 128 + the signal that killed it
  std::string log() const;

 private:
  void read_log(int pipe);

  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::string log_;
  std::thread reader_;
};

// `suarad create-admin LOGIN` with the password on standard input; its exit status.
int create_admin(const ledger::mariadb::Config& database, const std::string& login, const std::string& password);

}  // namespace suara::test
