#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/remote_session.h"

namespace euphone::server {

/// What somebody who watches says to a learner: advice of a human, and marked as such.
struct Advice {
  std::string text = {};
  std::int64_t word = -1;  ///< Of the reading; below 0: of none.
};

/// One connection to the room. Thread: that of the connections.
class RoomGuest {
 public:
  virtual ~RoomGuest() = default;
  virtual void Tell(std::string message) = 0;
  /// What is read at the desk that this one watches; null: nothing now.
  virtual void Follow(std::shared_ptr<RemoteSession> reading) = 0;
  /// The server ends.
  virtual void End() = 0;
};

/// Learners whose pages are open and let others watch, each at a desk, and who watches them:
/// docs/formats/room-socket.md. A desk outlives its readings, so that somebody can be spoken to in
/// between. Nothing is kept of what is said. Thread: that of the connections.
class Room {
 public:
  static constexpr std::size_t kMostGuests = 256;

  /// A learner sits down; the desk's name comes back, random. `learner`: an id or nothing.
  /// Fails: kTooLarge (the room is full), kInternal. REQUIRES: `guest` is not in the room.
  Result<std::string> Join(RoomGuest& guest, std::string learner, std::string name);
  /// Somebody who watches comes in and is told of all desks, now and after each change.
  /// Fails: kTooLarge. REQUIRES: `guest` is not in the room.
  Status Look(RoomGuest& guest, std::string name);
  /// `guest` must go before it ends; harmless where it is not in the room.
  void Leave(RoomGuest& guest);

  /// Follows what is read at `desk`, at no other any more; empty: at none. Fails: kNotFound,
  /// kInvalidArgument (a learner does not watch).
  Status Watch(RoomGuest& guest, std::string_view desk);
  /// Tells the learner whom `guest` watches, and all who watch. Fails: kInvalidArgument (it
  /// watches nobody).
  Status Say(RoomGuest& guest, const Advice& advice, std::int64_t now_ms);

  /// A live session began at `desk`; one that is not there has no watchers.
  void Begin(std::string_view desk, const std::shared_ptr<RemoteSession>& reading);
  /// Tells of desks where a reading has ended since the last call.
  void Tick();
  /// Sends all away.
  void EndAll();

 private:
  struct Desk {
    RoomGuest* guest = nullptr;
    std::string learner, name;
    std::weak_ptr<RemoteSession> reading = {};
    bool told_reading = false;
  };
  struct Watcher {
    std::string name, desk;
  };
  bool full() const { return desks_.size() + watchers_.size() >= kMostGuests; }
  std::vector<std::string> WatchersOf(std::string_view desk) const;
  void TellWatched(std::string_view desk);
  void TellDesks();
  std::string DesksMessage();

  std::map<std::string, Desk, std::less<>> desks_;
  std::map<RoomGuest*, Watcher> watchers_;
};

}  // namespace euphone::server
