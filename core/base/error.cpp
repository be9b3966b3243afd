#include "core/base/error.hpp"

namespace suara {

std::string_view error_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed:
      return "malformed";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::invalid_point:
      return "invalid_point";
    case ErrorCode::invalid_scalar:
      return "invalid_scalar";
    case ErrorCode::invalid_signature:
      return "invalid_signature";
    case ErrorCode::invalid_proof:
      return "invalid_proof";
    case ErrorCode::integrity:
      return "integrity";
    case ErrorCode::wrong_election:
      return "wrong_election";
    case ErrorCode::wrong_choices:
      return "wrong_choices";
    case ErrorCode::unknown_credential:
      return "unknown_credential";
    case ErrorCode::already_voted:
      return "already_voted";
    case ErrorCode::repeated_ciphertext:
      return "repeated_ciphertext";
    case ErrorCode::wrong_phase:
      return "wrong_phase";
    case ErrorCode::not_permitted:
      return "not_permitted";
    case ErrorCode::roll_invalid:
      return "roll_invalid";
    case ErrorCode::invalid_draft:
      return "invalid_draft";
    case ErrorCode::approval_needed:
      return "approval_needed";
    case ErrorCode::already_verified:
      return "already_verified";
    case ErrorCode::draft_changed:
      return "draft_changed";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::unauthenticated:
      return "unauthenticated";
    case ErrorCode::bad_login:
      return "bad_login";
    case ErrorCode::second_factor_needed:
      return "second_factor_needed";
    case ErrorCode::csrf:
      return "csrf";
    case ErrorCode::rate_limited:
      return "rate_limited";
    case ErrorCode::unsupported_media:
      return "unsupported_media";
    case ErrorCode::method_not_allowed:
      return "method_not_allowed";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::overloaded:
      return "overloaded";
    case ErrorCode::timeout:
      return "timeout";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace suara
