#include "fleet/sync_link.h"

#include <gtest/gtest.h>

#include <numeric>

#include "fleet/fleet_fixture.h"
#include "fleet/scripted_hub_for_test.h"
#include "fleet/sync_hub.h"
#include "store/assignments.h"
#include "store/kept_outbox.h"
#include "store/takes.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kDayMs = 86'400'000;
constexpr const char* kAna = "22222222-2222-4222-8222-222222222222";

SyncLinkOptions Quick() {
  return {.timeout = milliseconds(1000),
          .exchange_every = milliseconds(50),
          .news_every = milliseconds(10),
          .resend_after = milliseconds(500),
          .first_wait = milliseconds(20),
          .longest_wait = milliseconds(100)};
}

class SyncLinkTest : public WithNats {
 protected:
  void SetUp() override {
    WithNats::SetUp();
    store_.emplace(Store::Create(folder_.path() / "store", KeyKind::kNone, {}).value());
    // These tests kill servers, not the device: its disk need not be waited for.
    ASSERT_TRUE(store_->database().Execute("PRAGMA synchronous = OFF"));
    ana_ = AddLearner(*store_, "Ana", "", 1, kAna).value().id;
    ASSERT_TRUE(SetConsent(*store_, ana_, Consent::kScoresAndAudio, now_));
    hub_link_.emplace(Connect().value());
  }

  void StartHub() {
    hub_ = std::make_unique<ScriptedHub>(*hub_link_, (folder_.path() / "hub.db").string());
  }
  void Put(int count, UplinkClass kind = UplinkClass::kScores) {
    for (int i = 0; i < count; ++i) {
      const std::string body = "{\"take\":" + std::to_string(++bodies_) + "}";
      ASSERT_TRUE(Admit(*store_, ana_, {.kind = kind, .body = body}, now_ += 1000));
    }
  }
  std::size_t Waiting() {
    const auto count = StateOfOutbox(*store_).value().count;
    return std::accumulate(count.begin(), count.end(), std::size_t{0});
  }
  /// Steps until it is true, for half a minute at most.
  bool Step(SyncLink& link, const std::function<bool()>& done) {
    for (int i = 0; i < 30000; ++i) {
      static_cast<void>(link.Step(now_ += 10));
      if (done()) return true;
      std::this_thread::sleep_for(milliseconds(1));
    }
    return false;
  }

  std::optional<Broker> hub_link_;  // Outlives the hub.
  std::unique_ptr<ScriptedHub> hub_;
  std::optional<Store> store_;
  LearnerId ana_;
  std::int64_t now_ = 1'790'000'000'000;
  int bodies_ = 0;
};

TEST_F(SyncLinkTest, WhatWaitedThirtyDaysArrivesOnceAndInOrder) {
  for (int day = 0; day < 30; ++day) {
    for (int hour = 0; hour < 24; ++hour) {  // The time that passes is only believed in hours.
      ASSERT_TRUE(ExpireOutbox(*store_, now_ += kDayMs / 24));
    }
    Put(334);
  }
  ASSERT_EQ(Waiting(), 10020u);
  StartHub();
  auto link = SyncLink::Open(*store_, broker(), "pi-7").value();
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  RecordProperty("offline_drain_ms", static_cast<int>(took.count() * 1000.0));
  EXPECT_LT(took.count(), 60.0);
  const auto records = hub_->Records("scores");
  ASSERT_EQ(records.size(), 10020u);
  EXPECT_TRUE(std::is_sorted(records.begin(), records.end()));
  EXPECT_EQ(hub_->received(), 10020) << "nothing was sent twice";
}

TEST_F(SyncLinkTest, ALessonIsKeptWhileTheOutboxIsBeingSent) {
  Put(2000);
  StartHub();
  auto link = SyncLink::Open(*store_, broker(), "pi-7").value();
  auto lesson = store_->Again();
  ASSERT_TRUE(lesson);
  const std::vector<float> quiet(16000, 0.01F);
  double longest = 0.0;
  int takes = 0;
  ASSERT_TRUE(Step(link, [&] {
    if (takes++ < 20) {
      const auto begun = std::chrono::steady_clock::now();
      NewTake take;
      take.learner = ana_;
      take.text = "Hello.";
      EXPECT_TRUE(AddTake(*lesson, take, quiet, SampleRate{16000}));
      longest = std::max(
          longest, std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
    }
    return Waiting() == 0 && takes > 20;
  }));
  RecordProperty("longest_take_ms", static_cast<int>(longest * 1000.0));
  EXPECT_LT(longest, 5.0);
  EXPECT_EQ(hub_->Count(), 2040);
}

TEST_F(SyncLinkTest, MoreImportantClassesGoFirst) {
  Put(3, UplinkClass::kAudio);
  Put(2);
  Put(1, UplinkClass::kHealth);
  StartHub();
  auto link = SyncLink::Open(*store_, broker(), "pi-7", Quick()).value();
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  EXPECT_EQ(hub_->Records("health"), (std::vector<std::int64_t>{6}));
  EXPECT_EQ(hub_->Records("scores"), (std::vector<std::int64_t>{4, 5}));
  EXPECT_EQ(hub_->Records("audio"), (std::vector<std::int64_t>{1, 2, 3}));
}

TEST_F(SyncLinkTest, AServerThatIsKilledNowAndThenLosesAndDoublesNothing) {
  StartHub();
  auto options = Quick();
  options.batch_records = 20;
  auto link = SyncLink::Open(*store_, broker(), "pi-7", options).value();
  for (int kill = 0; kill < 4; ++kill) {
    Put(300);
    const auto before = hub_->Count();
    ASSERT_TRUE(Step(link, [&] { return hub_->Count() > before; }));
    server_->Kill();
    Put(20);
    static_cast<void>(link.Step(now_));
    ASSERT_TRUE(server_->Restart());
  }
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  const auto records = hub_->Records("scores");
  EXPECT_EQ(records.size(), 1280u);
  EXPECT_EQ(hub_->Bodies().size(), 1280u);
}

TEST_F(SyncLinkTest, AHubThatWasRestoredFromABackupGetsWhatIsStillThere) {
  StartHub();
  auto link = SyncLink::Open(*store_, broker(), "pi-7", Quick()).value();
  Put(50);
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  // From here on the hub commits and does not tell; then all of it is lost.
  hub_->tells = false;
  Put(50);
  ASSERT_TRUE(Step(link, [&] { return hub_->Count() == 100; }));
  hub_.reset();
  ASSERT_EQ(Waiting(), 50u);
  auto backup = OpenSqlite((folder_.path() / "hub.db").string(), true).value();
  ASSERT_TRUE(backup->Run("DELETE FROM records WHERE seq > 50", {}));
  StartHub();
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  const auto records = hub_->Records("scores");
  EXPECT_EQ(records.size(), 100u);
  EXPECT_TRUE(std::is_sorted(records.begin(), records.end()));
}

TEST_F(SyncLinkTest, ADeviceWhoseStoreWentBackGoesOnUnderAnotherName) {
  StartHub();
  auto link = SyncLink::Open(*store_, broker(), "pi-7", Quick()).value();
  Put(10);
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  const std::string before = StateOfOutbox(*store_).value().name;
  // A card that was cloned earlier: nobody says so.
  ASSERT_TRUE(store_->database().Execute("UPDATE outbox SET made = 3"));
  auto again = SyncLink::Open(*store_, broker(), "pi-7", Quick()).value();
  Put(5);
  ASSERT_TRUE(Step(again, [&] { return Waiting() == 0; }));
  EXPECT_NE(StateOfOutbox(*store_).value().name, before);
  EXPECT_EQ(hub_->Bodies().size(), 15u);
}

TEST_F(SyncLinkTest, ClocksThatJumpLoseNothing) {
  StartHub();
  auto link = SyncLink::Open(*store_, broker(), "pi-7", Quick()).value();
  for (const std::int64_t jump : {20 * 365 * kDayMs, -30 * 365 * kDayMs, 9 * 365 * kDayMs}) {
    Put(20);
    now_ += jump;
    static_cast<void>(link.Step(now_));
    Put(20);
  }
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  EXPECT_EQ(hub_->Bodies().size(), 120u);
  EXPECT_EQ(DeadLetters(*store_).value().size(), 0u);
}

TEST_F(SyncLinkTest, WhatTheServerCannotTakeLeavesALetterAndHoldsNothingUp) {
  StartHub();
  auto options = Quick();
  auto link = SyncLink::Open(*store_, broker(), "pi-7", options).value();
  ASSERT_TRUE(Admit(*store_, ana_,
                    {.kind = UplinkClass::kAudio, .body = std::string(std::size_t{5} << 20, 'x')},
                    now_));
  Put(3, UplinkClass::kAudio);
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  EXPECT_EQ(hub_->Count(), 3);
  EXPECT_EQ(DeadLetters(*store_).value().at(0).reason, "longer than the server takes");
}

TEST_F(SyncLinkTest, ItWaitsWhereNobodyAnswersAndSendsNothingThatIsNotShared) {
  auto link = SyncLink::Open(*store_, broker(), "pi-7", Quick()).value();
  Put(3);
  EXPECT_FALSE(link.Step(now_));
  EXPECT_FALSE(link.Step(now_).value()) << "it rests";
  ASSERT_TRUE(SetConsent(*store_, ana_, Consent::kNothing, now_));
  StartHub();
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  EXPECT_EQ(hub_->Records("scores").size(), 0u);
  EXPECT_EQ(hub_->Records("deletion").size(), 1u);
}

TEST_F(SyncLinkTest, AClassThatTheHubDoesNotKnowHoldsNoRecordsUp) {
  StartHub();
  const auto refuses = hub_link_->Subscribe(AskSubject("*", kAskSync), [&](const Message& message) {
    static_cast<void>(hub_link_->Publish(message.reply, "{\"error\":\"of no class\"}"));
  });
  ASSERT_TRUE(refuses);
  ASSERT_TRUE(JoinClass(*store_, "pi-7", kAna));
  auto link = SyncLink::Open(*store_, broker(), "pi-7").value();
  EXPECT_FALSE(link.Step(now_));
  Put(50);
  const auto begun = std::chrono::steady_clock::now();
  ASSERT_TRUE(Step(link, [&] { return Waiting() == 0; }));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(5000));
  EXPECT_EQ(hub_->Count(), 50);
}

TEST_F(SyncLinkTest, AClassIsKeptInStepOverTheSameConnection) {
  StartHub();
  auto classes =
      SyncHub::Open(OpenSqlite((folder_.path() / "classes.db").string(), false).value(), [] {
        return 1'790'000'000'000;
      }).value();
  ASSERT_TRUE(classes.Put({"desk", "3b", ClassRole::kTeacher, kAna}));
  ASSERT_TRUE(classes.Put({"pi-7", "3b", ClassRole::kStudent, kAna}));
  const auto answers = hub_link_->Subscribe(AskSubject("*", kAskSync), [&](const Message& message) {
    const auto answer = classes.Answer(DeviceOf(message.subject), message.data);
    static_cast<void>(hub_link_->Publish(
        message.reply, answer ? *answer : "{\"error\":\"" + answer.error().message + "\"}"));
  });
  ASSERT_TRUE(answers);
  Store desk = Store::Create(folder_.path() / "desk", KeyKind::kNone, {}).value();
  const LearnerId ana = AddLearner(desk, "Ana", "", 1, kAna).value().id;
  ASSERT_TRUE(JoinClass(desk, "desk", kAna));
  ASSERT_TRUE(JoinClass(*store_, "pi-7", kAna));
  ASSERT_TRUE(AddAssignments(desk, {{.learner = ana, .lesson = "everyday"}}));
  auto teacher = SyncLink::Open(desk, broker(), "desk", Quick()).value();
  auto student = SyncLink::Open(*store_, broker(), "pi-7", Quick()).value();
  ASSERT_TRUE(Step(student, [&] {
    static_cast<void>(teacher.Step(now_));
    return AssignmentsOf(*store_).value().size() == 1;
  }));
}

}  // namespace
}  // namespace euphone::fleet
