#include "model_kernels/kernels_grapheme_model.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/input_checks.h"
#include "model_kernels/attention_ring.h"
#include "model_kernels/bundle_weights.h"
#include "model_kernels/grapheme_weights.h"
#include "model_kernels/network_math.h"

namespace euphone {
namespace {

/// One word on its way through the network.
class Spelling {
 public:
  Spelling(const GraphemeWeights& weights, const kernels::Kernels& functions, std::size_t letters)
      : w_(weights),
        k_(functions),
        width_(weights.width()),
        rows_(letters + 2) {  // A boundary on each side.
    for (const GraphemeLayer& layer : w_.layers) {
      rings_.emplace_back(AttentionSizes{.layers = 1,
                                         .heads = w_.heads,
                                         .head_width = width_ / w_.heads,
                                         .distance_bias = layer.distance_bias.data(),
                                         .reach = (layer.distance_bias.size() / w_.heads - 1) / 2},
                          k_);
    }
    kernels::Arena size;
    Take(size);
    work_ = Block(size.most());
    std::fill_n(work_.get(), work_.bytes(), std::byte{});
    kernels::Arena work(work_.get());
    Take(work);
  }

  /// `logs`: [2 rows, classes].
  void Read(std::span<const std::int64_t> letters, std::size_t known, float* logs) {
    Look(letters, w_.embedding.size() / known);
    const std::size_t frames = GraphemeWeights::kFramesPerLetter * rows_;
    const std::size_t classes = w_.head.outputs() / GraphemeWeights::kFramesPerLetter;
    for (std::size_t i = 0; i < w_.layers.size(); ++i) {
      Pass(w_.layers[i], rings_[i]);
      if (i + 1 != GraphemeWeights::kFeedbackAfter) continue;
      Norm(w_.norm);
      math().Bytes(w_.head, normed_, rows_, wide_, w_.head.outputs());
      for (std::size_t frame = 0; frame < frames; ++frame)
        k_.softmax(wide_ + frame * classes, classes);
      math().Bytes(w_.feedback, wide_, rows_, normed_, width_);
      k_.add(normed_, rows_ * width_, x_);
    }
    Norm(w_.norm);
    math().Bytes(w_.head, normed_, rows_, logs, w_.head.outputs());
    for (std::size_t frame = 0; frame < frames; ++frame)
      k_.log_softmax(logs + frame * classes, classes);
  }

 private:
  NetworkMath math() const { return {k_, bytes_, nullptr}; }

  void Take(kernels::Arena& arena) {
    std::size_t widest = std::max({w_.mix.inputs(), 3 * width_, w_.head.outputs()});
    for (const GraphemeLayer& layer : w_.layers) widest = std::max(widest, layer.expand.outputs());
    x_ = arena.Take<float>(rows_ * width_);
    normed_ = arena.Take<float>(rows_ * width_);
    wide_ = arena.Take<float>(rows_ * widest);
    bytes_ = arena.Take<std::uint8_t>(rows_ * widest);
    const std::size_t mark = arena.mark();
    for (AttentionRing& ring : rings_) {
      arena.Rewind(mark);  // One layer is over when the next one begins.
      ring.Take(rows_, arena, arena);
    }
  }

  /// Each place sees the letters around it; beyond the word there is padding, letter 0.
  void Look(std::span<const std::int64_t> letters, std::size_t each) {
    const std::size_t seen = 2 * w_.window + 1;
    for (std::size_t row = 0; row < rows_; ++row) {
      for (std::size_t i = 0; i < seen; ++i) {
        const std::size_t at = row + i, first = w_.window + 1;
        const bool is_letter = at >= first && at - first < letters.size();
        const std::size_t letter =
            is_letter ? static_cast<std::size_t>(letters[at - first]) : std::size_t{0};
        std::copy_n(w_.embedding.data() + letter * each, each, wide_ + (row * seen + i) * each);
      }
    }
    math().Bytes(w_.mix, wide_, rows_, x_, width_);
  }

  void Norm(const NormWeights& norm) {
    for (std::size_t i = 0; i < rows_; ++i) {
      k_.normalise(x_ + i * width_, width_, norm.gain.data(), norm.offset.data(), kNormEpsilon,
                   normed_ + i * width_);
    }
  }

  void Pass(const GraphemeLayer& layer, AttentionRing& ring) {
    float* const queries = wide_;
    float* const keys_and_values = wide_ + rows_ * width_;
    Norm(layer.attention_norm);
    math().Bytes(layer.query, normed_, rows_, queries, width_);
    math().Bytes(layer.key, normed_, rows_, keys_and_values, 2 * width_);
    math().Bytes(layer.value, normed_, rows_, keys_and_values + width_, 2 * width_);
    ring.Begin(rows_);
    ring.Keep(0, keys_and_values);
    ring.Attend(0, queries, normed_);
    math().Bytes(layer.out, normed_, rows_, wide_, width_);
    k_.add(wide_, rows_ * width_, x_);
    Norm(layer.feed_forward_norm);
    math().Bytes(layer.expand, normed_, rows_, wide_, layer.expand.outputs());
    k_.gelu(wide_, rows_ * layer.expand.outputs());
    math().Bytes(layer.contract, wide_, rows_, normed_, width_);
    k_.add(normed_, rows_ * width_, x_);
  }

  const GraphemeWeights& w_;
  const kernels::Kernels& k_;
  std::size_t width_, rows_;
  std::vector<AttentionRing> rings_;  ///< Of each layer.
  Block work_;
  float* x_ = nullptr;       ///< [rows, width]
  float* normed_ = nullptr;  ///< The same.
  float* wide_ = nullptr;    ///< Whatever is widest between two products.
  std::uint8_t* bytes_ = nullptr;
};

class KernelsGraphemeModel final : public GraphemeModel {
 public:
  KernelsGraphemeModel(GraphemeSpec spec, GraphemeWeights weights,
                       const kernels::Kernels& functions, std::string context)
      : spec_(std::move(spec)),
        weights_(std::move(weights)),
        functions_(functions),
        context_(std::move(context)) {}

  const GraphemeSpec& spec() const override { return spec_; }

  Result<Matrix> Run(std::span<const std::int64_t> letters) const override {
    if (auto known = CheckLetters(letters, spec_); !known) return known.error();
    Matrix logs = Matrix::Filled(GraphemeWeights::kFramesPerLetter * (letters.size() + 2),
                                 spec_.classes.size(), 0.0F);
    Spelling(weights_, functions_, letters.size())
        .Read(letters, spec_.letters.size(), logs.values.data());
    if (auto finite = CheckOutput(logs.values, context_); !finite) return finite.error();
    return logs;
  }

 private:
  GraphemeSpec spec_;
  GraphemeWeights weights_;
  const kernels::Kernels& functions_;
  std::string context_;  ///< "bundle: file", for messages.
};

}  // namespace

Result<std::unique_ptr<GraphemeModel>> OpenKernelsGraphemeModel(const Bundle& bundle,
                                                                const kernels::Kernels& functions) {
  const auto* entry = std::get_if<GraphemeEntry>(&bundle.manifest().model);
  if (entry == nullptr) return Error{Errc::kInvalidArgument, bundle.name() + ": not a g2p bundle"};
  auto weights = ReadWeights<GraphemeWeights>(bundle, FileRole::kModel, *entry);
  if (!weights) return weights.error();
  return std::unique_ptr<GraphemeModel>(std::make_unique<KernelsGraphemeModel>(
      entry->spec, *std::move(weights), functions, ContextOf(bundle, FileRole::kModel)));
}

}  // namespace euphone
