#include "live/finish_take.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace euphone {
namespace {

SampleSpan Shifted(SampleSpan span, std::int64_t by) { return {span.begin + by, span.end + by}; }

void TellWord(const WordScore& word, const SentenceFinished& finished,
              const std::function<void(EventKind)>& tell) {
  const std::int64_t begin = finished.span.begin;
  WordScored scored{.word = finished.first_word + *word.script_word,
                    .take = finished.take,
                    .revision = kFinalRevisions + finished.revision,
                    .state = WordState::kFinal,
                    .provisional = !finished.settled,
                    .span = Shifted(word.span, begin),
                    .accuracy = word.accuracy,
                    .band = word.band,
                    .error = word.error};
  PhonesScored phones{scored.word, scored.take, scored.revision, word.phones};
  for (PhoneScore& phone : phones.phones) phone.span = Shifted(phone.span, begin);
  tell(scored);
  if (!phones.phones.empty()) tell(std::move(phones));
}

}  // namespace

JudgedTake JudgeTake(const Analyzer& analyzer, const LiveText& text, const FinishedTake& take,
                     const LearnerRecord& learner) {
  const SentenceFinished& finished = take.finished;
  Recording recording{
      .samples = take.pcm,
      .source = {.container = "live", .encoding = "float", .rate = kRecordingRate, .channels = 1}};
  recording.source.seconds = SecondsIn(std::ssize(recording.samples), kRecordingRate);
  RemoveOffset(recording);
  const auto start = std::chrono::steady_clock::now();
  auto analysis = analyzer.Analyze(recording, text.sentences()[finished.sentence].text,
                                   "sentence-" + std::to_string(finished.sentence + 1) + "-take-" +
                                       std::to_string(finished.take));
  if (analysis) analyzer.AdviseFor(learner, *analysis);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  if (!analysis) return {analysis.error(), took.count()};
  return {std::make_shared<const Analysis>(*std::move(analysis)), took.count()};
}

void TellTake(SentenceFinished finished, const JudgedTake& judged,
              const std::function<void(EventKind)>& tell) {
  if (!judged.analysis) {
    tell(Failed{
        Prefixed("sentence " + std::to_string(finished.sentence + 1), judged.analysis.error())});
    return;
  }
  const Analysis& analysis = **judged.analysis;
  for (const WordScore& word : analysis.words) {
    const bool read = word.script_word && word.error != WordError::kInserted &&
                      word.error != WordError::kRepeated;
    if (read && analysis.verdict == Verdict::kScored) TellWord(word, finished, tell);
  }
  finished.analysis = *judged.analysis;
  tell(std::move(finished));
}

}  // namespace euphone
