#include "audio/pitch_path.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace euphone {
namespace {

constexpr double kBinsPerOctave = 48.0;
// A voice moves up to three semitones in 10 ms, the likelier the less (triangular, as in pYIN).
constexpr int kReach = 12;
// After a rest it may start anywhere, the likelier the nearer: an octave away costs e⁻².
constexpr float kRestartPerBin = 2.0F / 48.0F;
constexpr float kSwitch = -4.6F;  // ln 0.01: of frames, how many begin or end a voiced stretch.
// How much likelier a frame without a voice leaves each candidate out than a voice leaves its bin;
// set by agreement with Praat on voicing (docs/decisions/019-prosody.md).
constexpr double kUnvoicedWeight = 0.02;
constexpr double kFloor = 1e-6;

std::size_t BinOf(float hz) {
  const double bin = kBinsPerOctave * std::log2(static_cast<double>(hz) / kLowestPitchHz);
  return static_cast<std::size_t>(
      std::clamp(bin + 0.5, 0.0, static_cast<double>(PitchPath::kBins - 1)));
}

float Log(double value) { return static_cast<float>(std::log(std::max(value, kFloor))); }

const std::array<float, kReach + 1> kMove = [] {
  std::array<float, kReach + 1> move{};
  for (int i = 0; i <= kReach; ++i)
    move[static_cast<std::size_t>(i)] = Log(1.0 - i / (kReach + 1.0));
  return move;
}();

}  // namespace

PitchPath::PitchPath() : first_{0}, unvoiced_{} {}

PitchPath::Voiced PitchPath::Reached(const PitchCandidate& candidate) const {
  const std::size_t bin = BinOf(candidate.hz);
  Voiced state{.hz = candidate.hz,
               .score = -std::numeric_limits<float>::infinity(),
               .bin = static_cast<std::uint8_t>(bin)};
  const auto offer = [&](float score, std::size_t from, bool was_voiced) {
    if (score <= state.score) return;
    state.score = score;
    state.from = static_cast<std::uint8_t>(from);
    state.was_voiced = was_voiced;
  };
  for (std::size_t from = 0; from < kBins; ++from) {
    const auto distance = static_cast<float>(from > bin ? from - bin : bin - from);
    offer(unvoiced_[from] + kSwitch - kRestartPerBin * distance, from, false);
  }
  if (first_.size() > 1) {
    for (std::size_t i = first_[first_.size() - 2]; i < first_.back(); ++i) {
      const std::size_t from = voiced_[i].bin;
      const std::size_t distance = from > bin ? from - bin : bin - from;
      if (distance <= kReach) offer(voiced_[i].score + kMove[distance], from, true);
    }
  }
  state.score += Log(candidate.probability);
  return state;
}

void PitchPath::Push(std::span<const PitchCandidate> candidates) {
  std::vector<Voiced> reached;
  double probability = 0.0;
  for (const PitchCandidate& candidate : candidates) {
    reached.push_back(Reached(candidate));
    probability += static_cast<double>(candidate.probability);
  }
  std::bitset<kBins>& stopped = stopped_.emplace_back();
  if (first_.size() > 1) {
    for (std::size_t i = first_[first_.size() - 2]; i < first_.back(); ++i) {
      const Voiced& state = voiced_[i];
      if (state.score + kSwitch <= unvoiced_[state.bin]) continue;
      unvoiced_[state.bin] = state.score + kSwitch;
      stopped.set(state.bin);
    }
  }
  const float missed = Log(kUnvoicedWeight * (1.0 - probability));
  // Scores are kept about 0, whatever the length of the recording.
  const float best = *std::max_element(unvoiced_.begin(), unvoiced_.end());
  for (float& score : unvoiced_) score += missed - best;
  for (Voiced& state : reached) state.score -= best;
  voiced_.insert(voiced_.end(), reached.begin(), reached.end());
  first_.push_back(voiced_.size());
}

std::vector<float> PitchPath::Best() const {
  const std::size_t frames = first_.size() - 1;
  std::vector<float> path(frames);
  if (frames == 0) return path;
  const auto best_unvoiced = std::max_element(unvoiced_.begin(), unvoiced_.end());
  auto bin = static_cast<std::size_t>(best_unvoiced - unvoiced_.begin());
  bool voiced = false;
  float best = *best_unvoiced;
  for (std::size_t i = first_[frames - 1]; i < first_[frames]; ++i) {
    if (voiced_[i].score <= best) continue;
    best = voiced_[i].score;
    bin = voiced_[i].bin;
    voiced = true;
  }
  for (std::size_t frame = frames; frame-- > 0;) {
    if (!voiced) {
      voiced = stopped_[frame].test(bin);
      continue;
    }
    // Where two candidates share a bin, the better one was followed.
    const Voiced* state = nullptr;
    for (std::size_t i = first_[frame]; i < first_[frame + 1]; ++i) {
      if (voiced_[i].bin == bin && (state == nullptr || voiced_[i].score > state->score))
        state = &voiced_[i];
    }
    path[frame] = state->hz;
    bin = state->from;
    voiced = state->was_voiced;
  }
  return path;
}

}  // namespace euphone
