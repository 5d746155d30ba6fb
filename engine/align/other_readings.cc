#include "align/other_readings.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "align/align.h"
#include "align/forced_fit.h"

namespace euphone {
namespace {

/// Of the text's phones; fewer are found in any speech.
constexpr double kShortestBeginning = 0.4;

struct Beginning {
  std::size_t words = 0;  ///< None where the text is too short to have one.
  double fit = 0.0;
};

/// The words up to which the text fits best, not all of them.
Beginning BestBeginning(const std::vector<double>& fits, std::span<const AlignWord> words,
                        std::span<const Reading> readings) {
  Beginning best;
  std::size_t phones = 0;
  for (const Reading& reading : readings) {
    if (reading.kind != ReadingKind::kRead && reading.kind != ReadingKind::kOmitted) continue;
    if (reading.word + 1 == words.size()) break;
    phones += words[reading.word].variants[reading.variant].size();
    const bool enough =
        static_cast<double>(phones) >= kShortestBeginning * static_cast<double>(fits.size());
    if (enough && (best.words == 0 || fits[phones - 1] > best.fit))
      best = {reading.word + 1, fits[phones - 1]};
  }
  return best;
}

std::vector<AlignWord> Required(std::span<const AlignWord> words, std::size_t times) {
  std::vector<AlignWord> all;
  for (std::size_t i = 0; i < times; ++i) all.insert(all.end(), words.begin(), words.end());
  for (AlignWord& word : all) word.required = true;
  return all;
}

void LeaveOutAfter(std::size_t first, std::size_t count, Alignment& alignment) {
  const std::size_t now = alignment.readings.empty() ? 0 : alignment.readings.back().end;
  for (std::size_t w = first; w < count; ++w)
    alignment.readings.push_back({ReadingKind::kOmitted, w, 0, now, now, {}});
}

/// Of a text said twice, whose words are numbered on: the second time counts.
void CountSecondTime(std::size_t count, Alignment& alignment) {
  for (Reading& reading : alignment.readings) {
    if (reading.word >= count)
      reading.word -= count;
    else if (reading.kind == ReadingKind::kRead)
      reading.kind = ReadingKind::kRepeated;
  }
}

}  // namespace

Result<std::optional<Alignment>> AlignOtherwise(const Matrix& ctc, const Matrix& frames,
                                                std::span<const AlignWord> words,
                                                const Alignment& whole, const AlignConfig& config) {
  std::vector<int> phones = WrittenPhones(words, whole.readings);
  const std::size_t once = phones.size();
  phones.insert(phones.end(), phones.begin(), phones.begin() + static_cast<std::ptrdiff_t>(once));
  std::vector<double> fits = ForcedFits(ctc, 0, ctc.rows, phones);
  const double twice = fits.back();
  fits.resize(once);
  const Beginning beginning = BestBeginning(fits, words, whole.readings);
  const bool part = beginning.words > 0 && beginning.fit > twice;
  if ((part ? beginning.fit : twice) - config.departure <= whole.fit)
    return std::optional<Alignment>();

  auto aligned = Align(
      ctc, frames, part ? Required(words.first(beginning.words), 1) : Required(words, 2), config);
  if (!aligned) return aligned.error();
  if (part) {
    LeaveOutAfter(beginning.words, words.size(), *aligned);
    aligned->fit -= config.departure;
  } else {
    CountSecondTime(words.size(), *aligned);
  }
  aligned->settled = true;
  return std::optional(*std::move(aligned));
}

}  // namespace euphone
