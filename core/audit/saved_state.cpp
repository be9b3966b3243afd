#include "core/audit/saved_state.hpp"

#include <cstring>

#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/crypto/hash.hpp"

namespace suara::audit {
namespace {

constexpr std::string_view first_line = "suara-verify-state/1\n";
constexpr std::size_t hash_size = 32;
constexpr std::uint64_t bundle_width = 256;

void put(std::string& out, std::uint64_t value, unsigned bytes) {
  while (bytes-- > 0) out.push_back(static_cast<char>(value >> (8 * bytes)));
}

void put_text(std::string& out, std::string_view text) {
  put(out, text.size(), 4);
  out += text;
}

template <class Bytes>
void put_bytes(std::string& out, const Bytes& bytes) {
  out.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void put_hashes(std::string& out, const std::vector<Hash>& hashes) {
  put(out, hashes.size(), 4);
  for (const Hash& hash : hashes) put_bytes(out, hash.bytes);
}

void put_ballot(std::string& out, char kind, Timestamp time, const ballot::Ballot& ballot) {
  out.push_back(kind);
  put(out, static_cast<std::uint64_t>(time.ms), 8);
  put_bytes(out, ballot.credential.bytes);
  put_bytes(out, ballot.tracker.bytes);
  put(out, ballot.answers.size(), 1);
  for (const auto& answer : ballot.answers) {
    put(out, answer.choices.size(), 2);
    for (const auto& choice : answer.choices) {
      put_bytes(out, choice.alpha.bytes);
      put_bytes(out, choice.beta.bytes);
    }
  }
}

// Every getter gives an empty value once the bytes have run out.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  std::uint64_t number(unsigned bytes) {
    const auto taken = take(bytes);
    std::uint64_t value = 0;
    for (const char c : taken) value = value << 8 | static_cast<std::uint8_t>(c);
    return value;
  }
  std::string_view text() { return take(number(4)); }
  template <class Bytes>
  void bytes(Bytes& out) {
    const auto taken = take(out.size());
    if (taken.size() == out.size()) std::memcpy(out.data(), taken.data(), taken.size());
  }
  std::vector<Hash> hashes() {
    const std::uint64_t count = number(4);
    if (count * hash_size > rest_.size()) {
      short_ = true;
      return {};
    }
    std::vector<Hash> out(count);
    for (Hash& hash : out) bytes(hash.bytes);
    return out;
  }
  std::string_view rest() const { return rest_; }
  bool ran_short() const { return short_; }
  bool done() const { return rest_.empty() || short_; }

 private:
  std::string_view take(std::uint64_t size) {
    if (short_ || size > rest_.size()) {
      short_ = true;
      return {};
    }
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::string_view rest_;
  bool short_ = false;
};

tl::unexpected<Error> damaged() {
  return fail(ErrorCode::malformed, "The state file is not one, or is cut short: remove it and verify the whole.");
}

std::optional<ballot::Ballot> read_ballot(Reader& in) {
  ballot::Ballot ballot;
  in.bytes(ballot.credential.bytes);
  in.bytes(ballot.tracker.bytes);
  ballot.answers.resize(in.number(1));
  for (auto& answer : ballot.answers) {
    const std::uint64_t choices = in.number(2);
    if (choices * 2 * hash_size > in.rest().size()) return std::nullopt;
    answer.choices.resize(choices);
    for (auto& choice : answer.choices) {
      in.bytes(choice.alpha.bytes);
      in.bytes(choice.beta.bytes);
    }
  }
  if (in.ran_short()) return std::nullopt;
  return ballot;
}

Result<election::Recorded> read_entry(std::string_view text) {
  const auto body = codec::decode_entry_body(text);
  if (!body) return fail(body.error());
  auto actor = election::Actor::parse(body->actor);
  if (!actor) return fail(std::move(actor).error());
  auto event = codec::read_event(body->type, body->v, body->data, codec::Trust::trusted);
  if (!event) return fail(std::move(event).error());
  return election::Recorded{body->seq, body->time, std::move(*actor), std::move(*event)};
}

}  // namespace

void EntryRecords::take(std::string_view body, const election::Recorded& recorded) {
  if (const auto* cast = std::get_if<election::BallotCast>(&recorded.event)) {
    put_ballot(bytes_, 'c', recorded.time, cast->parsed);
  } else if (const auto* challenged = std::get_if<election::BallotChallenged>(&recorded.event)) {
    put_ballot(bytes_, 'x', recorded.time, challenged->parsed);
  } else {
    bytes_.push_back('e');
    put_text(bytes_, body);
  }
}

std::string write_saved_state(const SavedPosition& position, std::string_view records) {
  std::string out(first_line);
  put_text(out, position.origin);
  put_text(out, position.first_key);
  put(out, position.size, 8);
  put_bytes(out, position.root.bytes);
  put_text(out, position.note);
  put(out, position.from, 8);
  put_bytes(out, position.last_leaf.bytes);
  put(out, static_cast<std::uint64_t>(position.last_time.ms), 8);
  put_hashes(out, position.edge);
  put_hashes(out, position.level);
  out += records;
  const Hash sum = crypto::sha256(out);
  put_bytes(out, sum.bytes);
  return out;
}

Result<SavedState> read_saved_state(std::string_view file) {
  if (!file.starts_with(first_line) || file.size() < first_line.size() + hash_size) return damaged();
  const auto content = file.substr(0, file.size() - hash_size);
  const Hash sum = crypto::sha256(content);
  if (std::memcmp(sum.bytes.data(), file.data() + content.size(), hash_size) != 0) {
    return fail(ErrorCode::integrity, "The state file was changed or is cut short: remove it and verify the whole.");
  }
  Reader in(content.substr(first_line.size()));
  SavedState state;
  SavedPosition& position = state.position;
  position.origin = in.text();
  position.first_key = in.text();
  position.size = in.number(8);
  in.bytes(position.root.bytes);
  position.note = in.text();
  position.from = in.number(8);
  in.bytes(position.last_leaf.bytes);
  position.last_time.ms = static_cast<std::int64_t>(in.number(8));
  position.edge = in.hashes();
  position.level = in.hashes();
  if (in.ran_short() || position.from % bundle_width != 0 || position.from > position.size) return damaged();
  state.records = in.rest();
  return state;
}

Result<void> replay(const SavedState& state, const std::function<void(election::Recorded&&)>& take) {
  Reader in(state.records);
  std::uint64_t seq = 0;
  for (; !in.done(); ++seq) {
    const char kind = static_cast<char>(in.number(1));
    if (kind == 'e') {
      auto recorded = read_entry(in.text());
      if (!recorded) return damaged();
      recorded->seq = Seq{seq};
      take(std::move(*recorded));
      continue;
    }
    if (kind != 'c' && kind != 'x') return damaged();
    const Timestamp time{static_cast<std::int64_t>(in.number(8))};
    auto ballot = read_ballot(in);
    if (!ballot) return damaged();
    const election::Actor voter{election::Role::voter, ""};
    if (kind == 'c') {
      take({Seq{seq}, time, voter, election::BallotCast{"", std::move(*ballot)}});
    } else {
      take({Seq{seq}, time, voter, election::BallotChallenged{"", std::move(*ballot)}});
    }
  }
  if (in.ran_short() || seq != state.position.from) return damaged();
  return {};
}

}  // namespace suara::audit
