#include "http/setup_token.hpp"

#include "core/crypto/secret.hpp"
#include "http/access.hpp"
#include "ledger/private_file.hpp"

namespace suara::http {
namespace {

constexpr std::size_t max_size = 64;

}  // namespace

Result<void> SetupToken::renew() {
  remove();
  return provide();
}

void SetupToken::remove() {
  const std::lock_guard lock(mutex_);
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

Result<void> SetupToken::provide() {
  const std::lock_guard lock(mutex_);
  auto created = ledger::create_private_file(file_, as_bytes(random_token()));
  if (created || created.error().code == ErrorCode::conflict) return {};
  return created;
}

Result<bool> SetupToken::use(std::string_view shown) {
  const std::lock_guard lock(mutex_);
  const auto token = ledger::read_private_file(file_, max_size);
  if (!token && token.error().code == ErrorCode::not_found) return false;
  if (!token) return fail(token.error());
  if (!crypto::equal_constant_time(token->view(), as_bytes(shown))) return false;
  // Removing a file succeeds once, also between processes.
  std::error_code failed;
  return std::filesystem::remove(file_, failed) && !failed;
}

}  // namespace suara::http
