#include "tools/cli/service_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/crypto/encoding.hpp"
#include "core/crypto/group.hpp"
#include "core/crypto/signature.hpp"
#include "core/log/vkey.hpp"
#include "tools/cli/files.hpp"

namespace suara::cli {
namespace fs = std::filesystem;
namespace {

// The content of a small secret file, without leaving copies of it about.
Outcome<crypto::SecretBytes> read_secret(const fs::path& file) {
  auto content = read_file(file, crypto::max_sealed_text);
  if (!content) return stop(content.error());
  if (content->empty()) return stop(ExitCode::usage, "file", file.string() + " is empty.");
  auto secret = crypto::SecretBytes::copy_of(as_bytes(*content));
  crypto::wipe(content->data(), content->size());
  return secret;
}

std::string_view without_line_feed(const crypto::SecretBytes& content) {
  std::string_view text = as_text(content.view());
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

std::optional<crypto::PublicKey> signing_key(const crypto::SecretBytes& content) {
  auto seed = crypto::from_hex(without_line_feed(content));
  std::optional<crypto::PublicKey> found;
  if (seed && seed->size() == crypto::SigningKey::seed_size) found = crypto::SigningKey::from_seed(*seed).public_key();
  if (seed) crypto::wipe(seed->data(), seed->size());
  return found;
}

std::optional<crypto::SecretScalar> trustee_key(const crypto::SecretBytes& content) {
  auto secret = crypto::SecretScalar::from_decimal(without_line_feed(content));
  if (!secret) return std::nullopt;
  return std::move(*secret);
}

Outcome<void> check_plain(const fs::path& file, const crypto::SecretBytes& content) {
  const auto text = as_text(content.view());
  if (crypto::is_sealing_key_text(text)) {
    return stop(ExitCode::usage, "usage", file.string() + " is a sealing key itself; it seals and is not sealed.");
  }
  if (crypto::is_sealed_text(text)) return stop(ExitCode::usage, "usage", file.string() + " is sealed already.");
  if (signing_key(content) || trustee_key(content)) return {};
  return stop(ExitCode::usage, "malformed",
              file.string() + " is no key file of the service: 64 hexadecimal digits, or a number.");
}

Fault does_not_open(const fs::path& file, const Error& error) {
  return {ExitCode::usage, std::string(error_name(error.code)), file.string() + ": " + error.detail};
}

ServiceKey sealed_key(const fs::path& file, const crypto::SealLock& lock) {
  if (const auto* by = std::get_if<crypto::KeyLock>(&lock)) {
    const std::string id = crypto::key_id_text(*by);
    return {"sealed", "key_id", id, fmt::format("{} is sealed with the sealing key {}.", file.string(), id)};
  }
  return {"sealed", "", "", fmt::format("{} is sealed with a passphrase.", file.string())};
}

Outcome<ServiceKey> plain_key(const fs::path& file, const crypto::SecretBytes& content, const std::string& origin) {
  if (auto plain = check_plain(file, content); !plain) return stop(plain.error());
  if (const auto key = signing_key(content)) {
    if (origin.empty()) {
      return stop(ExitCode::usage, "usage",
                  file.string() + " holds a signing key. Name its ledger with --origin, as `suara export` or the page "
                                  "of the election shows it.");
    }
    const auto name = log::make_verifier_key(origin, *key);
    if (!name) return stop(ExitCode::usage, name.error(), "--origin: ");
    const std::string text = log::verifier_key_text(*name);
    return ServiceKey{"ledger", "key", text, text};
  }
  const std::string element = crypto::g_pow(trustee_key(content)->expose()).to_text();
  return ServiceKey{"trustee", "public_key", element,
                    fmt::format("{} holds a trustee's secret key; the public one is\n{}", file.string(), element)};
}

}  // namespace

Outcome<crypto::Sealer> read_sealer(const SealOptions& options) {
  if (options.passphrase_file.empty() && options.seal_file.empty()) {
    return stop(ExitCode::usage, "usage", "Say what seals the key: --passphrase-file FILE or --seal FILE.");
  }
  const bool passphrase = !options.passphrase_file.empty();
  const fs::path file = passphrase ? options.passphrase_file : options.seal_file;
  const auto content = read_secret(file);
  if (!content) return stop(content.error());
  if (passphrase) {
    auto sealer = crypto::Sealer::from_passphrase(content->view());
    if (!sealer) return stop(does_not_open(file, sealer.error()));
    return std::move(*sealer);
  }
  auto key = crypto::SealingKey::from_text(as_text(content->view()));
  if (!key) return stop(does_not_open(file, key.error()));
  return crypto::Sealer(std::move(*key));
}

Outcome<crypto::SecretBytes> sealed_service_key(const fs::path& file, crypto::Sealer& sealer) {
  const auto content = read_secret(file);
  if (!content) return stop(content.error());
  if (auto plain = check_plain(file, *content); !plain) return stop(plain.error());
  const auto sealed = sealer.seal(content->view());
  if (!sealed) return stop(does_not_open(file, sealed.error()));
  const auto again = sealer.open(*sealed);
  if (!again || !crypto::equal_constant_time(again->view(), content->view())) {
    return stop(ExitCode::refused, "internal", file.string() + ": what was sealed does not open; it is left as it is.");
  }
  return crypto::SecretBytes::copy_of(as_bytes(*sealed));
}

Outcome<crypto::SecretBytes> opened_service_key(const fs::path& file, crypto::Sealer& sealer) {
  const auto content = read_secret(file);
  if (!content) return stop(content.error());
  if (!crypto::is_sealed_text(as_text(content->view()))) {
    return stop(ExitCode::usage, "usage", file.string() + " is not sealed.");
  }
  auto opened = sealer.open(as_text(content->view()));
  if (!opened) return stop(does_not_open(file, opened.error()));
  return std::move(*opened);
}

Outcome<ServiceKey> describe_service_key(const fs::path& file, const SealOptions& options, const std::string& origin) {
  const auto content = read_secret(file);
  if (!content) return stop(content.error());
  const auto text = as_text(content->view());
  if (crypto::is_sealing_key_text(text)) {
    const auto key = crypto::SealingKey::from_text(text);
    if (!key) return stop(does_not_open(file, key.error()));
    const std::string id = crypto::key_id_text(std::get<crypto::KeyLock>(key->lock()));
    return ServiceKey{"sealing-key", "key_id", id, fmt::format("{} is the sealing key {}.", file.string(), id)};
  }
  if (!crypto::is_sealed_text(text)) return plain_key(file, *content, origin);
  const auto sealed = crypto::read_sealed_text(text);
  if (!sealed) return stop(does_not_open(file, sealed.error()));
  if (options.passphrase_file.empty() && options.seal_file.empty()) return sealed_key(file, sealed->lock);
  auto sealer = read_sealer(options);
  if (!sealer) return stop(sealer.error());
  const auto opened = opened_service_key(file, *sealer);
  if (!opened) return stop(opened.error());
  return plain_key(file, *opened, origin);
}

}  // namespace suara::cli
