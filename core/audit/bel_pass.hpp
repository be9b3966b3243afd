#pragma once
#include <map>
#include <string_view>
#include <unordered_map>

#include "core/audit/audit.hpp"
#include "core/audit/findings.hpp"
#include "core/ballot/tally.hpp"
#include "core/codec/bel_archive.hpp"
#include "core/election/fingerprint_set.hpp"

namespace suara::audit {

// One walk over the events of a `.bel` archive that may stand where they do.
class BelPass {
 public:
  BelPass(const codec::BelReading& reading, const Options& options, Findings& findings);
  void run();
  void describe(Report& report) const;

 private:
  struct Examined;
  std::string_view payload(const codec::BelEvent& event) const { return data(*event.payload); }
  std::string_view data(const Hash& hash) const { return reading_.archive.data.at(hash); }
  void form();
  void setup(const codec::BelEvent& event);
  void trustees(Seq at, std::string_view text);
  void ballots(std::size_t first, std::size_t end);  // of the archive's events
  Examined examine(std::string_view text) const;
  void count(Seq at, Examined& examined);
  void tally(const codec::BelEvent& event);
  void compare_tally(Seq at, std::uint64_t num_tallied, std::uint64_t total_weight);
  void decryption(const codec::BelEvent& event);
  Result<void> accept_decryption(std::string_view payload);
  void result(const codec::BelEvent& event);

  struct Voter {
    std::uint64_t weight = 1;
    std::vector<ballot::Answer> counting;  // choices of the last accepted ballot; none: has not voted
  };

  const codec::BelReading& reading_;
  const Options& options_;
  Findings& findings_;
  std::optional<ballot::Election> election_;
  std::optional<ballot::Trustees> trustees_;
  std::optional<std::unordered_map<ballot::Element, Voter>> roll_;
  std::optional<ballot::TallyAccumulator> product_;
  election::FingerprintSet ciphertexts_;
  std::uint64_t accepted_ = 0;
  std::optional<ballot::EncryptedTally> tally_;
  std::uint64_t total_weight_ = 0;  // as recorded with the tally
  std::map<std::uint32_t, ballot::PartialDecryption> decryptions_;
  std::optional<ballot::Counts> counts_;
};

}  // namespace suara::audit
