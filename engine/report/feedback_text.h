#pragma once

#include <cstddef>
#include <string>

#include "coach/feedback.h"
#include "lexicon/phone_set.h"
#include "report/phrases.h"
#include "score/analysis.h"

namespace euphone {

/// The word as the learner sees it: as written ("Zoë"), as spoken where a written token is several
/// words ("nineteen" of "1998"), in IPA between slashes if the text does not have it.
std::string ShownWord(const Analysis& analysis, const PhoneSet& phones, std::size_t word);

/// “th” or, where the letters alone would not tell, “th” (as in “this”).
std::string ShownSound(const Phrases& phrases, const PhoneSet& phones, Phone phone,
                       std::string_view written_word);

std::string PraiseText(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                       const Praise& praise);

/// What was not right with stress, phrasing or melody, and where, one sentence.
std::string PlaceText(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                      std::size_t word, const ProsodyPlace& place);

/// What was not right, one sentence.
std::string FocusText(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                      const Focus& focus);

/// What to do about it, one sentence.
std::string FocusHint(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                      const Focus& focus);

/// Words of the text that were read, omitted ones left out.
std::size_t WordsRead(const Analysis& analysis);

}  // namespace euphone
