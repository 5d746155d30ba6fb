#include "server/lesson_shelf.h"

#include <algorithm>
#include <utility>

namespace euphone::server {

std::shared_ptr<const LessonShelf::Packs> LessonShelf::all() const {
  const std::lock_guard lock(mutex_);
  return packs_;
}

bool LessonShelf::IsOwn(std::string_view name) const {
  const auto packs = all();
  return std::any_of(packs->begin() + static_cast<std::ptrdiff_t>(built_in_), packs->end(),
                     [&](const LessonPack& pack) { return pack.name == name; });
}

void LessonShelf::SetOwn(Packs own) {
  const std::lock_guard lock(mutex_);
  auto packs = std::make_shared<Packs>(packs_->begin(),
                                       packs_->begin() + static_cast<std::ptrdiff_t>(built_in_));
  std::move(own.begin(), own.end(), std::back_inserter(*packs));
  packs_ = std::move(packs);
}

std::string FreeName(const LessonShelf::Packs& packs, std::string_view title) {
  constexpr std::size_t kLongest = 40;
  std::string stem;
  for (const char c : title) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool kept = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
    if (kept && stem.size() < kLongest)
      stem += small;
    else if (!kept && !stem.empty() && stem.back() != '-')
      stem += '-';
  }
  while (stem.ends_with('-')) stem.pop_back();
  if (stem.empty()) stem = "lesson";
  std::string name = stem;
  for (int number = 2; std::ranges::find(packs, name, &LessonPack::name) != packs.end(); ++number)
    name = stem + "-" + std::to_string(number);
  return name;
}

}  // namespace euphone::server
