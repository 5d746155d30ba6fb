#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/sem_ver.h"
#include "bundle_commands.h"
#include "model/bundle.h"
#include "model/digest.h"
#include "telemetry/score_reference.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using ReferenceJson = nlohmann::ordered_json;

constexpr std::size_t kMostAnalyses = std::size_t{1} << 30;
constexpr const char* kReferenceFile = "reference.json";

struct ReferenceOptions {
  std::string folder, analyses, speakers, data, version;
};

/// A speaker's scores, by kScoreUnits.
using SpeakerScores = std::array<Histogram, kScoreUnits.size()>;
using AllSpeakers = std::map<std::string, SpeakerScores>;

/// Who said what: "id<TAB>speaker" on each line.
Result<std::map<std::string, std::string>> ReadSpeakers(const std::string& file) {
  const auto text = ReadFile(file, kMostAnalyses);
  if (!text) return text.error();
  std::map<std::string, std::string> speakers;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos)
      return Error{Errc::kCorrupt, Shortened(file) + ": a line has no tab between id and speaker"};
    speakers[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return speakers;
}

void AddNumber(Histogram& scores, const ReferenceJson& object, const char* key) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_number()) scores.Add(found->get<double>());
}

/// Adds an analysis as `analyze --format json` writes it. Nothing where it was not scored.
void AddAnalysis(SpeakerScores& scores, const ReferenceJson& analysis) {
  for (const ReferenceJson& word : analysis.value("words", ReferenceJson::array())) {
    if (!word.is_object() || !word.value("accuracy", ReferenceJson()).is_number()) continue;
    AddNumber(scores[1], word, "accuracy");
    for (const ReferenceJson& phone : word.value("phones", ReferenceJson::array()))
      if (phone.is_object()) AddNumber(scores[0], phone, "score");
  }
  AddNumber(scores[2], analysis.value("scores", ReferenceJson::object()), "accuracy");
}

Result<AllSpeakers> ReadAnalyses(const ReferenceOptions& options, const std::string& model) {
  const auto speakers = ReadSpeakers(options.speakers);
  if (!speakers) return speakers.error();
  const auto text = ReadFile(options.analyses, kMostAnalyses);
  if (!text) return text.error();
  AllSpeakers all;
  std::istringstream lines(*text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto wrong = [&](const std::string& what) {
      return Error{Errc::kCorrupt,
                   fmt::format("{}: line {}: {}", Shortened(options.analyses), number, what)};
    };
    const auto analysis = ReferenceJson::parse(line, nullptr, false);
    if (!analysis.is_object() || !analysis.value("id", ReferenceJson()).is_string())
      return wrong("is no analysis as `euphone analyze --format json` writes it");
    if (analysis.value("model", ReferenceJson()) != model)
      return wrong("is by another model than " + model);
    const auto who = speakers->find(analysis["id"].get<std::string>());
    if (who == speakers->end())
      return wrong(Shortened(analysis["id"].get<std::string>()) + " has no speaker");
    if (analysis.value("verdict", "") != "scored") continue;
    const Histogram none(kScoreBounds);
    const auto made = all.try_emplace(who->second, SpeakerScores{none, none, none});
    AddAnalysis(made.first->second, analysis);
  }
  if (all.size() >= 2) return all;
  return Error{Errc::kInvalidArgument,
               Shortened(options.analyses) + ": scores of two speakers at least are needed"};
}

ScoreReference ReferenceOf(const AllSpeakers& all, const std::string& data) {
  ScoreReference reference{.data = data, .speakers = all.size()};
  for (std::size_t unit = 0; unit < kScoreUnits.size(); ++unit) {
    std::vector<Histogram> clusters;
    for (const auto& [speaker, scores] : all) clusters.push_back(scores[unit]);
    // Of few speakers it cannot be measured; what is usual is taken for the least.
    reference.units[unit] = SampleOf(clusters, all.size() < kEnoughClusters ? 0.2 : 0.0);
  }
  return reference;
}

/// The manifest with the file in it, and with its new version.
Result<std::string> WithReference(const Bundle& bundle, const std::string& content,
                                  const std::string& version) {
  auto manifest = ReferenceJson::parse(bundle.manifest_text());
  manifest["version"] = version;
  ReferenceJson kept = ReferenceJson::array();
  for (const ReferenceJson& file : manifest["files"])
    if (file.value("role", "") != "reference") kept.push_back(file);
  kept.push_back({{"path", kReferenceFile},
                  {"role", "reference"},
                  {"bytes", content.size()},
                  {"sha256", Sha256Hex(std::as_bytes(std::span(content)))}});
  manifest["files"] = std::move(kept);
  std::string text = manifest.dump(2) + "\n";
  if (const auto parsed = ParseManifest(text); !parsed) return parsed.error();
  return text;
}

ExitCode AddReference(const ReferenceOptions& options) {
  const auto bundle = Bundle::Open(options.folder);
  if (!bundle) return Report(bundle.error());
  const auto before = ReadSemVer(bundle->manifest().version), after = ReadSemVer(options.version);
  if (!after || (before && !(*before < *after)))
    return Report({Errc::kInvalidArgument, "--version: must be one above " +
                                               bundle->manifest().version +
                                               ", for a change of any file is a new version"});
  const auto all = ReadAnalyses(options, bundle->manifest().label());
  if (!all) return Report(all.error());
  const ScoreReference reference = ReferenceOf(*all, options.data);
  const std::string content = ToJson(reference);
  if (const auto read = ReadScoreReference(content); !read)
    return Report(Prefixed(kReferenceFile, read.error()));
  const auto manifest = WithReference(*bundle, content, options.version);
  if (!manifest) return Report(manifest.error());
  const fs::path folder = options.folder;
  for (const auto& [name, text] :
       {std::pair(kReferenceFile, &content), std::pair("manifest.json", &*manifest)}) {
    if (const auto written = WriteFileAtomically(folder / name, *text); !written)
      return Report(written.error());
  }
  const ScoreSample& words = reference.units[1];
  return Show(fmt::format(
      "{} {}: {} speakers; the level of words is worth {:.0f} independent ones\n",
      bundle->manifest().name, options.version, reference.speakers, words.effective_level));
}

}  // namespace

void AddReferenceCommand(CLI::App& bundle, Global& global) {
  auto options = std::make_shared<ReferenceOptions>();
  CLI::App* reference = bundle.add_subcommand(
      "reference", "Write into a bundle's folder how it scores readers that training did not hear");
  reference->add_option("folder", options->folder, "The bundle's folder")->required();
  reference
      ->add_option("--from", options->analyses,
                   "What `euphone analyze --format json` with this bundle wrote, a line each")
      ->required()
      ->type_name("FILE");
  reference
      ->add_option("--speakers", options->speakers, "Who read: an id, a tab and a speaker a line")
      ->required()
      ->type_name("FILE");
  reference->add_option("--about", options->data, "What was read, and by whom, in one line")
      ->required()
      ->type_name("TEXT");
  reference->add_option("--version", options->version, "The bundle's new version")
      ->required()
      ->type_name("VERSION");
  reference->callback(
      [options, &global] { global.run = [options] { return AddReference(*options); }; });
}

}  // namespace euphone::cli
