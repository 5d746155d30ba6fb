#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace euphone::server {

/// Lends connections to the store of this device, one to each who works with it at a time; opens it
/// when somebody first asks. Thread: any.
class StoreDoor {
 public:
  /// Opens the store. `make`: and makes it where there is none. Fails as Store::Open; kNotFound:
  /// there is none.
  using Opener = std::function<Result<Store>(bool make)>;

  explicit StoreDoor(Opener open) : open_(std::move(open)) {}

  /// A connection that goes back with this object. The door must outlive it.
  class Lent {
   public:
    Lent(StoreDoor& door, std::unique_ptr<Store> store) : door_(&door), store_(std::move(store)) {}
    Lent(Lent&&) noexcept = default;
    Lent& operator=(Lent&&) = delete;
    ~Lent() {
      if (store_) door_->TakeBack(std::move(store_));
    }
    Store& operator*() const { return *store_; }

   private:
    StoreDoor* door_;
    std::unique_ptr<Store> store_;
  };

  Result<Lent> Lend(bool make = false);

 private:
  void TakeBack(std::unique_ptr<Store> store);

  const Opener open_;
  std::mutex mutex_;             ///< Guards the rest.
  std::optional<Store> opened_;  ///< What the others are made from.
  std::vector<std::unique_ptr<Store>> idle_;
};

}  // namespace euphone::server
