#include "reference/reference_voice.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace euphone {
namespace {

constexpr Millis kMargin{20};  ///< Kept on either side: sounds begin before their boundary.
constexpr Millis kFade{12};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool Same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace

Reference CutWord(const Reference& whole, std::size_t index) {
  const ReferenceWord& word = whole.words[index];
  const auto margin = static_cast<std::size_t>(SamplesIn(kMargin, whole.rate));
  const std::size_t begin = word.begin - std::min(word.begin, margin);
  const std::size_t end = std::min(whole.samples.size(), word.end + margin);
  Reference cut{{}, whole.rate, {word}};
  cut.samples.assign(whole.samples.begin() + static_cast<std::ptrdiff_t>(begin),
                     whole.samples.begin() + static_cast<std::ptrdiff_t>(std::max(begin, end)));
  const std::size_t fade =
      std::min(static_cast<std::size_t>(SamplesIn(kFade, whole.rate)), cut.samples.size() / 2);
  for (std::size_t i = 0; i < fade; ++i) {
    const double turn = std::numbers::pi * static_cast<double>(i) / static_cast<double>(fade);
    const auto gain = static_cast<float>(0.5 - 0.5 * std::cos(turn));
    cut.samples[i] *= gain;
    cut.samples[cut.samples.size() - 1 - i] *= gain;
  }
  cut.words[0].begin = word.begin - begin;
  cut.words[0].end = word.end - begin;
  return cut;
}

std::size_t FindWord(const Reference& whole, std::string_view word) {
  const auto found = std::ranges::find_if(
      whole.words, [&](const ReferenceWord& said) { return Same(said.text, word); });
  return static_cast<std::size_t>(found - whole.words.begin());
}

}  // namespace euphone
