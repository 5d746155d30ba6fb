#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "model/acoustic_model.h"
#include "model/acoustic_stream.h"
#include "model/manifest.h"

namespace euphone {

/// The states of a network that streams; none where it does not.
const std::vector<StateTensor>& StatesOf(const AcousticEntry& entry);

/// What some runtime has made of an acoustic bundle's network, and the whole of what it must do:
/// limits, whole clips and windows are the same for all (below).
/// Thread: Hear() may be called from several threads at once, each with its own states.
class HearingNetwork {
 public:
  /// In the manifest's order; empty for a network that does not stream.
  using States = std::vector<std::vector<float>>;

  virtual ~HearingNetwork() = default;
  virtual const AcousticEntry& entry() const = 0;

  /// Hears a whole clip or, if the network streams, a window of StreamSpec's lengths, and moves
  /// `states` on. REQUIRES: finite samples. Fails: kInternal.
  virtual Result<Posteriors> Hear(PcmView pcm, States& states) const = 0;
};

/// It hears whole clips: too short and too long ones are refused; if it streams, a clip is one long
/// window from fresh states, cut to whole steps. Run() also fails with kInvalidArgument on a sample
/// that is not finite.
std::unique_ptr<AcousticModel> AsAcousticModel(std::shared_ptr<const HearingNetwork> network);

/// It hears live speech in windows. REQUIRES: a network that streams.
std::unique_ptr<StreamingModel> AsStreamingModel(std::shared_ptr<const HearingNetwork> network);

}  // namespace euphone
