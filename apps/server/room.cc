#include "server/room.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/door.h"
#include "server/secrets.h"

namespace euphone::server {
namespace {

using RoomJson = nlohmann::ordered_json;

constexpr std::size_t kDeskBytes = 8;

Error FullRoom() { return {Errc::kTooLarge, "too many are in the room already; try again later"}; }

bool IsRead(const std::shared_ptr<RemoteSession>& reading) { return reading && !reading->over(); }

}  // namespace

Result<std::string> Room::Join(RoomGuest& guest, std::string learner, std::string name) {
  if (full()) return FullRoom();
  auto id = RandomHex(kDeskBytes);
  if (!id) return id.error();
  desks_[*id] = Desk{.guest = &guest, .learner = std::move(learner), .name = std::move(name)};
  TellDesks();
  return id;
}

Status Room::Look(RoomGuest& guest, std::string name) {
  if (full()) return FullRoom();
  watchers_[&guest] = Watcher{.name = std::move(name), .desk = {}};
  guest.Tell(DesksMessage());
  return {};
}

void Room::Leave(RoomGuest& guest) {
  if (const auto watcher = watchers_.extract(&guest)) {
    TellWatched(watcher.mapped().desk);
    return TellDesks();
  }
  const auto left = std::find_if(desks_.begin(), desks_.end(),
                                 [&](const auto& desk) { return desk.second.guest == &guest; });
  if (left == desks_.end()) return;
  const std::string id = left->first;
  desks_.erase(left);
  for (auto& [watching, watcher] : watchers_) {
    if (watcher.desk != id) continue;
    watcher.desk.clear();
    watching->Follow(nullptr);
    watching->Tell(Compact({{"type", "left"}, {"desk", id}}));
  }
  TellDesks();
}

Status Room::Watch(RoomGuest& guest, std::string_view desk) {
  const auto watcher = watchers_.find(&guest);
  if (watcher == watchers_.end())
    return Error{Errc::kInvalidArgument, "who watches must look around first: send look"};
  const auto found = desks_.find(desk);
  if (!desk.empty() && found == desks_.end())
    return Error{Errc::kNotFound, "nobody sits at this desk any more"};
  const std::string before = std::exchange(watcher->second.desk, std::string(desk));
  TellWatched(before);
  TellWatched(desk);
  guest.Follow(nullptr);
  if (found != desks_.end()) {
    guest.Tell(Compact({{"type", "watching"},
                        {"desk", desk},
                        {"learner", found->second.learner},
                        {"name", found->second.name}}));
    if (auto reading = found->second.reading.lock(); IsRead(reading)) guest.Follow(reading);
  }
  TellDesks();
  return {};
}

Status Room::Say(RoomGuest& guest, const Advice& advice, std::int64_t now_ms) {
  const auto watcher = watchers_.find(&guest);
  const auto desk = watcher == watchers_.end() ? desks_.end() : desks_.find(watcher->second.desk);
  if (desk == desks_.end())
    return Error{Errc::kInvalidArgument, "nobody would hear it: watch a desk first"};
  RoomJson json{{"type", "advice"},    {"from", watcher->second.name},
                {"text", advice.text}, {"word", advice.word},
                {"human", true},       {"said_ms", now_ms}};
  if (advice.word < 0) json["word"] = nullptr;
  const std::string message = Compact(json);
  desk->second.guest->Tell(message);
  for (const auto& [watching, other] : watchers_)
    if (other.desk == desk->first) watching->Tell(message);
  return {};
}

void Room::Begin(std::string_view desk, const std::shared_ptr<RemoteSession>& reading) {
  const auto found = desks_.find(desk);
  if (found == desks_.end()) return;
  found->second.reading = reading;
  for (const auto& [watching, watcher] : watchers_)
    if (watcher.desk == desk) watching->Follow(reading);
  TellDesks();
}

void Room::Tick() {
  for (const auto& [id, desk] : desks_)
    if (desk.told_reading != IsRead(desk.reading.lock())) return TellDesks();
}

void Room::EndAll() {
  for (const auto& [id, desk] : desks_) desk.guest->End();
  for (const auto& [watching, watcher] : watchers_) watching->End();
}

std::vector<std::string> Room::WatchersOf(std::string_view desk) const {
  std::vector<std::string> names;
  for (const auto& [watching, watcher] : watchers_)
    if (watcher.desk == desk) names.push_back(watcher.name);
  return names;
}

void Room::TellWatched(std::string_view desk) {
  const auto found = desks_.find(desk);
  if (found == desks_.end()) return;
  found->second.guest->Tell(Compact({{"type", "watched"}, {"by", WatchersOf(desk)}}));
}

void Room::TellDesks() {
  const std::string message = DesksMessage();
  for (const auto& [watching, watcher] : watchers_) watching->Tell(message);
}

std::string Room::DesksMessage() {
  RoomJson desks = RoomJson::array();
  for (auto& [id, desk] : desks_) {
    const auto reading = desk.reading.lock();
    desk.told_reading = IsRead(reading);
    desks.push_back({{"desk", id},
                     {"learner", desk.learner},
                     {"name", desk.name},
                     {"reading", desk.told_reading ? RoomJson(reading->order().text) : RoomJson()},
                     {"watched_by", WatchersOf(id)}});
  }
  return Compact({{"type", "desks"}, {"desks", std::move(desks)}});
}

}  // namespace euphone::server
