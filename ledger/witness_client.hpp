#pragma once
#include <string>

#include "core/base/result.hpp"

namespace suara::ledger {

struct WitnessReply {
  unsigned status = 0;  // of HTTP
  std::string body;     // bounded by the client
};

// The way to one witness, of which this folder knows no more than the protocol's one call (C2SP tlog-witness).
class WitnessClient {
 public:
  virtual ~WitnessClient() = default;
  // Sends `POST .../add-checkpoint`; any status is a reply. Called by one thread at a time, and back within the
  // client's own deadline. Error: unavailable, with the cause in words.
  virtual Result<WitnessReply> add_checkpoint(const std::string& body) = 0;
  // Any thread: a call under way fails at once, and so does every later one.
  virtual void stop() = 0;
};

}  // namespace suara::ledger
