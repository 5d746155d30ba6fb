#pragma once

#include "coach/drills.h"
#include "lexicon/language_pack.h"
#include "report/json_values.h"

namespace euphone {

/// The part "drill" of euphone.practice/1. `vocabulary`: what it was made of.
Json DrillJson(const Drill& drill, const Vocabulary& vocabulary, const LanguagePack& pack);

}  // namespace euphone
