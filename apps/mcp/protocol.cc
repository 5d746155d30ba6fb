#include "mcp/protocol.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mcp/arguments.h"

namespace euphone::mcp {

/// A version of the protocol, and what it has.
struct Server::Version {
  const char* name;
  bool batches;     ///< Several messages in one array.
  bool annotated;   ///< Tools tell whether they change anything.
  bool structured;  ///< Results hold documents; tools and servers have titles.
};

namespace {

constexpr int kParseError = -32700, kInvalidRequest = -32600, kMethodNotFound = -32601,
              kInvalidParams = -32602;

std::string Written(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json Failure(const Json& id, int code, const std::string& message) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", message}}}};
}

std::string OneLine(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return text;
}

bool IsId(const Json& id) { return id.is_string() || id.is_number_integer(); }

/// The string of this name in an object; null where there is none.
const std::string* StringIn(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get_ptr<const std::string*>()
                                                     : nullptr;
}

}  // namespace

const Server::Version* Server::Called(const std::string& name) {
  static constexpr std::array<Version, 3> kVersions{{{"2025-06-18", false, true, true},
                                                     {"2025-03-26", true, true, false},
                                                     {"2024-11-05", false, false, false}}};
  const auto* const found =
      std::ranges::find_if(kVersions, [&](const Version& one) { return one.name == name; });
  return found == kVersions.end() ? kVersions.data() : found;
}

std::vector<std::string> Server::Offered() const {
  std::vector<std::string> names;
  for (const Tool& tool : tools_) {
    if (!tool.offered || tool.offered()) names.push_back(tool.name);
  }
  return names;
}

Json Server::Described(const Tool& tool) const {
  Json json{{"name", tool.name}};
  if (version_->structured) json["title"] = tool.title;
  json["description"] = tool.description;
  json["inputSchema"] = tool.input;
  if (version_->structured) json["outputSchema"] = tool.output;
  if (version_->annotated) {
    json["annotations"] = {{"title", tool.title},
                           {"readOnlyHint", !tool.keeps},
                           {"destructiveHint", false},
                           {"idempotentHint", !tool.keeps},
                           {"openWorldHint", false}};
  }
  return json;
}

Server::Reply Server::Initialize(const Json& params) {
  const std::string* const wanted = StringIn(params, "protocolVersion");
  if (wanted == nullptr) return {{}, Fault{kInvalidParams, "'protocolVersion' must be a string"}};
  version_ = Called(*wanted);
  listed_.reset();
  Json self{{"name", identity_.name}};
  if (version_->structured) self["title"] = identity_.title;
  self["version"] = identity_.version;
  return {{{"protocolVersion", version_->name},
           {"capabilities", {{"tools", {{"listChanged", true}}}}},
           {"serverInfo", std::move(self)},
           {"instructions", identity_.instructions}},
          {}};
}

Server::Reply Server::List(const Json& params) {
  // All tools are on one page, so nobody was ever given a cursor.
  if (params.contains("cursor")) return {{}, Fault{kInvalidParams, "'cursor' is unknown"}};
  listed_ = Offered();
  Json list = Json::array();
  for (const Tool& tool : tools_) {
    if (std::ranges::find(*listed_, tool.name) != listed_->end()) list.push_back(Described(tool));
  }
  return {{{"tools", std::move(list)}}, {}};
}

Server::Reply Server::Call(const Json& params) {
  const auto invalid = [](std::string why) {
    return Reply{{}, Fault{kInvalidParams, std::move(why)}};
  };
  const std::string* const name = StringIn(params, "name");
  if (name == nullptr) return invalid("'name' must be the name of a tool");
  const auto tool = std::ranges::find(tools_, *name, &Tool::name);
  if (tool == tools_.end() || (tool->offered && !tool->offered()))
    return invalid("'name' is not the name of a tool; tools/list gives them");
  const Json arguments = params.value("arguments", Json::object());
  if (!arguments.is_object()) return invalid("'arguments' must be an object");
  if (std::string wrong = CheckArguments(tool->input, arguments); !wrong.empty())
    return invalid(tool->name + ": " + wrong);
  auto result = tool->call(arguments);
  const auto told = [](std::string text) {
    return Json::array({{{"type", "text"}, {"text", std::move(text)}}});
  };
  if (!result) return {{{"content", told(OneLine(result.error().message))}, {"isError", true}}, {}};
  Json reply{{"content", told(std::move(result->text))}};
  if (version_->structured) reply["structuredContent"] = std::move(result->document);
  return {std::move(reply), {}};
}

Server::Reply Server::Handle(const std::string& method, const Json& params, bool in_batch) {
  if (method == "ping") return {Json::object(), {}};
  if (method == "initialize") {
    if (in_batch) return {{}, Fault{kInvalidRequest, "initialize comes alone, not in a batch"}};
    return Initialize(params);
  }
  const bool list = method == "tools/list";
  if (!list && method != "tools/call")
    return {{}, Fault{kMethodNotFound, "this method is unknown here"}};
  if (version_ == nullptr) return {{}, Fault{kInvalidRequest, "initialize has to come first"}};
  return list ? List(params) : Call(params);
}

std::optional<Json> Server::Answer(const Json& message, bool in_batch) {
  const auto refuse = [](const char* why) { return Failure(nullptr, kInvalidRequest, why); };
  if (!message.is_object()) return refuse("a message is an object");
  const std::string* const version = StringIn(message, "jsonrpc");
  if (version == nullptr || *version != "2.0") return refuse("'jsonrpc' must be \"2.0\"");
  // Nothing is ever asked of the client, so its replies are to nothing.
  if (!message.contains("method") && (message.contains("result") || message.contains("error")))
    return std::nullopt;
  const std::string* const method = StringIn(message, "method");
  if (method == nullptr) return refuse("'method' must be a string");
  const auto id = message.find("id");
  // A notification is never answered; none needs anything done. A cancelled call is over by the
  // time that anybody reads of it.
  if (id == message.end()) return std::nullopt;
  if (!IsId(*id)) return refuse("'id' must be a string or a whole number");
  const Json params = message.value("params", Json::object());
  if (!params.is_object()) return Failure(*id, kInvalidParams, "'params' must be an object");
  Reply reply = Handle(*method, params, in_batch);
  if (reply.fault) return Failure(*id, reply.fault->code, reply.fault->message);
  return Json{{"jsonrpc", "2.0"}, {"id", *id}, {"result", std::move(reply.result)}};
}

Json Server::AnswerBatch(const Json& batch) {
  if (version_ == nullptr || !version_->batches)
    return Failure(nullptr, kInvalidRequest, "this version of the protocol has no batches");
  if (batch.empty()) return Failure(nullptr, kInvalidRequest, "the batch is empty");
  Json answers = Json::array();
  for (const Json& message : batch) {
    if (auto answer = Answer(message, true)) answers.push_back(*std::move(answer));
  }
  return answers;
}

std::vector<std::string> Server::Take(std::string_view message) {
  const Json json = Json::parse(message, nullptr, false);
  if (json.is_discarded())
    return {Written(Failure(nullptr, kParseError, "a line is not valid JSON"))};
  std::vector<std::string> replies;
  if (json.is_array()) {
    const Json answers = AnswerBatch(json);
    if (!answers.empty()) replies.push_back(Written(answers));
  } else if (const auto answer = Answer(json, false)) {
    replies.push_back(Written(*answer));
  }
  if (listed_ && *listed_ != Offered()) {
    listed_ = Offered();
    replies.push_back(
        Written({{"jsonrpc", "2.0"}, {"method", "notifications/tools/list_changed"}}));
  }
  return replies;
}

std::string Server::RefuseLong() const {
  return Written(Failure(nullptr, kInvalidRequest,
                         "a message has at most " + std::to_string(kMostMessageBytes >> 20) +
                             " MiB; a recording is given as a path"));
}

}  // namespace euphone::mcp
