#include "model_ort/ort_acoustic_model.h"

#include <cmath>
#include <string>
#include <utility>

#include "model_ort/acoustic_session.h"

namespace euphone {
namespace {

/// What a stream hears of a clip at once: whole steps only.
PcmView WholeSteps(PcmView pcm, const StreamSpec& stream) {
  const auto samples = static_cast<std::int64_t>(pcm.size());
  const std::int64_t steps = (samples - stream.overlap_samples) / stream.step_samples;
  return pcm.first(static_cast<std::size_t>(steps * stream.step_samples + stream.overlap_samples));
}

class OrtAcousticModel final : public AcousticModel {
 public:
  explicit OrtAcousticModel(std::shared_ptr<const AcousticSession> session)
      : session_(std::move(session)) {}

  const AcousticSpec& spec() const override { return session_->entry().spec; }

  Result<Posteriors> Run(PcmView pcm) const override {
    const auto samples = static_cast<std::int64_t>(pcm.size());
    if (samples < spec().min_samples) {
      return Error{Errc::kInvalidArgument, "the recording is too short: " + Seconds(samples) +
                                               ", at least " + Seconds(spec().min_samples) +
                                               " are needed"};
    }
    if (samples > spec().max_samples) {
      return Error{Errc::kTooLarge, "the recording is too long: " + Seconds(samples) +
                                        ", at most " + Seconds(spec().max_samples) +
                                        " can be judged at once"};
    }
    const auto& stream = session_->entry().stream;
    States states = session_->FreshStates();
    return session_->Hear(stream ? WholeSteps(pcm, stream->spec) : pcm, states);
  }

 private:
  std::string Seconds(std::int64_t samples) const {
    const double tenths = std::round(10.0 * SecondsIn(samples, spec().grid.rate));
    const std::string digits = std::to_string(static_cast<std::int64_t>(tenths));
    return (digits.size() < 2 ? "0" : digits.substr(0, digits.size() - 1)) + "." + digits.back() +
           " s";
  }

  std::shared_ptr<const AcousticSession> session_;
};

}  // namespace

std::unique_ptr<AcousticModel> HeardWhole(std::shared_ptr<const AcousticSession> session) {
  return std::make_unique<OrtAcousticModel>(std::move(session));
}

Result<std::unique_ptr<AcousticModel>> OpenAcousticModel(const Bundle& bundle,
                                                         const ModelOptions& options) {
  auto session = OpenAcousticSession(bundle, options);
  if (!session) return session.error();
  return HeardWhole(*std::move(session));
}

}  // namespace euphone
