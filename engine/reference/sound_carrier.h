#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "lexicon/phone_set.h"

namespace euphone {

/// A syllable to hear one sound in, since many cannot be said alone.
struct SoundCarrier {
  std::vector<Phone> phones;
  std::string name;  ///< "th-ah", for people and for the voice's word.
};

/// A vowel between h and d, as phoneticians have it ("heed", "hid", "had"); a consonant before the
/// vowel of "father", or where English has it at the end only (NG), after that of "sing"; a ZH
/// between two vowels. `phones` must be English. `symbol` is ARPAbet, as PhoneSet::ParsePhone()
/// takes it. Pure. Fails: kInvalidArgument (no such sound).
Result<SoundCarrier> CarrierOf(std::string_view symbol, const PhoneSet& phones);

}  // namespace euphone
