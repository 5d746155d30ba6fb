#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "audio/resampler.h"
#include "base/result.h"
#include "devices/audio_input.h"
#include "live/event.h"
#include "live/finish_take.h"
#include "live/live_session.h"
#include "live/live_text.h"
#include "live/pass_gate.h"
#include "live/sample_ring.h"
#include "session/analyzer.h"

namespace euphone {

struct RunnerConfig {
  double ring_seconds = 10.0;  ///< How far the session may be behind before audio is lost.
  double late_seconds = 0.5;   ///< From where on it is told to be late.
  /// The full passes are made in the session's own thread, and no event has a clock's time: the
  /// same audio gives the same events, byte by byte. For recordings, not for microphones.
  bool reproducible = false;
  /// Shared by runners that judge side by side; null: each judges when it wants to. Must outlive
  /// the runner.
  PassGate* gate = nullptr;
  /// What is known of who reads; null: nothing. Asked once, when the first sentence is to be
  /// judged, in the thread that judges; from then on the runner remembers what it tells.
  std::function<LearnerRecord()> learner = nullptr;
};

/// Runs a live session on an input: the device's thread fills a ring, one thread listens and
/// follows, a third makes the full passes over what is finished, so that listening never waits.
/// Thread: Stop() from any; the rest from one at a time.
class LiveRunner final : private AudioSink, private LiveListener {
 public:
  /// Told every event, one at a time, from the runner's threads; must not call the runner but for
  /// nothing at all. Also hears the samples of each settled take before its SentenceFinished.
  struct Ears {
    std::function<void(const Event&)> event;
    std::function<void(const FinishedTake&)> take = nullptr;  ///< May be absent.
  };

  /// Starts to listen. `input` and `analyzer` must outlive the runner. Fails: as
  /// LiveSession::Start, Resampler::Create and AudioInput::Start.
  static Result<std::unique_ptr<LiveRunner>> Start(LiveParts parts, const LiveConfig& config,
                                                   const Analyzer& analyzer, std::string_view text,
                                                   AudioInput& input, Ears ears,
                                                   const RunnerConfig& runner = {});
  ~LiveRunner() override;

  /// Ends the input, hears what is left, makes the passes that are due, tells Stopped, and returns.
  /// Harmless twice.
  void Stop();

  /// Until the input has ended or was lost, a fatal failure, or `stop` is true (looked at twenty
  /// times a second).
  void Wait(const std::function<bool()>& stop);

 private:
  LiveRunner(const Analyzer& analyzer, AudioInput& input, Ears ears, const RunnerConfig& config);

  void OnAudio(PcmView samples) noexcept override;
  void OnOverrun() noexcept override;
  std::size_t Room() const noexcept override { return ring_.room(); }
  void OnEvent(Event event) override;
  void OnTake(FinishedTake take) override;
  void OnTakeAhead(FinishedTake take) override;

  void Listen();
  bool HearWhatIsThere();
  void EndSession();
  void TellTrouble();
  void FinishTakes();
  const JudgedTake& Judge(const FinishedTake& take);
  void Pass(const FinishedTake& take);
  void Enqueue(FinishedTake take, bool ahead);
  void Tell(Event event);
  void Fail(const Error& error);
  double Wall() const;

  const Analyzer& analyzer_;
  AudioInput& input_;
  Ears ears_;
  RunnerConfig config_;
  SampleRing ring_;
  std::atomic<std::int64_t> overruns_ = 0;    ///< Told by the device.
  std::atomic<std::int64_t> started_ns_ = 0;  ///< Clock at the first sample; 0: not yet.
  std::unique_ptr<LiveSession> session_;
  std::unique_ptr<Resampler> resampler_;
  std::vector<float> raw_, resampled_;
  std::int64_t told_lost_ = 0, told_overruns_ = 0, gaps_ = 0;
  bool late_ = false;
  bool failed_ = false;

  struct JudgedBefore {
    std::size_t sentence = 0;
    SampleSpan span;
    JudgedTake judged;
  };
  // Of the thread that makes the full passes.
  std::optional<JudgedBefore> judged_;
  std::optional<LearnerRecord> learner_;  ///< Absent: not asked yet.

  std::mutex telling_;  ///< One event at a time.
  std::mutex mutex_;    ///< Guards the next four.
  std::condition_variable changed_;
  struct DueTake {
    FinishedTake take;
    bool ahead = false;  ///< Not asked for yet.
  };
  std::deque<DueTake> takes_;
  bool stopping_ = false;     ///< Nothing more is to be heard.
  bool takes_ended_ = false;  ///< No further take will come.
  bool over_ = false;         ///< The session has ended.
  std::thread listener_, finisher_;
};

}  // namespace euphone
