#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <optional>
#include <utility>

namespace euphone::server {

namespace asio = boost::asio;
namespace beast = boost::beast;

/// A TCP connection with or without TLS behind one type, so that what is built on it is compiled
/// once: an AsyncStream of Boost.Asio. Only the sources that carry connections include this.
class FlexStream {
 public:
  using executor_type = beast::tcp_stream::executor_type;

  /// `tls` null: without TLS.
  FlexStream(asio::ip::tcp::socket socket, asio::ssl::context* tls) {
    if (tls != nullptr)
      secure_.emplace(beast::tcp_stream(std::move(socket)), *tls);
    else
      plain_.emplace(std::move(socket));
  }
  FlexStream(FlexStream&&) = default;
  FlexStream& operator=(FlexStream&&) = delete;

  bool secure() const { return secure_.has_value(); }
  beast::tcp_stream& lowest() { return secure_ ? secure_->next_layer() : *plain_; }
  executor_type get_executor() { return lowest().get_executor(); }

  /// REQUIRES: secure().
  template <class Handler>
  void Handshake(Handler&& handler) {
    secure_->async_handshake(asio::ssl::stream_base::server, std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (secure_)
      secure_->async_read_some(buffers, std::forward<Handler>(handler));
    else
      plain_->async_read_some(buffers, std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (secure_)
      secure_->async_write_some(buffers, std::forward<Handler>(handler));
    else
      plain_->async_write_some(buffers, std::forward<Handler>(handler));
  }

  template <class Handler>
  friend void async_teardown(beast::role_type role, FlexStream& stream, Handler&& handler) {
    using beast::async_teardown;
    using beast::websocket::async_teardown;
    if (stream.secure_)
      async_teardown(role, *stream.secure_, std::forward<Handler>(handler));
    else
      async_teardown(role, *stream.plain_, std::forward<Handler>(handler));
  }

  friend void beast_close_socket(FlexStream& stream) { stream.lowest().close(); }

 private:
  std::optional<beast::tcp_stream> plain_;
  std::optional<beast::ssl_stream<beast::tcp_stream>> secure_;
};

}  // namespace euphone::server
