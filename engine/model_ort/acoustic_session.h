#pragma once

#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "model/acoustic_model.h"
#include "model/bundle.h"
#include "model/manifest.h"
#include "model/model_options.h"
#include "model_ort/ort_session.h"

namespace euphone {

/// The states of a model that streams, in the manifest's order; empty for one that does not.
using States = std::vector<std::vector<float>>;

/// An acoustic network as its manifest describes it. Internal to this module.
/// Thread: const members may be called from several threads at once.
class AcousticSession {
 public:
  /// `entry` is that of the bundle. Fails as InferenceSession::Open.
  static Result<AcousticSession> Open(const Bundle& bundle, const AcousticEntry& entry,
                                      const ModelOptions& options);

  const AcousticEntry& entry() const { return entry_; }

  /// All zero, as at the beginning of a recording.
  States FreshStates() const;

  /// Hears a whole clip or, if the model streams, a window of StreamSpec's lengths, and moves
  /// `states` on. Fails: kInvalidArgument for a sample that is not finite; kInternal.
  Result<Posteriors> Hear(PcmView pcm, States& states) const;

 private:
  AcousticSession(AcousticEntry entry, InferenceSession session)
      : entry_(std::move(entry)), session_(std::move(session)) {}

  AcousticEntry entry_;
  InferenceSession session_;
};

}  // namespace euphone
