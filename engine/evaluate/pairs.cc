#include <algorithm>
#include <string>

#include "evaluate/evaluation.h"

namespace euphone {
namespace {

constexpr int kAdult = 16;

using Mark = std::optional<double>;

void Add(LevelPairs& found, const Mark& rated, const Mark& predicted, std::size_t speaker) {
  if (!rated) return;
  if (predicted) {
    found.pairs.Add(*predicted, *rated, speaker);
  } else {
    ++found.not_scored;
  }
}

Mark Rated(Level level, const RatedRecording& recording) {
  switch (level) {
    case Level::kSentenceAccuracy:
      return recording.accuracy;
    case Level::kSentenceAccuracyOriginal:
      return recording.accuracy_before_overwrite;
    case Level::kSentenceFluency:
      return recording.fluency;
    case Level::kSentenceProsodic:
      return recording.prosodic;
    case Level::kSentenceTotal:
      return recording.total;
    default:
      return std::nullopt;
  }
}

Mark Predicted(Level level, const Prediction& prediction) {
  switch (level) {
    case Level::kSentenceAccuracy:
    case Level::kSentenceAccuracyOriginal:
      return prediction.accuracy;
    case Level::kSentenceFluency:
      return prediction.fluency;
    case Level::kSentenceProsodic:
      return prediction.prosodic;
    case Level::kSentenceTotal:
      return prediction.total;
    default:
      return std::nullopt;
  }
}

/// The mark of a word, rated or predicted: both have the same fields.
template <class Word>
Mark OfWord(Level level, const Word& word) {
  switch (level) {
    case Level::kWordAccuracy:
      return word.accuracy;
    case Level::kWordTotal:
      return word.total;
    case Level::kWordStress:
      return word.stress;
    default:
      return std::nullopt;
  }
}

void AddWords(Level level, const RatedRecording& recording, const Prediction* prediction,
              std::size_t speaker, LevelPairs& found) {
  for (std::size_t w = 0; w < recording.words.size(); ++w) {
    const RatedWord& rated = recording.words[w];
    const bool scored = prediction != nullptr && w < prediction->words.size();
    if (level != Level::kPhoneAccuracy) {
      Add(found, OfWord(level, rated), scored ? OfWord(level, prediction->words[w]) : Mark(),
          speaker);
      continue;
    }
    for (std::size_t p = 0; p < rated.phone_accuracy.size(); ++p) {
      const bool there = scored && p < prediction->words[w].phones.size();
      Add(found, rated.phone_accuracy[p], there ? Mark(prediction->words[w].phones[p]) : Mark(),
          speaker);
    }
  }
}

}  // namespace

bool InGroup(const RatedRecording& recording, std::string_view group) {
  if (group == "child") return recording.age && *recording.age < kAdult;
  if (group == "adult") return recording.age && *recording.age >= kAdult;
  if (group == "female") return recording.gender.starts_with('f');
  if (group == "male") return recording.gender.starts_with('m');
  return group == "all";
}

LevelPairs PairsOf(Level level, std::string_view group, std::span<const RatedRecording> recordings,
                   const Records& records) {
  std::map<std::string_view, std::size_t> speakers;
  LevelPairs found;
  for (const RatedRecording& recording : recordings) {
    if (!InGroup(recording, group)) continue;
    const std::size_t speaker = speakers.emplace(recording.speaker, speakers.size()).first->second;
    const auto record = records.scored.find(recording.utt);
    const Prediction* prediction =
        record == records.scored.end() ? nullptr : &record->second.prediction;
    Add(found, Rated(level, recording),
        prediction != nullptr ? Predicted(level, *prediction) : Mark(), speaker);
    AddWords(level, recording, prediction, speaker, found);
  }
  return found;
}

}  // namespace euphone
