#include "assembly/device_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <span>

#include "assembly/device_cache.h"
#include "assembly/device_trials.h"
#include "assembly/runtimes.h"
#include "base/file.h"
#include "device_report.h"
#include "model/testing/bundle_maker.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

Bundle ToyForDevices() {
  const auto model =
      ReadFile(EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/toy_acoustic.onnx", 100'000);
  const std::string tar = euphone::testing::BundleMaker::Acoustic(model.value()).Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

DeviceFinding Ran(ComputeDevice device, double opening_ms, double run_ms) {
  return {.device = device, .opening_ms = opening_ms, .run_ms = run_ms};
}

TEST(DeviceTrials, TheFastestOfALessonIsTaken) {
  const std::vector findings = {Ran(ComputeDevice::kCpu, 100, 10),
                                Ran(ComputeDevice::kCuda, 300, 4),
                                Ran(ComputeDevice::kOpenVino, 200, 6)};
  EXPECT_EQ(BestOf(findings), ComputeDevice::kCuda);
  EXPECT_DOUBLE_EQ(GainOf(findings[1], findings), 2.5);
}

TEST(DeviceTrials, AGainOfLessThanATenthOrALongOpeningIsNone) {
  EXPECT_EQ(
      BestOf(std::vector{Ran(ComputeDevice::kCpu, 100, 10), Ran(ComputeDevice::kCuda, 100, 9.5)}),
      ComputeDevice::kCpu);
  EXPECT_EQ(BestOf(std::vector{Ran(ComputeDevice::kCpu, 100, 10),
                               Ran(ComputeDevice::kTensorRt, 60'000, 1)}),
            ComputeDevice::kCpu);
}

TEST(DeviceTrials, WhatDoesNotRunIsNotTaken) {
  DeviceFinding broken = Ran(ComputeDevice::kCuda, 1, 1);
  broken.refusal = "no card";
  const std::vector findings = {Ran(ComputeDevice::kCpu, 100, 10), broken};
  EXPECT_EQ(BestOf(findings), ComputeDevice::kCpu);
  EXPECT_EQ(GainOf(broken, findings), 0);
  EXPECT_EQ(Described(broken, findings), "no card");
  EXPECT_EQ(BestOf({}), ComputeDevice::kCpu);
}

TEST(DeviceTrials, TheProcessorIsMeasuredAndTellsItsOperations) {
  constexpr std::array kDevices = {ComputeDevice::kCpu, ComputeDevice::kNnapi};
  const auto findings = TryDevices(ToyForDevices(), {}, kDevices);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_GT(findings[0].run_ms, 0);
  EXPECT_THAT(Described(findings[0], findings), HasSubstr("operations, in 1 part; reference run"));
  EXPECT_THAT(NodeTable(findings[0]), HasSubstr("CPUExecutionProvider"));
  EXPECT_EQ(NodesJson(findings[0]).size(), findings[0].nodes.nodes.size());
  EXPECT_THAT(findings[1].refusal, HasSubstr("was built without NNAPI"));
}

TEST(DeviceChoice, AnExplicitDeviceIsRequiredUnlessAPolicyIsGiven) {
  InstallationOptions options;
  EXPECT_EQ(PolicyOf(options), DevicePolicy::kAuto);
  options.device = "cuda";
  EXPECT_EQ(PolicyOf(options), DevicePolicy::kRequire);
  options.device_policy = "prefer";
  EXPECT_EQ(PolicyOf(options), DevicePolicy::kPrefer);
  options.device_policy = "auto";
  EXPECT_EQ(PolicyOf(options), DevicePolicy::kAuto);
}

TEST(DeviceChoice, EveryDeviceByNameIsSelectedAndThoseThatAreNotThereRefused) {
  for (const std::string& name : DeviceChoices()) {
    InstallationOptions options;
    options.device = name;
    const auto model = OpenAcoustic(ToyForDevices(), options);
    if (name == "auto" || name == "cpu") {
      EXPECT_TRUE(model) << name;
      continue;
    }
    const auto settings = DeviceSettings(ToyForDevices(), options, Hearing::kWhole);
    ASSERT_TRUE(settings);
    EXPECT_EQ(NameOf(settings->device), name);
    ASSERT_FALSE(model) << name;
    EXPECT_EQ(model.error().code, Errc::kUnsupported) << name;
  }
}

TEST(DeviceChoice, TheProcessorStandsInWhereItIsAllowedTo) {
  for (const char* policy : {"prefer", "auto"}) {
    InstallationOptions options;
    options.device = "cuda";
    options.device_policy = policy;
    const auto model = OpenAcoustic(ToyForDevices(), options);
    EXPECT_TRUE(model) << model.error().message;
  }
}

TEST(DeviceChoice, ADeviceIsNotAskedOfARuntimeThatKnowsNone) {
  InstallationOptions options;
  options.device = "cuda";
  options.runtime = "abacus";
  const auto model = OpenAcoustic(ToyForDevices(), options);
  ASSERT_FALSE(model);
  EXPECT_THAT(model.error().message, HasSubstr("does not run it on cuda; by --runtime auto it is"));
}

TEST(DeviceChoice, LiveSpeechStaysOnTheProcessorUnlessADeviceIsNamed) {
  InstallationOptions options;
  EXPECT_EQ(DeviceSettings(ToyForDevices(), options, Hearing::kLive)->device, ComputeDevice::kCpu);
  options.device = "cuda";
  EXPECT_EQ(DeviceSettings(ToyForDevices(), options, Hearing::kLive)->device, ComputeDevice::kCuda);
}

class DeviceCacheTest : public ::testing::Test {
 protected:
  DeviceCacheTest() { fs::remove_all(folder_); }
  const fs::path folder_ = fs::path(::testing::TempDir()) / "euphone-devices";
  const DeviceCache cache_{folder_ / "deep" / "devices.json"};
};

TEST_F(DeviceCacheTest, KeepsChoicesUntilTheyAreMadeAnew) {
  EXPECT_FALSE(cache_.Find("a"));
  ASSERT_TRUE(cache_.Keep("a", ComputeDevice::kCuda));
  ASSERT_TRUE(cache_.Keep("b", ComputeDevice::kCpu));
  EXPECT_EQ(cache_.Find("a"), ComputeDevice::kCuda);
  EXPECT_EQ(cache_.Find("b"), ComputeDevice::kCpu);
  ASSERT_TRUE(cache_.Keep("a", ComputeDevice::kCpu));
  EXPECT_EQ(cache_.Find("a"), ComputeDevice::kCpu);
}

TEST_F(DeviceCacheTest, ForgetsTheOldestOfMany) {
  for (int i = 0; i < 70; ++i) ASSERT_TRUE(cache_.Keep(std::to_string(i), ComputeDevice::kCpu));
  EXPECT_FALSE(cache_.Find("0"));
  EXPECT_TRUE(cache_.Find("69"));
}

TEST_F(DeviceCacheTest, AForeignFileIsAsGoodAsNone) {
  fs::create_directories(folder_ / "deep");
  for (const char* text : {"", "{", "[]", R"({"format": 2, "choices": [["a", "cuda"]]})",
                           R"({"format": 1, "choices": [["a"]]})", R"({"format": 1})",
                           R"({"format": 1, "choices": [["a", "abacus"]]})"}) {
    std::ofstream(folder_ / "deep" / "devices.json") << text;
    EXPECT_FALSE(cache_.Find("a")) << text;
  }
  EXPECT_TRUE(cache_.Keep("a", ComputeDevice::kCpu));
  EXPECT_TRUE(cache_.Find("a"));
}

TEST_F(DeviceCacheTest, AnotherNetworkThreadsUnitOrCandidatesAreAnotherKey) {
  const Bundle toy = ToyForDevices();
  const std::string key = ChoiceKey(toy, {}, "cpu,cuda");
  EXPECT_EQ(key, ChoiceKey(toy, {}, "cpu,cuda"));
  EXPECT_THAT(key, HasSubstr(toy.manifest().Find(FileRole::kModel)->sha256));
  EXPECT_NE(key, ChoiceKey(toy, {.threads = 2}, "cpu,cuda"));
  EXPECT_NE(key, ChoiceKey(toy, {.unit = "1"}, "cpu,cuda"));
  EXPECT_NE(key, ChoiceKey(toy, {}, "cpu,openvino"));
}

}  // namespace
}  // namespace euphone::cli
