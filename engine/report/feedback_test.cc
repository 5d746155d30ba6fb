#include "coach/feedback.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/feedback_text.h"
#include "report/sound_guide.h"
#include "report/summary.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

class Feedbacks : public testing::Test {
 protected:
  std::optional<Focus> Chosen() const { return ChooseFeedback(example_, phones_).focus; }
  std::string FocusWords() const { return FocusText(kEnglish, example_, phones_, *Chosen()); }
  std::string PraiseWords() const {
    return PraiseText(kEnglish, example_, phones_, *ChooseFeedback(example_, phones_).praise);
  }
  /// Nothing wrong but what the test puts there.
  void StartClear() {
    example_ = fixture::Perfect(phones_);
    ASSERT_FALSE(Chosen());
  }

  const PhoneSet phones_ = fixture::EnglishPhones();
  Analysis example_ = fixture::Example(phones_);
};

TEST_F(Feedbacks, NameTheWrongSoundByItsLetters) {
  EXPECT_EQ(FocusWords(), "The “th” in “Thank” sounded like “s”.");
  EXPECT_THAT(FocusHint(kEnglish, example_, phones_, *Chosen()), testing::HasSubstr("tongue"));
}

TEST_F(Feedbacks, TheCoachIsHeardWhereItSpeaksOfTheSamePlace) {
  const std::string hint = Summarise(example_, phones_, kEnglish).hint;
  example_.advice = {{.tip = "x", .text = "Elsewhere.", .article = "", .word = 1, .phone = 0}};
  EXPECT_EQ(Summarise(example_, phones_, kEnglish).hint, hint);
  example_.advice = {{.tip = "x",
                      .text = "Show the tip.",
                      .article = "",
                      .word = 0,
                      .phone = 0,
                      .pair = {{"think", "sink"}}}};
  EXPECT_EQ(Summarise(example_, phones_, kEnglish).hint, "Show the tip. Try “think” and “sink”.");
}

TEST_F(Feedbacks, NameAVowelByAKeyWord) {
  PhoneScore& vowel = example_.words[0].phones[1];
  vowel.score = 0.0;
  vowel.band = Band::kNotAsWritten;
  vowel.heard.phones = {{*phones_.Find("EH"), 0.9}};
  EXPECT_EQ(FocusWords(), "The “a” (as in “cat”) in “Thank” sounded like “e” (as in “bed”).");
}

TEST_F(Feedbacks, TellASoundThatWasLeftOut) {
  example_.words[0].phones[0].heard.nothing = 0.9;
  EXPECT_EQ(FocusWords(), "I did not hear the “th” in “Thank”.");
}

TEST_F(Feedbacks, TellASoundThatWasUnclearWithoutGuessing) {
  example_.words[0].phones[0].heard.phones.clear();
  EXPECT_EQ(FocusWords(), "The “th” in “Thank” was not clear.");
}

TEST_F(Feedbacks, AConfusionThatCostsMoreWordsComesFirst) {
  PhoneScore& ng = example_.words[0].phones[2];  // n for ng, as wrong as s for th
  ng.score = example_.words[0].phones[0].score;
  ng.band = Band::kNotAsWritten;
  ng.heard.phones = {{*phones_.Find("N"), 0.9}};
  EXPECT_EQ(Chosen()->phone, 2u);
}

TEST_F(Feedbacks, NameWhatTheDiagnosisClaimsNotWhatWasHeardMost) {
  PhoneScore& th = example_.words[0].phones[0];
  th.diagnosis = Diagnosis{Claim::kSubstituted, *phones_.Find("F"), 0.97};
  EXPECT_EQ(FocusWords(), "The “th” in “Thank” sounded like “f”.");
  th.diagnosis = Diagnosis{Claim::kDropped, std::nullopt, 0.97};
  EXPECT_EQ(FocusWords(), "I did not hear the “th” in “Thank”.");
  th.diagnosis = Diagnosis{Claim::kDistorted, std::nullopt, 0.97};
  EXPECT_EQ(FocusWords(), "The “th” in “Thank” was not clear.");
}

TEST_F(Feedbacks, SayThatASoundCannotBeToldOnlyWhenNothingElseIsToDo) {
  example_.words[0].phones[0].diagnosis = Diagnosis{};
  EXPECT_EQ(Chosen()->kind, FocusKind::kOmittedWord);
  example_ = fixture::Perfect(phones_);
  example_.words[0].band = Band::kHardToUnderstand;
  example_.words[0].phones[0].band = Band::kHardToUnderstand;
  example_.words[0].phones[0].diagnosis = Diagnosis{};
  EXPECT_THAT(FocusWords(), testing::HasSubstr("may not be right"));
}

TEST_F(Feedbacks, NeverBlameASoundThatIsEvidentlyRight) {
  example_.words[0].phones[0].diagnosis = Diagnosis{Claim::kRight, std::nullopt, 0.97};
  EXPECT_EQ(Chosen()->kind, FocusKind::kOmittedWord);
}

TEST_F(Feedbacks, NeverChooseWhatIsNotSure) {
  example_.words[0].band = Band::kNotSure;
  EXPECT_EQ(Chosen()->kind, FocusKind::kOmittedWord);
}

TEST_F(Feedbacks, NeverBlameTheLearnerForAGuessedPronunciationOrAClearWord) {
  example_.words[0].origin = Origin::kG2p;
  EXPECT_EQ(Chosen()->kind, FocusKind::kOmittedWord);
  example_.words[0].origin = Origin::kLexicon;
  example_.words[0].band = Band::kClear;
  EXPECT_EQ(Chosen()->kind, FocusKind::kOmittedWord);
}

TEST_F(Feedbacks, TellNoStressWhereTheDictionaryHasNone) {
  example_ = fixture::Story(phones_);
  WordScore& word = example_.words[7];
  ASSERT_TRUE(StressIsWrong(word));
  word.syllables[0].syllable.stress = Stress::kSecondary;
  EXPECT_FALSE(StressIsWrong(word));
}

TEST_F(Feedbacks, ShowSpeechThatTheTextLacksInIpa) {
  WordScore& extra = example_.words[1];
  extra.phones.clear();
  EXPECT_EQ(ShownWord(example_, phones_, 1), "/ʌm/");
  extra.text = "/TH ?/";
  EXPECT_EQ(ShownWord(example_, phones_, 1), "/TH ?/");
}

TEST_F(Feedbacks, GoOnWithWordsPausesAndPolish) {
  example_.words[0].phones[0].band = Band::kClear;
  EXPECT_EQ(FocusWords(), "You left out “Zoë”.");
  example_.words[3].error = WordError::kNone;
  EXPECT_EQ(Chosen()->kind, FocusKind::kExtraWord);
  example_.words[1].error = WordError::kRepeated;
  example_.words[1].script_word = 1;
  EXPECT_EQ(FocusWords(), "You said “you” again.");
  example_.words.erase(example_.words.begin() + 1);
  EXPECT_EQ(FocusWords(), "You stopped between “Thank” and “you”.");
  example_.pauses.clear();
  EXPECT_EQ(Chosen()->kind, FocusKind::kPolish);
  EXPECT_EQ(Chosen()->phone, 3u);
}

TEST_F(Feedbacks, TellWrongStressByPart) {
  example_ = fixture::Story(phones_);
  const Focus focus{FocusKind::kStress, 7, std::nullopt};
  EXPECT_TRUE(StressIsWrong(example_.words[7]));
  EXPECT_EQ(FocusText(kEnglish, example_, phones_, focus),
            "In “photograph”, part 2 was the strongest. It should be part 1.");
}

TEST_F(Feedbacks, TellWhereTheVoiceShouldHaveFallen) {
  StartClear();
  SentenceMelody& melody = example_.prosody.sentences.emplace_back();
  melody.ends = {{3, 3, 0, 5.0, Movement::kRise, AskedMovement::kFall, false}};
  EXPECT_EQ(FocusWords(), "Your voice went up on “tea”. It should fall there.");
  melody.ends = {{3, 3, 0, -5.0, Movement::kFall, AskedMovement::kRise, false}};
  EXPECT_EQ(FocusWords(), "Your voice fell on “tea”. In this question it should go up there.");
}

TEST_F(Feedbacks, GiveTheCoachsTipOnlyForTheSameMatterAtTheSameWord) {
  StartClear();
  example_.pauses = {{{0, 9600}, 1, false}};
  Advice tip{.tip = "one", .text = "Say it in one go.", .article = "prosody/pausing", .word = 1};
  tip.place = ProsodyPlace{.kind = PlaceKind::kStress};
  example_.advice = {tip};
  EXPECT_EQ(Summarise(example_, phones_, kEnglish).hint, kEnglish.unneeded_pause_how);
  example_.advice[0].place->kind = PlaceKind::kPause;
  EXPECT_EQ(Summarise(example_, phones_, kEnglish).hint, tip.text);
}

TEST_F(Feedbacks, AskToReadOnWhereTheReaderStopped) {
  example_.words[2].error = WordError::kOmitted;
  example_.content = {ContentKind::kPart, 0, 0};
  EXPECT_EQ(FocusWords(), "I heard 1 of 3 words, up to “Thank”.");
  example_.content = {ContentKind::kPart, 0, 2};
  EXPECT_EQ(FocusWords(), "I heard 1 of 3 words.");
}

TEST_F(Feedbacks, AskToReadATextOnceIfItWasReadTwice) {
  StartClear();
  example_.content = {ContentKind::kTwice, 0, 2};
  EXPECT_EQ(FocusWords(), "You read the text more than once; I scored the last time.");
}

TEST_F(Feedbacks, PraiseOnlyWhatIsTrue) {
  EXPECT_EQ(PraiseWords(), "You said “you” clearly.");
  example_.words[2].band = Band::kHardToUnderstand;
  EXPECT_FALSE(ChooseFeedback(example_, phones_).praise);
  example_.words[3].error = WordError::kNone;
  EXPECT_EQ(PraiseWords(), "You read every word.");
  StartClear();
  EXPECT_EQ(PraiseWords(), "Every word was clear.");
  example_.words[0].band = Band::kSlightlyAccented;
  EXPECT_EQ(PraiseWords(), "Your “r” in “green” was clear.");
}

TEST_F(Feedbacks, SayNothingAboutARecordingThatWasNotScored) {
  for (const Analysis& analysis : {fixture::WrongText(phones_), fixture::Withheld(phones_)}) {
    EXPECT_FALSE(ChooseFeedback(analysis, phones_).praise);
    EXPECT_FALSE(ChooseFeedback(analysis, phones_).focus);
  }
}

TEST_F(Feedbacks, ShowWordsAsWrittenAsSpokenOrAsHeard) {
  EXPECT_EQ(ShownWord(example_, phones_, 3), "Zoë");
  EXPECT_EQ(ShownWord(example_, phones_, 1), "/ʌm/");
  example_.script.words[1].span = example_.script.words[0].span;
  EXPECT_EQ(ShownWord(example_, phones_, 0), "thank");
}

TEST(SoundGuide, HasEverySoundWithAKeyWordAndAHint) {
  const PhoneSet phones = fixture::EnglishPhones();
  for (std::size_t i = 0; i < phones.size(); ++i) {
    const auto id = static_cast<PhoneId>(i);
    for (const Stress stress : {Stress::kPrimary, Stress::kUnstressed}) {
      const SoundGuide guide =
          GuideTo(phones, {id, phones.info(id).vowel ? stress : Stress::kNone});
      EXPECT_FALSE(guide.letters.empty()) << i;
      EXPECT_FALSE(guide.key_word.empty()) << i;
      EXPECT_TRUE(guide.hint.ends_with(".")) << i;
    }
  }
  EXPECT_EQ(GuideTo(phones, {*phones.Find("AH"), Stress::kUnstressed}).key_word, "about");
  EXPECT_EQ(GuideTo(phones, {*phones.Find("AH"), Stress::kPrimary}).key_word, "cup");
}

}  // namespace
}  // namespace euphone
