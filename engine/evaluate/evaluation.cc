#include "evaluate/evaluation.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace euphone {
namespace {

constexpr std::size_t kBins = 10;
constexpr std::size_t kMostConfusions = 50;
constexpr double kPointsPerMark = 10.0;

std::size_t CountSpeakers(std::span<const RatedRecording> recordings) {
  std::set<std::string_view> names;
  for (const RatedRecording& recording : recordings) names.insert(recording.speaker);
  return names.size();
}

const Prediction* Find(const Records& records, const std::string& utt) {
  const auto found = records.scored.find(utt);
  return found == records.scored.end() ? nullptr : &found->second.prediction;
}

void Count(PredictionVerdict verdict, Coverage& coverage) {
  switch (verdict) {
    case PredictionVerdict::kScored:
      ++coverage.scored;
      break;
    case PredictionVerdict::kWithheld:
      ++coverage.withheld;
      break;
    case PredictionVerdict::kWrongText:
      ++coverage.wrong_text;
      break;
    case PredictionVerdict::kUnreadable:
      ++coverage.unreadable;
      break;
  }
}

Coverage CoverageOf(std::span<const RatedRecording> recordings, const Records& records) {
  Coverage coverage;
  coverage.recordings = recordings.size();
  for (const RatedRecording& recording : recordings) {
    const Prediction* prediction = Find(records, recording.utt);
    const PredictionVerdict verdict =
        prediction != nullptr ? prediction->verdict : PredictionVerdict::kUnreadable;
    Count(verdict, coverage);
    std::size_t phones = 0;
    for (const RatedWord& word : recording.words) phones += word.phones.size();
    coverage.words += recording.words.size();
    coverage.phones += phones;
    if (verdict == PredictionVerdict::kScored) {
      coverage.words_scored += recording.words.size();
      coverage.phones_scored += phones;
      continue;
    }
    coverage.missing.push_back(
        {recording.utt, verdict, prediction != nullptr ? prediction->reason : "was not analysed"});
  }
  return coverage;
}

LevelResult LevelOf(Level level, std::span<const RatedRecording> recordings, const Records& records,
                    const EvaluationOptions& options) {
  LevelResult result{.level = level, .groups = {}};
  for (const std::string_view group : kGroups) {
    const LevelPairs found = PairsOf(level, group, recordings, records);
    if (found.pairs.size() + found.not_scored == 0) continue;
    result.groups.push_back(
        {group, MeasureAgreement(found.pairs, options.draws, options.seed), found.not_scored});
  }
  return result;
}

std::optional<DetectionResult> DetectionOf(const Pairs& pairs, double low_below, double threshold) {
  if (pairs.size() == 0) return std::nullopt;
  return DetectionResult{DetectLow(pairs, low_below, threshold), BestDetection(pairs, low_below)};
}

std::string WithoutStress(std::string phone) {
  while (!phone.empty() && phone.back() >= '0' && phone.back() <= '9') phone.pop_back();
  return phone;
}

std::vector<ConfusionRow> ConfusionOf(std::span<const RatedRecording> recordings,
                                      const Records& records) {
  std::map<std::pair<std::string, std::string>, std::size_t> counts;
  for (const RatedRecording& recording : recordings) {
    const Prediction* prediction = Find(records, recording.utt);
    if (prediction == nullptr || prediction->words.size() != recording.words.size()) continue;
    for (std::size_t w = 0; w < recording.words.size(); ++w) {
      const RatedWord& word = recording.words[w];
      const std::vector<std::string>& heard = prediction->words[w].heard;
      for (std::size_t p = 0; p < std::min(heard.size(), word.phone_accuracy.size()); ++p) {
        if (word.phone_accuracy[p] < kWrongPhone)
          ++counts[{WithoutStress(word.phones[p]), heard[p]}];
      }
    }
  }
  std::vector<ConfusionRow> rows;
  for (const auto& [pair, count] : counts) rows.push_back({pair.first, pair.second, count});
  std::stable_sort(rows.begin(), rows.end(),
                   [](const ConfusionRow& a, const ConfusionRow& b) { return a.count > b.count; });
  if (rows.size() > kMostConfusions) rows.resize(kMostConfusions);
  return rows;
}

void CountText(PredictionVerdict verdict, std::size_t& all, std::size_t& flagged) {
  if (verdict != PredictionVerdict::kScored && verdict != PredictionVerdict::kWrongText) return;
  ++all;
  flagged += verdict == PredictionVerdict::kWrongText ? 1 : 0;
}

std::optional<WrongTextResult> WrongTextOf(const Records& records) {
  if (records.texts.empty()) return std::nullopt;
  WrongTextResult result;
  for (const auto& [utt, record] : records.texts) {
    CountText(record.own_text, result.right, result.right_flagged);
    CountText(record.other_text, result.wrong, result.wrong_flagged);
  }
  return result;
}

/// Adds how far each word moved.
void AddChanges(const Prediction& before, const std::vector<double>& after,
                std::vector<double>& changes) {
  for (std::size_t w = 0; w < std::min(before.words.size(), after.size()); ++w) {
    if (before.words[w].accuracy)
      changes.push_back(std::abs(kPointsPerMark * *before.words[w].accuracy - after[w]));
  }
}

std::vector<StabilityResult> StabilityOf(const Records& records) {
  std::map<std::string, std::pair<StabilityResult, std::vector<double>>> found;
  for (const auto& [utt, record] : records.stability) {
    const Prediction* before = Find(records, utt);
    if (before == nullptr || before->verdict != PredictionVerdict::kScored) continue;
    for (const auto& [name, after] : record.words) {
      auto& [result, changes] = found[name];
      result.distortion = name;
      ++result.recordings;
      if (after) {
        AddChanges(*before, *after, changes);
      } else {
        ++result.not_scored;
      }
    }
  }
  std::vector<StabilityResult> results;
  for (auto& [name, entry] : found) {
    auto& [result, changes] = entry;
    result.words = changes.size();
    result.median = Quantile(changes, 0.5);
    result.p90 = Quantile(std::move(changes), 0.9);
    results.push_back(std::move(result));
  }
  return results;
}

Timing TimingOf(std::span<const RatedRecording> recordings, const Records& records) {
  Timing timing;
  for (const RatedRecording& recording : recordings) {
    const auto found = records.scored.find(recording.utt);
    if (found == records.scored.end()) continue;
    timing.audio_seconds += found->second.audio_seconds;
    timing.processor_seconds += found->second.processor_seconds;
  }
  return timing;
}

}  // namespace

Evaluation Evaluate(std::span<const RatedRecording> recordings, const Records& records,
                    const EvaluationOptions& options) {
  Evaluation evaluation;
  evaluation.speakers = CountSpeakers(recordings);
  evaluation.coverage = CoverageOf(recordings, records);
  for (const LevelInfo& info : kLevels) {
    LevelResult result = LevelOf(info.level, recordings, records, options);
    if (!result.groups.empty()) evaluation.levels.push_back(std::move(result));
  }
  const Pairs words = PairsOf(Level::kWordAccuracy, "all", recordings, records).pairs;
  evaluation.low_words = DetectionOf(words, kLowWord, options.flag_below);
  evaluation.wrong_phones = DetectionOf(
      PairsOf(Level::kPhoneAccuracy, "all", recordings, records).pairs, kWrongPhone, kWrongPhone);
  if (words.size() > 0) {
    evaluation.calibration = Calibrate(words, kBins, kBestMark);
    if (const auto error = CalibrationError(evaluation.calibration))
      evaluation.calibration_error = kPointsPerMark * *error;
  }
  evaluation.certain_phones = PhoneCertainty(recordings, records, options.draws, options.seed);
  evaluation.certain_words = WordCertainty(recordings, records, options.draws, options.seed);
  evaluation.confusion = ConfusionOf(recordings, records);
  evaluation.wrong_text = WrongTextOf(records);
  evaluation.stability = StabilityOf(records);
  evaluation.timing = TimingOf(recordings, records);
  return evaluation;
}

}  // namespace euphone
