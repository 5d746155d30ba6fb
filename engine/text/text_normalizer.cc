#include "text/text_normalizer.h"

#include <string>
#include <utility>
#include <vector>

#include "text/folded_text.h"
#include "text/readers.h"
#include "text/script_builder.h"
#include "text/tokenizer.h"

namespace euphone {
namespace {

using Reader = bool (*)(Reading&);

// The first that recognises its expression wins.
constexpr Reader kNumberReaders[] = {ReadNumericDate, ReadPhone,    ReadTime,   ReadMilitaryTime,
                                     ReadOrdinal,     ReadFraction, ReadMoney,  ReadDayMonth,
                                     ReadAngle,       ReadLength,   ReadNumber, ReadNumberSign};
constexpr Reader kWordReaders[] = {
    ReadWeb,   ReadMoney,      ReadCompassPoint, ReadDotted,       ReadLetterRange,  ReadGrade,
    ReadMonth, ReadSingleUnit, ReadState,        ReadAbbreviation, ReadRomanNumeral, ReadWord};

bool ReadWith(std::span<const Reader> readers, Reading& reading) {
  for (const Reader read : readers) {
    if (read(reading)) return true;
  }
  return false;
}

void ReadToken(Reading& reading) {
  switch (reading.at().kind) {
    case TokenKind::kWord:
    case TokenKind::kInline:
      ReadWith(kWordReaders, reading);
      return;
    case TokenKind::kDigits:
      if (!ReadWeb(reading)) ReadWith(kNumberReaders, reading);
      return;
    case TokenKind::kParagraph:
      reading.out().Pause();
      reading.out().EndSentence();
      reading.Advance();
      return;
    case TokenKind::kSymbol:
      if (!ReadWith(kNumberReaders, reading) && !ReadTerminator(reading)) ReadSymbol(reading);
      return;
    case TokenKind::kEnd:
      return;
  }
}

}  // namespace

Result<Script> NormalizeText(std::string_view utf8, const TextOptions& options) {
  if (utf8.size() > options.max_bytes) {
    return Error{Errc::kTooLarge, "text: " + std::to_string(utf8.size()) +
                                      " bytes are over the limit of " +
                                      std::to_string(options.max_bytes) + "; read it in parts"};
  }
  const Result<FoldedText> folded = FoldText(utf8);
  if (!folded) return folded.error();
  const Result<std::vector<Token>> tokens = Tokenize(*folded);
  if (!tokens) return tokens.error();

  ScriptBuilder builder(utf8);
  Reading reading(*tokens, builder);
  while (!reading.done()) ReadToken(reading);
  const bool left_out_long_word = builder.left_out_long_word();
  Script script = std::move(builder).Finish();
  if (script.words.empty() && left_out_long_word) {
    return Error{Errc::kInvalidArgument,
                 "text: no word to read in it but one that is too long; a word has at most " +
                     std::to_string(ScriptBuilder::kLongestWord) + " letters"};
  }
  if (script.words.empty()) {
    return Error{Errc::kInvalidArgument,
                 "text: no word to read in it; write at least one in Latin letters or digits"};
  }
  return script;
}

}  // namespace euphone
