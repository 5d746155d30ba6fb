#include "command/phrase_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "align/forced_fit.h"

namespace euphone {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr double kWorstFrame = -8.0;
/// Of 0.5 to 3, the one that misses the fewest phrases where as much other speech is taken for
/// them.
constexpr double kFrameWeight = 1.5;
/// Of a phone, on average: 36 and 216 ms. Nobody is quicker; what is slower is something else.
constexpr double kShortest = 3.0, kLongest = 18.0;

}  // namespace

double FrameFit(const Matrix& frames, std::size_t begin, std::size_t end,
                std::span<const int> phones) {
  // States: silence, phone, silence, phone, …, silence.
  const std::size_t states = 2 * phones.size() + 1;
  std::vector<double> score(states, kNever);
  std::size_t speech = 0;
  for (std::size_t t = begin; t < end; ++t) {
    const auto row = frames.row(t);
    const auto best = static_cast<double>(*std::max_element(row.begin(), row.end()));
    if (std::exp(row.front()) < 0.5F) ++speech;
    // From the last state down, so that each still sees the frame before in those below it.
    for (std::size_t s = states; s-- > 0;) {
      double from = score[s];
      if (t == begin) {
        from = s < 2 ? 0.0 : kNever;
      } else {
        if (s > 0) from = std::max(from, score[s - 1]);
        if (s % 2 == 1 && s > 1) from = std::max(from, score[s - 2]);
      }
      const std::size_t column = s % 2 == 0 ? 0 : static_cast<std::size_t>(phones[s / 2]) + 1;
      score[s] = from + std::max(kWorstFrame, static_cast<double>(row[column]) - best);
    }
  }
  const double whole = std::max(score[states - 1], score[states - 2]);
  return std::max(kWorstFrame, whole / static_cast<double>(std::max<std::size_t>(1, speech)));
}

double PhraseFit(const Posteriors& heard, std::size_t begin, std::size_t end, const Phrase& phrase,
                 std::size_t speech_frames) {
  double best = kNever;
  for (const std::vector<int>& phones : phrase.variants) {
    const double each = static_cast<double>(speech_frames) / static_cast<double>(phones.size());
    if (each < kShortest || each > kLongest) continue;
    const double ctc = ForcedFit(heard.ctc, begin, end, phones);
    if (ctc < best) continue;  // The framewise part makes nothing better.
    best = std::max(best, ctc + kFrameWeight * FrameFit(heard.frames, begin, end, phones));
  }
  return best;
}

}  // namespace euphone
