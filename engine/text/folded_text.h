#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/script.h"

namespace euphone {

/// Stand-ins for characters that matter but are not ASCII. Control characters of the input are
/// dropped, so these code points are free.
namespace mark {
inline constexpr char kEnDash = 1;
inline constexpr char kEmDash = 2;
inline constexpr char kDegree = 3;
inline constexpr char kPound = 4;
inline constexpr char kEuro = 5;
inline constexpr char kYen = 6;
inline constexpr char kCent = 7;
inline constexpr char kRupee = 8;
inline constexpr char kTimes = 14;
inline constexpr char kDivide = 15;
inline constexpr char kPlusMinus = 16;
inline constexpr char kSection = 17;
inline constexpr char kNumero = 18;
inline constexpr char kForeign = 19;  ///< A letter or digit of another script.
inline constexpr char kEmoji = 20;
inline constexpr char kUnknown = 21;  ///< Any other character without a reading.
inline constexpr char kRoot = 22;
inline constexpr char kWon = 23;
inline constexpr char kRuble = 24;
inline constexpr char kLira = 25;
inline constexpr char kShekel = 26;
inline constexpr char kPeso = 27;
inline constexpr char kBaht = 28;
inline constexpr char kDong = 29;
inline constexpr char kBitcoin = 30;
}  // namespace mark

/// A text reduced to ASCII and the marks above. Each character knows the bytes of the original that
/// it stands for; characters from one original character ("ﬁ") share its span.
struct FoldedText {
  std::string chars;  ///< Case kept. Line ends are '\n'; a bullet is two, like a paragraph.
  std::string lower;  ///< `chars` in lower case.
  std::vector<TextSpan> spans;
};

/// Folds compatibility forms (full width, ligatures, ½), accents, quotes, dashes and spaces; drops
/// control, combining and invisible characters. A superscript number becomes '^' and its digits.
/// Method: Unicode compatibility decomposition (NFKD) per character, marks stripped.
/// Fails: kInvalidArgument, naming the byte, where the text is not UTF-8.
Result<FoldedText> FoldText(std::string_view utf8);

}  // namespace euphone
