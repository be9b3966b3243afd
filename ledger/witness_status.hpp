#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/election/types.hpp"
#include "ledger/checkpoint_files.hpp"

// What the files of a log tell of its witnesses.
namespace suara::ledger {

enum class WitnessState { current, behind, unreachable, refused };
std::string_view state_name(WitnessState state);

// One witness of an election's policy, as of its ledger's newest head.
struct WitnessStatus {
  std::string name;  // of the key
  std::string key;   // verifier key text
  std::optional<std::string> url;
  std::uint64_t size = 0;         // entries of the largest head it is known to have cosigned; 0: none
  std::optional<Timestamp> time;  // of that cosignature, as the witness says
  WitnessState state = WitnessState::behind;
  std::string detail;  // why it is not current; may be empty
};

struct Witnessed {
  std::uint64_t size = 0;
  Timestamp time;  // of the cosignature with which the policy was met
};

// The policy's witnesses in its order, current or behind; nothing is known here of why.
std::vector<WitnessStatus> status_of(const CheckpointFiles& files, const election::WitnessPolicy& policy);
// Nothing where no head meets the policy.
std::optional<Witnessed> witnessed_of(const CheckpointFiles& files, const election::WitnessPolicy& policy);
// Entries of the largest head that the witness of this key cosigned; 0: none.
std::uint64_t last_cosigned(const CheckpointFiles& files, std::string_view key);

}  // namespace suara::ledger
