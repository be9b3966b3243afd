#pragma once
#include <algorithm>

#include "core/base/result.hpp"
#include "core/crypto/group.hpp"

namespace suara::projections {

// An element from its 32 bytes in a column of ours. Error: integrity.
inline Result<crypto::Element> element_of(ByteView bytes) {
  crypto::Element out;
  if (bytes.size() != out.bytes.size())
    return fail(ErrorCode::integrity, "A stored credential has another size than 32 bytes.");
  std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  return out;
}

}  // namespace suara::projections
