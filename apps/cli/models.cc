#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "bundle_facts.h"
#include "commands.h"
#include "model/bundle.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

ExitCode List(bool json, const InstallationOptions& installation) {
  auto data = FindData(installation);
  if (!data) {
    ReportLine(data.error().message);
    return ExitCode::kBroken;
  }
  std::error_code ignored;
  std::set<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(*data / "models", ignored))
    paths.insert(entry.path());
  ExitCode worst = ExitCode::kOk;
  for (const fs::path& path : paths) {
    auto bundle = Bundle::Open(path);
    if (auto status = bundle ? bundle->Verify() : Status(bundle.error()); !status) {
      ReportLine(status.error().message);
      worst = ExitCode::kBroken;
      continue;
    }
    const ExitCode shown =
        Show(json ? BundleJson(*bundle).dump() + "\n" : BundleText(*bundle) + "\n");
    if (shown != ExitCode::kOk) return shown;
  }
  return worst;
}

}  // namespace

void AddModels(CLI::App& app, Global& global) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand(
      "models", "List the model bundles: size, measured accuracy, licences; check their digests");
  command->add_flag("--json", *json, "One JSON object per bundle");
  command->callback([json, &global] {
    global.run = [json, &global] { return List(*json, global.installation); };
  });
}

}  // namespace euphone::cli
