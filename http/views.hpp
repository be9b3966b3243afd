#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/election/state.hpp"
#include "core/log/checkpoint.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/share_store.hpp"
#include "projections/bulletin_board/queries.hpp"
#include "projections/live_tally/queries.hpp"
#include "projections/runner.hpp"
#include "projections/turnout/queries.hpp"

// What the API answers, as JSON: one function for each schema of schema/openapi.yaml.
namespace suara::http::views {

// An election as the command handler knows it.
struct Shown {
  std::shared_ptr<const election::Summary> summary;
  ledger::CommandHandler::Counts counts;
  std::optional<std::string> fault;
};
Shown shown(const ledger::CommandHandler& commands, std::shared_ptr<const election::Summary> summary);

std::string elections(const std::vector<Shown>& list);
std::string election_summary(const Shown& shown);
std::string election(const Shown& shown);
std::string decryption(const election::Summary& summary);  // summary.sealed and .tally are set
std::string ceremony(const election::Summary& summary);    // summary.draft.threshold is set
std::string sealed_shares(const std::vector<Bytes>& shares);

std::string recorded(const ledger::Receipt& receipt);
std::string trustee_recorded(const ledger::Receipt& receipt, std::size_t trustee);
std::string ballot_receipt(const ledger::Receipt& receipt, const Hash& tracker);
std::string signed_in(const election::Place& place, bool has_voted);
std::string challenge(const std::string& nonce, Timestamp expires);

std::string board(const projections::bulletin_board::Board& board);
std::string turnout(const projections::turnout::Turnout& turnout);
std::string tally(const projections::live_tally::Tally& tally);
std::string ledger_head(const std::string& key, std::uint64_t size, const std::optional<log::Checkpoint>& checkpoint,
                        const std::vector<projections::Status>& projections);

// The origin of a ledger is the name of its key.
std::string origin_of(const std::string& key);

}  // namespace suara::http::views
