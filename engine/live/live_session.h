#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "align/tracker.h"
#include "align/voice_activity.h"
#include "base/result.h"
#include "command/hands_free.h"
#include "lexicon/lexicon.h"
#include "live/event.h"
#include "live/heard_window.h"
#include "live/level_meter.h"
#include "live/live_text.h"
#include "live/narrator.h"
#include "live/quality_watch.h"
#include "live/quiet_gate.h"
#include "live/take_keeper.h"
#include "live/word_judge.h"
#include "model/acoustic_stream.h"
#include "score/calibration.h"
#include "score/scorer.h"

namespace euphone {

/// What hears and judges while somebody speaks; the composition root picks the implementations.
/// All of them belong to the bundle that hears live speech.
struct LiveParts {
  std::shared_ptr<const StreamingModel> model;
  std::shared_ptr<const Lexicon> lexicon;
  std::shared_ptr<const Scorer> scorer;
  Calibration calibration;
};

/// The costs of whole recordings, but for what tells best where a reader is before the end is known
/// (live.tracking_percent): reading is worth something, going back is cheaper, and passing over
/// words is dearer, since what has not come yet may still come.
inline AlignConfig ForLiveReading() {
  AlignConfig config;
  config.costs.read_phone = 1.0;
  config.costs.restart = 4.0;
  config.costs.omission = 3.0;
  return config;
}

/// How much the model hears at a time, in seconds; rounded to its steps. Longer windows cost less,
/// and words come later (live.word_ms).
struct HearingWindows {
  double usual = 0.144;
  double at_the_end = 0.048;  ///< In the last word of a sentence: its result is waited for.
};

/// Where the model that hears live speech also judges it, the board is small: words come 0.04 s
/// later there, for a third less of the processor (live.cpu_tiny).
inline HearingWindows ForSmallBoards() { return {.usual = 0.216, .at_the_end = 0.072}; }

struct LiveConfig {
  TextOptions text;
  HearingWindows windows;
  AlignConfig align = ForLiveReading();
  TrackerConfig tracker;
  Endpointing endpointing;
  std::optional<HandsFreeConfig> commands;  ///< Absent: none is listened for.
  std::string final_model;  ///< For Listening: "name version" of what judges finished sentences.
};

/// A reading of a sentence that is ready for the full pass.
struct FinishedTake {
  std::int64_t at = 0;        ///< Samples that had been heard when it was.
  SentenceFinished finished;  ///< All but the analysis.
  std::vector<float> pcm;     ///< Samples finished.span, at kRecordingRate.
};

/// Hears what a session has to tell, in its thread and in order.
class LiveListener {
 public:
  virtual ~LiveListener() = default;
  virtual void OnEvent(Event event) = 0;
  virtual void OnTake(FinishedTake take) = 0;
  /// A take that may be finished already: OnTake with the same span follows soon if it is. To begin
  /// the full pass in the meantime saves most of its time.
  virtual void OnTakeAhead(FinishedTake take) = 0;
};

/// Follows a reader through a text: audio in, events out. It knows no clock, thread or device: what
/// it tells depends on the samples alone, not on the pieces they come in.
/// Time and memory for a second of audio depend on neither the length of the text nor that of the
/// reading. Thread: one at a time.
class LiveSession {
 public:
  /// `listener` must outlive the session and is told Listening at once. Fails: kInvalidArgument for
  /// a missing part or a model of another phone set or rate; as LiveText::Create,
  /// HandsFree::Create.
  static Result<LiveSession> Start(LiveParts parts, const LiveConfig& config, std::string_view text,
                                   LiveListener& listener);

  /// The next samples: mono at kRecordingRate; taken in 16 bits. What is not finite counts as
  /// silence. Fails: as the
  /// model and the scorer do; the session is over then.
  Status Push(PcmView pcm);

  /// Nothing more will come: tells what is left. Fails: as Push.
  Status Finish();

  const LiveText& text() const { return state_->text; }
  std::int64_t samples() const { return state_->heard.samples_end(); }

 private:
  /// On the heap, for its parts point at each other.
  struct State {
    State(LiveParts parts, const LiveConfig& config, LiveText text, Tracker tracker,
          LiveListener& listener);
    void Tell(EventKind kind);

    LiveParts parts;
    LiveText text;
    LiveListener& listener;
    FrameGrid grid;
    std::size_t usual_steps, end_steps;  ///< Of the model's windows.
    std::unique_ptr<AcousticStream> stream;
    QuietGate gate;
    Tracker tracker;
    Narrator narrator;
    TakeKeeper takes;
    WordJudge judge;
    HeardWindow heard;
    LevelMeter meter;
    QualityWatch quality;
    VoiceActivity voice;
    std::optional<HandsFree> hands_free;
    bool speaking = false;
    bool text_finished = false;
    std::int64_t last_take_end = 0;  ///< Samples.
    std::size_t floor_speech = 0;    ///< VoiceActivity::speech() at the last take's end.
    std::size_t first_speech = 0;    ///< Frame at which speech began since then; 0: none.
  };

  explicit LiveSession(std::unique_ptr<State> state) : state_(std::move(state)) {}

  Status HearBlock(PcmView block);
  Status HearModel(PcmView pcm);
  Posteriors Spared(std::size_t units) const;
  Status Step(const Posteriors& fresh);
  std::span<const Reading> LatelySaid(std::span<const Reading> visits) const;
  Status JudgeWords(std::span<const Reading> visits);
  void TellWord(SaidWord& said, const JudgedWord& judged);
  FinishedTake Cut(const TakeKeeper::Finish& finish) const;
  void TellFinished(const TakeKeeper::Finish& finish);
  void NoticeUnread(EndReason reason);
  ReadingState Whereabouts() const;
  void HearCalls(const Posteriors& fresh);
  void ForgetOld();

  std::vector<float> waiting_;  ///< Samples of a block that is not full.
  std::unique_ptr<State> state_;
};

}  // namespace euphone
