#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"

namespace euphone {

/// What a text that somebody else wrote for a learner may rest on.
struct Grounds {
  std::vector<std::string> passages = {};  ///< That were given for it to be written from.
  std::vector<std::string> record = {};    ///< Of own_record.h: all that may be said of her sounds.
  std::string question = {};
  std::string learner = {};  ///< Her name; empty: nobody's.
};

/// Why a text may not be shown to the learner as an answer, in a few words; nothing: it may.
///
/// Nobody who wrote it heard her, so it may say nothing of how she speaks but a sentence of the
/// record, word for word. Everything else that speaks of her own sounds is objected to, whoever is
/// meant to say it: "your TH is weak", "it always comes out as S", "I heard an S", "well done".
/// What to do ("put your tongue …", "if it hisses, …") and what holds for anybody ("German speakers
/// often say S") is no such thing. So that nothing slips by, it must also be English in its own
/// letters without addresses, and its figures must be those of the passages. The rules would rather
/// object to a good sentence than let a claim pass (docs/decisions/054-claims-by-the-record.md).
/// Pure.
std::optional<std::string> ObjectionTo(std::string_view text, const Grounds& grounds,
                                       const Lexicon& lexicon);

}  // namespace euphone
