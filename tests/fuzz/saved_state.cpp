#include "core/audit/saved_state.hpp"

#include "core/crypto/hash.hpp"
#include "tests/fuzz/support/target.hpp"

// An auditor's file, cut or damaged. Its hash is made right here, since no mutation would meet it.
void suara::fuzz::try_input(std::string_view bytes) {
  std::string file(bytes);
  const Hash sum = crypto::sha256(file);
  file.append(reinterpret_cast<const char*>(sum.bytes.data()), sum.bytes.size());
  const auto state = audit::read_saved_state(file);
  if (!state) return require_told(state.error());
  require(audit::write_saved_state(state->position, state->records) == file, "a state is written again byte for byte");
  std::uint64_t count = 0;
  const auto replayed = audit::replay(*state, [&](election::Recorded&& recorded) {
    require(recorded.seq.value == count++, "entries are recalled in order");
  });
  if (!replayed) return require_told(replayed.error());
  require(count == state->position.from, "as many as the state says are recalled");
}
