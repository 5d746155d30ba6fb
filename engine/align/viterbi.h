#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "align/align_config.h"
#include "align/alignment.h"
#include "align/frame_costs.h"
#include "align/graph.h"
#include "align/traceback.h"

namespace euphone {

/// The best way through a text, frame by frame: a CTC Viterbi search over its words and the ways to
/// depart from them. A junction lies before each word and after the last:
///
///   junction w → word w (one of its chains) → junction w + 1     word w is read
///   junction w → junction w + 1                                  word w is left out
///   junction w → gap → junction w                                silence
///   junction w → inserted speech → junction w                    speech that is not in the text
///   junction w + 1, or inside word w → junction u ≤ w            back to u
///
/// In a chain each phone has a state, and so has the blank after it. A phone begins at its CTC
/// log-probability or, at a bounded cost, on whatever was said there (FrameCosts).
/// Memory: per frame that is not forgotten, one byte for each phone and 8 for each word among the
/// active words.
class Viterbi {
 public:
  /// `graph` must outlive this object; `class_count` is the one it was built with.
  Viterbi(const AlignGraph& graph, std::size_t class_count, const AlignConfig& config);

  /// Takes the next CTC frame: natural-log probabilities, no NaN.
  void Advance(std::span<const float> log_probs);

  /// The best reading if the recording ended here, as visits in time order: kRead for a word up to
  /// its end, kRepeated for one broken off, kInserted. Spans are those of the CTC spikes. Omitted
  /// words are not among them. May be called after any frame.
  std::vector<Reading> Trace() const;

  /// The best reading of what has been said so far, whatever comes next.
  struct Progress {
    std::vector<Reading> visits;     ///< As above, those that end after frame `since`.
    std::optional<Reading> current;  ///< The word that is being said: its phones so far.
    std::size_t next = 0;            ///< The word that comes then; the text's end: word_count().
  };
  /// `pausing`: nothing has been said for a moment, so that no word is in the middle: one is taken
  /// for read without its last sounds, or for broken off, whichever is likelier.
  Progress TraceNow(std::size_t since, bool pausing) const;

  /// Frees what is known of frames before `frame`: no trace will reach back beyond it.
  void Forget(std::size_t frame) { traces_.Forget(frame); }

  std::size_t frames() const { return traces_.frames(); }

  /// Log-likelihood ratio of that reading to the best free phone path, departures paid for; ≤ 0
  /// where reading is worth nothing.
  double score() const { return End().score; }

 private:
  /// Scores after the last frame (kNone: not active) of what lies at and behind a junction.
  struct WordState {
    float junction, gap, insertion;
    float arrival, restart, omission;  ///< The ways to the junction.
    float finished, inside;            ///< Word w at its end; where it may be broken off.
    float best;                        ///< Of all states.
    std::uint8_t variant;              ///< That finished best.
    Traceback::WordTrace trace;
  };
  struct PhoneState {
    float phone, blank;
  };
  struct Ending {
    double score;
    std::size_t word;  ///< The words from here on are left out.
    bool omission_goes_on;
  };

  void SearchWord(std::size_t word, std::span<std::uint8_t> traces);
  void JoinWords();
  std::size_t GoBack(std::size_t begin, std::size_t end);
  std::size_t GoOn(std::size_t begin, std::size_t end);
  float OmissionCost(std::size_t word) const;
  void Narrow(std::size_t begin, std::size_t end);
  void Deactivate(std::size_t word);
  Ending End() const;

  const AlignGraph& graph_;
  AlignConfig config_;
  FrameCosts costs_;
  std::vector<PhoneState> phones_;    ///< By position of the graph.
  std::vector<WordState> words_;      ///< By word, the end of the text included.
  std::size_t first_ = 0, last_ = 1;  ///< The active words [first, last).
  float threshold_ = 0.0F;            ///< Scores below are given up.
  Traceback traces_;
};

}  // namespace euphone
