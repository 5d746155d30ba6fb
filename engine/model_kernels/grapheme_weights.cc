#include "model_kernels/grapheme_weights.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace euphone {
namespace {

/// Constants by the names that PyTorch's exporter gives them. A missing one is empty, so that it
/// fits nothing.
class Named {
 public:
  explicit Named(const OnnxGraph& graph) : graph_(graph) {}

  std::vector<float> Table(const std::string& name) const {
    const OnnxTensor* const tensor = graph_.constant("model." + name);
    return tensor == nullptr || tensor->type != OnnxTensor::kFloat ? std::vector<float>()
                                                                   : tensor->Floats();
  }

  NormWeights Norm(const std::string& name) const {
    return {Table(name + ".weight"), Table(name + ".bias")};
  }

  /// The linear layer of this name, "layers.0.attention.query".
  ByteProduct Product(const std::string& name) const {
    std::string path = name;
    for (std::size_t i = 0; i < path.size(); ++i)
      if (path[i] == '.' && !IsNumber(path, i + 1)) path[i] = '/';
    const std::string output = "/model/" + path + "/MatMul_output_0_output_quantized";
    const auto node = std::ranges::find_if(graph_.nodes(), [&](const OnnxNode& each) {
      return each.kind == "MatMulInteger" && each.outputs.front() == output;
    });
    if (node == graph_.nodes().end() || node->inputs.size() != 4) return {};
    const std::string_view weights_name = node->inputs[1];
    constexpr std::string_view kQuantised = "_quantized";
    if (!weights_name.ends_with(kQuantised)) return {};
    std::string scales_name(weights_name.substr(0, weights_name.size() - kQuantised.size()));
    scales_name += "_scale";
    const OnnxTensor* const weights = graph_.constant(weights_name);
    const OnnxTensor* const zeros = graph_.constant(node->inputs[3]);
    const OnnxTensor* const scales = graph_.constant(scales_name);
    const OnnxTensor* const bias = graph_.constant("model." + name + ".bias");
    if (weights == nullptr || zeros == nullptr || scales == nullptr || bias == nullptr) return {};
    return ByteProduct::Pack(*weights, *zeros, *scales, bias);
  }

 private:
  static bool IsNumber(const std::string& text, std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  }

  const OnnxGraph& graph_;
};

bool Fit(const GraphemeWeights& w, const GraphemeSpec& spec) {
  const std::size_t width = w.width(), letters = spec.letters.size();
  const std::size_t guessed = GraphemeWeights::kFramesPerLetter * spec.classes.size();
  if (width == 0 || letters == 0 || w.embedding.size() % letters != 0 || w.heads == 0 ||
      width % w.heads != 0)
    return false;
  const auto is_layer = [&](const GraphemeLayer& layer) {
    const std::size_t inner = layer.expand.outputs();
    return HasShape(layer.attention_norm, width) && HasShape(layer.feed_forward_norm, width) &&
           layer.distance_bias.size() % w.heads == 0 &&
           layer.distance_bias.size() / w.heads % 2 == 1 && HasShape(layer.query, width, width) &&
           HasShape(layer.key, width, width) && HasShape(layer.value, width, width) &&
           HasShape(layer.out, width, width) && HasShape(layer.expand, width, inner) &&
           HasShape(layer.contract, inner, width);
  };
  return HasShape(w.mix, (2 * w.window + 1) * (w.embedding.size() / letters), width) &&
         HasShape(w.norm, width) && HasShape(w.head, width, guessed) &&
         HasShape(w.feedback, guessed, width) && std::ranges::all_of(w.layers, is_layer);
}

}  // namespace

Result<GraphemeWeights> GraphemeWeights::Read(const OnnxGraph& graph, const GraphemeEntry& entry) {
  if (graph.Structure() != kStructure) {
    return Error{Errc::kUnsupported, "is not the network that the kernels know; use --runtime ort"};
  }
  if (graph.inputs() != std::vector<std::string_view>{entry.input} ||
      graph.outputs() != std::vector<std::string_view>{entry.output})
    return Error{Errc::kCorrupt, "its input and output are not those of the manifest"};
  const Named named(graph);
  GraphemeWeights w;
  w.embedding = named.Table("embedding.weight");
  w.mix = named.Product("mix");
  w.head = named.Product("head");
  w.feedback = named.Product("feedback");
  w.norm = named.Norm("norm");
  for (std::size_t i = 0; i < kLayers; ++i) {
    const std::string layer = "layers." + std::to_string(i) + ".";
    w.layers.push_back({.attention_norm = named.Norm(layer + "attention_norm"),
                        .feed_forward_norm = named.Norm(layer + "feed_forward_norm"),
                        .distance_bias = named.Table(layer + "attention.distance_bias"),
                        .query = named.Product(layer + "attention.query"),
                        .key = named.Product(layer + "attention.key"),
                        .value = named.Product(layer + "attention.value"),
                        .out = named.Product(layer + "attention.out"),
                        .expand = named.Product(layer + "expand"),
                        .contract = named.Product(layer + "contract")});
  }
  const std::size_t letters = entry.spec.letters.size();
  const std::size_t each = letters == 0 ? 0 : w.embedding.size() / letters;
  w.window = each == 0 || w.mix.inputs() < each ? 0 : (w.mix.inputs() / each - 1) / 2;
  const OnnxTensor* const bias = graph.constant("model.layers.0.attention.distance_bias");
  if (bias != nullptr && bias->shape.size() == 2)
    w.heads = static_cast<std::size_t>(bias->shape[1]);
  if (!Fit(w, entry.spec))
    return Error{Errc::kCorrupt, "its sizes do not fit each other or the manifest"};
  return w;
}

}  // namespace euphone
