#include "align/boundaries.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

namespace euphone {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();
/// Log-probabilities below count the same, so that one bad frame decides nothing.
constexpr float kFloor = -12.0F;

/// A phone in the row of all that were spoken, with the silence before it. A last slot without a
/// phone is the silence after them all.
struct Slot {
  PhoneSpan* phone = nullptr;
  bool begins_reading = true;
  std::size_t earliest = 0;  ///< Its frames lie within [earliest, latest); so does its spike.
  std::size_t latest = 0;
  std::size_t traces = 0;  ///< Index of the trace of its earliest frame.
};

/// Scores of the three states of a slot: the silence, the phone's first frame and the others.
struct Scores {
  float silence = kNever;
  float first = kNever;
  float rest = kNever;
};

// How the states of a slot were reached; without its bit a state goes on (`first`: was silence).
constexpr std::uint8_t kSilenceBegins = 1, kFirstAfterPhone = 2, kRestAfterFirst = 4;
/// The phone before had one frame.
constexpr std::uint8_t kShortBefore = 8;

std::vector<Slot> MakeSlots(std::vector<Reading>& readings, std::size_t frame_count,
                            std::size_t slack) {
  std::vector<Slot> slots;
  for (Reading& reading : readings) {
    for (PhoneSpan& phone : reading.phones)
      slots.push_back({&phone, &phone == &reading.phones.front(), 0, frame_count, 0});
  }
  slots.push_back({nullptr, true, 0, frame_count, 0});
  std::size_t traces = 0;
  for (std::size_t s = 0; s < slots.size(); ++s) {
    Slot& slot = slots[s];
    if (s > 0) {
      const std::size_t before = slots[s - 1].phone->end;
      slot.earliest = std::max(before - std::min(before, slack), slots[s - 1].earliest + 1);
      if (slot.phone != nullptr) slot.earliest = std::min(slot.earliest, slot.phone->begin);
    }
    if (s + 1 < slots.size() && slots[s + 1].phone != nullptr)
      slot.latest = std::min(slots[s + 1].phone->begin + slack, frame_count);
    slot.traces = traces;
    traces += slot.latest - std::min(slot.earliest, slot.latest);
  }
  return slots;
}

class BoundarySearch {
 public:
  BoundarySearch(const Matrix& frames, const BoundaryConfig& config, std::vector<Slot> slots)
      : frames_(frames),
        slots_(std::move(slots)),
        scores_(slots_.size()),
        traces_(slots_.back().traces + slots_.back().latest -
                std::min(slots_.back().earliest, slots_.back().latest)),
        pull_(static_cast<float>(config.pull)),
        range_(static_cast<float>(config.pull_range)),
        short_(static_cast<float>(config.short_phone)),
        pause_(static_cast<float>(config.pause_in_word)),
        other_(static_cast<float>(config.other_phone)) {}

  void Run() {
    std::size_t first = 0;
    std::size_t last = 0;
    for (std::size_t t = 0; t < frames_.rows; ++t) {
      while (last < slots_.size() && slots_[last].earliest <= t) ++last;
      while (slots_[first].latest < t) ++first;
      const std::span<const float> row = frames_.row(t);
      const float silence = std::max(row[0], kFloor) - pull_ * range_;
      const float floor = std::max(*std::max_element(row.begin() + 1, row.end()) - other_, kFloor);
      for (std::size_t s = last; s-- > first;) Advance(s, t, silence, floor);
    }
    TraceBack();
  }

 private:
  /// The best score with which slot s − 1 is left before frame t, and whether from its first frame.
  std::pair<float, bool> LeaveBefore(std::size_t s, std::size_t t) const {
    if (s == 0) return {t == 0 ? 0.0F : kNever, false};
    const Scores& before = scores_[s - 1];
    const float short_phone = before.first - short_;
    return {std::max(short_phone, before.rest), short_phone > before.rest};
  }

  void Advance(std::size_t s, std::size_t t, float silence, float floor) {
    const Slot& slot = slots_[s];
    if (t >= slot.latest) {
      scores_[s] = {};
      return;
    }
    const Scores old = scores_[s];
    const auto [left, was_short] = LeaveBefore(s, t);
    const float pause = slot.begins_reading ? left : left - pause_;
    std::uint8_t trace = was_short ? kShortBefore : 0;
    if (pause > old.silence) trace |= kSilenceBegins;
    if (left >= old.silence) trace |= kFirstAfterPhone;
    if (old.first > old.rest) trace |= kRestAfterFirst;
    traces_[slot.traces + t - slot.earliest] = trace;
    scores_[s].silence = std::max(pause, old.silence) + silence;
    if (slot.phone == nullptr) return;
    const float phone = PhoneScore(*slot.phone, t, floor);
    scores_[s].first = std::max(left, old.silence) + phone;
    scores_[s].rest = std::max(old.first, old.rest) + phone;
  }

  float PhoneScore(const PhoneSpan& spike, std::size_t t, float floor) const {
    const float log_prob = frames_.at(t, static_cast<std::size_t>(spike.phone) + 1);
    const std::size_t distance = t < spike.begin ? spike.begin - t : t - std::min(t, spike.end - 1);
    return std::max(log_prob, floor) - pull_ * std::min(static_cast<float>(distance), 2 * range_);
  }

  void TraceBack() {
    enum class State { kSilence, kFirst, kRest } state = State::kSilence;
    std::size_t s = slots_.size() - 1;
    std::size_t t = frames_.rows;
    // Entering the slot before, at its last frame t − 1.
    const auto step_back = [&](bool was_short) {
      if (s-- == 0) return false;
      state = was_short ? State::kFirst : State::kRest;
      slots_[s].phone->end = t;
      return true;
    };
    const auto [left, was_short] = LeaveBefore(s, t);
    if (left >= scores_[s].silence && !step_back(was_short)) return;
    while (t > 0) {
      const Slot& slot = slots_[s];
      const std::uint8_t trace = traces_[slot.traces + --t - slot.earliest];
      bool leaves = false;
      if (state == State::kSilence) {
        leaves = (trace & kSilenceBegins) != 0;
      } else if (state == State::kRest) {
        if ((trace & kRestAfterFirst) != 0) state = State::kFirst;
      } else {
        slot.phone->begin = t;
        leaves = (trace & kFirstAfterPhone) != 0;
        state = State::kSilence;
      }
      if (leaves && !step_back((trace & kShortBefore) != 0)) return;
    }
  }

  const Matrix& frames_;
  std::vector<Slot> slots_;
  std::vector<Scores> scores_;
  std::vector<std::uint8_t> traces_;
  float pull_, range_, short_, pause_, other_;
};

}  // namespace

void PlaceBoundaries(const Matrix& frames, const BoundaryConfig& config,
                     std::vector<Reading>& readings) {
  BoundarySearch(frames, config, MakeSlots(readings, frames.rows, config.slack)).Run();
  std::size_t now = 0;
  for (Reading& reading : readings) {
    reading.begin = reading.phones.empty() ? now : reading.phones.front().begin;
    reading.end = reading.phones.empty() ? now : reading.phones.back().end;
    now = reading.end;
  }
}

}  // namespace euphone
