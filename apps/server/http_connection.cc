#include "server/http_connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "server/flex_stream.h"
#include "server/gate.h"
#include "server/judge.h"
#include "server/socket_connection.h"

namespace euphone::server {
namespace {

namespace http = beast::http;

constexpr std::uint32_t kMostHead = 16 << 10;
/// Until a whole head is there, also between two requests of one connection.
constexpr std::chrono::seconds kHeadTime{15};
constexpr std::chrono::seconds kBodyTime{60};
constexpr std::chrono::seconds kWriteTime{30};
/// What a client still sends after a refusal is read for so long, so that it can read the answer.
constexpr std::chrono::seconds kDrainTime{2};
constexpr std::size_t kMostConnections = 256, kMostPerClient = 64;

Method MethodOf(http::verb verb) {
  if (verb == http::verb::get) return Method::kGet;
  if (verb == http::verb::head) return Method::kHead;
  if (verb == http::verb::post) return Method::kPost;
  if (verb == http::verb::patch) return Method::kPatch;
  return verb == http::verb::delete_ ? Method::kDelete : Method::kOther;
}

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(Connections& connections, FlexStream stream, std::string client,
                 std::shared_ptr<void> guard)
      : connections_(connections),
        stream_(std::move(stream)),
        client_(std::move(client)),
        guard_(std::move(guard)) {}

  void Begin() {
    stream_.lowest().expires_after(kHeadTime);
    if (!stream_.secure()) return ReadHead();
    stream_.Handshake([self = shared_from_this()](beast::error_code failed) {
      if (!failed) self->ReadHead();
    });
  }

 private:
  void ReadHead() {
    parser_.emplace();
    parser_->header_limit(kMostHead);
    parser_->body_limit(kMostRecordingBytes);
    stream_.lowest().expires_after(kHeadTime);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](beast::error_code failed, std::size_t) {
                              self->OnHead(failed);
                            });
  }

  void OnHead(beast::error_code failed) {
    if (failed) return OnUnreadable(failed);
    const auto& message = parser_->get();
    request_ = {.method = MethodOf(message.method()), .client = client_};
    request_.secure = stream_.secure();
    const std::string target(message.target());
    const std::size_t question = target.find('?');
    request_.path = target.substr(0, question);
    if (question != std::string::npos) request_.query = target.substr(question + 1);
    for (const auto& field : message) {
      std::string name(field.name_string());
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      request_.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    keep_alive_ = message.keep_alive();
    head_only_ = message.method() == http::verb::head;
    Site::Admission admission = connections_.site.Admit(request_);
    if (admission.refusal) return Refuse(*std::move(admission.refusal));
    if (admission.route == nullptr) return Upgrade();
    route_ = admission.route;
    // Chunks do not tell their length before.
    parser_->body_limit(std::max<std::size_t>(route_->most_body, 1));
    if (beast::iequals(message[http::field::expect], "100-continue")) return Continue();
    ReadBody();
  }

  void Upgrade() {
    if (!beast::websocket::is_upgrade(parser_->get())) {
      Response response = Failure(426, "upgrade", "this path is a WebSocket");
      response.headers.emplace_back("Upgrade", "websocket");
      return Refuse(std::move(response));
    }
    ServeSocket(connections_, std::move(stream_), std::move(request_), parser_->release(),
                std::move(guard_));
  }

  void Continue() {
    asio::async_write(stream_, asio::buffer(kContinue),
                      [self = shared_from_this()](beast::error_code failed, std::size_t) {
                        if (!failed) self->ReadBody();
                      });
  }

  void ReadBody() {
    stream_.lowest().expires_after(kBodyTime);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code failed, std::size_t) {
                       if (failed) return self->OnUnreadable(failed);
                       self->Ask();
                     });
  }

  void Ask() {
    request_.body = std::move(parser_->get().body());
    stream_.lowest().expires_never();
    ++connections_.busy;
    connections_.site.Handle(*route_, std::move(request_),
                             [self = shared_from_this()](Response response) {
                               asio::post(self->stream_.get_executor(),
                                          [self, response = std::move(response)]() mutable {
                                            --self->connections_.busy;
                                            self->Send(std::move(response));
                                          });
                             });
  }

  void OnUnreadable(beast::error_code failed) {
    if (failed == http::error::header_limit)
      return Refuse(Failure(431, "head_too_large", "the head of the request is too long"));
    if (failed == http::error::body_limit)
      return Refuse(Failure(413, "too_large", "the body of the request is too long"));
    const bool malformed =
        failed.category() == http::make_error_code(http::error::bad_method).category();
    if (malformed && failed != http::error::end_of_stream &&
        failed != http::error::partial_message) {
      Refuse(Failure(400, "malformed", "this is no HTTP request that can be read"));
    }
  }

  /// Answers before the body was read; what is left of it is of no use.
  void Refuse(Response response) {
    connections_.site.CountRefusal(response);
    if (!parser_->is_header_done() || HasUnreadBody()) keep_alive_ = false;
    Send(std::move(response));
  }

  /// REQUIRES: the head is there.
  bool HasUnreadBody() const {
    const auto length = parser_->content_length();
    return !parser_->is_done() && (parser_->chunked() || (length && *length > 0));
  }

  void Send(Response response) {
    AddSecurityHeaders(response);
    if (connections_.site.ending()) keep_alive_ = false;
    message_.emplace();
    message_->version(11);
    message_->result(static_cast<unsigned>(response.status));
    message_->reason(ReasonOf(response.status));
    message_->set(http::field::content_type, response.type);
    for (const auto& [name, value] : response.headers) message_->insert(name, value);
    message_->keep_alive(keep_alive_);
    const std::size_t length = response.body.size();
    if (!head_only_ && response.status != 304) message_->body() = std::move(response.body);
    if (response.status != 304 && response.status != 204) message_->content_length(length);
    stream_.lowest().expires_after(kWriteTime);
    serializer_.emplace(*message_);
    serializer_->split(head_only_);
    const auto sent = [self = shared_from_this()](beast::error_code failed, std::size_t) {
      self->OnSent(failed);
    };
    if (head_only_)
      http::async_write_header(stream_, *serializer_, sent);
    else
      http::async_write(stream_, *serializer_, sent);
  }

  void OnSent(beast::error_code failed) {
    if (failed) return;
    if (keep_alive_) return ReadHead();
    beast::error_code ignored;
    stream_.lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    stream_.lowest().expires_after(kDrainTime);
    Drain();
  }

  void Drain() {
    stream_.async_read_some(asio::buffer(drained_),
                            [self = shared_from_this()](beast::error_code failed, std::size_t) {
                              if (!failed) self->Drain();
                            });
  }

  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

  Connections& connections_;
  FlexStream stream_;
  const std::string client_;
  std::shared_ptr<void> guard_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Request request_;
  const Route* route_ = nullptr;
  std::optional<http::response<http::string_body>> message_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  std::array<char, 4096> drained_{};
  bool keep_alive_ = false, head_only_ = false;
};

}  // namespace

void ServeConnection(Connections& connections, asio::ip::tcp::socket socket,
                     asio::ssl::context* tls) {
  beast::error_code failed;
  const auto peer = socket.remote_endpoint(failed);
  if (failed) return;
  std::string client = peer.address().to_string();
  std::size_t& mine = connections.clients[client];
  if (connections.open >= kMostConnections || mine >= kMostPerClient) {
    if (mine == 0) connections.clients.erase(client);
    return;  // Closed unanswered: to answer takes what there is too little of.
  }
  ++mine;
  ++connections.open;
  std::shared_ptr<void> guard(nullptr, [&connections, client](void*) {
    --connections.open;
    const auto found = connections.clients.find(client);
    if (--found->second == 0) connections.clients.erase(found);
  });
  socket.set_option(asio::ip::tcp::no_delay(true), failed);
  std::make_shared<HttpConnection>(connections, FlexStream(std::move(socket), tls),
                                   std::move(client), std::move(guard))
      ->Begin();
}

}  // namespace euphone::server
