#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/http.h"

namespace euphone::server {

/// A file that is part of the program; embed_assets.py writes these.
struct EmbeddedFile {
  std::string_view path;  ///< "/index.html"
  std::string_view type;  ///< "text/html; charset=utf-8"
  std::string_view etag;  ///< With its quotes; of the content.
  std::string_view content;
  std::string_view gzip;  ///< Empty: it would not be shorter.
  bool lasting = false;   ///< Its name changes with its content, so that it can be kept for good.
};

/// In the order of their paths.
std::span<const EmbeddedFile> EmbeddedFiles();

/// Null: there is none of that path.
const EmbeddedFile* FindEmbedded(std::span<const EmbeddedFile> files, std::string_view path);

/// The file, shortened where the client can read that; or that it has not changed since.
Response AnswerWith(const EmbeddedFile& file, const Request& request);

}  // namespace euphone::server
