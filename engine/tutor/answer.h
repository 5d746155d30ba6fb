#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "coach/knowledge.h"
#include "tutor/search.h"

namespace euphone {

/// What an answer says out of one passage, and out of which.
struct AnswerPart {
  std::string passage;  ///< Its id: the citation.
  std::string title, heading;
  std::vector<std::string> lines;  ///< Paragraphs or tips, as they stand in the passage.
};

/// "TITLE: HEADING".
std::string TitleOf(const AnswerPart& part);

/// An answer that only quotes. Nothing in it that no passage says.
struct Answer {
  std::vector<AnswerPart> parts;  ///< Best first; empty: nothing that is known answers this.
};

/// What is said in place of an empty answer.
inline constexpr std::string_view kNothingKnown =
    "I know nothing of that. Ask me about a sound (\"how do I make the th sound\"), two words that "
    "you mix up (\"ship or sheep\"), stress, rhythm, or your first language.";

/// Quotes the best hit and what goes with it: tips with their explanation. At most `most` parts,
/// and none where the hits have little to do with the question. Pure.
Answer Extract(const SearchResult& result, std::size_t most = 2);

}  // namespace euphone
