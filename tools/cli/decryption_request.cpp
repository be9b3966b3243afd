#include "tools/cli/decryption_request.hpp"

#include <algorithm>

#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/json_writer.hpp"
#include "tools/cli/answer.hpp"

namespace suara::cli {
namespace {

tl::unexpected<Fault> unsound(const std::string& what) {
  return stop(ExitCode::refused, "integrity", what + " Nothing was decrypted.");
}

bool shape_fits(const DecryptionRequest& request) {
  if (request.tally.size() != request.election.questions.size()) return false;
  for (std::size_t q = 0; q < request.tally.size(); ++q) {
    if (request.tally[q].size() != request.election.questions[q].choices()) return false;
  }
  return true;
}

bool is_needed(const DecryptionRequest& request, std::uint32_t owner) {
  const auto needed = ballot::still_needed(request.trustees, {request.submitted.begin(), request.submitted.end()});
  const auto holds = [owner](const std::vector<std::uint32_t>& owners) {
    return std::find(owners.begin(), owners.end(), owner) != owners.end();
  };
  return holds(needed.mandatory) || std::any_of(needed.groups.begin(), needed.groups.end(), [&](const auto& group) {
           return group.missing > 0 && holds(group.absent);
         });
}

}  // namespace

Outcome<DecryptionRequest> fetch_decryption_request(Api& api, const std::string& uuid) {
  auto json = api.get("/elections/" + uuid + "/decryption");
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const AnswerNode root = answer->root();
  const std::string election_text = root.text("election");
  const std::string trustees_text = root.text("trustees");
  DecryptionRequest out;
  out.tally_text = root.text("encrypted_tally");
  out.submitted = root.numbers("submitted");
  if (auto checked = answer->check(); !checked) return stop(checked.error());

  auto election = codec::read_election(election_text);
  if (!election) return stop(ExitCode::refused, election.error(), "The service's election does not read: ");
  out.election = std::move(*election);
  auto tally = codec::read_encrypted_tally(out.tally_text);
  if (!tally) return stop(ExitCode::refused, tally.error(), "The service's tally does not read: ");
  out.tally = std::move(*tally);
  auto trustees = codec::read_trustees(trustees_text);
  if (!trustees) return stop(ExitCode::refused, trustees.error(), "The trustees' keys from the service do not read: ");
  out.trustees = std::move(*trustees);

  auto shown = api.get("/elections/" + uuid);
  if (!shown) return stop(shown.error());
  auto public_view = Answer::parse(*shown);
  if (!public_view) return stop(public_view.error());
  out.shown_fingerprint = public_view->root().text_or_empty("fingerprint");
  if (auto checked = public_view->check(); !checked) return stop(checked.error());
  return out;
}

Outcome<std::uint64_t> check_decryption_request(const DecryptionRequest& request, const std::string& uuid,
                                                const crypto::Element& key) {
  if (request.election.uuid.str() != uuid) return unsound("The service sent another election than the one asked for.");
  if (request.election.fingerprint != request.shown_fingerprint) {
    return unsound("The election to decrypt for has another fingerprint than the published one.");
  }
  if (const auto keys = ballot::verify_election_key(request.election, request.trustees); !keys) {
    return unsound(keys.error().detail);
  }
  if (!shape_fits(request)) return unsound("The tally does not have the shape of the election's questions.");
  std::uint32_t owner = 1;
  auto held = ballot::owner_key(request.trustees, owner);
  while (held && *held != key) held = ballot::owner_key(request.trustees, ++owner);
  if (!held) {
    return stop(ExitCode::refused, "not_found",
                "The key file is not that of a trustee of this election. Name the key made for it with --key.");
  }
  if (std::find(request.submitted.begin(), request.submitted.end(), owner) != request.submitted.end()) {
    return stop(ExitCode::refused, "conflict", "This trustee has decrypted already: there is nothing left to do.");
  }
  if (!is_needed(request, owner)) {
    return stop(ExitCode::refused, "conflict",
                "The tally has all the decryptions it needs of this group of trustees: there is nothing left to do.");
  }
  return owner;
}

std::string decryption_body(const DecryptionRequest& request, std::uint64_t owner, const crypto::SecretScalar& secret) {
  const auto decryption = ballot::decrypt(request.tally, secret, request.election.fingerprint);
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().number("owner", owner);
  body.text("partial_decryption", codec::write_partial_decryption(decryption.partial));
  body.text("strong_proofs", codec::write_strong_proofs(decryption.strong_proofs));
  return body.end_object().take();
}

}  // namespace suara::cli
