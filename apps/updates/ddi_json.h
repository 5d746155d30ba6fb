#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone::updates {

/// What hawkBit's Direct Device Integration API says, and is told (docs/formats/ddi.md). Links are
/// URLs as the server gives them. All here is pure; what is not read is passed over, as DDI asks.

/// GET TENANT/controller/v1/ID
struct DdiPoll {
  std::chrono::seconds sleep{300};  ///< Until the next one.
  std::string deployment = {};      ///< Links; empty: there is none.
  std::string cancel = {};
  std::string attributes = {};
  std::string confirmation = {};
};

enum class DdiHandling { kSkip, kAttempt, kForced };

struct DdiArtifact {
  std::string name;
  std::int64_t size = 0;
  std::string sha256;             ///< May be empty: hawkBit has not always told it.
  std::vector<std::string> urls;  ///< The same file, over TLS and without.
};

/// A "chunk" of a deployment: a software module.
struct DdiModule {
  std::string name, version;
  std::vector<DdiArtifact> artifacts;
};

/// GET …/deploymentBase/ID
struct DdiDeployment {
  std::string id;
  DdiHandling download = DdiHandling::kAttempt, update = DdiHandling::kAttempt;
  std::vector<DdiModule> modules;
};

/// Of an action, for its channel of feedback.
struct DdiFeedback {
  std::string execution = "proceeding";  ///< closed, rejected, downloaded, …
  std::string finished = "none";         ///< success, failure
  std::vector<std::string> details = {};
  int count = 0, of = 0;  ///< How far it is; 0 of 0: not told.
};

/// Fail: kCorrupt, naming what is wrong.
Result<DdiPoll> ParsePoll(std::string_view text);
Result<DdiDeployment> ParseDeployment(std::string_view text);
/// The id of the action that is to be stopped.
Result<std::string> ParseCancel(std::string_view text);

/// `now`: seconds since 1970.
std::string ToJson(const DdiFeedback& feedback, const std::string& action, std::int64_t now);
std::string AttributesJson(const std::map<std::string, std::string>& attributes);

}  // namespace euphone::updates
