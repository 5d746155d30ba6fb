#include "http/fetch_file.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace euphone::http {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds kLongestPause{30'000};

/// Whether "bytes 100-199/200" begins where we asked for it.
bool BeginsAt(const std::string& range, std::int64_t at) {
  return range.starts_with("bytes " + std::to_string(at) + "-");
}

/// The file as far as it is there.
class Growing {
 public:
  explicit Growing(const FileRequest& wanted) : wanted_(wanted) {
    std::error_code missing;
    const auto size = fs::file_size(wanted.file, missing);
    if (!missing) have_ = static_cast<std::int64_t>(size);
    if (have_ > wanted.length) have_ = 0;  // Of something else.
    if (have_ == 0) fs::remove(wanted.file, missing);
  }

  Request Asked() const {
    Request request = wanted_.request;
    if (have_ > 0) request.headers.emplace_back("Range", "bytes=" + std::to_string(have_) + "-");
    return request;
  }

  /// Of one answer; the first piece says whether it is the rest or, from a server that knows no
  /// ranges, all of it.
  Status Put(const Answer& head, std::string_view bytes) {
    if (!out_.is_open()) {
      const bool rest = head.status == 206 && BeginsAt(head.Header("content-range"), have_);
      if (head.status == 206 && !rest)
        return own_ = Error{Errc::kCorrupt, "it sends another part of the file than was asked for"};
      if (!rest) have_ = 0;
      out_.open(wanted_.file, std::ios::binary | (rest ? std::ios::app : std::ios::trunc));
    }
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out_.flush();
    if (!out_) return own_ = Error{Errc::kIo, wanted_.file.string() + ": cannot be written"};
    const auto count = static_cast<std::int64_t>(bytes.size());
    have_ += count;
    got_ += count;
    if (have_ > wanted_.length)
      return own_ = Error{Errc::kCorrupt, wanted_.request.path + " is longer than was said"};
    if (wanted_.progress && !wanted_.progress(count, have_, wanted_.length))
      return own_ = Error{Errc::kInvalidArgument, "stopped; the same again goes on"};
    return {};
  }

  /// A next answer may come. Whether this one brought something.
  bool End() {
    out_ = {};
    return std::exchange(got_, 0) > 0;
  }

  void Forget() {
    std::error_code ignored;
    fs::remove(wanted_.file, ignored);
    have_ = 0;
  }

  bool complete() const { return have_ == wanted_.length; }
  const Status& own() const { return own_; }  ///< What went wrong on this side of the connection.

 private:
  const FileRequest& wanted_;
  std::ofstream out_;
  std::int64_t have_ = 0, got_ = 0;
  Status own_;
};

}  // namespace

Status FetchFile(Client& client, const FileRequest& wanted) {
  Growing file(wanted);
  milliseconds pause = wanted.first_pause;
  for (int left = wanted.tries; !file.complete();) {
    const auto answer = client.Send(
        file.Asked(), static_cast<std::size_t>(wanted.length),
        [&](const Answer& head, std::string_view bytes) { return file.Put(head, bytes); });
    const bool moved = file.End();
    if (!file.own()) return Prefixed(client.server().Origin(), file.own().error());
    if (!answer && answer.error().code != Errc::kIo) return answer.error();
    Error failed{Errc::kIo, client.server().Origin() + ": " + wanted.request.path + ": "};
    if (answer) {
      const int status = answer->status;
      if ((status == 200 || status == 206) && file.complete()) break;
      failed.message += status == 200 || status == 206 ? "it is shorter than was said"
                                                       : "the server says " + answer->Told();
      if (status == 416) {  // What is here cannot be its beginning.
        file.Forget();
      } else if (status == 200 || status == 206) {
        failed.code = Errc::kCorrupt;
        return failed;
      } else if (status < 500 && status != 429) {
        failed.code = status == 404 || status == 410 || status < 400 ? Errc::kNotFound
                                                                     : Errc::kInvalidArgument;
        return failed;
      }
      pause = std::max<milliseconds>(pause, answer->retry_after());
    } else {
      failed = answer.error();
    }
    if (moved) {
      left = wanted.tries;
      pause = wanted.first_pause;
    } else if (--left <= 0) {
      return failed;
    }
    if (!Pause(std::min(pause, kLongestPause), client.options().stop)) return failed;
    pause *= 2;
  }
  return {};
}

}  // namespace euphone::http
