#include "core/audit/key_chain.hpp"

namespace suara::audit {

const log::VerifierKey& KeyChain::at_size(std::uint64_t size) const {
  std::size_t i = rotated_at_.size();
  while (i > 0 && rotated_at_[i - 1].value >= size) --i;
  return keys_[i];
}

void KeyChain::rotate(Seq entry, const election::KeyRotated& rotated) {
  auto next = log::parse_verifier_key(rotated.key);
  if (!next || next->name != current().name || next->key != rotated.public_key) return;
  const auto message = election::key_rotation_message(log::verifier_key_text(current()), rotated.key);
  if (!crypto::verify(rotated.public_key, as_bytes(message), rotated.proof)) return;
  keys_.push_back(std::move(*next));
  rotated_at_.push_back(entry);
}

}  // namespace suara::audit
