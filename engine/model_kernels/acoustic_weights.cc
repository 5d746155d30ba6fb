#include "model_kernels/acoustic_weights.h"

#include <algorithm>
#include <array>
#include <string>

#include "kernels/kernels.h"

namespace euphone {
namespace {

ByteProduct ReadBytes(OnnxWalk& walk, bool has_bias) {
  walk.To("MatMulInteger");
  const OnnxTensor& weights = walk.Constant(1);
  const OnnxTensor& zeros = walk.Constant(3);
  walk.To("Mul");
  const OnnxTensor& scales = walk.Constant(1);
  if (!has_bias) return ByteProduct::Pack(weights, zeros, scales, nullptr);
  walk.To("Add");
  return ByteProduct::Pack(weights, zeros, scales, &walk.Constant(1));
}

WordProduct ReadWords(OnnxWalk& walk, bool has_bias) {
  walk.To("Cast");
  const OnnxTensor& weights = walk.Constant(0);
  walk.To("Mul");
  const OnnxTensor& scales = walk.Constant(1);
  if (!has_bias) return WordProduct::Turn(weights, scales, nullptr);
  walk.To("Add");
  return WordProduct::Turn(weights, scales, &walk.Constant(1));
}

std::vector<float> ReadNorm(OnnxWalk& walk) {
  walk.To("LayerNormalization");
  return walk.Constant(1).Floats();
}

/// [width, 1, kernel] with outputs side by side.
std::vector<float> Turned(const std::vector<float>& taps, std::size_t kernel) {
  const std::size_t width = taps.size() / kernel, padded = kernels::Padded(width);
  std::vector<float> turned(padded * kernel, 0.0F);
  for (std::size_t i = 0; i < taps.size(); ++i) turned[i % kernel * padded + i / kernel] = taps[i];
  return turned;
}

void ReadFront(OnnxWalk& walk, AcousticWeights& w) {
  walk.To("Conv");
  const OnnxTensor& taps = walk.Constant(1);
  w.kernel = static_cast<std::size_t>(taps.shape.back());
  w.taps = Turned(taps.Floats(), w.kernel);
  walk.To("Sqrt");
  walk.To("Mul");
  w.gain = walk.Constant(1).Floats();
  walk.To("Add");
  w.offset = walk.Constant(1).Floats();
  w.second_in = ReadBytes(walk, true);
  w.second_out = ReadBytes(walk, true);
  walk.To("Concat");
  w.third_in = ReadWords(walk, true);
  w.third_out = ReadWords(walk, true);
}

void ReadPast(OnnxWalk& walk, AcousticWeights& w) {
  walk.To("Min");
  w.left = static_cast<std::size_t>(walk.Constant(1).Floats().front());
  walk.To("Unsqueeze");
  walk.To("Mul");
  w.frequencies = walk.Constant(1).Floats();
}

void ReadLayers(OnnxWalk& walk, AcousticWeights& w) {
  constexpr std::size_t kLayers = 4;  // As the structure has it.
  for (std::size_t i = 0; i < kLayers; ++i) {
    AcousticLayer& layer = w.layers.emplace_back();
    layer.attention_norm = ReadNorm(walk);
    layer.query = ReadBytes(walk, false);
    layer.keys_and_values = ReadWords(walk, false);
    walk.To("Reshape");
    const std::vector<std::int64_t> split = walk.Constant(1).Integers();
    w.heads = static_cast<std::size_t>(split[2]) / 3;  // Those of queries, keys and values.
    w.head_width = static_cast<std::size_t>(split[3]);
    layer.out = ReadBytes(walk, false);
    layer.mlp_norm = ReadNorm(walk);
    layer.up = ReadBytes(walk, true);
    layer.down = ReadBytes(walk, true);
    w.share.push_back(ReadNorm(walk).front());
  }
}

void ReadHeads(OnnxWalk& walk, AcousticWeights& w) {
  w.reduce = ReadBytes(walk, true);
  w.smooth = ReadBytes(walk, true);
  w.fine = ReadBytes(walk, true);
  w.local = ReadBytes(walk, true);
  w.ctc = ReadBytes(walk, true);
  w.frames = ReadBytes(walk, true);
}

/// Every product takes what the one before it gives.
bool Fit(const AcousticWeights& w, const AcousticSpec& spec) {
  const std::size_t width = w.width(), inner = w.heads * w.head_width;
  const std::size_t trunk = w.smooth.outputs(), local = trunk + w.fine.outputs();
  const std::size_t classes = spec.classes.size();
  const bool front = w.offset.size() == width && width % kernels::kPanel == 0 &&
                     w.taps.size() == w.kernel * kernels::Padded(width) &&
                     HasShape(w.second_in, 7 * width, w.second_in.outputs()) &&
                     HasShape(w.second_out, w.second_in.outputs(), w.conv_width()) &&
                     HasShape(w.third_in, 3 * w.conv_width(), w.third_in.outputs()) &&
                     HasShape(w.third_out, w.third_in.outputs(), width);
  const bool layers = std::ranges::all_of(w.layers, [&](const AcousticLayer& layer) {
    return layer.attention_norm.size() == width && layer.mlp_norm.size() == width &&
           HasShape(layer.query, width, inner) &&
           HasShape(layer.keys_and_values, width, 2 * inner) && HasShape(layer.out, inner, width) &&
           HasShape(layer.up, width, layer.up.outputs()) &&
           HasShape(layer.down, layer.up.outputs(), width);
  });
  return front && layers && width == spec.feature_width && w.frequencies.size() == w.head_width &&
         w.head_width % 2 == 0 && HasShape(w.reduce, width, 2 * trunk) &&
         HasShape(w.smooth, 3 * trunk, trunk) &&
         HasShape(w.fine, w.conv_width(), w.fine.outputs()) &&
         HasShape(w.local, 3 * local, trunk) && HasShape(w.ctc, trunk, classes) &&
         HasShape(w.frames, trunk, classes);
}

/// The states of the manifest are the inputs and outputs of this network, and have its shapes.
bool Fit(const AcousticEntry& entry, const OnnxGraph& graph, const AcousticWeights& w) {
  const auto count = [](std::size_t size) { return static_cast<std::int64_t>(size); };
  const std::size_t trunk = w.smooth.outputs();
  using Shape = std::vector<std::int64_t>;
  const Shape kept = {count(w.layers.size()), count(w.heads), count(w.left), count(w.head_width)};
  const std::array<Shape, 6> shapes = {Shape{3},
                                       Shape{1},
                                       kept,
                                       kept,
                                       Shape{1, 2, count(trunk)},
                                       Shape{1, 2, count(trunk + w.fine.outputs())}};
  const StreamSpec& stream = entry.stream->spec;
  if (stream.step_samples != 6 * 64 || stream.step_frames != 2 ||
      stream.overlap_samples != 6 * 64 + count(w.kernel))
    return false;
  const auto& states = entry.stream->states;
  std::vector<std::string_view> inputs = {entry.input};
  std::vector<std::string_view> outputs = {entry.ctc, entry.frames, entry.features};
  if (states.size() != shapes.size()) return false;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (states[i].shape != shapes[i]) return false;
    inputs.push_back(states[i].input);
    outputs.push_back(states[i].output);
  }
  return inputs == graph.inputs() && outputs == graph.outputs();
}

}  // namespace

Result<AcousticWeights> AcousticWeights::Read(const OnnxGraph& graph, const AcousticEntry& entry) {
  if (graph.Structure() != kStructure || !entry.stream) {
    return Error{Errc::kUnsupported,
                 "is not the small network that the kernels know; use --runtime ort"};
  }
  AcousticWeights w;
  OnnxWalk walk(graph);
  ReadFront(walk, w);
  ReadPast(walk, w);
  ReadLayers(walk, w);
  ReadHeads(walk, w);
  if (!Fit(w, entry.spec))
    return Error{Errc::kCorrupt, "its sizes do not fit each other or the manifest"};
  if (!Fit(entry, graph, w))
    return Error{Errc::kCorrupt, "its inputs and outputs are not those of the manifest"};
  return w;
}

}  // namespace euphone
