#include "tools/cli/trustee_key_file.hpp"

#include "core/codec/belenios.hpp"
#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/secret.hpp"
#include "core/election/types.hpp"
#include "tools/cli/files.hpp"

namespace suara::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t max_key_file = 65536;
constexpr std::string_view kind = "threshold";

tl::unexpected<Fault> no_key_file(const fs::path& path, const Error& error) {
  return stop(ExitCode::usage, error, path.string() + " is not a key file of a trustee. ");
}

Result<crypto::SecretScalar> read_secret(std::string_view text) {
  auto secret = crypto::SecretScalar::from_decimal(text);
  if (!secret) return fail(secret.error().code, "Its secret is damaged.");
  return secret;
}

Result<TrusteeKeyFile> parse_single(const codec::JsonDocument& document) {
  codec::JsonFields fields(document.root(), {"version", "public_key", "secret"});
  if (fields.uint("version", 1) != 1) fields.refuse("version", ErrorCode::unsupported, "must be 1.");
  const std::string public_text(fields.text("public_key"));
  const std::string_view secret_text = fields.text("secret");
  if (fields.failed()) return fail(fields.error());
  auto secret = read_secret(secret_text);
  if (!secret) return fail(secret.error());
  auto key = codec::read_trustee_public_key(public_text);
  if (!key) return fail(key.error());
  if (crypto::g_pow(secret->expose()) != key->public_key) {
    return fail(ErrorCode::integrity, "Its secret and its public key do not belong together.");
  }
  return TrusteeKeyFile{std::move(*secret), *key, public_text};
}

Result<crypto::SecretBytes> read_seed(std::string_view text) {
  auto bytes = crypto::from_hex(text);
  if (!bytes || bytes->size() != ballot::CeremonyTrustee::seed_size) {
    return fail(ErrorCode::malformed, "Its seed is damaged.");
  }
  auto seed = crypto::SecretBytes::copy_of(*bytes);
  crypto::wipe(bytes->data(), bytes->size());
  return seed;
}

Result<CeremonyKeyFile> parse_ceremony(const codec::JsonDocument& document) {
  codec::JsonFields fields(document.root(), {"version", "kind", "election", "seed"}, {"trustee", "secret"});
  if (fields.uint("version", 1) != 1) fields.refuse("version", ErrorCode::unsupported, "must be 1.");
  if (fields.text("kind") != kind) fields.refuse("kind", ErrorCode::unsupported, "must be \"threshold\".");
  const ElectionUuid election{std::string(fields.text("election"))};
  const std::string_view seed_text = fields.text("seed");
  if (fields.has("trustee") != fields.has("secret")) {
    fields.refuse("secret", ErrorCode::malformed, "must stand beside trustee, or neither of them.");
  }
  const bool complete = fields.has("trustee");
  const std::uint32_t trustee = complete ? fields.uint32("trustee", election::max_trustees) : 0;
  const std::string_view secret_text = complete ? fields.text("secret") : std::string_view{};
  if (fields.failed()) return fail(fields.error());
  auto seed = read_seed(seed_text);
  if (!seed) return fail(seed.error());
  CeremonyKeyFile out{election, std::move(*seed), std::nullopt};
  if (!complete) return out;
  auto secret = read_secret(secret_text);
  if (!secret) return fail(secret.error());
  out.share.emplace(CeremonyKeyFile::Share{trustee, std::move(*secret)});
  return out;
}

// Gives the parsed content to `take`, and forgets its text.
template <class T>
Outcome<T> read_key(const fs::path& path, Result<T> (*take)(const codec::JsonDocument&)) {
  auto content = read_file(path, max_key_file);
  if (!content) return stop(content.error());
  Result<T> key = codec::JsonDocument::parse(*content, "key file").and_then(take);
  crypto::wipe(content->data(), content->size());
  if (!key) return no_key_file(path, key.error());
  return std::move(*key);
}

std::string ceremony_text(const CeremonyKeyFile& key) {
  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  out.begin_object().number("version", 1).text("kind", kind).text("election", key.election.str());
  std::string seed = crypto::to_hex(key.seed.view());
  out.text("seed", seed);
  crypto::wipe(seed.data(), seed.size());
  if (key.share) {
    std::string secret = key.share->secret.expose().to_decimal();
    out.number("trustee", key.share->trustee).text("secret", secret);
    crypto::wipe(secret.data(), secret.size());
  }
  return out.end_object().take() + "\n";
}

Result<DecryptionKeyFile> parse_either(const codec::JsonDocument& document) {
  if (!document.root().optional_member("kind")) {
    return parse_single(document).map([](TrusteeKeyFile key) {
      return DecryptionKeyFile{std::move(key.secret), key.key.public_key, std::nullopt};
    });
  }
  auto key = parse_ceremony(document);
  if (!key) return fail(key.error());
  if (!key->share) {
    return fail(
        ErrorCode::conflict,
        "Its share of the secret is missing: complete it with `suara trustee confirm`, which fetches the share.");
  }
  const auto element = crypto::g_pow(key->share->secret.expose());
  return DecryptionKeyFile{std::move(key->share->secret), element, key->election};
}

}  // namespace

Outcome<TrusteeKeyFile> create_trustee_key(const fs::path& path) {
  auto pair = ballot::generate_trustee_key();
  std::string public_text = codec::write_trustee_public_key(pair.public_key);
  std::string secret_text = pair.secret.expose().to_decimal();
  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  out.begin_object().number("version", 1).text("public_key", public_text).text("secret", secret_text).end_object();
  std::string content = out.take() + "\n";
  auto written = write_new_file(path, content, FileMode::secret);
  crypto::wipe(content.data(), content.size());
  crypto::wipe(secret_text.data(), secret_text.size());
  if (!written) return stop(written.error());
  return TrusteeKeyFile{std::move(pair.secret), pair.public_key, std::move(public_text)};
}

Outcome<TrusteeKeyFile> read_trustee_key(const fs::path& path) { return read_key(path, parse_single); }

Outcome<CeremonyKeyFile> create_ceremony_key(const fs::path& path, const ElectionUuid& election) {
  CeremonyKeyFile key{election, crypto::SecretBytes(ballot::CeremonyTrustee::seed_size), std::nullopt};
  crypto::random_fill(key.seed.mutable_view());
  std::string content = ceremony_text(key);
  auto written = write_new_file(path, content, FileMode::secret);
  crypto::wipe(content.data(), content.size());
  if (!written) return stop(written.error());
  return key;
}

Outcome<CeremonyKeyFile> read_ceremony_key(const fs::path& path) { return read_key(path, parse_ceremony); }

Outcome<void> write_ceremony_key(const fs::path& path, const CeremonyKeyFile& key) {
  std::string content = ceremony_text(key);
  auto written = replace_secret_file(path, content);
  crypto::wipe(content.data(), content.size());
  return written;
}

Outcome<DecryptionKeyFile> read_decryption_key(const fs::path& path) { return read_key(path, parse_either); }

}  // namespace suara::cli
