#include "live/live_runner.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "audio/audio_reader.h"

namespace euphone {
namespace {

using Clock = std::chrono::steady_clock;

/// How often the ring is looked into. The device's thread may wake nobody.
constexpr std::chrono::milliseconds kLook{10};
/// How often Wait() looks whether it is to end.
constexpr std::chrono::milliseconds kLookForStop{50};
/// Heard at a time, so that an end is noticed in time however much is waiting.
constexpr std::size_t kPiece = 4096;

std::int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch())
      .count();
}

}  // namespace

Result<std::unique_ptr<LiveRunner>> LiveRunner::Start(LiveParts parts, const LiveConfig& config,
                                                      const Analyzer& analyzer,
                                                      std::string_view text, AudioInput& input,
                                                      Ears ears, const RunnerConfig& runner) {
  auto resampler = Resampler::Create(input.rate(), kRecordingRate);
  if (!resampler) return resampler.error();
  std::unique_ptr<LiveRunner> self(new LiveRunner(analyzer, input, std::move(ears), runner));
  self->resampler_ = std::make_unique<Resampler>(*std::move(resampler));
  auto session = LiveSession::Start(std::move(parts), config, text, *self);
  if (!session) return session.error();
  self->session_ = std::make_unique<LiveSession>(*std::move(session));
  if (auto status = input.Start(*self); !status) return status.error();
  LiveRunner* const runs = self.get();
  self->listener_ = std::thread([runs] { runs->Listen(); });
  if (!runner.reproducible) self->finisher_ = std::thread([runs] { runs->FinishTakes(); });
  return self;
}

LiveRunner::LiveRunner(const Analyzer& analyzer, AudioInput& input, Ears ears,
                       const RunnerConfig& config)
    : analyzer_(analyzer),
      input_(input),
      ears_(std::move(ears)),
      config_(config),
      ring_(static_cast<std::size_t>(config.ring_seconds * input.rate().hz)),
      raw_(kPiece) {}

LiveRunner::~LiveRunner() { Stop(); }

void LiveRunner::OnAudio(PcmView samples) noexcept {
  if (started_ns_.load(std::memory_order_relaxed) == 0) {
    const auto length =
        static_cast<std::int64_t>(SecondsIn(std::ssize(samples), input_.rate()) * 1e9);
    started_ns_.store(NowNs() - length, std::memory_order_relaxed);
  }
  ring_.Push(samples);
}

void LiveRunner::OnOverrun() noexcept { overruns_.fetch_add(1, std::memory_order_relaxed); }

double LiveRunner::Wall() const {
  const std::int64_t started = started_ns_.load(std::memory_order_relaxed);
  return started == 0 ? 0.0 : static_cast<double>(NowNs() - started) / 1e9;
}

void LiveRunner::OnEvent(Event event) { Tell(std::move(event)); }

void LiveRunner::Tell(Event event) {
  const std::lock_guard lock(telling_);
  if (!config_.reproducible) event.wall_s = Wall();
  ears_.event(event);
}

void LiveRunner::OnTake(FinishedTake take) {
  if (config_.reproducible)
    Pass(take);
  else
    Enqueue(std::move(take), false);
}

void LiveRunner::OnTakeAhead(FinishedTake take) {
  if (!config_.reproducible) Enqueue(std::move(take), true);
}

void LiveRunner::Enqueue(FinishedTake take, bool ahead) {
  const std::lock_guard lock(mutex_);
  // What has not begun and is of the same take is replaced by what is newer.
  std::erase_if(takes_, [&](const DueTake& waiting) {
    return waiting.take.finished.sentence == take.finished.sentence &&
           waiting.take.finished.take == take.finished.take;
  });
  takes_.push_back({std::move(take), ahead});
  changed_.notify_all();
}

/// What was judged last is kept: it may be asked for again, or judged before it is asked for.
const JudgedTake& LiveRunner::Judge(const FinishedTake& take) {
  const SentenceFinished& wanted = take.finished;
  if (!judged_ || judged_->span != wanted.span || judged_->sentence != wanted.sentence) {
    judged_.reset();
    if (!learner_) learner_ = config_.learner ? config_.learner() : LearnerRecord();
    std::optional<PassGate::Turn> turn;
    if (config_.gate != nullptr) turn.emplace(config_.gate->Enter());
    judged_ = {wanted.sentence, wanted.span,
               JudgeTake(analyzer_, session_->text(), take, *learner_)};
  }
  return judged_->judged;
}

void LiveRunner::Pass(const FinishedTake& take) {
  const JudgedTake& judged = Judge(take);
  if (ears_.take && take.finished.settled) {
    const std::lock_guard lock(telling_);
    ears_.take(take);
  }
  if (config_.learner && take.finished.settled && judged.analysis)
    Remember(**judged.analysis, *learner_);
  SentenceFinished sentence = take.finished;
  sentence.pass_ms = judged.pass_ms;
  TellTake(std::move(sentence), judged, [&](EventKind kind) {
    auto* const finished = std::get_if<SentenceFinished>(&kind);
    if (finished != nullptr && config_.reproducible) finished->pass_ms.reset();
    Tell({.at = take.at, .kind = std::move(kind)});
  });
}

void LiveRunner::FinishTakes() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return takes_ended_ || !takes_.empty(); });
    if (takes_ended_) std::erase_if(takes_, [](const DueTake& waiting) { return waiting.ahead; });
    if (takes_.empty()) return;
    const DueTake due = std::move(takes_.front());
    takes_.pop_front();
    lock.unlock();
    if (due.ahead)
      Judge(due.take);
    else
      Pass(due.take);
  }
}

void LiveRunner::Listen() {
  for (bool last = false; !last;) {
    {
      std::unique_lock lock(mutex_);
      const bool ending = input_.state() != InputState::kRunning;
      if (ring_.size() == 0 && !stopping_ && !ending)
        changed_.wait_for(lock, kLook, [this] { return stopping_; });
      // Asked before the ring is emptied: what came before the end is heard.
      last = stopping_ || input_.state() != InputState::kRunning;
    }
    if (!HearWhatIsThere()) break;
  }
  EndSession();
  const std::lock_guard lock(mutex_);
  takes_ended_ = true;
  over_ = true;
  changed_.notify_all();
}

/// What is left, unless the session has failed.
void LiveRunner::EndSession() {
  if (failed_) return;
  if (input_.state() == InputState::kLost)
    Fail({Errc::kIo, "the microphone has gone away; plug it in and start again"});
  resampled_.clear();
  if (auto status = resampler_->Finish(resampled_); !status) {
    Fail(status.error());
  } else if (auto pushed = session_->Push(resampled_); !pushed) {
    Fail(pushed.error());
  }
  if (auto status = session_->Finish(); !status) Fail(status.error());
}

/// False where the session has failed.
bool LiveRunner::HearWhatIsThere() {
  while (const std::size_t count = ring_.Pop(raw_)) {
    TellTrouble();
    resampled_.clear();
    Status status = resampler_->Push(PcmView(raw_).first(count), resampled_);
    if (status) status = session_->Push(resampled_);
    if (status) continue;
    Fail(status.error());
    failed_ = true;
    return false;
  }
  TellTrouble();
  return true;
}

void LiveRunner::TellTrouble() {
  const std::int64_t lost = ring_.lost();
  const std::int64_t overruns = overruns_.load(std::memory_order_relaxed);
  if (lost != told_lost_ || overruns != told_overruns_) {
    ++gaps_;
    Tell({.at = session_->samples(),
          .kind = Overrun{.samples = (lost - told_lost_) * kRecordingRate.hz / input_.rate().hz,
                          .total = gaps_}});
    told_lost_ = lost;
    told_overruns_ = overruns;
  }
  const double behind = SecondsIn(static_cast<std::int64_t>(ring_.size()), input_.rate());
  const bool late = behind > config_.late_seconds && !config_.reproducible;
  if (late && !late_) {
    Tell({.at = session_->samples(),
          .kind = Late{static_cast<std::int64_t>(behind * kRecordingRate.hz)}});
  }
  late_ = late;
}

void LiveRunner::Fail(const Error& error) {
  Tell({.at = session_->samples(), .kind = Failed{error, true}});
}

void LiveRunner::Wait(const std::function<bool()>& stop) {
  std::unique_lock lock(mutex_);
  while (!over_ && !stop()) changed_.wait_for(lock, kLookForStop, [this] { return over_; });
}

void LiveRunner::Stop() {
  input_.Stop();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  const bool first = listener_.joinable();
  if (listener_.joinable()) listener_.join();
  if (finisher_.joinable()) finisher_.join();
  if (!first) return;
  Tell({.at = session_->samples(),
        .kind = Stopped{.samples = session_->samples(),
                        .lost = told_lost_ * kRecordingRate.hz / input_.rate().hz}});
}

}  // namespace euphone
