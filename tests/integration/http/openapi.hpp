#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace suara::test {

// schema/openapi.yaml, as far as tests need it: which operations there are, and whether a reply is one of theirs.
class OpenApi {
 public:
  OpenApi();
  ~OpenApi();

  struct Operation {
    std::string method;  // "GET"
    std::string path;    // "/elections/{uuid}", below /api/v1
    bool needs_session = false;
    bool needs_csrf = false;
    std::string body_type;  // empty where it takes none
  };
  std::vector<Operation> operations() const;

  // What is wrong with the reply, one complaint a fault; empty where it is as described.
  std::vector<std::string> faults(const std::string& method, const std::string& path, unsigned status,
                                  const std::string& content_type, const std::string& body) const;
  // The same for a value of a named schema.
  std::vector<std::string> schema_faults(const std::string& schema, const std::string& json) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::test
