#pragma once

#include <nlohmann/json_fwd.hpp>

#include "coach/drills.h"
#include "lexicon/language_pack.h"

namespace euphone {

/// The part "drill" of euphone.practice/1. `vocabulary`: what it was made of.
nlohmann::ordered_json DrillJson(const Drill& drill, const Vocabulary& vocabulary,
                                 const LanguagePack& pack);

}  // namespace euphone
