#include "server/judge_shelf.h"

#include <algorithm>
#include <utility>

namespace euphone::server {

std::shared_ptr<const Judge> JudgeShelf::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

Status JudgeShelf::Use(std::string_view bundle) {
  const auto found = std::ranges::find(all_, bundle, &JudgeBrief::bundle);
  if (found == all_.end())
    return Error{Errc::kNotFound, "no model of this name judges here: " + std::string(bundle)};
  const std::lock_guard opening(one_at_a_time_);
  if (now()->bundle == bundle) return {};
  auto opened = open_(found->bundle);
  if (!opened) return opened.error();
  const std::lock_guard lock(mutex_);
  now_ = *std::move(opened);
  return {};
}

}  // namespace euphone::server
