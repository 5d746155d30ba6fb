#include "labels/agreement.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

namespace euphone {
namespace {

/// Two that say something else cost less than if each stood alone, but more than one of them: so
/// as many as can be say the same.
constexpr std::size_t kDifferent = 3, kAlone = 2;

enum class Move : std::uint8_t { kBoth, kFirst, kSecond };

/// What two people may write in other ways: capitals, the stress digit of a vowel.
std::string Plain(const std::string& text) {
  std::string plain = text;
  for (char& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (plain.size() == 3 && plain.back() >= '0' && plain.back() <= '2') plain.pop_back();
  return plain;
}

std::vector<const TimedLabel*> Filled(const LabelTier& tier) {
  std::vector<const TimedLabel*> filled;
  for (const TimedLabel& label : tier.labels) {
    if (!label.text.empty()) filled.push_back(&label);
  }
  return filled;
}

std::vector<std::string> PlainTexts(const std::vector<const TimedLabel*>& labels) {
  std::vector<std::string> texts;
  for (const TimedLabel* label : labels) texts.push_back(Plain(label->text));
  return texts;
}

/// The moves that change one into the other with the fewest changes, from the end.
std::vector<Move> Moves(const std::vector<std::string>& first,
                        const std::vector<std::string>& second) {
  const std::size_t width = second.size() + 1;
  std::vector<Move> best((first.size() + 1) * width, Move::kSecond);
  std::vector<std::size_t> above(width), row(width);
  for (std::size_t j = 0; j < width; ++j) above[j] = j * kAlone;
  for (std::size_t i = 1; i <= first.size(); ++i) {
    row[0] = i * kAlone;
    best[i * width] = Move::kFirst;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t both = above[j - 1] + (first[i - 1] == second[j - 1] ? 0 : kDifferent);
      const std::size_t only_first = above[j] + kAlone, only_second = row[j - 1] + kAlone;
      row[j] = std::min({both, only_first, only_second});
      best[i * width + j] = row[j] == both         ? Move::kBoth
                            : row[j] == only_first ? Move::kFirst
                                                   : Move::kSecond;
    }
    above.swap(row);
  }
  std::vector<Move> moves;
  for (std::size_t i = first.size(), j = second.size(); i > 0 || j > 0;) {
    const Move move = best[i * width + j];
    moves.push_back(move);
    if (move != Move::kSecond) --i;
    if (move != Move::kFirst) --j;
  }
  return moves;
}

}  // namespace

double LabelAgreement::MedianMs() const {
  if (apart_ms.empty()) return 0.0;
  const std::size_t middle = apart_ms.size() / 2;
  return apart_ms.size() % 2 == 1 ? apart_ms[middle]
                                  : (apart_ms[middle - 1] + apart_ms[middle]) / 2.0;
}

double LabelAgreement::ShareWithin(double ms) const {
  if (apart_ms.empty()) return 0.0;
  constexpr double kRounding = 1e-6;
  const auto end = std::ranges::upper_bound(apart_ms, ms + kRounding);
  return static_cast<double>(end - apart_ms.begin()) / static_cast<double>(apart_ms.size());
}

Result<LabelAgreement> CompareTiers(const LabelTier& first, const LabelTier& second) {
  constexpr std::size_t kMostPairs = 100'000'000;
  const auto left = Filled(first), right = Filled(second);
  if ((left.size() + 1) * (right.size() + 1) > kMostPairs) {
    return Error{Errc::kTooLarge, "the tiers have " + std::to_string(left.size()) + " and " +
                                      std::to_string(right.size()) +
                                      " labels, which are too many to compare; cut them"};
  }
  const auto left_texts = PlainTexts(left), right_texts = PlainTexts(right);
  auto moves = Moves(left_texts, right_texts);
  LabelAgreement agreement;
  std::size_t i = 0, j = 0;
  for (auto move = moves.rbegin(); move != moves.rend(); ++move) {
    if (*move == Move::kFirst) {
      ++agreement.only_first;
    } else if (*move == Move::kSecond) {
      ++agreement.only_second;
    } else if (left_texts[i] != right_texts[j]) {
      ++agreement.different;
    } else {
      ++agreement.same;
      agreement.apart_ms.push_back(1000.0 * std::abs(left[i]->begin - right[j]->begin));
      agreement.apart_ms.push_back(1000.0 * std::abs(left[i]->end - right[j]->end));
    }
    if (*move != Move::kSecond) ++i;
    if (*move != Move::kFirst) ++j;
  }
  std::ranges::sort(agreement.apart_ms);
  return agreement;
}

}  // namespace euphone
