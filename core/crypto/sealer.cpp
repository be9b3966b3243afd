#include "core/crypto/sealer.hpp"

#include <algorithm>

namespace suara::crypto {

Result<Sealer> Sealer::from_passphrase(ByteView content, PassphraseCost cost) {
  const auto end = std::find_if(content.begin(), content.end(), [](auto byte) { return byte == '\n' || byte == '\r'; });
  const auto line = content.first(static_cast<std::size_t>(end - content.begin()));
  if (line.size() < least_passphrase || line.size() > longest_passphrase) {
    return fail(ErrorCode::malformed, "A passphrase of 12 to 1024 bytes must stand on the first line.");
  }
  return Sealer(SecretBytes::copy_of(line), cost);
}

Result<const SealingKey*> Sealer::derived(const PassphraseLock& lock) {
  if (const auto known = derived_.find(lock); known != derived_.end()) return &known->second;
  auto key = SealingKey::from_passphrase(as_text(passphrase_.view()), lock);
  if (!key) return fail(std::move(key).error());
  return &derived_.emplace(lock, std::move(*key)).first->second;
}

Result<std::string> Sealer::seal(ByteView secret) {
  if (key_) return key_->seal(secret);
  if (!own_) own_ = SealingKey::new_lock(cost_);
  const auto key = derived(*own_);
  if (!key) return fail(key.error());
  return (*key)->seal(secret);
}

Result<SecretBytes> Sealer::open(std::string_view text) {
  const auto sealed = read_sealed_text(text);
  if (!sealed) return fail(sealed.error());
  if (key_) return key_->open(*sealed);
  const auto* lock = std::get_if<PassphraseLock>(&sealed->lock);
  if (!lock) {
    return fail(ErrorCode::integrity, "It was sealed with the sealing key " +
                                          key_id_text(std::get<KeyLock>(sealed->lock)) + ", not with a passphrase.");
  }
  const auto key = derived(*lock);
  if (!key) return fail(key.error());
  auto secret = (*key)->open(*sealed);
  // A cheaper lock than ours stays what it is, but nothing new is put behind it.
  const bool strong = lock->cost.passes >= cost_.passes && lock->cost.kib >= cost_.kib;
  if (secret && strong && !own_) own_ = *lock;
  return secret;
}

}  // namespace suara::crypto
