#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/codec/bel_archive.hpp"

// Writes the `.bel` archive of an election: the bytes that other programs of the protocol write for the same texts.
namespace suara::codec {

// Takes the public texts in the protocol's order and gives the archive's bytes piece by piece to `out`, whole entries
// each. The archive may end after any event. Throws std::logic_error for texts in another order.
class BelWriter {
 public:
  BelWriter(std::uint64_t timestamp, std::function<void(std::string_view)> out);

  void setup(std::string_view election, std::string_view trustees, std::string_view credentials);
  void ballot(std::string_view ballot);
  void end_ballots();
  void encrypted_tally(std::string_view tally, std::string_view sized_tally);
  void partial_decryption(std::uint32_t owner, std::string_view partial_decryption);
  void result(std::string_view result);

 private:
  void entry(std::string_view name, std::string_view content);
  Hash datum(std::string_view content);
  void event(BelEventType type, std::optional<Hash> payload);

  std::uint64_t timestamp_;
  std::function<void(std::string_view)> out_;
  std::unordered_set<Hash> written_;  // data are written once
  std::optional<BelEvent> last_;
};

}  // namespace suara::codec
