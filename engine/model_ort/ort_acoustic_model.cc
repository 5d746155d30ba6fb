#include "model_ort/ort_acoustic_model.h"

#include <utility>

#include "model/clip_length.h"
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
    if (auto fits = CheckClipLength(pcm, spec()); !fits) return fits.error();
    const auto& stream = session_->entry().stream;
    States states = session_->FreshStates();
    return session_->Hear(stream ? WholeSteps(pcm, stream->spec) : pcm, states);
  }

 private:
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
