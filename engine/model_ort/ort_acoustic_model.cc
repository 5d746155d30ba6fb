#include "model_ort/ort_acoustic_model.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model_ort/ort_session.h"

namespace euphone {
namespace {

class OrtAcousticModel final : public AcousticModel {
 public:
  OrtAcousticModel(AcousticSpec spec, InferenceSession session)
      : spec_(std::move(spec)), session_(std::move(session)) {}

  const AcousticSpec& spec() const override { return spec_; }

  Result<Posteriors> Run(PcmView pcm) const override {
    const auto samples = static_cast<std::int64_t>(pcm.size());
    if (samples < spec_.min_samples) {
      return Error{Errc::kInvalidArgument, "the recording is too short: " + Seconds(samples) +
                                               ", at least " + Seconds(spec_.min_samples) +
                                               " are needed"};
    }
    if (samples > spec_.max_samples) {
      return Error{Errc::kTooLarge, "the recording is too long: " + Seconds(samples) +
                                        ", at most " + Seconds(spec_.max_samples) +
                                        " can be judged at once"};
    }
    if (!std::ranges::all_of(pcm, [](float sample) { return std::isfinite(sample); })) {
      return Error{Errc::kInvalidArgument, "the recording holds samples that are not finite"};
    }
    return Infer(pcm);
  }

 private:
  Result<Posteriors> Infer(PcmView pcm) const {
    const InputTensor input(pcm, {1, static_cast<std::int64_t>(pcm.size())});
    const std::size_t classes = spec_.classes.size(), width = spec_.feature_width;
    const auto table = [](std::size_t columns) {
      return Shape{1, kAny, static_cast<std::int64_t>(columns)};
    };
    std::vector<Shape> wishes = {table(classes), table(classes)};
    if (width > 0) wishes.push_back(table(width));
    auto tensors = session_.Run({&input, 1}, wishes);
    if (!tensors) return tensors.error();
    Posteriors posteriors{AsTable(std::move((*tensors)[0]), classes),
                          AsTable(std::move((*tensors)[1]), classes)};
    if (width > 0) posteriors.features = AsTable(std::move((*tensors)[2]), width);
    const std::size_t rows = posteriors.ctc.rows;
    if (posteriors.frames.rows != rows || (width > 0 && posteriors.features.rows != rows)) {
      return Error{Errc::kInternal, session_.context() + ": its outputs differ in length"};
    }
    return posteriors;
  }

  std::string Seconds(std::int64_t samples) const {
    const double tenths = std::round(10.0 * SecondsIn(samples, spec_.grid.rate));
    const std::string digits = std::to_string(static_cast<std::int64_t>(tenths));
    return (digits.size() < 2 ? "0" : digits.substr(0, digits.size() - 1)) + "." + digits.back() +
           " s";
  }

  AcousticSpec spec_;
  InferenceSession session_;
};

}  // namespace

Result<std::unique_ptr<AcousticModel>> OpenAcousticModel(const Bundle& bundle,
                                                         const ModelOptions& options) {
  const auto* entry = std::get_if<AcousticEntry>(&bundle.manifest().model);
  if (entry == nullptr) {
    return Error{Errc::kInvalidArgument, bundle.name() + ": not an acoustic bundle"};
  }
  SessionSpec spec{.file = FileRole::kModel,
                   .inputs = {{entry->input, ElementType::kFloat}},
                   .outputs = {entry->ctc, entry->frames}};
  if (!entry->features.empty()) spec.outputs.push_back(entry->features);
  auto session = InferenceSession::Open(bundle, std::move(spec), options);
  if (!session) return session.error();
  return std::unique_ptr<AcousticModel>(
      std::make_unique<OrtAcousticModel>(entry->spec, std::move(*session)));
}

}  // namespace euphone
