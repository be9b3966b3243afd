#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/vkey.hpp"

// What a witness does (C2SP tlog-witness), apart from sockets and files. A request asks it to cosign a checkpoint:
//   request = "old " size LF *(base64 hash LF) LF note
// The hashes prove that the note's tree continues the one of `old` entries, the last that this witness cosigned.
namespace suara::log {

constexpr std::size_t max_consistency_lines = 63;
constexpr std::size_t max_add_checkpoint_size = 32 + max_consistency_lines * 45 + max_note_size;

struct AddCheckpoint {
  std::uint64_t old_size = 0;
  std::vector<Hash> proof;
  std::string note;
};

std::string write_add_checkpoint(const AddCheckpoint& request);
// Errors: malformed, too_large.
Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);

// The request may be cosigned: what it is about.
using Accepted = SignedCheckpoint;

struct Declined {
  enum class Why {
    bad_request,    // 400: malformed, or old above the checkpoint's size
    not_signed,     // 403: no trusted key of the origin signed it, or such a line does not verify
    unknown_log,    // 404
    other_size,     // 409: `size` is that of the last cosigned checkpoint
    other_root,     // 409 without a size: of that size another tree was cosigned
    not_consistent  // 422: it does not continue what was cosigned
  };
  Why why;
  std::string detail;
  std::uint64_t size = 0;
};

// What a witness knows of the log that a request names.
struct Known {
  std::vector<VerifierKey> keys;   // trusted for the origin; none: the log is unknown
  std::optional<Checkpoint> last;  // cosigned last
};

// The origin that a request's note names. Errors: malformed, too_large.
Result<Origin> origin_of(const AddCheckpoint& request);

std::variant<Accepted, Declined> judge(const AddCheckpoint& request, const Known& known);

}  // namespace suara::log
