#include "server/store_door.h"

#include <utility>

namespace euphone::server {

Result<StoreDoor::Lent> StoreDoor::Lend(bool make) {
  const std::lock_guard lock(mutex_);
  if (!opened_) {
    auto store = open_(make);
    if (!store) return store.error();
    opened_ = *std::move(store);
  }
  if (!idle_.empty()) {
    auto store = std::move(idle_.back());
    idle_.pop_back();
    return Lent(*this, std::move(store));
  }
  auto another = opened_->Again();
  if (!another) return another.error();
  return Lent(*this, std::make_unique<Store>(*std::move(another)));
}

void StoreDoor::TakeBack(std::unique_ptr<Store> store) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(store));
}

}  // namespace euphone::server
