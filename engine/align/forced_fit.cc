#include "align/forced_fit.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace euphone {
namespace {

/// Even where the text has more phones than the audio has frames.
constexpr double kWorstFit = -100.0;
/// Share of the text's phones that make it nearly the whole text.
constexpr double kNearlyAll = 0.8;
/// And the share under which what was read says nothing about the text.
constexpr double kEnough = 0.4;
/// Spikes may lie just outside the boundaries that the framewise head gives.
constexpr std::size_t kSlack = 1;

/// The phones of `readings`, in time order, without inserted speech.
std::vector<int> SaidPhones(std::span<const Reading> readings) {
  std::vector<int> phones;
  for (const Reading& reading : readings) {
    if (reading.kind == ReadingKind::kInserted) continue;
    for (const PhoneSpan& phone : reading.phones) phones.push_back(phone.phone);
  }
  return phones;
}

/// From the first to the last word that was read.
std::span<const Reading> Inner(std::span<const Reading> readings) {
  const auto read = [](const Reading& reading) { return reading.kind == ReadingKind::kRead; };
  const auto first = std::ranges::find_if(readings, read);
  const auto last = std::find_if(readings.rbegin(), readings.rend(), read).base();
  return first < last ? std::span<const Reading>(first, last) : std::span<const Reading>();
}

std::size_t PhonesRead(std::span<const Reading> readings) {
  std::size_t count = 0;
  for (const Reading& reading : readings)
    count += reading.kind == ReadingKind::kRead ? reading.phones.size() : 0;
  return count;
}

}  // namespace

std::vector<int> WrittenPhones(std::span<const AlignWord> words,
                               std::span<const Reading> readings) {
  std::vector<int> phones;
  for (const Reading& reading : readings) {
    if (reading.kind != ReadingKind::kRead && reading.kind != ReadingKind::kOmitted) continue;
    const auto& written = words[reading.word].variants[reading.variant];
    phones.insert(phones.end(), written.begin(), written.end());
  }
  return phones;
}

std::vector<double> ForcedFits(const Matrix& ctc, std::size_t begin, std::size_t end,
                               std::span<const int> phones) {
  constexpr double kImpossible = -std::numeric_limits<double>::infinity();
  // States: blank, phone, blank, phone, …, blank (Graves et al. 2006). Scores are relative to the
  // likeliest class of each frame.
  const std::size_t states = 2 * phones.size() + 1;
  const auto column = [&](std::size_t s) {
    return s % 2 == 0 ? 0 : static_cast<std::size_t>(phones[s / 2]) + 1;
  };
  std::vector<double> score(states, kImpossible);
  score[0] = 0.0;
  for (std::size_t t = begin; t < end; ++t) {
    const auto row = ctc.row(t);
    const auto best = static_cast<double>(*std::max_element(row.begin(), row.end()));
    // From the last state down, so that each still sees the frame before in those below it.
    for (std::size_t s = states; s-- > 0;) {
      double from = t == begin && s > 0 ? kImpossible : score[s];
      if (s > 0) from = std::max(from, t == begin && s > 1 ? kImpossible : score[s - 1]);
      if (s > 1 && s % 2 == 1 && phones[s / 2] != phones[s / 2 - 1] && t > begin)
        from = std::max(from, score[s - 2]);
      score[s] = from + static_cast<double>(row[column(s)]) - best;
    }
  }
  std::vector<double> fits;
  for (std::size_t count = 1; count <= phones.size(); ++count)
    fits.push_back(std::max(score[2 * count], score[2 * count - 1]) / static_cast<double>(count));
  return fits;
}

double ForcedFit(const Matrix& ctc, std::size_t begin, std::size_t end,
                 std::span<const int> phones) {
  return ForcedFits(ctc, begin, end, phones).back();
}

double ChanceFit(const Matrix& ctc, std::span<const AlignWord> words,
                 std::span<const Reading> readings) {
  std::vector<int> phones = WrittenPhones(words, readings);
  std::ranges::reverse(phones);
  return std::max(kWorstFit, ForcedFit(ctc, 0, ctc.rows, phones));
}

double FitOf(const Matrix& ctc, std::span<const AlignWord> words, std::span<const Reading> readings,
             double departure) {
  const std::vector<int> written = WrittenPhones(words, readings);
  double fit = std::max(kWorstFit, ForcedFit(ctc, 0, ctc.rows, written));
  const std::vector<int> said = SaidPhones(readings);
  if (said.empty()) return fit;
  const auto read = static_cast<double>(PhonesRead(readings));
  const auto all = static_cast<double>(written.size());
  if (said != written && read >= kEnough * all)
    fit = std::max(fit, ForcedFit(ctc, 0, ctc.rows, said) - departure);
  if (read < kNearlyAll * all) return fit;
  const std::span<const Reading> inner = Inner(readings);
  const std::size_t begin = inner.front().begin - std::min(inner.front().begin, kSlack);
  const std::size_t end = std::min(inner.back().end + kSlack, ctc.rows);
  return std::max(fit, ForcedFit(ctc, begin, end, SaidPhones(inner)) - departure);
}

}  // namespace euphone
