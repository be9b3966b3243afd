#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/types.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace suara::election {

enum class Phase { draft, sealed, open, closed, tallied, certified, cancelled };
std::string_view phase_name(Phase phase);

// Who acts. `auditor` and `anyone` (the public, without a session) may command nothing, `supervisor` and `witness` only
// note incidents.
enum class Role {
  service,
  administrator,
  committee,
  registrar,
  trustee,
  supervisor,
  officer,
  witness,
  auditor,
  voter,
  anyone
};
std::string_view role_name(Role role);
std::optional<Role> role_from_name(std::string_view name);

constexpr std::size_t max_login_length = 32;
bool is_login(std::string_view text);  // [a-z0-9._-]{1,32}

// An entry's `actor`: "committee:ani", "service", "voter". The id is a login ([a-z0-9._-]{1,32}), never a person's
// name. Staff always have one, voters and the public never, the service may.
struct Actor {
  Role role = Role::service;
  std::string id;
  std::string text() const;
  static Result<Actor> parse(std::string_view text);  // error: malformed
};

// That a login holds a role in this election; an officer's is for one polling place.
struct Appointment {
  std::string login;
  Role role = Role::committee;
  std::optional<PlaceId> place{};
  auto operator<=>(const Appointment&) const = default;
};

// Is the id of the form its role asks for? Error: malformed.
Result<void> check_actor(const Actor& actor);

enum class TallyPolicy { live, sealed };
enum class RevotePolicy { last_counts, refused };
// Who verifies that a voter is one: the voter's code alone, an officer at the polling place, or either.
enum class VerificationPolicy { online, polling_place, both };
// May one member of the committee alone take a sensitive step (`Step`), or only what another has proposed?
enum class ApprovalPolicy { single, two };

// As written in drafts: "live", "sealed"; "last-counts", "refused"; "online", "polling-place", "both"; "single", "two".
std::string_view policy_name(TallyPolicy policy);
std::string_view policy_name(RevotePolicy policy);
std::string_view policy_name(VerificationPolicy policy);
std::string_view policy_name(ApprovalPolicy policy);

// The steps that need a second member of the committee under the approval policy `two`.
enum class Step { seal, close, certify, cancel, correct };
std::string_view step_name(Step step);
std::optional<Step> step_from_name(std::string_view name);

// Whose cosignatures make a checkpoint one that readers may rely on: any `needed` of the keys.
struct WitnessPolicy {
  std::uint32_t needed = 0;
  std::vector<std::string> keys;  // verifier key texts of cosigners, see core/log/vkey.hpp
  bool operator==(const WitnessPolicy&) const = default;
};

struct Policies {
  TallyPolicy tally = TallyPolicy::sealed;
  RevotePolicy revote = RevotePolicy::last_counts;
  VerificationPolicy verification = VerificationPolicy::online;
  ApprovalPolicy approval = ApprovalPolicy::single;
  std::uint32_t min_batch = 10;  // live: new voters' ballots between two published counts, 2 to 100000
  std::optional<WitnessPolicy> witnesses{};
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
  std::optional<Hash> photo{};  // SHA-256 of the picture, which stays outside the ledger
  bool operator==(const Candidate&) const = default;
};

struct Contest {
  ballot::Question question;
  std::vector<Candidate> candidates;  // same length and order as question.answers
  bool operator==(const Contest&) const = default;
};

// Trustees who hold one key together, made in a ceremony: any `needed` of them decrypt.
struct Threshold {
  std::uint32_t needed = 0;
  std::uint32_t trustees = 0;
  bool operator==(const Threshold&) const = default;
};

// When the service opens and closes the election by itself.
struct Schedule {
  Timestamp opens_at;
  Timestamp closes_at;
  bool operator==(const Schedule&) const = default;
};

// What the committee drafts; everything here is public and in the ledger.
struct Draft {
  std::string name;
  std::string description;
  std::string administrator;         // who runs it, as text: "Panitia Pemilihan OSIS"
  std::string credential_authority;  // who keeps the roll of codes
  std::vector<Contest> contests;     // 1 to 10
  std::vector<Place> places;         // at least one
  Policies policies;
  std::uint32_t trustees = 1;  // with a key of their own, all needed to decrypt; live: 1, the service itself
  std::optional<Threshold> threshold;
  std::optional<Schedule> schedule;
  std::string time_zone = "WIB";  // WIB, WITA or WIT: how pages show times
  bool operator==(const Draft&) const = default;
};

// Bounds of a draft. Lengths are in bytes of UTF-8.
constexpr std::size_t max_name_length = 200;  // the election's name, a candidate's, a place's, an office's
constexpr std::size_t max_question_length = 500;
constexpr std::size_t max_description_length = 2000;
constexpr std::size_t max_vision_length = 2000;
constexpr std::size_t max_mission_length = 500;  // each item
constexpr std::size_t max_mission_items = 20;
constexpr std::size_t max_contests = 10;
constexpr std::size_t min_answers = 2;
constexpr std::size_t max_answers = 30;
constexpr std::uint32_t max_candidate_number = 999;
constexpr std::size_t max_places = 2000;
constexpr std::uint32_t max_trustees = 20;  // of both kinds together
constexpr std::uint32_t least_threshold_trustees = 2;
constexpr std::uint32_t smallest_min_batch = 2;  // a batch of one would publish that voter's choice
constexpr std::uint32_t largest_min_batch = 100'000;
constexpr std::size_t max_witnesses = 16;
constexpr std::size_t max_draft_size = 60'000;    // as JSON, so that the draft's entry stays below 65,535 bytes
constexpr std::size_t max_planned_size = 64'000;  // `data` of any later entry that the draft makes possible

// A voter's ballot counts as many times as its weight says.
constexpr std::uint64_t max_weight = 1'000'000;
constexpr std::uint64_t max_total_weight = std::uint64_t{1} << 32;  // of all voters

// Error: invalid_draft, every fault in `items`.
Result<void> check_draft(const Draft& draft);

}  // namespace suara::election
