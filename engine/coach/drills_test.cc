#include "coach/drills.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "coach/knowledge_fixture.h"

namespace euphone {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Field;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;

/// The language pack, its lessons and the knowledge base of the repository, opened once.
struct English {
  English() {
    namespace fs = std::filesystem;
    const fs::path folder = std::string(EUPHONE_BINARY_DIR) + "/share/euphone/packs/en-us";
    pack = std::make_shared<const LanguagePack>(LanguagePack::Open(folder).value());
    knowledge = fixture::EnglishKnowledge(pack->phones);
    lexicon = std::make_shared<const Lexicon>(
        Lexicon::Create({.pack = pack, .user_words = {}, .grapheme_model = nullptr}).value());
    std::set<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder / "lessons")) files.insert(entry.path());
    for (const fs::path& file : files) lessons.push_back(LessonPack::Open(file).value());
    vocabulary = MakeVocabulary(*lexicon, knowledge, lessons);
  }
  std::shared_ptr<const LanguagePack> pack;
  std::shared_ptr<const Lexicon> lexicon;
  std::vector<LessonPack> lessons;
  Knowledge knowledge;
  Vocabulary vocabulary;
};

const English& Shared() {
  static const English english;
  return english;
}

class DrillsTest : public ::testing::Test {
 protected:
  PhoneId Id(const char* name) const { return *english_.pack->phones.Find(name); }
  Drill Make(const SoundSkill& skill, const DrillOrder& order) const {
    return MakeDrill(english_.vocabulary, english_.pack->phones, english_.knowledge, skill, order);
  }
  std::vector<DrillItem> Items(const DrillOrder& order, const SoundSkill& skill = {}) const {
    return DrillItemsFor(english_.vocabulary, english_.pack->phones, english_.knowledge, skill,
                         order);
  }
  DrillOrder ThAgainstS() const { return {.sound = Id("TH"), .against = Id("S"), .day = 20000}; }
  static const DrillItem* Find(const std::vector<DrillItem>& items, DrillKind kind,
                               const std::string& text) {
    for (const DrillItem& item : items) {
      if (item.kind == kind && item.text == text) return &item;
    }
    return nullptr;
  }
  static SoundSkill Known(double mean) { return {.times = 400.0, .mean = mean}; }

  const English& english_ = Shared();
};

TEST_F(DrillsTest, TheVocabularyHasWordsThatPeopleChoseAndNoNamesOrParts) {
  const Vocabulary& words = english_.vocabulary;
  EXPECT_GT(words.words.size(), 1000u);
  EXPECT_GT(words.sentences.size(), 200u);
  EXPECT_TRUE(words.Find("think")->plain);
  EXPECT_GT(words.Find("the")->sentences, words.Find("think")->sentences);
  for (const VocabularyWord& word : words.words) {
    ASSERT_THAT(word.ways, Not(IsEmpty()));
    if (!word.plain) continue;
    EXPECT_EQ(word.text.find_first_of("'-"), std::string::npos) << word.text;
  }
  EXPECT_FALSE(words.Find("sunday")->plain);
  EXPECT_EQ(words.Find("zebrafish"), nullptr);
}

TEST_F(DrillsTest, AWordIsToldByTheHardestPlaceOfItsSound) {
  const auto items = Items(ThAgainstS());
  EXPECT_EQ(Find(items, DrillKind::kWord, "think")->place, SoundPlace::kInitial);
  EXPECT_EQ(Find(items, DrillKind::kWord, "nothing")->place, SoundPlace::kMedial);
  EXPECT_EQ(Find(items, DrillKind::kWord, "mouth")->place, SoundPlace::kFinal);
  EXPECT_EQ(Find(items, DrillKind::kWord, "three")->place, SoundPlace::kCluster);
  EXPECT_EQ(Find(items, DrillKind::kWord, "this"), nullptr) << "that is DH";
}

TEST_F(DrillsTest, PairsDifferInTheTwoSoundsAloneAndTheKnowledgeBasesOwnAreMarked) {
  const auto items = Items(ThAgainstS());
  const DrillItem* const think = Find(items, DrillKind::kPair, "think");
  ASSERT_NE(think, nullptr);
  EXPECT_EQ(think->other, "sink");
  EXPECT_TRUE(think->chosen);
  std::size_t others = 0;
  for (const DrillItem& item : items) {
    if (item.kind != DrillKind::kPair) continue;
    others += item.chosen ? 0 : 1;
    const auto& one = english_.vocabulary.Find(item.text)->phones();
    const auto& other = english_.vocabulary.Find(item.other)->phones();
    ASSERT_EQ(one.size(), other.size()) << item.text;
    std::size_t differences = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (one[i].id == other[i].id) continue;
      ++differences;
      EXPECT_EQ(one[i].id, Id("TH")) << item.text << "/" << item.other;
      EXPECT_EQ(other[i].id, Id("S")) << item.text << "/" << item.other;
    }
    EXPECT_EQ(differences, 1u) << item.text << "/" << item.other;
  }
  EXPECT_GT(others, 0u) << "the lessons' words have more than the knowledge base lists";
}

TEST_F(DrillsTest, AWordThatIsReadInTwoWaysMakesNoPair) {
  ASSERT_GT(english_.vocabulary.Find("read")->ways.size(), 1u);
  const auto items = Items({.sound = Id("R"), .against = Id("L")});
  EXPECT_EQ(Find(items, DrillKind::kPair, "read"), nullptr);
  EXPECT_NE(Find(items, DrillKind::kPair, "right"), nullptr);
}

TEST_F(DrillsTest, SentencesHoldTheSoundTwiceOrMoreAndAreShort) {
  for (const DrillItem& item : Items(ThAgainstS())) {
    if (item.kind != DrillKind::kSentence) continue;
    EXPECT_GE(item.times, 2u) << item.text;
    EXPECT_EQ(item.text.find('{'), std::string::npos) << item.text;
    EXPECT_FALSE(item.lesson.empty() || item.item.empty());
  }
}

TEST_F(DrillsTest, AVowelThatIsReducedIsAnotherSound) {
  const auto items = Items({.sound = Id("AH")});
  EXPECT_NE(Find(items, DrillKind::kWord, "cup"), nullptr);
  EXPECT_EQ(Find(items, DrillKind::kWord, "about"), nullptr);
}

TEST_F(DrillsTest, AboutEightOfTenAreExpectedToGoWellForWhoeverCanReachThat) {
  for (const char* sound : {"TH", "R", "IY", "V", "L"}) {
    for (const double mean : {65.0, 70.0, 75.0, 80.0}) {
      const Drill drill = Make(Known(mean), {.sound = Id(sound), .day = 20000});
      EXPECT_THAT(drill.items, SizeIs(10)) << sound;
      EXPECT_NEAR(drill.expected, kDrillTarget, 0.05) << sound << " " << mean;
    }
  }
}

TEST_F(DrillsTest, WhatWasRightLatelyMakesItHarderAndWhatWasWrongEasier) {
  const auto mean_ease = [&](double mean) {
    const Drill drill = Make(Known(mean), ThAgainstS());
    double sum = 0.0;  // On a common scale: for somebody unknown.
    const auto all = Items(ThAgainstS());
    for (const DrillItem& item : drill.items) sum += Find(all, item.kind, item.text)->chance;
    return sum / static_cast<double>(drill.items.size());
  };
  EXPECT_GT(mean_ease(40.0), mean_ease(70.0));
  EXPECT_GT(mean_ease(70.0), mean_ease(95.0));
}

TEST_F(DrillsTest, AUsualDrillHasAllKindsAndNoWordTwice) {
  const Drill drill = Make({}, ThAgainstS());
  ASSERT_THAT(drill.items, SizeIs(10));
  std::map<DrillKind, std::size_t> kinds;
  std::set<std::string> words;
  std::set<SoundPlace> places;
  for (const DrillItem& item : drill.items) {
    ++kinds[item.kind];
    EXPECT_TRUE(words.insert(item.text).second) << item.text;
    if (item.kind == DrillKind::kWord) places.insert(item.place);
    if (item.kind != DrillKind::kPair) continue;
    EXPECT_TRUE(words.insert(item.other).second) << item.other;
  }
  EXPECT_THAT(kinds[DrillKind::kWord], AnyOf(4u, 5u, 6u));
  EXPECT_THAT(kinds[DrillKind::kPair], AnyOf(2u, 3u, 4u));
  EXPECT_THAT(kinds[DrillKind::kSentence], AnyOf(1u, 2u, 3u));
  EXPECT_GE(places.size(), 3u);
  EXPECT_TRUE(std::ranges::is_sorted(drill.items, {}, &DrillItem::kind));
}

TEST_F(DrillsTest, TheSameDayGivesTheSameDrillAndAnotherDayAnotherOne) {
  const auto texts = [&](std::int64_t day) {
    DrillOrder order = ThAgainstS();
    order.day = day;
    std::vector<std::string> all;
    for (const DrillItem& item : Make({}, order).items) all.push_back(item.text);
    return all;
  };
  EXPECT_EQ(texts(1), texts(1));
  std::set<std::string> week;
  for (std::int64_t day = 0; day < 7; ++day) {
    for (const std::string& text : texts(day)) week.insert(text);
  }
  EXPECT_GT(week.size(), 20u);
}

TEST_F(DrillsTest, AWordThatAlwaysFailsCountsAsHarderThanItLooks) {
  SoundSkill skill;
  skill.words["think"] = {.times = 20.0, .mean = 10.0};
  const auto plain = Items(ThAgainstS()), known = Items(ThAgainstS(), skill);
  EXPECT_LT(Find(known, DrillKind::kWord, "think")->chance, 0.3);
  EXPECT_GT(Find(plain, DrillKind::kWord, "think")->chance, 0.7);
}

TEST_F(DrillsTest, EverySoundHasADrillAgainstWhateverItIsMixedUpWith) {
  const PhoneSet& phones = english_.pack->phones;
  for (std::size_t i = 0; i < phones.size(); ++i) {
    const auto sound = static_cast<PhoneId>(i);
    const auto against = ContrastFor(english_.knowledge, {}, sound);
    ASSERT_TRUE(against) << phones.info(sound).arpabet;
    const Drill drill = Make({}, {.sound = sound, .against = against, .count = 6, .day = 1});
    EXPECT_THAT(drill.items, SizeIs(6)) << phones.info(sound).arpabet;
    EXPECT_THAT(drill.items, Contains(Field(&DrillItem::kind, DrillKind::kPair)))
        << phones.info(sound).arpabet << " " << phones.info(*against).arpabet;
    EXPECT_THAT(drill.items, Each(Field(&DrillItem::chance, AnyOf(Ge(0.3), Le(0.99)))));
  }
}

TEST_F(DrillsTest, ASoundIsSetAgainstWhatTheLearnerSaysThenAgainstWhatIsUsual) {
  LearnerRecord record;
  const PhoneId th = Id("TH");
  EXPECT_EQ(ContrastFor(english_.knowledge, record, th), Id("T")) << "usual for most";
  record.first_language = "it";
  const auto usual = ContrastFor(english_.knowledge, record, th);
  ASSERT_TRUE(usual);
  EXPECT_THAT(english_.knowledge.OfContrast(th, *usual)->languages, Contains("it"));
  record.habits[{th, Id("F")}] = 0.2;
  record.habits[{th, Id("D")}] = 0.1;
  EXPECT_EQ(ContrastFor(english_.knowledge, record, th), Id("F"));
}

TEST_F(DrillsTest, WhoeverIsUnknownGetsAContrastThatCostsMuchAndAnotherOneNextDay) {
  std::set<std::pair<PhoneId, PhoneId>> seen;
  for (std::int64_t day = 0; day < 10; ++day) {
    const auto pair = ContrastOfDay(english_.knowledge, "ja", day);
    ASSERT_TRUE(pair);
    const Article* const article = english_.knowledge.OfContrast(pair->first, pair->second);
    ASSERT_NE(article, nullptr);
    EXPECT_EQ(article->load, Load::kHigh);
    EXPECT_THAT(article->languages, Contains("ja"));
    EXPECT_EQ(ContrastOfDay(english_.knowledge, "ja", day), pair);
    seen.insert(*pair);
  }
  EXPECT_GT(seen.size(), 3u);
  EXPECT_FALSE(ContrastOfDay(Knowledge(), "", 1));
}

}  // namespace
}  // namespace euphone
