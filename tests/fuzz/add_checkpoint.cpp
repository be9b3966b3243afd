#include "core/log/witness.hpp"
#include "tests/fuzz/support/target.hpp"

// What anyone may send to a witness.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto request = log::parse_add_checkpoint(bytes);
  if (!request) return require_told(request.error());
  require(log::write_add_checkpoint(*request) == bytes, "a request is written again byte for byte");
  require(log::origin_of(*request).has_value(), "a request names a log");
  const auto unknown = log::judge(*request, {});
  require(std::get<log::Declined>(unknown).why == log::Declined::Why::unknown_log, "a witness knows no log by itself");
  // Nobody has this key's secret, so nothing is cosigned.
  static const auto key = log::make_verifier_key("suara.example/a", crypto::PublicKey{}).value();
  require(std::holds_alternative<log::Declined>(log::judge(*request, {{key}, std::nullopt})), "a stranger is declined");
}
