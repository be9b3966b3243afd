#pragma once
#include "http/bounded_pool.hpp"

namespace suara::http {

// Where a route's handler runs.
enum class Where {
  here,      // on the connection's thread: may neither block nor compute
  database,  // asks the database, or waits for the sequencer
  verify,    // checks proofs; one thread a core
  password,  // argon2id: 64 MiB and 0.1 s each, so one or two at a time
  files,     // reads files; apart from `database`, so that a lost database does not keep readers from the log
};

struct Pools {
  BoundedPool database;
  BoundedPool verify;
  BoundedPool password;
  BoundedPool files;

  explicit Pools(std::size_t cores)
      : database("database", 6, 1024),
        verify("verify", cores, 4096),
        password("password", cores > 2 ? 2 : 1, 16),
        files("files", 2, 1024) {}

  BoundedPool* at(Where where) {
    switch (where) {
      case Where::here:
        return nullptr;
      case Where::database:
        return &database;
      case Where::verify:
        return &verify;
      case Where::password:
        return &password;
      case Where::files:
        return &files;
    }
    return nullptr;
  }

  void stop() {
    for (BoundedPool* pool : {&database, &verify, &password, &files}) pool->stop();
  }
};

}  // namespace suara::http
