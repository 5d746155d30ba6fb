#include "updates/ddi_follower.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "update/admission.h"
#include "update/trust.h"

namespace euphone::updates {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostState = std::size_t{64} << 10;

const char* Waiting(Phase phase) {
  switch (phase) {
    case Phase::kStaging:
      return "is being fetched";
    case Phase::kStaged:
    case Phase::kVerified:
      return "is fetched";
    case Phase::kTested:
      return "is tested; it judges the next recordings beside the one in use";
    case Phase::kShadowed:
      return "is tried; it comes into use at the end of a lesson";
  }
  return "";
}

/// Whether it may go better at the next poll, without anybody's help.
bool IsPassing(Errc code) { return code == Errc::kIo; }

}  // namespace

DdiFollower::DdiFollower(DdiServer server, DdiFollowerConfig config)
    : server_(std::move(server)), aside_(server_.Another()), config_(std::move(config)) {}

Result<DdiFollower::Followed> DdiFollower::Recall() const {
  const auto text = ReadFile(Folder() / "followed.json", kMostState);
  if (!text && text.error().code != Errc::kNotFound) return text.error();
  const Json json = text ? Json::parse(*text, nullptr, false) : Json::object();
  Followed followed;
  // What cannot be read was told once more, which harms nobody.
  if (!json.is_object()) return followed;
  followed.action = json.value("action", "");
  followed.told = json.value("told", "");
  if (const auto found = json.find("releases"); found != json.end() && found->is_object()) {
    for (const auto& [name, version] : found->items())
      if (version.is_string()) followed.releases[name] = version.get<std::string>();
  }
  return followed;
}

Status DdiFollower::Remember() const {
  std::error_code failed;
  fs::create_directories(Folder(), failed);
  const Json json = {
      {"action", followed_.action}, {"releases", followed_.releases}, {"told", followed_.told}};
  return WriteFileAtomically(Folder() / "followed.json", json.dump() + "\n");
}

Status DdiFollower::Tell(const DdiFeedback& feedback, std::int64_t now) {
  const std::string body = ToJson(feedback, followed_.action, 0);
  if (body == followed_.told) return {};
  const auto open = server_.Tell(followed_.action, feedback, now);
  if (!open) return open.error();
  for (const std::string& detail : feedback.details) Say(detail);
  cancelled_ = cancelled_ || !*open;
  followed_.told = body;
  return Remember();
}

Result<DdiFollower::Standing> DdiFollower::StandingOf(const std::string& name,
                                                      const std::string& version) const {
  using Kind = Standing::Kind;
  const Updater updater(config_.updater);
  const auto state = updater.state();
  if (!state) return state.error();
  const std::string label = name + " " + version + ": ";
  const auto found = state->bundles.find(name);
  if (found != state->bundles.end()) {
    const SlotState& slots = found->second;
    if (slots.candidate && slots.candidate->release.version == version)
      return Standing{Kind::kUnderWay, label + Waiting(slots.candidate->phase)};
    for (const BadRelease& bad : slots.bad)
      if (bad.release.version == version) return Standing{Kind::kFailed, label + bad.reason};
    if (slots.active && slots.in(*slots.active)->version == version && slots.probation > 0)
      return Standing{Kind::kProbation, label + "is in use, on probation"};
  }
  if (updater.VersionInUse(*state, name) == version)
    return Standing{Kind::kGood, label + "is in use"};
  return Standing{Kind::kNew, label + "is to come"};
}

bool DdiFollower::Meanwhile(const Release& release, std::int64_t fetched, std::int64_t done,
                            std::int64_t all) {
  if (config_.progress && !config_.progress(fetched, done, all)) return false;
  const int tenths = all > 0 ? static_cast<int>(done * 10 / all) : 0;
  const bool further = tenths > tenths_;
  if (!further && Clock::now() - asked_ < config_.ask_again) return true;
  tenths_ = tenths;
  asked_ = Clock::now();
  const DdiFeedback feedback{.execution = "download",
                             .details = {release.label() + ": is being fetched"},
                             .count = tenths,
                             .of = 10};
  // A server that does not answer here does not keep a file from coming.
  const auto open = further ? aside_.Tell(followed_.action, feedback, now_) : Result<bool>(true);
  const auto poll = aside_.Poll();
  cancelled_ = (open && !*open) || (poll && !poll->cancel.empty());
  return !cancelled_;
}

Status DdiFollower::Stage(const Release& release, const DdiDeployment& deployment,
                          DdiSource& source, Updater& updater, std::int64_t now) {
  const auto state = updater.state();
  if (!state) return state.error();
  const auto found = state->bundles.find(release.name);
  const SlotState slots = found == state->bundles.end() ? SlotState() : found->second;
  // Before anything large is fetched.
  if (auto status = Admit(release, config_.updater.platform, slots,
                          updater.VersionInUse(*state, release.name));
      !status)
    return status;
  if (followed_.action != deployment.id) return Error{Errc::kInternal, "no action is followed"};
  tenths_ = 0;
  asked_ = Clock::now();
  const auto progress = [&](std::int64_t fetched, std::int64_t done, std::int64_t all) {
    return Meanwhile(release, fetched, done, all);
  };
  DownloadOptions download;
  download.progress = progress;
  if (!source.HasPieces()) {
    auto unpacked = source.FetchBundle(release, Folder(), progress);
    if (!unpacked) return unpacked.error();
    download.installed.push_back(*std::move(unpacked));
    download.progress = nullptr;
  }
  const auto report = updater.Stage(release, source, download, now);
  std::error_code ignored;
  for (const fs::path& unpacked : download.installed) fs::remove_all(unpacked, ignored);
  if (!report) return report.error();
  return {};
}

Result<DdiFollower::Standing> DdiFollower::Bring(const Release& release,
                                                 const DdiDeployment& deployment, DdiSource& source,
                                                 Updater& updater, std::int64_t now) {
  using Kind = Standing::Kind;
  auto standing = StandingOf(release.name, release.version);
  if (!standing || standing->kind == Kind::kGood || standing->kind == Kind::kFailed)
    return standing;
  const auto state = updater.state();
  if (!state) return state.error();
  const auto found = state->bundles.find(release.name);
  const SlotState slots = found == state->bundles.end() ? SlotState() : found->second;
  const bool missing = standing->kind == Kind::kNew ||
                       (slots.candidate && slots.candidate->phase == Phase::kStaging);
  if (missing) {
    if (deployment.download == DdiHandling::kSkip) return standing;
    if (slots.probation > 0) {
      return Standing{Kind::kUnderWay, release.label() + ": waits until " +
                                           updater.VersionInUse(*state, release.name) +
                                           ", which is new, has done well"};
    }
    if (auto status = Stage(release, deployment, source, updater, now); !status) {
      if (cancelled_) return standing;
      const Error& error = status.error();
      if (error.code == Errc::kInvalidArgument) return error;
      return Standing{IsPassing(error.code) ? Kind::kUnderWay : Kind::kFailed, error.message};
    }
  }
  const bool in_use = standing->kind == Kind::kProbation;
  if (deployment.update == DdiHandling::kSkip && !in_use)
    return Standing{Kind::kUnderWay, release.label() + ": is fetched"};
  for (;;) {
    const auto progressed = updater.Advance(release.name, now);
    if (!progressed) return progressed.error();
    if (*progressed != Progressed::kOn) break;
  }
  return StandingOf(release.name, release.version);
}

Result<TargetsMetadata> DdiFollower::Releases(const DdiDeployment& deployment, DdiSource& source,
                                              std::int64_t now) {
  auto trust = TrustStore::Open(config_.updater.updates / "trust");
  if (!trust) return trust.error();
  // What was believed of these releases when they were fetched holds: a deployment may wait for
  // lessons longer than its documents live.
  bool known = trust->targets().has_value();
  for (const DdiModule& module : deployment.modules) {
    const auto standing = StandingOf(module.name, module.version);
    known = known && standing && standing->kind != Standing::Kind::kNew &&
            trust->targets()->Find(module.name, module.version) != nullptr;
  }
  if (known) return *trust->targets();
  return trust->Refresh(source, now);
}

Status DdiFollower::Deploy(const DdiDeployment& deployment, std::int64_t now) {
  using Kind = Standing::Kind;
  if (followed_.action != deployment.id) {
    followed_ = {.action = deployment.id, .releases = {}, .told = {}};
    for (const DdiModule& module : deployment.modules)
      followed_.releases[module.name] = module.version;
    if (auto status = Remember(); !status) return status;
  }
  UpdaterConfig how = config_.updater;
  if (deployment.update == DdiHandling::kForced) how.shadow.utterances = 0;
  Updater updater(how);
  DdiSource source(server_, deployment);
  DdiFeedback feedback{.of = static_cast<int>(deployment.modules.size())};
  const auto releases = Releases(deployment, source, now);
  if (!releases && IsPassing(releases.error().code)) return releases.error();
  bool failed = !releases, fetched = true;
  if (!releases) feedback.details.push_back(releases.error().message);
  for (const DdiModule& module : deployment.modules) {
    if (!releases) break;
    const Release* const release = releases->Find(module.name, module.version);
    Standing standing{Kind::kFailed, module.name + " " + module.version +
                                         ": nobody has signed for such a release"};
    if (release != nullptr) {
      auto brought = Bring(*release, deployment, source, updater, now);
      if (cancelled_) return {};
      if (!brought) return brought.error();
      standing = *std::move(brought);
    }
    failed = failed || standing.kind == Kind::kFailed;
    fetched = fetched && standing.kind != Kind::kNew;
    if (standing.kind == Kind::kGood) ++feedback.count;
    feedback.details.push_back(std::move(standing.told));
  }
  if (failed) {
    feedback.execution = "closed";
    feedback.finished = "failure";
  } else if (feedback.count == feedback.of) {
    feedback.execution = "closed";
    feedback.finished = "success";
  } else if (deployment.download == DdiHandling::kSkip) {
    feedback.execution = "scheduled";
  } else if (deployment.update == DdiHandling::kSkip && fetched) {
    feedback.execution = "downloaded";
  }
  if (auto status = Tell(feedback, now); !status || cancelled_) return status;
  return feedback.execution == "closed" ? GiveUp(now) : Status();
}

Status DdiFollower::GiveUp(std::int64_t now) {
  Updater updater(config_.updater);
  for (const auto& [name, version] : std::exchange(followed_, {}).releases) {
    const auto standing = StandingOf(name, version);
    if (!standing) return standing.error();
    if (standing->kind != Standing::Kind::kUnderWay) continue;
    if (auto status = updater.Recall(name, now); !status) return status;
    Say(name + " " + version + ": given up");
  }
  std::error_code ignored;
  fs::remove_all(Folder(), ignored);
  return Remember();
}

Status DdiFollower::Cancel(const std::string& action, std::int64_t now) {
  DdiFeedback feedback{.execution = "closed", .finished = "success", .details = {"cancelled"}};
  const bool ours = followed_.action == action;
  for (const auto& [name, version] : ours ? followed_.releases : decltype(followed_.releases)()) {
    const auto standing = StandingOf(name, version);
    if (!standing) return standing.error();
    if (standing->kind != Standing::Kind::kProbation && standing->kind != Standing::Kind::kGood)
      continue;
    feedback = {.execution = "rejected",
                .finished = "none",
                .details = {standing->told + "; `euphone update rollback` goes back"}};
  }
  Say("the server cancels action " + action + ": " + feedback.details.front());
  if (ours && feedback.execution == "closed") {
    if (auto status = GiveUp(now); !status) return status;
  }
  const auto told = server_.TellCancelled(action, feedback, now);
  if (!told) return told.error();
  return {};
}

Result<std::chrono::seconds> DdiFollower::Step(std::int64_t now) {
  now_ = now;
  if (!recalled_) {
    auto followed = Recall();
    if (!followed) return followed.error();
    followed_ = *std::move(followed);
    recalled_ = true;
  }
  for (bool again = true;;) {
    const auto poll = server_.Poll();
    if (!poll) return poll.error();
    if (!poll->attributes.empty()) {
      if (auto status = server_.TellAttributes(config_.attributes()); !status)
        return status.error();
    }
    if (!poll->confirmation.empty())
      Say("an update waits at the server until somebody confirms it");
    if (!poll->cancel.empty()) {
      const auto action = server_.CancelledAction(poll->cancel);
      if (!action) return action.error();
      if (auto status = Cancel(*action, now); !status) return status.error();
    } else if (!poll->deployment.empty()) {
      const auto deployment = server_.Deployment(poll->deployment);
      if (!deployment) return deployment.error();
      cancelled_ = false;
      if (auto status = Deploy(*deployment, now); !status) return status.error();
    } else if (!followed_.action.empty()) {  // Closed at the server.
      if (auto status = GiveUp(now); !status) return status.error();
    }
    // What comes after a cancellation is not left waiting; once, whatever the server says.
    const bool changed = std::exchange(cancelled_, false) || !poll->cancel.empty();
    if (!changed || !std::exchange(again, false)) return poll->sleep;
  }
}

}  // namespace euphone::updates
