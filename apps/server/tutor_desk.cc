#include "server/tutor_desk.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "llm/compose.h"
#include "store/clock.h"
#include "store/days.h"
#include "tutor/ask.h"
#include "tutor/own_record.h"

namespace euphone::server {
namespace {

/// Who waits for a page wants to know.
constexpr std::chrono::milliseconds kLongestReply{120'000};

}  // namespace

Result<std::shared_ptr<const SearchParts>> TutorDesk::Open() {
  if (parts_) return parts_;
  if (!open_) return Error{Errc::kUnsupported, "the tutor knows nothing of this language"};
  auto opened = open_();
  if (opened) parts_ = *opened;
  return opened;
}

Result<TutorReply> TutorDesk::Ask(const std::string& question, bool compose) {
  std::unique_lock lock(mutex_);
  const auto parts = Open();
  if (!parts) return parts.error();
  if (!search_) {
    auto index = OpenSharedIndex(**parts, lessons_);
    if (!index) return index.error();
    shared_ = *std::move(index);
    auto search = Search::Open(*parts, *shared_);
    if (!search) return search.error();
    search_ = *std::move(search);
  }
  auto reply = AskTutor(*search_, question);
  lock.unlock();
  if (reply && compose) Compose(*reply, *(*parts)->lexicon, {}, "");
  return reply;
}

Result<TutorReply> TutorDesk::Ask(const std::string& question, bool compose, Store& store,
                                  const Learner& learner) {
  std::unique_lock lock(mutex_);
  const auto parts = Open();
  lock.unlock();
  if (!parts) return parts.error();
  if (auto status = UpdateIndex(**parts, lessons_, store); !status) return status.error();
  const auto search = Search::Open(*parts, store.database(), learner.id);
  if (!search) return search.error();
  auto reply = AskTutor(*search, question);
  if (!reply) return reply;
  auto record = RecordFor(reply->found.reading, store, learner.id, search->phones(),
                          DayOf(NowMs() + UtcOffsetMs()));
  if (!record) return record.error();
  reply->record = *std::move(record);
  if (!compose) return reply;
  auto names = LearnerNames(store);
  if (!names) return names.error();
  Compose(*reply, *(*parts)->lexicon, *std::move(names), learner.name);
  return reply;
}

void TutorDesk::Compose(TutorReply& reply, const Lexicon& lexicon, std::vector<std::string> names,
                        const std::string& learner) {
  if (!llm_ || stop_.stop_requested()) return;
  const std::unique_lock lock(composing_, std::try_to_lock);
  if (!lock.owns_lock()) {
    reply.rejected = "the language model is answering somebody else";
    return;
  }
  llm::LlmConfig config = llm_->config;
  config.reply_timeout = std::min(config.reply_timeout, kLongestReply);
  if (config.token_budget > 0 && tokens_used_ >= config.token_budget) {
    reply.rejected = "the language model's budget is spent";
    return;
  }
  if (config.token_budget > 0) config.token_budget -= tokens_used_;
  llm::Redactor redactor;
  if (llm_->redact) redactor = llm::Redactor(std::move(names), learner);
  auto client = llm::ChatClient::Create(std::move(config), std::move(redactor));
  if (!client) {
    reply.rejected = client.error().message;
    return;
  }
  llm::ComposeInto(reply, *client, lexicon, {}, learner, stop_.get_token());
  tokens_used_ += client->tokens_used();
}

}  // namespace euphone::server
