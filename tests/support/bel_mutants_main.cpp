#include <cstdio>
#include <filesystem>
#include <fstream>

#include "core/codec/json_writer.hpp"
#include "tests/support/bel_mutants.hpp"

// bel-mutants OUT_DIR: writes every mutant to OUT_DIR/<name>.bel and OUT_DIR/index.json, [{"file","check"}], for
// verifiers other than our own. The two untouched archives come with them; their check is null.
int main(int argc, char** argv) {
  using namespace suara;
  if (argc != 2) {
    std::fputs("usage: bel-mutants OUT_DIR\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::filesystem::create_directories(folder);
  codec::JsonWriter index(codec::JsonWriter::Order::as_written);
  index.begin_array();
  bool written = true;
  const auto write = [&](const std::string& name, const std::string& bytes) {
    std::ofstream out(folder / name, std::ios::binary);
    out << bytes;
    written = written && out.flush();
  };
  const auto add = [&](const std::string& name, const std::string& bytes, const std::string* check) {
    write(name + ".bel", bytes);
    index.begin_object().text("file", name + ".bel").key("check");
    if (check) {
      index.text(*check);
    } else {
      index.null();
    }
    index.end_object();
  };
  add("basic", test::basic_source().bytes, nullptr);
  add("threshold", test::threshold_source().bytes, nullptr);
  for (const auto& mutant : test::all_bel_mutants()) add(mutant.name, mutant.bytes, &mutant.check);
  index.end_array();
  write("index.json", index.take() + "\n");
  if (!written) std::fprintf(stderr, "cannot write to %s\n", argv[1]);
  return written ? 0 : 1;
}
