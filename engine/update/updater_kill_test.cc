#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include "update/in_use.h"
#include "update/trust.h"
#include "update/update_fixture.h"
#include "update/updater.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using fixture::kNow;

// The long form of this test: EUPHONE_KILLS=5000.
int Kills() {
  const char* asked = std::getenv("EUPHONE_KILLS");
  return asked == nullptr ? 200 : std::atoi(asked);
}

class UpdaterKillTest : public ::testing::Test {
 protected:
  UpdaterKillTest()
      : root_(fixture::FreshFolder("kill")),
        repository_(fixture::PublishedRepository(root_ / "repository", keys_)) {
    fixture::BundleFolder(root_ / "factory" / "toy", "toy", "1.0.0", "factory");
    Next();
    EXPECT_TRUE(TrustStore::Begin(
        root_ / "updates" / "trust",
        FolderSource(root_ / "repository").Fetch("metadata/1.root.json", 1 << 20).value()));
  }

  /// A release after those that are there; its content differs in parts.
  void Next() {
    std::string model = fixture::Noise(400000, 1);
    model[static_cast<std::size_t>(minor_) * 5000 % model.size()] ^= 1;
    const std::string version = "1." + std::to_string(++minor_) + ".0";
    fixture::Publish(repository_, keys_,
                     fixture::BundleFolder(root_ / "made", "toy", version, model));
  }

  UpdaterConfig Config() const {
    return {.updates = root_ / "updates",
            .factory = root_ / "factory",
            .platform = {.compatible = "euphone", .runtime = "0.1.0", .hardware = "x86_64"},
            .shadow = {.utterances = 2},
            .self_tests = 1000,  // Here it is the power that fails, by chance often in a row.
            .probation = 2,
            .self_test = [](const fs::path& folder) {
              const auto bundle = Bundle::Open(folder);
              return bundle ? bundle->Verify() : Status(bundle.error());
            }};
  }

  /// All that an agent and a learner's program do until the newest release is good. Gives false
  /// where something failed.
  static bool Work(const UpdaterConfig& config, const fs::path& repository) {
    FolderSource source(repository);
    auto trust = TrustStore::Open(config.updates / "trust");
    if (!trust) return false;
    const auto targets = trust->Refresh(source, kNow);
    if (!targets) return false;
    Updater updater(config);
    for (int step = 0; step < 100; ++step) {
      const auto staged = updater.Stage(*targets->Newest("toy"), source, {}, kNow);
      if (!staged && staged.error().code == Errc::kUnsupported) return false;
      const auto progressed = updater.Advance("toy", kNow);
      if (!progressed || *progressed == Progressed::kFailed ||
          *progressed == Progressed::kRolledBack)
        return false;
      if (*progressed == Progressed::kNothing && !updater.state()->bundles["toy"].candidate)
        return true;
      const auto in_use = FindInUse(config.updates, "toy");
      if (!in_use) return false;
      if (*in_use && (*in_use)->on_probation) TrialUse(config.updates, "toy", (*in_use)->id).Good();
      if (*progressed == Progressed::kWaits) {
        const ShadowRun same{.old_score = 80,
                             .new_score = 80,
                             .word_difference = 0,
                             .old_ms = 1,
                             .new_ms = 1,
                             .old_mb = 1,
                             .new_mb = 1,
                             .failure = {}};
        if (!AppendShadowRun(ShadowFile(config.updates, "toy"), same)) return false;
      }
    }
    return false;
  }

  /// A model that works is there, whatever has happened; and no half of anything is in use.
  void ExpectAWorkingModel(const std::string& when) {
    const auto in_use = FindInUse(root_ / "updates", "toy");
    ASSERT_TRUE(in_use) << when << ": " << in_use.error().message;
    const auto bundle = Bundle::Open(*in_use ? (*in_use)->folder : root_ / "factory" / "toy");
    ASSERT_TRUE(bundle) << when << ": " << bundle.error().message;
    ASSERT_TRUE(bundle->Verify()) << when;
    const auto trust = TrustStore::Open(root_ / "updates" / "trust");
    ASSERT_TRUE(trust) << when << ": " << trust.error().message;
  }

  fixture::Keys keys_;
  fs::path root_;
  Repository repository_;
  int minor_ = 0;
};

TEST_F(UpdaterKillTest, ALossOfPowerAtEachChangeOfStateLeavesAWorkingModelAndThenGoesOn) {
  std::set<std::string> steps;
  auto config = Config();
  config.at_step = [&](std::string_view step) { steps.emplace(step); };
  ASSERT_TRUE(Work(config, root_ / "repository"));
  ASSERT_GE(steps.size(), 8U);
  for (const std::string& step : steps) {
    Next();
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto dying = Config();
      dying.at_step = [&](std::string_view at) {
        if (at == step) ::kill(::getpid(), SIGKILL);
      };
      ::_exit(Work(dying, root_ / "repository") ? 0 : 1);
    }
    int state = 0;
    ASSERT_EQ(::waitpid(child, &state, 0), child);
    ASSERT_TRUE(WIFSIGNALED(state)) << step;
    ExpectAWorkingModel(step);
    ASSERT_TRUE(Work(Config(), root_ / "repository")) << step;
  }
}

TEST_F(UpdaterKillTest, ALossOfPowerAtAnyInstantLeavesAWorkingModel) {
  // Instants of all the work there is, as long as it takes on this machine.
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(Work(Config(), root_ / "repository"));
  const auto all_of_it = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - begin);
  std::mt19937 random(20261128);
  std::uniform_int_distribution<std::int64_t> instant(0, all_of_it.count());
  const int kills = Kills();
  int cut_short = 0;
  for (int kill = 0; kill < kills; ++kill) {
    if (kill % 2 == 0) Next();
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) ::_exit(Work(Config(), root_ / "repository") ? 0 : 1);
    std::this_thread::sleep_for(std::chrono::microseconds(instant(random)));
    ::kill(child, SIGKILL);
    int state = 0;
    ASSERT_EQ(::waitpid(child, &state, 0), child);
    ASSERT_TRUE(WIFSIGNALED(state) || WEXITSTATUS(state) == 0)
        << "it failed by itself: " << ToText(ReadDeviceState(root_ / "updates").value());
    cut_short += WIFSIGNALED(state) ? 1 : 0;
    ExpectAWorkingModel("kill " + std::to_string(kill));
    // A program that ends as it should, between losses of power that would else look like crashes.
    if (const auto in_use = FindInUse(root_ / "updates", "toy"); in_use && *in_use)
      TrialUse(root_ / "updates", "toy", (*in_use)->id);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(cut_short, kills / 8);  // Most of them, as a rule: the rest had nothing left to do.
  const bool ended_well = Work(Config(), root_ / "repository");
  const auto state = ReadDeviceState(root_ / "updates");
  EXPECT_TRUE(ended_well) << ToText(*state);
  const SlotState& slots = state->bundles.at("toy");
  EXPECT_EQ(slots.in(*slots.active)->version, "1." + std::to_string(minor_) + ".0");
  EXPECT_TRUE(slots.bad.empty()) << slots.bad.front().reason;
}

}  // namespace
}  // namespace euphone
