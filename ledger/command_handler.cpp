#include "ledger/command_handler.hpp"

#include <future>

#include "core/log/vkey.hpp"
#include "ledger/sequencer.hpp"
#include "ledger/summary_board.hpp"

namespace suara::ledger {
namespace {

// 14 characters of base58: 82 random bits, as short as the protocol allows.
ElectionUuid random_uuid() {
  constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  constexpr unsigned bound =
      256 / alphabet.size() * alphabet.size();  // above it the first letters would come more often
  ElectionUuid uuid;
  while (uuid.value.size() < 14) {
    std::uint8_t byte = 0;
    crypto::random_fill({&byte, 1});
    if (byte < bound) uuid.value += alphabet[byte % alphabet.size()];
  }
  return uuid;
}

}  // namespace

class CommandHandler::Impl {
 public:
  Impl(EventStore& event_store, KeyStore& key_store, Clock clock, const HandlerLimits& limits)
      : store(event_store), keys(key_store), sequencer(event_store, key_store, std::move(clock), limits, board) {}

  EventStore& store;
  KeyStore& keys;
  SummaryBoard board;
  Sequencer sequencer;
};

CommandHandler::CommandHandler(EventStore& store, KeyStore& keys, Clock clock, HandlerLimits limits)
    : impl_(std::make_unique<Impl>(store, keys, std::move(clock), limits)) {}

CommandHandler::~CommandHandler() = default;

Result<void> CommandHandler::start() { return impl_->sequencer.start(); }

void CommandHandler::add_listener(Listener listener) { impl_->sequencer.add_listener(std::move(listener)); }

void CommandHandler::submit(const ElectionUuid& uuid, CommandSource command, const election::Actor& actor, Done done) {
  impl_->sequencer.submit(uuid, {std::move(command), actor, std::move(done)});
}

Result<Receipt> CommandHandler::call(const ElectionUuid& uuid, CommandSource command, const election::Actor& actor) {
  std::promise<Result<Receipt>> promise;
  auto answer = promise.get_future();
  submit(uuid, std::move(command), actor, [&](Result<Receipt> result) { promise.set_value(std::move(result)); });
  return answer.get();
}

Result<Receipt> CommandHandler::open_ledger(const election::Draft& draft, const std::string& origin_prefix,
                                            const election::Actor& actor,
                                            std::vector<election::Appointment> appointments) {
  // What would be refused is refused before a key and a row are made for it.
  if (auto good = election::check_draft(draft); !good) return fail(std::move(good).error());
  if (!election::permitted(actor.role, election::OpenLedger{}))
    return fail(ErrorCode::not_permitted, "This role may not open an election.");
  if (!available()) return fail(ErrorCode::unavailable, "The database cannot be reached; nothing was recorded.");
  const ElectionUuid uuid = random_uuid();
  const Origin origin{origin_prefix + "/" + uuid.value};
  auto key = impl_->keys.create_ledger_key(uuid);
  if (!key) return fail(std::move(key).error());
  const auto name = log::make_verifier_key(origin.value, (*key)->public_key());
  if (!name) return fail(name.error());
  auto info = impl_->store.create_ledger(uuid, origin);
  if (!info) return fail(std::move(info).error());
  impl_->sequencer.register_ledger(*info);
  return call(
      uuid,
      election::Command{election::OpenLedger{uuid, log::verifier_key_text(*name), draft, std::move(appointments)}},
      actor);
}

Result<CommandHandler::Rotation> CommandHandler::rotate_key(const ElectionUuid& uuid, const election::Actor& actor) {
  const auto summary = impl_->board.summary(uuid);
  if (!summary) return fail(ErrorCode::not_found, "There is no such election.");
  // What would be refused is refused before a key is made for it.
  if (!election::permitted(actor.role, election::RotateKey{}))
    return fail(ErrorCode::not_permitted, "This role may not change the ledger's key.");
  if (const auto why = impl_->board.fault(uuid)) return fail(ErrorCode::integrity, *why);
  if (!available()) return fail(ErrorCode::unavailable, "The database cannot be reached; nothing was recorded.");
  if (summary->former_keys.size() + 1 >= election::max_ledger_keys)
    return fail(ErrorCode::conflict, "This ledger has had as many keys as it may have; its key can no longer be changed.");
  const auto old = log::parse_verifier_key(summary->key);
  if (!old) return fail(old.error());
  const Origin origin{old->name};
  const auto key = impl_->keys.create_next_ledger_key(uuid, origin);
  if (!key) return fail(key.error());
  const auto name = log::make_verifier_key(origin.value, (*key)->public_key());
  if (!name) return fail(name.error());
  const std::string text = log::verifier_key_text(*name);
  // The old key is the one in force when it is this command's turn.
  const auto command = [&key, &text](const election::State& state) -> Result<election::Command> {
    const std::string message = election::key_rotation_message(state.summary.key, text);
    return election::Command(election::RotateKey{text, (*key)->public_key(), (*key)->sign(as_bytes(message))});
  };
  auto receipt = call(uuid, command, actor);
  if (!receipt) return fail(std::move(receipt).error());
  return Rotation{std::move(*receipt), text};
}

void CommandHandler::refresh(const std::optional<ElectionUuid>& uuid) {
  if (!available()) return;
  const auto sizes = impl_->store.sizes();
  if (!sizes) return;
  const auto nothing = [](const election::State&) -> Result<election::Command> {
    return fail(ErrorCode::conflict, "Nothing is recorded: the ledger was only read.");
  };
  for (const auto& [info, size] : *sizes) {
    if (size == 0 || (uuid && info.uuid != *uuid) || counts(info.uuid).entries >= size || fault(info.uuid)) continue;
    impl_->sequencer.register_ledger(info);
    (void)call(info.uuid, nothing, {election::Role::service, {}});  // before it answers it has read on
  }
}

std::shared_ptr<const election::Summary> CommandHandler::summary(const ElectionUuid& uuid) const {
  return impl_->board.summary(uuid);
}

std::vector<std::shared_ptr<const election::Summary>> CommandHandler::summaries() const {
  return impl_->board.summaries();
}

CommandHandler::Counts CommandHandler::counts(const ElectionUuid& uuid) const { return impl_->board.counts(uuid); }

std::optional<std::string> CommandHandler::fault(const ElectionUuid& uuid) const { return impl_->board.fault(uuid); }

bool CommandHandler::available() const { return impl_->sequencer.available(); }

std::size_t CommandHandler::queued() const { return impl_->sequencer.queued(); }

}  // namespace suara::ledger
