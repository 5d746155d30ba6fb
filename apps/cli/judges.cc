#include "judges.h"

#include <algorithm>
#include <string>
#include <utility>

#include "choices.h"
#include "update_watch.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using server::Judge;

server::JudgeBrief BriefOf(const std::string& name, const Manifest& manifest) {
  return {.bundle = name,
          .label = manifest.label(),
          .summary = manifest.summary,
          .megabytes = manifest.megabytes(),
          .accuracy = manifest.accuracy};
}

/// Those of the language that judge live speech, too; `chosen` is among them, wherever it lies.
Result<std::vector<server::JudgeBrief>> Briefs(const fs::path& data, const std::string& language,
                                               const std::string& chosen) {
  auto names = InstalledModels(data);
  if (std::ranges::find(names, chosen) == names.end()) names.insert(names.begin(), chosen);
  std::vector<server::JudgeBrief> briefs;
  for (const std::string& name : names) {
    auto bundle = Bundle::Open(BundlePath(data, name));
    if (!bundle && name == chosen) return bundle.error();
    if (!bundle || bundle->manifest().language != language) continue;
    auto brief = BriefOf(name, bundle->manifest());
    if (name == chosen || OpenLiveBundle(data, *std::move(bundle)))
      briefs.push_back(std::move(brief));
  }
  return briefs;
}

Result<std::shared_ptr<const Judge>> OpenJudge(const InstallationOptions& options, int live_threads,
                                               const std::shared_ptr<const Lexicon>& lexicon) {
  std::string mark = UpdateMark(options.model);  // Before: what changes meanwhile is seen later.
  auto engine = OpenWatchedEngine(options, {}, lexicon);
  if (!engine) return engine.error();
  InstallationOptions hearing = options;
  hearing.threads = live_threads;
  auto live = OpenLiveParts(hearing, lexicon);
  if (!live) return live.error();
  LiveConfig config = LiveConfigFor(*live, engine->model_name);
  std::shared_ptr<const Judge> judge = std::make_shared<const Judge>(
      Judge{.bundle = options.model,
            .label = engine->model_name,
            .analyzer = std::make_shared<const Analyzer>(std::move(engine->analyzer)),
            .live = *std::move(live),
            .live_config = std::move(config),
            .mark = std::move(mark)});
  return judge;
}

}  // namespace

Result<server::Judges> OpenJudges(const InstallationOptions& options, int live_threads,
                                  std::shared_ptr<const Lexicon> lexicon) {
  const auto data = FindData(options);
  if (!data) return data.error();
  server::Judges judges;
  judges.open = [options, live_threads, lexicon](const std::string& name) {
    InstallationOptions named = options;
    named.model = name;
    return OpenJudge(named, live_threads, lexicon);
  };
  const std::string chosen = options.model.empty() ? lexicon->pack().acoustic_model : options.model;
  judges.mark = UpdateMark;
  auto briefs = Briefs(*data, lexicon->pack().language, chosen);
  if (!briefs) return briefs.error();
  judges.all = *std::move(briefs);
  auto first = judges.open(chosen);
  if (!first) return first.error();
  judges.first = *std::move(first);
  return judges;
}

}  // namespace euphone::cli
