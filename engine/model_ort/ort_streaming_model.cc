#include "model_ort/ort_streaming_model.h"

#include <cassert>
#include <utility>
#include <variant>
#include <vector>

#include "model_ort/acoustic_session.h"

namespace euphone {
namespace {

class OrtStream final : public AcousticStream {
 public:
  explicit OrtStream(const AcousticSession& session)
      : session_(session),
        states_(session.FreshStates()),
        steps_(session.entry().stream->spec.chunk_steps) {}

  void SetWindow(std::size_t steps) override {
    assert(steps > 0);
    steps_ = steps;
  }

  Result<Posteriors> Push(PcmView pcm) override {
    assert(!finished_);
    waiting_.insert(waiting_.end(), pcm.begin(), pcm.end());
    Posteriors heard = NothingYet();
    std::int64_t at = 0;
    for (; Waiting() - at >= Window(steps_); at += Hop(steps_)) {
      if (auto status = Hear(at, steps_, heard); !status) return status.error();
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + at);
    return heard;
  }

  Result<Posteriors> Finish() override {
    assert(!finished_);
    finished_ = true;
    Posteriors heard = NothingYet();
    const StreamSpec& spec = session_.entry().stream->spec;
    const std::int64_t steps = (Waiting() - spec.overlap_samples) / spec.step_samples;
    if (steps <= 0) return heard;
    if (auto status = Hear(0, static_cast<std::size_t>(steps), heard); !status)
      return status.error();
    return heard;
  }

 private:
  std::int64_t Waiting() const { return static_cast<std::int64_t>(waiting_.size()); }

  std::int64_t Hop(std::size_t steps) const {
    return static_cast<std::int64_t>(steps) * session_.entry().stream->spec.step_samples;
  }

  std::int64_t Window(std::size_t steps) const {
    return Hop(steps) + session_.entry().stream->spec.overlap_samples;
  }

  Posteriors NothingYet() const {
    const AcousticSpec& spec = session_.entry().spec;
    const Matrix logs{0, spec.classes.size(), {}};
    return {logs, logs, {0, spec.feature_width, {}}};
  }

  /// The window of so many steps that begins with sample `at` of those waiting.
  Status Hear(std::int64_t at, std::size_t steps, Posteriors& heard) {
    const PcmView window = PcmView(waiting_).subspan(static_cast<std::size_t>(at),
                                                     static_cast<std::size_t>(Window(steps)));
    const auto answer = session_.Hear(window, states_);
    if (!answer) return answer.error();
    Append(*answer, heard);
    return {};
  }

  const AcousticSession& session_;
  States states_;
  std::size_t steps_;           ///< Of a window.
  std::vector<float> waiting_;  ///< Samples from the beginning of the next window on.
  bool finished_ = false;
};

class OrtStreamingModel final : public StreamingModel {
 public:
  explicit OrtStreamingModel(std::shared_ptr<const AcousticSession> session)
      : session_(std::move(session)) {}

  const AcousticSpec& spec() const override { return session_->entry().spec; }
  const StreamSpec& stream_spec() const override { return session_->entry().stream->spec; }
  std::unique_ptr<AcousticStream> Start() const override {
    return std::make_unique<OrtStream>(*session_);
  }

 private:
  std::shared_ptr<const AcousticSession> session_;
};

}  // namespace

Result<std::unique_ptr<StreamingModel>> OpenStreamingModel(const Bundle& bundle,
                                                           const ModelOptions& options) {
  const auto* entry = std::get_if<AcousticEntry>(&bundle.manifest().model);
  if (entry == nullptr) {
    return Error{Errc::kInvalidArgument, bundle.name() + ": not an acoustic bundle"};
  }
  if (!entry->stream) {
    return Error{Errc::kUnsupported, bundle.name() +
                                         ": hears whole recordings only, no live "
                                         "speech; choose a bundle that streams"};
  }
  auto session = OpenAcousticSession(bundle, options);
  if (!session) return session.error();
  return std::unique_ptr<StreamingModel>(std::make_unique<OrtStreamingModel>(*std::move(session)));
}

}  // namespace euphone
