#include "server/live_door.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "server/door.h"

namespace euphone::server {
namespace {

constexpr std::chrono::seconds kFirstMessage{10};
constexpr std::chrono::milliseconds kNoRoom{20};
/// A client that reads slowly has as much on its way, the rest stays in the log.
constexpr std::size_t kMostUnsent = std::size_t{256} << 10;

}  // namespace

void LiveDoor::OnOpen() {
  socket_->After(kFirstMessage, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self && self->socket_ && !self->session_ && !self->closing_) {
      self->Refuse(CloseCode::kNotAllowed, "error", "too_late",
                   "the first message must come within 10 s");
    }
  });
  socket_->ReadOn();
}

void LiveDoor::OnClosed() {
  if (session_) hub_.Leave(session_->id(), ticket_, std::chrono::steady_clock::now());
  LetGo();
  socket_.reset();
}

void LiveDoor::LetGo() {
  if (session_) session_->OnNews(this, nullptr);
  session_.reset();
}

void LiveDoor::Refuse(CloseCode code, std::string_view type, std::string_view name,
                      const std::string& message) {
  closing_ = true;
  socket_->Send(Compact({{"type", type}, {"code", name}, {"message", message}}));
  socket_->Close(code, std::string(name));
}

void LiveDoor::OnMessage(std::string_view message, bool text) {
  if (closing_) return;
  if (!text) return Hear(message);
  const auto parsed = ParseLiveMessage(message, *context_.lessons.all());
  if (!parsed)
    return Refuse(CloseCode::kNotAllowed, "error", CodeOf(parsed.error()), parsed.error().message);
  std::visit([this](const auto& m) { Do(m); }, *parsed);
  if (!closing_) ReadOn();
}

void LiveDoor::Do(const LiveOrder& order) {
  if (session_) {
    return Refuse(CloseCode::kNotAllowed, "error", "invalid_argument",
                  "this connection has a session already");
  }
  if (!only_.empty() && !order.learner.empty() && order.learner != only_) {
    return Refuse(CloseCode::kNotAllowed, "error", "one_learner",
                  "this device is another learner's");
  }
  auto begun = hub_.Begin(order);
  if (!begun) return Refuse(CloseCode::kTryLater, "error", "internal", begun.error().message);
  if (!*begun) {
    return Refuse(CloseCode::kTryLater, "busy", "busy",
                  "all " + std::to_string(context_.config.most_sessions) +
                      " seats are taken; try again when somebody has finished");
  }
  socket_->Send(Compact(
      {{"type", "ready"}, {"session", (*begun)->id()}, {"rate", order.rate.hz}, {"samples", 0}}));
  room_.Begin(order.desk, *begun);
  Hold(*std::move(begun));
}

void LiveDoor::Do(const ResumeMessage& message) {
  if (session_) {
    return Refuse(CloseCode::kNotAllowed, "error", "invalid_argument",
                  "this connection has a session already");
  }
  auto session = hub_.Take(message.session, nullptr);
  if (!session) {
    return Refuse(CloseCode::kNotAllowed, "error", "not_found",
                  "this session is not there any more; start another one");
  }
  if (message.after > session->last_number()) {
    hub_.Leave(message.session, hub_.TicketOf(message.session), std::chrono::steady_clock::now());
    return Refuse(CloseCode::kNotAllowed, "error", "invalid_argument",
                  "`after` is the number of an event that is still to come");
  }
  acknowledged_ = session->input().received();
  next_ = message.after + 1;
  socket_->Send(
      Compact({{"type", "resumed"}, {"session", message.session}, {"samples", acknowledged_}}));
  Hold(std::move(session));
}

void LiveDoor::Hold(std::shared_ptr<RemoteSession> session) {
  hub_.Take(session->id(), [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self || !self->socket_) return;
    self->LetGo();
    self->Refuse(CloseCode::kTakenOver, "error", "taken_over",
                 "another connection goes on with this session");
  });
  ticket_ = hub_.TicketOf(session->id());
  session_ = std::move(session);
  PumpOnNews(*session_, this, socket_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->Pump();
  });
  Pump();
}

void LiveDoor::Do(const StopMessage&) {
  if (!session_) {
    return Refuse(CloseCode::kNotAllowed, "error", "invalid_argument",
                  "there is nothing to stop: start first");
  }
  session_->End();
}

void LiveDoor::Do(const LeaveMessage&) {
  if (session_) session_->Leave();
  closing_ = true;
  socket_->Close(CloseCode::kDone, "left");
}

void LiveDoor::Hear(std::string_view bytes) {
  const Status heard =
      session_ ? session_->Hear(bytes)
               : Error{Errc::kInvalidArgument, "start or resume first, then send audio"};
  if (!heard)
    return Refuse(CloseCode::kNotAllowed, "error", CodeOf(heard.error()), heard.error().message);
  Acknowledge(session_->input().rate().hz / 4);
  ReadOn();
}

void LiveDoor::Acknowledge(std::int64_t at_least) {
  const std::int64_t received = session_->input().received();
  if (received - acknowledged_ < at_least) return;
  acknowledged_ = received;
  socket_->Send(Compact({{"type", "ack"}, {"samples", received}}));
}

/// Asks for the next message, once there is room for it.
void LiveDoor::ReadOn() {
  if (!socket_ || closing_) return;
  const bool room = !session_ || session_->input().Flush() == 0;
  if (room && socket_->unsent() < kMostUnsent) return socket_->ReadOn();
  socket_->After(kNoRoom, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->ReadOn();
  });
}

void LiveDoor::Pump() {
  if (!socket_ || !session_ || closing_) return;
  const bool over = session_->over();  // Asked first: what is told before that comes before.
  while (socket_->unsent() < kMostUnsent) {
    RemoteSession::Told told = session_->Find(next_);
    if (told.forgotten) {
      return Refuse(CloseCode::kNotAllowed, "error", "too_late",
                    "events that were missed are not kept any more; start another session");
    }
    if (!told.message) {
      if (!over) return;
      if (const auto failure = session_->failure()) {
        return Refuse(CloseCode::kNotAllowed, "error", CodeOf(*failure), failure->message);
      }
      closing_ = true;
      return socket_->Close(hub_.ending() ? CloseCode::kGoingAway : CloseCode::kDone, "over");
    }
    ++next_;
    socket_->Send(*std::move(told.message));
  }
}

}  // namespace euphone::server
