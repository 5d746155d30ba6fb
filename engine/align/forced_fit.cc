#include "align/forced_fit.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace euphone {

double ForcedFit(const Matrix& ctc, std::span<const int> phones) {
  constexpr double kImpossible = -std::numeric_limits<double>::infinity();
  // States: blank, phone, blank, phone, …, blank (Graves et al. 2006). Scores are relative to the
  // likeliest class of each frame.
  const std::size_t states = 2 * phones.size() + 1;
  const auto column = [&](std::size_t s) {
    return s % 2 == 0 ? 0 : static_cast<std::size_t>(phones[s / 2]) + 1;
  };
  std::vector<double> score(states, kImpossible);
  score[0] = 0.0;
  for (std::size_t t = 0; t < ctc.rows; ++t) {
    const auto row = ctc.row(t);
    const auto best = static_cast<double>(*std::max_element(row.begin(), row.end()));
    // From the last state down, so that each still sees the frame before in those below it.
    for (std::size_t s = states; s-- > 0;) {
      double from = t == 0 && s > 0 ? kImpossible : score[s];
      if (s > 0) from = std::max(from, t == 0 && s > 1 ? kImpossible : score[s - 1]);
      if (s > 1 && s % 2 == 1 && phones[s / 2] != phones[s / 2 - 1] && t > 0)
        from = std::max(from, score[s - 2]);
      score[s] = from + static_cast<double>(row[column(s)]) - best;
    }
  }
  return std::max(score[states - 1], score[states - 2]) / static_cast<double>(phones.size());
}

}  // namespace euphone
