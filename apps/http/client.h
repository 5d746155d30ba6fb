#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "http/connection.h"
#include "http/endpoint.h"
#include "http/reply_reader.h"
#include "http/wait.h"

namespace euphone::http {

struct Request {
  std::string method = "GET";
  std::string path;  ///< From the root of the server, with its query: "/repository/x?c=1".
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
};

struct Answer {
  int status = 0;
  std::map<std::string, std::string, std::less<>> headers;  ///< By names in small letters.
  std::string body;  ///< Of another status than 200 and 206 only its beginning.

  std::string Header(std::string_view name) const;
  /// What the server asks for before the next try; 0: nothing.
  std::chrono::seconds retry_after() const;
  /// "503: out of order"; on one line, whatever the server sends.
  std::string Told() const;
};

struct ClientOptions {
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds quiet_timeout{30'000};   ///< Without one more byte.
  std::chrono::milliseconds whole_timeout{600'000};  ///< For one answer.
  bool plain_http_anywhere = false;  ///< Without TLS also to addresses that are not private.
  std::stop_token stop = {};
};

/// Takes a piece of a body, with the status and headers that came before it; a failure ends the
/// exchange with it.
using Sink = std::function<Status(const Answer& head, std::string_view bytes)>;

/// Talks HTTP/1.1 with one server, over one connection as long as that holds. It follows no
/// redirect, asks no proxy, and keeps no cookie. Thread: one at a time; a stop may come from any.
class Client {
 public:
  explicit Client(Endpoint server, ClientOptions options = {})
      : server_(std::move(server)), options_(std::move(options)) {}

  /// Sends a request and waits for all of its answer, whatever its status. Messages begin with the
  /// server's origin. Fails: kIo where it cannot be reached, breaks off, takes too long or is
  /// stopped; kUnsupported where plain HTTP would leave the private network; kTooLarge; kCorrupt
  /// for what is no HTTP.
  Result<Answer> Send(const Request& request, std::size_t max_bytes);
  /// The same; the body of a 200 or 206 goes to `sink` as it comes.
  Result<Answer> Send(const Request& request, std::size_t max_bytes, const Sink& sink);

  const Endpoint& server() const { return server_; }
  const ClientOptions& options() const { return options_; }

 private:
  Wait Until(std::chrono::milliseconds time, std::chrono::steady_clock::time_point last) const;
  Result<Connection> Connect() const;
  std::string Head(const Request& request) const;
  Result<Answer> Exchange(Connection& connection, const Request& request, std::size_t max_bytes,
                          const Sink& sink, bool& answered, bool& reusable);

  Endpoint server_;
  ClientOptions options_;
  std::optional<Connection> kept_;
};

}  // namespace euphone::http
