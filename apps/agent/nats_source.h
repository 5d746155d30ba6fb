#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "agent/hub_link.h"
#include "fleet/key_value.h"
#include "update/source.h"

namespace euphone::agent {

/// A repository that lies in the bucket fleet::kRepositoryBucket of a NATS server, a file a key.
/// Thread: one at a time.
class NatsSource final : public UpdateSource {
 public:
  explicit NatsSource(std::shared_ptr<HubLink> link) : link_(std::move(link)) {}

  /// Fails: as UpdateSource; kIo too where there is no such bucket yet.
  Result<std::string> Fetch(const std::string& path, std::size_t max_bytes) override;

 private:
  std::shared_ptr<HubLink> link_;  // What the bucket is of: it goes last.
  std::optional<fleet::KeyValue> bucket_;
};

}  // namespace euphone::agent
