#include "server/judge_shelf.h"

#include <algorithm>
#include <utility>

namespace euphone::server {

std::shared_ptr<const Judge> JudgeShelf::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

std::shared_ptr<const Judge> JudgeShelf::Latest() {
  if (mark_) {
    const std::unique_lock opening(one_at_a_time_, std::try_to_lock);
    // Who does not get the lock goes on with what there is.
    if (opening) Renew();
  }
  return now();
}

/// REQUIRES: one_at_a_time_ is held.
void JudgeShelf::Renew() {
  std::string bundle, mark;
  {
    const std::lock_guard lock(mutex_);
    if (now_.use_count() > 1) return;  // A lesson is going on with it.
    bundle = now_->bundle;
    mark = mark_(bundle);
    if (mark == now_->mark || mark == unusable_) return;
  }
  auto opened = open_(bundle);
  const std::lock_guard lock(mutex_);
  if (!opened)
    unusable_ = mark;
  else if (now_->bundle == bundle)
    now_ = *std::move(opened);
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
