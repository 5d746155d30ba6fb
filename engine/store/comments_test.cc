#include "store/comments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audio/audio_reader.h"
#include "store/care.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using fixture::Tone;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CommentsTest : public fixture::StoreTest {
 protected:
  CommentId Say(TakeId take, std::int64_t made_ms, const std::string& text, double model_hz = 0.0) {
    const NewComment comment{.take = take, .made_ms = made_ms, .author = "Ms Kim", .text = text};
    const auto pcm = model_hz > 0.0 ? Tone(model_hz) : std::vector<float>();
    return AddComment(store_, comment, pcm, kRecordingRate).value();
  }
  std::vector<std::string> Texts(const CommentQuery& query) {
    std::vector<std::string> texts;
    const auto found = FindComments(store_, query).value();
    for (const CommentOnTake& each : found) texts.push_back(each.comment.text);
    return texts;
  }
  std::vector<Fault> Faults(bool repair = false) {
    return CheckStore(store_, {.repair = repair}).value();
  }
};

TEST_F(CommentsTest, ACommentComesBackWithItsAuthorItsTextAndTheSamplesOfItsModel) {
  const TakeId take = Add(Learner("Ana"), 1, "Think.");
  const CommentId id = Say(take, 5, "Tongue between the teeth.", 700);
  Store again = Open();
  const Comment comment = GetComment(again, id).value();
  EXPECT_EQ(comment.author, "Ms Kim");
  EXPECT_EQ(comment.text, "Tongue between the teeth.");
  EXPECT_EQ(comment.take, take);
  EXPECT_EQ(comment.made_ms, 5);
  EXPECT_TRUE(comment.has_recording);
  EXPECT_FALSE(comment.seen);
  EXPECT_EQ(GetComment(again, comment.uuid).value().id, id);
  const KeptRecording kept = RecordingOf(again, id).value();
  EXPECT_EQ(kept.ending, ".flac");
  const auto read = ReadRecording(std::as_bytes(std::span(kept.content)), "kept").value();
  EXPECT_THAT(read.samples, testing::Pointwise(testing::FloatNear(1e-4f), Tone(700)));
}

TEST_F(CommentsTest, NothingOfACommentIsReadableInTheFilesOfTheStore) {
  const TakeId take = Add(Learner("Ana"), 1, "Think.");
  const CommentId id = Say(take, 5, "Tongue between the teeth.", 700);
  EXPECT_FALSE(FilesHold("between the teeth"));
  EXPECT_FALSE(FilesHold("fLaC"));
  for (const fs::path& file : AudioFiles()) EXPECT_EQ(file.extension(), ".sealed");
  ASSERT_TRUE(store_.ChangeLock(KeyKind::kPassphrase, givers_));
  Store again = Open();
  EXPECT_TRUE(RecordingOf(again, id)) << "another lock, the same key";
}

TEST_F(CommentsTest, ATakeTellsHowManyCommentsItHasAndHowManyAreUnseen) {
  const LearnerId learner = Learner("Ana");
  const TakeId take = Add(learner, 1, "Think."), other = Add(learner, 2, "So.");
  const CommentId first = Say(take, 5, "One.");
  Say(take, 6, "Two.");
  ASSERT_TRUE(MarkSeen(store_, first, true));
  EXPECT_EQ(GetTake(store_, take).value().comments, 2);
  EXPECT_EQ(GetTake(store_, take).value().unseen, 1);
  EXPECT_EQ(GetTake(store_, other).value().comments, 0);
  const auto of_take = CommentsOf(store_, take).value();
  ASSERT_EQ(of_take.size(), 2u);
  EXPECT_TRUE(of_take[0].seen);
  EXPECT_EQ(of_take[1].text, "Two.");
}

TEST_F(CommentsTest, TheInboxHasWhatALearnerHasNotSeenNewestFirst) {
  const LearnerId ana = Learner("Ana"), bo = Learner("Bo");
  const TakeId take = Add(ana, 1, "Think.");
  const CommentId seen = Say(take, 5, "Seen.");
  Say(take, 6, "Old.");
  Say(Add(ana, 2, "So."), 8, "New.");
  Say(Add(bo, 3, "Go."), 7, "Bo's.");
  ASSERT_TRUE(MarkSeen(store_, seen, true));
  EXPECT_THAT(Texts({.learner = ana, .unseen = true}), ElementsAre("New.", "Old."));
  EXPECT_THAT(Texts({.learner = ana}), ElementsAre("New.", "Old.", "Seen."));
  EXPECT_THAT(Texts({.unseen = true}), ElementsAre("New.", "Bo's.", "Old."));
  EXPECT_THAT(Texts({.limit = 1}), ElementsAre("New."));
  const auto newest = FindComments(store_, {}).value().front();
  EXPECT_EQ(newest.take_text, "So.");
  EXPECT_TRUE(newest.take_has_recording);
  EXPECT_EQ(newest.take, GetTake(store_, newest.comment.take).value().uuid);
}

TEST_F(CommentsTest, ARecordingThatOnlyACommentHasIsNoFault) {
  const TakeId take = Add(Learner("Ana"), 1, "Think.");
  const CommentId id = Say(take, 5, "", 700);
  EXPECT_THAT(Faults(true), IsEmpty());
  EXPECT_TRUE(RecordingOf(store_, id));
  ASSERT_TRUE(Vacuum(store_));
  EXPECT_TRUE(RecordingOf(store_, id));
}

TEST_F(CommentsTest, ARecordingThatIsMissingIsForgottenWhileTheTextStays) {
  const TakeId take = Add(Learner("Ana"), 1, "Think.");
  ASSERT_TRUE(DeleteRecording(store_, take));
  const CommentId id = Say(take, 5, "Listen.", 700);
  for (const fs::path& file : AudioFiles()) fs::remove(file);
  ASSERT_EQ(Faults(true).size(), 1u);
  EXPECT_THAT(Faults(), IsEmpty());
  EXPECT_FALSE(GetComment(store_, id).value().has_recording);
  EXPECT_EQ(GetComment(store_, id).value().text, "Listen.");
  EXPECT_EQ(RecordingOf(store_, id).error().code, Errc::kNotFound);
}

TEST_F(CommentsTest, ADeletedCommentTakesItsRecordingWithItUnlessATakeHasIt) {
  const TakeId take = Add(Learner("Ana"), 1, "Think.", 440);
  const CommentId own = Say(take, 5, "", 700), shared = Say(take, 6, "", 440);
  EXPECT_EQ(AudioFiles().size(), 2u);
  ASSERT_TRUE(DeleteComment(store_, own));
  EXPECT_EQ(AudioFiles().size(), 1u);
  ASSERT_TRUE(DeleteComment(store_, shared));
  EXPECT_TRUE(RecordingOf(store_, take));
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(CommentsTest, ADeletedTakeTakesItsCommentsAndTheirRecordingsUnlessOthersHaveThem) {
  const LearnerId learner = Learner("Ana");
  const TakeId take = Add(learner, 1, "Think.", 440), other = Add(learner, 2, "So.", 550);
  const CommentId gone = Say(take, 5, "", 700);
  Say(take, 6, "", 800);
  const CommentId stays = Say(other, 7, "", 800);
  ASSERT_EQ(AudioFiles().size(), 4u);
  ASSERT_TRUE(DeleteTake(store_, take));
  EXPECT_EQ(GetComment(store_, gone).error().code, Errc::kNotFound);
  EXPECT_TRUE(RecordingOf(store_, stays));
  EXPECT_EQ(AudioFiles().size(), 2u);
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(CommentsTest, ARecordingThatGoesLeavesTheModelThatACommentHasOfIt) {
  const TakeId take = Add(Learner("Ana"), 1, "Think.", 440);
  const CommentId id = Say(take, 5, "", 440);
  ASSERT_TRUE(DeleteRecording(store_, take));
  EXPECT_FALSE(GetTake(store_, take).value().has_recording);
  EXPECT_TRUE(RecordingOf(store_, id));
}

TEST_F(CommentsTest, RetentionForgetsACommentWithItsTakeAndNotBefore) {
  const LearnerId learner = Learner("Ana");
  const TakeId old = Add(learner, 0, "Old.", 440), young = Add(learner, 9 * kDayMs, "New.", 550);
  const CommentId on_old = Say(old, 1, "", 700), on_young = Say(young, 9 * kDayMs, "", 800);
  ASSERT_TRUE(SetRetention(store_, {.recordings = 0, .disk_percent = 0.0}));
  ASSERT_TRUE(Retain(store_, 10 * kDayMs));
  EXPECT_FALSE(RecordingOf(store_, old));
  EXPECT_TRUE(RecordingOf(store_, on_old));
  ASSERT_TRUE(SetRetention(store_, {.take_days = 5}));
  ASSERT_TRUE(Retain(store_, 10 * kDayMs));
  EXPECT_FALSE(GetComment(store_, on_old));
  EXPECT_TRUE(RecordingOf(store_, on_young));
  EXPECT_EQ(AudioFiles().size(), 1u);
}

TEST_F(CommentsTest, NothingIsLeftOfWhatWasSaidToAnErasedLearner) {
  const LearnerId ana = Learner("Ana"), bo = Learner("Bo");
  Say(Add(ana, 1, "Think."), 5, "Tongue between the teeth.", 700);
  const CommentId other = Say(Add(bo, 2, "So."), 6, "Good.", 700);
  ASSERT_EQ(AudioFiles().size(), 4u) << "two learners never share a file";
  ASSERT_TRUE(EraseLearner(store_, ana));
  EXPECT_EQ(AudioFiles().size(), 2u);
  EXPECT_THAT(Texts({}), ElementsAre("Good."));
  EXPECT_TRUE(RecordingOf(store_, other));
  EXPECT_THAT(Faults(), IsEmpty());
}

TEST_F(CommentsTest, ABackupHasTheRecordingsOfComments) {
  const CommentId id = Say(Add(Learner("Ana"), 1, "Think."), 5, "Listen.", 700);
  ASSERT_TRUE(BackUp(store_, root_ / "backup"));
  ASSERT_TRUE(DeleteComment(store_, id));
  Store backup = Store::Open(root_ / "backup", givers_).value();
  EXPECT_TRUE(RecordingOf(backup, id));
  EXPECT_THAT(CheckStore(backup, {}).value(), IsEmpty());
}

TEST_F(CommentsTest, WhatCannotBeKeptLeavesNothing) {
  const TakeId take = Add(Learner("Ana"), 1, "Think.", 440);
  EXPECT_EQ(AddComment(store_, {.take = take}).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(AddComment(store_, {.take = {9}, .text = "x"}).error().code, Errc::kNotFound);
  const std::string uuid = GetComment(store_, Say(take, 5, "One.")).value().uuid;
  const NewComment twice{.take = take, .text = "Two.", .uuid = uuid};
  EXPECT_FALSE(AddComment(store_, twice, Tone(900), kRecordingRate));
  EXPECT_EQ(AudioFiles().size(), 1u);
  EXPECT_EQ(MarkSeen(store_, {9}, true).error().code, Errc::kNotFound);
  EXPECT_EQ(DeleteComment(store_, {9}).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone
