#pragma once

#include <string>

#include "lexicon/phone_set.h"
#include "live/event.h"

namespace euphone {

/// One event as one line of JSON with a line feed, as contract/live_event.schema.json and
/// docs/formats/live-events.md say. Pure.
std::string WriteEvent(const Event& event, const PhoneSet& phones);

}  // namespace euphone
