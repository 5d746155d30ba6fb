#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <variant>

#include "commands.h"
#include "model/bundle.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

/// Who judges what the model hears; null for a model that hears nothing.
const char* ScorerOf(const Manifest& manifest) {
  if (!std::holds_alternative<AcousticEntry>(manifest.model)) return nullptr;
  return manifest.scorer ? "learned" : "gop";
}

std::string Figure(const AccuracyEntry& entry) {
  return fmt::format("{}: {:.4g}{}{} ({})", entry.measure, entry.value,
                     entry.unit.empty() ? "" : " ", entry.unit, entry.data);
}

std::string AsText(const Bundle& bundle) {
  const Manifest& manifest = bundle.manifest();
  std::string text =
      fmt::format("{} {}  {}  {}  {:.1f} MB\n  {}\n", manifest.name, manifest.version,
                  manifest.kind(), manifest.language, manifest.megabytes(), manifest.summary);
  if (const char* scorer = ScorerOf(manifest)) text += fmt::format("  scorer: {}\n", scorer);
  for (const AccuracyEntry& entry : manifest.accuracy) text += "  " + Figure(entry) + "\n";
  for (const SourceEntry& source : manifest.provenance.trained_on) {
    text += fmt::format("  trained on {} ({})\n", source.name, source.licence);
  }
  for (const LicenceEntry& licence : manifest.licences)
    text += fmt::format("  {}: {}\n", licence.part, licence.spdx);
  return text;
}

nlohmann::ordered_json AsJson(const Bundle& bundle) {
  const Manifest& manifest = bundle.manifest();
  nlohmann::ordered_json accuracy = nlohmann::ordered_json::array(),
                         licences = nlohmann::ordered_json::array();
  for (const AccuracyEntry& entry : manifest.accuracy) {
    accuracy.push_back({{"measure", entry.measure},
                        {"value", entry.value},
                        {"unit", entry.unit},
                        {"data", entry.data}});
  }
  for (const LicenceEntry& licence : manifest.licences)
    licences.push_back({{"part", licence.part}, {"spdx", licence.spdx}});
  const char* scorer = ScorerOf(manifest);
  return {{"name", manifest.name},
          {"version", manifest.version},
          {"scorer", scorer != nullptr ? nlohmann::ordered_json(scorer) : nullptr},
          {"kind", manifest.kind()},
          {"language", manifest.language},
          {"summary", manifest.summary},
          {"megabytes", manifest.megabytes()},
          {"path", bundle.name()},
          {"accuracy", accuracy},
          {"licences", licences}};
}

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
    const ExitCode shown = Show(json ? AsJson(*bundle).dump() + "\n" : AsText(*bundle) + "\n");
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
