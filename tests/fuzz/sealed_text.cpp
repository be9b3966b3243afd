#include "core/crypto/sealed_text.hpp"

#include "tests/fuzz/support/target.hpp"

// A sealed key file, and the file of a sealing key. No passphrase is ever worked out: only reading is tried, and opening
// with a key, which must refuse what it did not seal.
void suara::fuzz::try_input(std::string_view bytes) {
  require_one_text(bytes, crypto::read_sealed_text, crypto::write_sealed_text);
  if (const auto sealed = crypto::read_sealed_text(bytes)) {
    if (const auto* lock = std::get_if<crypto::PassphraseLock>(&sealed->lock)) {
      require(lock->cost.passes >= 1 && lock->cost.passes <= crypto::most_passphrase_cost.passes &&
                  lock->cost.kib >= crypto::least_passphrase_kib && lock->cost.kib <= crypto::most_passphrase_cost.kib,
              "the cost of a passphrase is bounded");
    }
    static const auto stranger = crypto::SealingKey::generate();
    const auto opened = stranger.open(*sealed);
    require(!opened, "a key opens only what it sealed");
    require_told(opened.error());
  }
  const auto key = crypto::SealingKey::from_text(bytes);
  if (!key) return require_told(key.error());
  const auto text = key->text();
  require(as_text(text.view()) == bytes, "a sealing key's file is written again byte for byte");
  if (bytes.empty()) return;
  const auto again = key->open(crypto::read_sealed_text(key->seal(as_bytes(bytes))).value());
  require(again && as_text(again->view()) == bytes, "what a key sealed it opens");
}
