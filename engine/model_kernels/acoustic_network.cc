#include "model_kernels/acoustic_network.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

namespace euphone {
namespace {

using kernels::Arena;

// Of the structure that AcousticWeights reads, and of training/euphone_train/models/streaming.py.
constexpr std::size_t kHop = 64;   ///< Samples from one frame of the first convolution to the next.
constexpr std::size_t kSteps = 6;  ///< Of its frames for each encoder frame …
constexpr std::size_t kReach = 7;  ///< … and how many more a window needs.
constexpr std::size_t kTail = 2;   ///< Rows that the heads' convolutions look back.
constexpr float kPriorFrames = 25.0F, kPriorSquare = 0.002F, kLongestMemory = 8000.0F;

}  // namespace

AcousticHearing::AcousticHearing(const AcousticWeights& weights, const kernels::Kernels& functions,
                                 std::size_t steps, bool is_stream)
    : w_(weights),
      k_(functions),
      ring_({.layers = weights.layers.size(),
             .heads = weights.heads,
             .head_width = weights.head_width,
             .left = is_stream ? weights.left : 0,
             .frequencies = weights.frequencies.data()},
            functions) {
  Reserve(steps);
}

void AcousticHearing::Reserve(std::size_t steps) {
  if (steps <= room_) return;
  const bool is_new = room_ == 0;
  room_ = steps;
  Arena kept_size, work_size;
  AttentionRing ring = ring_;
  const float* const tails = tails_;
  Take(kept_size, work_size);
  const Block before = std::move(kept_);
  kept_ = Block(kept_size.most());
  work_ = Block(work_size.most());
  std::memset(kept_.get(), 0, kept_.bytes());
  Arena kept(kept_.get()), work(work_.get());
  Take(kept, work);
  if (is_new) return;
  ring_.Adopt(ring);
  std::copy_n(tails, kTail * (trunk_width() + local_width()), tails_);
}

void AcousticHearing::Take(Arena& kept, Arena& work) {
  const std::size_t n = room_, rows = 2 * n + 1, inner = w_.inner();
  const std::size_t opened = (kSteps * n + kReach) * w_.width();
  std::size_t up = 0;
  for (const AcousticLayer& layer : w_.layers) up = std::max(up, layer.up.outputs());
  ring_.Take(n, kept, work);
  tails_ = kept.Take<float>(kTail * (trunk_width() + local_width()));
  first_ = work.Take<float>(std::max(opened, rows * w_.conv_width()));
  x_ = work.Take<float>(n * w_.width());
  normed_ = work.Take<float>(n * std::max(w_.width(), inner));
  mixed_ = work.Take<float>(n * w_.width());
  wide_ = work.Take<float>(std::max({rows * w_.second_in.outputs(), n * w_.third_in.outputs(),
                                     n * 3 * inner, n * up, 2 * n * trunk_width()}));
  trunk_ = work.Take<float>((kTail + 2 * n) * trunk_width());
  both_ = work.Take<float>((kTail + 2 * n) * local_width());
  bytes_ = work.Take<std::uint8_t>(
      std::max({opened, rows * w_.second_in.outputs(), n * w_.width(), n * inner, n * up,
                2 * n * w_.conv_width(), (kTail + 2 * n) * local_width()}));
  words_ = work.Take<std::int16_t>(
      NetworkMath::kWordRows * std::max({w_.third_in.inputs(), w_.third_out.inputs(), w_.width()}));
}

void AcousticHearing::Hear(std::span<const float> pcm, std::size_t steps,
                           const AcousticTables& tables) {
  assert(steps > 0 && steps <= room_ &&
         pcm.size() >= (kSteps * steps + kReach - 1) * kHop + w_.kernel);
  n_ = steps;
  Open(pcm.data());
  ring_.Begin(n_);
  for (std::size_t i = 0; i < w_.layers.size(); ++i) Pass(w_.layers[i], i);
  ring_.End();
  Close(tables);
}

/// The running norm moves on by what is new among `rows` frames in `first_`, and is applied.
void AcousticHearing::Norm(std::size_t rows) {
  // The window's first frames were counted with the one before it; at the very beginning there was
  // none.
  const float before = norm_[0], seen = std::min(before, float{kReach});
  const auto width = static_cast<float>(w_.width());
  float sums[2] = {};
  for (auto row = static_cast<std::size_t>(seen); row < rows; ++row) {
    float of_row[2] = {};
    k_.moments(first_ + row * w_.width(), w_.width(), of_row);
    for (std::size_t i = 0; i < 2; ++i) sums[i] += of_row[i] / width;
  }
  const float count = before + static_cast<float>(rows) - seen;
  for (std::size_t i = 0; i < 2; ++i) norm_[1 + i] = (norm_[1 + i] * before + sums[i]) / count;
  norm_[0] = std::min(count, kLongestMemory);

  const float share = count / (count + kPriorFrames);
  const float mean = norm_[1] * share;
  const float square = norm_[2] * share + (1.0F - share) * kPriorSquare;
  const float deviation = std::sqrt(std::max(square - mean * mean, 1e-6F) + 1e-5F);
  for (std::size_t row = 0; row < rows; ++row) {
    float* const numbers = first_ + row * w_.width();
    k_.scale_and_shift(numbers, w_.width(), mean, deviation, w_.gain.data(), w_.offset.data(),
                       numbers);
  }
}

/// Samples to encoder frames in `x_` and to the 12 ms map in `first_`.
void AcousticHearing::Open(const float* pcm) {
  const std::size_t opened = kSteps * n_ + kReach, rows = 2 * n_ + 1, width = w_.width();
  k_.multiply_floats({w_.taps.data(), w_.kernel, width, width}, {pcm, kHop, opened}, first_, width);
  k_.tanh(first_, opened * width);
  Norm(opened);
  // Neighbours of a convolution lie side by side already: its rows overlap.
  const std::size_t rank = w_.second_in.outputs(), fine = w_.conv_width();
  math().Bytes(w_.second_in, {first_, 0, 1}, opened * width, 3 * width, rows, wide_, rank);
  math().Bytes(w_.second_out, wide_, rows, first_, fine);
  k_.gelu(first_, rows * fine);
  math().Words(w_.third_in, {first_, 2 * fine, n_}, wide_);
  math().Words(w_.third_out, {wide_, w_.third_in.outputs(), n_}, x_);
  k_.gelu(x_, n_ * width);
}

void AcousticHearing::Pass(const AcousticLayer& layer, std::size_t number) {
  const std::size_t width = w_.width(), inner = w_.inner(), all = n_ * width;
  const auto norm = [&](const std::vector<float>& factors) {
    for (std::size_t i = 0; i < n_; ++i)
      k_.normalise(x_ + i * width, width, factors.data(), nullptr, kNormEpsilon,
                   normed_ + i * width);
  };
  norm(layer.attention_norm);
  float* const queries = wide_;
  float* const keys_and_values = wide_ + n_ * inner;
  math().Bytes(layer.query, normed_, n_, queries, inner);
  math().Words(layer.keys_and_values, {normed_, width, n_}, keys_and_values);
  ring_.Keep(number, keys_and_values);
  ring_.Attend(number, queries, normed_);
  math().Bytes(layer.out, normed_, n_, wide_, width);
  k_.add(wide_, all, x_);
  norm(layer.mlp_norm);
  math().Bytes(layer.up, normed_, n_, wide_, layer.up.outputs());
  k_.gelu(wide_, n_ * layer.up.outputs());
  math().Bytes(layer.down, wide_, n_, normed_, width);
  k_.add(normed_, all, x_);
  for (std::size_t i = 0; i < n_; ++i)
    k_.normalise(x_ + i * width, width, nullptr, nullptr, kNormEpsilon, normed_ + i * width);
  const float share = w_.share[number];
  for (std::size_t i = 0; i < all; ++i)
    mixed_[i] = number == 0 ? normed_[i] * share : mixed_[i] + normed_[i] * share;
}

/// From the mix of all layers and the 12 ms map to what is asked for.
void AcousticHearing::Close(const AcousticTables& tables) {
  const std::size_t rows = 2 * n_, width = w_.width(), classes = w_.ctc.outputs();
  const std::size_t trunk = trunk_width(), local = local_width(), fine = w_.conv_width();
  float* const trunk_tail = tails_;
  float* const local_tail = tails_ + kTail * trunk;
  for (std::size_t i = 0; i < rows; ++i)
    std::copy_n(mixed_ + i / 2 * width, width, tables.features + i * width);

  std::copy_n(trunk_tail, kTail * trunk, trunk_);
  math().Bytes(w_.reduce, mixed_, n_, trunk_ + kTail * trunk, 2 * trunk);
  k_.gelu(trunk_ + kTail * trunk, rows * trunk);
  std::copy_n(trunk_ + rows * trunk, kTail * trunk, trunk_tail);

  std::copy_n(local_tail, kTail * local, both_);
  float* const now = both_ + kTail * local;
  math().Bytes(w_.smooth, {trunk_, 0, 1}, (kTail + rows) * trunk, trunk, rows, now, local);
  for (std::size_t i = 0; i < rows; ++i) {
    float* const row = first_ + i * fine;
    k_.normalise(row, fine, nullptr, nullptr, kNormEpsilon, row);
  }
  math().Bytes(w_.fine, first_, rows, now + trunk, local);
  for (std::size_t i = 0; i < rows; ++i) k_.gelu(now + i * local, local);
  std::copy_n(both_ + rows * local, kTail * local, local_tail);

  math().Bytes(w_.ctc, {now, local, rows}, trunk, trunk, rows, tables.ctc, classes);
  math().Bytes(w_.local, {both_, 0, 1}, (kTail + rows) * local, local, rows, wide_, trunk);
  k_.gelu(wide_, rows * trunk);
  math().Bytes(w_.frames, wide_, rows, tables.frames, classes);
  for (float* const table : {tables.ctc, tables.frames})
    for (std::size_t i = 0; i < rows; ++i) k_.log_softmax(table + i * classes, classes);
}

}  // namespace euphone
