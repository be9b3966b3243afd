#include "core/audit/trail.hpp"

namespace suara::audit {

Result<Trail> Trail::open(const Options& options, const log::Checkpoint& newest, const log::VerifierKey& first_key) {
  Trail trail;
  trail.leaves_ = options.leave_behind != nullptr;
  trail.position_.origin = newest.origin.value;
  trail.position_.first_key = log::verifier_key_text(first_key);
  if (options.go_on_from.empty()) return trail;
  auto saved = read_saved_state(options.go_on_from);
  if (!saved) return fail(std::move(saved).error());
  const SavedPosition& before = saved->position;
  if (before.origin != trail.position_.origin) {
    return fail(ErrorCode::wrong_election,
                "The state file is of the ledger " + before.origin + ": give each ledger a file of its own.");
  }
  if (before.first_key != trail.position_.first_key) {
    trail.other_key_ = before.first_key;
    return trail;
  }
  trail.shorter_ = before.size > newest.size;
  trail.earlier_ = std::move(*saved);
  return trail;
}

Result<void> Trail::take_up(LedgerPass& pass, TreeCheck& tree) {
  if (earlier_ && !shorter_) {
    const SavedPosition& before = earlier_->position;
    tree.watch(before.size);
    auto replayed = replay(*earlier_, [&](election::Recorded&& recorded) { pass.recall(std::move(recorded)); });
    if (!replayed) return replayed;
    pass.go_on_from(before.last_leaf, before.last_time);
    if (auto ok = tree.go_on(before.from, before.edge, before.level); !ok) return ok;
    from_ = before.from;
    records_ = EntryRecords(std::move(earlier_->records));
  }
  if (leaves_) {
    pass.keep = [this](std::string_view body, const election::Recorded& recorded) {
      if (!stands_) records_.take(body, recorded);
    };
  }
  return {};
}

void Trail::stand(const LedgerPass& pass, const TreeCheck& tree) {
  stands_ = true;
  if (!leaves_) return;
  position_.from = tree.edge().size();
  position_.last_leaf = pass.last_leaf();
  position_.last_time = pass.last_time();
  position_.edge = tree.edge().edge();
  position_.level = tree.level();
}

std::string Trail::leave(const log::Checkpoint& newest, const std::string& note) {
  position_.size = newest.size;
  position_.root = newest.root;
  position_.note = note;
  return write_saved_state(position_, records_.bytes());
}

}  // namespace suara::audit
