#include "tests/support/vectors.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace suara::test {

std::filesystem::path vector_path(const std::string& name) {
  return std::filesystem::path(SUARA_SOURCE_DIR) / "tests" / "vectors" / name;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace suara::test
