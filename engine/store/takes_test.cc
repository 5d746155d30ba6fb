#include "store/takes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audio/audio_reader.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

using fixture::Document;
using fixture::TakeOf;
using fixture::Tone;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pointwise;

class TakesTest : public fixture::StoreTest {
 protected:
  std::vector<std::int64_t> Ids(const TakeQuery& query) {
    std::vector<std::int64_t> ids;
    const auto rows = FindTakes(store_, query).value();
    for (const TakeRow& row : rows) ids.push_back(row.id.value);
    return ids;
  }
};

TEST_F(TakesTest, AKeptTakeComesBackWithItsScoresItsDocumentAndItsSamples) {
  const LearnerId learner = Learner("Ana");
  const std::string document = Document({"think", "so"}, {"TH:20:S", "S:95"}, 71.5);
  NewTake take = TakeOf(learner, 5 * kDayMs, "Think so.", document);
  take.lesson = "everyday";
  take.item = "hello";
  const auto tone = Tone(440);
  const TakeId id = AddTake(store_, take, tone, kRecordingRate).value();
  Store again = Open();
  const TakeRow row = GetTake(again, id).value();
  EXPECT_EQ(row.text, "Think so.");
  EXPECT_EQ(row.day, 5);
  EXPECT_EQ(row.lesson + "/" + row.item, "everyday/hello");
  EXPECT_EQ(row.total, 71.5);
  EXPECT_FALSE(row.prosody);
  EXPECT_EQ(row.findings, "noise");
  EXPECT_TRUE(row.has_recording);
  const auto judgements = JudgementsOf(again, id).value();
  ASSERT_EQ(judgements.size(), 1u);
  EXPECT_EQ(judgements[0].document, document);
  const KeptRecording kept = RecordingOf(again, id).value();
  EXPECT_EQ(kept.ending, ".flac");
  const auto read = ReadRecording(std::as_bytes(std::span(kept.content)), "kept").value();
  EXPECT_THAT(read.samples, Pointwise(testing::FloatNear(1e-4f), tone));
  EXPECT_EQ(GetTake(again, row.uuid).value().id, id);
}

TEST_F(TakesTest, RecordingsAreKeptInTheStoresFormatFromThenOn) {
  const LearnerId learner = Learner("Ana");
  const auto add = [&](int hz) {
    const NewTake take = TakeOf(learner, hz, "Hello.", Document({"hello"}, {}, 50));
    return RecordingOf(store_, AddTake(store_, take, Tone(hz), kRecordingRate).value())->ending;
  };
  EXPECT_EQ(GetAudioFormat(store_).value(), AudioFormat::kFlac);
  EXPECT_EQ(add(300), ".flac");
  ASSERT_TRUE(SetAudioFormat(store_, AudioFormat::kOpus));
  EXPECT_EQ(GetAudioFormat(store_).value(), AudioFormat::kOpus);
  EXPECT_EQ(add(400), ".opus");
  ASSERT_TRUE(SetAudioFormat(store_, AudioFormat::kFlac));
  EXPECT_EQ(add(500), ".flac");
}

TEST_F(TakesTest, TheDayOfATakeIsThatOfTheLearnersClock) {
  NewTake take = TakeOf(Learner("Ana"), 2 * kDayMs - 1000, "Late.", Document({"late"}, {}, 90));
  take.utc_offset_ms = 3600 * 1000;
  EXPECT_EQ(GetTake(store_, AddTake(store_, take, {}, kRecordingRate).value()).value().day, 2);
  take.said_ms = -1;
  take.utc_offset_ms = 0;
  EXPECT_EQ(GetTake(store_, AddTake(store_, take, {}, kRecordingRate).value()).value().day, -1);
}

TEST_F(TakesTest, TheSameSamplesAreOneFileUntilTheLastTakeOfThemIsDeleted) {
  const LearnerId learner = Learner("Ana");
  const TakeId first = Add(learner, 1, "One."), second = Add(learner, 2, "One.");
  EXPECT_EQ(AudioFiles().size(), 1u);
  ASSERT_TRUE(DeleteTake(store_, first));
  EXPECT_EQ(AudioFiles().size(), 1u);
  EXPECT_TRUE(RecordingOf(store_, second));
  ASSERT_TRUE(DeleteTake(store_, second));
  EXPECT_THAT(AudioFiles(), IsEmpty());
}

TEST_F(TakesTest, TwoLearnersNeverShareAFile) {
  Add(Learner("Ana"), 1, "One.");
  Add(Learner("Bo"), 2, "One.");
  EXPECT_EQ(AudioFiles().size(), 2u);
}

TEST_F(TakesTest, ARecordingCanGoWhileTheScoresStay) {
  const TakeId id = Add(Learner("Ana"), 1, "One.");
  ASSERT_TRUE(DeleteRecording(store_, id));
  EXPECT_THAT(AudioFiles(), IsEmpty());
  EXPECT_FALSE(GetTake(store_, id).value().has_recording);
  EXPECT_EQ(RecordingOf(store_, id).error().code, Errc::kNotFound);
}

TEST_F(TakesTest, APageFollowsTheOneBeforeInEveryOrder) {
  const LearnerId learner = Learner("Ana");
  for (int i = 0; i < 6; ++i) {
    const auto take = TakeOf(learner, i / 2, "Take.", Document({"take"}, {}, 50 + i % 3));
    ASSERT_TRUE(AddTake(store_, take, {}, kRecordingRate));
  }
  for (const TakeOrder order :
       {TakeOrder::kNewest, TakeOrder::kOldest, TakeOrder::kWorst, TakeOrder::kBest}) {
    TakeQuery query{.learner = learner, .order = order};
    const auto all = Ids(query);
    ASSERT_EQ(all.size(), 6u);
    query.limit = 2;
    std::vector<std::int64_t> paged;
    for (auto page = Ids(query); !page.empty(); page = Ids(query)) {
      paged.insert(paged.end(), page.begin(), page.end());
      query.after = TakeId{page.back()};
    }
    EXPECT_EQ(paged, all);
  }
}

TEST_F(TakesTest, TakesWithASoundComeByItsOwnScoreThatIsTheLowestFirst) {
  const LearnerId ana = Learner("Ana"), bo = Learner("Bo");
  const auto add = [&](LearnerId learner, const std::vector<std::string>& sounds) {
    const auto take = TakeOf(learner, 1, "Think.", Document({"think"}, sounds, 90));
    return AddTake(store_, take, std::nullopt).value().value;
  };
  const auto fair = add(ana, {"TH:60", "TH:80", "S:10"}), poor = add(ana, {"TH:20:S"});
  const auto good = add(bo, {"TH:95"});
  add(ana, {"S:5"});
  TakeQuery query{.sound = "TH", .order = TakeOrder::kWorst};
  EXPECT_THAT(Ids(query), ElementsAre(poor, fair, good));
  EXPECT_EQ(FindTakes(store_, query).value()[1].sound_mean, 70);
  query.after = TakeId{poor};
  query.limit = 1;
  EXPECT_THAT(Ids(query), ElementsAre(fair));
  EXPECT_THAT(Ids({.learner = ana, .sound = "TH", .order = TakeOrder::kBest}),
              ElementsAre(fair, poor));
  EXPECT_THAT(Ids({.sound = "TH", .order = TakeOrder::kNewest}), ElementsAre(good, poor, fair));
  EXPECT_THAT(Ids({.search = "think", .sound = "S", .order = TakeOrder::kWorst}).size(), 2u);
  EXPECT_THAT(Ids({.sound = "ZH"}), IsEmpty());
  EXPECT_FALSE(GetTake(store_, TakeId{fair}).value().sound_mean);
}

TEST_F(TakesTest, SearchFindsWordsOfTheTextAndTheNoteAndTheBeginningOfTheLast) {
  const LearnerId ana = Learner("Ana"), bo = Learner("Bo");
  const auto tea = Add(ana, 1, "I love green tea.").value;
  const auto cafe = Add(ana, 2, "A Café by the sea.").value;
  const auto other = Add(bo, 3, "Green apples.").value;
  EXPECT_THAT(Ids({.search = "green"}), ElementsAre(other, tea));
  EXPECT_THAT(Ids({.learner = ana, .search = "green"}), ElementsAre(tea));
  EXPECT_THAT(Ids({.search = "LOVE gre"}), ElementsAre(tea));
  EXPECT_THAT(Ids({.search = "cafe"}), ElementsAre(cafe));
  ASSERT_TRUE(NoteTake(store_, {cafe}, "the vowel again"));
  EXPECT_THAT(Ids({.search = "vowel"}), ElementsAre(cafe));
  ASSERT_TRUE(NoteTake(store_, {cafe}, ""));
  EXPECT_THAT(Ids({.search = "vowel"}), IsEmpty());
  ASSERT_TRUE(DeleteTake(store_, {tea}));
  EXPECT_THAT(Ids({.search = "tea"}), IsEmpty());
}

TEST_F(TakesTest, WhatLooksLikeAQueryLanguageIsOnlyWords) {
  const auto id = Add(Learner("Ana"), 1, "AND or NOT (this)").value;
  EXPECT_THAT(Ids({.search = "and OR not (this)"}), ElementsAre(id));
  for (const char* typed : {"\"", "*", "a NEAR(", "text:", "^", "-", "'; DROP TABLE takes; --"})
    EXPECT_TRUE(FindTakes(store_, {.search = typed})) << typed;
}

TEST_F(TakesTest, FiltersCombine) {
  const LearnerId learner = Learner("Ana");
  const auto low =
      AddTake(store_, TakeOf(learner, 10, "Low.", Document({"low"}, {}, 30)), {}, kRecordingRate)
          .value();
  const auto high =
      AddTake(store_, TakeOf(learner, 20, "High.", Document({"high"}, {}, 90)), {}, kRecordingRate)
          .value();
  EXPECT_THAT(Ids({.below = 60}), ElementsAre(low.value));
  EXPECT_THAT(Ids({.from_ms = 15}), ElementsAre(high.value));
  EXPECT_THAT(Ids({.to_ms = 15}), ElementsAre(low.value));
  ASSERT_TRUE(StarTake(store_, high, true));
  EXPECT_THAT(Ids({.starred = true}), ElementsAre(high.value));
  EXPECT_THAT(Ids({.starred = true, .below = 60}), IsEmpty());
}

TEST_F(TakesTest, ANewJudgementCountsAndTheOldOneStaysReadable) {
  const LearnerId learner = Learner("Ana");
  const TakeId id = Add(learner, 1, "Think.");
  const auto better = JudgementOf(Document({"think"}, {"TH:80", "IH1:95"}, 88, "test 2")).value();
  ASSERT_TRUE(JudgeAgain(store_, id, better, 2));
  const TakeRow row = GetTake(store_, id).value();
  EXPECT_EQ(row.model, "test 2");
  EXPECT_EQ(row.total, 88);
  const auto judgements = JudgementsOf(store_, id).value();
  ASSERT_EQ(judgements.size(), 2u);
  EXPECT_EQ(judgements[0].model, "test 1");
  EXPECT_EQ(judgements[1].made_ms, 2);
}

TEST_F(TakesTest, WhatIsNotThereIsSaidSo) {
  EXPECT_EQ(GetTake(store_, TakeId{7}).error().code, Errc::kNotFound);
  EXPECT_EQ(DeleteTake(store_, {7}).error().code, Errc::kNotFound);
  EXPECT_EQ(StarTake(store_, {7}, true).error().code, Errc::kNotFound);
  EXPECT_EQ(FindTakes(store_, {.after = TakeId{7}}).error().code, Errc::kInvalidArgument);
  const auto take = TakeOf({9}, 1, "Nobody's.", Document({"x"}, {}, 50));
  EXPECT_EQ(AddTake(store_, take, Tone(440), kRecordingRate).error().code, Errc::kNotFound);
  EXPECT_THAT(AudioFiles(), IsEmpty());
  EXPECT_THAT(FindLearner(store_, "Zoe").error().message, HasSubstr("there is none yet"));
}

TEST_F(TakesTest, LearnersHaveNamesOfTheirOwn) {
  Learner("Ana");
  EXPECT_EQ(AddLearner(store_, "Ana", "", 1).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(AddLearner(store_, "", "", 1).error().code, Errc::kInvalidArgument);
  const LearnerId bo = Learner("Bo");
  EXPECT_FALSE(RenameLearner(store_, bo, "Ana", ""));
  EXPECT_TRUE(RenameLearner(store_, bo, "Bob", "es"));
  EXPECT_EQ(FindLearner(store_, "Bob").value().first_language, "es");
}

}  // namespace
}  // namespace euphone
