#include "model_kernels/kernels_acoustic_model.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/input_checks.h"
#include "model_kernels/acoustic_network.h"
#include "model_kernels/acoustic_weights.h"
#include "model_kernels/bundle_weights.h"

namespace euphone {
namespace {

/// A network as its manifest describes it.
struct Ear {
  AcousticEntry entry;
  AcousticWeights weights;
  const kernels::Kernels& functions;
  std::string context;  ///< "bundle: file", for messages.

  const StreamSpec& stream() const { return entry.stream->spec; }

  std::size_t StepsIn(std::size_t samples) const {
    const auto overlap = static_cast<std::size_t>(stream().overlap_samples);
    if (samples < overlap) return 0;
    return (samples - overlap) / static_cast<std::size_t>(stream().step_samples);
  }
  std::size_t Hop(std::size_t steps) const {
    return steps * static_cast<std::size_t>(stream().step_samples);
  }
  std::size_t Window(std::size_t steps) const {
    return Hop(steps) + static_cast<std::size_t>(stream().overlap_samples);
  }

  Posteriors Tables(std::size_t steps) const {
    const std::size_t rows = steps * stream().step_frames, classes = entry.spec.classes.size();
    return {Matrix::Filled(rows, classes, 0.0F), Matrix::Filled(rows, classes, 0.0F),
            Matrix::Filled(rows, entry.spec.feature_width, 0.0F)};
  }
};

/// What was heard from this row on.
Status CheckTables(const Ear& ear, const Posteriors& heard, std::size_t first_row) {
  for (const Matrix* const table : {&heard.ctc, &heard.frames, &heard.features}) {
    const auto numbers = std::span(table->values).subspan(first_row * table->columns);
    if (auto finite = CheckOutput(numbers, ear.context); !finite) return finite;
  }
  return {};
}

/// Rows of `heard` from `row` on.
AcousticTables From(std::size_t row, Posteriors& heard) {
  return {heard.ctc.row(row).data(), heard.frames.row(row).data(), heard.features.row(row).data()};
}

class KernelsAcousticModel final : public AcousticModel {
 public:
  explicit KernelsAcousticModel(Ear ear) : ear_(std::move(ear)) {}

  const AcousticSpec& spec() const override { return ear_.entry.spec; }

  Result<Posteriors> Run(PcmView pcm) const override {
    if (auto fits = CheckClipLength(pcm, spec()); !fits) return fits.error();
    if (auto finite = CheckFinite(pcm); !finite) return finite.error();
    const std::size_t steps = ear_.StepsIn(pcm.size());
    Posteriors heard = ear_.Tables(steps);
    AcousticHearing(ear_.weights, ear_.functions, steps, false)
        .Hear(pcm.first(ear_.Window(steps)), steps, From(0, heard));
    if (auto finite = CheckTables(ear_, heard, 0); !finite) return finite.error();
    return heard;
  }

 private:
  Ear ear_;
};

class KernelsStream final : public AcousticStream {
 public:
  explicit KernelsStream(const Ear& ear)
      : ear_(ear), hearing_(ear.weights, ear.functions, ear.stream().chunk_steps, true) {
    SetWindow(ear.stream().chunk_steps);
  }

  void SetWindow(std::size_t steps) override {
    assert(steps > 0);
    steps_ = steps;
    hearing_.Reserve(steps);
    if (waiting_.size() < ear_.Window(steps)) waiting_.resize(ear_.Window(steps));
  }

  Result<Posteriors> Push(PcmView pcm) override {
    assert(!finished_);
    if (auto finite = CheckFinite(pcm); !finite) return finite.error();
    // More may wait than a window needs if windows have become shorter.
    const std::size_t samples = count_ + pcm.size(), window = ear_.Window(steps_);
    const std::size_t windows = samples < window ? 0 : 1 + (samples - window) / ear_.Hop(steps_);
    Posteriors heard = ear_.Tables(windows * steps_);
    for (std::size_t i = 0; i < windows; ++i) {
      Wait(window, pcm);
      if (auto status = Hear(steps_, i * steps_ * ear_.stream().step_frames, heard); !status)
        return status.error();
      Forget(ear_.Hop(steps_));
    }
    Wait(window, pcm);
    return heard;
  }

  Result<Posteriors> Finish() override {
    assert(!finished_);
    finished_ = true;
    const std::size_t steps = ear_.StepsIn(count_);
    Posteriors heard = ear_.Tables(steps);
    if (steps == 0) return heard;
    if (auto status = Hear(steps, 0, heard); !status) return status.error();
    return heard;
  }

 private:
  /// Moves samples from `pcm` behind those that wait until there are so many.
  void Wait(std::size_t wanted, PcmView& pcm) {
    const std::size_t taken = wanted > count_ ? std::min(wanted - count_, pcm.size()) : 0;
    std::copy_n(pcm.data(), taken, waiting_.data() + count_);
    count_ += taken;
    pcm = pcm.subspan(taken);
  }

  void Forget(std::size_t samples) {
    count_ -= samples;
    std::memmove(waiting_.data(), waiting_.data() + samples, count_ * sizeof(float));
  }

  Status Hear(std::size_t steps, std::size_t row, Posteriors& heard) {
    hearing_.Hear(PcmView(waiting_).first(ear_.Window(steps)), steps, From(row, heard));
    return CheckTables(ear_, heard, row);
  }

  const Ear& ear_;
  AcousticHearing hearing_;
  std::size_t steps_ = 0;       ///< Of a window.
  std::vector<float> waiting_;  ///< Samples from the beginning of the next window on.
  std::size_t count_ = 0;       ///< How many of them there are.
  bool finished_ = false;
};

class KernelsStreamingModel final : public StreamingModel {
 public:
  explicit KernelsStreamingModel(Ear ear) : ear_(std::move(ear)) {}

  const AcousticSpec& spec() const override { return ear_.entry.spec; }
  const StreamSpec& stream_spec() const override { return ear_.stream(); }
  std::unique_ptr<AcousticStream> Start() const override {
    return std::make_unique<KernelsStream>(ear_);
  }

 private:
  Ear ear_;
};

Result<Ear> OpenEar(const Bundle& bundle, const AcousticEntry& entry,
                    const kernels::Kernels& functions) {
  auto weights = ReadWeights<AcousticWeights>(bundle, FileRole::kModel, entry);
  if (!weights) return weights.error();
  return Ear{entry, *std::move(weights), functions, ContextOf(bundle, FileRole::kModel)};
}

}  // namespace

Result<std::unique_ptr<AcousticModel>> OpenKernelsAcousticModel(const Bundle& bundle,
                                                                const kernels::Kernels& functions) {
  const auto entry = AcousticEntryOf(bundle);
  if (!entry) return entry.error();
  auto ear = OpenEar(bundle, **entry, functions);
  if (!ear) return ear.error();
  return std::unique_ptr<AcousticModel>(std::make_unique<KernelsAcousticModel>(*std::move(ear)));
}

Result<std::unique_ptr<StreamingModel>> OpenKernelsStreamingModel(
    const Bundle& bundle, const kernels::Kernels& functions) {
  const auto entry = AcousticEntryOf(bundle);
  if (!entry) return entry.error();
  if (auto streams = CheckStreams(bundle, **entry); !streams) return streams.error();
  auto ear = OpenEar(bundle, **entry, functions);
  if (!ear) return ear.error();
  return std::unique_ptr<StreamingModel>(std::make_unique<KernelsStreamingModel>(*std::move(ear)));
}

}  // namespace euphone
