#include "http/error_status.hpp"

namespace suara::http {

ErrorStatus error_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed:
      return {400};
    case ErrorCode::unauthenticated:
      return {401};
    case ErrorCode::bad_login:
      return {401};
    case ErrorCode::second_factor_needed:
      return {401};
    case ErrorCode::unknown_credential:
      return {403};
    case ErrorCode::not_permitted:
      return {403};
    case ErrorCode::csrf:
      return {403};
    case ErrorCode::not_found:
      return {404};
    case ErrorCode::method_not_allowed:
      return {405};
    case ErrorCode::timeout:
      return {408};
    case ErrorCode::already_voted:
      return {409};
    case ErrorCode::repeated_ciphertext:
      return {409};
    case ErrorCode::wrong_phase:
      return {409};
    case ErrorCode::approval_needed:
      return {409};
    case ErrorCode::already_verified:
      return {409};
    case ErrorCode::draft_changed:
      return {409};
    case ErrorCode::conflict:
      return {409};
    case ErrorCode::too_large:
      return {413};
    case ErrorCode::unsupported_media:
      return {415};
    case ErrorCode::unsupported:
      return {422};
    case ErrorCode::invalid_point:
      return {422};
    case ErrorCode::invalid_scalar:
      return {422};
    case ErrorCode::invalid_signature:
      return {422};
    case ErrorCode::invalid_proof:
      return {422};
    case ErrorCode::wrong_election:
      return {422};
    case ErrorCode::wrong_choices:
      return {422};
    case ErrorCode::roll_invalid:
      return {422};
    case ErrorCode::invalid_draft:
      return {422};
    case ErrorCode::rate_limited:
      return {429, 60};
    case ErrorCode::integrity:
      return {500};
    case ErrorCode::internal:
      return {500};
    case ErrorCode::unavailable:
      return {503, 2};
    case ErrorCode::overloaded:
      return {503, 1};
  }
  return {500};
}

}  // namespace suara::http
