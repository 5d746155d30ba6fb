#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "http/client.h"
#include "update/source.h"

namespace euphone::updates {

/// A repository that a web server has, as it lies in its folder (docs/formats/release.md). What
/// fails for now is asked for again, a few times. Thread: one at a time.
class HttpSource final : public UpdateSource {
 public:
  /// Nothing is connected before the first Fetch. Fails: kInvalidArgument for what is no URL.
  static Result<std::unique_ptr<HttpSource>> Open(const std::string& url,
                                                  http::ClientOptions options);

  Result<std::string> Fetch(const std::string& path, std::size_t max_bytes) override;

 private:
  explicit HttpSource(http::Client client) : client_(std::move(client)) {}

  http::Client client_;
};

/// What GET gives, asked up to four times where the server is out of order or not to be reached.
/// Fails: kNotFound where there is nothing (403, 404, 410); kInvalidArgument where it is elsewhere
/// or refused; kIo; and what Client::Send gives.
Result<std::string> Get(http::Client& client, const http::Request& request, std::size_t max_bytes);

/// The repository under a URL (http://, https://) or in a folder. Fails: as HttpSource::Open.
Result<std::unique_ptr<UpdateSource>> OpenSource(const std::string& from, std::stop_token stop);

}  // namespace euphone::updates
