#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "align/align_config.h"
#include "align/alignment.h"
#include "align/frame_costs.h"
#include "align/graph.h"

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
/// Memory: per frame, one byte for each phone and 8 for each word among the active words.
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

  /// Log-likelihood ratio of that reading to the best free phone path, departures paid for; ≤ 0.
  double score() const { return End().score; }

 private:
  /// How a junction was reached in one frame: the best of each way.
  struct WordTrace {
    std::uint8_t arrival = 0;   ///< kFromGap, kFromInsertion, kFromVariant + variant of w − 1.
    std::uint8_t junction = 0;  ///< kByArrival, kByRestart, kByOmission.
    bool omission_goes_on = false;  ///< Word w − 2 was left out, too.
    bool insertion_begins = false;  ///< The inserted speech at this junction begins here.
    std::uint16_t restart = 0;      ///< kFromLater, kFromNext, kFromInside + 2 · phone + blank.
  };
  /// Scores after the last frame (kNone: not active) of what lies at and behind a junction.
  struct WordState {
    float junction, gap, insertion;
    float arrival, restart, omission;  ///< The ways to the junction.
    float finished, inside;            ///< Word w at its end; where it may be broken off.
    float best;                        ///< Of all states.
    std::uint8_t variant;              ///< That finished best.
    WordTrace trace;
  };
  struct PhoneState {
    float phone, blank;
  };
  struct FrameTrace {
    std::size_t first_word, words;  ///< words: index of the first word's in word_traces_.
    std::size_t first_phone, phones;
  };
  struct Ending {
    double score;
    std::size_t word;  ///< The words from here on are left out.
    bool omission_goes_on;
  };
  struct Cursor;

  void SearchWord(std::size_t word);
  void JoinWords();
  std::size_t GoBack(std::size_t begin, std::size_t end);
  std::size_t GoOn(std::size_t begin, std::size_t end);
  float OmissionCost(std::size_t word) const;
  void Narrow(std::size_t begin, std::size_t end);
  void Forget(std::size_t word);
  Ending End() const;

  const WordTrace& TraceOf(std::size_t frame, std::size_t word) const;
  Reading TraceWord(Cursor& at, std::size_t phone, bool blank) const;
  Reading TraceInsertion(Cursor& at) const;

  const AlignGraph& graph_;
  AlignConfig config_;
  FrameCosts costs_;
  std::vector<PhoneState> phones_;    ///< By position of the graph.
  std::vector<WordState> words_;      ///< By word, the end of the text included.
  std::size_t first_ = 0, last_ = 1;  ///< The active words [first, last).
  float threshold_ = 0.0F;            ///< Scores below are given up.
  std::vector<FrameTrace> frames_;
  std::vector<WordTrace> word_traces_;
  std::vector<std::uint8_t> phone_traces_;
  std::vector<std::uint16_t> likeliest_;  ///< Class, by frame.
};

}  // namespace euphone
