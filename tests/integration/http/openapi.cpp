#include "tests/integration/http/openapi.hpp"

#include <yaml-cpp/yaml.h>

#include <regex>

#include "core/codec/json_reader.hpp"

namespace suara::test {
namespace {

using Faults = std::vector<std::string>;

// Steps down by names; a node that is false where one is missing (yaml-cpp throws on the second missing step).
YAML::Node at(const YAML::Node& from, std::initializer_list<std::string> names) {
  YAML::Node node = from;
  for (const auto& name : names) {
    const YAML::Node inside = node;  // looking into one that is not const would add to it
    if (!inside.IsMap() || !inside[name]) return YAML::Node(YAML::NodeType::Undefined);
    node.reset(inside[name]);
  }
  return node;
}

// JSON is YAML too, so a reply and its schema are walked alike. That it is JSON has been checked before.
class Check {
 public:
  explicit Check(const YAML::Node& document) : document_(document) {}

  void value(const YAML::Node& schema_or_ref, const YAML::Node& value, const std::string& place, Faults& faults) const {
    const YAML::Node schema = resolved(schema_or_ref);
    if (value.IsNull()) {
      if (!schema["nullable"].as<bool>(false)) faults.push_back(place + " is null");
      return;
    }
    for (const auto& part : at(schema, {"allOf"})) this->value(part, value, place, faults);
    const std::string type = schema["type"].as<std::string>("");
    if (type == "object") object(schema, value, place, faults);
    if (type == "array") array(schema, value, place, faults);
    if (type == "integer" || type == "boolean" || type == "string") scalar(schema, type, value, place, faults);
  }

  YAML::Node resolved(const YAML::Node& node) const {
    if (!at(node, {"$ref"})) return node;
    const std::string path = node["$ref"].as<std::string>().substr(2);
    YAML::Node found = document_;
    for (std::size_t begin = 0; begin < path.size();) {
      const std::size_t end = std::min(path.find('/', begin), path.size());
      found.reset(at(found, {path.substr(begin, end - begin)}));
      begin = end + 1;
    }
    return found;
  }

 private:
  // A schema says `allOf` of objects elsewhere; only what it names itself is closed.
  void object(const YAML::Node& schema, const YAML::Node& value, const std::string& place, Faults& faults) const {
    if (!value.IsMap()) return faults.push_back(place + " is no object");
    for (const auto& name : at(schema, {"required"})) {
      if (!value[name.as<std::string>()]) faults.push_back(place + " lacks " + name.as<std::string>());
    }
    for (const auto& member : value) {
      const auto name = member.first.as<std::string>();
      const YAML::Node property = at(schema, {"properties", name});
      if (property) this->value(property, member.second, place + "." + name, faults);
    }
  }

  void array(const YAML::Node& schema, const YAML::Node& value, const std::string& place, Faults& faults) const {
    if (!value.IsSequence()) return faults.push_back(place + " is no array");
    for (std::size_t i = 0; i < value.size(); ++i) {
      this->value(schema["items"], value[i], place + "[" + std::to_string(i) + "]", faults);
    }
  }

  void scalar(const YAML::Node& schema, const std::string& type, const YAML::Node& value, const std::string& place,
              Faults& faults) const {
    if (!value.IsScalar()) return faults.push_back(place + " is no " + type);
    const bool quoted = value.Tag() == "!";  // yaml-cpp's mark of a scalar in quotes
    const std::string text = value.Scalar();
    if ((type == "string") != quoted) return faults.push_back(place + " is no " + type + ": " + text);
    if (type == "integer" && !std::regex_match(text, std::regex("-?[0-9]+")))
      faults.push_back(place + " is no integer");
    if (type == "boolean" && text != "true" && text != "false") faults.push_back(place + " is no boolean");
    if (!schema["enum"]) return;
    for (const auto& allowed : schema["enum"]) {
      if (allowed.Scalar() == text) return;
    }
    faults.push_back(place + " may not be " + text);
  }

  const YAML::Node& document_;
};

// Every member that a reply has must be described: a forgotten line in the description is a fault too.
void find_undescribed(const Check& check, const YAML::Node& schema_or_ref, const YAML::Node& value,
                      const std::string& place, Faults& faults) {
  const YAML::Node schema = check.resolved(schema_or_ref);
  if (value.IsSequence()) {
    for (const auto& item : value) find_undescribed(check, schema["items"], item, place + "[]", faults);
  }
  if (!value.IsMap() || schema["additionalProperties"].as<bool>(false)) return;
  std::vector<YAML::Node> parts{schema};
  for (const auto& part : at(schema, {"allOf"})) parts.push_back(check.resolved(part));
  for (const auto& member : value) {
    const auto name = member.first.as<std::string>();
    bool found = false;
    for (const auto& part : parts) {
      const YAML::Node property = at(part, {"properties", name});
      if (!property) continue;
      found = true;
      find_undescribed(check, property, member.second, place + "." + name, faults);
    }
    if (!found) faults.push_back(place + "." + name + " is not described");
  }
}

}  // namespace

struct OpenApi::Impl {
  const YAML::Node document = YAML::LoadFile(std::string(SUARA_SOURCE_DIR) + "/schema/openapi.yaml");
  Check check{document};

  Faults of(const YAML::Node& schema, const std::string& json) const {
    if (const auto parsed = codec::JsonDocument::parse(json, "reply"); !parsed) return {parsed.error().detail};
    Faults faults;
    const YAML::Node value = YAML::Load(json);
    check.value(schema, value, "reply", faults);
    find_undescribed(check, schema, value, "reply", faults);
    return faults;
  }
};

OpenApi::OpenApi() : impl_(std::make_unique<Impl>()) {}
OpenApi::~OpenApi() = default;

std::vector<OpenApi::Operation> OpenApi::operations() const {
  std::vector<Operation> list;
  for (const auto& path : impl_->document["paths"]) {
    for (const char* method : {"get", "post", "delete", "put", "patch"}) {
      const YAML::Node node = at(path.second, {method});
      if (!node) continue;
      Operation operation;
      operation.path = path.first.as<std::string>();
      for (const char* c = method; *c != '\0'; ++c) operation.method += static_cast<char>(*c - 'a' + 'A');
      for (const auto& scheme : at(node, {"security"})) {
        operation.needs_session |= static_cast<bool>(scheme["session"]);
        operation.needs_csrf |= static_cast<bool>(scheme["csrf"]);
      }
      for (const auto& type : at(node, {"requestBody", "content"})) operation.body_type = type.first.as<std::string>();
      list.push_back(std::move(operation));
    }
  }
  return list;
}

std::vector<std::string> OpenApi::faults(const std::string& method, const std::string& path, unsigned status,
                                         const std::string& content_type, const std::string& body) const {
  std::string key;
  for (const char c : method) key += static_cast<char>(c - 'A' + 'a');
  const YAML::Node responses = at(impl_->document, {"paths", path, key, "responses"});
  if (!responses) return {"there is no operation " + method + " " + path};
  const YAML::Node exact = at(responses, {std::to_string(status)});
  const YAML::Node described = exact || status < 400 ? exact : at(responses, {"default"});
  if (!described) return {"the status " + std::to_string(status) + " is not described"};
  const YAML::Node resolved = impl_->check.resolved(described);
  const YAML::Node content = resolved["content"];
  if (!content) return body.empty() ? Faults{} : Faults{"the body is not described"};
  const YAML::Node schema = at(content, {content_type, "schema"});
  if (!schema) return {"the content type " + content_type + " is not described"};
  if (content_type != "application/json") return {};
  return impl_->of(schema, body);
}

std::vector<std::string> OpenApi::schema_faults(const std::string& schema, const std::string& json) const {
  return impl_->of(at(impl_->document, {"components", "schemas", schema}), json);
}

}  // namespace suara::test
