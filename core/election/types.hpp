#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/ballot/types.hpp"

namespace suara::election {

enum class Phase { draft, sealed, open, closed, tallied, certified };
std::string_view phase_name(Phase phase);

// Who acts. `supervisor` and `anyone` (the public, without a session) may command nothing.
enum class Role { service, administrator, committee, registrar, trustee, supervisor, voter, anyone };
std::string_view role_name(Role role);
std::optional<Role> role_from_name(std::string_view name);

// An entry's `actor`: "committee:ani", "service", "voter". The id is a login, never a person's name.
struct Actor {
  Role role = Role::service;
  std::string id;
  std::string text() const;
  static Result<Actor> parse(std::string_view text);
};

enum class TallyPolicy { live, sealed };
enum class RevotePolicy { last_counts, refused };
enum class VerificationPolicy { online };  // polling places come later

struct Policies {
  TallyPolicy tally = TallyPolicy::sealed;
  RevotePolicy revote = RevotePolicy::last_counts;
  VerificationPolicy verification = VerificationPolicy::online;
  std::uint32_t min_batch = 10;  // live: new voters' ballots between two published counts, 2 to 100000
  bool operator==(const Policies&) const = default;
};

struct Place {
  PlaceId id;        // [a-z0-9-]{1,32}
  std::string name;  // "TPS 1"
  bool operator==(const Place&) const = default;
};

// Answer i of the question is candidate i: number i+1 unless the draft says otherwise.
struct Candidate {
  std::uint32_t number = 0;
  std::string name;  // the pair's names; equals the question's answer text
  std::string vision;
  std::vector<std::string> mission;
  bool operator==(const Candidate&) const = default;
};

struct Contest {
  ballot::Question question;
  std::vector<Candidate> candidates;  // same length and order as question.answers
  bool operator==(const Contest&) const = default;
};

// What the committee drafts; everything here is public and in the ledger.
struct Draft {
  std::string name;
  std::string description;
  std::string administrator;         // who runs it, as text: "Panitia Pemilihan OSIS"
  std::string credential_authority;  // who keeps the roll of codes
  std::vector<Contest> contests;     // exactly one for now
  std::vector<Place> places;         // at least one
  Policies policies;
  std::uint32_t trustees = 1;        // how many trustee keys sealing waits for; live: 1, the service itself
  std::string time_zone = "WIB";     // WIB, WITA or WIT: how pages show times
  bool operator==(const Draft&) const = default;
};

// Error: invalid_draft, every fault in `items`.
Result<void> check_draft(const Draft& draft);

}  // namespace suara::election
