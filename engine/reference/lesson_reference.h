#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "lesson/lesson_pack.h"
#include "lexicon/lexicon.h"
#include "reference/reference_voice.h"

namespace euphone {

/// How a lesson's sentence should sound: its recording where it has one, slowed down for
/// Pace::kSlow (a recording has no word times), else what `voice` says. Fails: as ReadRecording(),
/// StretchTime() and ReferenceVoice::Say().
Result<Reference> ReferenceOf(const LessonItem& item, ReferenceVoice& voice, Pace pace);

/// One word of `text`: cut out of the sentence, where it stands in it, else said alone with the
/// first pronunciation that `lexicon` has. Fails: as ReferenceVoice; kInvalidArgument where `word`
/// is several.
Result<Reference> ReferenceOfWord(std::string_view word, std::string_view text,
                                  const Lexicon& lexicon, ReferenceVoice& voice, Pace pace);

}  // namespace euphone
