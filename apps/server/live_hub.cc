#include "server/live_hub.h"

#include <algorithm>
#include <utility>

#include "server/secrets.h"

namespace euphone::server {
namespace {

constexpr std::size_t kIdBytes = 16;
/// Sessions that are over and kept in case somebody comes back for their last events.
constexpr std::size_t kMostKept = 16;

}  // namespace

Result<std::shared_ptr<RemoteSession>> LiveHub::Begin(LiveOrder order) {
  std::shared_ptr<RemoteSession> session;
  if (ending_ || open() >= context_.config.most_sessions) return session;
  auto id = RandomHex(kIdBytes);
  if (!id) return id.error();
  session = std::make_shared<RemoteSession>(context_, *id, std::move(order));
  seats_[*std::move(id)].session = session;
  return session;
}

std::shared_ptr<RemoteSession> LiveHub::Take(std::string_view id, std::function<void()> push_out) {
  const auto found = seats_.find(id);
  if (found == seats_.end()) return nullptr;
  Seat& seat = found->second;
  if (seat.held && seat.push_out) seat.push_out();
  seat.held = true;
  seat.ticket = ++tickets_;
  seat.push_out = std::move(push_out);
  return seat.session;
}

std::uint64_t LiveHub::TicketOf(std::string_view id) const {
  const auto found = seats_.find(id);
  return found == seats_.end() ? 0 : found->second.ticket;
}

void LiveHub::Leave(std::string_view id, std::uint64_t ticket, Time now) {
  const auto found = seats_.find(id);
  if (found == seats_.end() || found->second.ticket != ticket) return;
  found->second.held = false;
  found->second.push_out = nullptr;
  found->second.left = now;
}

void LiveHub::Sweep(Time now) {
  std::size_t kept = 0;
  for (auto& [id, seat] : seats_) {
    if (!seat.held && now >= seat.left + kComeBack) seat.session->End();
    if (!seat.held && seat.session->over()) ++kept;
  }
  std::erase_if(seats_, [&](const auto& entry) {
    const Seat& seat = entry.second;
    const bool late = now >= seat.left + kComeBack;
    const bool forget = !seat.held && seat.session->over() && (late || kept > kMostKept);
    if (forget) --kept;
    return forget;
  });
}

void LiveHub::EndAll() {
  ending_ = true;
  for (auto& [id, seat] : seats_) seat.session->End();
}

void LiveHub::Close() {
  EndAll();
  for (auto& [id, seat] : seats_) seat.session->Hush();
  seats_.clear();
}

bool LiveHub::quiet() const {
  return std::all_of(seats_.begin(), seats_.end(), [](const auto& entry) {
    return entry.second.session->over() && !entry.second.held;
  });
}

std::size_t LiveHub::open() const {
  return static_cast<std::size_t>(
      std::count_if(seats_.begin(), seats_.end(),
                    [](const auto& entry) { return !entry.second.session->over(); }));
}

std::size_t LiveHub::waiting() const {
  return static_cast<std::size_t>(std::count_if(
      seats_.begin(), seats_.end(),
      [](const auto& entry) { return !entry.second.session->over() && !entry.second.held; }));
}

}  // namespace euphone::server
