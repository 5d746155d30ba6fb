#include "live_worker.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "allocator.h"
#include "audio/audio_reader.h"
#include "audio/time_stretch.h"
#include "devices/loudspeaker.h"
#include "reference/flite_voice.h"
#include "reference/lesson_reference.h"

namespace euphone::cli {
namespace {

constexpr std::chrono::milliseconds kPlayingLook{20};
/// Of slow playing.
constexpr double kSlowly = 0.6;
/// Around a word that is played by itself, so that nothing of it is cut off: 60 ms.
constexpr std::int64_t kAround = 960;

}  // namespace

LiveWorker::LiveWorker(LiveStage& stage, const LiveOptions& options)
    : stage_(stage), loudspeaker_(options.loudspeaker), voice_name_(options.voice) {
  // Signals are the screen's: threads that are begun from here on inherit this.
  sigset_t all, before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { Run(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

LiveWorker::~LiveWorker() {
  orders_.Close();
  thread_.join();
}

void LiveWorker::Run() {
  for (;;) {
    if (runner_) {
      runner_->Wait([this] { return orders_.ready(); });
      if (!orders_.ready()) {  // The input has ended.
        EndSession();
        continue;
      }
    }
    const auto order = orders_.Pop();
    if (!order) break;
    std::visit([this](const auto& o) { Do(o); }, *order);
  }
  EndSession();
}

void LiveWorker::EndSession() {
  if (!runner_) return;
  runner_->Stop();
  runner_.reset();
}

void LiveWorker::Do(const StartOrder& order) {
  EndSession();
  now_ = order;
  Listen();
}

void LiveWorker::Do(const StopOrder&) {
  EndSession();
  Tell(LiveState::kStopped);
}

void LiveWorker::Listen() {
  const StartOrder now = now_;
  const auto complain = [this, now](const Status& status) {
    if (!status) news_.Push({now.session, status.error().message});
  };
  LiveRunner::Ears ears;
  ears.event = [this, now, complain](const Event& event) {
    const auto* finished = std::get_if<SentenceFinished>(&event.kind);
    // Told first: to keep it waits for the disk.
    news_.Push({now.session, event});
    stage_.Count(event);
    if (finished != nullptr) complain(stage_.Keep(now.item, *finished));
    if (finished != nullptr && finished->settled) HandBackFreedMemory();
  };
  ears.take = [this, now, complain](const FinishedTake& take) {
    complain(stage_.Keep(now.item, take));
    Keep(now.item, take);
  };
  auto runner = LiveRunner::Start(stage_.parts, stage_.config, stage_.engine.analyzer,
                                  stage_.plan.items[now.item].text, stage_.inputs.For(now.item),
                                  std::move(ears), {.learner = stage_.Learner()});
  if (runner)
    runner_ = *std::move(runner);
  else
    Tell(Event{.at = 0, .kind = Failed{runner.error(), true}});
}

void LiveWorker::Keep(std::size_t item, const FinishedTake& take) {
  const std::lock_guard lock(takes_mutex_);
  takes_[{item, take.finished.sentence}] = take.pcm;
}

void LiveWorker::Play(PcmView samples, SampleRate rate) {
  auto loudspeaker = Loudspeaker::Open(loudspeaker_);
  if (!loudspeaker) return Tell(loudspeaker.error().message);
  const bool listened = runner_ != nullptr;
  EndSession();
  Tell(LiveState::kPlaying);
  if (auto status = loudspeaker->Play(samples, rate); !status) Tell(status.error().message);
  while (loudspeaker->state() == OutputState::kPlaying && !orders_.ready())
    std::this_thread::sleep_for(kPlayingLook);
  loudspeaker->Stop();
  if (listened && !orders_.ready())
    Listen();
  else
    Tell(LiveState::kStopped);
}

void LiveWorker::Do(const OwnOrder& order) {
  // What is being said is part of the take that is played.
  const bool listened = runner_ != nullptr;
  std::vector<float> samples;
  {
    const std::lock_guard lock(takes_mutex_);
    const auto take = takes_.find({now_.item, order.sentence});
    if (take != takes_.end()) samples = take->second;
  }
  if (samples.empty()) {
    Tell(std::string(listened ? "Read it first, then you can hear it"
                              : "There is nothing to hear yet"));
    return;
  }
  if (order.span) {
    const auto size = std::ssize(samples);
    const auto begin = std::clamp<std::int64_t>(order.span->begin - kAround, 0, size);
    const auto end = std::clamp<std::int64_t>(order.span->end + kAround, begin, size);
    samples = {samples.begin() + begin, samples.begin() + end};
  }
  const auto paced = StretchTime(samples, kRecordingRate, order.slow ? kSlowly : 1.0);
  if (!paced) return Tell(paced.error().message);
  Play(*paced, kRecordingRate);
}

Result<Reference> LiveWorker::Model(const ModelOrder& order) {
  if (!voice_) {
    auto voice = FliteVoice::Create(stage_.engine.lexicon, voice_name_);
    if (!voice) return voice.error();
    voice_ = *std::move(voice);
  }
  const Pace pace = order.slow ? Pace::kSlow : Pace::kNormal;
  const std::optional<LessonItem>& lesson = stage_.plan.items[now_.item].lesson;
  if (order.word)
    return ReferenceOfWord(*order.word, order.text, *stage_.engine.lexicon, *voice_, pace);
  return lesson ? ReferenceOf(*lesson, *voice_, pace) : voice_->Say(order.text, pace);
}

void LiveWorker::Do(const ModelOrder& order) {
  const auto reference = Model(order);
  if (!reference) return Tell(reference.error().message);
  Play(reference->samples, reference->rate);
}

}  // namespace euphone::cli
