#include "server/room_door.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "server/door.h"
#include "store/clock.h"

namespace euphone::server {
namespace {

constexpr std::chrono::seconds kFirstWord{10};
/// What is read waits in its log for who reads slowly; of what is said, nobody leaves more unread.
constexpr std::size_t kMostEvents = std::size_t{256} << 10, kMostUnread = std::size_t{1} << 20;

}  // namespace

void RoomDoor::OnOpen() {
  socket_->After(kFirstWord, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self && self->socket_ && !self->in_)
      self->Refuse(CloseCode::kNotAllowed, "too_late", "the first message must come within 10 s");
  });
  socket_->ReadOn();
}

void RoomDoor::OnClosed() {
  Follow(nullptr);
  room_.Leave(*this);
  socket_.reset();
}

void RoomDoor::OnMessage(std::string_view message, bool text) {
  if (closing_) return;
  if (!text)
    return Refuse(CloseCode::kNotAllowed, "invalid_argument", "nothing but text is taken here");
  const auto parsed = ParseRoomMessage(message);
  if (!parsed) return Refuse(CloseCode::kNotAllowed, "invalid_argument", parsed.error().message);
  const auto done = std::visit([this](const auto& m) { return Do(m); }, *parsed);
  if (!done) {
    const Errc code = done.error().code;
    if (code == Errc::kTooLarge) return Refuse(CloseCode::kTryLater, "busy", done.error().message);
    if (code != Errc::kNotFound)
      return Refuse(CloseCode::kNotAllowed, CodeOf(done.error()), done.error().message);
    // Whoever was to be watched has just gone: no reason to go, too.
    Tell(Compact({{"type", "error"}, {"code", "not_found"}, {"message", done.error().message}}));
  }
  if (!closing_ && socket_) socket_->ReadOn();
}

Status RoomDoor::Do(const JoinMessage& message) {
  if (in_) return Error{Errc::kInvalidArgument, "this connection is in the room already"};
  const auto desk = room_.Join(*this, only_.empty() ? message.learner : only_, message.name);
  if (!desk) return desk.error();
  in_ = true;
  Tell(Compact({{"type", "joined"}, {"desk", *desk}}));
  return {};
}

Status RoomDoor::Do(const LookMessage& message) {
  if (in_) return Error{Errc::kInvalidArgument, "this connection is in the room already"};
  if (!only_.empty())
    return Error{Errc::kInvalidArgument, "a learner's device does not watch others"};
  in_ = true;
  return room_.Look(*this, message.name);
}

Status RoomDoor::Do(const Advice& advice) { return room_.Say(*this, advice, NowMs()); }

void RoomDoor::Tell(std::string message) {
  if (!socket_ || closing_) return;
  if (socket_->unsent() > kMostUnread)
    return Refuse(CloseCode::kNotAllowed, "too_late", "nothing is read at the other end");
  socket_->Send(std::move(message));
}

void RoomDoor::Follow(std::shared_ptr<RemoteSession> reading) {
  if (reading_) reading_->OnNews(this, nullptr);
  const bool had = reading_ != nullptr;
  reading_ = std::move(reading);
  if (!reading_) {
    if (had) Tell(Compact({{"type", "read"}}));
    return;
  }
  next_ = reading_->first_number();
  const LiveOrder& order = reading_->order();
  Tell(Compact(
      {{"type", "reading"}, {"text", order.text}, {"lesson", order.lesson}, {"item", order.item}}));
  PumpOnNews(*reading_, this, socket_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->Pump();
  });
  Pump();
}

void RoomDoor::End() {
  if (!socket_ || closing_) return;
  closing_ = true;
  socket_->Close(CloseCode::kGoingAway, "over");
}

void RoomDoor::Refuse(CloseCode code, std::string_view name, const std::string& message) {
  if (closing_) return;
  closing_ = true;
  socket_->Send(Compact({{"type", "error"}, {"code", name}, {"message", message}}));
  socket_->Close(code, std::string(name));
}

void RoomDoor::Pump() {
  if (!socket_ || !reading_ || closing_) return;
  const bool over = reading_->over();  // Asked first: what is told before that comes before.
  while (socket_->unsent() < kMostEvents) {
    RemoteSession::Told told = reading_->Find(next_);
    if (told.forgotten) {
      next_ = reading_->first_number();
      continue;
    }
    if (!told.message) {
      if (over) Follow(nullptr);
      return;
    }
    ++next_;
    socket_->Send(*std::move(told.message));
  }
}

}  // namespace euphone::server
