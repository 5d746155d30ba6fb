#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "live/event.h"
#include "live/live_runner.h"
#include "live_plan.h"
#include "live_stage.h"
#include "live_view.h"
#include "mailbox.h"
#include "reference/reference_voice.h"

namespace euphone::cli {

/// Hears an item from its beginning; ends what is heard now.
struct StartOrder {
  std::size_t item = 0;
  std::size_t session = 0;  ///< What its news are marked with.
};
struct StopOrder {};
/// Plays the last take of a sentence, or a part of it.
struct OwnOrder {
  std::size_t sentence = 0;
  std::optional<SampleSpan> span;  ///< In the take.
  bool slow = false;
};
/// Plays how a sentence, or one word of it, should sound.
struct ModelOrder {
  std::string text;
  std::optional<std::string> word;
  bool slow = false;
};
using LiveOrder = std::variant<StartOrder, StopOrder, OwnOrder, ModelOrder>;

/// What the worker has to say.
struct LiveNews {
  std::size_t session = 0;
  std::variant<Event, LiveState, std::string> what;  ///< A string: a notice.
};

/// Owns the microphone and the loudspeaker: listens and plays in a thread of its own, so that no
/// key waits for a device or a model. Only one of the two at a time; after playing it listens again
/// if it did before. Thread: all calls from one.
class LiveWorker {
 public:
  /// `stage` must outlive this; `options` for the loudspeaker and the voice.
  LiveWorker(LiveStage& stage, const LiveOptions& options);
  LiveWorker(const LiveWorker&) = delete;
  LiveWorker& operator=(const LiveWorker&) = delete;
  /// Judges what is open, keeps it, and ends.
  ~LiveWorker();

  void Give(LiveOrder order) { orders_.Push(std::move(order)); }
  std::vector<LiveNews> News() { return news_.TakeAll(); }

 private:
  void Run();
  void Do(const StartOrder& order);
  void Do(const StopOrder&);
  void Do(const OwnOrder& order);
  void Do(const ModelOrder& order);
  void Listen();
  void EndSession();
  void Play(PcmView samples, SampleRate rate);
  Result<Reference> Model(const ModelOrder& order);
  void Keep(std::size_t item, const FinishedTake& take);
  void Tell(std::variant<Event, LiveState, std::string> what) {
    news_.Push({now_.session, std::move(what)});
  }

  LiveStage& stage_;
  const std::string loudspeaker_, voice_name_;
  Mailbox<LiveOrder> orders_;
  Mailbox<LiveNews> news_;
  StartOrder now_;
  std::unique_ptr<LiveRunner> runner_;
  std::unique_ptr<ReferenceVoice> voice_;
  std::mutex takes_mutex_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<float>> takes_;  ///< Guarded by it.
  std::thread thread_;
};

}  // namespace euphone::cli
