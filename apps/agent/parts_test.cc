#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "agent/agent_config.h"
#include "agent/agent_memory.h"
#include "agent/agent_status.h"
#include "agent/machine.h"
#include "agent/offer_stage.h"
#include "agent/pace.h"
#include "update/update_fixture.h"

namespace euphone::agent {
namespace {

namespace fs = std::filesystem;

void Write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

TEST(AgentConfigTest, WhatJoinedIsReadAgainAndIsItsUsersAlone) {
  const fs::path folder = fixture::FreshFolder("config") / "agent";
  const AgentConfig config{.url = "nats://pi-7:secret@hub:4222",
                           .device = "pi-7",
                           .hardware = "rpi4",
                           .site = "school 7",
                           .metered = true,
                           .most_kb_per_second = 50};
  ASSERT_TRUE(WriteAgentConfig(folder, config));
  struct stat status {};
  ASSERT_EQ(::stat((folder / "agent.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const auto read = ReadAgentConfig(folder);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(ToText(*read), ToText(config));
}

TEST(AgentConfigTest, WhoHasJoinedNoFleetIsToldHow) {
  const auto read = ReadAgentConfig(fixture::FreshFolder("nobody"));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, ::testing::HasSubstr("euphone agent join URL"));
  EXPECT_FALSE(ParseAgentConfig(R"({"format":1,"url":"nats://h","device":"a.b"})"));
  EXPECT_FALSE(ParseAgentConfig(R"({"format":1,"url":"nats://h","device":"a","what":1})"));
}

TEST(AgentConfigTest, AUrlNamesItsDevice) {
  EXPECT_EQ(UserOf("nats://pi-7:secret@hub:4222"), "pi-7");
  EXPECT_EQ(UserOf("tls://pi-7:s@a:1,tls://pi-7:s@b:1"), "pi-7");
  EXPECT_EQ(UserOf("nats://token@hub:4222"), "");
  EXPECT_EQ(UserOf("nats://hub:4222"), "");
}

TEST(AgentMemoryTest, IsReadAsItWasWrittenAndIsEmptyWhereItIsDamaged) {
  const fs::path folder = fixture::FreshFolder("memory");
  AgentMemory memory{.offers = {{.offer = {"r", 2, "toy", *ReadSemVer("1.2.0")}}},
                     .events_told = 7};
  memory.offers[0].release = std::string(64, 'a');
  memory.offers[0].standing = {.stage = DeviceStage::kFailed, .reason = "no"};
  memory.offers[0].untold = {{.stage = DeviceStage::kStaged}, memory.offers[0].standing};
  memory.offers[0].recalled = true;
  ASSERT_TRUE(WriteAgentMemory(folder, memory));
  EXPECT_EQ(ToText(ReadAgentMemory(folder)), ToText(memory));
  Write(folder / "memory.json", "{");
  EXPECT_TRUE(ReadAgentMemory(folder).offers.empty());
}

TEST(MachineTest, TheEmptiestBatteryCountsAndThoseOfDevicesDoNot) {
  const fs::path supplies = fixture::FreshFolder("power");
  EXPECT_FALSE(ReadPower(supplies).battery);
  EXPECT_TRUE(ReadPower(supplies).charging) << "on the mains";
  EXPECT_FALSE(ReadPower(supplies / "none").battery);
  Write(supplies / "AC/type", "Mains\n");
  Write(supplies / "hid/type", "Battery\n");
  Write(supplies / "hid/scope", "Device\n");
  Write(supplies / "hid/capacity", "3\n");
  for (const auto& [name, capacity] : {std::pair("BAT0", "80\n"), std::pair("BAT1", "41\n")}) {
    Write(supplies / name / "type", "Battery\n");
    Write(supplies / name / "capacity", capacity);
    Write(supplies / name / "status", "Discharging\n");
  }
  EXPECT_EQ(ReadPower(supplies).battery, 41);
  EXPECT_FALSE(ReadPower(supplies).charging);
  Write(supplies / "BAT1/status", "Charging\n");
  EXPECT_TRUE(ReadPower(supplies).charging);
}

TEST(MachineTest, NamesAreThoseOfFilters) {
  EXPECT_EQ(LocaleName("en_US.UTF-8"), "en-US");
  EXPECT_EQ(LocaleName("de_DE@euro"), "de-DE");
  EXPECT_EQ(LocaleName("C.UTF-8"), "");
  const fs::path model = fixture::FreshFolder("hardware") / "model";
  Write(model, std::string("Raspberry Pi 4 Model B Rev 1.4\0", 31));
  EXPECT_EQ(HardwareName(model), "rpi4");
  EXPECT_FALSE(HardwareName(model.parent_path() / "none").empty());
}

TEST(OfferStageTest, IsWhatTheUpdaterSays) {
  DeviceState state;
  SlotState& slots = state.bundles["toy"];
  const std::string id(64, 'a');
  const auto stage = [&](const std::string& release) {
    return StandingOf(state, "toy", "1.1.0", release, "1.0.0").stage;
  };
  EXPECT_EQ(stage(id), DeviceStage::kOffered);
  slots.candidate = Candidate{.release = {.version = "1.1.0", .id = id}};
  EXPECT_EQ(stage(id), DeviceStage::kDownloading);
  slots.candidate->phase = Phase::kTested;
  EXPECT_EQ(stage(""), DeviceStage::kShadowing);
  EXPECT_EQ(stage(std::string(64, 'b')), DeviceStage::kOffered) << "another one of that version";
  slots.candidate.reset();
  slots.active = Slot::kA;
  slots.in(Slot::kA) = InstalledRelease{.version = "1.1.0", .id = id};
  slots.probation = 3;
  EXPECT_EQ(stage(id), DeviceStage::kShadowing) << "on probation";
  EXPECT_EQ(StandingOf(state, "toy", "1.1.0", id, "1.1.0").stage, DeviceStage::kShadowing);
  slots.probation = 0;
  EXPECT_EQ(StandingOf(state, "toy", "1.1.0", id, "1.1.0").stage, DeviceStage::kSucceeded);
  slots.active.reset();
  slots.bad.push_back({.release = {.version = "1.1.0", .id = id}, .reason = "no"});
  EXPECT_EQ(stage(id), DeviceStage::kFailed);
  state.Tell({.name = "toy", .version = "1.1.0", .what = "rolled_back", .reason = "no"});
  EXPECT_EQ(stage(id), DeviceStage::kRolledBack);
}

TEST(OfferStageTest, ASelfTestHasFailedWhereWhatWasVerifiedFailed) {
  DeviceState state;
  const auto tell = [&](const char* what) {
    state.Tell({.name = "toy", .version = "1.1.0", .what = what, .reason = {}});
    return SelfTestsPassed(state);
  };
  EXPECT_TRUE(tell("staged"));
  EXPECT_TRUE(tell("failed")) << "a damaged file is no failed test";
  EXPECT_TRUE(tell("verified"));
  EXPECT_FALSE(tell("failed"));
  EXPECT_TRUE(tell("tested"));
  EXPECT_TRUE(tell("failed")) << "in the shadow";
}

TEST(PaceTest, KeepsBelowItsRateAndStopsWhereItIsTold) {
  const auto begun = std::chrono::steady_clock::now();
  Pace pace(1000);
  for (int i = 0; i < 10; ++i) pace.Wait(30000, [] { return true; });
  EXPECT_GE(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(290));
  pace.Wait(1'000'000'000, [] { return false; });
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
}

}  // namespace
}  // namespace euphone::agent
