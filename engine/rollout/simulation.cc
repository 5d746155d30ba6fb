#include "rollout/simulation.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"

namespace euphone {
namespace {

constexpr std::int64_t kDaySeconds = 86400, kHourSeconds = 3600;
constexpr std::int64_t kNever = INT64_MAX;

/// Something that happens to a device by itself.
enum class Happening : std::uint8_t { kOn, kLesson, kLessonOver, kOff };

struct Change {
  std::uint32_t device;
  Happening what;
  std::uint8_t battery;
  std::int64_t until;  ///< Of kOn: when it goes off.
};

struct PlannedReport {
  std::uint32_t device;
  std::uint16_t attempt;
  DeviceStage stage;
  const char* reason;
  std::int64_t at;
  bool silent;  ///< Happened, and the hub never hears of it.
};

struct Course {
  VirtualDevice behaviour = {};
  std::int64_t cancelled = kNever;  ///< From here on it knows that the offer was taken back.
  bool installed = false, broken = false;
};

class Simulator {
 public:
  Simulator(const RolloutPlan& plan, std::vector<DeviceRecord> inventory,
            const SimulationOptions& options)
      : options_(options), inventory_(std::move(inventory)), rollout_(plan) {
    horizon_ = kSimulationStart + options.days * kDaySeconds;
    const auto ticks = static_cast<std::size_t>((horizon_ - kSimulationStart) / options.tick) + 2;
    changes_.resize(ticks);
    reports_.resize(ticks);
  }

  SimulationResult Run() {
    Begin();
    std::int64_t planned_day = kSimulationStart / kDaySeconds - 2;
    for (std::int64_t now = kSimulationStart; now <= horizon_; now += options_.tick) {
      // A day may begin 14 hours before it does in UTC.
      for (; planned_day <= (now + 14 * kHourSeconds) / kDaySeconds; ++planned_day)
        PlanDay(planned_day);
      Play(now);
      if (rollout_.settled() && due_reports_ == 0) break;
      if ((now - kSimulationStart) % kHourSeconds == 0 && !Tell(now)) break;
    }
    return Finish();
  }

 private:
  void Begin() {
    for (DeviceRecord& device : inventory_) device.last_seen = kSimulationStart - kDaySeconds;
    rollout_.Apply(rollout_.Submit(inventory_, kSimulationStart));
    const auto& devices = rollout_.devices();
    std::vector<std::size_t> place(devices.size());
    for (std::size_t i = 0; i < inventory_.size(); ++i)
      if (const std::size_t at = rollout_.Find(inventory_[i].id); at < devices.size())
        place[at] = i;
    for (const std::size_t i : place) {
      records_.push_back(&inventory_[i]);
      courses_.push_back({.behaviour = BehaviourOf(inventory_[i], options_.seed)});
    }
    seen_.assign(records_.begin(), records_.end());
    result_.devices = inventory_.size();
    result_.targets = devices.size();
    result_.seed = options_.seed;
    for (const WaveTally& tally : rollout_.waves()) result_.waves.push_back({.size = tally.size});
  }

  std::size_t TickOf(std::int64_t at) const {
    const std::int64_t tick =
        (std::max(at, kSimulationStart) - kSimulationStart + options_.tick - 1) / options_.tick;
    return std::min(static_cast<std::size_t>(tick), changes_.size() - 1);
  }

  /// What happens to devices that wait, on a day of their own clocks: others need no more of it.
  void PlanDay(std::int64_t day) {
    for (std::size_t i = 0; i < records_.size(); ++i) {
      const DeviceStage stage = rollout_.devices()[i].stage;
      if (stage != DeviceStage::kPending && stage != DeviceStage::kFailed) continue;
      const VirtualDevice& behaviour = courses_[i].behaviour;
      const auto span = behaviour.OnlineOn(day, records_[i]->utc_offset_minutes);
      if (!span || span->end <= kSimulationStart) continue;
      Random chance(SeedFor(behaviour.seed, "day") + static_cast<std::uint64_t>(day));
      const auto device = static_cast<std::uint32_t>(i);
      const auto battery = static_cast<std::uint8_t>(15 + chance.Below(86));
      const auto add = [&](std::int64_t at, Happening what) {
        changes_[TickOf(at)].push_back({device, what, battery, span->end});
      };
      add(span->begin, Happening::kOn);
      if (behaviour.pattern == DayPattern::kAlways) continue;
      const auto room = static_cast<std::size_t>(span->end - span->begin);
      const std::int64_t lesson = span->begin + static_cast<std::int64_t>(chance.Below(room));
      add(lesson, Happening::kLesson);
      add(std::min(lesson + 40 * 60, span->end - 1), Happening::kLessonOver);
      add(span->end, Happening::kOff);
    }
  }

  /// While it is on, it counts as seen until it goes off: the hub's record of a moment ahead.
  void Happen(const Change& change) {
    DeviceRecord& record = *records_[change.device];
    switch (change.what) {
      case Happening::kOn:
        record.last_seen = change.until;
        record.charging = false;
        if (record.battery) record.battery = change.battery;
        return;
      case Happening::kLesson:
        record.in_lesson = true;
        return;
      case Happening::kLessonOver:
        record.in_lesson = false;
        return;
      case Happening::kOff:
        record.in_lesson = false;
        record.charging = true;
        return;
    }
  }

  void Play(std::int64_t now) {
    const std::size_t tick = TickOf(now);
    for (const Change& change : changes_[tick]) Happen(change);
    for (const PlannedReport& report : reports_[tick]) Deliver(report, now);
    due_reports_ -= reports_[tick].size();
    changes_[tick] = {};
    reports_[tick] = {};
    if (approve_at_ <= now) {
      rollout_.Apply({.kind = RolloutEventKind::kApproved, .at = now, .wave = approve_wave_});
      approve_at_ = kNever;
    }
    for (const RolloutEvent& event : rollout_.Decide(seen_, now)) Obey(event, now);
    result_.peak_in_flight = std::max(result_.peak_in_flight, rollout_.in_flight());
    for (std::size_t i = 0; i < result_.waves.size(); ++i) {
      SimulatedWave& wave = result_.waves[i];
      if (wave.started && !wave.ended && rollout_.waves()[i].open() == 0)
        wave.ended = now - kSimulationStart;
    }
  }

  void Deliver(const PlannedReport& report, std::int64_t now) {
    Course& course = courses_[report.device];
    if (report.at >= course.cancelled && !course.installed) return;
    if (report.stage == DeviceStage::kSucceeded) course.installed = true;
    if (report.stage == DeviceStage::kRolledBack || report.silent) course.broken = true;
    if (report.silent) return;
    if (report.stage == DeviceStage::kSucceeded) successes_.push_back(now - kSimulationStart);
    ++result_.reports;
    rollout_.Apply({.kind = RolloutEventKind::kReport,
                    .at = report.at,
                    .device = records_[report.device]->id,
                    .attempt = report.attempt,
                    .stage = report.stage,
                    .reason = report.reason});
  }

  void Obey(const RolloutEvent& event, std::int64_t now) {
    ++result_.decisions;
    const Moment since = now - kSimulationStart;
    switch (event.kind) {
      case RolloutEventKind::kOffered:
        ++result_.offers;
        return Follow(rollout_.Find(event.device), event.attempt, now);
      case RolloutEventKind::kRecalled: {
        const std::size_t device = rollout_.Find(event.device);
        Course& course = courses_[device];
        course.cancelled =
            course.behaviour.NextOnline(now, records_[device]->utc_offset_minutes).value_or(kNever);
        return;
      }
      case RolloutEventKind::kAwaiting:
        approve_at_ = now + options_.approval_delay;
        approve_wave_ = event.wave;
        return;
      case RolloutEventKind::kWaveStarted:
        result_.waves[static_cast<std::size_t>(event.wave) - 1].started = since;
        return;
      case RolloutEventKind::kWaveReached:
        result_.waves[static_cast<std::size_t>(event.wave) - 1].reached = since;
        return;
      case RolloutEventKind::kHalted:
      case RolloutEventKind::kCompleted:
      case RolloutEventKind::kExpired:
        result_.ended = since;
        return;
      default:
        return;
    }
  }

  bool Happens(Random& chance, VirtualFaultKind kind, const std::string& hardware) const {
    return chance.Unit() < RateOf(options_.faults, kind, hardware);
  }

  /// All that the device will make of an offer, from now on.
  void Follow(std::size_t device, int attempt, std::int64_t now) {
    const DeviceRecord& record = *records_[device];
    const VirtualDevice& behaviour = courses_[device].behaviour;
    Random chance(behaviour.seed + static_cast<std::uint64_t>(attempt));
    // What a version does to a device, it does on every try.
    Random fate(SeedFor(behaviour.seed, "fate"));
    const bool bad = Happens(fate, VirtualFaultKind::kSelfTest, record.hardware);
    const bool crashes = Happens(fate, VirtualFaultKind::kCrash, record.hardware);
    const bool is_lost = Happens(fate, VirtualFaultKind::kLoss, record.hardware);
    std::optional<std::int64_t> at = now + static_cast<std::int64_t>(60.0 * chance.Unit());
    const auto later = [&](double seconds, DeviceStage stage, const char* reason,
                           bool silent = false) {
      if (at) at = behaviour.AfterOnline(*at, seconds, record.utc_offset_minutes);
      if (at)
        Plan({static_cast<std::uint32_t>(device), static_cast<std::uint16_t>(attempt), stage,
              reason, *at, silent});
    };
    later(0.0, DeviceStage::kDownloading, "");
    const double seconds = options_.megabytes * 8.0 / behaviour.megabits_per_second;
    if (Happens(chance, VirtualFaultKind::kDownload, record.hardware)) {
      const double part = chance.Unit();
      result_.gigabytes += part * options_.megabytes / 1000.0;
      return later(seconds * part, DeviceStage::kFailed, "download");
    }
    result_.gigabytes += options_.megabytes / 1000.0;
    later(seconds, DeviceStage::kStaged, "");
    const double test = 20.0 + 70.0 * chance.Unit();
    if (bad) return later(test, DeviceStage::kFailed, "self-test");
    later(test, DeviceStage::kShadowing, "");
    const double shadow = 1200.0 + 1800.0 * chance.Unit();
    later(shadow, DeviceStage::kSucceeded, "", is_lost);
    if (is_lost) return;
    // After two hours of use on average.
    if (crashes) later(-7200.0 * std::log(1.0 - chance.Unit()), DeviceStage::kRolledBack, "crash");
  }

  void Plan(const PlannedReport& report) {
    if (report.at >= horizon_) return;
    // The hub hears of it after it has decided.
    const std::size_t tick = TickOf(report.at + 1);
    reports_[tick].push_back(report);
    ++due_reports_;
  }

  bool Tell(std::int64_t now) {
    SimulatedHour hour{.hours = static_cast<double>(now - kSimulationStart) / 3600.0};
    for (const WaveTally& tally : rollout_.waves()) {
      hour.succeeded += tally.Of(DeviceStage::kSucceeded);
      hour.errors += tally.errors(rollout_.plan().lost);
      hour.in_flight += tally.in_flight();
    }
    result_.hours.push_back(hour);
    if (!options_.progress) return true;
    result_.stopped = !options_.progress(hour.hours / 24.0);
    return !result_.stopped;
  }

  SimulationResult Finish() {
    result_.state = rollout_.state();
    result_.reason = rollout_.reason();
    for (std::size_t i = 0; i < result_.waves.size(); ++i)
      result_.waves[i].tally = rollout_.waves()[i];
    for (const Course& course : courses_) result_.broken += course.broken ? 1 : 0;
    const auto share = [this](double part) -> Moment {
      const auto needed =
          static_cast<std::size_t>(std::ceil(part * static_cast<double>(result_.targets) - 1e-9));
      if (needed == 0 || successes_.size() < needed) return std::nullopt;
      return successes_[needed - 1];
    };
    result_.half = share(0.5);
    result_.most = share(0.9);
    result_.nearly_all = share(0.99);
    return std::move(result_);
  }

  const SimulationOptions& options_;
  std::vector<DeviceRecord> inventory_;
  Rollout rollout_;
  std::int64_t horizon_ = 0;
  std::vector<DeviceRecord*> records_;  ///< As the rollout's devices.
  std::vector<const DeviceRecord*> seen_;
  std::vector<Course> courses_;
  std::vector<std::vector<Change>> changes_;         ///< By tick.
  std::vector<std::vector<PlannedReport>> reports_;  ///< By tick.
  std::size_t due_reports_ = 0;
  std::vector<std::int64_t> successes_;  ///< In the order of time.
  std::int64_t approve_at_ = kNever;
  int approve_wave_ = 0;
  SimulationResult result_;
};

}  // namespace

std::size_t SimulationResult::Of(DeviceStage stage) const {
  std::size_t count = 0;
  for (const SimulatedWave& wave : waves) count += wave.tally.Of(stage);
  return count;
}

SimulationResult Simulate(const RolloutPlan& plan, std::vector<DeviceRecord> inventory,
                          const SimulationOptions& options) {
  return Simulator(plan, std::move(inventory), options).Run();
}

}  // namespace euphone
