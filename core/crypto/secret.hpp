#pragma once
#include <cstddef>
#include <memory>
#include <span>

#include "core/base/bytes.hpp"

namespace suara::crypto {

// Bytes on sodium_malloc pages: guarded, locked where the system allows, wiped when freed. Move-only,
// and there is deliberately no way to print or compare one by accident.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size);  // zeroed
  static SecretBytes copy_of(ByteView bytes);

  SecretBytes(SecretBytes&&) noexcept = default;
  SecretBytes& operator=(SecretBytes&&) noexcept = default;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;

  std::span<std::uint8_t> mutable_view() { return {data_.get(), size_}; }
  ByteView view() const { return {data_.get(), size_}; }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(std::uint8_t* pointer) const;
  };
  std::unique_ptr<std::uint8_t[], Free> data_;
  std::size_t size_ = 0;
};

// Overwrites memory that held a secret; not removed by the optimiser.
void wipe(void* data, std::size_t size);

// Fills from the operating system's generator.
void random_fill(std::span<std::uint8_t> out);

// Compares in constant time; different sizes are unequal.
bool equal_constant_time(ByteView a, ByteView b);

}  // namespace suara::crypto
