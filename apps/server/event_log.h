#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace euphone::server {

/// The messages of a session, numbered from 1, the last ones of them: so that a client that lost
/// its connection can have again what it missed. Thread: one at a time.
class EventLog {
 public:
  /// Holds messages of `most_bytes` in all, and the last one whatever its length.
  explicit EventLog(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Adds {"type":TYPE,"seq":N,MEMBERS}; `members` are those of a JSON object.
  void Add(std::string_view type, std::string_view members);

  /// Message `number`; null: it was forgotten, or is still to come.
  const std::string* Find(std::uint64_t number) const;

  std::uint64_t first() const { return last_ + 1 - messages_.size(); }
  std::uint64_t last() const { return last_; }  ///< 0: none yet.

 private:
  const std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::uint64_t last_ = 0;
  std::deque<std::string> messages_;
};

}  // namespace euphone::server
