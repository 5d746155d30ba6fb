#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "align/alignment.h"

namespace euphone {

/// For tests and fuzzing: what holds for each Alignment whatever was said. Gives the first thing
/// that is wrong, or nothing.
inline std::string FindViolation(const Alignment& alignment, std::span<const AlignWord> words,
                                 std::size_t frame_count) {
  std::size_t next_word = 0;
  std::size_t now = 0;
  for (const Reading& reading : alignment.readings) {
    if (reading.begin < now || reading.end < reading.begin || reading.end > frame_count)
      return "readings overlap, run backwards or leave the recording";
    const bool of_text =
        reading.kind == ReadingKind::kRead || reading.kind == ReadingKind::kOmitted;
    if (of_text && reading.word != next_word++)
      return "words are not read in text order, once each";
    if (reading.word >= words.size() + (reading.kind == ReadingKind::kInserted ? 1 : 0))
      return "no such word";
    if ((reading.kind == ReadingKind::kOmitted) != reading.phones.empty())
      return "all but omitted words have phones";
    if (reading.phones.empty() && reading.begin != reading.end) return "an omitted word has frames";
    std::size_t end = reading.begin;
    for (const PhoneSpan& phone : reading.phones) {
      if (phone.begin < end || phone.end <= phone.begin) return "phones overlap or are empty";
      end = phone.end;
    }
    if (!reading.phones.empty() &&
        (reading.phones.front().begin != reading.begin || end != reading.end))
      return "phones do not span their reading";
    if (reading.kind == ReadingKind::kRead || reading.kind == ReadingKind::kRepeated) {
      if (reading.variant >= words[reading.word].variants.size()) return "no such variant";
      const std::vector<int>& variant = words[reading.word].variants[reading.variant];
      if (reading.phones.size() > variant.size() ||
          (reading.kind == ReadingKind::kRead && reading.phones.size() != variant.size()))
        return "phones are not those of the variant";
      for (std::size_t i = 0; i < reading.phones.size(); ++i) {
        if (reading.phones[i].phone != variant[i]) return "phones are not those of the variant";
      }
    }
    now = reading.end;
  }
  return next_word == words.size() ? "" : "words are missing";
}

}  // namespace euphone
