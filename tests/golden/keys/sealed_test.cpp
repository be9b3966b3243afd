#include <catch2/catch.hpp>

#include "core/crypto/sealer.hpp"
#include "tests/support/vectors.hpp"

// The files beside were made by an independent program (see ../README.md) and are never changed: services hold keys in
// files of this form. A test that fails here means that the format has changed, and needs a new version, not new files.

using namespace suara;
using namespace suara::crypto;

namespace {

std::string golden(const std::string& name) {
  return test::read_file(std::filesystem::path(SUARA_SOURCE_DIR) / "tests" / "golden" / "keys" / name);
}

std::string opened(Sealer sealer, const std::string& file) {
  const auto secret = sealer.open(golden(file));
  return secret ? std::string(as_text(secret->view())) : secret.error().detail;
}

}  // namespace

TEST_CASE("sealed key files are opened as they were written") {
  CHECK(opened(Sealer(SealingKey::from_text(golden("sealing.key")).value()), "by-key.key") == golden("plain.key"));
  CHECK(opened(Sealer::from_passphrase(as_bytes("sandi untuk kunci buku\n")).value(), "by-passphrase.key") ==
        golden("plain.key"));
}

TEST_CASE("the bytes of sealed key files are frozen") {
  for (const char* file : {"by-key.key", "by-passphrase.key"}) {
    CHECK(write_sealed_text(read_sealed_text(golden(file)).value()) == golden(file));
  }
  const auto key = SealingKey::from_text(golden("sealing.key")).value();
  CHECK(as_text(key.text().view()) == golden("sealing.key"));
  CHECK(key_id_text(std::get<KeyLock>(key.lock())) == "b7ba3930");
}
