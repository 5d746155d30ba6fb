#include "session/content.h"

#include <algorithm>
#include <vector>

namespace euphone {
namespace {

constexpr std::size_t kFewWords = 2;  // Fewer are slips, however short the text.
constexpr std::size_t kEndsShare = 4;
constexpr std::size_t kAnywhereShare = 2;
constexpr std::size_t kTwiceShare = 2;

bool IsPart(std::size_t at_ends, std::size_t missing, std::size_t all) {
  return missing >= kFewWords && (at_ends * kEndsShare >= all || missing * kAnywhereShare >= all);
}

}  // namespace

Content ContentOf(const Analysis& analysis) {
  const std::size_t all = analysis.script.words.size();
  std::vector<bool> read(all), repeated(all);
  for (const WordScore& word : analysis.words) {
    if (!word.script_word || word.error == WordError::kOmitted) continue;
    (word.error == WordError::kRepeated ? repeated : read)[*word.script_word] = true;
  }
  const auto first = std::ranges::find(read, true);
  if (analysis.verdict != Verdict::kScored || first == read.end()) return {};
  const auto last = std::find(read.rbegin(), read.rend(), true);
  Content content{.kind = ContentKind::kWhole,
                  .first_word = static_cast<std::size_t>(first - read.begin()),
                  .last_word = static_cast<std::size_t>(read.rend() - last) - 1};
  const auto missing = static_cast<std::size_t>(std::ranges::count(read, false));
  const auto again = static_cast<std::size_t>(std::ranges::count(repeated, true));
  if (IsPart(content.first_word + all - 1 - content.last_word, missing, all))
    content.kind = ContentKind::kPart;
  else if (again >= kFewWords && again * kTwiceShare >= all)
    content.kind = ContentKind::kTwice;
  return content;
}

}  // namespace euphone
