#pragma once
#include <string>

#include "core/ballot/types.hpp"
#include "core/codec/bel_archive.hpp"
#include "core/codec/belenios.hpp"
#include "tests/support/vectors.hpp"

namespace suara::test {

// An election of tests/vectors/belenios, read; throws (so fails the test) where anything is refused.
struct VectorElection {
  std::string bytes;
  codec::BelArchive archive;
  codec::SetupData setup;
  ballot::Election election;
  ballot::Trustees trustees;
  std::vector<ballot::PublicCredential> credentials;

  static const VectorElection& basic();
  static const VectorElection& threshold();
  std::string_view payload(const codec::BelEvent& event) const { return archive.data.at(event.payload.value()); }
  // Payloads of the events of a kind, in order.
  std::vector<std::string_view> payloads(codec::BelEventType type) const;
};

// The first of them, which most tests use.
struct BasicElection {
  static const VectorElection& get() { return VectorElection::basic(); }
};

// Lines of a file of tests/vectors/belenios.
std::vector<std::string> vector_lines(const std::string& name);

}  // namespace suara::test
