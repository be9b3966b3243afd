#include "tools/witness/state.hpp"

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/cosignature.hpp"
#include "tools/witness/disk.hpp"

namespace suara::witness {
namespace {

constexpr std::size_t max_key_file = 512;
constexpr std::size_t max_trusted_file = max_trusted_keys * 300;

struct OwnKey {
  crypto::SigningKey key;
  log::VerifierKey name;
};

tl::unexpected<Error> no_key(const std::filesystem::path& file, const char* why) {
  return fail(ErrorCode::integrity, file.string() + " " + why);
}

Result<OwnKey> read_key(const std::filesystem::path& folder) {
  const auto file = folder / "key";
  auto content = read_small(file, max_key_file);
  if (!content && content.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found,
                "There is no witness in " + folder.string() + ": make one with `suara-witness init`.");
  }
  if (!content) return fail(content.error());
  if (!is_private(file)) {
    crypto::wipe(content->data(), content->size());
    return no_key(file, "can be read by others: take that away (chmod 600), or better, make a new witness.");
  }
  const std::size_t line = content->find('\n');
  Bytes seed;
  std::string name;
  if (line != content->npos && content->ends_with('\n')) {
    name = content->substr(0, line);
    if (auto bytes = crypto::from_hex(std::string_view(*content).substr(line + 1, content->size() - line - 2))) {
      seed = std::move(*bytes);
    }
  }
  crypto::wipe(content->data(), content->size());
  if (seed.size() != crypto::SigningKey::seed_size) return no_key(file, "is not a witness's key file.");
  auto key = crypto::SigningKey::from_seed(seed);
  crypto::wipe(seed.data(), seed.size());
  auto verifier = log::make_verifier_key(name, key.public_key(), log::KeyType::witness);
  if (!verifier) return no_key(file, "does not begin with a witness's name.");
  return OwnKey{std::move(key), std::move(*verifier)};
}

std::string hash_of(const Origin& origin) { return crypto::to_hex(crypto::sha256(origin.str()).view()); }

// One key a line.
Result<std::vector<log::VerifierKey>> read_keys(std::string_view text) {
  std::vector<log::VerifierKey> keys;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    auto key = log::parse_verifier_key(line);
    if (!key) return fail(key.error());
    keys.push_back(std::move(*key));
  }
  return keys;
}

}  // namespace

Result<log::VerifierKey> create(const std::filesystem::path& folder, const std::string& name) {
  const auto key = crypto::SigningKey::generate();
  auto verifier = log::make_verifier_key(name, key.public_key(), log::KeyType::witness);
  if (!verifier) return verifier;
  if (auto made = make_folder(folder); !made) return fail(made.error());
  if (auto made = make_folder(folder / "logs"); !made) return fail(made.error());
  std::error_code unseen;  // whatever stands there stays, readable or not
  if (std::filesystem::symlink_status(folder / "key", unseen).type() != std::filesystem::file_type::not_found) {
    return fail(ErrorCode::conflict, "There is a witness in " + folder.string() + " already; its key stays.");
  }
  std::string content = name + '\n' + crypto::to_hex(key.seed()) + '\n';
  const auto written = replace_durably(folder / "key", content);
  crypto::wipe(content.data(), content.size());
  if (!written) return fail(written.error());
  return verifier;
}

Result<log::VerifierKey> key_of(const std::filesystem::path& folder) {
  auto own = read_key(folder);
  if (!own) return fail(own.error());
  return std::move(own->name);
}

namespace {

using Keys = std::vector<log::VerifierKey>;

Result<void> add(Keys& trusted, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    auto key = log::parse_verifier_key(text);
    if (!key) return fail(key.error());
    if (std::find(trusted.begin(), trusted.end(), *key) == trusted.end()) trusted.push_back(std::move(*key));
  }
  if (trusted.size() <= max_trusted_keys) return {};
  return fail(ErrorCode::too_large, "A witness watches at most " + std::to_string(max_trusted_keys) + " keys.");
}

Result<void> take_away(Keys& trusted, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const auto same = [&](const log::VerifierKey& key) { return log::verifier_key_text(key) == text; };
    const auto found = std::find_if(trusted.begin(), trusted.end(), same);
    if (found == trusted.end()) return fail(ErrorCode::not_found, "This witness does not trust the key " + text + ".");
    trusted.erase(found);
  }
  return {};
}

Result<void> change_trusted(const std::filesystem::path& folder, const std::vector<std::string>& texts,
                            Result<void> (*change)(Keys&, const std::vector<std::string>&)) {
  if (auto own = read_key(folder); !own) return fail(own.error());
  const auto lock = wait_for_lock(folder / "trusted.lock");
  if (!lock) return fail(lock.error());
  const std::unique_ptr<const int, void (*)(const int*)> unlock(&*lock, [](const int* file) { ::close(*file); });
  const auto before = read_small(folder / "trusted", max_trusted_file);
  if (!before && before.error().code != ErrorCode::not_found) return fail(before.error());
  auto keys = read_keys(before ? *before : "");
  if (!keys) return fail(keys.error());
  if (auto changed = change(*keys, texts); !changed) return changed;
  std::string content;
  for (const auto& key : *keys) content += log::verifier_key_text(key) + '\n';
  return replace_durably(folder / "trusted", content);
}

}  // namespace

Result<void> trust(const std::filesystem::path& folder, const std::vector<std::string>& keys) {
  return change_trusted(folder, keys, add);
}

Result<void> distrust(const std::filesystem::path& folder, const std::vector<std::string>& keys) {
  return change_trusted(folder, keys, take_away);
}

State::State(std::filesystem::path folder, int lock, crypto::SigningKey key, log::VerifierKey name)
    : folder_(std::move(folder)), lock_(lock), key_(std::move(key)), name_(std::move(name)) {}

State::State(State&& other) noexcept
    : folder_(std::move(other.folder_)),
      lock_(std::exchange(other.lock_, -1)),
      key_(std::move(other.key_)),
      name_(std::move(other.name_)),
      trusted_time_(other.trusted_time_),
      trusted_size_(other.trusted_size_),
      trusted_(std::move(other.trusted_)) {}

State::~State() {
  if (lock_ >= 0) ::close(lock_);
}

Result<State> State::open(const std::filesystem::path& folder) {
  auto own = read_key(folder);
  if (!own) return fail(own.error());
  const auto lock = lock_file(folder / "lock");
  if (!lock) return fail(lock.error());
  State state(folder, *lock, std::move(own->key), std::move(own->name));
  if (auto read = state.read_trusted(); !read) return fail(read.error());
  return state;
}

Result<void> State::read_trusted() {
  std::error_code missing;
  const auto file = folder_ / "trusted";
  const auto time = std::filesystem::last_write_time(file, missing);
  if (missing) return {};
  const auto size = std::filesystem::file_size(file, missing);
  if (missing || (time == trusted_time_ && size == trusted_size_)) return {};
  const auto text = read_small(file, max_trusted_file);
  if (!text) return fail(text.error());
  auto keys = read_keys(*text);
  if (!keys) return fail(ErrorCode::integrity, file.string() + ": " + keys.error().detail);
  trusted_.clear();
  for (auto& key : *keys) trusted_[key.name].push_back(std::move(key));
  trusted_time_ = time;
  trusted_size_ = size;
  return {};
}

Result<log::Known> State::known(const Origin& origin) {
  if (auto read = read_trusted(); !read) return fail(read.error());
  log::Known known;
  if (const auto found = trusted_.find(origin.str()); found != trusted_.end()) known.keys = found->second;
  if (known.keys.empty()) return known;
  const auto text = latest(hash_of(origin));
  if (!text && text.error().code == ErrorCode::not_found) return known;
  if (!text) return fail(text.error());
  auto last = log::read_checkpoint(*text);
  if (!last || last->checkpoint.origin != origin) {
    return fail(ErrorCode::integrity, "The file of " + origin.str() + " holds another ledger's checkpoint.");
  }
  known.last = std::move(last->checkpoint);
  return known;
}

Result<std::string> State::latest(const std::string& origin_hash) {
  const auto file = folder_ / "logs" / origin_hash;
  auto text = read_small(file, log::max_note_size);
  if (!text) return text;
  const auto note = log::parse_note(*text);
  if (note) {
    const auto seen = log::seen_by(*note, std::span(&name_, 1));
    if (seen && !seen->empty()) return text;
  }
  return fail(ErrorCode::integrity, file.string() + " does not hold what this witness cosigned.");
}

Result<std::string> State::cosign(const log::Accepted& accepted, std::uint64_t now) {
  const auto& keys = trusted_[accepted.checkpoint.origin.str()];
  log::SignedNote note{accepted.note.text, {}};
  for (const auto& line : accepted.note.signatures) {
    const bool verified =
        std::any_of(keys.begin(), keys.end(), [&](const log::VerifierKey& key) { return log::is_by(line, key); });
    if (verified) log::add_cosignature(note, line);  // each signer once: anyone may have sent a line many times
  }
  if (note.signatures.size() == log::max_note_signatures) note.signatures.pop_back();
  note.signatures.push_back(log::cosign(note.text, key_, name_, now));
  const auto kept = replace_durably(folder_ / "logs" / hash_of(accepted.checkpoint.origin), log::write_note(note));
  if (!kept) return fail(kept.error());
  return log::signature_line(note.signatures.back());
}

}  // namespace suara::witness
