#pragma once

namespace suara::crypto {

// libsodium must be initialised before its generator, guarded memory and run-time choice of implementations are
// used. Every entry point that needs one of them calls this; after the first call it costs one load.
// Throws std::runtime_error where the library cannot start (no system generator): nothing can be done safely then.
void ensure_sodium();

}  // namespace suara::crypto
