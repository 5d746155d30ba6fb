#include "assembly/runtimes.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "assembly/device_choice.h"
#include "kernels/kernels.h"
#include "model_kernels/kernels_acoustic_model.h"
#include "model_kernels/kernels_grapheme_model.h"
#include "model_kernels/kernels_scoring_model.h"
#include "model_kernels/known_networks.h"
#include "model_litert/litert_acoustic_model.h"
#if EUPHONE_WITH_ONNXRUNTIME
#include "model_ort/ort_acoustic_model.h"
#include "model_ort/ort_grapheme_model.h"
#include "model_ort/ort_recogniser.h"
#include "model_ort/ort_scoring_model.h"
#include "model_ort/ort_streaming_model.h"
#endif

namespace euphone {
namespace {

#if EUPHONE_WITH_ONNXRUNTIME
/// ONNX Runtime runs the scorer of a bundle whose other network is made for LiteRT, but not that.
template <auto kOpen>
auto UnlessLiteRts(const Bundle& bundle, const ModelOptions& options)
    -> decltype(kOpen(bundle, options)) {
  if (!IsLiteRtBundle(bundle)) return kOpen(bundle, options);
  return Error{Errc::kUnsupported,
               bundle.name() + ": is made for LiteRT; choose --runtime litert, or another bundle"};
}

#endif

/// The best kernels of this processor, or those that EUPHONE_KERNELS names, for tests.
const kernels::Kernels& ChosenKernels() {
  const char* const wanted = std::getenv("EUPHONE_KERNELS");
  for (const kernels::Kernels* const each : kernels::RunnableKernels())
    if (wanted != nullptr && each->name == std::string_view(wanted)) return *each;
  return kernels::BestKernels();
}

template <auto kOpen>
auto OnKernels(const Bundle& bundle, const ModelOptions&)
    -> decltype(kOpen(bundle, ChosenKernels())) {
  return kOpen(bundle, ChosenKernels());
}

constexpr std::array kRuntimes = {
    Runtime{.name = "kernels",
            .summary = "Euphone's own: the smallest bundle and new words, without a library",
            .runs = KernelsRun,
            .acoustic = OnKernels<OpenKernelsAcousticModel>,
            .streaming = OnKernels<OpenKernelsStreamingModel>,
            .scoring = OnKernels<OpenKernelsScoringModel>,
            .graphemes = OnKernels<OpenKernelsGraphemeModel>},
    Runtime{.name = "litert",
            .summary = "LiteRT (TensorFlow Lite) with XNNPACK: bundles made for it",
            .runs = IsLiteRtBundle,
            .acoustic = OpenLiteRtAcousticModel,
            .streaming = OpenLiteRtStreamingModel},
#if EUPHONE_WITH_ONNXRUNTIME
    Runtime{.name = "ort",
            .summary = "ONNX Runtime: every other bundle, and every scorer",
            .runs = [](const Bundle&) { return true; },
            .devices = true,
            .acoustic = UnlessLiteRts<OpenAcousticModel>,
            .streaming = UnlessLiteRts<OpenStreamingModel>,
            .scoring = OpenScoringModel,
            .graphemes = OpenGraphemeModel,
            .recogniser = OpenRecogniser},
#endif
};

/// Whether another runtime may stand in for the one that was named.
enum class StandIn { kNo, kYes };

template <class Model>
Result<const Runtime*> Pick(Opens<Model> Runtime::*opens, StandIn stand_in, const Bundle& bundle,
                            const InstallationOptions& options) {
  const bool elsewhere = stand_in == StandIn::kNo && options.device != "auto" &&
                         options.device != NameOf(ComputeDevice::kCpu);
  const Runtime* first = nullptr;
  std::string able;
  for (const Runtime& runtime : Runtimes()) {
    if (runtime.*opens == nullptr || !runtime.runs(bundle)) continue;
    if (elsewhere && !runtime.devices) continue;
    const bool named = runtime.name == options.runtime;
    if (first == nullptr || named) first = &runtime;
    if (named) break;
    able += (able.empty() ? "" : ", ") + std::string(runtime.name);
  }
  const bool any = options.runtime == "auto" || stand_in == StandIn::kYes;
  if (first != nullptr && (any || first->name == options.runtime)) return first;
  if (able.empty())
    return Error{Errc::kUnsupported, bundle.name() + ": no runtime of this program runs it"};
  return Error{Errc::kUnsupported, bundle.name() + ": the runtime '" + options.runtime +
                                       "' does not run it" +
                                       (elsewhere ? " on " + options.device : std::string()) +
                                       "; by --runtime auto it is run by " + able};
}

template <class Model>
Result<std::unique_ptr<Model>> OpenBy(Opens<Model> Runtime::*opens, const Bundle& bundle,
                                      const InstallationOptions& options) {
  const auto runtime = Pick(opens, StandIn::kYes, bundle, options);
  if (!runtime) return runtime.error();
  return ((*runtime)->*opens)(bundle, options.model_options());
}

/// What hears.
template <class Model>
Result<std::unique_ptr<Model>> OpenHearingBy(Opens<Model> Runtime::*opens, Hearing hearing,
                                             const Bundle& bundle,
                                             const InstallationOptions& options) {
  const auto runtime = Pick(opens, StandIn::kNo, bundle, options);
  if (!runtime) return runtime.error();
  const auto open = (*runtime)->*opens;
  if (!(*runtime)->devices) return open(bundle, options.model_options());
  return OpenOnDevice<Model>(bundle, options, hearing,
                             [&](const ModelOptions& settings) { return open(bundle, settings); });
}

}  // namespace

std::span<const Runtime> Runtimes() { return kRuntimes; }

std::vector<std::string> RuntimeChoices() {
  std::vector<std::string> names = {"auto"};
  for (const Runtime& runtime : Runtimes()) names.emplace_back(runtime.name);
  return names;
}

Result<std::unique_ptr<AcousticModel>> OpenAcoustic(const Bundle& bundle,
                                                    const InstallationOptions& options) {
  return OpenHearingBy(&Runtime::acoustic, Hearing::kWhole, bundle, options);
}

Result<std::unique_ptr<StreamingModel>> OpenStreaming(const Bundle& bundle,
                                                      const InstallationOptions& options) {
  return OpenHearingBy(&Runtime::streaming, Hearing::kLive, bundle, options);
}

Result<std::unique_ptr<ScoringModel>> OpenScoring(const Bundle& bundle,
                                                  const InstallationOptions& options) {
  return OpenBy(&Runtime::scoring, bundle, options);
}

Result<std::unique_ptr<GraphemeModel>> OpenGraphemes(const Bundle& bundle,
                                                     const InstallationOptions& options) {
  return OpenBy(&Runtime::graphemes, bundle, options);
}

Result<std::unique_ptr<Recogniser>> OpenFreeSpeech(const Bundle& bundle,
                                                   const InstallationOptions& options) {
  return OpenBy(&Runtime::recogniser, bundle, options);
}

}  // namespace euphone
