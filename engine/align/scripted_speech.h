#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <vector>

#include "align/alignment.h"
#include "base/matrix.h"

namespace euphone {

/// Test data: posteriors as a good model would give for a script of phones. Each phone lasts
/// kPhoneFrames; the CTC spike stands in its third and fourth frame.
class ScriptedSpeech {
 public:
  static constexpr std::size_t kClasses = 40;
  static constexpr std::size_t kPhoneFrames = 6;

  ScriptedSpeech& Say(std::initializer_list<int> phones) { return Say(std::vector<int>(phones)); }
  ScriptedSpeech& Say(const std::vector<int>& phones) {
    for (int phone : phones) {
      spoken_.push_back({phone, ctc.rows, ctc.rows + kPhoneFrames});
      for (std::size_t i = 0; i < kPhoneFrames; ++i) {
        Append(ctc, i == 2 || i == 3 ? phone + 1 : 0);
        Append(frames, phone + 1);
      }
    }
    return *this;
  }
  ScriptedSpeech& Silence(std::size_t frame_count) {
    for (std::size_t i = 0; i < frame_count; ++i) {
      Append(ctc, 0);
      Append(frames, 0);
    }
    return *this;
  }
  /// Adds up to `nats` of noise to each log-probability, the same for the same seed.
  ScriptedSpeech& Blur(double nats, std::uint32_t seed) {
    std::mt19937 random(seed);
    for (Matrix* matrix : {&ctc, &frames}) {
      for (std::size_t t = 0; t < matrix->rows; ++t) {
        double sum = 0.0;
        for (float& value : matrix->row(t)) {
          value += static_cast<float>(nats * static_cast<double>(random()) / 4294967296.0);
          sum += std::exp(static_cast<double>(value));
        }
        for (float& value : matrix->row(t)) value -= static_cast<float>(std::log(sum));
      }
    }
    return *this;
  }

  const std::vector<PhoneSpan>& spoken() const { return spoken_; }

  Matrix ctc{0, kClasses, {}};
  Matrix frames{0, kClasses, {}};

 private:
  static void Append(Matrix& matrix, int column) {
    constexpr double kLikely = 0.9;
    for (int c = 0; c < static_cast<int>(kClasses); ++c) {
      const double probability = c == column ? kLikely : (1.0 - kLikely) / (kClasses - 1);
      matrix.values.push_back(static_cast<float>(std::log(probability)));
    }
    ++matrix.rows;
  }

  std::vector<PhoneSpan> spoken_;
};

}  // namespace euphone
