#include "llm/http_reply.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstdint>
#include <map>
#include <utility>

namespace euphone::llm {
namespace {

namespace http = boost::beast::http;
using Text = boost::beast::string_view;
using Fault = boost::system::error_code;

constexpr std::uint32_t kLongestHead = 64 << 10;

}  // namespace

class HttpReply::Parser final : public http::basic_parser<false> {
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
  void on_request_impl(http::verb, Text, Text, int, Fault&) override {}
  void on_response_impl(int status, Text, int, Fault&) override { code = status; }
  void on_field_impl(http::field, Text name, Text value, Fault&) override {
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

HttpReply::HttpReply() : parser_(std::make_unique<Parser>()) {}
HttpReply::~HttpReply() = default;
HttpReply::HttpReply(HttpReply&&) noexcept = default;
HttpReply& HttpReply::operator=(HttpReply&&) noexcept = default;

Status HttpReply::Push(std::string_view bytes) {
  std::string& waiting = parser_->waiting;
  waiting += bytes;
  while (!waiting.empty() && !parser_->is_done()) {
    Fault failed;
    const std::size_t read = parser_->put(boost::asio::buffer(waiting), failed);
    waiting.erase(0, read);
    if (failed == http::error::need_more) return {};
    if (failed) return Error{Errc::kCorrupt, "what came is no HTTP (" + failed.message() + ")"};
  }
  return {};
}

Status HttpReply::End() {
  if (parser_->is_done()) return {};
  Fault failed;
  if (parser_->head) parser_->put_eof(failed);
  if (parser_->head && !failed) return {};
  return Error{Errc::kIo, parser_->head ? "the connection ended in the middle of the reply"
                                        : "the connection ended without a reply"};
}

bool HttpReply::has_head() const { return parser_->head; }
bool HttpReply::done() const { return parser_->is_done(); }
int HttpReply::status() const { return parser_->code; }

std::string HttpReply::Header(std::string_view name) const {
  const auto found = parser_->headers.find(name);
  return found == parser_->headers.end() ? "" : found->second;
}

std::string HttpReply::TakeBody() { return std::exchange(parser_->body, {}); }

}  // namespace euphone::llm
