#pragma once
#include <string>

#include "core/audit/source.hpp"
#include "core/codec/bel_tar.hpp"
#include "tests/integration/http/site.hpp"

namespace suara::test {

// A download once it is written and checked. Gives the last answer where that takes longer than twenty seconds.
HttpReply downloaded(const TestSite& site, const std::string& target);

// A bundle's tar as it was sent. Throws std::runtime_error where it is none.
class SentBundle : public audit::Source {
 public:
  explicit SentBundle(std::string tar);
  Result<std::string> read(std::string_view path, std::size_t) override;

 private:
  std::string bytes_;
  codec::TarFile file_;
};

}  // namespace suara::test
