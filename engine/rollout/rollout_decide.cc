#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "rollout/rollout.h"

namespace euphone {
namespace {

/// 2, 0.5: no more digits than it needs.
std::string ShortNumber(double value) {
  std::string text = std::to_string(std::round(value * 1000.0) / 1000.0);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string TextOf(const Share& share) {
  return ShortNumber(share.value) + (share.percent ? " %" : "");
}

std::string WaveNamed(int wave) { return "wave " + std::to_string(wave) + ": "; }

std::string OfDevices(std::size_t part, std::size_t whole) {
  return std::to_string(part) + " of " + std::to_string(whole) + " devices";
}

}  // namespace

void Rollout::Decided(Decisions& made, RolloutEvent event) {
  Apply(event);
  made.push_back(std::move(event));
}

std::vector<RolloutEvent> Rollout::Decide(std::span<const DeviceRecord* const> records,
                                          std::int64_t now) {
  assert(records.size() == devices_.size());
  Decisions made;
  for (bool more = submitted_; more;) {
    const std::size_t before = made.size();
    DecideOnce(made, records, now);
    more = made.size() != before;
  }
  return made;
}

/// What is decided may be a reason for more: where all of a wave are skipped, the next one starts.
void Rollout::DecideOnce(Decisions& made, std::span<const DeviceRecord* const> records,
                         std::int64_t now) {
  if (!ended()) LoseSilent(made, now);
  if (!ended()) CheckErrors(made, now);
  if (!ended()) Advance(made, now);
  if (!ended() && TimeIsUp(now))
    Decided(made, {.kind = RolloutEventKind::kExpired, .at = now, .reason = "its time was up"});
  if (ended())
    CleanUp(made, now);
  else if (!paused_)
    MakeOffers(made, records, now);
}

/// Once it has ended: nobody is left waiting, and what is not installed yet is called back.
void Rollout::CleanUp(Decisions& made, std::int64_t now) {
  if (open_ == 0) return;
  const std::string reason(end_ == RolloutState::kCompleted
                               ? "time was up"
                               : kRolloutStateNames[static_cast<std::size_t>(end_)]);
  for (const RolloutDevice& device : devices_) {
    if (IsInFlight(device.stage))
      Decided(made, {.kind = RolloutEventKind::kRecalled,
                     .at = now,
                     .device = device.id,
                     .attempt = device.attempt});
    else if (device.stage == DeviceStage::kPending)
      Decided(
          made,
          {.kind = RolloutEventKind::kSkipped, .at = now, .device = device.id, .reason = reason});
  }
}

void Rollout::LoseSilent(Decisions& made, std::int64_t now) {
  const auto lose = [&](const OfferMade& offer, bool silent) {
    const RolloutDevice& device = devices_[offer.device];
    const bool open = silent ? device.stage == DeviceStage::kOffered : IsInFlight(device.stage);
    if (!open || device.attempt != offer.attempt) return;
    const bool never = device.stage == DeviceStage::kOffered;
    Decided(made, {.kind = RolloutEventKind::kLost,
                   .at = now,
                   .device = device.id,
                   .attempt = offer.attempt,
                   .reason = never ? "no answer" : "never finished"});
  };
  const auto up = [&](std::size_t& upto, std::int64_t within, bool silent) {
    for (; upto < offers_.size(); ++upto) {
      const RolloutDevice& device = devices_[offers_[upto].device];
      // A later offer to the same device has its own turn.
      if (device.attempt == offers_[upto].attempt && now - device.offered_at < within) return;
      lose(offers_[upto], silent);
    }
  };
  up(answered_upto_, plan_.answer_within, true);
  up(finished_upto_, plan_.finish_within, false);
}

void Rollout::CheckErrors(Decisions& made, std::int64_t now) {
  for (int wave = 1; wave <= wave_; ++wave) {
    const WaveTally& tally = tallies_[static_cast<std::size_t>(wave) - 1];
    const ErrorRule& rule = plan_.waves[static_cast<std::size_t>(wave) - 1].errors;
    const std::size_t errors = tally.errors(plan_.lost), done = tally.done();
    if (!TooMany(rule, errors, tally.counted(), done)) continue;
    const std::string whole = OfDevices(errors, rule.of_done ? done : tally.counted());
    return Decided(
        made, {.kind = RolloutEventKind::kHalted,
               .at = now,
               .wave = wave,
               .reason = WaveNamed(wave) + whole + " failed, more than " + TextOf(rule.at_most)});
  }
}

/// Whether the wave that was started last lets the next one begin.
bool Rollout::WaveIsOver(Decisions& made, std::int64_t now) {
  const auto index = static_cast<std::size_t>(wave_) - 1;
  const WaveTally& tally = tallies_[index];
  const WavePlan& wave = plan_.waves[index];
  if (tally.counted() == 0) return true;
  const std::size_t needed = Needed(wave.success, tally.counted());
  const std::size_t succeeded = tally.Of(DeviceStage::kSucceeded);
  if (succeeded + tally.open() < needed) {
    Decided(made, {.kind = RolloutEventKind::kHalted,
                   .at = now,
                   .wave = wave_,
                   .reason = WaveNamed(wave_) + "no more than " +
                             OfDevices(succeeded + tally.open(), tally.counted()) +
                             " can still succeed, and " + std::to_string(needed) + " must"});
    return false;
  }
  if (succeeded < needed) return false;
  if (reached_[index] < 0)
    Decided(made, {.kind = RolloutEventKind::kWaveReached, .at = now, .wave = wave_});
  return now - reached_[index] >= wave.observe;
}

void Rollout::Advance(Decisions& made, std::int64_t now) {
  while (!ended()) {
    if (wave_ > 0 && !WaveIsOver(made, now)) return;
    const int next = wave_ + 1;
    if (next > std::ssize(plan_.waves)) {
      if (open_ == 0)
        Decided(made, {.kind = RolloutEventKind::kCompleted,
                       .at = now,
                       .reason = "all devices have come to an end"});
      return;
    }
    if (paused_ || TimeIsUp(now)) return;
    if (plan_.approvals.contains(next) && !approved_.contains(next)) {
      if (awaiting_ != next)
        Decided(made, {.kind = RolloutEventKind::kAwaiting, .at = now, .wave = next});
      return;
    }
    Decided(made, {.kind = RolloutEventKind::kWaveStarted, .at = now, .wave = next});
  }
}

const char* Rollout::Excluded(const DeviceRecord& record) const {
  if (const SemVer* held = record.Holds(plan_.bundle)) {
    const auto order = *held <=> plan_.version;
    if (order == 0) return "has it already";
    if (order > 0 && !plan_.allow_downgrade) return "has a newer version";
  }
  if (record.Refuses(plan_.bundle, plan_.version)) return "this version has failed on it";
  if (!record.health.well() && !plan_.to_unhealthy) return "is not well";
  return nullptr;
}

bool Rollout::IsTime(const RolloutDevice& device, const DeviceRecord& record,
                     std::int64_t now) const {
  if (plan_.seen_within && now - record.last_seen > *plan_.seen_within) return false;
  if (device.attempt > 0 && now - device.offered_at < plan_.retry_after) return false;
  if (!plan_.windows.empty() && std::ranges::none_of(plan_.windows, [&](const OfferWindow& window) {
        return window.Contains(now, record.utc_offset_minutes);
      }))
    return false;
  return plan_.when.Matches(record, {.bundle = plan_.bundle, .now = now});
}

/// Where some are skipped, none are offered it yet: the rules are asked first what that means.
void Rollout::MakeOffers(Decisions& made, std::span<const DeviceRecord* const> records,
                         std::int64_t now) {
  std::size_t room = plan_.max_in_flight - std::min(plan_.max_in_flight, in_flight());
  std::vector<std::size_t> chosen;
  bool skipped = false;
  for (std::size_t word = 0; word < waiting_.size() && room > 0; ++word) {
    for (std::uint64_t bits = waiting_[word]; bits != 0 && room > 0; bits &= bits - 1) {
      const std::size_t index = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      const DeviceRecord* record = records[index];
      const RolloutDevice& device = devices_[index];
      if (record == nullptr || !IsTime(device, *record, now)) continue;
      if (const char* why = Excluded(*record)) {
        skipped = true;
        Decided(
            made,
            {.kind = RolloutEventKind::kSkipped, .at = now, .device = device.id, .reason = why});
        continue;
      }
      chosen.push_back(index);
      --room;
    }
  }
  if (skipped) return;
  for (const std::size_t index : chosen) {
    const RolloutDevice& device = devices_[index];
    Decided(made, {.kind = RolloutEventKind::kOffered,
                   .at = now,
                   .device = device.id,
                   .attempt = device.attempt + 1});
  }
}

}  // namespace euphone
