#pragma once

#include <cstddef>

#include "base/result.h"
#include "model/acoustic_model.h"
#include "model/acoustic_stream.h"
#include "model/bundle.h"
#include "model/grapheme_model.h"
#include "model/recogniser.h"
#include "model/scoring_model.h"
#include "model/sentence_encoder.h"

namespace euphone {

/// How a model did on the reference run of its bundle.
struct SelfTestReport {
  std::size_t frames = 0;  ///< Frames or steps compared; 0 for a recogniser.
  /// Of the output that differs most: the mean over its frames of the total variation distance of
  /// what was given and what was expected, 0 to 1. Processors round differently, and in int8 that
  /// moves single frames by a tenth; what computes wrongly is far off in most of them.
  double difference = 0;
};

/// Checks every file of the bundle (SHA-256), runs its reference input through `model`, which was
/// opened from it, and compares with the expected output. Fails: kCorrupt for a damaged file or an
/// answer outside the tolerance; and as Run() does.
Result<SelfTestReport> RunSelfTest(const Bundle& bundle, const AcousticModel& model);
Result<SelfTestReport> RunSelfTest(const Bundle& bundle, const GraphemeModel& model);
/// Vectors differ by the mean difference of their numbers as a share of the mean size expected.
Result<SelfTestReport> RunSelfTest(const Bundle& bundle, const SentenceEncoder& model);

/// The same for a recogniser, which must write the expected text to the letter.
Result<SelfTestReport> RunSelfTest(const Bundle& bundle, const Recogniser& model);

/// Lets `scorer` judge the reference input of the bundle, as if it held one phone after the other
/// in words of two. No answer is expected of it, so that only a scorer that cannot run at all, or
/// not on what this acoustic model gives, fails. Gives the number of its members. Fails: kInternal
/// if the input has too few frames; and as Run() does.
Result<std::size_t> TryScorer(const Bundle& bundle, const AcousticModel& model,
                              const ScoringModel& scorer);

/// Lets `model` hear the reference input of an acoustic bundle in pieces of 10 ms. Gives the number
/// of frames, those of all whole steps. Fails: kInternal if there are others; and as Push() does.
Result<std::size_t> TryStream(const Bundle& bundle, const StreamingModel& model);

}  // namespace euphone
