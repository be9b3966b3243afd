#pragma once
#include <string>

#include "core/ballot/types.hpp"
#include "core/codec/bel_archive.hpp"
#include "core/codec/belenios.hpp"
#include "tests/support/vectors.hpp"

namespace suara::test {

// The election of tests/vectors/belenios/basic, read; throws (so fails the test) where anything is refused.
struct BasicElection {
  std::string bytes;
  codec::BelArchive archive;
  codec::SetupData setup;
  ballot::Election election;
  ballot::Trustees trustees;
  std::vector<ballot::PublicCredential> credentials;

  static const BasicElection& get();
  std::string_view payload(const codec::BelEvent& event) const { return archive.data.at(event.payload.value()); }
  // Payloads of the events of a kind, in order.
  std::vector<std::string_view> payloads(codec::BelEventType type) const;
};

// Lines of a file of tests/vectors/belenios/basic.
std::vector<std::string> basic_lines(const std::string& name);

}  // namespace suara::test
