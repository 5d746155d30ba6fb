#pragma once

#include <memory>
#include <utility>

#include "base/result.h"
#include "base/units.h"
#include "model/acoustic_model.h"
#include "model/acoustic_stream.h"

namespace euphone {

/// Hears a recording as live speech is heard: in the windows of a streaming model, one after the
/// other, however long it is. What it says differs a little from hearing all at once.
class LiveHearing final : public AcousticModel {
 public:
  explicit LiveHearing(std::unique_ptr<const StreamingModel> model) : model_(std::move(model)) {}

  const AcousticSpec& spec() const override { return model_->spec(); }

  /// Fails also with kInvalidArgument where `pcm` is shorter than one step.
  Result<Posteriors> Run(PcmView pcm) const override;

 private:
  std::unique_ptr<const StreamingModel> model_;
};

}  // namespace euphone
