#include "core/crypto/secret.hpp"

#include <sodium.h>

#include <algorithm>
#include <new>

#include "core/crypto/sodium_ready.hpp"

namespace suara::crypto {

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
  ensure_sodium();
  data_.reset(static_cast<std::uint8_t*>(sodium_malloc(size)));
  if (!data_) throw std::bad_alloc();
  sodium_memzero(data_.get(), size);
}

SecretBytes SecretBytes::copy_of(ByteView bytes) {
  SecretBytes out(bytes.size());
  std::copy(bytes.begin(), bytes.end(), out.mutable_view().begin());
  return out;
}

void SecretBytes::Free::operator()(std::uint8_t* pointer) const { sodium_free(pointer); }

void wipe(void* data, std::size_t size) { sodium_memzero(data, size); }

void random_fill(std::span<std::uint8_t> out) {
  ensure_sodium();
  randombytes_buf(out.data(), out.size());
}

bool equal_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace suara::crypto
