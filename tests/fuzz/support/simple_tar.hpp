#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Tars as a `.bel` file has them (core/codec/bel_archive.hpp), made without core's own code, so that the two can be
// held against each other.
namespace suara::fuzz {

struct TarMember {
  std::string name;
  std::string content;
};

std::string write_tar(const std::vector<TarMember>& members, std::uint64_t mtime);

struct LooseTar {
  std::uint64_t mtime = 0;  // of the first member
  std::vector<TarMember> members;
};

// What can be made out of a damaged tar: checksums, padding and unused fields are not looked at, a member that is cut
// off ends where the bytes do.
LooseTar read_loosely(std::string_view bytes);

}  // namespace suara::fuzz
