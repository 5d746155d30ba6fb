#include "model_ort/node_map.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace euphone {
namespace {

using nlohmann::json;

constexpr std::string_view kEnd = "_kernel_time";

std::string TextOf(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool Copies(const PlacedNode& node) { return node.operation.starts_with("Memcpy"); }

/// Providers that compile name such a part after themselves; others run ONNX' own operations.
bool Compiled(const PlacedNode& node) { return node.name.starts_with(node.provider); }

}  // namespace

std::size_t NodeMap::CountOn(std::string_view provider) const {
  return static_cast<std::size_t>(std::ranges::count_if(nodes, [&](const PlacedNode& node) {
    return node.provider == provider && !euphone::Copies(node);
  }));
}

std::size_t NodeMap::Copies() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(nodes, [](const PlacedNode& node) { return euphone::Copies(node); }));
}

std::size_t NodeMap::Partitions() const {
  std::size_t count = 0;
  const PlacedNode* before = nullptr;
  for (const PlacedNode& node : nodes) {
    if (euphone::Copies(node)) continue;
    if (before == nullptr || before->provider != node.provider || Compiled(node)) ++count;
    before = &node;
  }
  return count;
}

Result<NodeMap> ReadProfile(std::string_view text) {
  const Error foreign{Errc::kCorrupt, "not a profile of ONNX Runtime"};
  const json events = json::parse(text, nullptr, false);
  if (!events.is_array()) return foreign;
  NodeMap map;
  std::set<std::string> seen;
  for (const json& event : events) {
    if (!event.is_object() || TextOf(event, "cat") != "Node") continue;
    const auto arguments = event.find("args");
    std::string name = TextOf(event, "name");
    if (arguments == event.end() || !arguments->is_object() || !name.ends_with(kEnd)) continue;
    name.resize(name.size() - kEnd.size());
    // Nodes may lack names, but not numbers.
    if (!seen.insert(TextOf(*arguments, "node_index") + " " + name).second) continue;
    const auto took = event.find("dur");
    map.nodes.push_back({.name = std::move(name),
                         .operation = TextOf(*arguments, "op_name"),
                         .provider = TextOf(*arguments, "provider"),
                         .microseconds = took != event.end() && took->is_number_integer()
                                             ? took->get<std::int64_t>()
                                             : 0});
  }
  if (map.nodes.empty()) return foreign;
  return map;
}

}  // namespace euphone
