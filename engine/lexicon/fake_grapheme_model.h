#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "model/grapheme_model.h"

namespace euphone::fixture {

/// A model for tests that gives the same table of log-probabilities for every word.
class FakeGraphemeModel : public GraphemeModel {
 public:
  FakeGraphemeModel(std::vector<std::string> classes, Matrix answer)
      : spec_{"fake", "1", {"<pad>", "'", "b", "l", "o", "r", "p"}, std::move(classes)},
        answer_(std::move(answer)) {}

  const GraphemeSpec& spec() const override { return spec_; }
  Result<Matrix> Run(std::span<const std::int64_t> letters) const override {
    if (letters.empty()) return Error{Errc::kInvalidArgument, "no letters"};
    return answer_;
  }

 private:
  GraphemeSpec spec_;
  Matrix answer_;
};

}  // namespace euphone::fixture
