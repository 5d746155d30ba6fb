#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone::llm {

/// Where chat completions are asked for.
struct Endpoint {
  bool tls = false;
  std::string host;  ///< A name or an address, without brackets.
  std::uint16_t port = 0;
  std::string path;  ///< "/v1/chat/completions"

  /// As the header Host has it.
  std::string Authority() const;
};

/// Reads the base of an OpenAI-compatible server, "http://127.0.0.1:8000/v1": "/chat/completions"
/// is put behind it, and "/v1" before that where the URL has no path. Fails: kInvalidArgument, also
/// for a user, a query or a fragment.
Result<Endpoint> ParseEndpoint(std::string_view base_url);

/// Whether an address (a number) is this device's own, or of a network that nobody outside reaches:
/// loopback, RFC 1918, link-local, unique local.
bool IsPrivateAddress(const std::string& address);

}  // namespace euphone::llm
