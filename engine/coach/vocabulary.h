#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "coach/knowledge.h"
#include "lesson/lesson_pack.h"
#include "lexicon/lexicon.h"

namespace euphone {

struct VocabularyWord {
  std::string text;                      ///< A lexicon key, in small letters.
  std::vector<std::vector<Phone>> ways;  ///< To say it, the usual one first; at least one.
  std::vector<Syllable> syllables;       ///< Of the usual one.
  std::size_t sentences = 0;             ///< That hold it: how common it is.
  /// May be practised by itself: in the dictionary, and written in small letters somewhere, which
  /// leaves out names, abbreviations and parts of words.
  bool plain = false;

  const std::vector<Phone>& phones() const { return ways.front(); }
};

struct VocabularySentence {
  std::string lesson, item;  ///< LessonPack::name, LessonItem::id.
  std::string text;
  std::vector<std::size_t> words;  ///< Indices into Vocabulary::words.
};

/// Words and sentences that may be put before a learner: those of the lessons and of the knowledge
/// base. The dictionary has no frequencies, and most of its words are rare, names, or unfit to be
/// read aloud in class; people chose these.
struct Vocabulary {
  std::vector<VocabularyWord> words;          ///< In alphabetical order.
  std::vector<VocabularySentence> sentences;  ///< In the order of the packs.

  /// Null: it is not there.
  const VocabularyWord* Find(std::string_view text) const;
};

/// Sentences that give a pronunciation of their own, spell letters or have a word that `lexicon`
/// does not know are left out.
Vocabulary MakeVocabulary(const Lexicon& lexicon, const Knowledge& knowledge,
                          std::span<const LessonPack> lessons);

}  // namespace euphone
