#include "live_signs.h"

#include <array>
#include <utility>

#include "report/phrases.h"

namespace euphone::cli {

// Each is one column wide. Every band has a shape of its own, so that colour is never needed.
const LiveSigns kUnicodeSigns = {.clear = "─",
                                 .slight = "·",
                                 .unsure = "?",
                                 .hard = "~",
                                 .wrong = "═",
                                 .left_out = "×",
                                 .partial = "┈",
                                 .cursor = "▲",
                                 .lit = "█",
                                 .unlit = "░",
                                 .listening = "●",
                                 .stopped = "■",
                                 .playing = "♪",
                                 .opening = "…",
                                 .failed = "!",
                                 .more = "…"};
const LiveSigns kAsciiSigns = {.clear = "-",
                               .slight = ".",
                               .unsure = "?",
                               .hard = "~",
                               .wrong = "=",
                               .left_out = "x",
                               .partial = ":",
                               .cursor = "^",
                               .lit = "#",
                               .unlit = ".",
                               .listening = "*",
                               .stopped = "-",
                               .playing = ">",
                               .opening = ".",
                               .failed = "!",
                               .more = "..."};

Sign LookOf(Band band, const LiveSigns& signs) {
  const Phrases& phrases = kEnglish;
  switch (band) {
    case Band::kClear:
      return {Style::kClear, signs.clear, phrases.clear};
    case Band::kSlightlyAccented:
      return {Style::kSlight, signs.slight, phrases.slightly_accented};
    case Band::kHardToUnderstand:
      return {Style::kHard, signs.hard, phrases.hard_to_understand};
    case Band::kNotAsWritten:
      return {Style::kWrong, signs.wrong, phrases.not_as_written};
    case Band::kNotSure:
      break;
  }
  return {Style::kUnsure, signs.unsure, phrases.unsure};
}

Sign LookOf(const ViewWord& word, const LiveSigns& signs) {
  if (word.sign == WordSign::kNone) return {};
  if (word.sign == WordSign::kLeftOut) return {Style::kDim, signs.left_out, kEnglish.left_out};
  Sign look = LookOf(word.band, signs);
  if (word.partial) {
    look.mark = signs.partial;
    look.meaning = "not settled yet";
  }
  return look;
}

std::string InAscii(std::string_view utf8) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kInstead{{
      {"“", "\""},
      {"”", "\""},
      {"„", "\""},
      {"‘", "'"},
      {"’", "'"},
      {"–", "-"},
      {"—", "-"},
      {"…", "..."},
      {"\u00a0", " "},
      {"−", "-"},
      {"×", "x"},
  }};
  std::string ascii;
  for (std::size_t i = 0; i < utf8.size();) {
    if (static_cast<unsigned char>(utf8[i]) < 0x80) {
      ascii += utf8[i++];
      continue;
    }
    std::size_t end = i + 1;
    while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0) == 0x80) ++end;
    std::string_view instead = "?";
    for (const auto& [from, to] : kInstead) {
      if (utf8.substr(i, end - i) == from) instead = to;
    }
    ascii += instead;
    i = end;
  }
  return ascii;
}

}  // namespace euphone::cli
