#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "live/live_session.h"
#include "model/manifest.h"
#include "session/analyzer.h"

namespace euphone::server {

/// A model bundle, opened, with what it judges by. Who holds one goes on with it whatever is chosen
/// meanwhile.
struct Judge {
  std::string bundle;  ///< By which it is chosen: a folder under models/, or a path.
  std::string label;   ///< "name version", which stands in what it judges.
  std::shared_ptr<const Analyzer> analyzer;
  LiveParts live;
  LiveConfig live_config;
  std::string mark = {};  ///< Judges::mark when it was opened.
};

/// What is known of a bundle before it is opened.
struct JudgeBrief {
  std::string bundle = {};  ///< As Judge::bundle.
  std::string label = {};
  std::string summary = {};  ///< English.
  double megabytes = 0.0;
  std::vector<AccuracyEntry> accuracy = {};
};

/// The judges of an installation; the composition root makes them.
struct Judges {
  using Opener = std::function<Result<std::shared_ptr<const Judge>>(const std::string& bundle)>;

  std::shared_ptr<const Judge> first;  ///< Who judges until another is chosen.
  std::vector<JudgeBrief> all;         ///< With the first one; each judges live speech, too.
  Opener open;                         ///< Fails: as Bundle::Open and the bundle's parts do.
  /// Changes where another version of that bundle comes into use; cheap. Empty: none ever does.
  std::function<std::string(const std::string& bundle)> mark = {};
};

/// Who judges now, and who could. Thread: any.
class JudgeShelf {
 public:
  explicit JudgeShelf(Judges judges)
      : all_(std::move(judges.all)),
        open_(std::move(judges.open)),
        mark_(std::move(judges.mark)),
        now_(std::move(judges.first)) {}

  const std::vector<JudgeBrief>& all() const { return all_; }
  std::shared_ptr<const Judge> now() const;

  /// For what begins now: the same, but that a version which came into use since is opened first,
  /// unless somebody is still being judged by the old one. Where it cannot be opened the old one
  /// judges on.
  std::shared_ptr<const Judge> Latest();

  /// Takes another one, which is opened first; until it is there the old one judges on. Fails:
  /// kNotFound for a bundle that is not in all(); as the opener, and then nothing has changed.
  Status Use(std::string_view bundle);

 private:
  void Renew();

  const std::vector<JudgeBrief> all_;
  const Judges::Opener open_;
  const std::function<std::string(const std::string& bundle)> mark_;
  std::mutex one_at_a_time_;  ///< Held while one is opened, which takes as much memory again.
  mutable std::mutex mutex_;  ///< Guards the next.
  std::shared_ptr<const Judge> now_;
  std::string unusable_;  ///< The mark of a version that could not be opened.
};

}  // namespace euphone::server
