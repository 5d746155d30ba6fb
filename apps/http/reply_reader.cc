#include "http/reply_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstdint>
#include <map>
#include <utility>

namespace euphone::http {
namespace {

namespace beast_http = boost::beast::http;
using Text = boost::beast::string_view;
using Fault = boost::system::error_code;

constexpr std::uint32_t kLongestHead = 64 << 10;

}  // namespace

class ReplyReader::Parser final : public beast_http::basic_parser<false> {
 public:
  Parser() {
    eager(true);
    header_limit(kLongestHead);
    body_limit(boost::none);  // Who takes the body counts.
  }

  std::string waiting;  ///< Bytes that are not read yet.
  int code = 0;
  bool head = false;
  std::map<std::string, std::string, std::less<>> headers;
  std::string body;

 private:
  void on_request_impl(beast_http::verb, Text, Text, int, Fault&) override {}
  void on_response_impl(int status, Text, int, Fault&) override { code = status; }
  void on_field_impl(beast_http::field, Text name, Text value, Fault&) override {
    std::string small(name.data(), name.size());
    for (char& c : small) c = boost::beast::detail::ascii_tolower(c);
    headers.insert_or_assign(std::move(small), std::string(value.data(), value.size()));
  }
  void on_header_impl(Fault&) override { head = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Fault&) override {}
  std::size_t on_body_impl(Text bytes, Fault&) override { return Keep(bytes); }
  void on_chunk_header_impl(std::uint64_t, Text, Fault&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, Fault&) override { return Keep(bytes); }
  void on_finish_impl(Fault&) override {}

  std::size_t Keep(Text bytes) {
    body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
};

ReplyReader::ReplyReader() : parser_(std::make_unique<Parser>()) {}
ReplyReader::~ReplyReader() = default;
ReplyReader::ReplyReader(ReplyReader&&) noexcept = default;
ReplyReader& ReplyReader::operator=(ReplyReader&&) noexcept = default;

Status ReplyReader::Push(std::string_view bytes) {
  std::string& waiting = parser_->waiting;
  waiting += bytes;
  while (!waiting.empty() && !parser_->is_done()) {
    Fault failed;
    const std::size_t read = parser_->put(boost::asio::buffer(waiting), failed);
    waiting.erase(0, read);
    if (failed == beast_http::error::need_more) return {};
    if (failed) return Error{Errc::kCorrupt, "what came is no HTTP (" + failed.message() + ")"};
  }
  return {};
}

Status ReplyReader::End() {
  if (parser_->is_done()) return {};
  Fault failed;
  if (parser_->head) parser_->put_eof(failed);
  if (parser_->head && !failed) return {};
  return Error{Errc::kIo, parser_->head ? "the connection ended in the middle of the reply"
                                        : "the connection ended without a reply"};
}

bool ReplyReader::has_head() const { return parser_->head; }
bool ReplyReader::done() const { return parser_->is_done(); }
int ReplyReader::status() const { return parser_->code; }

std::string ReplyReader::Header(std::string_view name) const {
  const auto found = parser_->headers.find(name);
  return found == parser_->headers.end() ? "" : found->second;
}

const std::map<std::string, std::string, std::less<>>& ReplyReader::headers() const {
  return parser_->headers;
}

bool ReplyReader::keeps_alive() const { return parser_->keep_alive() && parser_->waiting.empty(); }

std::string ReplyReader::TakeBody() { return std::exchange(parser_->body, {}); }

}  // namespace euphone::http
