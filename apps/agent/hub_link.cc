#include "agent/hub_link.h"

#include <utility>

namespace euphone::agent {

Result<std::shared_ptr<HubLink>> HubLink::Open(fleet::BrokerOptions options) {
  auto news = std::make_shared<News>();
  options.on_change = [news](fleet::Link link) {
    if (link == fleet::Link::kBack) news->back = true;
    if (link == fleet::Link::kClosed) news->closed = true;
  };
  auto broker = fleet::Broker::Connect(options);
  if (!broker) return broker.error();
  auto stream = fleet::JetStream::Of(*broker);
  if (!stream) return stream.error();
  return std::shared_ptr<HubLink>(
      new HubLink(std::move(news), *std::move(broker), *std::move(stream)));
}

}  // namespace euphone::agent
