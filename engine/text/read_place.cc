#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "text/readers.h"
#include "text/state_table.h"
#include "text/word_lists.h"

namespace euphone {
namespace {

/// "Springfield, IL": a capitalised name and a comma are before the current token.
bool FollowsPlace(const Reading& reading) {
  const Token& name = reading.at(-2);
  return reading.at(-1).Is(',') && reading.capitalized(name) && !Reading::AllCapitals(name.text) &&
         !reading.caseless();
}

bool Applies(const Reading& reading, StateUse use) {
  const Token& next = reading.at(1);
  const bool zip = next.spaced && next.IsDigits() && next.text.size() == 5;
  switch (use) {
    case StateUse::kAnywhere:
      return true;
    case StateUse::kAfterPlace:
      return zip || FollowsPlace(reading);
    case StateUse::kClosesPlace:
      return zip || (FollowsPlace(reading) && !next.IsWord());
    case StateUse::kBeforeZip:
      return zip;
  }
  return false;
}

struct Compass {
  std::string_view written;
  std::string_view spoken;
};
constexpr auto kCompass = std::to_array<Compass>({
    {"N", "north"},
    {"S", "south"},
    {"E", "east"},
    {"W", "west"},
    {"NE", "northeast"},
    {"NW", "northwest"},
    {"SE", "southeast"},
    {"SW", "southwest"},
});
constexpr auto kStreets = std::to_array<std::string_view>({
    "ave",
    "avenue",
    "blvd",
    "boulevard",
    "dr",
    "drive",
    "highway",
    "hwy",
    "lane",
    "ln",
    "rd",
    "road",
    "st",
    "street",
});

static_assert(std::ranges::is_sorted(kStreets));

bool IsStreet(const Token& token) {
  return token.IsWord() && IsUpper(token.text[0]) && In(kStreets, token.lower);
}

/// "N. Main St.", "W 5th Street": where the street's name would begin.
bool PrecedesStreet(const Reading& reading, std::ptrdiff_t offset) {
  const Token& name = reading.at(offset);
  if (!name.spaced || !(name.IsDigits() || reading.capitalized(name))) return false;
  return IsStreet(reading.at(offset + 1)) || IsStreet(reading.at(offset + 2));
}

std::string_view CompassWord(const Token& token) {
  if (!token.IsWord()) return {};
  for (const Compass& compass : kCompass) {
    if (token.text == compass.written) return compass.spoken;
  }
  return {};
}

}  // namespace

bool IsCompassPoint(const Reading& reading, std::ptrdiff_t offset) {
  if (CompassWord(reading.at(offset)).empty()) return false;
  const bool dot = reading.glued_symbol(offset + 1, '.');
  if (PrecedesStreet(reading, offset + (dot ? 2 : 1))) return true;
  const std::ptrdiff_t street = offset - (reading.at(offset - 1).Is('.') ? 2 : 1);
  return reading.at(offset).text.size() == 2 && IsStreet(reading.at(street));
}

bool ReadCompassPoint(Reading& reading) {
  if (!IsCompassPoint(reading, 0)) return false;
  const bool dot = reading.glued_symbol(1, '.') && PrecedesStreet(reading, 2);
  reading.Say(CompassWord(reading.at()));
  reading.Advance(dot ? 2 : 1);
  return true;
}

bool ReadState(Reading& reading) {
  std::string_view code = reading.at().text;
  const bool possessive = code.ends_with("'s");
  if (possessive) code.remove_suffix(2);
  const auto* state = std::ranges::lower_bound(kStates, code, {}, &State::code);
  const bool found = state != kStates.end() && state->code == code;
  const Token& next = reading.at(1);
  const bool hyphen = next.Is('-') && !(reading.glued(2) && reading.lower_case(reading.at(2)));
  const bool joined = (reading.glued(0) && !reading.at(-1).Is('(')) ||
                      (!next.spaced && (hyphen || next.Is('$') || next.IsDigits()));
  if (!found || joined || !Applies(reading, state->use)) return false;
  reading.Say(std::string(state->name) + (possessive ? "'s" : ""));
  reading.Advance();
  return true;
}

}  // namespace euphone
