#pragma once

#include <string>

#include "base/units.h"
#include "coach/advice.h"
#include "score/analysis.h"
#include "server/context.h"

namespace euphone::server {

/// A take that was judged.
struct HeardTake {
  std::string learner = {};  ///< Whose; empty: that of Config::learner.
  std::string lesson = {}, item = {};
  PcmView pcm;  ///< What was judged, at kRecordingRate.
  const Analysis& analysis;
};

/// Whether takes of this learner are kept; an empty name as above.
bool Keeps(const Context& context, const std::string& learner);

/// What the coach knows of this learner; an empty name as above. Nothing where the store cannot be
/// read, which KeepTake() tells. Thread: any.
LearnerRecord RecordOf(Context& context, const std::string& learner);

/// Keeps a take that ends now, in the store, and counts what could not be kept; tells whoever sits
/// before the device of that, too. Returns its UUID. Thread: any. Fails: as AddTake; kNotFound: no
/// such learner.
Result<std::string> KeepTake(Context& context, const HeardTake& take);

}  // namespace euphone::server
