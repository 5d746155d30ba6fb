#include "session/analyzer.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "align/other_readings.h"
#include "audio/quality_gate.h"
#include "session/content.h"
#include "session/describe_prosody.h"
#include "session/prepared_text.h"
#include "session/score_readings.h"

namespace euphone {
namespace {

bool ClassesFit(const AcousticSpec& spec, const PhoneSet& phone_set) {
  if (spec.classes.size() != phone_set.size() + 1) return false;
  for (std::size_t id = 0; id < phone_set.size(); ++id) {
    if (spec.classes[id + 1] != phone_set.info(static_cast<PhoneId>(id)).arpabet) return false;
  }
  return true;
}

/// 0.5 where the verdict turns; one nat per phone either way is near certainty.
double Confidence(double margin, double threshold) {
  return 1.0 / (1.0 + std::exp(-4.0 * (margin - threshold)));
}

}  // namespace

Result<Analyzer> Analyzer::Create(AnalyzerParts parts, const AnalyzerConfig& config) {
  if (!parts.model || !parts.lexicon || !parts.scorer) {
    return Error{Errc::kInvalidArgument, "an analyzer needs a model, a lexicon and a scorer"};
  }
  if (!ClassesFit(parts.model->spec(), parts.lexicon->pack().phones)) {
    return Error{Errc::kInvalidArgument,
                 "model " + parts.model->spec().name +
                     " was made for another phone set than the language pack's"};
  }
  return Analyzer(std::move(parts), config);
}

Analyzer Analyzer::Watched(StepObserver ended) const {
  AnalyzerParts parts = parts_;
  parts.ended = std::move(ended);
  return Analyzer(std::move(parts), config_);
}

Result<Alignment> Analyzer::FindReading(const Posteriors& posteriors,
                                        std::span<const AlignWord> words) const {
  const auto fits = [&](const Alignment& alignment) {
    return parts_.calibration.TextMargin(alignment.fit, alignment.chance_fit) >=
           parts_.calibration.wrong_text_below;
  };
  auto whole = Align(posteriors.ctc, posteriors.frames, words, config_.align);
  if (!whole || config_.trust_text || config_.every_word || fits(*whole)) return whole;
  auto other = AlignOtherwise(posteriors.ctc, posteriors.frames, words, *whole, config_.align);
  if (!other) return other.error();
  return *other && fits(**other) ? **std::move(other) : *std::move(whole);
}

Analysis Analyzer::Describe(const Recording& recording, std::string id) const {
  const AcousticSpec& spec = parts_.model->spec();
  Analysis analysis;
  analysis.id = std::move(id);
  analysis.model = spec.label();
  analysis.rate = spec.grid.rate.hz;
  analysis.samples = static_cast<std::int64_t>(recording.samples.size());
  analysis.source = recording.source;
  analysis.quality = AssessQuality(recording.samples, spec.grid.rate);
  AddSourceFindings(recording.source, analysis.quality);
  if (config_.microphone && !analysis.quality.withheld()) {
    const MicrophoneMeasures measures =
        MeasureMicrophone(recording.samples, spec.grid.rate, analysis.quality);
    AddMicrophoneFinding(config_.microphone->history,
                         {config_.microphone->today, analysis.id, measures}, analysis.quality);
  }
  return analysis;
}

Result<Analysis> Analyzer::Analyze(const Recording& recording, std::string_view text,
                                   std::string id) const {
  const auto prepared = PrepareText(*parts_.lexicon, text, config_.text);
  if (!prepared) return prepared.error();
  Ended(AnalysisStep::kText);

  Analysis analysis = Describe(recording, std::move(id));
  Ended(AnalysisStep::kGate);
  analysis.script = prepared->script;
  if (analysis.quality.withheld()) {
    ListWordsUnscored(analysis.script, analysis);
    return analysis;
  }

  auto posteriors = RunWindowed(*parts_.model, recording.samples, config_.windows);
  if (!posteriors) return posteriors.error();
  Ended(AnalysisStep::kHearing);
  const std::vector<AlignWord> words = prepared->Words(config_.trust_text || config_.every_word);
  auto alignment = FindReading(*posteriors, words);
  if (!alignment) return alignment.error();

  analysis.fit = alignment->fit;
  analysis.chance_fit = alignment->chance_fit;
  const double margin = parts_.calibration.TextMargin(alignment->fit, alignment->chance_fit);
  analysis.confidence = Confidence(margin, parts_.calibration.wrong_text_below);
  if (!config_.trust_text && margin < parts_.calibration.wrong_text_below) {
    analysis.verdict = Verdict::kWrongText;
    ListWordsUnscored(analysis.script, analysis);
    analysis.content = ContentOf(analysis);
    return analysis;
  }
  analysis.verdict = Verdict::kScored;
  const AlignedReading first{.script = analysis.script,
                             .pronunciations = prepared->pronunciations,
                             .alignment = *alignment,
                             .posteriors = *posteriors,
                             .grid = parts_.model->spec().grid,
                             .pcm = recording.samples};
  const auto settled = LookAgain(first, words, config_.align, config_.second_look);
  if (!settled) return settled.error();
  Ended(AnalysisStep::kAlignment);
  if (auto status = ScoreReadings(first.With(*settled), parts_.lexicon->pack(), parts_.calibration,
                                  *parts_.scorer, analysis);
      !status) {
    return status.error();
  }
  analysis.content = ContentOf(analysis);
  Ended(AnalysisStep::kScoring);
  DescribeProsody(recording.samples, parts_.lexicon->pack().phones, analysis);
  Ended(AnalysisStep::kVoice);
  AdviseFor({}, analysis);
  Ended(AnalysisStep::kAdvice);
  if (parts_.scored) parts_.scored(recording, text);
  return analysis;
}

void Analyzer::AdviseFor(const LearnerRecord& learner, Analysis& analysis) const {
  if (!parts_.knowledge) return;
  analysis.advice = Advise(analysis, parts_.lexicon->pack().phones, *parts_.knowledge, learner);
}

}  // namespace euphone
