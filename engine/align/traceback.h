#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "align/alignment.h"
#include "align/graph.h"

namespace euphone {

/// How each frame of a Viterbi search was reached, and the way back. What lies before a frame can
/// be forgotten, so that a search without an end keeps its memory.
/// Frames are counted from the first one of the search, whatever has been forgotten.
class Traceback {
 public:
  /// How a junction was reached in one frame: the best of each way.
  enum Arrival : std::uint8_t { kFromGap, kFromInsertion, kFromVariant };
  enum Junction : std::uint8_t { kByArrival, kByRestart, kByOmission };
  enum Restart : std::uint16_t { kFromLater, kFromNext, kFromInside };
  struct WordTrace {
    std::uint8_t arrival = 0;   ///< kFromGap, kFromInsertion, kFromVariant + variant of w − 1.
    std::uint8_t junction = 0;  ///< kByArrival, kByRestart, kByOmission.
    bool omission_goes_on = false;  ///< Word w − 2 was left out, too.
    bool insertion_begins = false;  ///< The inserted speech at this junction begins here.
    std::uint16_t restart = 0;      ///< kFromLater, kFromNext, kFromInside + 2 · phone + blank.
  };

  /// How a phone's two states were reached: where the phone's came from, and a bit for the blank's.
  static constexpr std::uint8_t kPhoneStays = 0, kPhoneAfterPhone = 1, kPhoneAfterBlank = 2;
  static constexpr std::uint8_t kPhoneMask = 3, kBlankAfterPhone = 4;

  /// Junction `word` after frame `frames` − 1.
  struct Cursor {
    std::size_t frames = 0;
    std::size_t word = 0;
  };

  /// `graph` must outlive this object.
  explicit Traceback(const AlignGraph& graph) : graph_(graph) {}

  /// A new frame in which positions [begin, end) are searched. Gives where to write what is known
  /// of them, position `begin` first; valid until the next call.
  std::span<std::uint8_t> AddFrame(std::uint16_t likeliest, std::size_t begin, std::size_t end);

  /// The junctions of that frame, those of words [first, first + traces.size()).
  void AddJunctions(std::size_t first) { frames_.back().first_word = first; }
  void AddJunction(const WordTrace& trace) { word_traces_.push_back(trace); }

  std::size_t frames() const { return forgotten_ + frames_.size(); }

  /// The visits on the way to `at`, in time order, back to frame `since`; `omitting`: words before
  /// `at` were left out. A visit that reaches back beyond what is known is cut there.
  std::vector<Reading> Visits(Cursor at, bool omitting, std::size_t since) const;

  /// The word that was at position `phone` (or the blank behind it) after `at`; moves `at` to the
  /// junction before it.
  Reading Word(Cursor& at, std::size_t phone, bool blank) const;

  /// Frees what is known of the frames before `frame`.
  void Forget(std::size_t frame);

 private:
  struct Frame {
    std::size_t first_word, words;  ///< words: where the first word's trace lies.
    std::size_t first_phone, phones;
  };

  const WordTrace& Of(std::size_t frame, std::size_t word) const;
  std::uint8_t OfPhone(std::size_t frame, std::size_t phone) const;
  Reading Insertion(Cursor& at) const;

  const AlignGraph& graph_;
  std::vector<Frame> frames_;  ///< Of frame forgotten_ and later; offsets count from the start.
  std::vector<WordTrace> word_traces_;
  std::vector<std::uint8_t> phone_traces_;
  std::vector<std::uint16_t> likeliest_;  ///< Class, by frame.
  std::size_t forgotten_ = 0, forgotten_words_ = 0, forgotten_phones_ = 0;
};

}  // namespace euphone
