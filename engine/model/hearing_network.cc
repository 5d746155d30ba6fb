#include "model/hearing_network.h"

#include <cassert>
#include <functional>
#include <numeric>
#include <utility>

#include "model/input_checks.h"

namespace euphone {
namespace {

using States = HearingNetwork::States;

/// All zero, as at the beginning of a recording.
States FreshStates(const AcousticEntry& entry) {
  States states;
  for (const StateTensor& state : StatesOf(entry)) {
    const auto count = std::accumulate(state.shape.begin(), state.shape.end(), std::int64_t{1},
                                       std::multiplies<>());
    states.emplace_back(static_cast<std::size_t>(count), 0.0F);
  }
  return states;
}

Result<Posteriors> HearFinite(const HearingNetwork& network, PcmView pcm, States& states) {
  if (auto finite = CheckFinite(pcm); !finite) return finite.error();
  return network.Hear(pcm, states);
}

/// What a stream hears of a clip at once: whole steps only.
PcmView WholeSteps(PcmView pcm, const StreamSpec& stream) {
  const auto samples = static_cast<std::int64_t>(pcm.size());
  const std::int64_t steps = (samples - stream.overlap_samples) / stream.step_samples;
  return pcm.first(static_cast<std::size_t>(steps * stream.step_samples + stream.overlap_samples));
}

class ClipModel final : public AcousticModel {
 public:
  explicit ClipModel(std::shared_ptr<const HearingNetwork> network)
      : network_(std::move(network)) {}

  const AcousticSpec& spec() const override { return network_->entry().spec; }

  Result<Posteriors> Run(PcmView pcm) const override {
    if (auto fits = CheckClipLength(pcm, spec()); !fits) return fits.error();
    const auto& stream = network_->entry().stream;
    States states = FreshStates(network_->entry());
    return HearFinite(*network_, stream ? WholeSteps(pcm, stream->spec) : pcm, states);
  }

 private:
  std::shared_ptr<const HearingNetwork> network_;
};

class WindowStream final : public AcousticStream {
 public:
  explicit WindowStream(const HearingNetwork& network)
      : network_(network),
        states_(FreshStates(network.entry())),
        steps_(network.entry().stream->spec.chunk_steps) {}

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
      if (auto status = HearAt(at, steps_, heard); !status) return status.error();
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + at);
    return heard;
  }

  Result<Posteriors> Finish() override {
    assert(!finished_);
    finished_ = true;
    Posteriors heard = NothingYet();
    const std::int64_t steps = (Waiting() - spec().overlap_samples) / spec().step_samples;
    if (steps <= 0) return heard;
    if (auto status = HearAt(0, static_cast<std::size_t>(steps), heard); !status)
      return status.error();
    return heard;
  }

 private:
  const StreamSpec& spec() const { return network_.entry().stream->spec; }
  std::int64_t Waiting() const { return static_cast<std::int64_t>(waiting_.size()); }
  std::int64_t Hop(std::size_t steps) const {
    return static_cast<std::int64_t>(steps) * spec().step_samples;
  }
  std::int64_t Window(std::size_t steps) const { return Hop(steps) + spec().overlap_samples; }

  Posteriors NothingYet() const {
    const AcousticSpec& model = network_.entry().spec;
    const Matrix logs{0, model.classes.size(), {}};
    return {logs, logs, {0, model.feature_width, {}}};
  }

  /// The window of so many steps that begins with sample `at` of those waiting.
  Status HearAt(std::int64_t at, std::size_t steps, Posteriors& heard) {
    const PcmView window = PcmView(waiting_).subspan(static_cast<std::size_t>(at),
                                                     static_cast<std::size_t>(Window(steps)));
    const auto answer = HearFinite(network_, window, states_);
    if (!answer) return answer.error();
    Append(*answer, heard);
    return {};
  }

  const HearingNetwork& network_;
  States states_;
  std::size_t steps_;           ///< Of a window.
  std::vector<float> waiting_;  ///< Samples from the beginning of the next window on.
  bool finished_ = false;
};

class WindowModel final : public StreamingModel {
 public:
  explicit WindowModel(std::shared_ptr<const HearingNetwork> network)
      : network_(std::move(network)) {}

  const AcousticSpec& spec() const override { return network_->entry().spec; }
  const StreamSpec& stream_spec() const override { return network_->entry().stream->spec; }
  std::unique_ptr<AcousticStream> Start() const override {
    return std::make_unique<WindowStream>(*network_);
  }

 private:
  std::shared_ptr<const HearingNetwork> network_;
};

}  // namespace

const std::vector<StateTensor>& StatesOf(const AcousticEntry& entry) {
  static const std::vector<StateTensor> kNone;
  return entry.stream ? entry.stream->states : kNone;
}

std::unique_ptr<AcousticModel> AsAcousticModel(std::shared_ptr<const HearingNetwork> network) {
  return std::make_unique<ClipModel>(std::move(network));
}

std::unique_ptr<StreamingModel> AsStreamingModel(std::shared_ptr<const HearingNetwork> network) {
  assert(network->entry().stream);
  return std::make_unique<WindowModel>(std::move(network));
}

}  // namespace euphone
