#include "tools/cli/trustee_key_file.hpp"

#include "core/codec/belenios.hpp"
#include "core/codec/json_reader.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/secret.hpp"
#include "tools/cli/files.hpp"

namespace suara::cli {
namespace {

constexpr std::size_t max_key_file = 65536;

tl::unexpected<Fault> no_key_file(const std::filesystem::path& path, const Error& error) {
  return stop(ExitCode::usage, error, path.string() + " is not a trustee's key file of `suara trustee keygen`. ");
}

Outcome<TrusteeKeyFile> parse(const std::filesystem::path& path, std::string_view content) {
  auto document = codec::JsonDocument::parse(content, "key file");
  if (!document) return no_key_file(path, document.error());
  codec::JsonFields fields(document->root(), {"version", "public_key", "secret"});
  fields.uint("version", 1);
  const std::string public_text(fields.text("public_key"));
  const std::string_view secret_text = fields.text("secret");
  if (fields.failed()) return no_key_file(path, fields.error());
  auto secret = crypto::SecretScalar::from_decimal(secret_text);
  if (!secret) return no_key_file(path, {secret.error().code, "Its secret is damaged."});
  auto key = codec::read_trustee_public_key(public_text);
  if (!key) return no_key_file(path, key.error());
  if (crypto::g_pow(secret->expose()) != key->public_key) {
    return no_key_file(path, {ErrorCode::integrity, "Its secret and its public key do not belong together."});
  }
  return TrusteeKeyFile{std::move(*secret), *key, public_text};
}

}  // namespace

Outcome<TrusteeKeyFile> create_trustee_key(const std::filesystem::path& path) {
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

Outcome<TrusteeKeyFile> read_trustee_key(const std::filesystem::path& path) {
  auto content = read_file(path, max_key_file);
  if (!content) return stop(content.error());
  auto parsed = parse(path, *content);
  crypto::wipe(content->data(), content->size());
  return parsed;
}

}  // namespace suara::cli
