#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <iostream>

#include "core/base/time.hpp"
#include "tools/witness/server.hpp"

// suara-witness: cosigns checkpoints of ledgers that only grow, for whoever does not want to take the service's word.
namespace suara::witness {
namespace {

enum Status { done = 0, refused = 1, wrong_usage = 2 };

int complain(const Error& error) {
  std::cerr << "suara-witness: " << error.detail << "\n";
  return error.code == ErrorCode::malformed ? wrong_usage : refused;
}

void tell(const std::string& line) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const Timestamp time{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
  std::cerr << format_time(time) << " " << line << std::endl;
}

int show(const Result<log::VerifierKey>& key) {
  if (!key) return complain(key.error());
  std::cout << log::verifier_key_text(*key) << "\n";
  return done;
}

int run_server(const std::string& folder, const std::string& address) {
  const auto listen = read_listen(address);
  if (!listen) return complain(listen.error());
  std::signal(SIGPIPE, SIG_IGN);  // whoever read its log may be gone
  auto state = State::open(folder);
  if (!state) return complain(state.error());
  const auto served = serve(
      *state, *listen, [](const std::string& url) { tell("listening on " + url); }, tell);
  if (!served) return complain(served.error());
  tell("stopped");
  return done;
}

int run(int argc, char** argv) {
  CLI::App app("Cosigns the checkpoints of ledgers that only grow (C2SP tlog-witness).", "suara-witness");
  app.require_subcommand(1);
  std::string folder, name, address = "127.0.0.1:8090";
  std::vector<std::string> keys;
  const auto command = [&](const char* verb, const char* what) {
    auto* made = app.add_subcommand(verb, what);
    made->add_option("--state", folder, "folder of this witness: its key and what it has cosigned")->required();
    return made;
  };
  auto* init = command("init", "make a witness and print its verifier key");
  init->add_option("--name", name, "what it is called in checkpoints, such as saksi.example/paslon-1")->required();
  auto* key = command("key", "print the verifier key");
  auto* trusts = command("trust", "watch ledgers; a running server notices");
  trusts->add_option("KEY", keys, "verifier key of a ledger")->required();
  auto* distrusts = command("distrust", "no longer watch under a key, such as one that was replaced; a running server notices");
  distrusts->add_option("KEY", keys, "verifier key of a ledger, exactly as it was given to trust")->required();
  auto* serves = command("serve", "answer until SIGTERM");
  serves->add_option("--listen", address, "HOST:PORT; port 0 is any that is free")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? done : wrong_usage;
  }
  if (init->parsed()) return show(create(folder, name));
  if (key->parsed()) return show(key_of(folder));
  if (serves->parsed()) return run_server(folder, address);
  const auto changed = distrusts->parsed() ? distrust(folder, keys) : trust(folder, keys);
  if (!changed) return complain(changed.error());
  return done;
}

}  // namespace
}  // namespace suara::witness

int main(int argc, char** argv) {
  try {
    return suara::witness::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "suara-witness: " << error.what() << "\n";
    return 1;
  }
}
