#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "base/result.h"
#include "update/chunks.h"
#include "update/metadata.h"
#include "update/source.h"

namespace euphone {

/// What a download came to, and what it cost.
struct DownloadReport {
  std::int64_t bytes = 0;    ///< Of the bundle.
  std::int64_t fetched = 0;  ///< Came from the source, compressed; the index with it.
  std::int64_t reused = 0;   ///< Were in an installed bundle.
  std::int64_t resumed = 0;  ///< Were there from a download that was cut short.
};

struct DownloadOptions {
  /// Folders of bundles that are installed: what has not changed is taken from there.
  std::vector<std::filesystem::path> installed;
  /// Told after each piece of bytes that came from the source with it, of bytes done and in all. It
  /// may wait, which is how a connection is spared; false stops, and what is there stays.
  std::function<bool(std::int64_t fetched, std::int64_t done, std::int64_t all)> progress;
};

/// Fetches a release's files into `folder`, each under a name that is no bundle's until it is
/// complete. Called again, it goes on where it was cut short, be it by a loss of power in
/// mid-write: what is there is looked through first. Every piece is checked before it is written.
/// Files in `folder` that are not the release's are removed. Fails: kCorrupt for a piece that is
/// not what was signed for; kInvalidArgument where it was stopped; kIo (full disk), and what the
/// source gives.
Result<DownloadReport> Download(const Release& release, UpdateSource& source,
                                const std::filesystem::path& folder,
                                const DownloadOptions& options);

}  // namespace euphone
