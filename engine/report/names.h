#pragma once

#include <string_view>

#include "audio/quality.h"
#include "coach/drill_chance.h"
#include "coach/feedback.h"
#include "lexicon/pronunciation.h"
#include "score/analysis.h"

namespace euphone {

/// The names that machines read: lower case, words joined by "_"; part of the published formats,
/// so never translated and never changed.
std::string_view Name(Verdict verdict);
std::string_view Name(TextSource source);
std::string_view Name(ContentKind kind);
std::string_view Name(Band band);
std::string_view Name(WordError error);
std::string_view Name(Claim claim);
std::string_view Name(Certainty certainty);
std::string_view Name(Origin origin);
std::string_view Name(FindingKind kind);
std::string_view Name(Severity severity);
std::string_view Name(FocusKind kind);
std::string_view Name(PraiseKind kind);
std::string_view Name(PlaceKind kind);
std::string_view Name(Movement movement);
std::string_view Name(AskedMovement movement);
std::string_view Name(BreakKind kind);
std::string_view Name(DrillKind kind);
std::string_view Name(SoundPlace place);

}  // namespace euphone
