#include "llm/exchange.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "http/connection.h"
#include "http/printable.h"
#include "http/reply_reader.h"
#include "http/resolve.h"
#include "llm/chat_json.h"
#include "llm/sse.h"

namespace euphone::llm {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kLongestError = std::size_t{64} << 10;
constexpr std::size_t kBytesPerText = 64;  // A token of four letters comes in an event of some 200.

std::string Seconds(milliseconds time) {
  const auto whole = time.count() / 1000;
  return (time.count() % 1000 == 0 ? std::to_string(whole)
                                   : std::to_string(static_cast<double>(time.count()) / 1000)) +
         " s";
}

milliseconds RetryAfter(const std::string& header) {
  int seconds = 0;
  const auto [end, failed] = std::from_chars(header.data(), header.data() + header.size(), seconds);
  return failed == std::errc() && seconds > 0 ? milliseconds(1000LL * seconds) : milliseconds(0);
}

/// One request and what comes of it.
class Exchanging {
 public:
  Exchanging(const LlmConfig& config, const http::Endpoint& endpoint,
             const std::function<void(std::string_view)>& on_text, const http::Wait& wait)
      : config_(config),
        endpoint_(endpoint),
        on_text_(on_text),
        wait_(wait),
        events_(2 * config.max_reply_bytes),
        builder_(config.max_reply_bytes) {}

  Outcome Run(const std::string& body) {
    auto connection = Connect();
    if (!connection) return NoReply(connection.error(), connection.error().code == Errc::kNotFound);
    began_ = Clock::now();
    const http::Wait sending = Until(config_.first_token_timeout);
    if (auto status = connection->Write(Head(body) + body, sending); !status)
      return NoReply(Late(sending, config_.first_token_timeout, status.error()), false);
    while (!ended_) {
      const bool begun = builder_.has_content();
      const milliseconds patience =
          begun ? config_.between_tokens_timeout : config_.first_token_timeout;
      const http::Wait reading = begun ? Until(patience) : sending;
      auto bytes = connection->Read(reading);
      if (!bytes) return Broken(Late(reading, patience, bytes.error()));
      if (auto status = Take(*bytes); !status) return Broken(status.error());
      if (refused_) return Refusal();
    }
    return Whole();
  }

 private:
  http::Wait Until(milliseconds time) const {
    return {.until = std::min(Clock::now() + time, wait_.until), .stop = wait_.stop};
  }

  Error Named(Error error) const { return Prefixed(config_.base_url, std::move(error)); }

  Outcome NoReply(const Error& error, bool again) const {
    Outcome outcome;
    outcome.error = Named(error);
    outcome.again = again;
    return outcome;
  }

  /// What is to be said where a wait failed: that nothing came, if its time is over.
  Error Late(const http::Wait& wait, milliseconds patience, Error error) const {
    if (Clock::now() < wait.until) return error;
    if (Clock::now() >= wait_.until)
      return {Errc::kIo, "the reply took more than " + Seconds(config_.reply_timeout)};
    if (builder_.begun()) return {Errc::kIo, "nothing more came for " + Seconds(patience)};
    return {Errc::kIo, "no answer came within " + Seconds(patience)};
  }

  Result<http::Connection> Connect() const {
    const http::Wait wait = Until(config_.connect_timeout);
    auto addresses = http::Resolve(endpoint_.host, wait);
    if (!addresses) {
      if (addresses.error().code == Errc::kNotFound)
        return Error{Errc::kIo, addresses.error().message};  // It will not be there soon, either.
      return addresses.error();
    }
    const bool open = !endpoint_.tls && !config_.plain_http_anywhere;
    if (open && !std::all_of(addresses->begin(), addresses->end(), http::IsPrivateAddress)) {
      return Error{Errc::kUnsupported,
                   "what is said there could be read on its way; give an https:// URL, or set "
                   "plain_http_anywhere in llm.json"};
    }
    auto connection = http::Connection::Open(endpoint_, *addresses, wait);
    if (connection) return connection;
    if (connection.error().code == Errc::kNotFound)
      return Error{Errc::kNotFound,
                   "nobody listens there; is the server running, and the URL right?"};
    if (Clock::now() >= wait.until)
      return Error{Errc::kIo, "no connection within " + Seconds(config_.connect_timeout)};
    return connection;
  }

  std::string Head(const std::string& body) const {
    std::string head = "POST " + endpoint_.path + " HTTP/1.1\r\nHost: " + endpoint_.Authority() +
                       "\r\nContent-Type: application/json\r\nAccept: text/event-stream, "
                       "application/json\r\nUser-Agent: euphone\r\nConnection: close\r\n";
    if (!config_.key.empty()) head += "Authorization: Bearer " + config_.key + "\r\n";
    return head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  }

  /// The next bytes of the connection; empty: it ended.
  Status Take(const std::string& bytes) {
    if (auto status = bytes.empty() ? http_.End() : http_.Push(bytes); !status) {
      // What was told to be the last piece was the last one, however the connection ends.
      if (bytes.empty() && http_.has_head() && streams_ && builder_.finished()) {
        ended_ = true;
        return {};
      }
      return bytes.empty() && http_.has_head() ? Ended() : status;
    }
    if (!http_.has_head()) return {};
    const bool over = bytes.empty() || http_.done();
    streams_ = http_.Header("content-type").find("text/event-stream") != std::string::npos;
    const bool good = http_.status() == 200;
    const std::string body = http_.TakeBody();
    total_ += body.size();
    if (good && streams_) return TakeEvents(body, over);
    body_ += body;
    if (!good) {
      refused_ = over || body_.size() > kLongestError;
      return {};
    }
    if (body_.size() > 2 * config_.max_reply_bytes) return TooLarge();
    if (!over) return {};
    ended_ = true;
    auto text = builder_.AddWhole(body_);
    if (!text) return text.error();
    Tell(*text);
    done_ = true;
    return {};
  }

  /// Too early. llama.cpp's server in Python says 200 before it finds that it cannot read so much.
  Error Ended() const {
    return {Errc::kIo,
            builder_.has_content()
                ? "the connection ended in the middle of the reply"
                : "the connection ended before a word was said; the server's log tells why, often "
                  "a talk that is longer than the model can read"};
  }

  Status TooLarge() const {
    return Error{Errc::kTooLarge, "the reply has more than " +
                                      std::to_string(config_.max_reply_bytes) +
                                      " bytes, which is more than is taken"};
  }

  Status TakeEvents(const std::string& body, bool over) {
    std::vector<SseEvent> events;
    auto status = events_.Push(body, events);
    if (status && over) events_.Finish(events);
    for (const SseEvent& event : events) {
      if (event.data == "[DONE]") {
        done_ = ended_ = true;
        return {};
      }
      if (event.type == "error")
        return Error{Errc::kIo, "the server broke off: " + ErrorText(event.data)};
      auto text = builder_.AddChunk(event.data);
      if (!text) return text.error();
      Tell(*text);
    }
    if (!status) return status;
    if (total_ > kBytesPerText * config_.max_reply_bytes) return TooLarge();
    ended_ = over;
    return {};
  }

  void Tell(const std::string& text) {
    if (first_token_ms_ == 0.0 && builder_.has_content())
      first_token_ms_ = std::chrono::duration<double, std::milli>(Clock::now() - began_).count();
    if (!text.empty()) on_text_(text);
  }

  Outcome WithReply(bool whole) {
    Outcome outcome;
    outcome.reply = builder_.Take(whole);
    outcome.reply->first_token_ms = first_token_ms_;
    return outcome;
  }

  /// It broke off: with what came, if anything did.
  Outcome Broken(const Error& error) {
    if (!builder_.has_content()) return NoReply(error, false);
    const bool cancelled = wait_.stop.stop_requested();
    Outcome outcome = WithReply(false);
    outcome.reply->cancelled = cancelled;
    if (!cancelled) outcome.reply->cut = Named(error);
    return outcome;
  }

  Outcome Whole() {
    if (!done_ && !builder_.finished()) return Broken(Ended());
    return WithReply(true);
  }

  /// A status other than 200.
  Outcome Refusal() const {
    const int status = http_.status();
    std::string why = ErrorText(std::string_view(body_).substr(0, kLongestError));
    for (std::size_t at; !config_.key.empty() && (at = why.find(config_.key)) != std::string::npos;)
      why.replace(at, config_.key.size(), "***");
    why = " (" + std::to_string(status) + (why.empty() ? "" : ": " + why) + ")";
    if (status == 401 || status == 403) {
      return NoReply(
          {Errc::kInvalidArgument,
           "the server refuses the key; --llm-key-file or EUPHONE_LLM_KEY gives another" + why},
          false);
    }
    if (status == 404) {
      return NoReply({Errc::kInvalidArgument, "there is no model '" + config_.model +
                                                  "', or no chat server under this URL" + why},
                     false);
    }
    // llama.cpp's server in Python has 500 for a request with what it does not know.
    const bool unknown = body_.find("response_format") != std::string::npos;
    if (status == 429 || (status >= 500 && !unknown)) {
      Outcome outcome =
          NoReply({Errc::kIo,
                   (status == 429 ? "the server is asked too often" : "the server failed") + why},
                  true);
      outcome.retry_after = RetryAfter(http_.Header("retry-after"));
      return outcome;
    }
    if (status >= 300 && status < 400) {
      return NoReply({Errc::kInvalidArgument, "the server is elsewhere; give its URL: " +
                                                  http::OneLine(http_.Header("location"), 100)},
                     false);
    }
    Outcome outcome =
        NoReply({Errc::kInvalidArgument, "the server refuses the request" + why}, false);
    outcome.usage_refused = body_.find("stream_options") != std::string::npos;
    return outcome;
  }

  const LlmConfig& config_;
  const http::Endpoint& endpoint_;
  const std::function<void(std::string_view)>& on_text_;
  const http::Wait& wait_;
  http::ReplyReader http_;
  SseParser events_;
  ReplyBuilder builder_;
  std::string body_;  ///< Of what is no stream.
  std::size_t total_ = 0;
  bool streams_ = false, ended_ = false, done_ = false, refused_ = false;
  Clock::time_point began_{};
  double first_token_ms_ = 0.0;
};

}  // namespace

Outcome Exchange(const LlmConfig& config, const http::Endpoint& endpoint, const std::string& body,
                 const std::function<void(std::string_view)>& on_text, const http::Wait& wait) {
  return Exchanging(config, endpoint, on_text, wait).Run(body);
}

}  // namespace euphone::llm
