#pragma once

#include <cstddef>

namespace euphone {

/// What each departure from the text costs while the words are searched for, in nats; a frame that
/// the best free phone explains costs nothing. Chosen on learner and native speech with words cut
/// out and spliced in (docs/decisions/014-alignment.md).
struct AlignCosts {
  double substituted_phone = 5.5;  ///< At most this for a phone where another one was said.
  double deleted_phone = 6.0;      ///< At most this for a phone where nothing was said.
  double extra_phone = 4.0;        ///< Each phone that was said within or between words.
  double omission = 1.0;           ///< For a run of words left out, and
  double omitted_phone = 1.0;      ///< for each phone in it (of the shortest pronunciations).
  double insertion = 4.0;          ///< For a stretch of speech that is not in the text, and
  double inserted_phone = 1.9;     ///< for each phone in it; cheaper than `extra_phone` when long.
  double restart = 6.0;            ///< For going back to an earlier word, again for each sentence
                                   ///< that begins in between, and
  double restarted_word = 0.5;     ///< for each other word gone back beyond the first.
  /// What each phone of a word that is read is worth. Nothing where the end of the recording is
  /// known: what was not read by then counts as left out. Before that, staying behind must cost
  /// something, or any doubt would be taken for speech that is not in the text.
  double read_phone = 0.0;
};

/// How the exact times of phones are found, costs in nats. Frames are those of the posteriors.
struct BoundaryConfig {
  std::size_t slack = 8;       ///< Frames by which a phone may reach past its neighbours' spikes.
  double short_phone = 3.0;    ///< For a phone of one frame (shorter than any real one).
  double pause_in_word = 4.0;  ///< For silence between two phones of a word.
  double other_phone = 3.0;    ///< At most this for a frame in which another phone is likelier.
  /// Each frame costs `pull` for each frame of distance from the phone's spike (at most
  /// `pull_range` frames, which is what silence costs): nothing where the framewise posteriors are
  /// clear, the midpoint between spikes where they are not.
  double pull = 0.02;
  std::size_t pull_range = 8;
};

struct AlignConfig {
  AlignCosts costs;
  BoundaryConfig boundaries;
  /// By how many nats per phone a reading that departs from the text (stops half-way, starts again,
  /// says something else before or after) must fit better than the whole text would have to.
  double departure = 1.2;
  std::size_t false_start_phones = 2;  ///< A false start has at least this many phones, ≥ 1.
  std::size_t inserted_phones = 2;     ///< Inserted speech of fewer phones is not reported.
  double beam = 200.0;                 ///< Readings this many nats behind the best are given up.
  std::size_t max_active_words = 256;  ///< Words considered at a time; bounds time and memory, ≥ 1.
};

}  // namespace euphone
