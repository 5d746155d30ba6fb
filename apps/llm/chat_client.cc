#include "llm/chat_client.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "http/printable.h"
#include "http/wait.h"
#include "llm/chat_json.h"
#include "llm/exchange.h"

namespace euphone::llm {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::int64_t kBytesPerToken = 4;  // As good a guess as any for English.

double MsSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

ChatRequest Hidden(ChatRequest request, const Redactor& redactor) {
  for (ChatMessage& message : request.messages) {
    message.content = redactor.Hide(message.content);
    for (ToolCall& call : message.tool_calls) call.arguments = redactor.Hide(call.arguments);
  }
  return request;
}

ChatReply Cancelled() {
  ChatReply reply;
  reply.cancelled = true;
  return reply;
}

}  // namespace

Result<ChatClient> ChatClient::Create(LlmConfig config, Redactor redactor) {
  auto endpoint = ParseEndpoint(config.base_url);
  if (!endpoint) return endpoint.error();
  if (config.model.empty() || config.model != http::OneLine(config.model, 200)) {
    return Error{Errc::kInvalidArgument, "no model is named for " + config.base_url +
                                             "; --llm-model takes one that the server lists"};
  }
  const auto outside = [](char c) { return c <= ' ' || c >= 0x7F; };
  if (std::any_of(config.key.begin(), config.key.end(), outside))
    return Error{Errc::kInvalidArgument,
                 "the key of the language model has blanks or other "
                 "characters that no key has"};
  return ChatClient(std::move(config), *std::move(endpoint), std::move(redactor));
}

Result<ChatReply> ChatClient::Complete(const ChatRequest& request, const OnText& on_text,
                                       std::stop_token stop) {
  if (config_.token_budget > 0 && tokens_used_ >= config_.token_budget) {
    return Error{Errc::kUnsupported, "this session has used " + std::to_string(tokens_used_) +
                                         " tokens, as many as it may; token_budget in llm.json "
                                         "allows more"};
  }
  const ChatRequest hidden = Hidden(request, redactor_);
  NameRestorer restorer(redactor_.self());
  std::string shown;
  const auto show = [&](const std::string& text) {
    shown += text;
    if (on_text && !text.empty()) on_text(text);
  };
  const Clock::time_point began = Clock::now();
  const Clock::time_point latest = began + config_.reply_timeout;
  milliseconds pause = config_.first_pause;
  for (int tries_left = config_.retries;;) {
    auto body = RequestBody(hidden, config_.model, !usage_refused_);
    if (!body) return body.error();
    auto outcome = Exchange(config_, endpoint_, *body,
                            [&](std::string_view text) { show(restorer.Push(text)); },
                            {.until = latest, .stop = stop});
    if (outcome.reply) {
      ChatReply& reply = *outcome.reply;
      show(restorer.Finish());
      reply.text = std::move(shown);
      for (ToolCall& call : reply.tool_calls) {
        NameRestorer names(redactor_.self());
        call.arguments = names.Push(call.arguments) + names.Finish();
      }
      reply.total_ms = MsSince(began);
      const auto estimate =
          static_cast<std::int64_t>(body->size() + reply.text.size()) / kBytesPerToken;
      tokens_used_ +=
          reply.usage ? reply.usage->prompt_tokens + reply.usage->completion_tokens : estimate;
      return std::move(reply);
    }
    if (stop.stop_requested()) return Cancelled();
    if (outcome.usage_refused && !std::exchange(usage_refused_, true)) continue;
    if (!outcome.again || tries_left-- == 0) return outcome.error;
    const milliseconds wait = std::max(pause, outcome.retry_after);
    if (wait > config_.longest_pause || Clock::now() + wait >= latest) {
      outcome.error.message +=
          "; it asks to wait for " + std::to_string(wait.count() / 1000) + " s";
      return outcome.error;
    }
    if (!http::Pause(wait, stop)) return Cancelled();
    pause *= 2;
  }
}

}  // namespace euphone::llm
