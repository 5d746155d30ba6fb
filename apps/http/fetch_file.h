#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/result.h"
#include "http/client.h"

namespace euphone::http {

struct FileRequest {
  Request request;
  std::filesystem::path file;  ///< What of it is there already, be it of a run before.
  std::int64_t length = 0;     ///< That it must have at its end.
  /// Told of new bytes, of bytes done and in all; false stops.
  std::function<bool(std::int64_t fetched, std::int64_t done, std::int64_t all)> progress = {};
  int tries = 5;                               ///< In a row that bring nothing.
  std::chrono::milliseconds first_pause{500};  ///< Before the second try; twice that next.
};

/// Fetches a file, from where it was cut short on (RFC 9110, range requests). What it holds is for
/// the caller to check, who removes a file that is not what it should be. Fails: kNotFound where
/// there is none, or it is elsewhere; kInvalidArgument where it was stopped; kCorrupt where the
/// server has one of another length; kIo, and what Client::Send gives.
Status FetchFile(Client& client, const FileRequest& wanted);

}  // namespace euphone::http
