#include "align/align_invariants.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "align/align.h"

namespace euphone {
namespace {

/// Log-probabilities of `classes` classes: peaks, ties and −∞ all occur.
Matrix RandomPosteriors(std::mt19937& random, std::size_t rows, std::size_t classes) {
  Matrix matrix = Matrix::Filled(rows, classes, -6.0F);
  for (float& value : matrix.values) {
    const auto dice = random() % 10;
    if (dice == 0) value = 0.0F;
    if (dice == 1) value = -std::numeric_limits<float>::infinity();
    if (dice > 5) value = -static_cast<float>(random() % 80) / 10.0F;
  }
  return matrix;
}

TEST(Align, KeepsItsPromisesOnAnyInput) {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    const std::size_t classes = 2 + random() % 6;
    const std::size_t rows = 1 + random() % 40;
    std::vector<AlignWord> words(1 + random() % 6);
    for (AlignWord& word : words) {
      word.variants.resize(1 + random() % 3);
      word.sentence_start = random() % 3 == 0;
      for (std::vector<int>& variant : word.variants) {
        variant.resize(1 + random() % 4);
        for (int& phone : variant) phone = static_cast<int>(random() % (classes - 1));
      }
    }
    AlignConfig config;
    config.costs.restart = static_cast<double>(random() % 3);
    config.costs.insertion = static_cast<double>(random() % 3);
    config.costs.omission = static_cast<double>(random() % 3);
    config.false_start_phones = 1 + random() % 2;
    config.beam = 1.0 + static_cast<double>(random() % 50);
    config.max_active_words = 1 + random() % 8;
    config.boundaries.slack = random() % 10;
    const Matrix ctc = RandomPosteriors(random, rows, classes);
    const Matrix frames = RandomPosteriors(random, rows, classes);
    const Result<Alignment> alignment = Align(ctc, frames, words, config);
    ASSERT_TRUE(alignment.has_value());
    EXPECT_EQ(FindViolation(*alignment, words, rows), "") << "round " << round;
    EXPECT_FALSE(std::isnan(alignment->fit));
  }
}

}  // namespace
}  // namespace euphone
