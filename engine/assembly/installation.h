#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "lexicon/lexicon.h"
#include "live/live_session.h"
#include "model/bundle.h"
#include "model/model_options.h"
#include "model/recogniser.h"
#include "score/scorer.h"
#include "session/analyzer.h"

namespace euphone {

/// What a user may choose; empty = the default.
struct InstallationOptions {
  std::string data;  ///< Folder with packs/ and models/; else it is looked for beside the program.
  std::string language = "en-us";  ///< Folder under packs/.
  std::string model;  ///< Bundle: a name under models/ or a path; else the language pack's.
  std::string scorer = "auto";    ///< auto: the bundle's own, else the plain one; learned; gop.
  std::string hearing = "whole";  ///< whole: all of a recording at once; live: as live speech.
  std::string recogniser = "en-us-recogniser";  ///< Bundle, as `model`; for speech without a text.
  std::string embedder = "en-embedder";  ///< Bundle, as `model`, of the tutor's search; or none.
  std::string lexicon;                   ///< File with the user's own pronunciations.
  std::string runtime = "auto";          ///< Of runtimes.h; auto: the first that runs a bundle.
  std::string device = "auto";           ///< Of device_choice.h: what computes what hears.
  std::string device_policy;             ///< require, prefer, auto; empty: as the device wants it.
  std::string device_unit;               ///< ModelOptions::unit.
  std::optional<int> threads;            ///< Of one model run; else as the command needs.
  /// Is told where the processor stands in for a device, and why; may be empty.
  std::function<void(const std::string&)> notice;

  /// One thread where nothing else was asked for: several recordings are judged at a time, or
  /// nobody waits.
  ModelOptions model_options() const { return {.threads = threads.value_or(1)}; }
};

/// The data folder. Fails: kNotFound, listing where it looked.
Result<std::filesystem::path> FindData(const InstallationOptions& options);

/// `name` itself if it is a path, else where it lies: a slot where it came as an update
/// (updated_bundle.h), else models/NAME in the data folder.
std::filesystem::path BundlePath(const std::filesystem::path& data, const std::string& name);

/// The language pack, the user's words and the model for unknown words. Fails: as its parts do,
/// naming the file.
Result<std::shared_ptr<const Lexicon>> OpenLexicon(const InstallationOptions& options);

/// What hears live speech for an acoustic bundle: itself where it streams, else the bundle that it
/// names, which lies beside it or in the data folder. Fails: kUnsupported for one that does
/// neither; kNotFound; as Bundle::Open.
Result<Bundle> OpenLiveBundle(const std::filesystem::path& data, Bundle bundle);

/// The acoustic bundle that the options name, else the language pack's; its OpenLiveBundle where
/// live speech is to be heard. Fails: as Bundle::Open.
Result<Bundle> OpenAcousticBundle(const std::filesystem::path& data, const LanguagePack& pack,
                                  const InstallationOptions& options);

/// The bundle's own scorer, if it carries one and the options want it, else the plain one. Fails:
/// kInvalidArgument if the options want a learned scorer that is not there; as its parts do.
Result<std::shared_ptr<const Scorer>> OpenScorer(const Bundle& bundle,
                                                 const Calibration& calibration,
                                                 const InstallationOptions& options);

/// The recogniser that the options name. Fails: kNotFound, saying how to get it; as OpenFreeSpeech.
Result<std::shared_ptr<const Recogniser>> OpenInstalledRecogniser(
    const InstallationOptions& options);

/// What the coach knows; null where it is not installed, or the language is not English. Fails: as
/// OpenKnowledgeFolder.
Result<std::shared_ptr<const Knowledge>> OpenKnowledge(const InstallationOptions& options,
                                                       const LanguagePack& pack);

/// Everything needed to analyse, opened once. This is the composition root: the one place that
/// picks implementations.
struct Engine {
  std::shared_ptr<const Lexicon> lexicon;
  Analyzer analyzer;
  std::string model_name;  ///< "name version" of the acoustic bundle.
  std::shared_ptr<const Recogniser> recogniser = nullptr;  ///< Opened where a text is missing.
  const PhoneSet& phones() const { return lexicon->pack().phones; }
};

/// Follows what becomes of a bundle that came as an update. Thread: any.
class BundleWatch {
 public:
  virtual ~BundleWatch() = default;
  /// A recording was judged; returns at once. Each is a good use.
  virtual void Judged(const Recording& recording, std::string_view text) = 0;
  /// The bundle could not be used.
  virtual void Failed() = 0;
};
/// Null where there is nothing to watch, as nearly always.
using WatchBundle =
    std::function<std::shared_ptr<BundleWatch>(const Bundle&, const InstallationOptions&)>;

/// Opens the lexicon, too, unless it is given. `watch` may be null: nobody watches.
Result<Engine> OpenEngine(const InstallationOptions& options, const AnalyzerConfig& config,
                          std::shared_ptr<const Lexicon> lexicon = nullptr,
                          const WatchBundle& watch = nullptr);

/// What hears and judges while somebody speaks, for the acoustic bundle that the options name.
/// Fails: as OpenLiveBundle and its parts do.
Result<LiveParts> OpenLiveParts(const InstallationOptions& options,
                                std::shared_ptr<const Lexicon> lexicon);

/// For these parts, where the bundle `final_model` ("name version") judges at the end.
LiveConfig LiveConfigFor(const LiveParts& parts, const std::string& final_model);

}  // namespace euphone
