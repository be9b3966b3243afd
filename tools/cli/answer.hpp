#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codec/json_reader.hpp"
#include "tools/cli/outcome.hpp"

namespace suara::cli {

tl::unexpected<Fault> not_understood(const Error& error);

// A value of a service's answer. Members this program does not know are passed over, so that a newer service can
// say more. The first error is kept by the Answer; after it every getter gives an empty value.
class AnswerNode {
 public:
  std::string text(std::string_view member) const;
  std::string text_or_empty(std::string_view member) const;  // where it may be absent or null
  std::uint64_t number(std::string_view member) const;
  std::uint64_t number_or(std::string_view member, std::uint64_t absent) const;
  bool boolean(std::string_view member) const;
  bool has(std::string_view member) const;  // and it is not null
  AnswerNode object(std::string_view member) const;
  std::vector<AnswerNode> list(std::string_view member) const;
  std::vector<std::string> texts(std::string_view member) const;
  std::vector<std::uint64_t> numbers(std::string_view member) const;

 private:
  friend class Answer;
  AnswerNode(std::optional<codec::JsonNode> node, std::optional<Error>* error) : node_(node), error_(error) {}
  template <class T>
  T keep(Result<T> value) const;
  std::optional<codec::JsonNode> find(std::string_view member) const;
  std::vector<codec::JsonNode> nodes(std::string_view member) const;

  std::optional<codec::JsonNode> node_;  // empty after an error
  std::optional<Error>* error_;
};

class Answer {
 public:
  // Fault: the answer is not what this program understands.
  static Outcome<Answer> parse(std::string_view json);
  AnswerNode root() const { return {document_.root(), error_.get()}; }
  // To be asked once all is read.
  Outcome<void> check() const;

 private:
  explicit Answer(codec::JsonDocument document);
  codec::JsonDocument document_;
  std::unique_ptr<std::optional<Error>> error_;
};

}  // namespace suara::cli
