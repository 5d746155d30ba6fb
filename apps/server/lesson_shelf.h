#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lesson/lesson_pack.h"

namespace euphone::server {

/// The lessons that there are: those of the language pack, and those that were brought in here.
/// Thread: any.
class LessonShelf {
 public:
  using Packs = std::vector<LessonPack>;

  explicit LessonShelf(Packs built_in)
      : built_in_(built_in.size()), packs_(std::make_shared<const Packs>(std::move(built_in))) {}

  /// As they are now; what is found in them lives as long as this does.
  std::shared_ptr<const Packs> all() const;
  bool IsOwn(std::string_view name) const;

  /// Puts own ones in the place of those that it has.
  void SetOwn(Packs own);

 private:
  const std::size_t built_in_;
  mutable std::mutex mutex_;  ///< Guards the next.
  std::shared_ptr<const Packs> packs_;
};

/// A name for a lesson of this title that no other of `packs` has: "at-the-doctor-s", "lesson-2".
std::string FreeName(const LessonShelf::Packs& packs, std::string_view title);

}  // namespace euphone::server
