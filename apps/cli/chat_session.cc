#include "chat_session.h"

#include <utility>

#include "http/printable.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kMostCalls = 8;  // Of one round.

}  // namespace

Result<ChatTurn> ChatSession::Ask(const std::string& text, const llm::OnText& on_text,
                                  std::stop_token stop) {
  talk.Say(text);
  auto turn = Rounds(on_text, stop);
  if (turn && !turn->reply.text.empty())
    talk.Answer(turn->reply.text);
  else
    talk.TakeBack();
  return turn;
}

Result<ChatTurn> ChatSession::Rounds(const llm::OnText& on_text, const std::stop_token& stop) {
  llm::ChatRequest request = talk.Request();
  ChatTurn turn;
  llm::ChatReply& all = turn.reply;
  for (int round = 0;; ++round) {
    request.tools =
        use_tools && round < kMostToolRounds ? tools.offers() : std::vector<llm::ToolOffer>();
    auto reply = client.Complete(request, on_text, stop);
    if (!reply && all.text.empty()) return reply.error();
    if (!reply) {
      all.cut = reply.error();
      return turn;
    }
    if (round == 0) all.first_token_ms = reply->first_token_ms;
    all.total_ms += reply->total_ms;
    all.text += reply->text;
    all.finish_reason = reply->finish_reason;
    all.cancelled = reply->cancelled;
    all.cut = reply->cut;
    if (reply->usage) {
      if (!all.usage) all.usage.emplace();
      all.usage->prompt_tokens += reply->usage->prompt_tokens;
      all.usage->completion_tokens += reply->usage->completion_tokens;
    }
    std::vector<llm::ToolCall>& calls = reply->tool_calls;
    if (calls.empty() || request.tools.empty()) return turn;
    if (calls.size() > kMostCalls) calls.resize(kMostCalls);
    request.messages.push_back(
        {.role = llm::Role::kAssistant, .content = reply->text, .tool_calls = calls});
    for (const llm::ToolCall& call : calls) {
      if (stop.stop_requested()) {
        all.cancelled = true;
        return turn;
      }
      turn.tools.push_back(http::OneLine(call.name, 40));
      request.messages.push_back(
          {.role = llm::Role::kTool, .content = tools.Run(call), .tool_call_id = call.id});
    }
  }
}

}  // namespace euphone::cli
