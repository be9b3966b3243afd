#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>

#include "tests/support/temp_folder.hpp"

namespace suara::test {

// The real suara-witness with a state of its own, in a process that can be killed and started again on the same port.
// Dies with the test program. Throws std::runtime_error where a command fails.
class WitnessProcess {
 public:
  explicit WitnessProcess(std::string name);  // made, trusts nobody, and runs
  ~WitnessProcess();
  WitnessProcess(const WitnessProcess&) = delete;
  WitnessProcess& operator=(const WitnessProcess&) = delete;

  const std::string& name() const { return name_; }
  const std::string& key() const { return key_; }  // verifier key text
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::string list_line() const { return "witness " + name_ + " " + key_ + " " + url() + "\n"; }

  void trust(const std::string& ledger_key) const;
  void distrust(const std::string& ledger_key) const;  // throws where it was not trusted
  void kill9();
  void hang();  // takes connections and answers nothing, until kill9()
  void start();
  int end();  // SIGTERM; its exit status

  struct Refusal {
    int status = 0;
    std::string said;
  };
  // A second server on the same folder, which must end by itself.
  Refusal start_another() const;

 private:
  std::string run(const std::string& arguments) const;

  TempFolder folder_;
  std::string name_;
  std::string key_;
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace suara::test
