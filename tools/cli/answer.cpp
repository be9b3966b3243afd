#include "tools/cli/answer.hpp"

namespace suara::cli {
namespace {

constexpr std::size_t longest_list = 1'000'000;

}  // namespace

tl::unexpected<Fault> not_understood(const Error& error) {
  return stop(ExitCode::refused, error,
              "The service's answer is not what this program understands; are they of the same version? ");
}

Outcome<Answer> Answer::parse(std::string_view json) {
  auto document = codec::JsonDocument::parse(json, "answer");
  if (!document) return not_understood(document.error());
  return Answer(std::move(*document));
}

Answer::Answer(codec::JsonDocument document)
    : document_(std::move(document)), error_(std::make_unique<std::optional<Error>>()) {}

Outcome<void> Answer::check() const {
  if (*error_) return not_understood(**error_);
  return {};
}

template <class T>
T AnswerNode::keep(Result<T> value) const {
  if (value) return std::move(*value);
  if (!*error_) *error_ = std::move(value).error();
  return T{};
}

std::optional<codec::JsonNode> AnswerNode::find(std::string_view member) const {
  if (!node_ || *error_) return std::nullopt;
  auto found = node_->member(member);
  if (found) return *found;
  *error_ = std::move(found).error();
  return std::nullopt;
}

std::vector<codec::JsonNode> AnswerNode::nodes(std::string_view member) const {
  const auto found = find(member);
  return found ? keep(found->array(0, longest_list)) : std::vector<codec::JsonNode>{};
}

std::string AnswerNode::text(std::string_view member) const {
  const auto found = find(member);
  return found ? std::string(keep(found->text())) : std::string{};
}

std::string AnswerNode::text_or_empty(std::string_view member) const {
  if (!node_ || *error_) return {};
  const auto found = node_->optional_member(member);
  return found && !found->is_null() ? std::string(keep(found->text())) : std::string{};
}

std::uint64_t AnswerNode::number(std::string_view member) const {
  const auto found = find(member);
  return found ? keep(found->uint()) : 0;
}

std::uint64_t AnswerNode::number_or(std::string_view member, std::uint64_t absent) const {
  if (!node_ || *error_) return 0;
  const auto found = node_->optional_member(member);
  return found && !found->is_null() ? keep(found->uint()) : absent;
}

bool AnswerNode::boolean(std::string_view member) const {
  const auto found = find(member);
  return found && keep(found->boolean());
}

bool AnswerNode::has(std::string_view member) const {
  if (!node_ || *error_) return false;
  const auto found = node_->optional_member(member);
  return found && !found->is_null();
}

AnswerNode AnswerNode::object(std::string_view member) const { return {find(member), error_}; }

std::vector<AnswerNode> AnswerNode::list(std::string_view member) const {
  std::vector<AnswerNode> out;
  for (const auto& node : nodes(member)) out.push_back({node, error_});
  return out;
}

std::vector<std::string> AnswerNode::texts(std::string_view member) const {
  std::vector<std::string> out;
  for (const auto& node : nodes(member)) out.emplace_back(keep(node.text()));
  return out;
}

std::vector<std::uint64_t> AnswerNode::numbers(std::string_view member) const {
  std::vector<std::uint64_t> out;
  for (const auto& node : nodes(member)) out.push_back(keep(node.uint()));
  return out;
}

}  // namespace suara::cli
