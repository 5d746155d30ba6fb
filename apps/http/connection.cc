#include "http/connection.h"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <utility>

namespace euphone::http {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Fault = boost::system::error_code;

Error Broken(const Fault& fault) { return {Errc::kIo, "the connection broke: " + fault.message()}; }

}  // namespace

class Connection::Impl {
 public:
  Status Connect(const std::string& address, std::uint16_t port, const Wait& wait) {
    Fault failed;
    const auto ip = asio::ip::make_address(address, failed);
    if (failed) return Error{Errc::kIo, address + ": " + failed.message()};
    socket_.close(failed);
    failed = Await(wait, [&](Then then) { socket_.async_connect({ip, port}, then); });
    if (failed == asio::error::connection_refused)
      return Error{Errc::kNotFound, "nobody listens there"};
    if (failed) return Error{Errc::kIo, "it cannot be reached: " + failed.message()};
    socket_.set_option(tcp::no_delay(true), failed);
    return {};
  }

  Status BeginTls(const std::string& host, const Wait& wait) {
    Fault failed;
    tls_.emplace(asio::ssl::context::tls_client);
    tls_->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                          asio::ssl::context::no_tlsv1_1,
                      failed);
    if (!failed) tls_->set_default_verify_paths(failed);
    if (failed) return Error{Errc::kInternal, "TLS cannot begin: " + failed.message()};
    secure_.emplace(socket_, *tls_);
    secure_->set_verify_mode(asio::ssl::verify_peer, failed);
    if (!failed) secure_->set_verify_callback(asio::ssl::host_name_verification(host), failed);
    Fault no_number;
    asio::ip::make_address(host, no_number);
    SSL* const tls = secure_->native_handle();
    // The server may have several names, each with a certificate. (OpenSSL's macro has an old
    // cast.)
    const bool named =
        !no_number || SSL_ctrl(tls, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                               const_cast<char*>(host.c_str())) == 1;
    if (failed || !named) return Error{Errc::kInternal, "TLS cannot begin for " + host};
    failed = Await(
        wait, [&](Then then) { secure_->async_handshake(asio::ssl::stream_base::client, then); });
    if (!failed) return {};
    if (const long verdict = SSL_get_verify_result(tls); verdict != X509_V_OK) {
      return Error{Errc::kIo, "this system does not trust its certificate for '" + host + "' (" +
                                  X509_verify_cert_error_string(verdict) + ")"};
    }
    return Error{Errc::kIo, "TLS does not begin: " + failed.message()};
  }

  Status Write(std::string_view bytes, const Wait& wait) {
    const asio::const_buffer all(bytes.data(), bytes.size());
    const Fault failed = Await(wait, [&](Then then) {
      secure_ ? asio::async_write(*secure_, all, then) : asio::async_write(socket_, all, then);
    });
    if (failed) return Broken(failed);
    return {};
  }

  Result<std::string> Read(const Wait& wait) {
    count_ = 0;
    const auto buffer = asio::buffer(bytes_);
    const Fault failed = Await(wait, [&](Then then) {
      secure_ ? secure_->async_read_some(buffer, then) : socket_.async_read_some(buffer, then);
    });
    if (failed == asio::error::eof || failed == asio::ssl::error::stream_truncated)
      return std::string();
    if (failed) return Broken(failed);
    return std::string(bytes_.data(), count_);
  }

 private:
  /// What an operation calls at its end.
  struct Then {
    Impl* impl;
    void operator()(Fault fault, std::size_t count = 0) const {
      impl->done_ = fault;
      impl->count_ = count;
    }
  };

  /// Begins an operation and runs it to its end, or breaks it off with the connection.
  template <class Begin>
  Fault Await(const Wait& wait, Begin begin) {
    done_.reset();
    begin(Then{this});
    const std::stop_callback wake(wait.stop, [this] { asio::post(io_, [] {}); });
    io_.restart();
    while (!done_ && !wait.Over()) io_.run_one_until(wait.until);
    if (done_) return *done_;
    Fault ignored;
    socket_.close(ignored);
    io_.restart();
    while (!done_) io_.run_one();
    return asio::error::timed_out;
  }

  asio::io_context io_{1};
  tcp::socket socket_{io_};
  std::optional<asio::ssl::context> tls_;
  std::optional<asio::ssl::stream<tcp::socket&>> secure_;
  std::array<char, 16 << 10> bytes_{};
  std::optional<Fault> done_;  ///< Of the operation that runs.
  std::size_t count_ = 0;      ///< Bytes that it moved.
};

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

Result<Connection> Connection::Open(const Endpoint& endpoint,
                                    const std::vector<std::string>& addresses, const Wait& wait) {
  Error last{Errc::kNotFound, "it has no address"};
  for (const std::string& address : addresses) {
    auto impl = std::make_unique<Impl>();
    auto status = impl->Connect(address, endpoint.port, wait);
    if (status && endpoint.tls) status = impl->BeginTls(endpoint.host, wait);
    if (status) return Connection(std::move(impl));
    last = status.error();
    if (wait.Over()) break;
  }
  return last;
}

Status Connection::Write(std::string_view bytes, const Wait& wait) {
  return impl_->Write(bytes, wait);
}

Result<std::string> Connection::Read(const Wait& wait) { return impl_->Read(wait); }

}  // namespace euphone::http
