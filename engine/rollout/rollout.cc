#include "rollout/rollout.h"

#include <algorithm>
#include <array>

namespace euphone {
namespace {

constexpr std::string_view kNoAnswer = "no answer";

/// Failures that say nothing of the bundle: another try may go well.
constexpr std::array<std::string_view, 3> kPassing = {"download", "space", "busy"};

}  // namespace

std::size_t WaveTally::in_flight() const {
  return Of(DeviceStage::kOffered) + Of(DeviceStage::kDownloading) + Of(DeviceStage::kStaged) +
         Of(DeviceStage::kShadowing);
}

std::size_t WaveTally::errors(LostRule lost) const {
  const std::size_t silent = lost == LostRule::kAll        ? Of(DeviceStage::kLost)
                             : lost == LostRule::kAnswered ? lost_answered
                                                           : 0;
  return Of(DeviceStage::kFailed) + Of(DeviceStage::kRolledBack) + silent;
}

Rollout::Rollout(RolloutPlan plan) : plan_(std::move(plan)) {}

RolloutState Rollout::state() const {
  if (ended()) return end_;
  if (!submitted_) return RolloutState::kDraft;
  if (paused_) return RolloutState::kPaused;
  return awaiting_ != 0 ? RolloutState::kAwaitingApproval : RolloutState::kRunning;
}

std::size_t Rollout::in_flight() const {
  std::size_t count = 0;
  for (const WaveTally& tally : tallies_) count += tally.in_flight();
  return count;
}

std::size_t Rollout::Find(std::string_view device) const {
  const auto found = by_id_.find(device);
  return found == by_id_.end() ? devices_.size() : found->second;
}

RolloutEvent Rollout::Submit(std::span<const DeviceRecord> inventory, std::int64_t now) const {
  RolloutEvent event{.kind = RolloutEventKind::kSubmitted, .at = now};
  const FilterContext context{.bundle = plan_.bundle, .now = now};
  for (const DeviceRecord& device : inventory)
    if (plan_.filter.Matches(device, context)) event.targets.push_back(device.id);
  return event;
}

void Rollout::Begin(const RolloutEvent& event) {
  if (submitted_ || ended()) return;
  submitted_ = true;
  submitted_at_ = event.at;
  std::vector<std::pair<std::uint64_t, std::string_view>> order;
  for (const std::string& id : event.targets) order.emplace_back(WaveHash(plan_.id, id), id);
  std::ranges::sort(order);
  order.erase(std::unique(order.begin(), order.end()), order.end());
  const auto sizes = WaveSizes(plan_.waves, order.size());
  devices_.reserve(order.size());
  for (std::size_t wave = 0; wave < sizes.size(); ++wave) {
    for (std::size_t i = 0; i < sizes[wave]; ++i)
      devices_.push_back(
          {.id = std::string(order[devices_.size()].second), .wave = static_cast<int>(wave) + 1});
    tallies_.push_back({.size = sizes[wave]});
    tallies_.back().by_stage.front() = sizes[wave];
  }
  by_id_.reserve(devices_.size());
  for (std::size_t i = 0; i < devices_.size(); ++i) by_id_.emplace(devices_[i].id, i);
  reached_.assign(sizes.size(), -1);
  waiting_.assign(devices_.size() / 64 + 1, 0);
  open_ = devices_.size();
}

bool Rollout::MayRetry(const RolloutDevice& device) const {
  return device.stage == DeviceStage::kFailed && !ended() && device.attempt <= plan_.retries &&
         std::ranges::find(kPassing, device.reason) != kPassing.end();
}

DeviceStage Rollout::Effective(const RolloutDevice& device) const {
  return MayRetry(device) ? DeviceStage::kPending : device.stage;
}

void Rollout::Count(std::size_t index, bool add) {
  const RolloutDevice& device = devices_[index];
  const DeviceStage stage = Effective(device);
  WaveTally& tally = tallies_[static_cast<std::size_t>(device.wave) - 1];
  const auto step = [add](std::size_t& count) { add ? ++count : --count; };
  step(tally.by_stage[static_cast<std::size_t>(stage)]);
  if (stage == DeviceStage::kLost && device.reason != kNoAnswer) step(tally.lost_answered);
  if (stage < DeviceStage::kSkipped) step(open_);
  const std::uint64_t bit = std::uint64_t{1} << (index % 64);
  if (add && stage == DeviceStage::kPending && device.wave <= wave_)
    waiting_[index / 64] |= bit;
  else
    waiting_[index / 64] &= ~bit;
}

template <class Change>
void Rollout::Changed(std::size_t index, Change change) {
  Count(index, false);
  change(devices_[index]);
  Count(index, true);
}

/// Of two stages the higher, of two reasons the first: whatever order they come in.
void Rollout::Join(std::size_t index, int attempt, DeviceStage stage, const std::string& reason) {
  const RolloutDevice& device = devices_[index];
  if (!device.open_attempt || attempt != device.attempt || stage < device.stage) return;
  if (stage == device.stage && reason >= device.reason) return;
  Changed(index, [&](RolloutDevice& changed) {
    changed.stage = stage;
    changed.reason = reason;
  });
}

void Rollout::Offer(std::size_t index, const RolloutEvent& event) {
  const RolloutDevice& device = devices_[index];
  if (ended() || device.wave > wave_ || Effective(device) != DeviceStage::kPending ||
      event.attempt != device.attempt + 1)
    return;
  Changed(index, [&](RolloutDevice& changed) {
    changed.stage = DeviceStage::kOffered;
    changed.reason.clear();
    changed.attempt = event.attempt;
    changed.open_attempt = true;
    changed.offered_at = event.at;
  });
  offers_.push_back({index, event.attempt});
}

/// Counts as an attempt of its own, so that no late report about the one before brings it back.
void Rollout::Skip(std::size_t index, const RolloutEvent& event) {
  if (Effective(devices_[index]) != DeviceStage::kPending) return;
  Changed(index, [&](RolloutDevice& changed) {
    changed.stage = DeviceStage::kSkipped;
    changed.reason = event.reason;
    ++changed.attempt;
    changed.open_attempt = false;
  });
}

void Rollout::StartWave(int wave) {
  if (!submitted_ || ended() || wave != wave_ + 1 || wave > std::ssize(tallies_)) return;
  wave_ = wave;
  awaiting_ = 0;
  for (std::size_t i = 0; i < devices_.size(); ++i)
    if (devices_[i].wave == wave && devices_[i].stage == DeviceStage::kPending)
      waiting_[i / 64] |= std::uint64_t{1} << (i % 64);
}

/// Nothing is tried again from here on: failures that were to be are failures.
void Rollout::End(RolloutState state, const std::string& reason) {
  if (!submitted_ || ended()) return;
  std::vector<std::size_t> failed;
  for (std::size_t i = 0; i < devices_.size(); ++i)
    if (MayRetry(devices_[i])) failed.push_back(i);
  for (const std::size_t i : failed) Count(i, false);
  end_ = state;
  reason_ = reason;
  for (const std::size_t i : failed) Count(i, true);
}

void Rollout::Apply(const RolloutEvent& event) {
  const std::size_t device = event.device.empty() ? devices_.size() : Find(event.device);
  const bool known = device < devices_.size();
  switch (event.kind) {
    case RolloutEventKind::kSubmitted:
      return Begin(event);
    case RolloutEventKind::kApproved:
      approved_.insert(event.wave);
      if (awaiting_ == event.wave) awaiting_ = 0;
      return;
    case RolloutEventKind::kPaused:
    case RolloutEventKind::kResumed:
      paused_ = submitted_ && !ended() && event.kind == RolloutEventKind::kPaused;
      return;
    case RolloutEventKind::kAborted:
      return End(RolloutState::kAborted, event.reason);
    case RolloutEventKind::kHalted:
      return End(RolloutState::kHalted, event.reason);
    case RolloutEventKind::kCompleted:
    case RolloutEventKind::kExpired:
      return End(RolloutState::kCompleted, event.reason);
    case RolloutEventKind::kAwaiting:
      if (submitted_ && event.wave == wave_ + 1 && !approved_.contains(event.wave))
        awaiting_ = event.wave;
      return;
    case RolloutEventKind::kWaveStarted:
      return StartWave(event.wave);
    case RolloutEventKind::kWaveReached:
      if (event.wave >= 1 && event.wave <= wave_) {
        auto& reached = reached_[static_cast<std::size_t>(event.wave) - 1];
        if (reached < 0) reached = event.at;
      }
      return;
    case RolloutEventKind::kOffered:
      if (known) Offer(device, event);
      return;
    case RolloutEventKind::kSkipped:
      if (known) Skip(device, event);
      return;
    case RolloutEventKind::kRecalled:
      if (known) Join(device, event.attempt, DeviceStage::kSkipped, "recalled");
      return;
    case RolloutEventKind::kLost:
      if (known) Join(device, event.attempt, DeviceStage::kLost, event.reason);
      return;
    case RolloutEventKind::kReport:
      if (known && event.stage >= DeviceStage::kDownloading && event.stage != DeviceStage::kLost)
        Join(device, event.attempt, event.stage, event.reason);
      return;
  }
}

}  // namespace euphone
