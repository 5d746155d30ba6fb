#include "rollout/rollout.h"

#include <gmock/gmock.h>

#include "rollout/rollout_fixture.h"

namespace euphone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kTwoWaves =
    R"("waves":[{"count":4},{"rest":true}],"success":{"at_least_percent":75},"errors":{"at_most":1},"observe":"1h")";

std::vector<RolloutEventKind> KindsOf(const std::vector<RolloutEvent>& events) {
  std::vector<RolloutEventKind> kinds;
  for (const RolloutEvent& event : events) kinds.push_back(event.kind);
  return kinds;
}

TEST(Rollout, GoesFromWaveToWaveAndCompletes) {
  SmallHub hub(kTwoWaves, 10);
  EXPECT_EQ(hub.rollout.state(), RolloutState::kDraft);
  EXPECT_THAT(hub.Decide(), IsEmpty());
  hub.Submit();
  const auto first = hub.Offers();
  ASSERT_THAT(first, SizeIs(4));
  for (int i = 0; i < 3; ++i)
    hub.Report(first[static_cast<std::size_t>(i)], DeviceStage::kSucceeded);
  EXPECT_THAT(KindsOf(hub.Decide()), ElementsAre(RolloutEventKind::kWaveReached));
  hub.now += 3599;
  EXPECT_THAT(hub.Decide(), IsEmpty()) << "still observed";
  hub.now += 1;
  const auto second = hub.Offers();
  ASSERT_THAT(second, SizeIs(6));
  EXPECT_EQ(hub.rollout.wave(), 2);
  for (const auto& id : second) hub.Report(id, DeviceStage::kSucceeded);
  hub.Report(first[3], DeviceStage::kSucceeded);
  hub.Decide();
  hub.now += 3600;
  EXPECT_THAT(KindsOf(hub.Decide()), ElementsAre(RolloutEventKind::kCompleted));
  EXPECT_TRUE(hub.rollout.settled());
}

TEST(Rollout, PicksTheSameDevicesForAWaveWhateverTheInventorysOrder) {
  SmallHub hub(kTwoWaves, 50), other(kTwoWaves, 50);
  std::ranges::reverse(other.inventory);
  other.inventory.push_back(other.inventory.front());
  hub.Submit();
  other.Submit();
  EXPECT_EQ(hub.Offers(), other.Offers());
}

TEST(Rollout, StopsWithinAWaveOnceTooManyHaveFailedAndCallsBackTheOthers) {
  SmallHub hub(std::string(kTwoWaves) + R"(,"max_in_flight":3)", 10);
  hub.Submit();
  const auto offered = hub.Offers();
  ASSERT_THAT(offered, SizeIs(3));
  hub.Report(offered[0], DeviceStage::kFailed, "self-test");
  EXPECT_THAT(hub.Offers(), SizeIs(1)) << "one failure is allowed";
  hub.Report(offered[1], DeviceStage::kRolledBack, "crash");
  hub.Report(offered[2], DeviceStage::kStaged);
  const auto made = hub.Decide();
  EXPECT_EQ(made.front().kind, RolloutEventKind::kHalted);
  EXPECT_EQ(made.front().reason, "wave 1: 2 of 4 devices failed, more than 1");
  EXPECT_EQ(std::ranges::count(made, RolloutEventKind::kRecalled, &RolloutEvent::kind), 2);
  EXPECT_EQ(std::ranges::count(made, RolloutEventKind::kSkipped, &RolloutEvent::kind), 6);
  EXPECT_TRUE(hub.rollout.settled());
  hub.Report(offered[2], DeviceStage::kSucceeded);
  EXPECT_EQ(hub.Device(offered[2]).stage, DeviceStage::kSucceeded)
      << "it was faster than the recall";
  EXPECT_THAT(hub.Decide(), IsEmpty());
}

TEST(Rollout, HaltsForAnEarlierWaveThatTurnsOutBad) {
  SmallHub hub(kTwoWaves, 10);
  hub.Submit();
  const auto first = hub.Offers();
  for (const auto& id : first) hub.Report(id, DeviceStage::kSucceeded);
  hub.Decide();
  hub.now += 3600;
  EXPECT_THAT(hub.Offers(), SizeIs(6));
  hub.Report(first[0], DeviceStage::kRolledBack, "crash");
  hub.Report(first[1], DeviceStage::kRolledBack, "crash");
  hub.Decide();
  EXPECT_EQ(hub.rollout.state(), RolloutState::kHalted);
}

TEST(Rollout, HaltsOnceAWaveCanNoLongerSucceed) {
  SmallHub hub(
      R"("waves":[{"count":4},{"rest":true}],"success":{"at_least":4},"errors":{"at_most":4})", 10);
  hub.Submit();
  hub.Report(hub.Offers()[0], DeviceStage::kFailed, "self-test");
  hub.Decide();
  EXPECT_EQ(hub.rollout.reason(),
            "wave 1: no more than 3 of 4 devices can still succeed, and 4 must");
}

TEST(Rollout, WaitsForAnOperatorBeforeTheWavesThatNeedOne) {
  SmallHub hub(std::string(kTwoWaves) + R"(,"approvals":[1,2])", 10);
  hub.Submit();
  EXPECT_THAT(KindsOf(hub.Decide()), ElementsAre(RolloutEventKind::kAwaiting));
  EXPECT_EQ(hub.rollout.state(), RolloutState::kAwaitingApproval);
  EXPECT_THAT(hub.Decide(), IsEmpty()) << "asked once";
  hub.Log({.kind = RolloutEventKind::kApproved, .at = hub.now, .wave = 1});
  const auto first = hub.Offers();
  ASSERT_THAT(first, SizeIs(4));
  for (const auto& id : first) hub.Report(id, DeviceStage::kSucceeded);
  hub.Decide();
  hub.now += 3600;
  EXPECT_THAT(KindsOf(hub.Decide()), ElementsAre(RolloutEventKind::kAwaiting));
  hub.Log({.kind = RolloutEventKind::kApproved, .at = hub.now, .wave = 2});
  EXPECT_THAT(hub.Offers(), SizeIs(6));
}

TEST(Rollout, OffersNothingWhilePausedAndStillHalts) {
  SmallHub hub(std::string(kTwoWaves) + R"(,"max_in_flight":2)", 10);
  hub.Submit();
  const auto offered = hub.Offers();
  hub.Log({.kind = RolloutEventKind::kPaused, .at = hub.now});
  hub.Report(offered[0], DeviceStage::kSucceeded);
  EXPECT_THAT(hub.Decide(), IsEmpty());
  EXPECT_EQ(hub.rollout.state(), RolloutState::kPaused);
  hub.Log({.kind = RolloutEventKind::kResumed, .at = hub.now});
  const auto more = hub.Offers();
  EXPECT_THAT(more, SizeIs(1));
  hub.Log({.kind = RolloutEventKind::kPaused, .at = hub.now});
  hub.Report(offered[1], DeviceStage::kFailed, "self-test");
  hub.Report(more[0], DeviceStage::kFailed, "self-test");
  hub.Decide();
  EXPECT_EQ(hub.rollout.state(), RolloutState::kHalted);
}

TEST(Rollout, EndsWhenAnOperatorOrTheTimeSaysSo) {
  SmallHub hub(std::string(kTwoWaves) + R"(,"ends_after":"2d")", 10), aborted(kTwoWaves, 10);
  hub.Submit();
  hub.Decide();
  hub.now += 2 * 86400;
  EXPECT_THAT(hub.Of(RolloutEventKind::kRecalled), SizeIs(4));
  EXPECT_EQ(hub.rollout.state(), RolloutState::kCompleted);
  EXPECT_EQ(hub.rollout.waves()[1].Of(DeviceStage::kSkipped), 6u);
  aborted.Submit();
  aborted.Log({.kind = RolloutEventKind::kAborted, .at = aborted.now, .reason = "not this week"});
  EXPECT_THAT(aborted.Of(RolloutEventKind::kSkipped), SizeIs(10));
  EXPECT_EQ(aborted.rollout.state(), RolloutState::kAborted);
}

TEST(Rollout, GivesUpDevicesThatNeverAnswerOrNeverFinish) {
  SmallHub hub(std::string(kTwoWaves) + R"(,"answer_within":"1h","finish_within":"2h")", 4);
  hub.Submit();
  const auto offered = hub.Offers();
  hub.now += 3599;
  hub.Report(offered[0], DeviceStage::kDownloading);
  EXPECT_THAT(hub.Decide(), IsEmpty());
  hub.now += 1;
  EXPECT_THAT(hub.Of(RolloutEventKind::kLost), SizeIs(3));
  EXPECT_THAT(hub.rollout.reason(), HasSubstr("can still succeed"));
  EXPECT_EQ(hub.rollout.waves()[0].errors(LostRule::kAnswered), 0u) << "silence alone is no error";
  EXPECT_EQ(hub.rollout.waves()[0].errors(LostRule::kAll), 3u);
  hub.Report(offered[1], DeviceStage::kSucceeded);
  EXPECT_EQ(hub.Device(offered[1]).stage, DeviceStage::kSucceeded) << "found again";

  SmallHub slow(std::string(kTwoWaves) + R"(,"answer_within":"1h","finish_within":"2h")", 4);
  slow.Submit();
  for (const auto& id : slow.Offers()) slow.Report(id, DeviceStage::kShadowing);
  slow.now += 7200;
  slow.Decide();
  EXPECT_EQ(slow.rollout.reason(), "wave 1: 4 of 4 devices failed, more than 1");
}

TEST(Rollout, TriesAgainWhatWasNotTheBundlesFault) {
  SmallHub hub(std::string(kTwoWaves) + R"(,"retries":1,"retry_after":"1h")", 4);
  hub.Submit();
  const std::string id = hub.Offers()[0];
  hub.Report(id, DeviceStage::kFailed, "download");
  EXPECT_THAT(hub.Decide(), IsEmpty());
  hub.now += 3600;
  EXPECT_THAT(hub.Offers(), ElementsAre(id));
  hub.Report(id, DeviceStage::kRolledBack, "late news of the first try", 1);
  EXPECT_EQ(hub.Device(id).stage, DeviceStage::kOffered);
  hub.Report(id, DeviceStage::kFailed, "download", 2);
  hub.now += 86400;
  EXPECT_THAT(hub.Offers(), IsEmpty()) << "twice was enough";
  EXPECT_EQ(hub.rollout.waves()[0].errors(LostRule::kNone), 1u);
}

TEST(Rollout, PassesOverDevicesThatMustNotHaveIt) {
  SmallHub hub(R"("waves":[{"rest":true}],"filter":"not id = d-0")", 7);
  hub.Record("d-1").bundles[0].version = *ReadSemVer("2.0.0");
  hub.Record("d-2").bundles[0].version = *ReadSemVer("2.0.1-rc.1");
  hub.Record("d-3").refused = {{"b", *ReadSemVer("2.0.0")}};
  hub.Record("d-4").health.crash_loops = 1;
  hub.Record("d-5").health.self_test = false;
  hub.Submit();
  EXPECT_THAT(hub.Offers(), ElementsAre("d-6"));
  EXPECT_EQ(hub.Device("d-1").reason, "has it already");
  EXPECT_EQ(hub.Device("d-2").reason, "has a newer version");
  EXPECT_EQ(hub.Device("d-3").reason, "this version has failed on it");
  EXPECT_EQ(hub.Device("d-4").reason, "is not well");
  EXPECT_EQ(hub.Device("d-5").reason, "is not well");
  EXPECT_EQ(hub.rollout.Find("d-0"), hub.rollout.devices().size());
}

TEST(Rollout, WaitsUntilADeviceMayBeOfferedIt) {
  SmallHub hub(
      R"("waves":[{"rest":true}],"when":"battery >= 50 and not in_lesson","seen_within":"10m",
    "windows":[{"days":["mon"],"from":"08:00","to":"09:00"}])",
      5);
  for (DeviceRecord& device : hub.inventory) device.last_seen = hub.now;
  hub.Record("d-0").battery = 49;
  hub.Record("d-1").in_lesson = true;
  hub.Record("d-2").last_seen = hub.now - 601;
  hub.Record("d-3").utc_offset_minutes = -60;
  hub.Submit();
  EXPECT_THAT(hub.Offers(), ElementsAre("d-4"));
  hub.now += 600;
  hub.Record("d-0").battery = 50;
  EXPECT_THAT(hub.Offers(), ElementsAre("d-0"));
  hub.now += 3600;
  for (DeviceRecord& device : hub.inventory) device.last_seen = hub.now;
  EXPECT_THAT(hub.Offers(), ElementsAre("d-3"));
}

TEST(Rollout, GoesOnWhereAWholeWaveIsPassedOver) {
  SmallHub hub(kTwoWaves, 8);
  for (DeviceRecord& device : hub.inventory) device.bundles[0].version = *ReadSemVer("2.0.0");
  hub.Submit();
  hub.Decide();
  EXPECT_EQ(hub.rollout.state(), RolloutState::kCompleted);
  SmallHub nobody(kTwoWaves, 0);
  nobody.Submit();
  nobody.Decide();
  EXPECT_EQ(nobody.rollout.state(), RolloutState::kCompleted);
}

TEST(RolloutEvent, RefusesALineThatIsNone) {
  const auto complaint = [](const char* line) { return ReadEventLine(line).error().message; };
  EXPECT_EQ(complaint(R"({"event":"sung","at":1})"), "event: there is no such event");
  EXPECT_EQ(complaint(R"({"event":"report","at":1,"device":"d","attempt":1,"stage":"lost"})")
                .substr(0, 15),
            "stage: must be ");
  EXPECT_EQ(complaint(R"({"event":"report","at":1,"attempt":1,"stage":"failed"})"),
            "device: is missing");
  EXPECT_EQ(complaint(R"({"event":"paused","at":-1})"), "at: must be between 0 and 1099511627776");
  EXPECT_EQ(complaint(R"({"event":"paused","at":1,"x":1})"), "x: there is no such field");
}

}  // namespace
}  // namespace euphone
