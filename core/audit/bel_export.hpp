#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "core/audit/source.hpp"
#include "core/codec/bel_write.hpp"
#include "core/election/events.hpp"

// The `.bel` archive of an election, made from its ledger: the sealed election with its trustees and credentials, every
// ballot cast, the tally, the decryptions and the result, as far as the election has come. Challenged ballots and live
// tallies have no place in such an archive. The same ledger gives the same bytes.
namespace suara::audit {

// Takes the ledger's events in order and gives the archive's bytes piece by piece to `out`. What the events mean is not
// judged; that is audit_bundle's, and audit_bel's of what comes out.
class BelExport {
 public:
  explicit BelExport(std::function<void(std::string_view)> out) : out_(std::move(out)) {}
  // Errors: integrity (an event that may not stand there, or credentials that are not the sealed ones).
  Result<void> take(const election::Recorded& recorded);
  // Error: wrong_phase (the election is not sealed, so there is nothing to write).
  Result<void> finish() const;

 private:
  Result<void> listed(const std::vector<ballot::PublicCredential>& credentials);
  Result<void> sealed(Timestamp time, const election::ElectionSealed& sealed);
  Result<void> next(codec::BelEventType type);

  std::function<void(std::string_view)> out_;
  std::vector<ballot::PublicCredential> credentials_;  // until the election is sealed
  std::optional<codec::BelWriter> writer_;
  codec::BelEventType last_ = codec::BelEventType::setup;
};

struct BelExported {
  std::uint64_t entries = 0;  // of the ledger, at the checkpoint that was read
  std::string root;           // of its tree, base64
};

// The same from the files of a bundle, whose entries are first held against the root that the checkpoint signs with the
// bundle's key. `out` may have been given bytes where an error comes: they are to be thrown away. Errors: those of
// BelExport and of Source; malformed, invalid_signature, integrity (the bundle).
Result<BelExported> export_bel(Source& source, std::function<void(std::string_view)> out);

}  // namespace suara::audit
