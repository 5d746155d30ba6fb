#include "assembly/installation.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <system_error>
#include <utility>
#include <vector>

#include "assembly/deferred_grapheme_model.h"
#include "assembly/runtimes.h"
#include "assembly/updated_bundle.h"
#include "base/file.h"
#include "coach/knowledge.h"
#include "score/gop_scorer.h"
#include "score/learned_scorer.h"
#include "session/live_hearing.h"
#include "tutor/knowledge_folder.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

fs::path ProgramFolder() {
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  return failed ? fs::path() : program.parent_path();
}

/// Of the program or the shared library that this code is part of.
fs::path OwnFolder() {
  ::Dl_info own{};
  if (::dladdr(reinterpret_cast<const void*>(&OwnFolder), &own) == 0) return {};
  std::error_code failed;
  const fs::path file = fs::canonical(own.dli_fname, failed);
  return failed ? fs::path() : file.parent_path();
}

Result<Calibration> ReadCalibration(const Bundle& bundle, const PhoneSet& phones) {
  const BundleFile* file = bundle.manifest().Find(FileRole::kCalibration);
  if (file == nullptr)
    return Error{Errc::kCorrupt,
                 bundle.name() + ": holds no calibration, so it cannot give scores"};
  const auto bytes = bundle.bytes(file->path);
  auto calibration =
      Calibration::Parse({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, phones);
  if (!calibration) return Prefixed(bundle.name() + "/" + file->path, calibration.error());
  return calibration;
}

/// Whether the bundle's own scorer is to judge.
bool Learned(const Bundle& bundle, const InstallationOptions& options) {
  return options.scorer == "learned" ||
         (options.scorer == "auto" && bundle.manifest().scorer.has_value());
}

Result<std::shared_ptr<const AcousticModel>> OpenHearing(const Bundle& bundle,
                                                         const InstallationOptions& options) {
  std::shared_ptr<const AcousticModel> hearing;
  if (options.hearing == "live") {
    auto model = OpenStreaming(bundle, options);
    if (!model) return model.error();
    hearing = std::make_shared<const LiveHearing>(*std::move(model));
  } else {
    auto model = OpenAcoustic(bundle, options);
    if (!model) return model.error();
    hearing = *std::move(model);
  }
  return hearing;
}

Result<std::shared_ptr<const Knowledge>> ReadKnowledge(const fs::path& data,
                                                       const LanguagePack& pack) {
  std::shared_ptr<const Knowledge> shared;
  std::error_code none;
  if (!pack.is_english() || !fs::exists(data / "knowledge", none)) return shared;
  auto knowledge = OpenKnowledgeFolder(data / "knowledge", pack.phones);
  if (!knowledge) return knowledge.error();
  shared = std::make_shared<const Knowledge>(*std::move(knowledge));
  return shared;
}

/// A live stream is never cut into windows of their own.
AnalyzerConfig ForHearing(AnalyzerConfig config, const InstallationOptions& options) {
  constexpr double kNever = 1e9;
  if (options.hearing == "live") config.windows.window_seconds = kNever;
  return config;
}

Result<Engine> OpenEngineBy(const Bundle& bundle, const fs::path& data,
                            const InstallationOptions& options, const AnalyzerConfig& config,
                            std::shared_ptr<const Lexicon> lexicon,
                            std::shared_ptr<BundleWatch> watch) {
  const LanguagePack& pack = lexicon->pack();
  auto calibration = ReadCalibration(bundle, pack.phones);
  if (!calibration) return calibration.error();
  // Each takes about as long as the other, so they are opened side by side.
  auto opening =
      std::async(std::launch::async, [&] { return OpenScorer(bundle, *calibration, options); });
  auto model = OpenHearing(bundle, options);
  auto scorer = opening.get();
  if (!model) return model.error();
  if (!scorer) return scorer.error();
  auto knowledge = ReadKnowledge(data, pack);
  if (!knowledge) return knowledge.error();
  AnalyzerParts parts{
      .model = *std::move(model),
      .lexicon = lexicon,
      .scorer = *std::move(scorer),
      .calibration = Learned(bundle, options) ? calibration->ForLearned() : *std::move(calibration),
      .knowledge = *std::move(knowledge)};
  if (watch) {
    parts.scored = [watch = std::move(watch)](const Recording& recording, std::string_view text) {
      watch->Judged(recording, text);
    };
  }
  auto analyzer = Analyzer::Create(std::move(parts), ForHearing(config, options));
  if (!analyzer) return analyzer.error();
  return Engine{.lexicon = std::move(lexicon),
                .analyzer = *std::move(analyzer),
                .model_name = bundle.manifest().label()};
}

}  // namespace

Result<fs::path> FindData(const InstallationOptions& options) {
  std::vector<fs::path> places;
  if (!options.data.empty()) {
    places = {options.data};
  } else {
    for (const fs::path& beside : {ProgramFolder(), OwnFolder()}) {
      if (beside.empty()) continue;
      places.push_back(beside / "share/euphone");
      places.push_back(beside.parent_path() / "share/euphone");
    }
    places.insert(places.end(), {"/usr/local/share/euphone", "/usr/share/euphone"});
  }
  std::string looked;
  for (const fs::path& place : places) {
    std::error_code ignored;
    if (fs::is_directory(place / "packs", ignored)) return place;
    looked += (looked.empty() ? "" : ", ") + place.string();
  }
  return Error{Errc::kNotFound,
               "no language packs in " + looked + "; name the folder with --data or EUPHONE_DATA"};
}

fs::path BundlePath(const fs::path& data, const std::string& name) {
  std::error_code ignored;
  if (name.find('/') != std::string::npos || fs::exists(name, ignored)) return name;
  if (auto updated = UpdatedBundle(name); !updated.empty()) return updated;
  return data / "models" / name;
}

Result<std::shared_ptr<const Lexicon>> OpenLexicon(const InstallationOptions& options) {
  auto data = FindData(options);
  if (!data) return data.error();
  auto pack = LanguagePack::Open(*data / "packs" / options.language);
  if (!pack) return pack.error();
  Lexicon::Parts parts;
  if (!options.lexicon.empty()) {
    auto words = TextLexicon::Open(options.lexicon, pack->phones, Origin::kUser);
    if (!words) return words.error();
    parts.user_words = *std::move(words);
  }
  if (!pack->grapheme_model.empty()) {
    auto bundle = Bundle::Open(BundlePath(*data, pack->grapheme_model));
    if (!bundle) return bundle.error();
    auto model = DeferGraphemeModel(*std::move(bundle), [options](const Bundle& letters) {
      return OpenGraphemes(letters, options);
    });
    if (!model) return model.error();
    parts.grapheme_model = *std::move(model);
  }
  parts.pack = std::make_shared<const LanguagePack>(*std::move(pack));
  auto lexicon = Lexicon::Create(std::move(parts));
  if (!lexicon) return lexicon.error();
  std::shared_ptr<const Lexicon> shared = std::make_shared<const Lexicon>(*std::move(lexicon));
  return shared;
}

Result<Bundle> OpenLiveBundle(const fs::path& data, Bundle bundle) {
  const auto* acoustic = std::get_if<AcousticEntry>(&bundle.manifest().model);
  if (acoustic != nullptr && acoustic->stream) return bundle;
  const std::string& name = bundle.manifest().live_bundle;
  if (name.empty()) {
    return Error{Errc::kUnsupported, bundle.name() +
                                         ": hears whole recordings only, no live "
                                         "speech; choose a bundle that streams"};
  }
  std::error_code ignored;
  const fs::path beside = fs::path(bundle.name()).parent_path() / name;
  const fs::path installed = fs::exists(beside, ignored) ? beside : BundlePath(data, name);
  if (!fs::exists(installed, ignored)) {
    return Error{Errc::kNotFound, bundle.name() + ": live speech is heard by the bundle " + name +
                                      ", which is not installed beside it"};
  }
  return Bundle::Open(installed);
}

Result<Bundle> OpenAcousticBundle(const fs::path& data, const LanguagePack& pack,
                                  const InstallationOptions& options) {
  auto bundle =
      Bundle::Open(BundlePath(data, options.model.empty() ? pack.acoustic_model : options.model));
  if (!bundle || options.hearing != "live") return bundle;
  return OpenLiveBundle(data, *std::move(bundle));
}

Result<std::shared_ptr<const Scorer>> OpenScorer(const Bundle& bundle,
                                                 const Calibration& calibration,
                                                 const InstallationOptions& options) {
  if (!Learned(bundle, options)) {
    std::shared_ptr<const Scorer> plain = std::make_shared<const GopScorer>(calibration);
    return plain;
  }
  auto model = OpenScoring(bundle, options);
  if (!model) return model.error();
  auto scorer = LearnedScorer::Create(*std::move(model), calibration);
  if (!scorer) return scorer.error();
  std::shared_ptr<const Scorer> learned = std::make_shared<const LearnedScorer>(*std::move(scorer));
  return learned;
}

Result<std::shared_ptr<const Recogniser>> OpenInstalledRecogniser(
    const InstallationOptions& options) {
  const auto data = FindData(options);
  if (!data) return data.error();
  const fs::path path = BundlePath(*data, options.recogniser);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return Error{Errc::kNotFound,
                 "no recogniser '" + options.recogniser +
                     "' is installed, and speech without a text needs one; "
                     "./dev recogniser fetches it (docs/howto/score-free-speech.md)"};
  }
  const auto bundle = Bundle::Open(path);
  if (!bundle) return bundle.error();
  auto model = OpenFreeSpeech(*bundle, options);
  if (!model) return model.error();
  std::shared_ptr<const Recogniser> shared = *std::move(model);
  return shared;
}

Result<std::shared_ptr<const Knowledge>> OpenKnowledge(const InstallationOptions& options,
                                                       const LanguagePack& pack) {
  const auto data = FindData(options);
  if (!data) return data.error();
  return ReadKnowledge(*data, pack);
}

Result<Engine> OpenEngine(const InstallationOptions& options, const AnalyzerConfig& config,
                          std::shared_ptr<const Lexicon> lexicon, const WatchBundle& watch) {
  auto data = FindData(options);
  if (!data) return data.error();
  if (!lexicon) {
    auto opened = OpenLexicon(options);
    if (!opened) return opened.error();
    lexicon = *std::move(opened);
  }
  auto bundle = OpenAcousticBundle(*data, lexicon->pack(), options);
  if (!bundle) return bundle.error();
  const auto watching = watch ? watch(*bundle, options) : nullptr;
  auto engine = OpenEngineBy(*bundle, *data, options, config, lexicon, watching);
  if (engine || !watching) return engine;
  // A bundle that came as an update and cannot be used: a lesson begins with the one before it.
  watching->Failed();
  auto factory = Bundle::Open(*data / "models" / bundle->manifest().name);
  if (!factory) return engine;
  return OpenEngineBy(*factory, *data, options, config, std::move(lexicon), nullptr);
}

Result<LiveParts> OpenLiveParts(const InstallationOptions& options,
                                std::shared_ptr<const Lexicon> lexicon) {
  const auto data = FindData(options);
  if (!data) return data.error();
  InstallationOptions live = options;
  live.hearing = "live";
  auto bundle = OpenAcousticBundle(*data, lexicon->pack(), live);
  if (!bundle) return bundle.error();
  auto calibration = ReadCalibration(*bundle, lexicon->pack().phones);
  if (!calibration) return calibration.error();
  auto model = OpenStreaming(*bundle, options);
  if (!model) return model.error();
  auto scorer = OpenScorer(*bundle, *calibration, options);
  if (!scorer) return scorer.error();
  return LiveParts{.model = *std::move(model),
                   .lexicon = std::move(lexicon),
                   .scorer = *std::move(scorer),
                   .calibration = Learned(*bundle, options) ? calibration->ForLearned()
                                                            : *std::move(calibration)};
}

LiveConfig LiveConfigFor(const LiveParts& parts, const std::string& final_model) {
  LiveConfig config;
  config.final_model = final_model;
  if (parts.model->spec().label() == final_model) config.windows = ForSmallBoards();
  return config;
}

}  // namespace euphone
