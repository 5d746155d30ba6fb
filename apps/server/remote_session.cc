#include "server/remote_session.h"

#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include "live/event_json.h"
#include "server/take_keeper.h"

namespace euphone::server {
namespace {

using SessionJson = nlohmann::ordered_json;

/// Kept for a client that comes back: minutes of events, for each result has some 50 kB.
constexpr std::size_t kMostLog = std::size_t{8} << 20;

}  // namespace

RemoteSession::RemoteSession(Context& context, std::string id, LiveOrder order)
    : context_(context),
      id_(std::move(id)),
      order_(std::move(order)),
      input_(order_.rate),
      log_(kMostLog),
      thread_([this] { Run(); }) {}

RemoteSession::~RemoteSession() {
  Hush();
  End();
  thread_.join();
}

void RemoteSession::Leave() {
  left_ = true;
  End();
}

void RemoteSession::Run() {
  const auto lesson = context_.config.hold_lesson ? context_.config.hold_lesson() : nullptr;
  const auto judge = context_.judges.Latest();
  LiveConfig config = judge->live_config;
  if (order_.hands_free) config.commands = HandsFreeConfig{};
  LiveRunner::Ears ears;
  ears.event = [this](const Event& event) { TellEvent(event); };
  ears.take = [this](const FinishedTake& take) { take_ = take.pcm; };
  RunnerConfig settings{.reproducible = order_.reproducible, .gate = &context_.gate};
  if (Keeps(context_, order_.learner))
    settings.learner = [this] { return RecordOf(context_, order_.learner); };
  auto runner = LiveRunner::Start(judge->live, config, *judge->analyzer, order_.text, input_,
                                  std::move(ears), settings);
  if (runner) {
    (*runner)->Wait([this] {
      input_.Flush();
      KeepSettled();
      return false;
    });
    (*runner)->Stop();
    KeepSettled();
  } else {
    const std::lock_guard lock(mutex_);
    failure_ = runner.error();
  }
  over_ = true;
  Wake();
}

Status RemoteSession::Hear(std::string_view bytes) {
  if (!sound_) {
    auto opened = SoundMessages::Open(order_.format, order_.rate);
    if (!opened) return opened.error();
    sound_ = *std::move(opened);
  }
  const auto samples = sound_->Read(bytes);
  if (!samples) return samples.error();
  input_.Give(*samples);
  return {};
}

void RemoteSession::TellEvent(const Event& event) {
  if (const auto* finished = std::get_if<SentenceFinished>(&event.kind); finished != nullptr) {
    if (finished->settled)
      Settle(*finished);
    else
      told_ = {finished->sentence, finished->take};
  }
  if (std::holds_alternative<Overrun>(event.kind)) CountOverrun();
  std::string json = WriteEvent(event, context_.parts.phones());
  while (json.ends_with('\n')) json.pop_back();
  Tell("event", "\"event\":" + json);
}

void RemoteSession::Tell(std::string_view type, std::string_view members) {
  {
    const std::lock_guard lock(mutex_);
    log_.Add(type, members);
  }
  Wake();
}

void RemoteSession::CountOverrun() {
  context_.metrics.CountOverruns(1);
  if (const auto& telemetry = context_.config.telemetry; telemetry != nullptr)
    telemetry->CountXruns(1);
}

void RemoteSession::Settle(const SentenceFinished& finished) {
  Settled settled{.pcm = std::move(take_),
                  .analysis = finished.analysis,
                  .sentence = finished.sentence,
                  .take = finished.take};
  take_.clear();
  context_.metrics.CountTake(SecondsIn(finished.span.end - finished.span.begin, kRecordingRate),
                             true);
  if (const auto& telemetry = context_.config.telemetry;
      telemetry != nullptr && finished.analysis) {
    const double seconds = finished.pass_ms.value_or(0.0) / 1000.0;
    telemetry->Judged({*finished.analysis, seconds, seconds});
  }
  const bool was_told = told_ == std::pair{finished.sentence, finished.take};
  if (!settled.analysis || (left_ && !was_told) || !Keeps(context_, order_.learner)) return;
  const std::lock_guard lock(mutex_);
  settled_.push_back(std::move(settled));
}

void RemoteSession::KeepSettled() {
  std::vector<Settled> settled;
  {
    const std::lock_guard lock(mutex_);
    settled.swap(settled_);
  }
  for (const Settled& each : settled) {
    const auto kept = KeepTake(context_, {.learner = order_.learner,
                                          .lesson = order_.lesson,
                                          .item = order_.item,
                                          .pcm = each.pcm,
                                          .analysis = *each.analysis});
    SessionJson members{{"sentence", each.sentence}, {"number", each.take}};
    if (kept)
      members["take"] = *kept;
    else
      members["message"] = kept.error().message;
    const std::string json = members.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    Tell(kept ? "kept" : "not_kept", std::string_view(json).substr(1, json.size() - 2));
  }
}

std::optional<Error> RemoteSession::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

RemoteSession::Told RemoteSession::Find(std::uint64_t number) const {
  const std::lock_guard lock(mutex_);
  const std::string* const message = log_.Find(number);
  if (message != nullptr) return {.message = *message};
  return {.message = std::nullopt, .forgotten = number < log_.first()};
}

std::uint64_t RemoteSession::last_number() const {
  const std::lock_guard lock(mutex_);
  return log_.last();
}

std::uint64_t RemoteSession::first_number() const {
  const std::lock_guard lock(mutex_);
  return log_.first();
}

void RemoteSession::OnNews(const void* listener, std::function<void()> wake) {
  const std::lock_guard lock(wake_mutex_);
  if (wake)
    wakes_[listener] = std::move(wake);
  else
    wakes_.erase(listener);
}

void RemoteSession::Hush() {
  const std::lock_guard lock(wake_mutex_);
  wakes_.clear();
}

void RemoteSession::Wake() const {
  const std::lock_guard lock(wake_mutex_);
  for (const auto& [listener, wake] : wakes_) wake();
}

}  // namespace euphone::server
