#include "model_ort/acoustic_session.h"

#include <string>
#include <utility>

namespace euphone {

Result<AcousticSession> AcousticSession::Open(const Bundle& bundle, const AcousticEntry& entry,
                                              const ModelOptions& options, bool profiled) {
  SessionSpec spec{.file = FileRole::kModel,
                   .inputs = {{entry.input, ElementType::kFloat}},
                   .outputs = {entry.ctc, entry.frames},
                   .profiled = profiled};
  if (!entry.features.empty()) spec.outputs.push_back(entry.features);
  for (const StateTensor& state : StatesOf(entry)) {
    spec.inputs.push_back({state.input, ElementType::kFloat});
    spec.outputs.push_back(state.output);
  }
  auto session = InferenceSession::Open(bundle, std::move(spec), options);
  if (!session) return session.error();
  return AcousticSession(entry, std::move(*session));
}

Result<Posteriors> AcousticSession::Hear(PcmView pcm, States& states) const {
  const std::size_t classes = entry_.spec.classes.size(), width = entry_.spec.feature_width;
  const auto table = [](std::size_t columns) {
    return Shape{1, kAny, static_cast<std::int64_t>(columns)};
  };
  std::vector<InputTensor> inputs = {{pcm, {1, static_cast<std::int64_t>(pcm.size())}}};
  std::vector<Shape> wishes = {table(classes), table(classes)};
  if (width > 0) wishes.push_back(table(width));
  for (std::size_t i = 0; i < states.size(); ++i) {
    const Shape& shape = StatesOf(entry_)[i].shape;
    inputs.emplace_back(std::span<const float>(states[i]), shape);
    wishes.push_back(shape);
  }
  auto tensors = session_.Run(inputs, wishes);
  if (!tensors) return tensors.error();
  Posteriors posteriors{AsTable(std::move((*tensors)[0]), classes),
                        AsTable(std::move((*tensors)[1]), classes)};
  if (width > 0) posteriors.features = AsTable(std::move((*tensors)[2]), width);
  const std::size_t rows = posteriors.ctc.rows;
  if (posteriors.frames.rows != rows || (width > 0 && posteriors.features.rows != rows)) {
    return Error{Errc::kInternal, session_.context() + ": its outputs differ in length"};
  }
  const std::size_t first = tensors->size() - states.size();
  for (std::size_t i = 0; i < states.size(); ++i) {
    states[i] = std::move((*tensors)[first + i].numbers);
  }
  return posteriors;
}

}  // namespace euphone
