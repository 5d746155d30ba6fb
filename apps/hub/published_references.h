#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hub/publication.h"
#include "telemetry/score_reference.h"
#include "update/metadata.h"

namespace euphone::hub {

/// How published bundles score readers that their training has not heard, by their own files
/// (reference.json), which lie in pieces in the repository. Each is read once; what is published is
/// looked at again after a rest.
/// Thread: one at a time, the hub's.
class PublishedReferences {
 public:
  explicit PublishedReferences(ReadPublished read,
                               std::chrono::seconds rest = std::chrono::seconds(60))
      : read_(std::move(read)), rest_(rest) {}

  /// Null where that version is not published, has no reference, or cannot be read now. What it
  /// gives stays as long as this object.
  const ScoreReference* Find(std::string_view bundle, std::string_view version);

 private:
  std::optional<std::string> Read(const std::string& path) const;
  void LookAtReleases();
  /// Fails where it cannot be read now.
  Result<std::optional<ScoreReference>> ReferenceOf(const Release& release) const;

  ReadPublished read_;
  std::chrono::seconds rest_;
  std::chrono::steady_clock::time_point next_look_{};
  std::string timestamp_;  ///< Of the releases that are known.
  TargetsMetadata targets_;
  std::map<std::string, std::optional<ScoreReference>> known_;  ///< By Release::id().
};

}  // namespace euphone::hub
