#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

#include "update/metadata.h"
#include "update/source.h"
#include "updates/ddi_server.h"

namespace euphone::updates {

/// The artifacts of a deployment, as the repository that they were taken from: an artifact has the
/// last part of its path there as its name (docs/formats/ddi.md). Thread: one at a time. `server`
/// and `deployment` must outlive it.
class DdiSource final : public UpdateSource {
 public:
  DdiSource(DdiServer& server, const DdiDeployment& deployment);

  Result<std::string> Fetch(const std::string& path, std::size_t max_bytes) override;

  /// Whether the release's pieces are there one by one; else its bundle comes as one file.
  bool HasPieces() const { return has_pieces_; }

  /// Fetches the single file of a release, on from where that was cut short, checks it by the
  /// digest that was signed for, and unpacks it into `folder`/NAME. Fails: kNotFound where no
  /// artifact is it; kCorrupt where it is not what was signed for, twice; kInvalidArgument where
  /// `progress` stopped it; kIo.
  Result<std::filesystem::path> FetchBundle(
      const Release& release, const std::filesystem::path& folder,
      const std::function<bool(std::int64_t, std::int64_t, std::int64_t)>& progress);

 private:
  Result<http::Request> RequestFor(const std::string& name) const;

  DdiServer& server_;
  std::map<std::string, const DdiArtifact*> artifacts_;
  bool has_pieces_ = false;
};

}  // namespace euphone::updates
