#pragma once

#include "coach/knowledge.h"
#include "lexicon/lexicon.h"

namespace euphone::fixture {

/// The language pack of the build, without a model for words that it does not list.
const Lexicon& ShippedLexicon();

/// The knowledge base of the repository.
const Knowledge& ShippedKnowledge();

}  // namespace euphone::fixture
