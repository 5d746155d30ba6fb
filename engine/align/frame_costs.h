#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "align/align_config.h"
#include "align/alignment.h"
#include "base/matrix.h"

namespace euphone {

/// What one CTC frame says, in nats relative to its likeliest class: 0 is best, less is worse. The
/// sum along a path is thus its log-likelihood ratio to the best free phone path.
/// A run is a stretch of frames with the same likeliest phone: one phone of the free path.
class FrameCosts {
 public:
  FrameCosts(std::size_t class_count, const AlignCosts& costs);

  /// Takes the next frame: `log_probs` as in Align, same number of classes as at construction.
  void Next(std::span<const float> log_probs);

  float stay(std::size_t c) const { return stay_[c]; }    ///< The phone of column c goes on.
  float enter(std::size_t c) const { return enter_[c]; }  ///< It begins here, or is missing here.
  float blank() const { return blank_; }  ///< No phone of the word, or an extra one.
  float gap() const { return gap_; }      ///< Silence between words.
  float extra() const { return extra_; }  ///< Part of inserted speech.
  std::uint16_t likeliest() const { return likeliest_; }  ///< Column; 0 is the blank.

 private:
  float substituted_, deleted_, extra_phone_, inserted_phone_;
  std::vector<float> stay_, enter_;
  float blank_ = 0.0F;
  float gap_ = 0.0F;
  float extra_ = 0.0F;
  std::uint16_t likeliest_ = 0;
};

/// Appends the runs of `likeliest` (a column per frame) that begin in [begin, end) to `phones`.
void AppendRuns(std::span<const std::uint16_t> likeliest, std::size_t begin, std::size_t end,
                std::vector<PhoneSpan>& phones);

}  // namespace euphone
