#pragma once

#include <cstddef>

namespace euphone::kernels {

/// Hands out pieces of one block of memory, one behind the other. Without a block it only counts:
/// the same code that takes the pieces tells first how much it will take.
class Arena {
 public:
  static constexpr std::size_t kAlignment = 64;  ///< Of each piece, and REQUIRED of the block.

  Arena() = default;
  explicit Arena(std::byte* block) : block_(block) {}

  /// `count` of them, uninitialised; null where there is no block.
  template <class T>
  T* Take(std::size_t count) {
    const std::size_t at = used_;
    used_ += (count * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
    if (used_ > most_) most_ = used_;
    return block_ == nullptr ? nullptr : static_cast<T*>(static_cast<void*>(block_ + at));
  }

  /// What is taken now; Rewind gives back everything that was taken since.
  std::size_t mark() const { return used_; }
  void Rewind(std::size_t mark) { used_ = mark; }

  std::size_t most() const { return most_; }  ///< Bytes that the block must have.

 private:
  std::byte* block_ = nullptr;
  std::size_t used_ = 0, most_ = 0;
};

}  // namespace euphone::kernels
