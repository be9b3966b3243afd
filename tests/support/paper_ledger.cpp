#include "tests/support/paper_ledger.hpp"

#include <stdexcept>

#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"

namespace suara::test {
namespace {

const ElectionUuid uuid{"2bHVUYPrKYrcZ6"};

template <class T>
T value(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  return std::move(*result);
}

election::Draft draft_of(const PaperLedger::Plan& plan) {
  auto draft = small_draft(plan.policy);
  draft.contests = {contest_of(3, 1, 1, false, "Pilih satu")};
  draft.policies.min_batch = plan.min_batch;
  draft.trustees = plan.trustees;
  return draft;
}

}  // namespace

Result<std::string> MemorySource::read(std::string_view path, std::size_t max_bytes) {
  const auto found = files.find(path);
  if (found == files.end()) return fail(ErrorCode::not_found, "no " + std::string(path));
  if (found->second.size() > max_bytes) return fail(ErrorCode::too_large, std::string(path) + " is too large");
  return found->second;
}

std::vector<EntryText> texts_of(const std::vector<election::Recorded>& recorded) {
  std::vector<EntryText> texts;
  for (const auto& each : recorded) {
    texts.push_back(
        {each.actor, each.time, std::string(election::type_name(each.event)), codec::write_event_data(each.event)});
  }
  return texts;
}

PaperLedger::PaperLedger(const Plan& plan) {
  election_.set_up(signer_.open_ledger(draft_of(plan)), plan.voters);
  election_.seal();
  must(election::OpenElection{}, committee);
}

void PaperLedger::must(const election::Command& command, const election::Actor& actor) {
  election_.now.ms += 2500;  // live tallies may follow one another
  election_.must(command, actor);
}

void PaperLedger::cast(std::size_t by, std::size_t candidate) { must(election_.ballot_of(by, candidate), voter); }

void PaperLedger::publish_live() { must(election_.live_tally(), service); }

LedgerSigner::LedgerSigner() {
  auto signing = crypto::SigningKey::generate();
  name_ = value(log::make_verifier_key("suara.test/2026/" + uuid.value, signing.public_key()));
  keys_.push_back({Seq{0}, std::move(signing), name_});
}

void LedgerSigner::rotate(Seq at, crypto::SigningKey next) {
  auto name = value(log::make_verifier_key(name_.name, next.public_key()));
  keys_.push_back({Seq{at.value + 1}, std::move(next), std::move(name)});
}

const LedgerSigner::Key& LedgerSigner::key_at(std::uint64_t seq) const {
  std::size_t i = keys_.size() - 1;
  while (keys_[i].from.value > seq) --i;
  return keys_[i];
}

election::OpenLedger LedgerSigner::open_ledger(const election::Draft& draft) const {
  return {uuid, log::verifier_key_text(name_), draft};
}

MemorySource LedgerSigner::seal(const std::vector<EntryText>& entries) const {
  std::vector<std::string> sealed;
  std::vector<Hash> leaves;
  for (const EntryText& text : entries) {
    const codec::EntryBody body{
        text.actor.text(),  text.data, Origin{name_.name}, leaves.empty() ? Hash{} : leaves.back(),
        Seq{sealed.size()}, text.time, text.type,          codec::event_version};
    const Key& key = key_at(sealed.size());
    sealed.push_back(value(log::seal_entry(codec::encode_entry_body(body), key.signing, key.name)));
    leaves.push_back(log::leaf_hash(sealed.back()));
  }
  MemorySource source;
  const std::span<const std::string> all(sealed);
  for (const auto& bundle : log::bundles_of(sealed.size())) {
    source.files[log::tile_path(bundle)] = log::encode_bundle(all.subspan(bundle.n * log::tile_width, bundle.width));
  }
  std::vector<Hash> level = leaves;
  for (unsigned l = 0; !level.empty(); ++l) {
    std::vector<Hash> next;
    for (std::size_t from = 0; from < level.size(); from += log::tile_width) {
      const auto width = std::min<std::size_t>(log::tile_width, level.size() - from);
      const auto nodes = std::span<const Hash>(level).subspan(from, width);
      source.files[log::tile_path(log::HashTile{l, from / log::tile_width, static_cast<std::uint32_t>(width)})] =
          log::encode_tile(nodes);
      if (width == log::tile_width) next.push_back(log::root_of(nodes));
    }
    level = std::move(next);
  }
  const Key& last = key_at(sealed.size());
  source.files["checkpoint"] =
      log::sign_checkpoint({Origin{name_.name}, sealed.size(), log::root_of(leaves)}, last.signing, last.name);
  const auto list = [](const auto& texts) {
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "\"" : ",\"") + text + '"';
    return out;
  };
  std::vector<std::string> ledger;
  for (const Key& key : keys_) ledger.push_back(log::verifier_key_text(key.name));
  source.files["keys.json"] = R"({"ledger":[)" + list(ledger) + R"(],"policy":{"witnesses":)" +
                              std::to_string(policy_.needed) + R"(},"witnesses":[)" + list(policy_.keys) + "]}";
  return source;
}

}  // namespace suara::test
