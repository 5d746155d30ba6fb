#pragma once

#include <cstddef>
#include <string>

#include "base/units.h"
#include "score/analysis.h"

namespace euphone::server {

/// A take that was judged.
struct HeardTake {
  std::string session = {};  ///< Of a live lesson; empty: a recording that was sent.
  std::string text;          ///< What the analysis is of; empty: nobody gave one.
  std::string lesson, item;  ///< Where the text came from; empty: from the client.
  std::size_t sentence = 0;  ///< Of the text, from 0.
  std::size_t take = 1;      ///< Of the sentence, from 1.
  PcmView pcm;               ///< What was judged, at kRecordingRate.
  const Analysis& analysis;
};

/// Who wants to hear of each finished take, for instance to keep it. Thread: any, several at once.
class TakeLog {
 public:
  virtual ~TakeLog() = default;
  /// Called once for each take, when it is settled; what it refers to ends with the call.
  virtual void OnTake(const HeardTake& take) = 0;
};

}  // namespace euphone::server
