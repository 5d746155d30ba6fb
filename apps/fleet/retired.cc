#include "fleet/retired.h"

#include <iterator>
#include <utility>

namespace euphone::fleet {
namespace {

constexpr std::chrono::milliseconds kForAnswer{2000};

}  // namespace

void Retired::Add(std::function<void()> destroy) {
  std::vector<std::function<void()>> now;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(destroy));
    now.swap(waiting_);
  }
  const bool settled =
      Nats().natsConnection_Status(connection_) == NATS_CONN_STATUS_CONNECTED &&
      Nats().natsConnection_FlushTimeout(connection_, kForAnswer.count()) == NATS_OK;
  if (settled) {
    for (const auto& each : now) each();
    return;
  }
  const std::lock_guard lock(mutex_);
  waiting_.insert(waiting_.end(), std::make_move_iterator(now.begin()),
                  std::make_move_iterator(now.end()));
}

void Retired::Clear() {
  const std::lock_guard lock(mutex_);
  for (const auto& each : waiting_) each();
  waiting_.clear();
}

}  // namespace euphone::fleet
