#include "model_ort/device_trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

#include "base/file.h"
#include "model/testing/bundle_maker.h"
#include "model_ort/execution_provider.h"
#include "model_ort/ort_acoustic_model.h"
#include "model_ort/ort_streaming_model.h"

namespace euphone {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Bundle Toy() {
  const std::string path = EUPHONE_SOURCE_DIR "/engine/model_ort/testdata/toy_acoustic.onnx";
  const std::string tar = testing::BundleMaker::Acoustic(ReadFile(path, 100'000).value()).Tar();
  return Bundle::Read(std::as_bytes(std::span(tar)), "toy").value();
}

TEST(DeviceTrial, EveryLibraryHasTheProcessorFirst) {
  const auto devices = DevicesOfRuntime();
  ASSERT_TRUE(devices) << devices.error().message;
  ASSERT_FALSE(devices->empty());
  EXPECT_EQ(devices->front(), ComputeDevice::kCpu);
}

TEST(DeviceTrial, TheProcessorRunsAllOfANetworkInOnePart) {
  const auto trial = TryDevice(Toy(), {});
  ASSERT_TRUE(trial) << trial.error().message;
  EXPECT_GT(trial->nodes.nodes.size(), 0u);
  EXPECT_EQ(trial->on_device, trial->nodes.nodes.size());
  EXPECT_EQ(trial->nodes.Partitions(), 1u);
  EXPECT_EQ(trial->nodes.Copies(), 0u);
  EXPECT_LT(trial->difference, 0.01);
  EXPECT_TRUE(trial->model->Run(std::vector<float>(1600, 0.25F)));
}

TEST(DeviceTrial, LeavesNoFilesBehind) {
  const std::string folder = ::testing::TempDir() + "euphone-trial";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  ::setenv("TMPDIR", folder.c_str(), 1);
  EXPECT_TRUE(TryDevice(Toy(), {}));
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  ::setenv("TMPDIR", (folder + "/gone").c_str(), 1);
  const auto trial = TryDevice(Toy(), {});
  ::unsetenv("TMPDIR");
  ASSERT_FALSE(trial);
  EXPECT_EQ(trial.error().code, Errc::kIo);
  EXPECT_THAT(trial.error().message, HasSubstr("set TMPDIR"));
}

TEST(DeviceTrial, ADeviceThatTheLibraryWasNotBuiltForIsRefusedNamingThoseItHas) {
  const auto devices = DevicesOfRuntime().value();
  for (const NamedDevice& named : kComputeDevices) {
    if (std::ranges::count(devices, named.device)) continue;
    const auto model = OpenAcousticModel(Toy(), {.device = named.device});
    ASSERT_FALSE(model) << named.name;
    EXPECT_EQ(model.error().code, Errc::kUnsupported) << named.name;
    EXPECT_THAT(model.error().message,
                AllOf(HasSubstr("was built without"), HasSubstr("it has: cpu"),
                      HasSubstr("--onnxruntime"), Not(HasSubstr("\n"))));
  }
}

TEST(DeviceTrial, WhatIsLeftOfAMessageIsWhatWentWrong) {
  EXPECT_EQ(Plain("ONNX Runtime: /src/webgpu_context.cc:65 Initialize(const Config&) status == "
                  "Success was false. Failed to get a WebGPU adapter: No supported adapters "),
            "Failed to get a WebGPU adapter: No supported adapters");
  EXPECT_EQ(Plain("ONNX Runtime: no such thing."), "ONNX Runtime: no such thing");
}

TEST(ComputeDevice, EachHasANameOfItsOwn) {
  for (const NamedDevice& named : kComputeDevices) {
    EXPECT_EQ(DeviceNamed(NameOf(named.device)), named.device);
    EXPECT_FALSE(ProviderOf(named.device).empty());
  }
  EXPECT_FALSE(DeviceNamed("abacus"));
}

}  // namespace
}  // namespace euphone
