#pragma once

#include <utility>

#include "model/recogniser.h"

namespace euphone {

/// A recogniser that writes what a test tells it to, whatever it hears.
/// Thread: safe.
class FakeRecogniser final : public Recogniser {
 public:
  FakeRecogniser(RecogniserSpec spec, Result<Transcript> answer)
      : spec_(std::move(spec)), answer_(std::move(answer)) {}

  const RecogniserSpec& spec() const override { return spec_; }
  Result<Transcript> Transcribe(PcmView) const override { return answer_; }

 private:
  RecogniserSpec spec_;
  Result<Transcript> answer_;
};

}  // namespace euphone
