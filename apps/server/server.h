#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "server/site.h"

namespace euphone::server {

/// HTTP and WebSockets, with TLS where the site is open to the network; docs/howto/serve.md.
/// Thread: one.
class Server {
 public:
  /// Listens, but answers nobody yet. Fails: kInvalidArgument (an address that is none, or one that
  /// others can reach without `lan`), kIo (the port is taken), kNotFound (a port or address that
  /// this user may not have), as OpenCertificate().
  static Result<std::unique_ptr<Server>> Open(std::unique_ptr<Site> site);
  ~Server();

  int port() const;
  const std::string& fingerprint() const;  ///< Of the certificate; empty: no TLS.

  /// Serves until the descriptor Listening::stop has something to read, and then until what has
  /// begun is finished, 10 s at the most.
  void Run();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace euphone::server
