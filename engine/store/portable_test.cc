#include "store/portable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "store/assignments.h"
#include "store/care.h"
#include "store/comments.h"
#include "store/progress.h"
#include "store/store_fixture.h"
#include "store/zip_writer.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PortableTest : public fixture::StoreTest {
 protected:
  static std::string Content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  /// Two learners, three takes: one starred, one judged twice, one without its recording.
  void Fill() {
    ana_ = Learner("Ana");
    const LearnerId bo = Learner("Bo");
    first_ = Add(ana_, 3 * kDayMs, "Think, \"so\".", 300);
    const TakeId second = Add(bo, 4 * kDayMs, "=SUM(A1)", 400);
    third_ = Add(ana_, 5 * kDayMs, "Think again.", 500);
    ASSERT_TRUE(StarTake(store_, first_, true));
    ASSERT_TRUE(NoteTake(store_, first_, "Better\nthan before"));
    ASSERT_TRUE(DeleteRecording(store_, second));
    const auto later = JudgementOf(fixture::Document({"think"}, {"TH:90"}, 95, "test 2")).value();
    ASSERT_TRUE(JudgeAgain(store_, third_, later, 6 * kDayMs));
  }
  Store Other() { return Store::Create(root_ / "other", KeyKind::kNone, givers_).value(); }

  LearnerId ana_;
  TakeId first_, third_;
};

TEST_F(PortableTest, AnotherStoreHoldsTheSameAfterExportAndImport) {
  Fill();
  const auto exported = ExportStore(store_, root_ / "export", {});
  ASSERT_TRUE(exported) << exported.error().message;
  EXPECT_EQ(exported->takes, 3);
  EXPECT_EQ(exported->recordings, 2);
  Store other = Other();
  const auto imported = ImportStore(other, root_ / "export");
  ASSERT_TRUE(imported) << imported.error().message;
  EXPECT_EQ(imported->learners, 2);
  EXPECT_EQ(imported->takes, 3);
  const auto mine = FindTakes(store_, {}).value(), theirs = FindTakes(other, {}).value();
  ASSERT_EQ(theirs.size(), mine.size());
  for (std::size_t i = 0; i < mine.size(); ++i) {
    EXPECT_EQ(theirs[i].uuid, mine[i].uuid);
    EXPECT_EQ(theirs[i].text, mine[i].text);
    EXPECT_EQ(theirs[i].day, mine[i].day);
    EXPECT_EQ(theirs[i].total, mine[i].total);
    EXPECT_EQ(theirs[i].starred, mine[i].starred);
    EXPECT_EQ(theirs[i].note, mine[i].note);
    EXPECT_EQ(theirs[i].model, mine[i].model);
    ASSERT_EQ(theirs[i].has_recording, mine[i].has_recording);
    if (mine[i].has_recording) {
      EXPECT_EQ(RecordingOf(other, theirs[i].id)->content,
                RecordingOf(store_, mine[i].id)->content);
      EXPECT_EQ(RecordingOf(other, theirs[i].id)->samples, 16000);
    }
  }
  EXPECT_EQ(JudgementsOf(other, theirs[0].id)->size(), 2u);
  EXPECT_THAT(CheckStore(other, {}).value(), IsEmpty());
  const auto again = ImportStore(other, root_ / "export");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->known, 3);
  EXPECT_EQ(again->takes, 0);
}

TEST_F(PortableTest, WhatATeacherSaidAndAskedForIsExportedAndImportedOnce) {
  Fill();
  const NewComment said{
      .take = first_, .made_ms = 9, .author = "Ms Kim", .text = "Like this.", .seen = true};
  const CommentId model = AddComment(store_, said, fixture::Tone(700), SampleRate{16000}).value();
  ASSERT_TRUE(AddComment(store_, {.take = third_, .text = "Good."}));
  ASSERT_TRUE(AddAssignments(
      store_, {{.learner = ana_, .lesson = "everyday", .made_ms = 7, .due_day = 30, .note = "All."},
               {.learner = ana_, .lesson = "travel", .made_ms = 8}}));
  const auto exported = ExportStore(store_, root_ / "export", {});
  ASSERT_TRUE(exported) << exported.error().message;
  EXPECT_EQ(exported->recordings, 3);
  Store other = Other();
  for (int time = 0; time < 2; ++time) {
    const auto imported = ImportStore(other, root_ / "export");
    ASSERT_TRUE(imported) << imported.error().message;
    const auto comments = FindComments(other, {}).value();
    ASSERT_EQ(comments.size(), 2u);
    const Comment& comment = comments[0].comment;
    EXPECT_EQ(comment.uuid, GetComment(store_, model).value().uuid);
    EXPECT_EQ(comment.author + ": " + comment.text, "Ms Kim: Like this.");
    EXPECT_TRUE(comment.seen);
    EXPECT_EQ(RecordingOf(other, comment.id)->content, RecordingOf(store_, model)->content);
    const auto assignments = AssignmentsOf(other).value();
    ASSERT_EQ(assignments.size(), 2u);
    EXPECT_EQ(assignments[0].lesson + ": " + assignments[0].note, "everyday: All.");
    EXPECT_EQ(assignments[0].due_day, 30);
    EXPECT_FALSE(assignments[1].due_day);
  }
  EXPECT_THAT(CheckStore(other, {}).value(), IsEmpty());
}

TEST_F(PortableTest, AnExportOfBeforeThereWereCommentsIsReadAndOneWithThemAddsThem) {
  Fill();
  ASSERT_TRUE(ExportStore(store_, root_ / "old", {}));
  fs::remove(root_ / "old" / "assignments.jsonl");
  Store other = Other();
  ASSERT_TRUE(ImportStore(other, root_ / "old"));
  ASSERT_TRUE(AddComment(store_, {.take = first_, .text = "Good."}));
  ASSERT_TRUE(ExportStore(store_, root_ / "new", {}));
  EXPECT_EQ(ImportStore(other, root_ / "new").value().known, 3);
  EXPECT_EQ(FindComments(other, {}).value().size(), 1u);
}

TEST_F(PortableTest, TheTableOfAClassHasALineForEachLearnerAndTheHardestSoundFirst) {
  Fill();
  const LearnerId cy = Learner("=Cy");
  const auto take = fixture::TakeOf(cy, 5 * kDayMs, "So.", fixture::Document({"so"}, {"S:97"}, 90));
  ASSERT_TRUE(AddTake(store_, take, std::nullopt));
  std::istringstream csv(ClassCsv(store_, 31).value());
  std::vector<std::string> lines;
  for (std::string line; std::getline(csv, line);) lines.push_back(line);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0],
            "learner,first_language,takes,days_practised_of_28,mean_score_0_100,standard_error,"
            "TH_mean_0_100,TH_count,IH_mean_0_100,IH_count,S_mean_0_100,S_count\r");
  EXPECT_EQ(lines[1], "'=Cy,ko,1,1,90,0,,0,,0,97,1\r");
  EXPECT_EQ(lines[2], "Ana,ko,2,1,95,0,55,2,90,1,,0\r") << "day 3 is 28 days ago";
}

TEST_F(PortableTest, AnExportOfOneLearnerHoldsNobodyElse) {
  Fill();
  ASSERT_TRUE(ExportStore(store_, root_ / "export", {.learner = ana_, .recordings = false}));
  for (const auto& entry : fs::recursive_directory_iterator(root_ / "export")) {
    if (!entry.is_regular_file()) continue;
    EXPECT_EQ(Content(entry.path()).find("SUM"), std::string::npos) << entry.path();
    EXPECT_NE(entry.path().extension(), ".flac");
  }
}

TEST_F(PortableTest, TablesAreForSpreadsheetsWhichTakeNothingInThemForAFormula) {
  Fill();
  const std::string takes = TakesCsv(store_, {}).value();
  EXPECT_THAT(takes, HasSubstr("1970-01-04T00:00:00Z,\"Think, \"\"so\"\".\""));
  EXPECT_THAT(takes, HasSubstr(",'=SUM(A1),"));
  EXPECT_THAT(SoundsCsv(store_, {.learner = ana_}).value(), HasSubstr("TH,1,20,1\r\n"));
}

TEST_F(PortableTest, ChosenTakesAreExportedAloneIntoAnArchive) {
  Fill();
  const TakeRow chosen = FindTakes(store_, {.limit = 1}).value().front();
  const std::string csv = TakesCsv(store_, {.takes = {chosen.id}}).value();
  EXPECT_EQ(std::ranges::count(csv, '\n'), 2);
  EXPECT_THAT(csv, HasSubstr(chosen.uuid));
  ZipWriter zip(std::size_t{1} << 20);
  const auto add = [&](const std::string& name, std::string_view content) {
    return zip.Add(name, content);
  };
  const auto exported = ExportTo(add, store_, {.takes = {chosen.id}});
  ASSERT_TRUE(exported) << exported.error().message;
  EXPECT_EQ(exported->takes, 1);
  EXPECT_EQ(exported->learners, 1);
  const std::string archive = zip.Finish().value();
  EXPECT_EQ(archive.substr(0, 2), "PK");
  EXPECT_THAT(archive, HasSubstr("takes/" + chosen.uuid + ".json"));
}

TEST_F(PortableTest, AnArchiveGrowsNoFurtherThanItMay) {
  ZipWriter zip(1000);
  std::mt19937 random(1);
  std::string noise(200000, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  EXPECT_EQ(zip.Add("noise", noise).error().code, Errc::kTooLarge);
}

TEST_F(PortableTest, AnExportStandsInNobodysWayAndNothingIsLeftOfAStoppedOne) {
  Fill();
  fs::create_directories(root_ / "photos" / "cat");
  EXPECT_EQ(ExportStore(store_, root_ / "photos", {}).error().code, Errc::kInvalidArgument);
  ExportOptions stopped;
  stopped.progress = [](std::int64_t done, std::int64_t) { return done < 1; };
  EXPECT_FALSE(ExportStore(store_, root_ / "export", stopped));
  EXPECT_FALSE(fs::exists(root_ / "export"));
  EXPECT_FALSE(fs::exists(root_ / "export.part"));
}

TEST_F(PortableTest, ALearnerOfTheSameNameGetsANumber) {
  Fill();
  ASSERT_TRUE(ExportStore(store_, root_ / "export", {}));
  Store other = Other();
  ASSERT_TRUE(AddLearner(other, "Ana", "", 1));
  ASSERT_TRUE(ImportStore(other, root_ / "export"));
  EXPECT_TRUE(FindLearner(other, "Ana (2)"));
}

TEST_F(PortableTest, ADamagedExportIsRefusedByFileAndLine) {
  Fill();
  ASSERT_TRUE(ExportStore(store_, root_ / "export", {}));
  Store other = Other();
  const std::string takes = Content(root_ / "export" / "takes.jsonl");
  const auto refusal = [&](const std::string& content) {
    std::ofstream(root_ / "export" / "takes.jsonl", std::ios::trunc) << content;
    const auto imported = ImportStore(other, root_ / "export");
    return imported ? std::string() : imported.error().message;
  };
  EXPECT_THAT(refusal("{\n"), HasSubstr("takes.jsonl, line 1"));
  EXPECT_THAT(refusal("{}\n"), HasSubstr("not as the format says"));
  EXPECT_THAT(refusal("{\"schema\":\"other/1\"}\n"), HasSubstr("not of the kind"));
  std::string outside = takes;
  for (auto at = outside.find("takes/"); at != std::string::npos; at = outside.find("takes/", at))
    outside.replace(at, 6, "../../");
  EXPECT_THAT(refusal(outside), HasSubstr("has its files in takes/"));
  EXPECT_THAT(FindTakes(other, {}).value(), IsEmpty());
  EXPECT_EQ(ImportStore(other, root_ / "nothing").error().code, Errc::kNotFound);
}

TEST_F(PortableTest, AnAnkiDeckHasACardForEachWordThatWentWrong) {
  Fill();
  const auto wrong = fixture::TakeOf(ana_, 7 * kDayMs, "Think <b>harder</b>.",
                                     fixture::Document({"Think", "harder"}, {"TH:5:T"}, 20));
  ASSERT_TRUE(AddTake(store_, wrong, {}, SampleRate{16000}));
  const auto voice = [](const std::string& word) { return Result<std::string>("RIFF " + word); };
  const auto deck = MakeAnkiDeck(store_, ana_, voice, 8 * kDayMs);
  ASSERT_TRUE(deck) << deck.error().message;
  EXPECT_EQ(deck->cards, 2);
  EXPECT_EQ(deck->content.substr(0, 2), "PK");
  EXPECT_THAT(deck->content, HasSubstr("collection.anki2"));
  const LearnerId nobody = Learner("Cy");
  EXPECT_EQ(MakeAnkiDeck(store_, nobody, nullptr, 1).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone
