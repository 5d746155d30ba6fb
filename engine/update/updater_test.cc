#include "update/updater.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/file.h"
#include "update/in_use.h"
#include "update/update_fixture.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using fixture::kNow;

class UpdaterTest : public ::testing::Test {
 protected:
  UpdaterTest()
      : root_(fixture::FreshFolder("updater")),
        repository_(fixture::PublishedRepository(root_ / "repository", keys_)),
        source_(root_ / "repository") {
    fixture::BundleFolder(root_ / "factory" / "toy", "toy", "1.0.0", "factory");
  }

  Release Publish(const std::string& version, const ReleaseTerms& terms = {},
                  const std::string& name = "toy") {
    return fixture::Publish(
        repository_, keys_,
        fixture::BundleFolder(root_ / "made" / version, name, version, "model " + version), terms);
  }
  Updater Device() {
    return Updater({.updates = root_ / "updates",
                    .factory = root_ / "factory",
                    .platform = {.compatible = "euphone",
                                 .runtime = "0.1.0",
                                 .hardware = "x86_64",
                                 .memory_mb = 1000},
                    .shadow = {.utterances = 3},
                    .probation = 2,
                    .self_test = [this](const fs::path& folder) { return Test(folder); }});
  }
  Status Test(const fs::path& folder) {
    tested_ = folder;
    return verdict_;
  }
  Progressed Advance() {
    auto progressed = Device().Advance("toy", kNow);
    EXPECT_TRUE(progressed) << progressed.error().message;
    return progressed ? *progressed : Progressed::kNothing;
  }
  /// As the programs do that judge utterances.
  void Shadow(int times, const ShadowRun& run) {
    for (int i = 0; i < times; ++i)
      ASSERT_TRUE(AppendShadowRun(ShadowFile(root_ / "updates", "toy"), run));
  }
  /// From a release to its use.
  void Install(const Release& release) {
    ASSERT_TRUE(Device().Stage(release, source_, {}, kNow));
    EXPECT_EQ(Advance(), Progressed::kOn);     // verified
    EXPECT_EQ(Advance(), Progressed::kOn);     // tested
    EXPECT_EQ(Advance(), Progressed::kWaits);  // for utterances
    Shadow(3, kSame);
    EXPECT_EQ(Advance(), Progressed::kOn);  // shadowed
    EXPECT_EQ(Advance(), Progressed::kInUse);
  }
  std::string InUse() {
    const auto in_use = FindInUse(root_ / "updates", "toy");
    EXPECT_TRUE(in_use) << in_use.error().message;
    const fs::path folder = *in_use ? (*in_use)->folder : root_ / "factory" / "toy";
    const auto bundle = Bundle::Open(folder);
    EXPECT_TRUE(bundle && bundle->Verify());
    return bundle->manifest().version;
  }
  TrialUse Use() {
    const auto in_use = FindInUse(root_ / "updates", "toy");
    return TrialUse(root_ / "updates", "toy", (*in_use)->id);
  }
  std::vector<std::string> Events() {
    std::vector<std::string> events;
    const DeviceState state = Device().state().value();
    for (const UpdateEvent& event : state.events) events.push_back(event.what);
    return events;
  }

  static inline const ShadowRun kSame{.old_score = 80,
                                      .new_score = 81,
                                      .word_difference = 3,
                                      .old_ms = 100,
                                      .new_ms = 90,
                                      .old_mb = 100,
                                      .new_mb = 100,
                                      .failure = {}};
  fixture::Keys keys_;
  fs::path root_;
  Repository repository_;
  FolderSource source_;
  Status verdict_;
  fs::path tested_;
};

TEST_F(UpdaterTest, ANewBundleComesIntoUseAfterItsTestsAndIsGoodAfterItsProbation) {
  EXPECT_EQ(InUse(), "1.0.0");
  Install(Publish("1.1.0"));
  EXPECT_EQ(InUse(), "1.1.0");
  EXPECT_EQ(tested_, SlotFolder(root_ / "updates", "toy", Slot::kA));
  EXPECT_EQ(Advance(), Progressed::kWaits);
  Use().Good();
  Use().Good();
  EXPECT_EQ(Advance(), Progressed::kGood);
  EXPECT_EQ(Advance(), Progressed::kNothing);
  const std::vector<std::string> expected = {"staged",   "verified", "tested",
                                             "shadowed", "in_use",   "good"};
  EXPECT_EQ(Events(), expected);
  Install(Publish("1.2.0"));
  EXPECT_EQ(InUse(), "1.2.0");
  EXPECT_TRUE(fs::exists(SlotFolder(root_ / "updates", "toy", Slot::kA) / "manifest.json"));
}

TEST_F(UpdaterTest, WhatFailsItsSelfTestIsNotTriedAgain) {
  const Release bad = Publish("1.1.0");
  ASSERT_TRUE(Device().Stage(bad, source_, {}, kNow));
  EXPECT_EQ(Advance(), Progressed::kOn);
  verdict_ = Error{Errc::kCorrupt, "it crashed (signal 11)"};
  EXPECT_EQ(Advance(), Progressed::kFailed);
  EXPECT_EQ(InUse(), "1.0.0");
  const auto again = Device().Stage(bad, source_, {}, kNow);
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().message.find("failed here: it crashed (signal 11)"), std::string::npos);
  EXPECT_FALSE(fs::exists(SlotFolder(root_ / "updates", "toy", Slot::kA)));
}

TEST_F(UpdaterTest, ASelfTestThatTakesTheDeviceWithItIsNotTriedForEver) {
  ASSERT_TRUE(Device().Stage(Publish("1.1.0"), source_, {}, kNow));
  EXPECT_EQ(Advance(), Progressed::kOn);
  auto config = Device().config();
  config.self_test = [](const fs::path&) -> Status { throw 1; };  // The power fails.
  for (int i = 0; i < 3; ++i) {
    EXPECT_ANY_THROW(static_cast<void>(Updater(config).Advance("toy", kNow)));
  }
  EXPECT_EQ(Advance(), Progressed::kFailed);
}

TEST_F(UpdaterTest, WhatJudgesOtherwiseCrashesIsSlowOrGreedyIsNotTakenIntoUse) {
  const std::vector<std::pair<const char*, ShadowRun>> cases = [] {
    ShadowRun low = kSame, words = kSame, slow = kSame, greedy = kSame, crash = kSame,
              nothing = kSame;
    low.new_score = 60;
    words.word_difference = 35;
    slow.new_ms = 400;
    greedy.new_mb = 300;
    crash.failure = "it crashed (signal 6)";
    nothing.new_score = std::nan("");
    return std::vector<std::pair<const char*, ShadowRun>>{
        {"lower", low}, {"words", words},    {"ms an utterance", slow},
        {"MB", greedy}, {"signal 6", crash}, {"points", nothing}};
  }();
  int minor = 1;
  for (const auto& [reason, run] : cases) {
    ASSERT_TRUE(Device().Stage(Publish("1." + std::to_string(minor++) + ".0"), source_, {}, kNow));
    EXPECT_EQ(Advance(), Progressed::kOn);
    EXPECT_EQ(Advance(), Progressed::kOn);
    Shadow(3, run);
    EXPECT_EQ(Advance(), Progressed::kFailed) << reason;
    EXPECT_NE(Device().state()->bundles["toy"].bad.back().reason.find(reason), std::string::npos)
        << Device().state()->bundles["toy"].bad.back().reason;
    EXPECT_EQ(InUse(), "1.0.0");
  }
}

TEST_F(UpdaterTest, OneCrashInTheShadowIsEnough) {
  ASSERT_TRUE(Device().Stage(Publish("1.1.0"), source_, {}, kNow));
  EXPECT_EQ(Advance(), Progressed::kOn);
  EXPECT_EQ(Advance(), Progressed::kOn);
  ShadowRun crash = kSame;
  crash.failure = "it did not end in 30 s";
  Shadow(1, crash);
  EXPECT_EQ(Advance(), Progressed::kFailed);
}

TEST_F(UpdaterTest, NothingChangesDuringALesson) {
  ASSERT_TRUE(Device().Stage(Publish("1.1.0"), source_, {}, kNow));
  EXPECT_EQ(Advance(), Progressed::kOn);
  EXPECT_EQ(Advance(), Progressed::kOn);
  Shadow(3, kSame);
  EXPECT_EQ(Advance(), Progressed::kOn);
  {
    const auto lesson = HoldForLesson(root_ / "updates"),
               another = HoldForLesson(root_ / "updates");
    ASSERT_TRUE(lesson && another);
    EXPECT_EQ(Advance(), Progressed::kWaits);
    EXPECT_EQ(InUse(), "1.0.0");
  }
  EXPECT_EQ(Advance(), Progressed::kInUse);
}

TEST_F(UpdaterTest, WhatCrashesInUseGivesWayToWhatWasThereBefore) {
  Install(Publish("1.1.0"));
  Use().Good();
  Use().Good();
  EXPECT_EQ(Advance(), Progressed::kGood);
  const Release bad = Publish("1.2.0");
  Install(bad);
  EXPECT_EQ(InUse(), "1.2.0");
  for (int start = 0; start < kMostStarts; ++start) Use().Bad();
  EXPECT_EQ(InUse(), "1.1.0") << "at once, before any agent has looked";
  EXPECT_EQ(Advance(), Progressed::kRolledBack);
  EXPECT_EQ(InUse(), "1.1.0");
  EXPECT_EQ(Device().Stage(bad, source_, {}, kNow).error().code, Errc::kUnsupported);
  EXPECT_EQ(Events().back(), "refused");
}

TEST_F(UpdaterTest, AProgramThatEndsWithoutJudgingCountsNeitherWay) {
  Install(Publish("1.1.0"));
  for (int i = 0; i < 5; ++i) Use();
  EXPECT_EQ(InUse(), "1.1.0");
  EXPECT_EQ(Advance(), Progressed::kWaits);
}

TEST_F(UpdaterTest, ABundleForOthersIsRefusedWithTheReason) {
  const std::vector<std::pair<const char*, ReleaseTerms>> cases = {
      {"is for 'otherproduct'", {.compatible = "otherproduct"}},
      {"needs Euphone 9.0.0", {.minimum_runtime = "9.0.0"}},
      {"not for this hardware", {.hardware = {"aarch64", "armv7l"}}},
      {"needs 4000 MB", {.memory_mb = 4000}}};
  int minor = 1;
  for (const auto& [reason, terms] : cases) {
    const auto report =
        Device().Stage(Publish("1." + std::to_string(minor++) + ".0", terms), source_, {}, kNow);
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().message.find(reason), std::string::npos) << report.error().message;
  }
  EXPECT_EQ(Events().size(), cases.size());
}

TEST_F(UpdaterTest, AnOlderVersionIsRefusedAndTheSameIsNothingNew) {
  const Release older = Publish("0.9.0"), same = Publish("1.0.0");
  EXPECT_EQ(Device().Stage(older, source_, {}, kNow).error().code, Errc::kUnsupported);
  EXPECT_EQ(Device().Stage(same, source_, {}, kNow).error().code, Errc::kNotFound);
  for (int i = 0; i < 3; ++i) static_cast<void>(Device().Stage(older, source_, {}, kNow));
  EXPECT_EQ(Events().size(), 1U) << "it is told once";
}

TEST_F(UpdaterTest, WhatWasDamagedOnDiskAfterItsDownloadIsFound) {
  ASSERT_TRUE(Device().Stage(Publish("1.1.0"), source_, {}, kNow));
  std::ofstream(SlotFolder(root_ / "updates", "toy", Slot::kA) / "model.onnx") << "damaged...";
  EXPECT_EQ(Advance(), Progressed::kFailed);
}

TEST_F(UpdaterTest, ABundleUnderAnotherOnesNameIsFound) {
  Release release = Publish("1.1.0");
  release.version = "1.2.0";  // Its signer has mixed them up.
  ASSERT_TRUE(Device().Stage(release, source_, {}, kNow));
  EXPECT_EQ(Advance(), Progressed::kFailed);
}

TEST_F(UpdaterTest, ARecalledCandidateIsGoneAndMayComeAgain) {
  const Release release = Publish("1.1.0");
  ASSERT_TRUE(Device().Stage(release, source_, {}, kNow));
  ASSERT_TRUE(Device().Recall("toy", kNow));
  EXPECT_EQ(Advance(), Progressed::kNothing);
  Install(release);
}

TEST_F(UpdaterTest, ItGoesBackByHand) {
  EXPECT_EQ(Device().RollBack("toy", "by hand", kNow).error().code, Errc::kInvalidArgument);
  Install(Publish("1.1.0"));
  ASSERT_TRUE(Device().RollBack("toy", "by hand", kNow));
  EXPECT_EQ(InUse(), "1.0.0");
}

TEST_F(UpdaterTest, ADamagedStateIsSaidAndNotOverwritten) {
  Install(Publish("1.1.0"));
  std::ofstream(root_ / "updates" / "state.json") << "{\"format\": 1";
  EXPECT_EQ(FindInUse(root_ / "updates", "toy").error().code, Errc::kCorrupt);
  EXPECT_EQ(Device().Advance("toy", kNow).error().code, Errc::kCorrupt);
}

TEST_F(UpdaterTest, TheStateComesBackFromItsFile) {
  Install(Publish("1.1.0"));
  const auto state = Device().state();
  ASSERT_TRUE(state);
  EXPECT_EQ(ToText(ParseDeviceState(ToText(*state)).value()), ToText(*state));
}

}  // namespace
}  // namespace euphone
