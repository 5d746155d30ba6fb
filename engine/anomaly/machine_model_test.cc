#include "anomaly/machine_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "anomaly/windower.h"

namespace euphone {
namespace {

MachineModel Learned(DetectorKind kind) {
  MachineModel model;
  model.channels = {"x", "y"};
  model.rate_hz = 1000.0;
  model.window_s = 0.25;
  model.alarm = {2, 7};
  const auto least = Windower::LeastScales(2);
  std::mt19937 generator(4);
  Matrix windows{80, least.size(), {}};
  while (windows.values.size() < windows.rows * windows.columns)
    windows.values.push_back(static_cast<float>(generator() % 1000) / 100.0f);
  DetectorConfig config;
  config.kind = kind;
  auto detector = Learn(windows, least, config);
  EXPECT_TRUE(detector);
  model.detector = *std::move(detector);
  return model;
}

TEST(MachineModel, ComesBackAsItWasWritten) {
  for (const DetectorKind kind : {DetectorKind::kKmeans, DetectorKind::kMixture}) {
    const MachineModel model = Learned(kind);
    const auto again = ParseMachineModel(ToJson(model));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(ToJson(*again), ToJson(model));
    const std::vector<float> window(model.detector.scaling.scale.size(), 3.0f);
    EXPECT_EQ(again->detector.Score(window), model.detector.Score(window));
    EXPECT_EQ(again->alarm.windows, 7u);
  }
}

std::string Refusal(void (*change)(nlohmann::json&)) {
  auto json = nlohmann::json::parse(ToJson(Learned(DetectorKind::kMixture)));
  change(json);
  const auto model = ParseMachineModel(json.dump());
  return model ? "accepted" : model.error().message;
}

TEST(MachineModel, IsRefusedByTheNameOfTheFieldThatIsWrong) {
  using testing::HasSubstr;
  EXPECT_THAT(Refusal([](auto& m) { m.erase("threshold"); }), HasSubstr("'threshold'"));
  EXPECT_THAT(Refusal([](auto& m) { m["window_s"] = -1; }), HasSubstr("'window_s'"));
  EXPECT_THAT(Refusal([](auto& m) { m["method"] = "svm"; }), HasSubstr("'method'"));
  EXPECT_THAT(Refusal([](auto& m) { m["channels"] = {1}; }), HasSubstr("'channels'"));
  EXPECT_THAT(Refusal([](auto& m) { m["alarm"]["hits"] = 8; }), HasSubstr("'alarm.hits'"));
  EXPECT_THAT(Refusal([](auto& m) { m["scaling"]["scale"][3] = 0; }), HasSubstr("'scaling.scale'"));
  EXPECT_THAT(Refusal([](auto& m) { m["scaling"]["center"].erase(0); }),
              HasSubstr("'scaling.center'"));
  EXPECT_THAT(Refusal([](auto& m) { m["mixture"]["means"][0].push_back(1); }),
              HasSubstr("'mixture.means'"));
  EXPECT_THAT(Refusal([](auto& m) { m["mixture"]["variances"].erase(0); }),
              HasSubstr("'mixture.variances'"));
}

TEST(MachineModel, OfAnotherKindIsRefused) {
  EXPECT_EQ(ParseMachineModel("time,x\n").error().code, Errc::kCorrupt);
  EXPECT_EQ(ParseMachineModel("[]").error().code, Errc::kCorrupt);
  EXPECT_EQ(ParseMachineModel(R"({"schema":"euphone.anomaly/2"})").error().code,
            Errc::kUnsupported);
  EXPECT_THAT(Refusal([](auto& m) { m["features"][0] = "x.smell"; }),
              testing::HasSubstr("not those of this program"));
}

}  // namespace
}  // namespace euphone
