#include "store/kept_outbox.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "store/care.h"
#include "store/store_fixture.h"

namespace euphone {
namespace {

class KeptOutboxTest : public fixture::StoreTest {
 protected:
  std::vector<QueuedRecord> All() {
    return NextBatch(store_, std::size_t{1} << 30, 100000, {}).value();
  }
  std::string Pseudonym(LearnerId learner) { return ConsentOf(store_, learner).value().pseudonym; }
  std::vector<UplinkClass> Kinds() {
    std::vector<UplinkClass> kinds;
    for (const QueuedRecord& queued : All()) kinds.push_back(queued.record.kind);
    return kinds;
  }
};

using enum UplinkClass;
using Kind = std::vector<UplinkClass>;

TEST_F(KeptOutboxTest, ATakeIsSharedWhileItsLearnerAgreesAndNoEarlierOneIs) {
  const LearnerId ana = Learner("Ana");
  Add(ana, 1, "Before.");
  EXPECT_EQ(Kinds(), Kind());
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScores, 5000));
  Add(ana, 2, "Scores.");
  EXPECT_EQ(Kinds(), Kind{kScores});
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScoresAndAudio, 6000));
  Add(ana, 3, "Both.", 880.0);
  EXPECT_EQ(Kinds(), (Kind{kScores, kScores, kAudio}));
  EXPECT_EQ(All()[0].record.learner, Pseudonym(ana));
  EXPECT_EQ(ConsentsOf(store_, ana).value().size(), 2u);
  EXPECT_EQ(ConsentOf(store_, ana).value().since_ms, 6000);
}

TEST_F(KeptOutboxTest, NeitherNamesNorTextsAreInWhatIsShared) {
  const LearnerId ana = Learner("Ana-Maria");
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScoresAndAudio, 1));
  Add(ana, 2, "My name is Ana-Maria.");
  const std::string uuid = GetLearner(store_, ana).value().uuid;
  ASSERT_EQ(All().size(), 2u);
  for (const QueuedRecord& queued : All()) {
    EXPECT_EQ(queued.record.body.find("Ana"), std::string::npos);
    EXPECT_EQ(queued.record.body.find("think"), std::string::npos);
    EXPECT_EQ(queued.record.body.find(uuid), std::string::npos);
    EXPECT_NE(queued.record.learner, uuid);
  }
  EXPECT_NE(All()[0].record.body.find(R"("sound":"TH","count":1)"), std::string::npos);
}

TEST_F(KeptOutboxTest, WhoWithdrawsTakesBackWhatWaitsAndAsksForDeletion) {
  const LearnerId ana = Learner("Ana"), ben = Learner("Ben");
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScoresAndAudio, 1));
  ASSERT_TRUE(SetConsent(store_, ben, Consent::kScores, 1));
  Add(ana, 2, "Hers.");
  Add(ben, 3, "His.", 880.0);
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScores, 9));
  EXPECT_EQ(Kinds(), (Kind{kDeletion, kScores, kScores}));
  EXPECT_EQ(All()[0].forgets, Kind{kAudio});
  EXPECT_EQ(All()[0].through, 3u);
  EXPECT_EQ(DeadLetters(store_).value().at(0).reason, "consent withdrawn");
}

TEST_F(KeptOutboxTest, WhoIsErasedAsksForDeletionUnderAPseudonymThatStays) {
  const LearnerId ana = Learner("Ana");
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScores, 1));
  const std::string pseudonym = Pseudonym(ana);
  Add(ana, 2, "Hers.");
  ASSERT_TRUE(EraseLearner(store_, ana));
  ASSERT_EQ(Kinds(), Kind{kDeletion});
  EXPECT_EQ(All()[0].record.learner, pseudonym);
}

TEST_F(KeptOutboxTest, ATakeOrASoundThatIsDeletedIsNotSentAfterwards) {
  const LearnerId ana = Learner("Ana");
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScoresAndAudio, 1));
  const TakeId one = Add(ana, 2, "One."), other = Add(ana, 3, "Other.", 880.0);
  ASSERT_TRUE(DeleteRecording(store_, one));
  EXPECT_EQ(Kinds(), (Kind{kScores, kScores, kAudio}));
  ASSERT_TRUE(DeleteTake(store_, other));
  EXPECT_EQ(Kinds(), Kind{kScores});
  EXPECT_EQ(DeadLetters(store_).value().size(), 3u);
  EXPECT_EQ(StateOfOutbox(store_).value().count[3], 0u);
}

TEST_F(KeptOutboxTest, ALessonGoesOnWhereThereIsNoRoom) {
  const LearnerId ana = Learner("Ana");
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScores, 1));
  OutboxLimits full;
  full.of[2].count = 0;
  EXPECT_EQ(Admit(store_, ana, {.kind = kScores, .body = "x"}, 2, full).error().code,
            Errc::kTooLarge);
  ASSERT_TRUE(store_.database().Execute(
      "UPDATE outbox_lanes SET bytes = 1000000000, count = 20000 WHERE class = 2"));
  Add(ana, 2, "Kept.");
  EXPECT_EQ(FindTakes(store_, {}).value().size(), 1u);
  EXPECT_EQ(Kinds(), Kind());
}

TEST_F(KeptOutboxTest, ARestoredStoreGoesOnUnderAnotherNameWithHigherNumbers) {
  const LearnerId ana = Learner("Ana");
  ASSERT_TRUE(SetConsent(store_, ana, Consent::kScores, 1));
  Add(ana, 2, "Hers.");
  const std::string before = StateOfOutbox(store_).value().name;
  ASSERT_TRUE(BackUp(store_, root_ / "backup"));
  store_ = Store::Create(root_ / "elsewhere", KeyKind::kNone, givers_).value();
  ASSERT_TRUE(Restore(root_ / "backup", root_ / "store", givers_));
  store_ = Open();
  EXPECT_NE(StateOfOutbox(store_).value().name, before);
  EXPECT_GT(StateOfOutbox(store_).value().made, 1000u);
  EXPECT_EQ(Kinds(), Kind{kScores});
}

/// The pure outbox and the kept one, through the same calls.
class Both {
 public:
  Both(Store& store, std::vector<LearnerId> learners)
      : store_(store), learners_(std::move(learners)) {
    limits_.of = {{{0, 0, 0}, {40, 6, 7'200'000}, {60, 5, 9'000'000}, {200, 4, 4'000'000}}};
    // Tables begin with the first consent, as a store that shares nothing is not written to.
    pure_.SetConsent("learner0", Consent::kHealth, now_);
    EXPECT_TRUE(SetConsent(store_, learners_[0], Consent::kHealth, now_));
    names_[ConsentOf(store_, learners_[0]).value().pseudonym] = "learner0";
  }

  void Step(std::mt19937& random) {
    now_ += static_cast<std::int64_t>(random() % 2'000'000);
    if (random() % 50 == 0) now_ += 400'000'000'000;
    if (random() % 50 == 0) now_ -= 300'000'000'000;
    const std::size_t who = random() % learners_.size();
    const std::string name = "learner" + std::to_string(who);
    pure_.Expire(now_);
    ASSERT_TRUE(ExpireOutbox(store_, now_, limits_));
    switch (random() % 8) {
      case 0: {
        const auto consent = static_cast<Consent>(random() % 4);
        pure_.SetConsent(name, consent, now_);
        ASSERT_TRUE(SetConsent(store_, learners_[who], consent, now_));
        names_[ConsentOf(store_, learners_[who]).value().pseudonym] = name;
        break;
      }
      case 1: {
        std::array<std::uint64_t, kUplinkClasses> upto = {};
        for (std::size_t kind = 0; kind < kUplinkClasses; ++kind) {
          upto[kind] = random() % (StateOfOutbox(store_).value().made + 1);
          pure_.Acknowledge(static_cast<UplinkClass>(kind), upto[kind]);
        }
        ASSERT_TRUE(AcknowledgeOutbox(store_, upto));
        break;
      }
      case 2: {
        const std::uint64_t seq = random() % (StateOfOutbox(store_).value().made + 1);
        pure_.Reject(seq, "bad");
        ASSERT_TRUE(RejectRecord(store_, seq, "bad"));
        break;
      }
      default: {
        UplinkRecord record{static_cast<UplinkClass>(1 + random() % 3),
                            static_cast<int>(random() % 3), name, std::string(random() % 30, 'x')};
        const auto one = pure_.Admit(record, now_);
        const auto other = Admit(store_, learners_[who], record, now_, limits_);
        ASSERT_EQ(one.has_value(), other.has_value());
        if (one) {
          EXPECT_EQ(*one, *other);
        } else {
          EXPECT_EQ(one.error().code, other.error().code);
        }
      }
    }
    Compare(random() % 200, 1 + random() % 20);
  }

 private:
  void Compare(std::size_t bytes, std::size_t count) {
    const auto one = pure_.NextBatch(bytes, count);
    const auto other = NextBatch(store_, bytes, count, {}).value();
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(one[i].seq, other[i].seq);
      EXPECT_EQ(one[i].record.body, other[i].record.body);
      EXPECT_EQ(one[i].age_ms, other[i].age_ms);
      EXPECT_EQ(one[i].through, other[i].through);
      EXPECT_EQ(one[i].forgets, other[i].forgets);
      const std::string& learner = other[i].record.learner;
      EXPECT_EQ(one[i].record.learner, learner.empty() ? learner : names_[learner]);
    }
    const auto state = StateOfOutbox(store_).value();
    for (std::size_t kind = 0; kind < kUplinkClasses; ++kind) {
      EXPECT_EQ(pure_.Bytes(static_cast<UplinkClass>(kind)), state.bytes[kind]);
      EXPECT_EQ(pure_.Count(static_cast<UplinkClass>(kind)), state.count[kind]);
    }
    const auto letters = DeadLetters(store_).value();
    ASSERT_EQ(pure_.dead_letters().size(), letters.size());
    for (std::size_t i = 0; i < letters.size(); ++i) {
      EXPECT_EQ(pure_.dead_letters()[i].seq, letters[i].seq) << i;
      EXPECT_EQ(pure_.dead_letters()[i].reason, letters[i].reason) << i;
    }
  }

  Store& store_;
  std::vector<LearnerId> learners_;
  OutboxLimits limits_ = {};
  Outbox pure_{
      "box", [] {
        OutboxLimits limits;
        limits.of = {{{0, 0, 0}, {40, 6, 7'200'000}, {60, 5, 9'000'000}, {200, 4, 4'000'000}}};
        return limits;
      }()};
  std::map<std::string, std::string> names_;
  std::int64_t now_ = 1'790'000'000'000;
};

class KeptOutboxHistories : public fixture::StoreTest {
 protected:
  KeptOutboxHistories() : StoreTest(KeyKind::kNone) {}
};

TEST_F(KeptOutboxHistories, TablesDoWhatThePureOutboxDoes) {
  for (unsigned history = 0; history < 30; ++history) {
    std::mt19937 random(history);
    Store store = Store::Create(root_ / std::to_string(history), KeyKind::kNone, givers_).value();
    ASSERT_TRUE(store.database().Execute("PRAGMA synchronous = OFF"));
    std::vector<LearnerId> learners;
    for (const char* name : {"Ana", "Ben", "Caro"})
      learners.push_back(AddLearner(store, name, "", 1).value().id);
    Both both(store, learners);
    for (int step = 0; step < 60 && !HasFailure(); ++step) both.Step(random);
    ASSERT_FALSE(HasFailure()) << history;
  }
}

}  // namespace
}  // namespace euphone
