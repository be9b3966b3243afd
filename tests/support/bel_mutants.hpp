#pragma once
#include <string>
#include <vector>

#include "core/ballot/types.hpp"
#include "core/codec/bel_archive.hpp"
#include "tests/support/bel_parts.hpp"

// Falsified archives: each is an independent election's record with one lie in it, and with hashes, chain and voters'
// signatures consistent again, as a dishonest service (with a voter's or a trustee's help) would publish it. So only
// the check that looks at that kind of lie can find it.
namespace suara::test {

struct BelMutant {
  std::string name;
  std::string check;  // the name of the check whose fault comes first
  std::string bytes;
};

// Names are unique. Some hold fresh randomness, so their bytes differ from call to call.
std::vector<BelMutant> all_bel_mutants();

// The two archives, and the secrets that came with them.
struct BelSource {
  std::string bytes;
  BelParts parts;
  ballot::Election election;
  std::vector<crypto::SecretScalar> voters;    // by their number, from 0
  std::vector<crypto::SecretScalar> trustees;  // of the mandatory ones
};
const BelSource& basic_source();
const BelSource& threshold_source();

// Collects mutants of one archive.
class BelMutants {
 public:
  BelMutants(std::string prefix, const BelSource& source, std::vector<BelMutant>& out)
      : source_(source), prefix_(std::move(prefix)), out_(out) {}

  const BelSource& source() const { return source_; }
  void add(const std::string& name, const std::string& check, std::string bytes);

  template <class Edit>
  void parts(const std::string& name, const std::string& check, Edit edit) {
    BelParts parts = source_.parts;
    edit(parts);
    add(name, check, bel_bytes(parts));
  }
  template <class Edit>
  void steps(const std::string& name, const std::string& check, Edit edit) {
    auto steps = bel_steps(source_.parts);
    edit(steps);
    add(name, check, bel_bytes(bel_items(steps, source_.parts.timestamp), source_.parts.timestamp));
  }
  template <class Edit>
  void items(const std::string& name, const std::string& check, Edit edit) {
    auto items = bel_items(bel_steps(source_.parts), source_.parts.timestamp);
    edit(items);
    add(name, check, bel_bytes(items, source_.parts.timestamp));
  }
  // Events falsified while they are written.
  void events(const std::string& name, const std::string& check, const std::function<void(codec::BelEvent&)>& edit);
  // A ballot changed and signed anew by its voter.
  template <class Edit>
  void ballot(const std::string& name, std::size_t which, Edit edit) {
    parts(name, "ballots", [&](BelParts& parts) {
      auto changed = read(parts.ballots.at(which));
      edit(changed);
      parts.ballots[which] = signed_by_voter(std::move(changed));
    });
  }
  // The same of its text without the signature.
  template <class Edit>
  void ballot_text(const std::string& name, std::size_t which, Edit edit) {
    parts(name, "ballots", [&](BelParts& parts) {
      const auto whole = read(parts.ballots.at(which));
      parts.ballots[which] = signed_text(edit(unsigned_text(whole)), secret_of(whole.credential));
    });
  }

  static ballot::Ballot read(const std::string& text);
  static std::string unsigned_text(const ballot::Ballot& ballot);
  static std::string signed_text(const std::string& unsigned_text, const crypto::SecretScalar& secret);
  std::string signed_by_voter(const ballot::Ballot& ballot) const;
  const crypto::SecretScalar& secret_of(const ballot::Element& credential) const;

 private:
  const BelSource& source_;
  std::string prefix_;
  std::vector<BelMutant>& out_;
};

// The parts of the corpus.
void add_ballot_mutants(BelMutants& basic, BelMutants& threshold);
void add_encoding_mutants(BelMutants& basic, BelMutants& threshold);
void add_setup_mutants(BelMutants& basic, BelMutants& threshold);
void add_tally_mutants(BelMutants& basic, BelMutants& threshold);
void add_form_mutants(BelMutants& basic);

// One occurrence replaced; throws where there is none.
std::string with(std::string text, std::string_view from, std::string_view to);
void spoil(ballot::Proof& proof);  // its response

}  // namespace suara::test
