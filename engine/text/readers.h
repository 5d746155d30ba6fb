#pragma once

#include <cstddef>
#include <string_view>

#include "text/reading.h"

namespace euphone {

/// Each reader looks at the current token and what follows. If it recognises its kind of
/// expression it says the words, advances past it and returns true; otherwise it changes nothing.
/// Look-ahead is bounded (or consumed), so that a text is read in linear time.

bool ReadWeb(Reading& reading);          ///< "www.example.com/a", "jo@example.org"
bool ReadNumericDate(Reading& reading);  ///< "3/14/2024", "2024-03-14", "7/4"
bool ReadDayMonth(Reading& reading);     ///< "14 March"
bool ReadMonth(Reading& reading);        ///< "March 14", "Sept. 5-7", "Mon."
bool ReadTime(Reading& reading);         ///< "3:30", "7 am", "10:05 p.m."
bool ReadPhone(Reading& reading);        ///< "555-1234", "(555) 123-4567", "192.168.0.1"
bool ReadOrdinal(Reading& reading);      ///< "22nd", "1990s", "'90s", "'05"
bool ReadFraction(Reading& reading);     ///< "1/2", "5 1/2", "24/7"
bool ReadMoney(Reading& reading);        ///< "$3.50", "$3 million", "50¢", "$5-10"
bool ReadNumber(Reading& reading);  ///< Any other number with its unit; "3:1"; signs and ranges.
bool ReadNumberSign(Reading& reading);  ///< '-', '+', '–', '#' … beside a number

bool ReadDotted(Reading& reading);        ///< "U.S.A.", "e.g.", "Ph.D.", "J. R. R."
bool ReadAbbreviation(Reading& reading);  ///< "Dr.", "No. 5", "approx."
bool ReadRomanNumeral(Reading& reading);  ///< "VIII" after a name or cue
bool ReadWord(Reading& reading);          ///< Any other word, also inline pronunciations.
bool ReadTerminator(Reading& reading);    ///< ". ! ? …" and the end of a sentence
void ReadSymbol(Reading& reading);        ///< Whatever is left; always advances.

/// Says the word token at `offset` by its letters or whole, as its case and neighbours ask.
void SayWritten(Reading& reading, std::ptrdiff_t offset = 0);
/// After an abbreviation's full stop (just passed): ends the sentence if a new one begins.
void EndAfterAbbreviation(Reading& reading);
/// "dvds": an acronym that is always spelled, and a plural ending. REQUIRES: not empty.
bool IsSpelledPlural(std::string_view lower);
/// "Monday", "Mon", "March", "Mar"; capitalised.
bool IsCalendarName(const Token& token);
/// "am" or "pm" at `offset`, with or without full stops: the tokens it takes, else 0.
std::size_t MeridiemTokens(const Reading& reading, std::ptrdiff_t offset);

}  // namespace euphone
