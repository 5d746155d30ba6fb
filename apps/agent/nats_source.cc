#include "agent/nats_source.h"

#include <algorithm>
#include <utility>

#include "fleet/wire.h"

namespace euphone::agent {
namespace {

/// What NATS takes for a key; another path has no file there, as with any repository.
bool IsKey(const std::string& path) {
  if (path.empty() || path.front() == '.' || path.back() == '.') return false;
  return std::ranges::all_of(path, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '/' || c == '.' || c == '=';
  });
}

}  // namespace

Result<std::string> NatsSource::Fetch(const std::string& path, std::size_t max_bytes) {
  const std::string where = link_->broker().where() + ": " + path;
  if (!IsKey(path)) return Error{Errc::kNotFound, where + ": there is no such file"};
  if (!bucket_) {
    auto opened = fleet::KeyValue::Open(
        link_->stream(), {.name = std::string(fleet::kRepositoryBucket), .make = false});
    if (!opened)
      return Error{Errc::kIo, link_->broker().where() + ": there is no repository of releases (" +
                                  opened.error().message + ")"};
    bucket_.emplace(*std::move(opened));
  }
  auto entry = bucket_->Get(path);
  if (!entry) return Error{Errc::kIo, entry.error().message};
  if (!*entry) return Error{Errc::kNotFound, where + ": there is no such file"};
  if ((*entry)->value.size() > max_bytes) {
    return Error{Errc::kTooLarge,
                 where + ": larger than the limit of " + std::to_string(max_bytes) + " bytes"};
  }
  return std::move((*entry)->value);
}

}  // namespace euphone::agent
