#pragma once
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/mariadb_server.hpp"
#include "tests/support/temp_folder.hpp"

namespace suara::test {

struct Ended {
  int status = -1;
  std::string out;
  std::string err;
};

// The `suara` program with an environment of its own: nothing of the caller's gets in.
Ended run_suara(const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment = {});

// The `suara-verify` program, likewise.
Ended run_verify(const std::vector<std::string>& arguments);

// A `suarad` on a free port over the test program's private mariadbd, with a folder of its own. Dies with the test.
class ServiceProcess {
 public:
  // `options` beside those for the database. Throws, with the service's log, where it does not come up.
  ServiceProcess(const std::filesystem::path& folder, const std::vector<std::string>& options);
  ~ServiceProcess();
  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;
  const std::string& url() const { return url_; }

 private:
  pid_t pid_ = -1;
  std::string url_;
};

// A service for all tests, with the staff admin, ani (committee), reni (registrar),
// tini (trustee) and sari (supervisor).
class RunningService {
 public:
  static RunningService& shared();

  const std::string& url() const { return process_->url(); }
  // Where the service publishes.
  std::filesystem::path log_folder(const std::string& uuid) const { return folder_.path() / "service/data/log" / uuid; }
  // `suara --server ... --user LOGIN --password-file ...` and the arguments.
  Ended as(const std::string& login, std::vector<std::string> arguments) const;
  // Without a login.
  Ended anyone(std::vector<std::string> arguments) const;

  std::filesystem::path password_file(const std::string& login) const;

  // A file of this name and content in the test's folder.
  std::filesystem::path file(const std::string& name, const std::string& content) const;
  // A name in the test's folder that nothing has yet.
  std::filesystem::path fresh(const std::string& name) const;

 private:
  RunningService();
  TempFolder folder_;
  std::unique_ptr<ServiceProcess> process_;
};

}  // namespace suara::test
