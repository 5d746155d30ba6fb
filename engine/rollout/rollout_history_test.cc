#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "base/random.h"
#include "rollout/rollout_fixture.h"

namespace euphone {
namespace {

/// A rollout with rules by chance, and a crowd of devices that do anything.
class History {
 public:
  explicit History(std::uint64_t seed) : chance_(seed), hub(Fields(), 20 + chance_.Below(60)) {
    for (DeviceRecord& device : hub.inventory) {
      device.last_seen = hub.now;
      if (OneIn(8)) device.bundles[0].version = *ReadSemVer("2.0.0");
      if (OneIn(8)) device.refused = {{"b", *ReadSemVer("2.0.0")}};
      if (OneIn(8)) device.health.crash_loops = 1;
    }
    badness_ = chance_.Unit() * chance_.Unit();
    silence_ = chance_.Unit() * chance_.Unit();
    hub.Submit();
  }

  /// What happens until the hub decides again. `said`: what devices have reported since then.
  void Step() {
    said.clear();
    for (const RolloutDevice& device : hub.rollout.devices()) {
      if (device.attempt == 0 || chance_.Unit() < silence_) continue;
      for (std::size_t i = chance_.Below(4); i > 0; --i) Say(device);
    }
    if (OneIn(30)) Operator(RolloutEventKind::kPaused);
    if (OneIn(4)) Operator(RolloutEventKind::kResumed);
    if (OneIn(200)) Operator(RolloutEventKind::kAborted);
    if (OneIn(2)) Operator(RolloutEventKind::kApproved);
    for (DeviceRecord& device : hub.inventory)
      if (OneIn(3)) device.in_lesson = !device.in_lesson;
    hub.now += static_cast<std::int64_t>(chance_.Below(4 * 3600));
  }

  /// The same reports, some twice, in another order.
  std::vector<RolloutEvent> Shuffled() {
    std::vector<RolloutEvent> events = said;
    for (const RolloutEvent& event : said)
      if (OneIn(2)) events.push_back(event);
    for (std::size_t i = events.size(); i > 1; --i)
      std::swap(events[i - 1], events[chance_.Below(i)]);
    return events;
  }

  bool OneIn(std::size_t count) { return chance_.Below(count) == 0; }

 private:
  std::string Fields() {
    std::string fields = R"("waves":[{"percent":)" + std::to_string(5 + chance_.Below(40)) +
                         R"(},{"count":)" + std::to_string(1 + chance_.Below(20)) +
                         R"(},{"rest":true}],"when":"not in_lesson",)";
    fields += R"("success":{"at_least_percent":)" + std::to_string(chance_.Below(90)) + "},";
    if (OneIn(2))
      fields += R"("errors":{"at_most_percent":)" + std::to_string(chance_.Below(60)) + "},";
    else
      fields += R"("errors":{"at_most_percent":)" + std::to_string(chance_.Below(60)) +
                R"(,"of":"done","minimum":)" + std::to_string(1 + chance_.Below(9)) + "},";
    if (OneIn(2)) fields += R"("approvals":[1,3],)";
    if (OneIn(3)) fields += R"("lost_are_errors":"all",)";
    fields += R"("observe":")" + std::to_string(chance_.Below(12)) + R"(h","retries":)" +
              std::to_string(chance_.Below(3));
    fields += R"(,"max_in_flight":)" + std::to_string(1 + chance_.Below(25));
    return fields + R"(,"answer_within":"20h","finish_within":"40h","ends_after":"12d")";
  }

  void Say(const RolloutDevice& device) {
    constexpr DeviceStage kOnTheWay[] = {DeviceStage::kDownloading, DeviceStage::kStaged,
                                         DeviceStage::kShadowing};
    constexpr DeviceStage kBad[] = {DeviceStage::kFailed, DeviceStage::kRolledBack,
                                    DeviceStage::kSkipped};
    constexpr const char* kReasons[] = {"download", "self-test", "crash", ""};
    RolloutEvent event{.at = hub.now, .device = device.id, .attempt = device.attempt};
    event.stage = OneIn(2) ? kOnTheWay[chance_.Below(3)] : DeviceStage::kSucceeded;
    if (chance_.Unit() < badness_) {
      event.stage = kBad[chance_.Below(3)];
      event.reason = kReasons[chance_.Below(4)];
    }
    if (OneIn(10)) event.attempt = 1;  // Of long ago.
    said.push_back(event);
  }

  void Operator(RolloutEventKind kind) {
    hub.Log({.kind = kind,
             .at = hub.now,
             .wave = kind == RolloutEventKind::kApproved ? hub.rollout.wave() + 1 : 0});
  }

  Random chance_;
  double badness_ = 0.0, silence_ = 0.0;

 public:
  SmallHub hub;
  std::vector<RolloutEvent> said;
};

/// Counted anew, device by device, apart from Rollout's own tallies.
struct Counted {
  std::size_t in_flight = 0, open = 0;
  std::map<int, std::array<std::size_t, kStageNames.size()>> by_wave;
  std::map<int, std::size_t> errors;

  explicit Counted(const Rollout& rollout) {
    for (const RolloutDevice& device : rollout.devices()) {
      const bool again = device.stage == DeviceStage::kFailed && device.reason == "download" &&
                         device.attempt <= rollout.plan().retries && !rollout.ended();
      const DeviceStage stage = again ? DeviceStage::kPending : device.stage;
      in_flight += IsInFlight(stage) ? 1u : 0u;
      open += stage < DeviceStage::kSkipped ? 1u : 0u;
      ++by_wave[device.wave][static_cast<std::size_t>(stage)];
      const bool lost = stage == DeviceStage::kLost &&
                        (rollout.plan().lost == LostRule::kAll || device.reason != "no answer");
      if (stage == DeviceStage::kFailed || stage == DeviceStage::kRolledBack || lost)
        ++errors[device.wave];
    }
  }
};

/// Whether a started wave has more errors than its rule allows, by whole numbers.
bool MustHalt(const Rollout& rollout, Counted& counted) {
  for (int wave = 1; wave <= rollout.wave(); ++wave) {
    const ErrorRule& rule = rollout.plan().waves[static_cast<std::size_t>(wave) - 1].errors;
    const auto& stages = counted.by_wave[wave];
    std::size_t done = 0, whole = 0;
    for (std::size_t i = 0; i < stages.size(); ++i) {
      if (i == static_cast<std::size_t>(DeviceStage::kSkipped)) continue;
      whole += stages[i];
      if (i > static_cast<std::size_t>(DeviceStage::kSkipped)) done += stages[i];
    }
    if (rule.of_done && done < rule.minimum) continue;
    const auto percent = static_cast<std::size_t>(rule.at_most.value);
    if (counted.errors[wave] * 100 > percent * (rule.of_done ? done : whole)) return true;
  }
  return false;
}

void CheckOffer(const History& history, const RolloutEvent& event) {
  const auto device = std::ranges::find(history.hub.inventory, event.device, &DeviceRecord::id);
  const SemVer version = history.hub.rollout.plan().version;
  EXPECT_TRUE(device->bundles[0].version < version) << "it has it already";
  EXPECT_FALSE(device->Refuses("b", version)) << "it has failed there";
  EXPECT_EQ(device->health.crash_loops, 0);
  EXPECT_FALSE(device->in_lesson);
  EXPECT_LE(history.hub.Device(event.device).wave, history.hub.rollout.wave());
}

/// One history, with everything that must hold checked after every decision.
void Live(std::uint64_t seed, std::map<RolloutState, std::uint64_t>& ends) {
  History history(seed);
  SmallHub& hub = history.hub;
  for (int step = 0; step < 400 && !hub.rollout.settled(); ++step) {
    history.Step();
    // The same reports in another order, some twice, come to the same.
    Rollout other = hub.Replayed(hub.log.size());
    for (const RolloutEvent& event : history.Shuffled()) other.Apply(event);
    for (const RolloutEvent& event : history.said) hub.Log(event);
    ASSERT_EQ(Seen(other), Seen(hub.rollout));
    const bool ended = hub.rollout.ended(), paused = hub.rollout.state() == RolloutState::kPaused;
    const std::size_t before = hub.log.size();
    const auto made = hub.Decide();
    ASSERT_EQ(other.Decide(hub.Records(other), hub.now), made);
    for (const RolloutEvent& event : made) {
      if (event.kind != RolloutEventKind::kOffered) continue;
      ASSERT_FALSE(ended || paused || hub.rollout.ended());
      CheckOffer(history, event);
    }
    Counted counted(hub.rollout);
    EXPECT_LE(counted.in_flight, hub.rollout.plan().max_in_flight);
    EXPECT_EQ(counted.in_flight, hub.rollout.in_flight());
    EXPECT_EQ(counted.open == 0 && hub.rollout.ended(), hub.rollout.settled());
    for (std::size_t wave = 0; wave < hub.rollout.waves().size(); ++wave)
      EXPECT_EQ(hub.rollout.waves()[wave].by_stage, counted.by_wave[static_cast<int>(wave) + 1]);
    EXPECT_FALSE(!hub.rollout.ended() && MustHalt(hub.rollout, counted)) << "it should have halted";
    EXPECT_TRUE(hub.Decide().empty()) << "it was all decided";
    // Cut off anywhere within what was decided, it decides the rest again.
    const std::size_t kept = before + (hub.log.size() - before) / 2;
    Rollout cut = hub.Replayed(kept);
    cut.Decide(hub.Records(cut), hub.now);
    ASSERT_EQ(Seen(cut), Seen(hub.rollout));
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_TRUE(hub.rollout.settled()) << "every rollout comes to an end";
  for (const RolloutDevice& device : hub.rollout.devices())
    EXPECT_GE(device.stage, DeviceStage::kSkipped) << device.id;
  ++ends[hub.rollout.state()];
}

TEST(RolloutHistory, KeepsItsPromisesWhateverHappens) {
  const char* const wanted = std::getenv("EUPHONE_HISTORIES");
  const std::uint64_t histories = wanted == nullptr ? 300 : std::strtoull(wanted, nullptr, 10);
  std::map<RolloutState, std::uint64_t> ends;
  for (std::uint64_t seed = 1; seed <= histories && !HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    Live(seed, ends);
  }
  for (const RolloutState end :
       {RolloutState::kCompleted, RolloutState::kHalted, RolloutState::kAborted})
    EXPECT_GT(ends[end], histories / 30) << "too few of them to have seen anything";
}

/// Whatever it is fed, in whatever order, it stays sound.
TEST(RolloutHistory, SurvivesALogOfNonsense) {
  Random chance(3);
  for (int run = 0; run < 200; ++run) {
    SmallHub hub(R"("waves":[{"count":3},{"rest":true}])", 10);
    if (run % 2 == 0) hub.Submit();
    for (int i = 0; i < 200; ++i) {
      hub.Log({.kind = static_cast<RolloutEventKind>(chance.Below(kRolloutEventNames.size())),
               .at = hub.now + static_cast<std::int64_t>(chance.Below(100)),
               .device = "d-" + std::to_string(chance.Below(12)),
               .attempt = static_cast<int>(chance.Below(4)),
               .stage = static_cast<DeviceStage>(chance.Below(kStageNames.size())),
               .wave = static_cast<int>(chance.Below(5))});
      if (i % 10 == 0) hub.Decide();
      Counted counted(hub.rollout);
      ASSERT_EQ(counted.in_flight, hub.rollout.in_flight());
    }
  }
}

}  // namespace
}  // namespace euphone
