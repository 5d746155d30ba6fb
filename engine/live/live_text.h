#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "session/prepared_text.h"

namespace euphone {

/// A sentence of a live text. It is prepared for itself, so that judging it is the same as judging
/// a recording of it with this text.
struct LiveSentence {
  std::string text;
  std::size_t first_word = 0;  ///< In the whole text.
  std::size_t begin = 0;       ///< Byte of the whole text at which `text` begins.
  PreparedText prepared;
  std::size_t word_count() const { return prepared.script.words.size(); }
  std::size_t last_word() const { return first_word + word_count() - 1; }  ///< In the whole text.
};

/// A text of any number of sentences that is to be read aloud. Its words are those of the
/// sentences, one after the other.
class LiveText {
 public:
  /// Fails: as PrepareText.
  static Result<LiveText> Create(const Lexicon& lexicon, std::string_view text,
                                 const TextOptions& options);

  const std::string& text() const { return text_; }
  const std::vector<LiveSentence>& sentences() const { return sentences_; }
  std::size_t word_count() const { return sentence_of_.size(); }

  /// REQUIRES: word < word_count().
  std::size_t SentenceOf(std::size_t word) const { return sentence_of_[word]; }
  const SpokenWord& Word(std::size_t word) const;
  /// Its written token in text().
  TextSpan SpanOf(std::size_t word) const;

  /// All words for an aligner; each may be left out.
  std::vector<AlignWord> Words() const;

 private:
  std::string text_;
  std::vector<LiveSentence> sentences_;
  std::vector<std::size_t> sentence_of_;
};

}  // namespace euphone
