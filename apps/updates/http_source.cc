#include "updates/http_source.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "http/printable.h"

namespace euphone::updates {
namespace {

using std::chrono::milliseconds;

constexpr int kTries = 4;
constexpr milliseconds kFirstPause{500}, kLongestPause{30'000};

bool IsUrl(const std::string& from) {
  return from.starts_with("http://") || from.starts_with("https://");
}

}  // namespace

Result<std::string> Get(http::Client& client, const http::Request& request, std::size_t max_bytes) {
  const std::string where = client.server().Origin() + request.path + ": ";
  milliseconds pause = kFirstPause;
  for (int tried = 1;; ++tried) {
    auto answer = client.Send(request, max_bytes);
    if (!answer && answer.error().code != Errc::kIo) return answer.error();
    const int status = answer ? answer->status : 0;
    if (status == 200) return std::move(answer->body);
    if (status == 403 || status == 404 || status == 410)
      return Error{Errc::kNotFound,
                   where + "the server has no such file (" + std::to_string(status) + ")"};
    if (status >= 300 && status < 400) {
      return Error{Errc::kInvalidArgument,
                   where + "it is elsewhere; give that URL (" + answer->Told() + ")"};
    }
    if (status != 0 && status < 500 && status != 429)
      return Error{Errc::kInvalidArgument, where + "the server says " + answer->Told()};
    if (answer) pause = std::max<milliseconds>(pause, answer->retry_after());
    const bool again =
        tried < kTries && http::Pause(std::min(pause, kLongestPause), client.options().stop);
    if (!again && answer) return Error{Errc::kIo, where + "the server says " + answer->Told()};
    if (!again) return answer.error();
    pause *= 2;
  }
}

Result<std::unique_ptr<HttpSource>> HttpSource::Open(const std::string& url,
                                                     http::ClientOptions options) {
  auto endpoint = http::ParseUrl(url);
  if (!endpoint) {
    return Error{
        Errc::kInvalidArgument,
        "'" + http::OneLine(url, 100) + "' is no URL of a repository: " + endpoint.error().message};
  }
  // Each file counts by its signature alone, so that nothing is won by changing it on its way.
  options.plain_http_anywhere = true;
  return std::unique_ptr<HttpSource>(
      new HttpSource(http::Client(*std::move(endpoint), std::move(options))));
}

Result<std::string> HttpSource::Fetch(const std::string& path, std::size_t max_bytes) {
  return Get(client_, {.path = client_.server().path + "/" + path}, max_bytes);
}

Result<std::unique_ptr<UpdateSource>> OpenSource(const std::string& from, std::stop_token stop) {
  if (!IsUrl(from)) return std::unique_ptr<UpdateSource>(std::make_unique<FolderSource>(from));
  auto source = HttpSource::Open(from, {.stop = std::move(stop)});
  if (!source) return source.error();
  return std::unique_ptr<UpdateSource>(*std::move(source));
}

}  // namespace euphone::updates
