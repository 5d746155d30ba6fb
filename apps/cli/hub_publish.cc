#include "hub_publish.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/file.h"
#include "progress.h"
#include "store/secrets.h"
#include "terminal.h"
#include "update/repository.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostPublished = 6u << 20;  // What a message takes, in base64.
constexpr const char* kTimestamp = "metadata/timestamp.json";

/// The 3 of "metadata/3.root.json"; 0: it is none.
int RootVersion(const std::string& path) {
  constexpr std::string_view kBegin = "metadata/";
  int version = 0;
  if (path.starts_with(kBegin) && path.ends_with(".root.json"))
    std::from_chars(path.data() + kBegin.size(), path.data() + path.size(), version);
  return version;
}

/// Pieces first, then whose signatures count, then what names the pieces, last what says that it
/// holds: a device sees what was, or what is. Whole bundles (targets/) stay: devices fetch pieces.
std::vector<std::string> FilesToPublish(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code failed;
  for (const char* part : {"chunks", "metadata"}) {
    std::vector<std::string> of;
    for (fs::recursive_directory_iterator each(folder / part, failed), end; !failed && each != end;
         each.increment(failed))
      if (each->is_regular_file())
        of.push_back(fs::relative(each->path(), folder).generic_string());
    std::ranges::sort(of, {}, [](const std::string& path) {
      const int root = RootVersion(path);
      const int rank = path == kTimestamp                             ? 4
                       : path.find(".snapshot.") != std::string::npos ? 3
                       : path.ends_with(".index")                     ? 2
                       : root == 0 && path.starts_with("metadata/")   ? 1
                                                                      : 0;
      return std::tuple(rank, root, path);
    });
    files.insert(files.end(), of.begin(), of.end());
  }
  return files;
}

}  // namespace

ExitCode PublishRepository(const HubClientOptions& options, const std::string& folder) {
  const auto repository = Repository::Open(folder);
  if (!repository) return Report(repository.error());
  const auto announced = repository->Announced();
  if (!announced) return Report(announced.error());
  if (!*announced)
    return Report({Errc::kInvalidArgument,
                   folder + ": nothing is announced there yet (euphone bundle announce)"});
  auto client = HubClient::Connect(options);
  if (!client) return Report(client.error());
  const auto there = client->Ask("repository.list", nlohmann::json::object());
  if (!there) return Report(there.error());
  const auto known = (*there)["files"].get<std::set<std::string>>();
  std::vector<std::string> files = FilesToPublish(folder);
  std::erase_if(
      files, [&](const std::string& path) { return path != kTimestamp && known.contains(path); });
  {
    Progress progress("publishing", files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
      const auto content = ReadFile(fs::path(folder) / files[i], kMostPublished);
      if (!content) return Report(content.error());
      const auto put =
          client->Ask("repository.put", {{"path", files[i]}, {"data", ToBase64(*content)}});
      if (!put) return Report(put.error());
      progress.Update(i + 1);
      if (Interrupted()) return ExitCode::kInterrupted;
    }
  }
  if (options.json)
    return Show(nlohmann::json{{"schema", "euphone.hub.published/1"}, {"files", files}}.dump() +
                "\n");
  return Show(fmt::format("{} files are new to the hub; devices see them now.\n", files.size()));
}

}  // namespace euphone::cli
