#pragma once

#include <string>

#include "audio/audio_reader.h"
#include "base/result.h"
#include "model/recogniser.h"
#include "score/analysis.h"
#include "session/analyzer.h"

namespace euphone {

/// Scores speech that no text was given for: `recogniser` writes down what was said, `analyzer`
/// scores the recording against that, and the Analysis says that its text was recognised. Every
/// word counts as said, for the recogniser heard it. Nobody knows what should have been said, so
/// that completeness is not measured. Where the recording allows no score, nothing is written down;
/// where no word is recognised, there is none. Both have the verdict kWithheld and an empty script;
/// quality says which it is. Thread: as its parts. Fails: kInvalidArgument for a recogniser of
/// another rate than kRecordingRate; as Transcribe() and Analyze() do.
Result<Analysis> AnalyzeFreeSpeech(const Analyzer& analyzer, const Recogniser& recogniser,
                                   const Recording& recording, std::string id);

}  // namespace euphone
