#include "hub/retention.h"

#include <cstdlib>

namespace euphone::hub {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;
constexpr int kDroppedTogether = 5000;

}  // namespace

Status Retention::Turn(std::int64_t now) {
  if (days_ == 0 || std::abs(now - done_at_) < kDaySeconds) return {};
  const auto dropped = records_->DropBefore(now - days_ * kDaySeconds, kDroppedTogether);
  if (!dropped) return dropped.error();
  if (*dropped < kDroppedTogether) done_at_ = now;
  return {};
}

}  // namespace euphone::hub
