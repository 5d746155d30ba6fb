#include "fleet/fleet_fixture.h"
#include "hub/desk_records.h"
#include "hub/hub_records.h"
#include "hub/retention.h"
#include "hub/rollout_desk.h"
#include "store/secrets.h"

namespace euphone::hub {
namespace {

using testing::HasSubstr;

constexpr const char* kPlan = R"({"schema":"euphone.rollout/1","id":"r1","bundle":"std",
  "version":"1.1.0","waves":[{"count":2},{"rest":true}],"errors":{"at_most":0},"success":{"at_least_percent":50},
  "answer_within":"1h"})";

/// What of the hub needs no NATS, on SQLite.
class DeskTest : public testing::Test {
 protected:
  void SetUp() override {
    auto database = HubDatabase::Open("sqlite:" + (folder_.path() / "hub.db").string());
    ASSERT_TRUE(database) << database.error().message;
    database_.emplace(*std::move(database));
    records_.emplace(*database_);
    desk_.emplace(*database_);
    ASSERT_TRUE(records_->Load());
    Restart();
  }

  /// A hub that knows nothing but what was kept.
  void Restart() {
    rollouts_.emplace(*desk_, records_->inventory());
    ASSERT_TRUE(rollouts_->Load());
  }

  void Hear(int devices, std::int64_t now) {
    Batch batch{.now = now};
    for (int i = 0; i < devices; ++i) {
      const std::string name = "d-" + std::to_string(i);
      batch.messages.push_back(
          {.device = name,
           .at = 1,
           .what = fleet::Heartbeat{
               .record = {.id = name, .bundles = {{"std", {.major = 1}}}, .battery = 50}}});
    }
    ASSERT_TRUE(records_->Commit(batch));
  }

  void Report(const std::string& device, DeviceStage stage, std::int64_t now) {
    const auto lines = rollouts_->LinesOf(
        {{.device = device, .report = {.rollout = "r1", .attempt = 1, .stage = stage}}}, now);
    ASSERT_TRUE(records_->Commit({.lines = lines, .now = now}));
    rollouts_->Take(lines);
  }

  std::vector<std::string> Ordered() {
    std::vector<std::string> devices;
    for (const std::string& device : rollouts_->DevicesWithOrders()) devices.push_back(device);
    return devices;
  }

  fleet::TestFolder folder_;
  std::optional<HubDatabase> database_;
  std::optional<HubRecords> records_;
  std::optional<DeskRecords> desk_;
  std::optional<RolloutDesk> rollouts_;
};

TEST_F(DeskTest, ARolloutGoesOnWhereItWasAfterARestart) {
  Hear(5, 1000);
  ASSERT_TRUE(rollouts_->Submit(kPlan, "ada", 1000));
  ASSERT_TRUE(rollouts_->Tick(1000));
  const std::vector<std::string> first = Ordered();
  ASSERT_EQ(first.size(), 2);
  Restart();
  EXPECT_EQ(Ordered(), first);
  ASSERT_TRUE(rollouts_->Tick(1001));
  EXPECT_EQ(Ordered(), first) << "what was offered is not offered again";
  for (const std::string& device : first) Report(device, DeviceStage::kSucceeded, 1002);
  Restart();
  ASSERT_TRUE(rollouts_->Tick(1003));
  EXPECT_EQ(Ordered().size(), 3) << "the second wave";
}

TEST_F(DeskTest, TheSameReportTwiceIsOneLine) {
  Hear(2, 1000);
  ASSERT_TRUE(rollouts_->Submit(kPlan, "ada", 1000));
  ASSERT_TRUE(rollouts_->Tick(1000));
  Report("d-0", DeviceStage::kStaged, 1001);
  const std::int64_t lines = rollouts_->runs().front()->lines;
  Report("d-0", DeviceStage::kStaged, 1002);
  Report("d-0", DeviceStage::kDownloading, 1003);
  Report("d-9", DeviceStage::kStaged, 1003);
  EXPECT_EQ(rollouts_->runs().front()->lines, lines);
}

TEST_F(DeskTest, ADeviceThatWasLostTakesNothingOnceTheRolloutHasEnded) {
  Hear(5, 1000);
  ASSERT_TRUE(rollouts_->Submit(kPlan, "ada", 1000));
  ASSERT_TRUE(rollouts_->Tick(1000));
  const std::vector<std::string> first = Ordered();
  Report(first[0], DeviceStage::kSucceeded, 1001);
  ASSERT_TRUE(rollouts_->Tick(1000 + 3600));
  EXPECT_FALSE(rollouts_->OrdersOf(first[1]).offers.empty()) << "it may come back meanwhile";
  [[maybe_unused]] const auto before = rollouts_->TakeChanged();
  ASSERT_TRUE(rollouts_->Tell("r1", {.kind = RolloutEventKind::kAborted, .at = 5000}));
  ASSERT_TRUE(rollouts_->Tick(5000));
  EXPECT_TRUE(Ordered().empty());
  EXPECT_TRUE(rollouts_->TakeChanged().contains(first[1])) << "and it is told so";
}

TEST_F(DeskTest, WhatAnOperatorSaysMustMakeSense) {
  Hear(2, 1000);
  ASSERT_TRUE(rollouts_->Submit(kPlan, "ada", 1000));
  EXPECT_THAT(rollouts_->Submit(kPlan, "ada", 1000).error().message, HasSubstr("another id"));
  const RolloutEvent resume{.kind = RolloutEventKind::kResumed, .at = 1000};
  EXPECT_THAT(rollouts_->Tell("r1", resume).error().message, HasSubstr("cannot be resumed now"));
  EXPECT_EQ(rollouts_->Tell("r2", resume).error().code, Errc::kNotFound);
}

TEST_F(DeskTest, ACommitThatFailedIsForgottenInMemoryToo) {
  Hear(2, 1000);
  ASSERT_TRUE(rollouts_->Submit(kPlan, "ada", 1000));
  // A line that another one has written: the log's key refuses it.
  ASSERT_TRUE(desk_->AddLines({{.rollout = "r1", .number = 2, .line = "{}"}}));
  EXPECT_FALSE(rollouts_->Tick(1000));
  ASSERT_TRUE(database_->Run("DELETE FROM hub_rollout_log WHERE line = '{}'"));
  ASSERT_TRUE(rollouts_->Tick(1001));
  EXPECT_EQ(Ordered().size(), 2);
}

TEST_F(DeskTest, AnAuditLineThatWasChangedShows) {
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(desk_->AddAudit({.at = i, .who = "ada", .verb = "devices.tag", .what = "{}"}));
  std::int64_t count = 0;
  EXPECT_EQ(*desk_->FirstChanged(count), 0);
  EXPECT_EQ(count, 3);
  ASSERT_TRUE(database_->Run("UPDATE hub_audit SET who = 'eve' WHERE number = 2"));
  EXPECT_EQ(*desk_->FirstChanged(count), 2);
  ASSERT_TRUE(database_->Run("DELETE FROM hub_audit WHERE number = 2"));
  EXPECT_EQ(*desk_->FirstChanged(count), 2);
}

TEST_F(DeskTest, RecordsGoAfterTheirDaysAndTheAuditStays) {
  constexpr std::int64_t kDay = 86400, kFirst = 1000 * kDay;
  const auto send = [&](std::uint64_t seq, std::int64_t now) {
    fleet::Uplink uplink{.outbox = "box"};
    uplink.records.push_back({.seq = seq, .record = {.kind = UplinkClass::kScores, .body = "{}"}});
    const SetAside aside{.subject = "s", .reason = "r", .body = std::to_string(seq), .at = now};
    ASSERT_TRUE(records_->Commit(
        {.messages = {{.device = "d-0", .at = 1, .what = uplink}}, .aside = {aside}, .now = now}));
  };
  const auto kept = [&] { return records_->UplinkOf("d-0", 10)->size(); };
  send(1, kFirst);
  send(2, kFirst + 20 * kDay);
  ASSERT_TRUE(desk_->AddAudit({.at = kFirst, .who = "ada", .verb = "devices.tag", .what = "{}"}));
  Retention for_ever(*records_, 0);
  ASSERT_TRUE(for_ever.Turn(kFirst + 5000 * kDay));
  EXPECT_EQ(kept(), 2);
  Retention retention(*records_, 30);
  ASSERT_TRUE(retention.Turn(kFirst + 30 * kDay));
  EXPECT_EQ(kept(), 2);
  ASSERT_TRUE(retention.Turn(kFirst + 30 * kDay + 3600));
  EXPECT_EQ(kept(), 2) << "once a day is enough";
  ASSERT_TRUE(retention.Turn(kFirst + 31 * kDay));
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(*records_->CountAside(), 1);
  EXPECT_EQ(records_->CursorsOf("d-0", "box")->upto[2], 2) << "what comes again is known";
  std::int64_t lines = 0;
  EXPECT_EQ(*desk_->FirstChanged(lines), 0);
  EXPECT_EQ(lines, 1);
}

TEST_F(DeskTest, AHeartbeatKeepsWhatOperatorsSet) {
  Hear(1, 1000);
  ASSERT_TRUE(records_->SetLabels("d-0", {"lab"}, {"north"}));
  Hear(1, 2000);
  EXPECT_EQ(records_->inventory().devices.at("d-0").tags, std::vector<std::string>{"lab"});
  ASSERT_TRUE(records_->Load());
  const DeviceRecord& kept = records_->inventory().devices.at("d-0");
  EXPECT_EQ(kept.groups, std::vector<std::string>{"north"});
  EXPECT_EQ(kept.last_seen, 2000);
  EXPECT_EQ(kept.battery, 50);
}

TEST(Base64, GoesThereAndBackWhateverTheLength) {
  EXPECT_EQ(ToBase64("any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(FromBase64(ToBase64(bytes)), bytes);
    bytes += static_cast<char>(i * 37);
  }
  for (const char* wrong : {"YQ=", "Y===", "Y!==", "YQ==YQ=="})
    EXPECT_FALSE(FromBase64(wrong)) << wrong;
}

}  // namespace
}  // namespace euphone::hub
