#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone::http {

/// Where a server is, and what is asked of it.
struct Endpoint {
  bool tls = false;
  std::string host;  ///< A name or an address, without brackets.
  std::uint16_t port = 0;
  std::string path;  ///< "/v1", as the URL has it, without slashes at its end; may be empty.

  /// As the header Host has it.
  std::string Authority() const;
  /// "https://example.org:8443", without a path: two URLs of one origin have the same.
  std::string Origin() const;
};

/// Reads "https://example.org/releases". A query (?c=1) is a part of the path, where `query` allows
/// one. Fails: kInvalidArgument, with the reason alone; also for a user, a fragment, and what would
/// have to be escaped.
enum class Query { kNone, kAllowed };
Result<Endpoint> ParseUrl(std::string_view url, Query query = Query::kNone);

/// Whether an address (a number) is this device's own, or of a network that nobody outside reaches:
/// loopback, RFC 1918, link-local, unique local.
bool IsPrivateAddress(const std::string& address);

}  // namespace euphone::http
