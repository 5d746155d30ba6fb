#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "evaluate/rated_corpus.h"

namespace euphone::cli {

/// What the user asks of `euphone evaluate`.
struct EvaluateOptions {
  std::string corpus, out, predictions, report, bundle, speakers;
  std::string half;  ///< "train", "test", "both"; empty: the reader's default.
  std::vector<std::string> skip;
  std::size_t limit = 0;  ///< 0: all.
  std::size_t jobs = 0;   ///< 0: the number of cores.
  std::size_t stability = 200;
  std::uint64_t seed = 1;
  double flag_below = 5.0;
  bool json = false;

  bool wrong_text() const { return skip.empty(); }
};

/// What the option parser cannot check by itself; empty if all is well.
std::string Contradiction(const EvaluateOptions& options);

/// Speakers' names: a JSON list of texts, or one a line, where blank lines and lines that begin
/// with '#' are skipped. `name` is for messages. Fails: kCorrupt; kInvalidArgument for none.
Result<std::set<std::string>> ParseSpeakers(const std::string& content, const std::string& name);

/// The recordings that are to be evaluated: of the chosen speakers, the first --limit of them.
/// Fails: kInvalidArgument for a speaker whom the corpus does not have, and as ParseSpeakers.
Result<std::vector<RatedRecording>> Chosen(std::vector<RatedRecording> recordings,
                                           const EvaluateOptions& options);

}  // namespace euphone::cli
