#pragma once

#include <atomic>
#include <memory>

#include "base/result.h"
#include "fleet/broker.h"
#include "fleet/jet_stream.h"

namespace euphone::agent {

/// A connection to the hub's NATS server, with what is built on it. Thread: any.
class HubLink {
 public:
  /// One try. Fails: as Broker::Connect.
  static Result<std::shared_ptr<HubLink>> Open(fleet::BrokerOptions options);

  fleet::Broker& broker() { return broker_; }
  fleet::JetStream& stream() { return stream_; }
  bool connected() const { return broker_.connected(); }
  /// Whether it has come back since the last call.
  bool TakeBack() { return news_->back.exchange(false); }
  /// For good: a new one has to be opened.
  bool closed() const { return news_->closed; }

 private:
  struct News {
    std::atomic<bool> back{false}, closed{false};
  };
  HubLink(std::shared_ptr<News> news, fleet::Broker broker, fleet::JetStream stream)
      : news_(std::move(news)), broker_(std::move(broker)), stream_(std::move(stream)) {}

  std::shared_ptr<News> news_;  // The connection's thread writes it: it goes last.
  fleet::Broker broker_;
  fleet::JetStream stream_;
};

}  // namespace euphone::agent
