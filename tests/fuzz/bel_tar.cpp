#include "core/codec/bel_tar.hpp"

#include "tests/fuzz/support/simple_tar.hpp"
#include "tests/fuzz/support/target.hpp"

namespace {

using namespace suara;

void try_tar(std::string_view bytes) {
  const auto tar = codec::read_bel_tar(bytes);
  if (tar.fault) return fuzz::require_told(*tar.fault);
  std::vector<fuzz::TarMember> members;
  for (const auto& entry : tar.entries) members.push_back({std::string(entry.name), std::string(entry.content)});
  fuzz::require(fuzz::write_tar(members, tar.mtime) == bytes, "a tar is written again byte for byte");
}

}  // namespace

void suara::fuzz::try_input(std::string_view bytes) {
  try_tar(bytes);
  // A checksum stops nearly every mutation, so the input is also tried as the tar it tries to be.
  const auto loose = read_loosely(bytes);
  try_tar(write_tar(loose.members, loose.mtime));
}
