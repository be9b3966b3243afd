#include "http/handlers/ceremony.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>

#include "core/ballot/threshold.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/json_reader.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/trustees.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

using election::CeremonyStep;
using Summary = std::shared_ptr<const election::Summary>;

// Error: not_found, also where the election has no threshold trustees.
Result<Summary> find_ceremony(const ledger::CommandHandler& commands, const ElectionUuid& uuid) {
  auto summary = find_election(commands, uuid);
  if (!summary || (*summary)->draft.threshold) return summary;
  return fail(ErrorCode::not_found, "This election has no threshold trustees, so there is no key ceremony.");
}

// Error: not_found.
Result<std::uint32_t> trustee_number(std::string_view text, const election::Threshold& threshold) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= threshold.trustees) {
    return number;
  }
  return fail(ErrorCode::not_found,
              "There is no such threshold trustee in this election; they are numbered from 1 to " +
                  std::to_string(threshold.trustees) + ".");
}

Result<Bytes> read_sealed_share(std::string_view text) {
  auto bytes = crypto::from_base64(text);
  if (!bytes) return bytes;
  if (bytes->size() == ballot::CeremonyTrustee::sealed_share_size) return bytes;
  return fail(ErrorCode::malformed, "a sealed share is " + std::to_string(ballot::CeremonyTrustee::sealed_share_size) +
                                        " bytes, this one has " + std::to_string(bytes->size()) + ".");
}

struct SentCoefexps {
  election::PublishCoefexps command;
  std::vector<Bytes> sealed;  // what command.shares are the hashes of
};

Result<SentCoefexps> read_coefexps_request(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "request");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"trustee", "coefexps", "shares"});
  SentCoefexps sent;
  sent.command.trustee = fields.uint32("trustee", election::max_trustees);
  sent.command.coefexps = fields.text("coefexps");
  sent.command.parsed = fields.parsed("coefexps", codec::read_coefexps);
  for (const auto text : fields.texts("shares", 1, election::max_trustees)) {
    auto sealed = read_sealed_share(text);
    if (!sealed) {
      fields.refuse("shares", sealed.error().code, "holds a share that is wrong: " + sealed.error().detail);
      break;
    }
    sent.command.shares.push_back(crypto::sha256(ByteView(*sealed)));
    sent.sealed.push_back(std::move(*sealed));
  }
  if (fields.failed()) return fail(fields.error());
  return sent;
}

// Whether decide() would accept the command now: nothing is stored for one that it would refuse. The outcome of the
// command itself is decided again, when it is recorded.
Result<void> would_accept(ledger::CommandHandler& commands, const Call& call,
                          const election::PublishCoefexps& command) {
  auto accepted = std::make_shared<bool>(false);
  const auto actor = call.actor();
  auto look = [accepted, command, actor](const election::State& state) -> Result<election::Command> {
    const auto decision = election::decide(state, command, {actor, state.last_time});
    if (!decision) return fail(decision.error());
    *accepted = true;
    return fail(ErrorCode::conflict, "This was only a look.");
  };
  const auto refused = commands.call(call.uuid, std::move(look), actor);
  if (*accepted) return {};
  return fail(refused.error());
}

// For each sender in order, the share whose hash the ledger holds.
Result<std::vector<Bytes>> recorded_shares(const election::Summary& summary, std::uint32_t recipient,
                                           const std::vector<ledger::SealedShare>& stored) {
  std::vector<Bytes> out;
  for (const auto& member : summary.ceremony) {
    const auto& published = *member.coefexps;
    const auto found = std::find_if(stored.begin(), stored.end(), [&](const ledger::SealedShare& share) {
      return share.sender == published.trustee &&
             crypto::sha256(ByteView(share.sealed)) == published.shares[recipient - 1];
    });
    if (found == stored.end()) {
      return fail(ErrorCode::integrity, "The share that threshold trustee " + std::to_string(published.trustee) +
                                            " sealed is not in the database as recorded: restart the key ceremony.");
    }
    out.push_back(found->sealed);
  }
  return out;
}

}  // namespace

Handler show_ceremony(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto summary = find_ceremony(commands, call.uuid);
    if (!summary) return fail(summary.error());
    return json_response(200, views::ceremony(**summary));
  });
}

Handler publish_certificate(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto document = codec::JsonDocument::parse(call.request.body, "request");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"certificate", "coefexps_hash"});
    election::PublishCertificate command;
    command.certificate = fields.text("certificate");
    command.parsed = fields.parsed("certificate", codec::read_certificate);
    command.coefexps_hash = fields.parsed("coefexps_hash", crypto::hash_from_hex);
    if (fields.failed()) return fail(fields.error());
    // Its number is its place among the certificates, which only the sequencer knows for sure.
    auto number = std::make_shared<std::size_t>(0);
    auto source = [number, command](const election::State& state) -> Result<election::Command> {
      *number = state.summary.ceremony.size() + 1;
      return election::Command(command);
    };
    const auto receipt = commands.call(call.uuid, std::move(source), call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(201, views::trustee_recorded(*receipt, *number));
  });
}

// The shares come first: once the event stands, the others wait for them.
Handler publish_coefexps(ledger::CommandHandler& commands, ledger::ShareStore& shares, Ledgers& ledgers) {
  return at_once([&commands, &shares, &ledgers](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    auto sent = read_coefexps_request(call.request.body);
    if (!sent) return fail(std::move(sent.error()));
    if (const auto good = would_accept(commands, call, sent->command); !good) return fail(good.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const std::uint32_t sender = sent->command.trustee;
    if (auto added = shares.add_shares(ledger->id, sender, sent->sealed); !added) return fail(std::move(added.error()));
    const auto receipt = commands.call(call.uuid, election::Command(std::move(sent->command)), call.actor());
    if (!receipt) return fail(receipt.error());
    // What an earlier attempt left behind does no harm: the ledger says which shares hold.
    if (const auto kept = shares.keep_shares(ledger->id, sender, sent->sealed); !kept) {
      spdlog::warn("sealed shares of earlier attempts in {} stay: {}", call.uuid.value, kept.error().detail);
    }
    return json_response(201, views::recorded(*receipt));
  });
}

Handler show_sealed_shares(ledger::CommandHandler& commands, ledger::ShareStore& shares, Ledgers& ledgers) {
  return at_once([&commands, &shares, &ledgers](const Call& call) -> Result<Response> {
    const auto summary = find_ceremony(commands, call.uuid);
    if (!summary) return fail(summary.error());
    const auto recipient = trustee_number(call.rest, *(*summary)->draft.threshold);
    if (!recipient) return fail(recipient.error());
    if (*election::ceremony_step(**summary) < CeremonyStep::confirmations) {
      return fail(ErrorCode::conflict, "Shares are handed out once every trustee's coefexps are there: wait.");
    }
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto stored = shares.shares_for(ledger->id, *recipient);
    if (!stored) return fail(stored.error());
    const auto recorded = recorded_shares(**summary, *recipient, *stored);
    if (!recorded) return fail(recorded.error());
    return json_response(200, views::sealed_shares(*recorded));
  });
}

Handler confirm_share(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto document = codec::JsonDocument::parse(call.request.body, "request");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"trustee", "verification_key"});
    election::ConfirmShare command;
    command.trustee = fields.uint32("trustee", election::max_trustees);
    command.verification_key = fields.text("verification_key");
    command.parsed = fields.parsed("verification_key", codec::read_trustee_public_key);
    if (fields.failed()) return fail(fields.error());
    const auto receipt = commands.call(call.uuid, election::Command(std::move(command)), call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(201, views::recorded(*receipt));
  });
}

Handler restart_ceremony(ledger::CommandHandler& commands, ledger::ShareStore& shares, Ledgers& ledgers) {
  return at_once([&commands, &shares, &ledgers](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto document = codec::JsonDocument::parse(call.request.body, "request");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"reason"});
    election::RestartCeremony command;
    command.reason = fields.text("reason");
    if (fields.failed()) return fail(fields.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto receipt = commands.call(call.uuid, election::Command(std::move(command)), call.actor());
    if (!receipt) return fail(receipt.error());
    // Shares of a ceremony that is void open nothing, and no hash in the ledger asks for them any more.
    if (const auto removed = shares.remove_shares(ledger->id); !removed) {
      spdlog::warn("sealed shares of a restarted ceremony in {} stay: {}", call.uuid.value, removed.error().detail);
    }
    return json_response(201, views::recorded(*receipt));
  });
}

}  // namespace suara::http
