#include "tests/integration/cli/draft.hpp"

#include <stdexcept>

#include "core/codec/json_reader.hpp"

namespace suara::test {

std::string draft_election(const RunningService& service, const std::string& tally, int trustees) {
  const std::string draft = R"({
    "name": "Pemilihan Ketua Kelas", "description": "", "administrator": "Panitia", "credential_authority": "Petugas",
    "trustees": )" + std::to_string(trustees) +
                            R"(,
    "policies": {"tally": ")" +
                            tally + R"(", "revote": "last-counts", "verification": "online", "min_batch": 2},
    "places": [{"id": "tps-1", "name": "TPS 1"}, {"id": "tps-2", "name": "TPS 2"}],
    "contests": [{"question": "Pilih satu", "min": 1, "max": 1, "candidates": [
      {"number": 1, "name": "A & B", "vision": "", "mission": []},
      {"number": 2, "name": "C & D", "vision": "", "mission": []}]}]
  })";
  const auto drafted = service.as("ani", {"election", "draft", service.file("draft.json", draft).string(), "--json"});
  if (drafted.status != 0) throw std::runtime_error("election draft failed: " + drafted.out + drafted.err);
  return text_of(drafted.out, "uuid");
}

std::string text_of(const std::string& json, const std::string& member) {
  const auto document = codec::JsonDocument::parse(json, "answer");
  if (!document) throw std::runtime_error(document.error().detail);
  const auto value = document->root().member(member);
  if (!value) throw std::runtime_error(value.error().detail);
  const auto text = value->text();
  if (!text) throw std::runtime_error(text.error().detail);
  return std::string(*text);
}

}  // namespace suara::test
