#pragma once
#include "core/audit/source.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/merkle.hpp"

// What a signed tree says of its beginning, out of its tiles. Nothing of a tile is believed before it leads to the
// signed root: a damaged file must not pass for another history.
namespace suara::audit {

// The nodes of a tree of `size` entries, out of a bundle's tiles; `source` outlives it. Errors: the source's,
// malformed.
log::NodeReader nodes_in(Source& source, std::uint64_t size);

// The root of the tree's first `size` entries. Errors: the reader's; integrity (the tiles do not lead to the tree's
// root); malformed (the tree is smaller).
Result<Hash> proven_root(const log::Checkpoint& tree, std::uint64_t size, const log::NodeReader& read);

// The hash of one entry. Errors: the same.
Result<Hash> proven_leaf(const log::Checkpoint& tree, std::uint64_t index, const log::NodeReader& read);

}  // namespace suara::audit
