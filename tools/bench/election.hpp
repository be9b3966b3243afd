#pragma once
#include <functional>
#include <string>
#include <vector>

#include "ledger/command_handler.hpp"

namespace suara::bench {

// An election in the phase `open`: one question, four candidates, one mark, policy sealed.
struct OpenElection {
  ElectionUuid uuid;
  ballot::Election sealed;
  std::vector<crypto::Scalar> secrets;  // of the voters
  std::vector<ballot::Element> credentials;
};

OpenElection open_election(ledger::CommandHandler& handler, const std::string& name, std::size_t voters);

// One ballot of each of the first `count` voters.
std::vector<std::string> make_ballots(const OpenElection& election, std::size_t count);

// task(0) .. task(count-1), each once, on all cores.
void on_all_cores(std::size_t count, const std::function<void(std::size_t)>& task);

Timestamp system_time();

}  // namespace suara::bench
