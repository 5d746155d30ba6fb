#pragma once

#include <cstddef>
#include <vector>

namespace euphone {

/// A word to be found: one or more pronunciations as phone ids (column of the posteriors = id + 1).
struct AlignWord {
  std::vector<std::vector<int>> variants;  ///< None empty.
  bool sentence_start = false;             ///< Readers rarely restart before it.
  bool required = false;                   ///< Never taken for left out, however little fits it.
};

/// Frames [begin, end) in which one phone was spoken.
struct PhoneSpan {
  int phone = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

enum class ReadingKind {
  kRead,      ///< The word, where the text has it.
  kOmitted,   ///< Not spoken: no frames; stands where it should have been.
  kRepeated,  ///< A word (or its beginning) said again, or a false start before the reading that
              ///< counts.
  kInserted,  ///< Speech that the text does not have; `phones` is what was heard, `word` is the
              ///< next word of the text.
};

/// One step of the reading, in time order.
struct Reading {
  ReadingKind kind = ReadingKind::kRead;
  std::size_t word = 0;     ///< Index into the given words.
  std::size_t variant = 0;  ///< Which pronunciation fitted best (kRead, kRepeated).
  std::size_t begin = 0;    ///< Frames [begin, end); empty for kOmitted.
  std::size_t end = 0;
  std::vector<PhoneSpan>
      phones;  ///< For kRepeated perhaps only the first few phones of the variant.
};

/// What was read, as far as the audio tells.
struct Alignment {
  std::vector<Reading>
      readings;  ///< Every word once as kRead or kOmitted, in text order, others between.
  /// How well the audio fits the text, as a whole or as far as it was read (ForcedFit), nats per
  /// phone; 0 at best, −100 at worst. Wrong text is far below right text.
  double fit = 0.0;
  /// Its words were taken as read, and looking again at those left out tells nothing.
  bool settled = false;
  /// What a text of the same phones gets by chance (ChanceFit), on the same scale.
  double chance_fit = 0.0;
};

}  // namespace euphone
