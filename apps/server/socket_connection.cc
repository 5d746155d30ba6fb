#include "server/socket_connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace euphone::server {
namespace {

namespace websocket = beast::websocket;

/// A second of 16-bit samples at 192 kHz, with room to spare.
constexpr std::size_t kMostMessage = std::size_t{512} << 10;
constexpr std::chrono::seconds kHandshake{10};
/// Of silence, after half of which the other end is asked whether it is there.
constexpr std::chrono::seconds kIdle{20};

class SocketConnection final : public WebSocket,
                               public std::enable_shared_from_this<SocketConnection> {
 public:
  SocketConnection(Connections& connections, FlexStream stream, Request head,
                   std::shared_ptr<void> guard)
      : connections_(connections),
        socket_(std::move(stream)),
        head_(std::move(head)),
        guard_(std::move(guard)) {
    websocket::stream_base::timeout timeout{kHandshake, kIdle, true};
    socket_.set_option(timeout);
    socket_.read_message_max(kMostMessage);
    socket_.auto_fragment(false);
    socket_.text(true);
  }

  ~SocketConnection() override { connections_.sockets.erase(this); }

  void Accept(beast::http::request<beast::http::string_body> request) {
    connections_.sockets[this] = [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->End();
    };
    request_ = std::move(request);
    socket_.async_accept(request_, [self = shared_from_this()](beast::error_code failed) {
      if (failed) return;
      self->listener_ = self->connections_.site.OpenSocket(self->head_, self);
      self->listener_->OnOpen();
    });
  }

  void Send(std::string text) override {
    if (closing_) return;
    unsent_ += text.size();
    waiting_.push_back(std::move(text));
    Write();
  }

  std::size_t unsent() const override { return unsent_; }

  void ReadOn() override {
    if (reading_ || ended_) return;
    reading_ = true;
    socket_.async_read(buffer_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
      self->OnRead(failed);
    });
  }

  void Close(CloseCode code, std::string reason) override {
    if (closing_) return;
    closing_ = true;
    reason_ = websocket::close_reason(static_cast<websocket::close_code>(code), reason);
    Write();
  }

  void After(std::chrono::milliseconds delay, std::function<void()> later) override {
    auto timer = std::make_shared<asio::steady_timer>(socket_.get_executor(), delay);
    timer->async_wait([timer, later = std::move(later)](beast::error_code failed) {
      if (!failed) later();
    });
  }

  void Post(std::function<void()> soon) override {
    asio::post(socket_.get_executor(), std::move(soon));
  }

 private:
  void OnRead(beast::error_code failed) {
    reading_ = false;
    if (failed) return End();
    const auto data = buffer_.cdata();
    const std::string message(static_cast<const char*>(data.data()), data.size());
    buffer_.clear();
    if (listener_) listener_->OnMessage(message, socket_.got_text());
  }

  void Write() {
    if (writing_ || ended_) return;
    if (!waiting_.empty()) {
      writing_ = true;
      socket_.async_write(asio::buffer(waiting_.front()),
                          [self = shared_from_this()](beast::error_code failed, std::size_t) {
                            self->OnWritten(failed);
                          });
    } else if (closing_) {
      writing_ = true;
      // Reads on until the other end has closed, too.
      socket_.async_close(reason_, [self = shared_from_this()](beast::error_code) { self->End(); });
    }
  }

  void OnWritten(beast::error_code failed) {
    writing_ = false;
    if (failed) return End();
    unsent_ -= waiting_.front().size();
    waiting_.pop_front();
    Write();
    if (listener_ && !ended_) listener_->OnSent();
  }

  void End() {
    if (std::exchange(ended_, true)) return;
    if (const auto listener = std::exchange(listener_, nullptr)) listener->OnClosed();
    // A read may still wait, for which the other end would have to do something.
    socket_.next_layer().lowest().close();
  }

  Connections& connections_;
  websocket::stream<FlexStream> socket_;
  const Request head_;
  std::shared_ptr<void> guard_;
  beast::http::request<beast::http::string_body> request_;
  std::shared_ptr<SocketListener> listener_;
  beast::flat_buffer buffer_;
  std::deque<std::string> waiting_;
  std::size_t unsent_ = 0;
  websocket::close_reason reason_;
  bool reading_ = false, writing_ = false, closing_ = false, ended_ = false;
};

}  // namespace

void ServeSocket(Connections& connections, FlexStream stream, Request head,
                 beast::http::request<beast::http::string_body> request,
                 std::shared_ptr<void> guard) {
  // Those of HTTP would end it.
  stream.lowest().expires_never();
  std::make_shared<SocketConnection>(connections, std::move(stream), std::move(head),
                                     std::move(guard))
      ->Accept(std::move(request));
}

}  // namespace euphone::server
