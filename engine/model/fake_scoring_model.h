#pragma once

#include <functional>
#include <utility>

#include "model/scoring_model.h"

namespace euphone {

/// A scoring model that answers what a test tells it to.
/// Thread: as safe as the script.
class FakeScoringModel final : public ScoringModel {
 public:
  using Script = std::function<Result<ScoringOutput>(const ScoringInput& input)>;

  FakeScoringModel(ScoringSpec spec, Script script)
      : spec_(std::move(spec)), script_(std::move(script)) {}

  const ScoringSpec& spec() const override { return spec_; }
  Result<ScoringOutput> Run(const ScoringInput& input) const override { return script_(input); }

 private:
  ScoringSpec spec_;
  Script script_;
};

}  // namespace euphone
