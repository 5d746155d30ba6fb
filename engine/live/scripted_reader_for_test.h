#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lexicon/lexicon.h"
#include "live/live_session.h"
#include "model/acoustic_stream.h"
#include "model/fake_acoustic_model.h"
#include "session/english_calibration.h"

/// Test data: a reader whose sounds a model hears exactly, whatever the samples are.
namespace euphone::testing {

/// Hears a script of frames, 2 for each 384 samples, and silence after it.
class ScriptedStreamingModel final : public StreamingModel {
 public:
  ScriptedStreamingModel(AcousticSpec spec, Posteriors script)
      : spec_(std::move(spec)), script_(std::move(script)) {}

  const AcousticSpec& spec() const override { return spec_; }
  const StreamSpec& stream_spec() const override { return stream_; }
  std::unique_ptr<AcousticStream> Start() const override {
    return std::make_unique<Stream>(spec_.classes.size(), script_);
  }

 private:
  static constexpr std::int64_t kStep = 384, kAhead = 511;
  static constexpr std::size_t kFrames = 2;

  class Stream final : public AcousticStream {
   public:
    Stream(std::size_t classes, const Posteriors& script) : classes_(classes), script_(script) {}
    void SetWindow(std::size_t steps) override { steps_ = steps; }
    Result<Posteriors> Push(PcmView pcm) override {
      waiting_ += static_cast<std::int64_t>(pcm.size());
      Posteriors heard;
      const std::int64_t window = kStep * static_cast<std::int64_t>(steps_);
      for (; waiting_ >= window + kAhead; waiting_ -= window) Hear(kFrames * steps_, heard);
      return heard;
    }
    Result<Posteriors> Finish() override {
      Posteriors heard;
      Hear(static_cast<std::size_t>(std::max<std::int64_t>(0, waiting_ - kAhead) / 192), heard);
      return heard;
    }

   private:
    void Hear(std::size_t count, Posteriors& heard) {
      const Posteriors silence =
          ScriptedPosteriors(classes_, std::vector{ScriptedSegment{0, count}});
      const std::size_t there =
          std::min(script_.ctc.rows - std::min(frame_, script_.ctc.rows), count);
      AppendRows(script_.ctc, frame_, frame_ + there, heard.ctc);
      AppendRows(script_.frames, frame_, frame_ + there, heard.frames);
      AppendRows(silence.ctc, 0, count - there, heard.ctc);
      AppendRows(silence.frames, 0, count - there, heard.frames);
      frame_ += there;
    }

    std::size_t classes_;
    const Posteriors& script_;
    std::size_t frame_ = 0, steps_ = 3;
    std::int64_t waiting_ = 0;
  };

  AcousticSpec spec_;
  StreamSpec stream_{kStep, kAhead, kFrames, 3};
  Posteriors script_;
};

/// Gives every word and sound that was read 90 points.
class GenerousScorer final : public Scorer {
 public:
  Result<Judgement> Judge(const SentenceEvidence& sentence, const Posteriors&) const override {
    Judgement judgement;
    for (const WordEvidence& word : sentence.words) {
      Judgement::Word& judged = judgement.words.emplace_back();
      judged.phones.assign(word.phones.size(), 90.0);
      judged.accuracy = word.phones.empty() ? 0.0 : 90.0;
    }
    return judgement;
  }
};

/// What somebody says, written as words of the dictionary ("the first"), pauses in seconds ("0.5"),
/// and sounds of no word ("/S AH M/").
class ScriptedReader {
 public:
  ScriptedReader();

  const std::shared_ptr<const Lexicon>& lexicon() const { return lexicon_; }
  const PhoneSet& phones() const { return lexicon_->pack().phones; }

  ScriptedReader& Say(const std::string& words);
  ScriptedReader& Pause(double seconds);
  ScriptedReader& Mumble(const std::vector<std::string>& phones);

  /// Parts that hear what was said so far.
  LiveParts Parts() const;
  /// As many samples as what was said lasts; noise, for nobody listens to them.
  std::vector<float> Samples() const;

 private:
  std::shared_ptr<const Lexicon> lexicon_;
  std::vector<ScriptedSegment> segments_;
};

/// Keeps everything that it is told.
struct KeepingListener final : LiveListener {
  void OnEvent(Event event) override { events.push_back(std::move(event)); }
  void OnTake(FinishedTake take) override { takes.push_back(std::move(take)); }
  void OnTakeAhead(FinishedTake take) override { ahead.push_back(std::move(take)); }

  /// All events of one kind.
  template <class Kind>
  std::vector<Kind> All() const {
    std::vector<Kind> all;
    for (const Event& event : events) {
      if (const Kind* kind = std::get_if<Kind>(&event.kind)) all.push_back(*kind);
    }
    return all;
  }

  std::vector<Event> events;
  std::vector<FinishedTake> takes, ahead;
};

}  // namespace euphone::testing
