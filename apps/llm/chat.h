#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

/// What is said to a language model and what it answers: text, and nothing else. A recording has no
/// place here.
namespace euphone::llm {

/// The model wants this function called.
struct ToolCall {
  std::string id;
  std::string name;
  std::string arguments;  ///< As the model wrote them: JSON, if it kept to that.
};

enum class Role { kSystem, kUser, kAssistant, kTool };

struct ChatMessage {
  Role role = Role::kUser;
  std::string content;
  std::vector<ToolCall> tool_calls = {};  ///< Of the assistant.
  std::string tool_call_id = {};          ///< Of a tool's answer.
};

/// A function that the model may ask for.
struct ToolOffer {
  std::string name;
  std::string description;
  std::string parameters;  ///< A JSON schema of an object.
};

struct ChatRequest {
  std::vector<ChatMessage> messages;
  std::vector<ToolOffer> tools = {};
  std::string response_schema = {};  ///< A JSON schema that the reply is to follow; empty: text.
  std::optional<double> temperature = std::nullopt,
                        top_p = std::nullopt;  ///< Absent: the server's.
  std::optional<int> max_tokens = std::nullopt;
  std::optional<std::int64_t> seed = std::nullopt;
  std::vector<std::string> stop = {};
};

struct ChatUsage {
  std::int64_t prompt_tokens = 0, completion_tokens = 0;
};

struct ChatReply {
  std::string text;
  std::vector<ToolCall> tool_calls;  ///< None where the reply is not whole.
  std::string finish_reason;         ///< "stop", "length", "tool_calls", …; empty: none was told.
  std::optional<ChatUsage> usage;    ///< Absent: the server told none.
  double first_token_ms = 0.0;       ///< From the request to the first text or tool call.
  double total_ms = 0.0;
  bool cancelled = false;    ///< Stopped by who asked; `text` is what had come.
  std::optional<Error> cut;  ///< Why `text` is not the whole reply.
};

}  // namespace euphone::llm
