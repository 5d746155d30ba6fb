#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/azure_request.h"
#include "server/live_message.h"
#include "server/multipart.h"
#include "server/url.h"

/// Any bytes, as what clients send besides audio: each is refused or taken, and fields of a form
/// lie in its body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace euphone::server;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(PathSegments(bytes));
  static_cast<void>(Query::Parse(bytes));
  static_cast<void>(WholeNumber(bytes));
  static_cast<void>(ParseLiveMessage(bytes, {}));
  static_cast<void>(euphone::server::AzureRequest::Parse(bytes));
  const std::size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view body = bytes.substr(line + 1);
  const auto form = ParseForm(body, BoundaryOf(bytes.substr(0, line)));
  if (!form) return 0;
  for (const FormField& field : *form) {
    const bool inside = field.content.data() >= body.data() &&
                        field.content.data() + field.content.size() <= body.data() + body.size();
    if (!field.content.empty() && !inside) std::abort();
  }
  return 0;
}
