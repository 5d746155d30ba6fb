#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "installation.h"

namespace euphone::cli {

/// What bundles are compared on.
struct BenchOptions {
  std::string recording;
  std::string text;  ///< What is read in it, as `analyze` takes it.
  std::size_t rounds = 15;
  std::string corpus;     ///< Rated recordings for the correlations; empty: none.
  std::string speakers;   ///< File with their speakers, as for evaluate; empty: all.
  std::size_t limit = 0;  ///< Only the first so many of them; 0: all.
};

/// What one bundle costs and gives. Times are of one thread.
struct BundleFigures {
  std::string name;  ///< "name version".
  double megabytes = 0.0;
  double open_ms = 0.0;    ///< Until it is ready to analyse.
  double first_ms = 0.0;   ///< The first analysis.
  double median_ms = 0.0;  ///< Of the later ones.
  double slow_ms = 0.0;    ///< Their 95th percentile.
  double audio_seconds = 0.0;
  double peak_mb = 0.0;              ///< Resident memory of a process that does only this.
  std::optional<double> live_share;  ///< Of one core while it listens; absent if it cannot.
  std::optional<double> phone_pcc, word_pcc, sentence_pcc;  ///< Sounds; words' accuracy; totals.
};

/// Agreement with raters; absent: the corpus has no such marks, or they do not vary.
struct BundleAgreement {
  std::optional<double> phone_pcc, word_pcc, sentence_pcc;
};
/// Of `options` only the corpus, its speakers and their limit count. Fails: as opening the engine
/// and reading the corpus do.
Result<BundleAgreement> MeasureBundleAgreement(const InstallationOptions& installation,
                                               const BenchOptions& options);

/// Measures the bundle that `installation` names in a process of its own. Fails: as opening the
/// engine, reading the recording and the corpus do; kInvalidArgument for a recording that is not
/// scored; kInternal if the process dies.
Result<BundleFigures> MeasureBundle(const InstallationOptions& installation,
                                    const BenchOptions& options);

}  // namespace euphone::cli
