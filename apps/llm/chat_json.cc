#include "llm/chat_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "http/printable.h"

namespace euphone::llm {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestWhy = 160;

const char* NameOf(Role role) {
  switch (role) {
    case Role::kSystem:
      return "system";
    case Role::kUser:
      return "user";
    case Role::kAssistant:
      return "assistant";
    case Role::kTool:
      return "tool";
  }
  return "";
}

Json JsonOf(const ChatMessage& message) {
  Json json = {{"role", NameOf(message.role)}, {"content", message.content}};
  for (const ToolCall& call : message.tool_calls) {
    json["tool_calls"].push_back(
        {{"id", call.id},
         {"type", "function"},
         {"function", {{"name", call.name}, {"arguments", call.arguments}}}});
  }
  if (message.role == Role::kTool) json["tool_call_id"] = message.tool_call_id;
  return json;
}

Result<Json> SchemaOf(const std::string& text, const std::string& whose) {
  Json schema = Json::parse(text, nullptr, false);
  if (schema.is_object()) return schema;
  return Error{Errc::kInvalidArgument, whose + ": its schema is no JSON object"};
}

/// The member of an object; null where there is none.
const Json* Find(const Json* object, const char* name) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto found = object->find(name);
  return found == object->end() || found->is_null() ? nullptr : &*found;
}

std::string TextOf(const Json* json) {
  return json != nullptr && json->is_string() ? json->get<std::string>() : "";
}

std::int64_t NumberOf(const Json* json) {
  return json != nullptr && json->is_number_integer() ? json->get<std::int64_t>() : 0;
}

/// What an object that tells of an error says: as OpenAI, llama.cpp, Ollama and FastChat write it.
std::string ErrorOf(const Json& json) {
  if (const Json* error = Find(&json, "error")) {
    if (error->is_string()) return error->get<std::string>();
    std::string message = TextOf(Find(error, "message"));
    if (message.empty()) message = TextOf(Find(error, "code"));
    return message.empty() ? "it gave no reason" : message;
  }
  if (NumberOf(Find(&json, "error_code")) != 0) return TextOf(Find(&json, "text"));
  if (TextOf(Find(&json, "object")) == "error") return TextOf(Find(&json, "message"));
  return "";
}

}  // namespace

Result<std::string> RequestBody(const ChatRequest& request, const std::string& model,
                                bool ask_usage) {
  Json body = {{"model", model}, {"messages", Json::array()}, {"stream", true}};
  for (const ChatMessage& message : request.messages) body["messages"].push_back(JsonOf(message));
  if (ask_usage) body["stream_options"] = {{"include_usage", true}};
  for (const ToolOffer& tool : request.tools) {
    auto schema = SchemaOf(tool.parameters, tool.name);
    if (!schema) return schema.error();
    body["tools"].push_back({{"type", "function"},
                             {"function",
                              {{"name", tool.name},
                               {"description", tool.description},
                               {"parameters", *std::move(schema)}}}});
  }
  if (!request.response_schema.empty()) {
    auto schema = SchemaOf(request.response_schema, "the reply");
    if (!schema) return schema.error();
    body["response_format"] = {
        {"type", "json_schema"},
        {"json_schema", {{"name", "reply"}, {"strict", true}, {"schema", *std::move(schema)}}}};
  }
  if (request.temperature) body["temperature"] = *request.temperature;
  if (request.top_p) body["top_p"] = *request.top_p;
  if (request.max_tokens) body["max_tokens"] = *request.max_tokens;
  if (request.seed) body["seed"] = *request.seed;
  if (!request.stop.empty()) body["stop"] = request.stop;
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string ErrorText(std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  const Json* const detail = Find(&json, "detail");  // Of FastAPI.
  std::string why = ErrorOf(detail != nullptr && detail->is_object() ? *detail : json);
  if (why.empty()) why = TextOf(Find(&json, "message"));
  if (why.empty()) why = TextOf(detail);
  return http::OneLine(why.empty() ? body : why, kLongestWhy);
}

Result<std::string> ReplyBuilder::AddChunk(std::string_view json) { return Add(json, "delta"); }

Result<std::string> ReplyBuilder::AddWhole(std::string_view json) {
  auto text = Add(json, "message");
  if (text && reply_.finish_reason.empty()) reply_.finish_reason = "stop";
  return text;
}

Result<std::string> ReplyBuilder::Add(std::string_view text, const char* member) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object())
    return Error{Errc::kCorrupt, "'" + http::OneLine(text, 40) + "' is no reply of a chat server"};
  if (const std::string why = ErrorOf(json); !why.empty())
    return Error{Errc::kIo, "the server broke off: " + http::OneLine(why, kLongestWhy)};
  if (const Json* usage = Find(&json, "usage"); usage != nullptr && usage->is_object()) {
    reply_.usage = ChatUsage{.prompt_tokens = NumberOf(Find(usage, "prompt_tokens")),
                             .completion_tokens = NumberOf(Find(usage, "completion_tokens"))};
  }
  const Json* choices = Find(&json, "choices");
  if (choices == nullptr || !choices->is_array())
    return Error{Errc::kCorrupt, "'" + http::OneLine(text, 40) + "' is no reply of a chat server"};
  if (choices->empty()) return std::string();  // It counts tokens.
  const Json& choice = choices->front();
  if (const std::string why = TextOf(Find(&choice, "finish_reason")); !why.empty())
    reply_.finish_reason = http::OneLine(why, 40);
  const Json* const delta = Find(&choice, member);
  std::string added = TextOf(Find(delta, "content"));
  thinks_ =
      thinks_ || Find(delta, "reasoning_content") != nullptr || Find(delta, "reasoning") != nullptr;
  bytes_ += added.size();
  const Json* const calls = Find(delta, "tool_calls");
  for (std::size_t i = 0; calls != nullptr && calls->is_array() && i < calls->size(); ++i) {
    const Json& part = (*calls)[i];
    const Json* const index = Find(&part, "index");
    ToolCall& call = calls_[index != nullptr ? NumberOf(index) : std::ssize(calls_)];
    const Json* const function = Find(&part, "function");
    const Json* const arguments = Find(function, "arguments");
    const std::string id = TextOf(Find(&part, "id")), name = TextOf(Find(function, "name"));
    if (!id.empty()) call.id = id;
    if (!name.empty()) call.name = name;
    const std::string more =
        arguments != nullptr && arguments->is_object() ? arguments->dump() : TextOf(arguments);
    call.arguments += more;
    bytes_ += id.size() + name.size() + more.size() + sizeof(ToolCall);
  }
  if (bytes_ > most_bytes_) {
    return Error{Errc::kTooLarge, "the reply has more than " + std::to_string(most_bytes_) +
                                      " bytes, which is more than is taken"};
  }
  reply_.text += added;
  return added;
}

ChatReply ReplyBuilder::Take(bool whole) {
  if (whole) {
    for (auto& [index, call] : calls_) {
      if (call.id.empty()) call.id = "call_" + std::to_string(index);
      reply_.tool_calls.push_back(std::move(call));
    }
  }
  return std::move(reply_);
}

}  // namespace euphone::llm
