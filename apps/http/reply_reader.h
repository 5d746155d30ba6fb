#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone::http {

/// Reads an HTTP/1.1 response, chunked or not: any chunking of the bytes gives the same. Pure.
class ReplyReader {
 public:
  ReplyReader();
  ~ReplyReader();
  ReplyReader(ReplyReader&&) noexcept;
  ReplyReader& operator=(ReplyReader&&) noexcept;

  /// The next bytes of the connection. Fails: kCorrupt for what is no HTTP.
  Status Push(std::string_view bytes);
  /// The connection ended. Fails: kIo in the middle of the response.
  Status End();

  bool has_head() const;
  bool done() const;
  int status() const;  ///< REQUIRES: has_head().
  /// Of a header, by its name in small letters: content-type, retry-after, location; else empty.
  std::string Header(std::string_view name) const;
  const std::map<std::string, std::string, std::less<>>& headers() const;
  /// Whether the connection may serve a next request. REQUIRES: done().
  bool keeps_alive() const;
  /// What came of the body since the last call.
  std::string TakeBody();

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace euphone::http
