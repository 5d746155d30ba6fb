#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "align/align.h"
#include "anomaly/microphone_changes.h"
#include "audio/audio_reader.h"
#include "base/result.h"
#include "coach/advice.h"
#include "coach/knowledge.h"
#include "lexicon/lexicon.h"
#include "model/acoustic_model.h"
#include "score/analysis.h"
#include "score/calibration.h"
#include "score/scorer.h"
#include "session/second_look.h"
#include "session/windowed_model.h"
#include "text/text_normalizer.h"

namespace euphone {

/// The steps of Analyzer::Analyze, in their order. A recording that is not scored ends early.
enum class AnalysisStep { kText, kGate, kHearing, kAlignment, kScoring, kVoice, kAdvice };
/// Told of the end of a step, in the thread that did it: whoever has a clock can time them.
using StepObserver = std::function<void(AnalysisStep)>;

/// What an Analyzer works with; the composition root picks the implementations.
struct AnalyzerParts {
  std::shared_ptr<const AcousticModel> model;
  std::shared_ptr<const Lexicon> lexicon;
  std::shared_ptr<const Scorer> scorer;
  Calibration calibration;
  std::shared_ptr<const Knowledge> knowledge = nullptr;  ///< Null: no advice is given.
  /// Told of each recording that was scored, in the thread that did; returns at once. May be null.
  std::function<void(const Recording&, std::string_view text)> scored = nullptr;
  StepObserver ended = nullptr;  ///< May be null.
};

/// What is known of the microphone, so that a change of it is told.
struct KnownMicrophone {
  std::vector<MicrophoneTake> history;  ///< In order of their days.
  std::string today;                    ///< "2025-11-12": the day of what is analysed.
};

struct AnalyzerConfig {
  TextOptions text;
  AlignConfig align;
  WindowConfig windows;
  SecondLookConfig second_look;
  /// Takes every word of the text as read, as in a corpus: no word is found omitted, and no
  /// reading to be of another text.
  bool trust_text = false;
  /// Takes every word as read, as `trust_text`, but still finds a reading to be of another text.
  bool every_word = false;
  std::shared_ptr<const KnownMicrophone> microphone;  ///< Null: nothing is known.
};

/// Scores whole recordings: recording + text → Analysis.
/// Thread: Analyze() may be called from several threads at once. Deterministic: same input, same
/// result. Advice is for somebody of whom nothing is known, until AdviseFor().
class Analyzer {
 public:
  /// Fails: kInvalidArgument for a missing part or a model whose classes are not "blank, then the
  /// phone set".
  static Result<Analyzer> Create(AnalyzerParts parts, const AnalyzerConfig& config);

  const AnalyzerConfig& config() const { return config_; }

  /// The same parts, shared, at work under another configuration.
  Analyzer With(const AnalyzerConfig& config) const { return Analyzer(parts_, config); }

  /// The same parts, shared, with somebody who is told of the ends of steps. Such an analyzer is
  /// of one thread, unless its observer is of many.
  Analyzer Watched(StepObserver ended) const;

  /// What can be told of a recording without a text: the audio and its quality; kWithheld, no
  /// words.
  Analysis Describe(const Recording& recording, std::string id) const;

  /// `id` names the recording in results. A recording that cannot be scored fairly is no error: its
  /// Analysis has the verdict kWithheld or kWrongText. Fails: what the text normaliser, the lexicon
  /// and the model fail with.
  Result<Analysis> Analyze(const Recording& recording, std::string_view text, std::string id) const;

  /// Gives the advice of `analysis`, which is one of this analyzer's, anew for a learner of whom
  /// something is known. Does nothing without knowledge.
  void AdviseFor(const LearnerRecord& learner, Analysis& analysis) const;

 private:
  Analyzer(AnalyzerParts parts, AnalyzerConfig config)
      : parts_(std::move(parts)), config_(std::move(config)) {}

  void Ended(AnalysisStep step) const {
    if (parts_.ended) parts_.ended(step);
  }

  /// How the text was read, be it in part or twice; of another text what Align makes of it.
  Result<Alignment> FindReading(const Posteriors& posteriors,
                                std::span<const AlignWord> words) const;

  AnalyzerParts parts_;
  AnalyzerConfig config_;
};

}  // namespace euphone
