#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/endpoint.h"
#include "http/wait.h"

namespace euphone::http {

/// A TCP connection, with TLS where the endpoint says so: then the server's certificate is verified
/// for its name against those that this system trusts (or SSL_CERT_FILE). Every wait ends when its
/// time is over or a stop is asked for, with kIo. Thread: one at a time.
class Connection {
 public:
  /// Tries the addresses in their order. Fails: kNotFound where all refuse; kIo; kInternal where
  /// TLS cannot begin here.
  static Result<Connection> Open(const Endpoint& endpoint,
                                 const std::vector<std::string>& addresses, const Wait& wait);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  Status Write(std::string_view bytes, const Wait& wait);
  /// What came; empty: the other end closed the connection.
  Result<std::string> Read(const Wait& wait);

 private:
  class Impl;
  explicit Connection(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace euphone::http
