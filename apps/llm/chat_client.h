#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "llm/chat.h"
#include "llm/endpoint.h"
#include "llm/redact.h"

namespace euphone::llm {

struct LlmConfig {
  std::string base_url;  ///< As ParseEndpoint reads it.
  std::string model;
  std::string key = {};  ///< Sent as a bearer token; empty: none is.
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds first_token_timeout{120'000};  ///< A model may have to be loaded first.
  std::chrono::milliseconds between_tokens_timeout{30'000};
  std::chrono::milliseconds reply_timeout{600'000};
  std::chrono::milliseconds first_pause{
      500};  ///< Before the first retry; twice that before the next.
  std::chrono::milliseconds longest_pause{30'000};
  int retries = 2;
  std::size_t max_reply_bytes = std::size_t{1} << 20;
  std::int64_t token_budget = 200'000;  ///< Of all replies and what was sent for them; 0: no end.
  bool plain_http_anywhere = false;     ///< Without TLS also to addresses that are not private.
};

/// Takes the text of a reply as it comes.
using OnText = std::function<void(std::string_view)>;

/// Asks one server that speaks OpenAI's chat completions. Each request has a connection of its own;
/// nothing is connected before Complete(). Thread: one at a time; a stop may come from any.
class ChatClient {
 public:
  /// Fails: kInvalidArgument for a URL or key that cannot be used, or without a model.
  static Result<ChatClient> Create(LlmConfig config, Redactor redactor = {});

  /// Sends `request`, in which learners' names are hidden, and waits for the reply, which has them
  /// again. Asks again after a refused connection, 429 and 5xx, unless text has come. A reply that
  /// broke off after its first text is a value with `cut`, one that was stopped with `cancelled`.
  /// Fails: kIo where nobody listens, nothing comes in time, or the server fails; kInvalidArgument
  /// for a key, model or request that it refuses; kCorrupt where what comes is no reply; kTooLarge;
  /// kUnsupported where the budget is spent, or plain HTTP would leave the private network.
  Result<ChatReply> Complete(const ChatRequest& request, const OnText& on_text = {},
                             std::stop_token stop = {});

  const LlmConfig& config() const { return config_; }
  void UseModel(std::string model) { config_.model = std::move(model); }

  /// By all replies so far; estimated by length where the server does not tell.
  std::int64_t tokens_used() const { return tokens_used_; }

 private:
  ChatClient(LlmConfig config, http::Endpoint endpoint, Redactor redactor)
      : config_(std::move(config)),
        endpoint_(std::move(endpoint)),
        redactor_(std::move(redactor)) {}

  LlmConfig config_;
  http::Endpoint endpoint_;
  Redactor redactor_;
  std::int64_t tokens_used_ = 0;
  bool usage_refused_ = false;  ///< The server does not know `stream_options`.
};

}  // namespace euphone::llm
