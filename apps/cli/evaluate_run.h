#pragma once

#include <span>

#include "evaluate/rated_corpus.h"
#include "evaluate_options.h"
#include "evaluate_part.h"
#include "installation.h"

namespace euphone::cli {

/// Runs the engine over the recordings and fills the part file; what is there already is not done
/// again, but recordings that could not be read are tried again. Each pass shows a progress bar.
/// On an interrupt it returns early: ask Interrupted(). Fails: as opening the engine and writing
/// the part file do.

/// The corpus' own text and phones, as given: the scores.
Status ScoreAll(std::span<const RatedRecording> recordings, const Engine& trusting,
                std::size_t jobs, PartFile& part);

/// Its own plain text and another recording's, believing neither.
Status TryTexts(std::span<const RatedRecording> recordings, const Engine& doubting,
                std::size_t jobs, std::uint64_t seed, PartFile& part);

/// A drawn sample under every distortion. `left_out` tells why one could not be made.
Status TryDistortions(std::span<const RatedRecording> recordings, const Engine& trusting,
                      const EvaluateOptions& options, std::size_t jobs, PartFile& part,
                      std::string& left_out);

}  // namespace euphone::cli
