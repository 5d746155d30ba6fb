#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/remote_session.h"
#include "server/web_socket.h"

namespace euphone::server {

/// All live sessions: as many as there are seats, each kept for a while after its connection has
/// gone, so that a client can come back. Time is the caller's. Thread: that of the connections.
class LiveHub {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kComeBack{60};

  explicit LiveHub(Context& context) : context_(context) {}

  /// Null: all seats are taken. Fails: kInternal.
  Result<std::shared_ptr<RemoteSession>> Begin(LiveOrder order);

  /// Gives the session to a connection; `push_out` is called when another one takes it over. Null:
  /// there is none of this id.
  std::shared_ptr<RemoteSession> Take(std::string_view id, std::function<void()> push_out);

  /// The connection has gone. Only what Take() or Begin() gave; harmless where another has taken
  /// over since (`ticket` differs).
  void Leave(std::string_view id, std::uint64_t ticket, Time now);
  /// Tells who holds a session now.
  std::uint64_t TicketOf(std::string_view id) const;

  /// Ends those whose client has not come back in time, and forgets those that are over.
  void Sweep(Time now);

  /// Ends all: what is open is judged. Nobody gets a seat any more.
  void EndAll();
  bool ending() const { return ending_; }

  /// The same, and waits for them; nobody is told anything after that.
  void Close();

  /// Whether nothing has to be waited for.
  bool quiet() const;

  std::size_t open() const;     ///< Sessions that are not over.
  std::size_t waiting() const;  ///< Of these, those without a connection.

 private:
  struct Seat {
    std::shared_ptr<RemoteSession> session;
    bool held = false;
    std::uint64_t ticket = 0;
    std::function<void()> push_out;
    Time left{};
  };
  Context& context_;
  std::map<std::string, Seat, std::less<>> seats_;
  std::uint64_t tickets_ = 0;
  bool ending_ = false;
};

}  // namespace euphone::server
