#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "devices/fed_input.h"
#include "live/live_runner.h"
#include "session/analyzer.h"

namespace euphone {

/// A live session for programs that have the audio: samples are handed in, and what there is to
/// tell waits to be fetched, each event a line of JSON.
/// Thread: Push() and Next() from one thread each; Finish() not beside Push().
class FedSession {
 public:
  struct Settings {
    SampleRate rate = kRecordingRate;  ///< Of the samples to come.
    bool reproducible = false;         ///< As RunnerConfig's.
  };

  /// Fails: as LiveRunner::Start.
  static Result<std::unique_ptr<FedSession>> Start(LiveParts parts, const LiveConfig& config,
                                                   std::shared_ptr<const Analyzer> analyzer,
                                                   std::string_view text, const Settings& settings);
  /// Ends it; what was heard is judged still.
  ~FedSession();

  /// Never waits: what comes faster than it is heard is kept. What is not finite counts as silence.
  /// Fails: kInvalidArgument after Finish().
  Status Push(PcmView samples);

  /// The next event as one line, without its line feed; none where none has come in this time, and
  /// always after "stopped".
  std::optional<std::string> Next(std::chrono::milliseconds wait);

  /// No more will come: waits until all was heard and judged. Harmless twice.
  void Finish();

 private:
  FedSession(LiveParts parts, std::shared_ptr<const Analyzer> analyzer, SampleRate rate);

  const std::shared_ptr<const Analyzer> analyzer_;
  const std::shared_ptr<const Lexicon> lexicon_;
  FedInput input_;
  bool finished_ = false;
  std::vector<float> finite_;

  std::mutex mutex_;  ///< Guards the next three.
  std::condition_variable told_;
  std::deque<std::string> events_;
  bool over_ = false;

  std::unique_ptr<LiveRunner> runner_;  // The last member: its threads use the others.
};

}  // namespace euphone
