#pragma once

#include "lexicon/phone_set.h"
#include "score/analysis.h"

namespace euphone::fixture {

/// The phones of contract/phones.en-us.json.
PhoneSet EnglishPhones();

/// "Thank you, Zoë! 😀": "Thank" with s for th, a pause and an "um" that the text does not have,
/// "you" clear, "Zoë" left out.
Analysis Example(const PhoneSet& phones);

/// "I love green tea.", all clear.
Analysis Perfect(const PhoneSet& phones);

/// Two sentences with most of what can happen: a sound that is heard twice as another, one that is
/// dropped, wrong stress, a repeated word, a missing pause, a word nobody can judge, a guessed
/// pronunciation, a noisy room; with claims about what is evident.
Analysis Story(const PhoneSet& phones);

/// Example's text: something else was said; the microphone was off; nothing of it was read.
Analysis WrongText(const PhoneSet& phones);
Analysis Withheld(const PhoneSet& phones);
Analysis AllOmitted(const PhoneSet& phones);

/// Perfect's recording, for which no text was given: one was recognised, or nothing was.
Analysis Recognised(const PhoneSet& phones);
Analysis Unrecognised();

/// No words at all.
Analysis Empty();

}  // namespace euphone::fixture
