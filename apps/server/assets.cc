#include "server/assets.h"

#include <algorithm>

namespace euphone::server {
namespace {

/// Whether a comma-separated list holds `item`, whatever parameters stand behind it.
bool Lists(std::string_view list, std::string_view item) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    std::string_view one = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const std::string_view whole = one;
    one = one.substr(0, one.find(';'));
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (one == item) return whole.find("q=0,") == std::string_view::npos && !whole.ends_with("q=0");
  }
  return false;
}

}  // namespace

const EmbeddedFile* FindEmbedded(std::span<const EmbeddedFile> files, std::string_view path) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [&](const EmbeddedFile& file) { return file.path == path; });
  return found == files.end() ? nullptr : &*found;
}

Response AnswerWith(const EmbeddedFile& file, const Request& request) {
  Response response{.type = std::string(file.type)};
  response.headers = {
      {"ETag", std::string(file.etag)},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", file.lasting ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (Lists(request.header("if-none-match"), file.etag)) {
    response.status = 304;
    return response;
  }
  const bool shorter = !file.gzip.empty() && Lists(request.header("accept-encoding"), "gzip");
  if (shorter) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = shorter ? file.gzip : file.content;
  return response;
}

}  // namespace euphone::server
