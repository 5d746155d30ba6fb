#include "anomaly/microphone_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace euphone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Twelve days of November 2025 with four takes each, of one speaker whose voice varies.
std::vector<MicrophoneTake> Healthy() {
  std::vector<MicrophoneTake> takes;
  for (int i = 0; i < 48; ++i) {
    const double wave = std::sin(1.7 * i);
    const int day = 10 + i / 4;
    MicrophoneTake take{"2025-11-" + std::to_string(day), "take", {}};
    take.measures = {.level_dbfs = -22.0 + 2.0 * wave,
                     .noise_dbfs = -60.0 + 2.0 * std::sin(0.9 * i),
                     .snr_db = 38.0 + 3.0 * wave,
                     .bandwidth_hz = 8000.0,
                     .centroid_hz = 750.0,
                     .tilt_db = -18.0 + 5.0 * std::sin(2.9 * i)};
    takes.push_back(take);
  }
  return takes;
}

/// The same, with `change` done to the takes from day 17 on, a Monday.
template <class Change>
std::vector<MicrophoneTake> Changed(Change change) {
  auto takes = Healthy();
  for (MicrophoneTake& take : takes)
    if (take.day >= "2025-11-17") change(take.measures);
  return takes;
}

std::vector<std::string> Names(const std::vector<MicrophoneTake>& takes) {
  std::vector<std::string> names;
  for (const MicrophoneChange& change : FindMicrophoneChanges(takes))
    names.emplace_back(NameOf(change.trouble));
  return names;
}

TEST(MicrophoneChanges, AreNoneWhileOnlyTheVoiceVaries) {
  EXPECT_THAT(FindMicrophoneChanges(Healthy()), IsEmpty());
  EXPECT_THAT(FindMicrophoneChanges({}), IsEmpty());
}

TEST(MicrophoneChanges, SayWhatAndSinceWhen) {
  const auto changes = FindMicrophoneChanges(Changed([](auto& m) { m.tilt_db -= 15.0; }));
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].since, "2025-11-17");
  EXPECT_NEAR(changes[0].change, -15.0, 5.0);
  EXPECT_THAT(changes[0].message, HasSubstr("has become dull"));
  EXPECT_THAT(changes[0].message, HasSubstr("since Monday, 17 November 2025."));
  EXPECT_FALSE(changes[0].advice.empty());
}

TEST(MicrophoneChanges, HaveEachTheirName) {
  EXPECT_THAT(Names(Changed([](auto& m) { m.bandwidth_hz = 5000.0; })), ElementsAre("dull"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.tilt_db += 15.0; })), ElementsAre("sharp"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.level_dbfs -= 6.0; })), ElementsAre("quieter"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.level_dbfs += 9.0; })), ElementsAre("louder"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.hum_50_db = 25.0; })), ElementsAre("hum_50"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.hum_60_db = 25.0; })), ElementsAre("hum_60"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.snr_db -= 14.0; })), ElementsAre("noisier"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.clipped_percent = 1.0; })), ElementsAre("clipping"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.dropout_percent = 2.0; })), ElementsAre("dropouts"));
  EXPECT_THAT(Names(Changed([](auto& m) { m.dc_offset_percent = -3.0; })), ElementsAre("offset"));
}

TEST(MicrophoneChanges, NameOneCauseOnceAndTheGravestFirst) {
  EXPECT_THAT(Names(Changed([](auto& m) {
                m.hum_50_db = 30.0;
                m.snr_db -= 20.0;
              })),
              ElementsAre("hum_50"));
  EXPECT_THAT(Names(Changed([](auto& m) {
                m.level_dbfs -= 8.0;
                m.dropout_percent = 3.0;
              })),
              ElementsAre("dropouts", "quieter"));
}

TEST(MicrophoneChanges, BecomeAWarningOfTheRecordingThatShowsThem) {
  const auto takes = Changed([](auto& m) { m.dropout_percent = 2.0; });
  QualityReport report;
  AddMicrophoneFinding(std::span(takes).first(47), takes.back(), report);
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].kind, FindingKind::kMicrophoneChanged);
  EXPECT_EQ(report.findings[0].severity, Severity::kWarning);
  EXPECT_FALSE(report.withheld());

  const auto healthy = Healthy();
  QualityReport quiet;
  AddMicrophoneFinding(std::span(healthy).first(47), healthy.back(), quiet);
  EXPECT_THAT(quiet.findings, IsEmpty());
}

}  // namespace
}  // namespace euphone
