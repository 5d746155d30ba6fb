#include "http/client.h"

#include <algorithm>
#include <charconv>

#include "http/printable.h"
#include "http/resolve.h"

namespace euphone::http {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kKeptOfRefusals = std::size_t{16} << 10;
constexpr std::size_t kLongestTold = 200;

std::string Seconds(milliseconds time) {
  return std::to_string((time.count() + 999) / 1000) + " s";
}

}  // namespace

std::string Answer::Header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::chrono::seconds Answer::retry_after() const {
  const std::string text = Header("retry-after");
  int seconds = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::chrono::seconds(failed == std::errc() ? std::clamp(seconds, 0, 86400) : 0);
}

std::string Answer::Told() const {
  const std::string why =
      OneLine(status >= 300 && status < 400 ? Header("location") : body, kLongestTold);
  return std::to_string(status) + (why.empty() ? "" : ": " + why);
}

Wait Client::Until(milliseconds time, Clock::time_point last) const {
  return {.until = std::min(Clock::now() + time, last), .stop = options_.stop};
}

Result<Connection> Client::Connect() const {
  const Wait wait = Until(options_.connect_timeout, Clock::time_point::max());
  const auto addresses = Resolve(server_.host, wait);
  if (!addresses) return Error{Errc::kIo, addresses.error().message};
  const bool open = !server_.tls && !options_.plain_http_anywhere;
  if (open && !std::all_of(addresses->begin(), addresses->end(), IsPrivateAddress)) {
    return Error{Errc::kUnsupported,
                 "what is said there could be read on its way; give an https:// URL"};
  }
  auto connection = Connection::Open(server_, *addresses, wait);
  if (connection) return connection;
  if (connection.error().code == Errc::kNotFound) return Error{Errc::kIo, "nobody listens there"};
  if (Clock::now() >= wait.until)
    return Error{Errc::kIo, "no connection within " + Seconds(options_.connect_timeout)};
  return connection;
}

std::string Client::Head(const Request& request) const {
  std::string head = request.method + " " + (request.path.empty() ? "/" : request.path) +
                     " HTTP/1.1\r\nHost: " + server_.Authority() + "\r\nUser-Agent: euphone\r\n";
  for (const auto& [name, value] : request.headers) head += name + ": " + value + "\r\n";
  if (!request.body.empty() || request.method != "GET")
    head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  return head + "\r\n";
}

Result<Answer> Client::Send(const Request& request, std::size_t max_bytes) {
  std::string body;
  auto answer = Send(request, max_bytes, [&body](const Answer&, std::string_view bytes) -> Status {
    body += bytes;
    return {};
  });
  if (answer && !body.empty()) answer->body = std::move(body);
  return answer;
}

Result<Answer> Client::Send(const Request& request, std::size_t max_bytes, const Sink& sink) {
  for (;;) {
    // A connection that was kept may have been closed by the server meanwhile: what can be asked
    // twice is asked again then, on a new one.
    const bool kept = kept_.has_value() && request.method != "POST";
    if (!kept) {
      auto fresh = Connect();
      if (!fresh) return Prefixed(server_.Origin(), fresh.error());
      kept_ = *std::move(fresh);
    }
    bool answered = false, reusable = false;
    auto answer = Exchange(*kept_, request, max_bytes, sink, answered, reusable);
    if (!reusable) kept_.reset();
    if (answer) return answer;
    if (kept && !answered && !options_.stop.stop_requested()) continue;
    return Prefixed(server_.Origin(), answer.error());
  }
}

Result<Answer> Client::Exchange(Connection& connection, const Request& request,
                                std::size_t max_bytes, const Sink& sink, bool& answered,
                                bool& reusable) {
  const Clock::time_point last = Clock::now() + options_.whole_timeout;
  const auto late = [&](const Wait& wait, const Error& error) {
    if (options_.stop.stop_requested()) return Error{Errc::kIo, "stopped"};
    if (Clock::now() < wait.until) return error;
    if (Clock::now() >= last)
      return Error{Errc::kIo, "the answer took more than " + Seconds(options_.whole_timeout)};
    return Error{Errc::kIo, "nothing came for " + Seconds(options_.quiet_timeout)};
  };
  const Wait sending = Until(options_.quiet_timeout, last);
  if (auto status = connection.Write(Head(request) + request.body, sending); !status)
    return late(sending, status.error());
  ReplyReader reader;
  Answer answer;
  std::size_t total = 0;
  while (!reader.done()) {
    const Wait reading = Until(options_.quiet_timeout, last);
    const auto bytes = connection.Read(reading);
    if (!bytes) return late(reading, bytes.error());
    answered = answered || !bytes->empty();
    if (auto status = bytes->empty() ? reader.End() : reader.Push(*bytes); !status)
      return status.error();
    if (!reader.has_head()) continue;
    if (answer.status == 0) {
      answer.status = reader.status();
      answer.headers = reader.headers();
    }
    const std::string body = reader.TakeBody();
    if (answer.status != 200 && answer.status != 206) {
      answer.body +=
          body.substr(0, kKeptOfRefusals - std::min(kKeptOfRefusals, answer.body.size()));
      total += body.size();
      if (total > 4 * kKeptOfRefusals) break;  // Nobody needs the rest.
    } else if (!body.empty()) {
      total += body.size();
      if (total > max_bytes) {
        return Error{Errc::kTooLarge, request.path + " has more than " + std::to_string(max_bytes) +
                                          " bytes, which is more than is taken"};
      }
      if (auto status = sink(answer, body); !status) return status.error();
    }
    if (bytes->empty()) break;
  }
  reusable = reader.done() && reader.keeps_alive();
  return answer;
}

}  // namespace euphone::http
