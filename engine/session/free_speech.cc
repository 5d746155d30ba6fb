#include "session/free_speech.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "text/text_normalizer.h"

namespace euphone {
namespace {

/// Braces give a pronunciation in a text that somebody wrote; a recogniser means nothing by them.
std::string WithoutMarkup(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '{' || c == '}'; }, ' ');
  return text;
}

Analysis Marked(Analysis analysis) {
  analysis.text_source = TextSource::kRecognised;
  analysis.scores.completeness.reset();
  for (SentenceScore& sentence : analysis.sentences) sentence.scores.completeness.reset();
  return analysis;
}

}  // namespace

Result<Analysis> AnalyzeFreeSpeech(const Analyzer& analyzer, const Recogniser& recogniser,
                                   const Recording& recording, std::string id) {
  if (recogniser.spec().rate != kRecordingRate) {
    return Error{Errc::kInvalidArgument,
                 "recogniser " + recogniser.spec().name + " was made for another sampling rate"};
  }
  Analysis unscored = Marked(analyzer.Describe(recording, id));
  if (unscored.quality.withheld()) return unscored;
  const auto transcript = recogniser.Transcribe(recording.samples);
  if (!transcript) return transcript.error();
  const std::string text = WithoutMarkup(transcript->text);
  // Only punctuation, or words of no length: there is nothing to score.
  if (const auto script = NormalizeText(text);
      !script && script.error().code == Errc::kInvalidArgument) {
    return unscored;
  }
  AnalyzerConfig config = analyzer.config();
  config.every_word = true;
  auto analysis = analyzer.With(config).Analyze(recording, text, std::move(id));
  if (!analysis) return analysis.error();
  analysis->text_probability = std::exp(transcript->log_probability);
  return Marked(*std::move(analysis));
}

}  // namespace euphone
