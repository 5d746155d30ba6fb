#pragma once

#include "coach/knowledge.h"

namespace euphone::fixture {

/// The knowledge base of the repository.
Knowledge EnglishKnowledge(const PhoneSet& phones);

}  // namespace euphone::fixture
