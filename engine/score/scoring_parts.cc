#include "score/scoring_parts.h"

#include <algorithm>
#include <string>
#include <utility>

namespace euphone {
namespace {

/// Frames before and after a part that the scorer sees too: 0.3 s on frames of 12 ms, as
/// docs/formats/bundle.md says.
constexpr std::size_t kContext = 25;

Matrix Rows(const Matrix& table, std::size_t begin, std::size_t end) {
  const auto at = [&](std::size_t row) {
    return table.values.begin() + static_cast<std::ptrdiff_t>(row * table.columns);
  };
  return {end - begin, table.columns, std::vector<float>(at(begin), at(end))};
}

/// Puts tables of the same height side by side.
Matrix Beside(const std::vector<ScoringOutput>& parts, Matrix ScoringOutput::*table) {
  Matrix whole{(parts.front().*table).rows, 0, {}};
  for (const ScoringOutput& part : parts) whole.columns += (part.*table).columns;
  for (std::size_t row = 0; row < whole.rows; ++row) {
    for (const ScoringOutput& part : parts) {
      const auto values = (part.*table).row(row);
      whole.values.insert(whole.values.end(), values.begin(), values.end());
    }
  }
  return whole;
}

std::size_t PhonesIn(std::span<const ReadWord> words) {
  const ReadWord& last = words.back();
  return last.first_phone + last.evidence->phones.size() - words.front().first_phone;
}

}  // namespace

std::vector<ReadWord> WordsRead(const SentenceEvidence& sentence) {
  std::vector<ReadWord> words;
  std::size_t phones = 0;
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    const WordEvidence& evidence = sentence.words[i];
    if (evidence.spans.empty()) continue;
    words.push_back({&evidence, i, phones});
    phones += evidence.phones.size();
  }
  return words;
}

Result<std::vector<std::span<const ReadWord>>> CutIntoParts(std::span<const ReadWord> words,
                                                            std::size_t max_phones) {
  std::vector<std::span<const ReadWord>> parts;
  if (words.empty()) return parts;
  const std::size_t total = PhonesIn(words);
  const std::size_t fewest = (total + max_phones - 1) / max_phones;
  const std::size_t wanted = (total + fewest - 1) / fewest;  // so that no part is a mere rest
  std::size_t first = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t phones = words[i].evidence->phones.size();
    if (phones > max_phones) {
      return Error{Errc::kTooLarge,
                   "a word of " + std::to_string(phones) + " sounds cannot be judged, at most " +
                       std::to_string(max_phones) + " can; write it as several words"};
    }
    if (i > first && PhonesIn(words.subspan(first, i + 1 - first)) > wanted) {
      parts.push_back(words.subspan(first, i - first));
      first = i;
    }
  }
  parts.push_back(words.subspan(first));
  return parts;
}

ScoringInput InputOf(std::span<const ReadWord> part, const Posteriors& posteriors,
                     const Matrix& prosody) {
  const std::size_t first = part.front().evidence->spans.front().begin;
  const std::size_t last = part.back().evidence->spans.back().end;
  const std::size_t begin = first - std::min(first, kContext);
  const std::size_t end = std::min(last + kContext, posteriors.ctc.rows);
  ScoringInput input;
  input.features = Rows(posteriors.features, begin, end);
  input.ctc = Rows(posteriors.ctc, begin, end);
  input.frames = Rows(posteriors.frames, begin, end);
  for (std::size_t w = 0; w < part.size(); ++w) {
    for (const PhoneSpan& span : part[w].evidence->spans) {
      input.spans.push_back(static_cast<std::int64_t>(span.begin - begin));
      input.spans.push_back(static_cast<std::int64_t>(span.end - begin));
      input.phones.push_back(span.phone);
      input.words.push_back(static_cast<std::int64_t>(w));
    }
  }
  const std::size_t from = part.front().first_phone;
  input.prosody = Rows(prosody, from, from + input.phones.size());
  return input;
}

Result<ScoringOutput> Joined(std::vector<ScoringOutput> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  const std::size_t members = parts.front().sentence.rows;
  for (const ScoringOutput& part : parts) {
    if (part.sentence.rows != members) {
      return Error{Errc::kInternal, "the scorer's ensemble changes from run to run"};
    }
  }
  ScoringOutput whole{Beside(parts, &ScoringOutput::phones), Beside(parts, &ScoringOutput::words),
                      Matrix::Filled(members, parts.front().sentence.columns, 0.0F),
                      Matrix{0, parts.front().heard.columns, {}}};
  for (const ScoringOutput& part : parts) {
    const float weight =
        static_cast<float>(part.phones.columns) / static_cast<float>(whole.phones.columns);
    for (std::size_t i = 0; i < whole.sentence.values.size(); ++i) {
      whole.sentence.values[i] += weight * part.sentence.values[i];
    }
    whole.heard.rows += part.heard.rows;
    whole.heard.values.insert(whole.heard.values.end(), part.heard.values.begin(),
                              part.heard.values.end());
  }
  return whole;
}

}  // namespace euphone
