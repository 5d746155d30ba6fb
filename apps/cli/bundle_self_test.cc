#include "bundle_self_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "assembly/runtimes.h"
#include "embed/byte_encoder.h"
#include "model/self_test.h"
#include "run_self.h"

namespace euphone::cli {
namespace {

template <class Model>
Result<double> Difference(const Bundle& bundle, const Result<Model>& model) {
  if (!model) return model.error();
  const auto report = RunSelfTest(bundle, **model);
  if (!report) return report.error();
  return report->difference;
}

Status TryParts(const Bundle& bundle, const AcousticEntry& entry) {
  if (bundle.manifest().scorer) {
    const auto hearing = OpenAcoustic(bundle, {});
    if (!hearing) return hearing.error();
    const auto scorer = OpenScoring(bundle, {});
    if (!scorer) return scorer.error();
    if (const auto members = TryScorer(bundle, **hearing, **scorer); !members)
      return members.error();
  }
  if (!entry.stream) return {};
  const auto stream = OpenStreaming(bundle, {});
  if (!stream) return stream.error();
  if (const auto frames = TryStream(bundle, **stream); !frames) return frames.error();
  return {};
}

}  // namespace

Result<std::string> SelfTest(const Bundle& bundle) {
  const auto& model = bundle.manifest().model;
  Result<double> difference = 0.0;
  if (const auto* acoustic = std::get_if<AcousticEntry>(&model)) {
    difference = Difference(bundle, OpenAcoustic(bundle, {}));
    if (auto status = difference ? TryParts(bundle, *acoustic) : Status(); !status)
      return status.error();
  } else if (std::holds_alternative<RecogniserEntry>(model)) {
    difference = Difference(bundle, OpenFreeSpeech(bundle, {}));
  } else if (std::holds_alternative<EmbeddingEntry>(model)) {
    difference = Difference(bundle, OpenSentenceEncoder(bundle));
  } else {
    difference = Difference(bundle, OpenGraphemes(bundle, {}));
  }
  if (!difference) return difference.error();
  return fmt::format("{}: passed its self-test (difference {:.1g}, at most {:.1g})",
                     bundle.manifest().label(), *difference, bundle.manifest().self_test.tolerance);
}

Status SelfTestApart(const std::filesystem::path& bundle, double seconds) {
  const auto opened = Bundle::Open(bundle);
  if (!opened) return opened.error();
  // Weights, what is computed with them, and the runtime.
  const auto memory = static_cast<std::int64_t>(300 + 6 * opened->manifest().megabytes());
  const auto end = RunSelf({"bundle", "self-test", bundle.string()},
                           {.seconds = seconds, .memory_mb = memory, .polite = true});
  if (!end) return end.error();
  if (!end->failure.empty()) return Error{Errc::kCorrupt, "its self-test: " + end->failure};
  return {};
}

}  // namespace euphone::cli
