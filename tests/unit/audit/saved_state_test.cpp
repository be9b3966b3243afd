#include "core/audit/saved_state.hpp"

#include <catch2/catch.hpp>

#include "core/audit/audit.hpp"
#include "core/log/cosignature.hpp"
#include "tests/support/paper_ledger.hpp"
#include "tests/support/polling_day.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using audit::Check;
using namespace suara::test;

namespace {

struct Run {
  audit::Report report;
  std::string left;
};

Run run(MemorySource source, const std::string& earlier = "") {
  audit::Options options;
  Run out;
  options.go_on_from = earlier;
  options.leave_behind = &out.left;
  out.report = audit::audit_bundle(source, options).value();
  return out;
}

// Everything but what says how it was found.
std::string told(const audit::Report& report) {
  std::string out = report.root + " " + std::to_string(report.size);
  for (const auto& check : report.checks) {
    out += " " + std::string(audit::check_name(check.check)) + ":" + std::to_string(check.count) + "/" +
           std::to_string(check.faults);
    if (check.fault) out += "(" + check.fault->what + ")";
  }
  out +=
      " " + std::to_string(report.ballots) + " " + std::to_string(report.counted) + " " + std::to_string(report.weight);
  if (report.result) out += " result " + std::to_string(report.result->at(0).at(0));
  if (report.phase) out += " " + std::string(election::phase_name(*report.phase));
  return out;
}

std::vector<EntryText> first(const std::vector<EntryText>& texts, std::size_t size) {
  return {texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(size)};
}

// A ledger of several bundles, with ballots on both sides of their borders, live tallies, notes and a result.
struct Long {
  PaperLedger ledger{PaperLedger::Plan{election::TallyPolicy::live, 1, 20, 3}};
  std::vector<EntryText> texts;

  Long() {
    const auto notes = [&](int count) {
      for (int i = 0; i < count; ++i) ledger.must(election::NoteIncident{"Antre", {}}, supervisor);
    };
    for (std::size_t v = 0; v < 8; ++v) ledger.cast(v, v % 3);
    ledger.publish_live();
    notes(240);
    for (std::size_t v = 4; v < 12; ++v) ledger.cast(v, (v + 1) % 3);
    ledger.publish_live();
    notes(250);
    for (std::size_t v = 10; v < 14; ++v) ledger.cast(v, v % 2);
    ledger.close_and_certify();
    texts = ledger.entries();
  }
};

}  // namespace

TEST_CASE("an audit that goes on from an earlier one finds what an audit of the whole finds") {
  const Long l;
  const std::size_t all = l.texts.size();
  REQUIRE(all > 520);
  const auto whole = run(l.ledger.seal(l.texts));
  REQUIRE(whole.report.verified());
  for (const std::size_t cut : {std::size_t{30}, std::size_t{255}, std::size_t{256}, std::size_t{257}, std::size_t{511},
                                std::size_t{512}, std::size_t{513}, all - 1, all}) {
    CAPTURE(cut);
    const auto before = run(l.ledger.seal(first(l.texts, cut)));
    REQUIRE(before.report.verified());
    const auto after = run(l.ledger.seal(l.texts), before.left);
    CHECK(after.report.recalled == cut / 256 * 256);
    CHECK(told(after.report) == told(whole.report));
    // What it leaves is what the whole audit leaves.
    CHECK(after.left == whole.left);
  }
}

TEST_CASE("an audit in many steps is the same too") {
  const Long l;
  std::string state;
  for (std::size_t size = 100; size < l.texts.size(); size += 97) {
    auto step = run(l.ledger.seal(first(l.texts, size)), state);
    REQUIRE(step.report.verified());
    state = std::move(step.left);
  }
  CHECK(told(run(l.ledger.seal(l.texts), state).report) == told(run(l.ledger.seal(l.texts)).report));
}

TEST_CASE("a lie among the new entries is found, and nothing is left behind") {
  const Long l;
  const auto before = run(l.ledger.seal(first(l.texts, 300)));
  auto texts = l.texts;
  texts[400].data = R"({"entries":[9999],"text":"Antre"})";
  const auto after = run(l.ledger.seal(texts), before.left);
  REQUIRE(after.report.first_fault());
  CHECK(after.report.first_fault()->entry == Seq{400});
  CHECK(after.left.empty());
  CHECK_FALSE(after.report.contradiction);
}

TEST_CASE("a ledger that is not the earlier one, grown, is told as what it is") {
  const Long l;
  using Kind = audit::Report::Contradiction::Kind;
  const auto before = run(l.ledger.seal(first(l.texts, 300)));
  const auto shorter = run(l.ledger.seal(first(l.texts, 299)), before.left).report;
  REQUIRE(shorter.contradiction);
  CHECK(shorter.contradiction->kind == Kind::rollback);
  CHECK_FALSE(shorter.verified());
  CHECK(shorter.contradiction->seen != shorter.contradiction->now);

  for (const std::size_t changed : {std::size_t{200}, std::size_t{280}}) {
    CAPTURE(changed);
    auto texts = l.texts;
    texts[changed].data = R"({"entries":[],"text":"Sepi"})";
    const auto other = run(l.ledger.seal(texts)).report;
    REQUIRE(other.verified());  // by itself there is nothing wrong with it
    const auto fork = run(l.ledger.seal(texts), before.left).report;
    CHECK_FALSE(fork.verified());
    REQUIRE(fork.contradiction);
    CHECK(fork.contradiction->kind == Kind::fork);
  }
}

TEST_CASE("a damaged or badly signed copy is told as such, not as another history") {
  const Long l;
  const auto before = run(l.ledger.seal(first(l.texts, 300)));
  const auto whole = l.ledger.seal(l.texts);
  const auto flipped = [&](std::string_view path, std::size_t at) {
    auto copy = whole;
    auto& bytes = copy.files.at(std::string(path));
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    return run(copy, before.left).report;
  };
  // A tile, the upper tile, an entry from before, an entry that is new.
  const auto middle = whole.files.at("tile/entries/001").size() / 2;
  for (const auto& [path, at] : {std::pair<std::string_view, std::size_t>{"tile/0/001", 40},
                                 {"tile/1/000.p/2", 40},
                                 {"tile/entries/001", 40},
                                 {"tile/entries/001", middle}}) {
    CAPTURE(path, at);
    const auto report = flipped(path, at);
    CHECK_FALSE(report.verified());
    CHECK_FALSE(report.contradiction);
  }
  for (const std::size_t size : {std::size_t{299}, l.texts.size()}) {
    auto texts = first(l.texts, size);
    texts[200].data = R"({"entries":[],"text":"Sepi"})";
    auto unsigned_copy = l.ledger.seal(texts);
    auto& note = unsigned_copy.files.at("checkpoint");
    note[note.size() - 10] = note[note.size() - 10] == 'A' ? 'B' : 'A';
    const auto report = run(unsigned_copy, before.left).report;
    CHECK_FALSE(report.verified());
    CHECK_FALSE(report.contradiction);
  }
}

TEST_CASE("a checkpoint that witnesses saw is held against the recalled entries too") {
  auto draft = small_draft();
  const auto witness = crypto::SigningKey::from_seed(Bytes(32, 9));
  const auto name = log::make_verifier_key("saksi.test/9", witness.public_key(), log::KeyType::witness).value();
  draft.policies.witnesses = election::WitnessPolicy{1, {log::verifier_key_text(name)}};
  LedgerSigner signer;
  signer.watched_by(*draft.policies.witnesses);
  HeldElection held;
  held.must(signer.open_ledger(draft), administrator);
  for (int i = 0; i < 300; ++i) held.must(election::NoteIncident{"Antre", {}}, supervisor);
  const auto texts = texts_of(held.recorded);
  const auto before = run(signer.seal(first(texts, 280)));
  REQUIRE(before.report.verified());
  const auto with_witnessed = [&](const std::vector<EntryText>& seen) {
    auto source = signer.seal(texts);
    auto note = log::parse_note(signer.seal(seen).files.at("checkpoint")).value();
    note.signatures.push_back(log::cosign(note.text, witness, name, 1'790'000'000));
    source.files["checkpoint.witnessed"] = log::write_note(note);
    return source;
  };
  auto seen = first(texts, 100);
  const auto good = with_witnessed(seen);
  CHECK(run(good, before.left).report.verified());
  seen[50].data = R"({"entries":[],"text":"Sepi"})";
  const auto bad = with_witnessed(seen);
  for (const auto& report : {run(bad).report, run(bad, before.left).report}) {
    REQUIRE(report.first_fault());
    CHECK(report.first_fault()->check == Check::witnesses);
    CHECK(report.first_fault()->entry == Seq{100});
  }
  auto torn = good;
  torn.files.at("tile/0/000")[3000] ^= 1;
  CHECK_FALSE(run(torn, before.left).report.verified());
}

TEST_CASE("a polling day goes on from any of its entries") {
  PollingDay day;
  const LedgerSigner signer;
  day.set_up_day(signer.open_ledger({}));
  for (int i = 0; i < 230; ++i) day.must(election::NoteIncident{"Antre", {}}, supervisor);
  day.seal_day();
  day.vote_day();
  day.certify_day();
  const auto texts = texts_of(day.recorded);
  REQUIRE(texts.size() > 256);
  const auto before = run(signer.seal(first(texts, 257)));
  REQUIRE(before.report.verified());
  CHECK(told(run(signer.seal(texts), before.left).report) == told(run(signer.seal(texts)).report));
}

TEST_CASE("a file that is no saved state of this ledger is refused") {
  const Long l;
  const auto source = l.ledger.seal(first(l.texts, 300));
  const auto good = run(source).left;
  const auto refusal = [&](const std::string& file) {
    MemorySource copy = source;
    audit::Options options;
    options.go_on_from = file;
    return refused(audit::audit_bundle(copy, options));
  };
  CHECK(refusal(good) == std::nullopt);
  CHECK(refusal("nothing") == ErrorCode::malformed);
  for (const std::size_t at : {std::size_t{40}, std::size_t{500}, good.size() - 1}) {
    auto flipped = good;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    CHECK(refusal(flipped) == ErrorCode::integrity);
  }
  CHECK(refusal(good.substr(0, good.size() / 2)) == ErrorCode::integrity);
  auto elsewhere = audit::read_saved_state(good).value();
  elsewhere.position.origin += "x";
  CHECK(refusal(audit::write_saved_state(elsewhere.position, elsewhere.records)) == ErrorCode::wrong_election);
}

TEST_CASE("the trackers of what was verified before are held against those of new entries") {
  PaperLedger ledger({election::TallyPolicy::sealed, 1, 300, 3});
  ledger.cast(0, 0);
  const auto ballot = ledger.entries().back();
  REQUIRE(ballot.type == "BallotCast");
  std::vector<ballot::Element> credentials;
  for (const auto& [credential, place] : ledger.state().credentials) credentials.push_back(credential);
  for (const auto& credential : credentials) {
    ledger.must(election::VerifyVoter{credential}, {election::Role::voter, ""});
  }
  const std::string before = run(ledger.bundle()).left;
  auto entries = ledger.entries();
  const Seq again{entries.size()};
  entries.push_back(ballot);
  entries.back().time = entries[again.value - 1].time;
  const auto later = run(ledger.seal(entries), before).report;
  CHECK(later.recalled > 0);
  const auto& trackers = later.checks[static_cast<std::size_t>(Check::trackers)];
  REQUIRE(trackers.faults == 1);
  CHECK(trackers.fault->entry == again);
}

TEST_CASE("a ledger of the same name that was opened with another key is a fault, not a wrong file") {
  PaperLedger honest{PaperLedger::Plan{}};
  honest.cast(0, 0);
  const std::string before = run(honest.bundle()).left;
  REQUIRE_FALSE(before.empty());
  PaperLedger replaced{PaperLedger::Plan{}};  // the same, but for its key
  REQUIRE(replaced.key().name == honest.key().name);
  REQUIRE(replaced.key() != honest.key());
  const auto later = run(replaced.bundle(), before);
  CHECK_FALSE(later.report.verified());
  CHECK(later.report.first_fault()->check == Check::keys);
  CHECK(later.report.first_fault()->what.find(log::verifier_key_text(honest.key())) != std::string::npos);
  CHECK(later.report.recalled == 0);
  CHECK(later.left.empty());  // so that the earlier one stays
}
