#include "server/server.h"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <optional>
#include <utility>

#include "server/certificate.h"
#include "server/http_connection.h"

namespace euphone::server {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Fault = boost::system::error_code;

constexpr std::chrono::milliseconds kTick{500}, kEndLook{20};
constexpr std::chrono::seconds kLongestEnd{10};

}  // namespace

class Server::Impl {
 public:
  Impl(std::unique_ptr<Site> site, std::optional<Certificate> certificate)
      : site_(std::move(site)), connections_{.site = *site_, .clients = {}} {
    if (certificate) fingerprint_ = certificate->fingerprint;
  }

  /// Until it is closed, the site's threads tell their connections what is new.
  ~Impl() { site_->Close(); }

  Status UseCertificate(const Certificate& certificate) {
    tls_.emplace(asio::ssl::context::tls_server);
    Fault failed;
    tls_->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                          asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                          asio::ssl::context::no_tlsv1_1,
                      failed);
    const auto pem = asio::buffer(certificate.pem);
    if (!failed) tls_->use_certificate_chain(pem, failed);
    if (!failed) tls_->use_private_key(pem, asio::ssl::context::pem, failed);
    if (failed) return Error{Errc::kInternal, "TLS cannot begin: " + failed.message()};
    return {};
  }

  Status Listen() {
    const Listening& config = site_->listening();
    const std::string where = config.host + " port " + std::to_string(config.port);
    Fault failed;
    const auto address = asio::ip::make_address(config.host, failed);
    if (failed)
      return Error{Errc::kInvalidArgument, config.host + ": is no address; give it as a number"};
    if (!config.lan && !address.is_loopback()) {
      return Error{Errc::kInvalidArgument,
                   config.host + ": can be reached by others; --lan serves them, with TLS"};
    }
    const tcp::endpoint endpoint(address, static_cast<std::uint16_t>(config.port));
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(endpoint, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (failed == asio::error::address_in_use) {
      return Error{Errc::kIo, where +
                                  ": another program listens there; choose another port, or 0 "
                                  "for any that is free"};
    }
    if (failed) return Error{Errc::kIo, where + ": " + failed.message()};
    port_ = acceptor_.local_endpoint(failed).port();
    return {};
  }

  Status WatchForStop() {
    const int stop = site_->listening().stop;
    if (stop < 0) return {};
    Fault failed;
    stop_.emplace(io_);
    stop_->assign(::dup(stop), failed);
    if (failed) return Error{Errc::kIo, "interrupts cannot be watched for: " + failed.message()};
    stop_->async_wait(asio::posix::stream_descriptor::wait_read, [this](Fault) { BeginToEnd(); });
    return {};
  }

  void Run() {
    site_->Begin();
    Accept();
    Tick();
    io_.run();
    // A connection and who is at this end of it have each other until it has ended.
    for (const auto& [socket, end] : std::exchange(connections_.sockets, {})) end();
    site_->Close();
  }

  int port() const { return port_; }
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  void Accept() {
    acceptor_.async_accept([this](Fault failed, tcp::socket socket) {
      if (!acceptor_.is_open()) return;
      if (!failed) ServeConnection(connections_, std::move(socket), tls_ ? &*tls_ : nullptr);
      if (!failed) return Accept();
      // Too many open files, most likely; they may become fewer.
      pause_.expires_after(kTick);
      pause_.async_wait([this](Fault) { Accept(); });
    });
  }

  void Tick() {
    site_->Tick();
    tick_.expires_after(kTick);
    tick_.async_wait([this](Fault failed) {
      if (!failed) Tick();
    });
  }

  void BeginToEnd() {
    Fault ignored;
    acceptor_.close(ignored);
    site_->BeginToEnd();
    give_up_ = std::chrono::steady_clock::now() + kLongestEnd;
    LookForEnd();
  }

  void LookForEnd() {
    const bool quiet = site_->quiet() && connections_.busy == 0;
    if (quiet || std::chrono::steady_clock::now() >= give_up_) {
      // What was sent last is still on its way.
      tick_.expires_after(kEndLook);
      tick_.async_wait([this](Fault) { io_.stop(); });
      return;
    }
    tick_.expires_after(kEndLook);
    tick_.async_wait([this](Fault) { LookForEnd(); });
  }

  // In this order: the site outlives all connections, which io_ holds.
  std::unique_ptr<Site> site_;
  Connections connections_;
  std::optional<asio::ssl::context> tls_;
  std::string fingerprint_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  asio::steady_timer tick_{io_}, pause_{io_};
  std::optional<asio::posix::stream_descriptor> stop_;
  std::chrono::steady_clock::time_point give_up_{};
  int port_ = 0;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::Open(std::unique_ptr<Site> site) {
  const Listening& listening = site->listening();
  std::optional<Certificate> certificate;
  if (listening.lan) {
    auto opened = OpenCertificate(listening.keys / "certificate.pem", listening.hostname);
    if (!opened) return opened.error();
    certificate = *std::move(opened);
  }
  std::unique_ptr<Server> server(new Server(std::make_unique<Impl>(std::move(site), certificate)));
  if (certificate) {
    if (auto status = server->impl_->UseCertificate(*certificate); !status) return status.error();
  }
  if (auto status = server->impl_->Listen(); !status) return status.error();
  if (auto status = server->impl_->WatchForStop(); !status) return status.error();
  return server;
}

int Server::port() const { return impl_->port(); }
const std::string& Server::fingerprint() const { return impl_->fingerprint(); }

void Server::Run() { impl_->Run(); }

}  // namespace euphone::server
