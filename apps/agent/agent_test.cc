#include "agent/agent.h"

#include <gmock/gmock.h>

#include "agent/agent_fixture.h"
#include "agent/agent_status.h"

namespace euphone::agent {
namespace {

using fleet::Soon;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(AgentTest, AnOfferIsBroughtIntoUseAndEachStageIsReported) {
  probation_ = 2;
  Publish("1.1.0");
  hub_->Order({OfferOf("1.1.0")});
  Start();
  ASSERT_TRUE(Soon([&] { return InUse() == "1.1.0"; }));
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(hub_->Ended());
    TrialUse(root_ / "updates", "toy", (*FindInUse(root_ / "updates", "toy"))->id).Good();
  }
  ASSERT_TRUE(Soon([&] { return hub_->Ended(); }));
  EXPECT_THAT(hub_->Stages(), ElementsAre("downloading", "staged", "shadowing", "succeeded"));
  std::vector<std::string> events;
  ASSERT_TRUE(Soon([&] { return hub_->All<UpdateEvent>().size() == 6; }));
  for (const UpdateEvent& event : hub_->All<UpdateEvent>()) events.push_back(event.what);
  EXPECT_THAT(events, ElementsAre("staged", "verified", "tested", "shadowed", "in_use", "good"));
}

TEST_F(AgentTest, AHeartbeatSaysWhatTheDeviceIsAndComesAtOnceWhereThatChanges) {
  Start();
  ASSERT_TRUE(Soon([&] { return hub_->All<fleet::Heartbeat>().size() == 1; }));
  const DeviceRecord record = hub_->All<fleet::Heartbeat>().front().record;
  EXPECT_EQ(record.id, "pi-7");
  EXPECT_EQ(record.hardware, "rpi4");
  ASSERT_NE(record.Holds("toy"), nullptr);
  EXPECT_EQ(record.Holds("toy")->Text(), "1.0.0");
  EXPECT_FALSE(record.in_lesson);
  const auto lesson = HoldForLesson(root_ / "updates");
  ASSERT_TRUE(Soon([&] {
    const auto beats = hub_->All<fleet::Heartbeat>();
    return beats.size() == 2 && beats.back().record.in_lesson;
  }));
}

TEST_F(AgentTest, WhatIsWrongWithAReleaseIsReportedWithTheReason) {
  struct Case {
    const char* version;
    ReleaseTerms terms;
    const char* reason;
  };
  Start();
  int attempt = 0;
  for (const auto& [version, terms, reason] :
       {Case{"0.9.0", {}, "is not newer than 1.0.0"},
        Case{"1.1.0", {.hardware = {"riscv64"}}, "is not for this hardware"},
        Case{"1.2.0", {.minimum_runtime = "99.0.0"}, "needs Euphone 99.0.0"},
        Case{"1.3.0", {.compatible = "kiosk"}, "is for 'kiosk'"}}) {
    Publish(version, terms);
    hub_->Order({OfferOf(version, ++attempt)});
    ASSERT_TRUE(Soon([&] { return hub_->Ended(attempt); })) << version;
    EXPECT_THAT(hub_->Stages(attempt).back(), HasSubstr(reason));
    EXPECT_THAT(hub_->Stages(attempt).back(), HasSubstr("failed"));
  }
  EXPECT_EQ(InUse(), "1.0.0");
}

TEST_F(AgentTest, AnOfferOfWhatIsNoBundlesNameLeadsNowhere) {
  fleet::Offer offer = OfferOf("1.1.0");
  offer.bundle = "../toy";
  hub_->Order({offer});
  Start();
  ASSERT_TRUE(Soon([&] { return hub_->Ended(); }));
  EXPECT_EQ(hub_->Stages().back(), "failed: what is offered is no bundle's name");
}

TEST_F(AgentTest, WhatWasForgedDamagedExpiredOrIsMissingIsNotTaken) {
  const Release release = Publish("1.1.0");
  const fs::path metadata = root_ / "repository" / "metadata";
  const std::string good = *ReadFile(metadata / "1.targets.json", 1 << 20);
  hub_->Put("metadata/1.targets.json", good.substr(0, good.size() - 2));
  Start();
  hub_->Order({OfferOf("1.1.0", 1)});
  ASSERT_TRUE(Soon([&] { return hub_->Ended(1); }));
  EXPECT_THAT(hub_->Stages(1).back(), HasSubstr("signed for"));

  hub_->Put("metadata/1.targets.json", good);
  for (const auto& entry : fs::recursive_directory_iterator(root_ / "repository" / "chunks")) {
    if (entry.path().extension() != ".zst") continue;
    std::string content = *ReadFile(entry.path(), 1 << 20);
    content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
    hub_->Put(fs::relative(entry.path(), root_ / "repository"), content);
  }
  hub_->Order({OfferOf("1.1.0", 2)});
  ASSERT_TRUE(Soon([&] { return hub_->Ended(2); }));
  EXPECT_THAT(hub_->Stages(2).back(), HasSubstr("is not what was signed for"));

  hub_->PutRepository(root_ / "repository");
  hub_->Order({OfferOf("4.0.0", 3)});
  ASSERT_TRUE(Soon([&] { return hub_->Ended(3); }));
  EXPECT_EQ(hub_->Stages(3).back(), "failed: download");

  now_ = fixture::kNow + 300 * fixture::kDay;
  hub_->Order({OfferOf("1.1.0", 4)});
  ASSERT_TRUE(Soon([&] { return hub_->Ended(4); }));
  EXPECT_THAT(hub_->Stages(4).back(), HasSubstr("expired"));
  EXPECT_EQ(InUse(), "1.0.0");
}

TEST_F(AgentTest, AFailedSelfTestIsReportedAndTheVersionIsRefusedFromThenOn) {
  verdict_ = Error{Errc::kCorrupt, "its self-test: crashed (signal 11)"};
  Publish("1.1.0");
  hub_->Order({OfferOf("1.1.0")});
  Start();
  ASSERT_TRUE(Soon([&] { return hub_->Ended(); }));
  EXPECT_EQ(hub_->Stages().back(), "failed: its self-test: crashed (signal 11)");
  ASSERT_TRUE(Soon([&] {
    const auto beats = hub_->All<fleet::Heartbeat>();
    return !beats.empty() && beats.back().record.Refuses("toy", *ReadSemVer("1.1.0")) &&
           !beats.back().record.health.self_test;
  }));
}

TEST_F(AgentTest, WhatCrashesOnProbationIsRolledBackAndReportedSo) {
  probation_ = 3;
  Publish("1.1.0");
  hub_->Order({OfferOf("1.1.0")});
  Start();
  ASSERT_TRUE(Soon([&] { return InUse() == "1.1.0"; }));
  const std::string id = (*FindInUse(root_ / "updates", "toy"))->id;
  for (int i = 0; i < kMostStarts; ++i) TrialUse(root_ / "updates", "toy", id).Bad();
  ASSERT_TRUE(Soon([&] { return hub_->Ended(); }));
  EXPECT_EQ(hub_->Stages().back(), "rolled_back: was begun 3 times and never ended");
  EXPECT_EQ(InUse(), "1.0.0");
}

TEST_F(AgentTest, ARecalledCandidateIsDroppedAndMayComeAgain) {
  utterances_ = 5;
  Publish("1.1.0");
  hub_->Order({OfferOf("1.1.0")});
  Start();
  ASSERT_TRUE(
      Soon([&] { return !hub_->Stages().empty() && hub_->Stages().back() == "shadowing"; }));
  hub_->Order({});
  ASSERT_TRUE(Soon([&] { return !fs::exists(SlotFolder(root_ / "updates", "toy", Slot::kA)); }));
  EXPECT_FALSE(ReadDeviceState(root_ / "updates")->bundles.at("toy").candidate);
  hub_->Order({OfferOf("1.1.0", 2)});
  ASSERT_TRUE(
      Soon([&] { return !hub_->Stages(2).empty() && hub_->Stages(2).back() == "shadowing"; }));
}

TEST_F(AgentTest, NothingComesIntoUseDuringALesson) {
  std::optional<FileLock> lesson(*HoldForLesson(root_ / "updates"));
  Publish("1.1.0");
  hub_->Order({OfferOf("1.1.0")});
  Start();
  ASSERT_TRUE(Soon([&] { return !hub_->Stages().empty() && hub_->Stages().back() == "staged"; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_EQ(InUse(), "1.0.0");
  EXPECT_EQ(hub_->Stages().back(), "staged");
  lesson.reset();
  ASSERT_TRUE(Soon([&] { return hub_->Ended(); }));
  EXPECT_EQ(InUse(), "1.1.0");
}

TEST_F(AgentTest, ItWaitsForItsHubAndFindsItAgain) {
  Publish("1.1.0");
  hub_->Order({OfferOf("1.1.0")});
  server_->Kill();
  Start();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_FALSE(ReadAgentStatus(root_ / "agent")->connected);
  ASSERT_TRUE(server_->Restart());
  ASSERT_TRUE(Soon([&] { return hub_->Ended(); }));
  EXPECT_TRUE(ReadAgentStatus(root_ / "agent")->connected);
  server_->Kill();
  ASSERT_TRUE(Soon([&] { return !ReadAgentStatus(root_ / "agent")->connected; }));
  ASSERT_TRUE(server_->Restart());
  Publish("1.2.0");
  hub_->Order({OfferOf("1.2.0", 2)});
  ASSERT_TRUE(Soon([&] { return hub_->Ended(2); }));
  EXPECT_EQ(InUse(), "1.2.0");
}

TEST_F(AgentTest, AnotherStartGoesOnAndTellsNothingTwice) {
  utterances_ = 5;
  Publish("1.1.0");
  hub_->Order({OfferOf("1.1.0")});
  Start();
  ASSERT_TRUE(Soon([&] { return hub_->All<UpdateEvent>().size() == 3; }));
  ASSERT_TRUE(Soon([&] { return hub_->Stages().size() == 3; }));
  EXPECT_FALSE(Agent::Open(Options())) << "one at a time";
  Stop();
  utterances_ = 0;
  Start();
  ASSERT_TRUE(Soon([&] { return hub_->Ended(); }));
  EXPECT_THAT(hub_->Stages(), ElementsAre("downloading", "staged", "shadowing", "succeeded"));
  ASSERT_TRUE(Soon([&] { return hub_->All<UpdateEvent>().size() >= 5; }));
  std::vector<std::int64_t> numbers;
  for (const UpdateEvent& event : hub_->All<UpdateEvent>()) numbers.push_back(event.number);
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(AgentTest, WhatIsAttachedIsSteppedAndGoesWithItsConnection) {
  std::atomic<int> made = 0, stepped = 0;
  AgentOptions options = Options();
  options.telemetry = [] { return R"({"schema":"euphone.telemetry/1"})"; };
  options.attach = [&](fleet::Broker& link, const std::string& device) {
    EXPECT_TRUE(link.connected());
    EXPECT_EQ(device, "pi-7");
    ++made;
    return [&stepped] { ++stepped; };
  };
  auto agent = Agent::Open(options);
  ASSERT_TRUE(agent) << agent.error().message;
  std::jthread running([&](const std::stop_token& stop) { EXPECT_TRUE((*agent)->Run(stop)); });
  ASSERT_TRUE(Soon([&] { return stepped >= 3; }));
  EXPECT_EQ(made, 1);
  ASSERT_TRUE(Soon([&] { return !hub_->All<fleet::Heartbeat>().empty(); }));
  EXPECT_EQ(hub_->All<fleet::Heartbeat>().front().telemetry, R"({"schema":"euphone.telemetry/1"})");
}

}  // namespace
}  // namespace euphone::agent
