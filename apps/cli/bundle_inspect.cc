#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "base/file.h"
#include "bundle_commands.h"
#include "private_key.h"
#include "progress.h"
#include "terminal.h"
#include "update/download.h"
#include "update/repository.h"
#include "update/trust.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using InspectJson = nlohmann::ordered_json;

std::string Until(std::int64_t expires) {
  return (expires < SecondsNow() ? "expired " : "until ") + InstantText(expires);
}

std::string RepositoryText(const Repository& repository,
                           const std::optional<PointerMetadata>& announced) {
  const RootMetadata& root = repository.root();
  std::string text = fmt::format("root {} ({})\n", root.version, Until(root.expires));
  for (const Role role : kRoles) {
    const RoleKeys& keys = root.of(role);
    text += fmt::format("  {:9} {} of {}:", RoleName(role), keys.threshold, keys.key_ids.size());
    for (const std::string& id : keys.key_ids) text += " " + id.substr(0, 12);
    text += "\n";
  }
  const TargetsMetadata& targets = repository.targets();
  text += fmt::format("releases {} ({})\n", targets.version, Until(targets.expires));
  for (const Release& release : targets.releases) {
    text += fmt::format("  {:32} {:8.1f} MB  {}{}\n", release.label(),
                        static_cast<double>(release.bundle.length) / 1e6, release.compatible,
                        release.minimum_runtime == "0.0.0"
                            ? ""
                            : ", Euphone " + release.minimum_runtime + " or later");
  }
  for (const DraftState& draft : repository.Drafts())
    text += fmt::format("draft of {} {}: {} of {} signatures\n", RoleName(draft.role),
                        draft.version, draft.signatures, draft.needed);
  text += announced
              ? fmt::format("announced {} ({})\n", announced->version, Until(announced->expires))
              : "not announced yet\n";
  return text;
}

std::string RepositoryJson(const Repository& repository,
                           const std::optional<PointerMetadata>& announced) {
  const RootMetadata& root = repository.root();
  InspectJson json = {
      {"root", {{"version", root.version}, {"expires", InstantText(root.expires)}}}};
  for (const Role role : kRoles)
    json["roles"][RoleName(role)] = {{"threshold", root.of(role).threshold},
                                     {"keys", root.of(role).key_ids}};
  json["releases"] = InspectJson::array();
  for (const Release& release : repository.targets().releases)
    json["releases"].push_back({{"name", release.name},
                                {"version", release.version},
                                {"id", release.id()},
                                {"bytes", release.bundle.length},
                                {"compatible", release.compatible},
                                {"minimum_runtime", release.minimum_runtime},
                                {"hardware", release.hardware}});
  json["drafts"] = InspectJson::array();
  for (const DraftState& draft : repository.Drafts())
    json["drafts"].push_back({{"role", RoleName(draft.role)},
                              {"version", draft.version},
                              {"signatures", draft.signatures},
                              {"needed", draft.needed}});
  json["announced_until"] =
      announced ? InspectJson(InstantText(announced->expires)) : InspectJson();
  return json.dump() + "\n";
}

/// A folder for this check alone; removed with it.
class ScratchFolder {
 public:
  static Result<ScratchFolder> Make() {
    std::string path = (fs::temp_directory_path() / "euphone-verify.XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr)
      return Error{Errc::kIo, path + ": no folder can be made for the check"};
    return ScratchFolder(path);
  }
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  explicit ScratchFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

/// A repository's folder, and what was asked for and found in it.
class NotedSource final : public UpdateSource {
 public:
  explicit NotedSource(const fs::path& folder) : folder_(folder) {}
  Result<std::string> Fetch(const std::string& path, std::size_t max_bytes) override {
    auto content = folder_.Fetch(path, max_bytes);
    if (content) given_.insert(path);
    return content;
  }
  const std::set<std::string>& given() const { return given_; }

 private:
  FolderSource folder_;
  std::set<std::string> given_;
};

/// Fetches a release as a device would, and looks at what has come.
Status VerifyRelease(const Release& release, UpdateSource& source, const fs::path& folder) {
  const auto report = Download(
      release, source, folder,
      {.installed = {}, .progress = [bar = BarFor(release.label())](auto, auto done, auto all) {
         return bar(done, all);
       }});
  if (!report) return report.error();
  const auto bundle = Bundle::Open(folder);
  if (!bundle) return bundle.error();
  if (bundle->manifest().label() != release.label())
    return Error{Errc::kCorrupt, release.label() + ": is " + bundle->manifest().label()};
  return bundle->Verify();
}

}  // namespace

bool IsRepository(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path / "metadata", ignored) || fs::is_directory(path / "draft", ignored);
}

ExitCode InspectRepository(const fs::path& folder, bool json) {
  const auto repository = Repository::Open(folder);
  if (!repository) return Report(repository.error());
  const auto announced = repository->Announced();
  if (!announced) return Report(announced.error());
  return Show(json ? RepositoryJson(*repository, *announced)
                   : RepositoryText(*repository, *announced));
}

ExitCode VerifyRepository(const fs::path& folder, const std::string& root) {
  const auto scratch = ScratchFolder::Make();
  if (!scratch) return Report(scratch.error());
  const auto text =
      ReadFile(root.empty() ? folder / "metadata" / "1.root.json" : fs::path(root), 4 << 20);
  if (!text) return Report(text.error());
  if (auto status = TrustStore::Begin(scratch->path() / "trust", *text); !status)
    return Report(status.error());
  auto trust = TrustStore::Open(scratch->path() / "trust");
  if (!trust) return Report(trust.error());
  FolderSource source(folder);
  const auto targets = trust->Refresh(source, SecondsNow());
  if (!targets) return Report(targets.error());
  for (const Release& release : targets->releases) {
    if (auto status = VerifyRelease(release, source, scratch->path() / "release"); !status)
      return Interrupted() ? ExitCode::kInterrupted : Report(status.error());
    if (const ExitCode shown = Show(release.label() + ": arrives whole\n"); shown != ExitCode::kOk)
      return shown;
  }
  return Show(fmt::format("root {}, releases {}: signed, in agreement, not expired\n",
                          trust->root().version, targets->version));
}

ExitCode CollectArtifacts(const fs::path& folder, const std::string& name,
                          const std::string& version, const fs::path& out) {
  const auto scratch = ScratchFolder::Make();
  if (!scratch) return Report(scratch.error());
  const auto text = ReadFile(folder / "metadata" / "1.root.json", 4 << 20);
  if (!text) return Report(text.error());
  if (auto status = TrustStore::Begin(scratch->path() / "trust", *text); !status)
    return Report(status.error());
  auto trust = TrustStore::Open(scratch->path() / "trust");
  if (!trust) return Report(trust.error());
  // Just what a device would ask for, and so nothing that it would refuse.
  NotedSource source(folder);
  const auto targets = trust->Refresh(source, SecondsNow());
  if (!targets) return Report(targets.error());
  const Release* const release =
      version.empty() ? targets->Newest(name) : targets->Find(name, version);
  if (release == nullptr) {
    return Report({Errc::kNotFound, folder.string() + ": there is no release of " +
                                        Shortened(name) + " " + Shortened(version)});
  }
  std::set<std::string> paths = source.given();
  paths.insert("metadata/1.root.json");
  paths.insert(ChunkIndex::PathOf(release->chunks.sha256));
  paths.insert("targets/" + release->bundle.sha256 + "." + release->file_name());
  std::error_code failed;
  fs::create_directories(out, failed);
  for (const std::string& path : paths) {
    const fs::path to = out / fs::path(path).filename();
    if (!failed) fs::copy_file(folder / path, to, fs::copy_options::overwrite_existing, failed);
    if (failed) return Report({Errc::kIo, to.string() + ": " + failed.message()});
  }
  return Show(fmt::format("{}: {} files; a software module '{}', version '{}', takes them all\n",
                          out.string(), paths.size(), release->name, release->version));
}

}  // namespace euphone::cli
