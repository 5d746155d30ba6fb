#include "lexicon/g2p.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace euphone {
namespace {

constexpr std::size_t kBlank = 0;

Error Misfit(const GraphemeSpec& spec, const std::string& what) {
  return {Errc::kCorrupt, "grapheme model " + spec.name + ": " + what};
}

bool IsVowel(Phone phone) { return phone.stress != Stress::kNone; }

}  // namespace

Result<G2p> G2p::Create(std::shared_ptr<const GraphemeModel> model, const PhoneSet& phones) {
  const GraphemeSpec& spec = model->spec();
  G2p g2p;
  for (std::size_t id = 1; id < spec.letters.size(); ++id)
    g2p.letters_.emplace(spec.letters[id], static_cast<std::int64_t>(id));
  if (g2p.letters_.empty()) return Misfit(spec, "it lists no letters");
  if (spec.classes.size() < 2) return Misfit(spec, "it lists no phones");
  g2p.classes_.push_back({});
  for (std::size_t column = 1; column < spec.classes.size(); ++column) {
    const auto phone = phones.ParsePhone(spec.classes[column]);
    if (!phone) return Misfit(spec, phone.error().message);
    g2p.classes_.push_back(*phone);
  }
  if (std::none_of(g2p.classes_.begin() + 1, g2p.classes_.end(), IsVowel))
    return Misfit(spec, "it lists no vowels");
  g2p.model_ = std::move(model);
  return g2p;
}

Result<Pronunciation> G2p::Pronounce(std::string_view key) const {
  std::vector<std::int64_t> ids;
  for (const char letter : key) {
    const auto id = letters_.find(std::string(1, letter));
    if (id == letters_.end()) {
      return Error{Errc::kUnsupported,
                   "'" + std::string(key) + "': the letter '" + letter +
                       "' is not known; give the word's phones, as in {word|W ER D}"};
    }
    ids.push_back(id->second);
  }
  if (ids.empty()) return Error{Errc::kNotFound, "an empty word has no pronunciation"};
  if (ids.size() > kMaxLetters) {
    return Error{Errc::kTooLarge, "'" + std::string(key) + "' has more than " +
                                      std::to_string(kMaxLetters) + " letters"};
  }
  const auto log_probabilities = model_->Run(ids);
  if (!log_probabilities) return log_probabilities.error();
  if (log_probabilities->columns != classes_.size())
    return Misfit(model_->spec(), "its output does not have one column for each class");
  auto phones = Decode(*log_probabilities);
  if (phones.empty())
    return Error{Errc::kNotFound, "'" + std::string(key) + "' gives no sound at all"};
  return Pronunciation{std::move(phones), Origin::kG2p};
}

std::vector<Phone> G2p::Decode(const Matrix& log_probabilities) const {
  std::vector<std::size_t> path;  // The best class of each step.
  bool has_vowel = false;
  std::size_t rescue_step = 0;
  std::size_t rescue_vowel = kBlank;
  float least_loss = std::numeric_limits<float>::infinity();
  for (std::size_t step = 0; step < log_probabilities.rows; ++step) {
    const auto row = log_probabilities.row(step);
    const auto best =
        static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
    path.push_back(best);
    has_vowel = has_vowel || (best != kBlank && IsVowel(classes_[best]));
    for (std::size_t column = 1; column < row.size(); ++column) {
      if (!IsVowel(classes_[column]) || row[best] - row[column] >= least_loss) continue;
      least_loss = row[best] - row[column];
      rescue_step = step;
      rescue_vowel = column;
    }
  }
  if (!has_vowel && rescue_vowel != kBlank) path[rescue_step] = rescue_vowel;

  std::vector<Phone> phones;
  for (std::size_t step = 0; step < path.size(); ++step) {
    if (path[step] == kBlank || (step > 0 && path[step] == path[step - 1])) continue;
    phones.push_back(classes_[path[step]]);
  }
  return phones;
}

}  // namespace euphone
