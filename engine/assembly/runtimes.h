#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/installation.h"
#include "model/acoustic_model.h"
#include "model/acoustic_stream.h"
#include "model/bundle.h"
#include "model/grapheme_model.h"
#include "model/model_options.h"
#include "model/recogniser.h"
#include "model/scoring_model.h"

namespace euphone {

template <class Model>
using Opens = Result<std::unique_ptr<Model>> (*)(const Bundle& bundle, const ModelOptions& options);

/// One way of running the networks of bundles. What it cannot run at all is null.
struct Runtime {
  std::string_view name;               ///< As --runtime takes it: "ort".
  std::string_view summary;            ///< One line for people.
  bool (*runs)(const Bundle& bundle);  ///< Whether it knows networks of this kind and form.
  bool devices = false;                ///< Whether it can compute elsewhere than on the processor.
  Opens<AcousticModel> acoustic = nullptr;
  Opens<StreamingModel> streaming = nullptr;
  Opens<ScoringModel> scoring = nullptr;
  Opens<GraphemeModel> graphemes = nullptr;
  Opens<Recogniser> recogniser = nullptr;
};

/// Those that were compiled in, the preferred ones first.
std::span<const Runtime> Runtimes();
/// What --runtime takes: "auto", then their names.
std::vector<std::string> RuntimeChoices();

/// A network of the bundle, opened by the runtime that the options name; with "auto", by the first
/// that runs it. What else a bundle needs, and the named one does not run, the others run: only
/// what hears must be the one that was asked for, and runs on the device that was asked for. Fails:
/// kUnsupported where none of them, or not the one that was asked for, runs it, or not there; as
/// the runtime's own function.
Result<std::unique_ptr<AcousticModel>> OpenAcoustic(const Bundle& bundle,
                                                    const InstallationOptions& options);
Result<std::unique_ptr<StreamingModel>> OpenStreaming(const Bundle& bundle,
                                                      const InstallationOptions& options);
Result<std::unique_ptr<ScoringModel>> OpenScoring(const Bundle& bundle,
                                                  const InstallationOptions& options);
Result<std::unique_ptr<GraphemeModel>> OpenGraphemes(const Bundle& bundle,
                                                     const InstallationOptions& options);
Result<std::unique_ptr<Recogniser>> OpenFreeSpeech(const Bundle& bundle,
                                                   const InstallationOptions& options);

}  // namespace euphone
