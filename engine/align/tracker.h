#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "align/align_config.h"
#include "align/alignment.h"
#include "align/graph.h"
#include "align/viterbi.h"
#include "base/matrix.h"
#include "base/result.h"

namespace euphone {

/// How far back the tracker may still change its mind.
struct TrackerConfig {
  std::size_t settle_frames = 167;  ///< What lies this far back stays as it is (2 s).
  std::size_t keep_frames = 667;    ///< How far back one visit can reach (8 s), ≥ settle_frames.
};

/// Follows a reader through a text while the frames come in: Align() without an end. Time and
/// memory for each frame depend on neither the length of the text nor that of the reading.
/// Thread: one at a time. Any cutting into pieces gives the same visits after the same frame.
class Tracker {
 public:
  /// Fails: as BuildGraph; kInvalidArgument for a senseless config.
  static Result<Tracker> Create(std::span<const AlignWord> words, std::size_t class_count,
                                const AlignConfig& align, const TrackerConfig& config = {});

  /// `ctc`: rows that follow those before, as in Align; columns as `class_count`. `pausing`: at
  /// their end nothing has been said for a moment.
  void Push(const Matrix& ctc, bool pausing = false);

  /// What was read, in time order, spans those of the CTC spikes in frames since the beginning:
  /// kRead for a word up to its end, kRepeated for one broken off, kInserted. The first settled()
  /// of them do not change any more; later ones are what is likeliest now. Those that have settled
  /// and were dropped are not among them.
  const std::vector<Reading>& visits() const { return visits_; }
  std::size_t settled() const { return settled_; }

  /// How many visits have been dropped from the front since the beginning.
  std::size_t dropped() const { return dropped_; }

  /// Drops so many of the settled visits, from the front.
  void Drop(std::size_t count);

  /// The word in the middle of which the reader is, with the phones said so far.
  const std::optional<Reading>& current() const { return current_; }

  /// The word that comes next; the number of words after the last one.
  std::size_t next() const { return next_; }

  /// Where the reader is: the word that is being said, or the one that comes next.
  std::size_t at() const { return current_ ? current_->word : next_; }

  std::size_t frames() const { return search_->frames(); }

 private:
  Tracker(std::unique_ptr<const AlignGraph> graph, std::size_t class_count,
          const AlignConfig& align, const TrackerConfig& config);

  void Look(bool pausing);
  void Settle();

  std::unique_ptr<const AlignGraph> graph_;
  std::unique_ptr<Viterbi> search_;
  TrackerConfig config_;
  std::vector<Reading> visits_;
  std::size_t settled_ = 0;
  std::size_t dropped_ = 0;
  std::size_t settled_until_ = 0;  ///< Frame at which the last settled visit ends.
  std::optional<Reading> current_;
  std::size_t next_ = 0;
};

}  // namespace euphone
