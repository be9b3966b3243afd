#pragma once
#include <cstdint>
#include <string>

#include "core/base/ids.hpp"
#include "tools/bench/child.hpp"
#include "tools/bench/options.hpp"

namespace suara::bench {

// The real suarad, on a free port, over the bench's database, keys and log.
class Service {
 public:
  explicit Service(const Options& options);

  std::uint16_t port() const { return port_; }
  // Until the election's whole ledger is under a checkpoint and in every projection. Gives the checkpoint's size.
  std::uint64_t await_published(const ElectionUuid& uuid) const;
  Child::End stop();

 private:
  std::string get(const std::string& target) const;

  Child child_;
  std::uint16_t port_ = 0;
};

}  // namespace suara::bench
