#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/wait.h"
#include "llm/chat.h"
#include "llm/chat_client.h"
#include "llm/endpoint.h"

namespace euphone::llm {

/// What became of one request.
struct Outcome {
  std::optional<ChatReply> reply = std::nullopt;  ///< Set: also where it is not whole.
  Error error{Errc::kInternal, ""};               ///< Where there is no reply.
  bool again = false;                             ///< It may go better the next time.
  bool usage_refused = false;                     ///< The server does not know `stream_options`.
  std::chrono::milliseconds retry_after{0};       ///< As the server asks.
};

/// Sends `body` once, and gives the text of the reply to `on_text` as it comes.
Outcome Exchange(const LlmConfig& config, const http::Endpoint& endpoint, const std::string& body,
                 const std::function<void(std::string_view)>& on_text, const http::Wait& wait);

}  // namespace euphone::llm
