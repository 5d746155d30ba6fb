#include "sync/outbox.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "base/random.h"

namespace euphone {
namespace {

constexpr std::int64_t kNow = 1'790'000'000'000;
constexpr std::int64_t kYearMs = 365LL * 86'400'000;
constexpr auto kHealth = UplinkClass::kHealth;
constexpr auto kScores = UplinkClass::kScores;
constexpr auto kAudio = UplinkClass::kAudio;
constexpr auto kDeletion = UplinkClass::kDeletion;

Outbox AgreedTo(Consent consent, OutboxLimits limits = {}) {
  Outbox outbox("d1", limits);
  outbox.SetConsent("ann", consent, kNow);
  return outbox;
}

UplinkRecord Of(UplinkClass kind, std::string body = "x", int priority = 0) {
  return {kind, priority, "ann", std::move(body)};
}

TEST(Outbox, SendsNothingThatNobodyHasAgreedTo) {
  Outbox outbox("d1");
  for (const UplinkClass kind : {kHealth, kScores, kAudio, kDeletion}) {
    EXPECT_FALSE(outbox.Admit(Of(kind), kNow));
  }
  outbox.SetConsent("ann", Consent::kScores, kNow);
  EXPECT_TRUE(outbox.Admit(Of(kHealth), kNow));
  EXPECT_TRUE(outbox.Admit(Of(kScores), kNow));
  EXPECT_FALSE(outbox.Admit(Of(kAudio), kNow));
  EXPECT_EQ(outbox.ConsentSinceMs("ann"), kNow);
  EXPECT_EQ(outbox.ConsentOf("bob"), Consent::kNothing);
}

TEST(Outbox, HealthGoesWithoutTheLearnersName) {
  Outbox outbox = AgreedTo(Consent::kHealth);
  ASSERT_TRUE(outbox.Admit(Of(kHealth), kNow));
  EXPECT_EQ(outbox.NextBatch(100, 10).at(0).record.learner, "");
  outbox.SetConsent("ann", Consent::kNothing, kNow);
  EXPECT_TRUE(outbox.NextBatch(100, 10).empty())
      << "it is still known whose it is as long as it waits";
}

TEST(Outbox, AWithdrawalDropsWhatWaitsAndAsksForDeletionOfWhatHasGone) {
  Outbox outbox = AgreedTo(Consent::kScoresAndAudio);
  ASSERT_TRUE(outbox.Admit(Of(kScores), kNow));
  ASSERT_TRUE(outbox.Admit(Of(kAudio), kNow));
  outbox.SetConsent("ann", Consent::kScores, kNow + 1);
  EXPECT_EQ(outbox.Count(kScores), 1u);
  EXPECT_EQ(outbox.Count(kAudio), 0u);
  EXPECT_EQ(outbox.dead_letters().at(0).reason, "consent withdrawn");
  outbox.SetConsent("ann", Consent::kNothing, kNow + 2);
  const auto batch = outbox.NextBatch(100, 10);
  ASSERT_EQ(batch.size(), 2u);
  EXPECT_EQ(batch[0].forgets, std::vector{kAudio});
  EXPECT_EQ(batch[0].through, 2u);
  EXPECT_EQ(batch[1].forgets, std::vector{kScores});
  EXPECT_EQ(batch[1].record.learner, "ann");
  outbox.Expire(kNow + 100 * kYearMs);
  EXPECT_EQ(outbox.Count(kDeletion), 2u) << "never dropped";
}

TEST(Outbox, TheOldestOfTheLowestPriorityMakeRoom) {
  OutboxLimits limits;
  limits.of[static_cast<std::size_t>(kScores)] = {10, 3, kYearMs};
  Outbox outbox = AgreedTo(Consent::kScores, limits);
  ASSERT_TRUE(outbox.Admit(Of(kScores, "11", 1), kNow));
  ASSERT_TRUE(outbox.Admit(Of(kScores, "00", 0), kNow));
  ASSERT_TRUE(outbox.Admit(Of(kScores, "99", 9), kNow));
  ASSERT_TRUE(outbox.Admit(Of(kScores, "22", 1), kNow));
  EXPECT_EQ(outbox.dead_letters().at(0).seq, 2u);
  EXPECT_FALSE(outbox.Admit(Of(kScores, "low", 0), kNow));
  EXPECT_FALSE(outbox.Admit(Of(kScores, "more than ten", 99), kNow));
  EXPECT_FALSE(outbox.Admit(Of(kScores, "123456789", 1), kNow)) << "the one of priority 9 stays";
  EXPECT_EQ(outbox.Count(kScores), 3u) << "who finds no room drives out none";
}

TEST(Outbox, ABatchIsTheSameUntilItIsAcknowledgedAndAnOldCursorDoesNoHarm) {
  Outbox outbox = AgreedTo(Consent::kScoresAndAudio);
  for (const UplinkClass kind : {kAudio, kScores, kHealth, kScores}) {
    ASSERT_TRUE(outbox.Admit(Of(kind), kNow));
  }
  const auto seqs = [&] {
    std::vector<std::uint64_t> all;
    for (const auto& queued : outbox.NextBatch(100, 10)) all.push_back(queued.seq);
    return all;
  };
  EXPECT_EQ(seqs(), (std::vector<std::uint64_t>{3, 2, 4, 1}));
  EXPECT_EQ(seqs(), (std::vector<std::uint64_t>{3, 2, 4, 1}));
  outbox.Acknowledge(kScores, 4);
  outbox.Acknowledge(kScores, 2);
  EXPECT_EQ(seqs(), (std::vector<std::uint64_t>{3, 1}));
  outbox.Reject(3, "no such device");
  EXPECT_EQ(outbox.dead_letters().back().reason, "no such device");
  EXPECT_EQ(seqs(), (std::vector<std::uint64_t>{1}));
  EXPECT_EQ(outbox.MessageId(1), "d1-1");
}

TEST(Outbox, ARecordLargerThanABatchGoesAlone) {
  Outbox outbox = AgreedTo(Consent::kScores);
  ASSERT_TRUE(outbox.Admit(Of(kScores, "a long one"), kNow));
  ASSERT_TRUE(outbox.Admit(Of(kScores, "b"), kNow));
  EXPECT_EQ(outbox.NextBatch(3, 10).size(), 1u);
  EXPECT_EQ(outbox.NextBatch(11, 10).size(), 2u);
}

TEST(Outbox, AClockThatJumpsNeitherExpiresWhatIsNewNorKeepsWhatIsOld) {
  Outbox outbox = AgreedTo(Consent::kHealth);
  ASSERT_TRUE(outbox.Admit(Of(kHealth), kNow));
  outbox.Expire(kNow + 30 * kYearMs);
  outbox.Expire(std::numeric_limits<std::int64_t>::min());
  outbox.Expire(std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(outbox.Count(kHealth), 1u);
  outbox.Expire(0);
  for (int hour = 1; hour <= 7 * 24; ++hour) outbox.Expire(hour * 3'600'000LL);
  EXPECT_EQ(outbox.Count(kHealth), 0u);
  EXPECT_EQ(outbox.dead_letters().back().reason, "expired");
}

TEST(Outbox, EachAdmittedRecordEndsOnceWhateverHappens) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Random random(SeedFor(seed, "outbox"));
    OutboxLimits limits;
    for (ClassLimits& of : limits.of) of = {40, 6, 5 * 3'600'000};
    Outbox outbox = AgreedTo(Consent::kScoresAndAudio, limits);
    std::set<std::uint64_t> open;
    for (int step = 0; step < 200; ++step) {
      const std::int64_t now = kNow + static_cast<std::int64_t>(random.Below(20)) * kYearMs;
      const auto kind = static_cast<UplinkClass>(random.Below(4));
      if (random.Below(2) == 0) {
        const auto seq = outbox.Admit(
            Of(kind, std::string(random.Below(20), 'x'), static_cast<int>(random.Below(3))), now);
        if (seq) {
          EXPECT_TRUE(open.insert(*seq).second) << "seed " << seed;
        }
      } else if (random.Below(8) == 0) {
        outbox.SetConsent("ann", static_cast<Consent>(random.Below(4)), now);
      } else {
        const auto batch = outbox.NextBatch(60, 4);
        std::uint64_t last = 0;
        for (const auto& sent : batch) {
          if (sent.record.kind != batch[0].record.kind) break;
          EXPECT_GT(sent.seq, last) << "seed " << seed;
          last = sent.seq;
          open.erase(last);
        }
        if (!batch.empty()) outbox.Acknowledge(batch[0].record.kind, last);
      }
      std::size_t waiting = 0;
      for (const UplinkClass each : {kHealth, kScores, kAudio}) {
        waiting += outbox.Count(each);
        EXPECT_LE(outbox.Bytes(each), 40u);
      }
      for (const DeadLetter& letter : outbox.dead_letters()) open.erase(letter.seq);
      EXPECT_EQ(waiting, open.size()) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace euphone
