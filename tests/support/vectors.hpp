#pragma once
#include <filesystem>
#include <string>

namespace suara::test {

// tests/vectors/<name>
std::filesystem::path vector_path(const std::string& name);

// The whole file; throws std::runtime_error where it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace suara::test
