#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "report/report.h"
#include "report/styled_text.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

using testing::HasSubstr;
using testing::Not;

class Terminal : public testing::Test {
 protected:
  std::string Plain(const Analysis& analysis, int width = 80, bool verbose = false) const {
    return WriteTerminal(analysis, phones_, {.width = width, .colour = false, .verbose = verbose});
  }
  const PhoneSet phones_ = fixture::EnglishPhones();
};

TEST_F(Terminal, FillsNoMoreThanTheWidth) {
  const Analysis story = fixture::Story(phones_);
  for (const int width : {40, 46, 60, 80, 120}) {
    std::istringstream lines(Plain(story, width, true));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(StyledText(line).columns(), width) << line;
    }
  }
}

TEST_F(Terminal, ShowsEverySignWithoutColourToo) {
  const Analysis story = fixture::Story(phones_);
  EXPECT_THAT(Plain(story), Not(HasSubstr("\x1b")));
  for (const char* mark : {"·", "~", "═", "?", "+"}) EXPECT_THAT(Plain(story), HasSubstr(mark));
  EXPECT_THAT(Plain(fixture::Example(phones_)), HasSubstr("×××"));
}

TEST_F(Terminal, ColoursChangeNothingButColour) {
  const Analysis story = fixture::Story(phones_);
  std::string coloured = WriteTerminal(story, phones_, {});
  EXPECT_THAT(coloured, HasSubstr("\x1b[0;33m"));
  for (std::size_t at = coloured.find('\x1b'); at != coloured.npos; at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) + 1 - at);
  }
  EXPECT_EQ(coloured, Plain(story));
}

TEST_F(Terminal, SaysAboveTheTextThatNobodyGaveIt) {
  const std::string page = Plain(fixture::Recognised(phones_));
  EXPECT_LT(page.find("You gave me no text."), page.find("I love green tea."));
  EXPECT_THAT(Plain(fixture::Perfect(phones_)), Not(HasSubstr("gave me no text")));
}

TEST_F(Terminal, SaysWhyFreeSpeechHasNoScore) {
  Analysis analysis = fixture::Recognised(phones_);
  analysis.verdict = Verdict::kWrongText;
  EXPECT_THAT(Plain(analysis), HasSubstr("I am not sure what you said"));
  EXPECT_THAT(Plain(fixture::Unrecognised()), HasSubstr("could not make out any English words"));
  analysis = fixture::Withheld(phones_);
  analysis.text_source = TextSource::kRecognised;
  EXPECT_THAT(Plain(analysis), HasSubstr("I hear nothing in this recording."));
}

TEST_F(Terminal, SaysOneThingToDoFirst) {
  const std::string page = Plain(fixture::Example(phones_));
  EXPECT_THAT(page, HasSubstr("54 of 100"));
  EXPECT_THAT(page, HasSubstr("Do first   The “th” in “Thank” sounded like “s”."));
  EXPECT_THAT(page, HasSubstr("θ as in think  sounded like s as in sun"));
  EXPECT_THAT(page, HasSubstr("you left out “Zoë”"));
  EXPECT_THAT(page, HasSubstr("0.6 s after “Thank”"));
}

TEST_F(Terminal, SaysWhatToDoWithAVoiceOnOneNoteAndWithAnEndThatGoesTheWrongWay) {
  Analysis story = fixture::Story(phones_);
  std::string page = Plain(story, 120);
  EXPECT_THAT(page, HasSubstr("Melody     Your voice stays on one note: let it go up"));
  EXPECT_THAT(page, HasSubstr("Your voice went up on “photograph”: let it fall"));
  SentenceMelody& melody = story.prosody.sentences[0];
  melody.monotone = false;
  melody.ends[0].asked = AskedMovement::kRise;
  page = Plain(story, 120);
  EXPECT_THAT(page, Not(HasSubstr("one note")));
  EXPECT_THAT(page, HasSubstr("“photograph” ends a question: let your voice go up there."));
}

TEST_F(Terminal, SaysNothingOfAMelodyThatIsAsAskedOrWasNotMeasured) {
  EXPECT_THAT(Plain(fixture::Example(phones_)), Not(HasSubstr("Melody")));
  EXPECT_THAT(Plain(fixture::Perfect(phones_)), Not(HasSubstr("Melody")));
}

TEST_F(Terminal, GivesNoNumberForAWrongText) {
  const std::string page = Plain(fixture::WrongText(phones_));
  EXPECT_THAT(page, HasSubstr("does not sound like the text"));
  EXPECT_THAT(page, Not(HasSubstr("of 100")));
}

TEST_F(Terminal, SaysWhyAScoreIsWithheldAndWhatToDo) {
  const std::string page = Plain(fixture::Withheld(phones_));
  EXPECT_THAT(page, HasSubstr("No score this time"));
  EXPECT_THAT(page, HasSubstr("Is the microphone on"));
  EXPECT_THAT(page, Not(HasSubstr("of 100")));
}

TEST_F(Terminal, TellsAPerfectReadingThatNothingIsToFix) {
  const std::string page = Plain(fixture::Perfect(phones_));
  EXPECT_THAT(page, HasSubstr("97 of 100"));
  EXPECT_THAT(page, HasSubstr("Every word was clear."));
  EXPECT_THAT(page, HasSubstr("Nothing to fix here."));
}

TEST_F(Terminal, ClaimsNothingAboutAReadingNobodyCanJudge) {
  Analysis analysis = fixture::Perfect(phones_);
  for (WordScore& word : analysis.words) word.band = Band::kNotSure;
  const std::string page = Plain(analysis);
  EXPECT_THAT(page, HasSubstr("could not hear you well enough"));
  EXPECT_THAT(page, Not(HasSubstr("of 100")));
  analysis.words[0].band = Band::kClear;
  EXPECT_THAT(Plain(analysis), HasSubstr("I cannot judge “love”, “green”, “tea” fairly."));
  EXPECT_THAT(Plain(analysis), Not(HasSubstr("Nothing to fix")));
}

TEST_F(Terminal, TellsThatNoWordWasHeard) {
  EXPECT_THAT(Plain(fixture::AllOmitted(phones_)), HasSubstr("I did not hear any of these words."));
}

TEST_F(Terminal, SaysThatATextHasNoWords) {
  Analysis empty = fixture::Empty();
  empty.verdict = Verdict::kScored;
  EXPECT_THAT(Plain(empty), HasSubstr("no words to read"));
}

TEST_F(Terminal, ShowsEverySoundWithItsNameIfAsked) {
  const std::string page = Plain(fixture::Example(phones_), 80, true);
  EXPECT_THAT(page, HasSubstr("S 81 %, TH 9 %"));
  EXPECT_THAT(page, HasSubstr("AE1"));
  EXPECT_THAT(page, HasSubstr("listener 1.0"));
  EXPECT_THAT(page, HasSubstr("voice about 110 Hz; range in each sentence: 4 semitones"));
  EXPECT_THAT(page, Not(HasSubstr("nPVI"))) << "too few vowels to tell";
  EXPECT_THAT(Plain(fixture::Story(phones_), 120, true), HasSubstr("vowels nPVI 58, 40 % of"));
}

TEST_F(Terminal, KeepsAReadersTextFromCommandingTheTerminal) {
  Analysis analysis = fixture::Example(phones_);
  analysis.script.original[5] = '\x1b';
  EXPECT_THAT(Plain(analysis), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace euphone
