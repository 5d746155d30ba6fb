#include "assembly/fed_session.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "live/event_json.h"

namespace euphone {

FedSession::FedSession(LiveParts parts, std::shared_ptr<const Analyzer> analyzer, SampleRate rate)
    : analyzer_(std::move(analyzer)), lexicon_(std::move(parts.lexicon)), input_(rate) {}

Result<std::unique_ptr<FedSession>> FedSession::Start(LiveParts parts, const LiveConfig& config,
                                                      std::shared_ptr<const Analyzer> analyzer,
                                                      std::string_view text,
                                                      const Settings& settings) {
  std::unique_ptr<FedSession> session(new FedSession(parts, std::move(analyzer), settings.rate));
  FedSession* const self = session.get();
  LiveRunner::Ears ears;
  ears.event = [self](const Event& event) {
    std::string line = WriteEvent(event, self->lexicon_->pack().phones);
    if (!line.empty() && line.back() == '\n') line.pop_back();
    const std::lock_guard lock(self->mutex_);
    self->events_.push_back(std::move(line));
    self->over_ = std::holds_alternative<Stopped>(event.kind);
    self->told_.notify_all();
  };
  auto runner = LiveRunner::Start(std::move(parts), config, *self->analyzer_, text, self->input_,
                                  std::move(ears), {.reproducible = settings.reproducible});
  if (!runner) return runner.error();
  self->runner_ = *std::move(runner);
  return session;
}

FedSession::~FedSession() = default;

Status FedSession::Push(PcmView samples) {
  if (finished_) return Error{Errc::kInvalidArgument, "this session was finished already"};
  finite_.assign(samples.begin(), samples.end());
  for (float& sample : finite_) {
    if (!std::isfinite(sample)) sample = 0.0F;
  }
  input_.Give(finite_);
  return {};
}

std::optional<std::string> FedSession::Next(std::chrono::milliseconds wait) {
  constexpr std::chrono::milliseconds kFlushEvery{20};
  const auto until = std::chrono::steady_clock::now() + wait;
  for (;;) {
    input_.Flush();
    std::unique_lock lock(mutex_);
    if (!events_.empty()) {
      std::string line = std::move(events_.front());
      events_.pop_front();
      return line;
    }
    const auto now = std::chrono::steady_clock::now();
    if (over_ || now >= until) return std::nullopt;
    told_.wait_until(lock, std::min(until, now + kFlushEvery));
  }
}

void FedSession::Finish() {
  if (std::exchange(finished_, true)) return;
  input_.End();
  runner_->Wait([this] {
    input_.Flush();
    return false;
  });
  runner_->Stop();
}

}  // namespace euphone
