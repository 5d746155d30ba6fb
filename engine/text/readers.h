#pragma once

#include <cstddef>
#include <string_view>

#include "text/reading.h"

namespace euphone {

/// Each reader looks at the current token and what follows. If it recognises its kind of
/// expression it says the words, advances past it and returns true; otherwise it changes nothing.
/// Look-ahead is bounded (or consumed), so that a text is read in linear time.

bool ReadWeb(Reading& reading);           ///< "www.example.com/a", "jo@example.org"
bool ReadNumericDate(Reading& reading);   ///< "3/14/2024", "2024-03-14", "7/4"
bool ReadDayMonth(Reading& reading);      ///< "14 March", "14-Mar-2024"
bool ReadMonth(Reading& reading);         ///< "March 14", "Sept. 5-7", "Mon.", "Sat-Sun"
bool ReadTime(Reading& reading);          ///< "3:30", "7 am", "10:05 p.m."
bool ReadMilitaryTime(Reading& reading);  ///< "0800 hours"
bool ReadPhone(Reading& reading);         ///< "555-1234", "(555) 123-4567", "192.168.0.1"
bool ReadOrdinal(Reading& reading);       ///< "22nd", "10,000th", "1990s", "'90s", "'05"
bool ReadFraction(Reading& reading);      ///< "1/2", "5 1/2", "2/3rds", "24/7"
bool ReadAngle(Reading& reading);         ///< "40°26′46″ N"
bool ReadLength(Reading& reading);        ///< "5'10"", "6' tall"
bool ReadMoney(Reading& reading);         ///< "$3.50", "US$50", "20 EUR", "$3 million", "$5-10"
bool ReadNumber(Reading& reading);  ///< Any other number with its unit; "3:1"; signs and ranges.
bool ReadNumberSign(Reading& reading);  ///< '-', '–', '<', ':' … beside a number or variable
bool ReadPower(Reading& reading);       ///< "^2" after what it raises

bool ReadDotted(Reading& reading);        ///< "U.S.A.", "e.g.", "Ph.D.", "J. R. R."
bool ReadAbbreviation(Reading& reading);  ///< "Dr.", "No. 5", "approx."
bool ReadRomanNumeral(Reading& reading);  ///< "VIII" after a name or cue, "XIX century"
bool ReadState(Reading& reading);         ///< "NY", "Portland, OR"
bool ReadCompassPoint(Reading& reading);  ///< "12 N. Main St.", "Pennsylvania Ave. NW"
bool ReadLetterRange(Reading& reading);   ///< "A–Z"
bool ReadGrade(Reading& reading);         ///< "a B- in math"
bool ReadSingleUnit(Reading& reading);    ///< "per lb", "a tsp of", "degrees F"
bool ReadWord(Reading& reading);          ///< Any other word, also inline pronunciations.
bool ReadTerminator(Reading& reading);    ///< ". ! ? …" and the end of a sentence
void ReadSymbol(Reading& reading);        ///< Whatever is left; always advances.

/// Says the word token at `offset` by its letters or whole, as its case and neighbours ask.
void SayWritten(Reading& reading, std::ptrdiff_t offset = 0);
/// The inch mark of "6"" and "5½"", right after its number, unless a quotation ends there.
bool ReadInchMark(Reading& reading, bool one);
/// The word token "a" at `offset` is the letter: "vitamin A", "A-level", "A+", "a, e, i".
bool IsLetterA(const Reading& reading, std::ptrdiff_t offset);
/// After an abbreviation's full stop (just passed): ends the sentence if a new one begins.
void EndAfterAbbreviation(Reading& reading);
/// "dvds": an acronym that is always spelled, and a plural ending. REQUIRES: not empty.
bool IsSpelledPlural(std::string_view lower);
/// The word token at `offset` is a point of the compass in a street's name: "42 W. 5th St.".
bool IsCompassPoint(const Reading& reading, std::ptrdiff_t offset);
/// "Monday", "Mon", "March", "Mar"; capitalised.
bool IsCalendarName(const Token& token);
/// "am" or "pm" at `offset`, with or without full stops: the tokens it takes, else 0.
std::size_t MeridiemTokens(const Reading& reading, std::ptrdiff_t offset);

}  // namespace euphone
