#include "model_ort/ort_acoustic_model.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <variant>

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
    auto tables = session_.Run(pcm);
    if (!tables) return tables.error();
    return Posteriors{std::move((*tables)[0]), std::move((*tables)[1])};
  }

 private:
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
  auto session = InferenceSession::Open(bundle,
                                        {.input = entry->input,
                                         .input_type = ElementType::kFloat,
                                         .outputs = {entry->ctc, entry->frames},
                                         .columns = entry->spec.classes.size()},
                                        options);
  if (!session) return session.error();
  return std::unique_ptr<AcousticModel>(
      std::make_unique<OrtAcousticModel>(entry->spec, std::move(*session)));
}

}  // namespace euphone
