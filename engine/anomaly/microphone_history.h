#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audio/microphone.h"
#include "base/result.h"

namespace euphone {

/// One recording in the history of a microphone.
struct MicrophoneTake {
  std::string day;        ///< "2025-11-12"
  std::string recording;  ///< Its name, for people.
  MicrophoneMeasures measures;
};

/// A line of JSON without its line break, "euphone.microphone/1": docs/formats/anomaly-model.md.
std::string ToLine(const MicrophoneTake& take);
/// Fails: kCorrupt, saying what is wrong with the line; kUnsupported for another version.
Result<MicrophoneTake> ParseTake(std::string_view line);

/// All lines of a file; empty ones are passed over. Fails: as ParseTake, naming the line; kCorrupt
/// where a day lies before the one above.
Result<std::vector<MicrophoneTake>> ParseHistory(std::string_view text);

/// Days since 1 January 1970 of "2025-11-12". Fails: kInvalidArgument for no such day.
Result<int> DayNumber(std::string_view day);
/// "Wednesday, 12 November 2025"; `day` must be one that DayNumber() takes.
std::string WrittenDay(std::string_view day);

}  // namespace euphone
