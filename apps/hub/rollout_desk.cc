#include "hub/rollout_desk.h"

#include <algorithm>
#include <utility>

namespace euphone::hub {
namespace {

/// Whether a device may still take what it was offered. One that is lost may come back while the
/// rollout goes on; once that has ended badly, it must not.
bool Stands(const Rollout& rollout, const RolloutDevice& device) {
  return IsInFlight(device.stage) || (device.stage == DeviceStage::kLost && !rollout.ended());
}

/// A log's reasons are short; no letter is cut in two.
std::string ShortReason(const std::string& reason) {
  constexpr std::size_t kMost = 200;
  if (reason.size() <= kMost) return reason;
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xc0u) == 0x80u) --end;
  return reason.substr(0, end);
}

/// What an operator may say, and when.
bool MakesSense(const Rollout& rollout, const RolloutEvent& event) {
  switch (event.kind) {
    case RolloutEventKind::kApproved:
      return !rollout.ended() && rollout.plan().approvals.contains(event.wave) &&
             event.wave > rollout.wave();
    case RolloutEventKind::kPaused:
      return !rollout.ended() && rollout.state() != RolloutState::kPaused;
    case RolloutEventKind::kResumed:
      return rollout.state() == RolloutState::kPaused;
    case RolloutEventKind::kAborted:
      return !rollout.ended();
    default:
      return false;
  }
}

}  // namespace

const RolloutDesk::Run* RolloutDesk::Find(const std::string& rollout) const {
  const auto found = std::ranges::find_if(
      runs_, [&](const std::unique_ptr<Run>& run) { return run->kept.id == rollout; });
  return found == runs_.end() ? nullptr : found->get();
}

RolloutDesk::Run* RolloutDesk::Find(const std::string& rollout) {
  return const_cast<Run*>(std::as_const(*this).Find(rollout));
}

Status RolloutDesk::Load() {
  if (loaded_) return {};
  runs_.clear();
  const auto kept = records_->Rollouts();
  if (!kept) return kept.error();
  for (const KeptRollout& one : *kept) {
    auto plan = ReadRolloutPlan(one.plan);
    if (!plan) return Prefixed("rollout " + one.id, plan.error());
    auto run = std::make_unique<Run>(Run{.kept = one, .rollout = Rollout(*std::move(plan))});
    const Status read =
        records_->EachLine(one.id, [&](std::int64_t number, const std::string& line) -> Status {
          const auto event = ReadEventLine(line);
          if (!event)
            return Prefixed("rollout " + one.id + ", line " + std::to_string(number),
                            event.error());
          run->rollout.Apply(*event);
          run->lines = number;
          return {};
        });
    if (!read) return read;
    for (const RolloutDevice& device : run->rollout.devices()) changed_.insert(device.id);
    runs_.push_back(std::move(run));
  }
  loaded_ = true;
  return {};
}

std::vector<RolloutLine> RolloutDesk::LinesOf(const std::vector<DeviceReport>& reports,
                                              std::int64_t now) {
  std::vector<RolloutLine> lines;
  std::map<std::string, std::int64_t> numbers;
  std::set<std::string> said;
  for (const auto& [device, report] : reports) {
    const Run* run = Find(report.rollout);
    if (run == nullptr) continue;
    const std::size_t index = run->rollout.Find(device);
    if (index == run->rollout.devices().size()) continue;
    const RolloutDevice& known = run->rollout.devices()[index];
    // What is known already would make the log longer, and nothing else.
    if (!known.open_attempt || known.attempt != report.attempt || report.stage <= known.stage)
      continue;
    std::string line = EventLine({.kind = RolloutEventKind::kReport,
                                  .at = now,
                                  .device = device,
                                  .attempt = report.attempt,
                                  .stage = report.stage,
                                  .reason = ShortReason(report.reason)});
    if (!said.insert(report.rollout + '\n' + line).second) continue;
    std::int64_t& number = numbers.try_emplace(report.rollout, run->lines).first->second;
    lines.push_back({.rollout = report.rollout, .number = ++number, .line = std::move(line)});
  }
  return lines;
}

void RolloutDesk::Take(const std::vector<RolloutLine>& lines) {
  for (const RolloutLine& line : lines) {
    Run* run = Find(line.rollout);
    const auto event = ReadEventLine(line.line);
    if (run == nullptr || !event) continue;
    run->rollout.Apply(*event);
    run->lines = line.number;
    changed_.insert(event->device);
  }
}

Status RolloutDesk::Add(Run& run, const RolloutEvent& event) {
  const Status kept = records_->AddLines(
      {{.rollout = run.kept.id, .number = run.lines + 1, .line = EventLine(event)}});
  if (!kept) {
    Doubt();
    return kept;
  }
  run.rollout.Apply(event);
  ++run.lines;
  return {};
}

Status RolloutDesk::Submit(const std::string& text, const std::string& who, std::int64_t now) {
  auto plan = ReadRolloutPlan(text);
  if (!plan) return plan.error();
  if (Find(plan->id) != nullptr)
    return Error{Errc::kInvalidArgument,
                 "there is a rollout " + plan->id + " already; give this one another id"};
  auto run = std::make_unique<Run>(
      Run{.kept = {.id = plan->id, .plan = text, .submitted_by = who, .at = now},
          .rollout = Rollout(*std::move(plan))});
  std::vector<DeviceRecord> inventory;
  for (const auto& [name, record] : inventory_->devices) inventory.push_back(record);
  const RolloutEvent submitted = run->rollout.Submit(inventory, now);
  if (submitted.targets.empty())
    return Error{Errc::kInvalidArgument,
                 "its filter picks none of " + std::to_string(inventory.size()) + " devices"};
  if (Status kept = records_->AddRollout(run->kept); !kept) {
    Doubt();
    return kept;
  }
  if (Status kept = Add(*run, submitted); !kept) return kept;
  runs_.push_back(std::move(run));
  return {};
}

Status RolloutDesk::Tell(const std::string& rollout, const RolloutEvent& event) {
  Run* run = Find(rollout);
  if (run == nullptr) return Error{Errc::kNotFound, "there is no rollout " + rollout};
  if (!MakesSense(run->rollout, event)) {
    const auto state = static_cast<std::size_t>(run->rollout.state());
    const auto kind = static_cast<std::size_t>(event.kind);
    return Error{Errc::kInvalidArgument,
                 "rollout " + rollout + " is " + std::string(kRolloutStateNames[state]) +
                     (event.wave > 0 ? ", wave " + std::to_string(run->rollout.wave()) : "") +
                     ": it cannot be " + std::string(kRolloutEventNames[kind]) + " now"};
  }
  return Add(*run, event);
}

Status RolloutDesk::Tick(std::int64_t now) {
  if (Status there = Load(); !there) return there;
  for (const std::unique_ptr<Run>& run : runs_) {
    if (run->rollout.settled()) continue;
    const auto& devices = run->rollout.devices();
    if (run->as_of != inventory_->changes || run->devices.size() != devices.size()) {
      run->devices.assign(devices.size(), nullptr);
      for (std::size_t i = 0; i < devices.size(); ++i) {
        const auto found = inventory_->devices.find(devices[i].id);
        if (found != inventory_->devices.end()) run->devices[i] = &found->second;
      }
      run->as_of = inventory_->changes;
    }
    const std::vector<RolloutEvent> decided = run->rollout.Decide(run->devices, now);
    if (decided.empty()) continue;
    std::vector<RolloutLine> lines;
    for (const RolloutEvent& event : decided) {
      lines.push_back({.rollout = run->kept.id, .number = ++run->lines, .line = EventLine(event)});
      if (!event.device.empty()) changed_.insert(event.device);
    }
    // Decide() has applied it: what was not kept must be forgotten again.
    if (Status kept = records_->AddLines(lines); !kept) {
      Doubt();
      return kept;
    }
    // A rollout that ends calls back what is lost, too.
    if (run->rollout.ended())
      for (const RolloutDevice& device : devices)
        if (device.stage == DeviceStage::kLost) changed_.insert(device.id);
  }
  return {};
}

fleet::Orders RolloutDesk::OrdersOf(const std::string& device) const {
  fleet::Orders orders;
  for (const std::unique_ptr<Run>& run : runs_) {
    const Rollout& rollout = run->rollout;
    const std::size_t index = rollout.Find(device);
    if (index == rollout.devices().size() || !Stands(rollout, rollout.devices()[index])) continue;
    const fleet::Offer offer{.rollout = run->kept.id,
                             .attempt = rollout.devices()[index].attempt,
                             .bundle = rollout.plan().bundle,
                             .version = rollout.plan().version};
    // One a bundle: of two rollouts the later counts.
    const auto same = std::ranges::find(orders.offers, offer.bundle, &fleet::Offer::bundle);
    if (same == orders.offers.end())
      orders.offers.push_back(offer);
    else
      *same = offer;
  }
  return orders;
}

std::set<std::string> RolloutDesk::DevicesWithOrders() const {
  std::set<std::string> devices;
  for (const std::unique_ptr<Run>& run : runs_)
    for (const RolloutDevice& device : run->rollout.devices())
      if (Stands(run->rollout, device)) devices.insert(device.id);
  return devices;
}

}  // namespace euphone::hub
