#include "model_kernels/attention_ring.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

using kernels::Padded;

/// Less than any score, but finite; its share is 0.
constexpr float kGone = -1e4F;

}  // namespace

std::size_t AttentionRing::value_stride() const {
  // A head is read in whole panels; what they hold of the next one is not used.
  return Padded(sizes_.inner() - sizes_.head_width + Padded(sizes_.head_width));
}

float* AttentionRing::KeysOf(std::size_t layer) const {
  return keys_ + (sizes_.left == 0 ? 0 : layer * sizes_.inner() * padded_slots());
}

float* AttentionRing::ValuesOf(std::size_t layer) const {
  return values_ + (sizes_.left == 0 ? 0 : layer * slots_ * value_stride());
}

void AttentionRing::Take(std::size_t steps, kernels::Arena& kept, kernels::Arena& work) {
  slots_ = sizes_.left + steps;
  keys_ = kept.Take<float>(kept_layers() * sizes_.inner() * padded_slots());
  values_ = kept.Take<float>(kept_layers() * slots_ * value_stride());
  cosines_ = work.Take<float>(steps * sizes_.head_width);
  sines_ = work.Take<float>(steps * sizes_.head_width);
  scores_ = work.Take<float>(kQueries * padded_slots());
  looked_ = work.Take<float>(kQueries * Padded(sizes_.head_width));
}

void AttentionRing::Adopt(const AttentionRing& other) {
  heard_ = other.heard_;
  for (std::size_t i = heard_ - std::min(heard_, sizes_.left); i < heard_; ++i) {
    const std::size_t from = i % other.slots_, to = i % slots_;
    for (std::size_t row = 0; row < sizes_.layers * sizes_.inner(); ++row)
      keys_[row * padded_slots() + to] = other.keys_[row * other.padded_slots() + from];
    for (std::size_t layer = 0; layer < sizes_.layers; ++layer) {
      std::copy_n(other.ValuesOf(layer) + from * value_stride(), value_stride(),
                  ValuesOf(layer) + to * value_stride());
    }
  }
}

void AttentionRing::Begin(std::size_t n) {
  frames_ = n;
  if (sizes_.frequencies == nullptr) return;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t d = 0; d < sizes_.head_width; ++d) {
      // In double, because a lesson may be long.
      const double angle =
          static_cast<double>(heard_ + i) * static_cast<double>(sizes_.frequencies[d]);
      cosines_[i * sizes_.head_width + d] = static_cast<float>(std::cos(angle));
      sines_[i * sizes_.head_width + d] = static_cast<float>(std::sin(angle));
    }
  }
}

void AttentionRing::Turn(float* row, std::size_t frame) const {
  if (sizes_.frequencies == nullptr) return;
  const float* const cosines = cosines_ + frame * sizes_.head_width;
  const float* const sines = sines_ + frame * sizes_.head_width;
  for (std::size_t head = 0; head < sizes_.heads; ++head, row += sizes_.head_width) {
    for (std::size_t d = 0; d < sizes_.head_width; d += 2) {
      const float a = row[d], b = row[d + 1];
      row[d] = a * cosines[d] - b * sines[d];
      row[d + 1] = b * cosines[d] + a * sines[d];
    }
  }
}

void AttentionRing::Bias(std::size_t head, std::size_t query, float* row) const {
  if (sizes_.distance_bias == nullptr) return;
  for (std::size_t key = 0; key < frames_; ++key) {
    const std::size_t place =
        std::clamp(key + sizes_.reach, query, query + 2 * sizes_.reach) - query;
    row[key] += sizes_.distance_bias[place * sizes_.heads + head];
  }
}

void AttentionRing::Keep(std::size_t layer, float* keys_and_values) {
  const std::size_t inner = sizes_.inner();
  for (std::size_t i = 0; i < frames_; ++i, keys_and_values += 2 * inner) {
    const std::size_t slot = (heard_ + i) % slots_;
    Turn(keys_and_values, i);
    float* const keys = KeysOf(layer) + slot;
    for (std::size_t d = 0; d < inner; ++d) keys[d * padded_slots()] = keys_and_values[d];
    std::copy_n(keys_and_values + inner, inner, ValuesOf(layer) + slot * value_stride());
  }
}

/// Whether the frame in the slot is not one that this window may look at.
bool AttentionRing::IsGone(std::size_t slot) const {
  const std::size_t last = heard_ + frames_ - 1;
  const std::size_t age = (last % slots_ + slots_ - slot) % slots_;
  return age > last || age >= frames_ + sizes_.left;
}

void AttentionRing::Attend(std::size_t layer, float* queries, float* result) {
  const std::size_t inner = sizes_.inner(), width = sizes_.head_width;
  const std::size_t filled = std::min(heard_ + frames_, slots_);
  const std::size_t padded_width = Padded(width);
  const float scale = 1.0F / std::sqrt(static_cast<float>(width));
  for (std::size_t i = 0; i < frames_; ++i) {
    for (std::size_t d = 0; d < inner; ++d) queries[i * inner + d] *= scale;
    Turn(queries + i * inner, i);
  }
  for (std::size_t head = 0; head < sizes_.heads; ++head) {
    const kernels::FloatWeights keys = {KeysOf(layer) + head * width * padded_slots(), width,
                                        Padded(filled), padded_slots()};
    const kernels::FloatWeights values = {ValuesOf(layer) + head * width, filled, padded_width,
                                          value_stride()};
    for (std::size_t begin = 0; begin < frames_; begin += kQueries) {
      const std::size_t count = std::min(kQueries, frames_ - begin);
      kernels_.multiply_floats(keys, {queries + begin * inner + head * width, inner, count},
                               scores_, padded_slots());
      for (std::size_t i = 0; i < count; ++i) {
        float* const row = scores_ + i * padded_slots();
        Bias(head, begin + i, row);
        if (filled == slots_ && frames_ + sizes_.left < slots_) {
          for (std::size_t slot = 0; slot < slots_; ++slot)
            if (IsGone(slot)) row[slot] = kGone;
        }
        kernels_.softmax(row, filled);
      }
      kernels_.multiply_floats(values, {scores_, padded_slots(), count}, looked_, padded_width);
      for (std::size_t i = 0; i < count; ++i) {
        std::copy_n(looked_ + i * padded_width, width, result + (begin + i) * inner + head * width);
      }
    }
  }
}

}  // namespace euphone
