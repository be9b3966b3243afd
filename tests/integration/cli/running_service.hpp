#pragma once
#include <sys/types.h>

#include <filesystem>
#include <map>
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

// A real `suarad` on a free port over a private mariadbd, with the staff admin, ani (committee), reni (registrar),
// tini (trustee) and sari (supervisor). One for the whole program; dies with it.
class RunningService {
 public:
  static RunningService& shared();
  ~RunningService();

  const std::string& url() const { return url_; }
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
  pid_t pid_ = -1;
  std::string url_;
};

}  // namespace suara::test
