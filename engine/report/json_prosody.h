#pragma once

#include "report/json_values.h"
#include "score/analysis.h"

namespace euphone {

/// The part "prosody" of euphone.analysis/1.
Json PlaceJson(const ProsodyPlace& place);
Json ProsodyJson(const Analysis& analysis);

}  // namespace euphone
