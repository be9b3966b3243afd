#include <catch2/catch.hpp>

#include "core/audit/audit.hpp"
#include "core/audit/tracker_set.hpp"
#include "core/log/cosignature.hpp"
#include "core/log/merkle.hpp"
#include "tests/support/paper_ledger.hpp"

using namespace suara;
using audit::Check;
using namespace suara::test;

namespace {

crypto::SigningKey key_of(std::uint8_t number) { return crypto::SigningKey::from_seed(Bytes(32, number)); }

log::VerifierKey witness_of(std::uint8_t number) {
  return log::make_verifier_key("saksi.test/" + std::to_string(number), key_of(number).public_key(),
                                log::KeyType::witness)
      .value();
}

std::string cosigned(const std::string& text, std::initializer_list<std::uint8_t> witnesses) {
  auto note = log::parse_note(text).value();
  for (const auto number : witnesses) {
    note.signatures.push_back(log::cosign(note.text, key_of(number), witness_of(number), 1'790'000'000));
  }
  return log::write_note(note);
}

// Two of three must have seen it.
struct Watched {
  LedgerSigner signer;
  HeldElection held;

  Watched() {
    auto draft = small_draft();
    draft.policies.witnesses = election::WitnessPolicy{2, {}};
    for (const std::uint8_t number : {1, 2, 3}) {
      draft.policies.witnesses->keys.push_back(log::verifier_key_text(witness_of(number)));
    }
    signer.watched_by(*draft.policies.witnesses);
    held.must(signer.open_ledger(draft), administrator);
  }
  MemorySource files() const { return signer.seal(texts_of(held.recorded)); }
};

audit::Report judged(MemorySource source) { return audit::audit_bundle(source, {}).value(); }

const audit::CheckResult& witnesses(const audit::Report& report) {
  return report.checks[static_cast<std::size_t>(Check::witnesses)];
}

}  // namespace

TEST_CASE("an election without a policy of witnesses has nothing to judge there") {
  const LedgerSigner signer;
  HeldElection held;
  held.must(signer.open_ledger(small_draft()), administrator);
  const auto report = judged(signer.seal(texts_of(held.recorded)));
  CHECK(report.verified());
  CHECK_FALSE(witnesses(report).applies);
  CHECK_FALSE(report.witnessed);
}

TEST_CASE("who has seen how much is told from the cosignatures") {
  Watched w;
  const auto early = w.files();
  auto report = judged(early);
  CHECK(report.verified());
  REQUIRE(report.witnessed);
  CHECK(report.witnessed->size == 0);
  CHECK(report.witnessed->names.size() == 3);

  w.held.must(election::NoteIncident{"Antre", {}}, supervisor);
  auto source = w.files();
  source.files["checkpoint.witnessed"] = cosigned(early.files.at("checkpoint"), {3, 1});
  source.files["checkpoint"] = cosigned(source.files["checkpoint"], {2});
  report = judged(source);
  CHECK(report.verified());
  CHECK(witnesses(report).count == 2);
  CHECK(report.witnessed->size == w.held.state.size - 1);
  CHECK(report.witnessed->seen == std::vector<std::string>{"saksi.test/1", "saksi.test/3"});

  source.files["checkpoint"] = cosigned(source.files["checkpoint"], {1, 3});
  report = judged(source);
  CHECK(report.witnessed->size == w.held.state.size);
  CHECK(report.witnessed->seen.size() == 3);
}

TEST_CASE("a history other than the one that the witnesses saw is found by nothing else") {
  Watched w;
  w.held.must(election::NoteIncident{"Antre", {}}, supervisor);
  const auto shown = w.files();
  auto texts = texts_of(w.held.recorded);
  texts.back().data = R"({"entries":[],"text":"Sepi"})";
  texts.push_back(texts.back());
  auto source = w.signer.seal(texts);
  source.files["checkpoint.witnessed"] = cosigned(shown.files.at("checkpoint"), {1, 2});
  const auto report = judged(source);
  REQUIRE(witnesses(report).fault);
  CHECK(witnesses(report).fault->what.find("two histories") != std::string::npos);
  CHECK(witnesses(report).fault->entry == Seq{texts.size() - 1});
  for (const auto& check : report.checks) CHECK((check.check == Check::witnesses || check.faults == 0));

  // A shorter one: rolled back behind what was seen.
  texts.pop_back();
  texts.pop_back();
  auto shorter = w.signer.seal(texts);
  shorter.files["checkpoint.witnessed"] = source.files["checkpoint.witnessed"];
  CHECK(witnesses(judged(shorter)).fault->what.find("this bundle has") != std::string::npos);
}

TEST_CASE("a cosignature that does not verify is a fault; one of a stranger is nothing") {
  const Watched w;
  auto source = w.files();
  auto note = log::parse_note(cosigned(source.files["checkpoint"], {1, 4})).value();
  source.files["checkpoint"] = log::write_note(note);
  CHECK(judged(source).verified());
  note.signatures[1].signature[30] ^= 1;
  source.files["checkpoint"] = log::write_note(note);
  CHECK(witnesses(judged(source)).fault);
  source.files["checkpoint"] = w.files().files.at("checkpoint");
  source.files["checkpoint.witnessed"] = "nothing";
  CHECK(witnesses(judged(source)).fault);
}

TEST_CASE("an election that is over must have been seen to its end") {
  Watched w;
  const auto early = w.files();
  w.held.must(election::CancelElection{"Banjir"}, committee);
  auto source = w.files();
  source.files["checkpoint.witnessed"] = cosigned(early.files.at("checkpoint"), {1, 2});
  auto report = judged(source);
  REQUIRE(witnesses(report).fault);
  CHECK(witnesses(report).fault->entry == Seq{w.held.state.size - 1});
  source.files["checkpoint.witnessed"] = cosigned(source.files["checkpoint"], {1, 2});
  CHECK(judged(source).verified());
}

TEST_CASE("a result that was published must have been seen, also before it is certified") {
  Watched w;
  w.held.must(w.held.new_trustee_key(), trustee);
  w.held.enrol(2);
  w.held.seal();
  w.held.must(election::OpenElection{}, committee);
  w.held.must(w.held.ballot_of(0, 1), voter);
  w.held.finish();
  w.held.recorded.pop_back();  // the certification
  REQUIRE(type_name(w.held.recorded.back().event) == "ResultPublished");
  auto source = w.files();
  const std::string head = source.files.at("checkpoint");
  w.held.recorded.pop_back();
  source.files["checkpoint.witnessed"] = cosigned(w.files().files.at("checkpoint"), {1, 2});
  const auto report = judged(source);
  REQUIRE(witnesses(report).fault);
  CHECK(witnesses(report).fault->entry == Seq{w.held.recorded.size()});
  CHECK(witnesses(report).faults == 1);
  source.files["checkpoint.witnessed"] = cosigned(head, {1, 2});
  CHECK(judged(source).verified());
}

TEST_CASE("keys.json asks for the draft's witnesses") {
  Watched w;
  w.signer.watched_by({1, {log::verifier_key_text(witness_of(1))}});
  const auto report = judged(w.files());
  CHECK(report.checks[static_cast<std::size_t>(Check::keys)].fault);
}

TEST_CASE("two ballots of one tracker are told apart by their entries") {
  audit::TrackerSet trackers;
  audit::Findings findings;
  const Hash a = crypto::sha256("a");
  trackers.take(Seq{4}, a, findings);
  trackers.take(Seq{5}, crypto::sha256("b"), findings);
  CHECK(findings.clean(Check::trackers));
  trackers.take(Seq{9}, a, findings);
  const auto found = findings.take()[static_cast<std::size_t>(Check::trackers)];
  CHECK(found.count == 3);
  REQUIRE(found.fault);
  CHECK(found.fault->entry == Seq{9});
  CHECK(found.fault->what.find("entry 4") != std::string::npos);
}
