#include "model_litert/litert_acoustic_model.h"

#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/hearing_network.h"
#include "model/input_checks.h"
#include "model_litert/litert_session.h"

namespace euphone {
namespace {

class LiteRtNetwork final : public HearingNetwork {
 public:
  LiteRtNetwork(AcousticEntry entry, LiteRtSession session)
      : entry_(std::move(entry)), session_(std::move(session)) {}

  const AcousticEntry& entry() const override { return entry_; }

  Result<Posteriors> Hear(PcmView pcm, States& states) const override {
    std::vector<std::span<const float>> inputs = {pcm};
    inputs.insert(inputs.end(), states.begin(), states.end());
    auto tensors = session_.Run(inputs);
    if (!tensors) return tensors.error();
    struct Table {
      const std::string& name;
      Matrix& to;
      std::size_t columns;
    };
    Posteriors heard;
    std::vector<Table> tables = {{entry_.ctc, heard.ctc, entry_.spec.classes.size()},
                                 {entry_.frames, heard.frames, entry_.spec.classes.size()}};
    if (entry_.spec.feature_width > 0) {
      tables.push_back({entry_.features, heard.features, entry_.spec.feature_width});
    }
    auto next = tensors->begin();
    for (const Table& table : tables) {
      const auto width = static_cast<std::int64_t>(table.columns);
      if (next->shape.size() != 3 || next->shape[0] != 1 || next->shape[2] != width) {
        return Unfitting("output " + table.name + ": has not the shape [1, rows, " +
                         std::to_string(width) + "]");
      }
      table.to = {static_cast<std::size_t>(next->shape[1]), table.columns,
                  std::move(next->numbers)};
      if (table.to.rows != heard.ctc.rows) return Unfitting("its outputs differ in length");
      ++next;
    }
    for (std::size_t i = 0; i < states.size(); ++i, ++next) {
      if (next->numbers.size() != states[i].size()) {
        return Unfitting("output " + StatesOf(entry_)[i].output + ": has not the manifest's shape");
      }
      states[i] = std::move(next->numbers);
    }
    return heard;
  }

 private:
  Error Unfitting(const std::string& what) const {
    return {Errc::kInternal, session_.context() + ": " + what};
  }

  AcousticEntry entry_;
  LiteRtSession session_;
};

Result<std::unique_ptr<HearingNetwork>> OpenNetwork(const Bundle& bundle,
                                                    const ModelOptions& options) {
  const auto acoustic = AcousticEntryOf(bundle);
  if (!acoustic) return acoustic.error();
  const AcousticEntry* const entry = *acoustic;
  if (!IsLiteRtBundle(bundle)) {
    return Error{
        Errc::kUnsupported,
        bundle.name() + ": its model is not LiteRT's (.tflite); choose another bundle or runtime"};
  }
  if (options.device != ComputeDevice::kCpu) {
    return Error{Errc::kUnsupported, bundle.name() +
                                         ": LiteRT is only asked to compute on the "
                                         "processor, not on " +
                                         std::string(NameOf(options.device)) +
                                         "; leave --device out, or choose another bundle"};
  }
  LiteRtSpec spec{{entry->input}, {entry->ctc, entry->frames}};
  if (!entry->features.empty()) spec.outputs.push_back(entry->features);
  for (const StateTensor& state : StatesOf(*entry)) {
    spec.inputs.push_back(state.input);
    spec.outputs.push_back(state.output);
  }
  auto session = LiteRtSession::Open(bundle, std::move(spec), options);
  if (!session) return session.error();
  return std::unique_ptr<HearingNetwork>(
      std::make_unique<LiteRtNetwork>(*entry, std::move(*session)));
}

}  // namespace

bool IsLiteRtBundle(const Bundle& bundle) {
  const BundleFile* file = bundle.manifest().Find(FileRole::kModel);
  return std::holds_alternative<AcousticEntry>(bundle.manifest().model) && file != nullptr &&
         file->path.ends_with(".tflite");
}

Result<std::unique_ptr<AcousticModel>> OpenLiteRtAcousticModel(const Bundle& bundle,
                                                               const ModelOptions& options) {
  auto network = OpenNetwork(bundle, options);
  if (!network) return network.error();
  return AsAcousticModel(std::move(*network));
}

Result<std::unique_ptr<StreamingModel>> OpenLiteRtStreamingModel(const Bundle& bundle,
                                                                 const ModelOptions& options) {
  auto network = OpenNetwork(bundle, options);
  if (!network) return network.error();
  if (auto streams = CheckStreams(bundle, (*network)->entry()); !streams) return streams.error();
  return AsStreamingModel(std::move(*network));
}

}  // namespace euphone
