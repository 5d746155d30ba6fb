#include "anomaly/microphone_changes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "anomaly/drift.h"
#include "audio/quality_gate.h"
#include "base/plain_text.h"

namespace euphone {
namespace {

/// One measure in one direction, and what to say of it.
struct Rule {
  MicrophoneTrouble trouble;
  const char* name;
  double MicrophoneMeasures::*measure;
  bool upwards;
  double least_spread;
  double least_change;
  const char* unit;
  const char* message;  ///< "{}" stands for the size of the change.
  const char* advice;
};

// The gravest first. Spreads are those of one speaker's readings (median of 153 speakers, 4,019
// recordings; docs/decisions/032-anomalies.md); changes are what such readings do not reach on
// average, and what a listener notices.
constexpr std::array kRules{
    Rule{MicrophoneTrouble::kDropouts, "dropouts", &MicrophoneMeasures::dropout_percent, true, 0.05,
         0.2, "%", "There are dropouts: {} % of the speech is missing",
         "Check the plug and the cable, use a cable rather than radio, and close other programs."},
    Rule{MicrophoneTrouble::kClipping, "clipping", &MicrophoneMeasures::clipped_percent, true, 0.05,
         0.2, "%", "Loud sounds are cut off: {} % more of the recording",
         "Turn the microphone down or move away from it a little."},
    Rule{MicrophoneTrouble::kDull, "dull", &MicrophoneMeasures::bandwidth_hz, false, 250.0, 750.0,
         "Hz", "Your microphone has become dull: it lost {} Hz at the top",
         "Clean its opening, and look for something that covers it; else try another microphone."},
    Rule{MicrophoneTrouble::kDull, "dull", &MicrophoneMeasures::tilt_db, false, 4.5, 7.0, "dB",
         "Your microphone has become dull: high sounds are {} dB weaker",
         "Clean its opening, and look for something that covers it; else try another microphone."},
    Rule{MicrophoneTrouble::kSharp, "sharp", &MicrophoneMeasures::tilt_db, true, 4.5, 9.0, "dB",
         "Your microphone sounds thinner: high sounds are {} dB stronger",
         "Check that the same microphone is chosen, and that no sound effect is switched on."},
    Rule{MicrophoneTrouble::kQuieter, "quieter", &MicrophoneMeasures::level_dbfs, false, 2.0, 4.0,
         "dB", "It has become {} dB quieter",
         "Check the level of the microphone, and how far you sit from it."},
    Rule{MicrophoneTrouble::kLouder, "louder", &MicrophoneMeasures::level_dbfs, true, 2.0, 5.0,
         "dB", "It has become {} dB louder", "You need not do anything unless the sound is rough."},
    Rule{MicrophoneTrouble::kHum50, "hum_50", &MicrophoneMeasures::hum_50_db, true, 2.0, 6.0, "dB",
         "There is a hum of 50 Hz that was not there before ({} dB)",
         "Move the cable away from mains cables, and try another power supply."},
    Rule{MicrophoneTrouble::kHum60, "hum_60", &MicrophoneMeasures::hum_60_db, true, 2.0, 6.0, "dB",
         "There is a hum of 60 Hz that was not there before ({} dB)",
         "Move the cable away from mains cables, and try another power supply."},
    Rule{MicrophoneTrouble::kNoisier, "noisier", &MicrophoneMeasures::snr_db, false, 2.5, 8.0, "dB",
         "There is more noise: your voice stands out {} dB less",
         "Look for a fan or an open window, or come closer to the microphone."},
    Rule{MicrophoneTrouble::kOffset, "offset", &MicrophoneMeasures::dc_offset_percent, true, 0.2,
         1.0, "%", "The microphone shifts the sound by {} % more",
         "You need not do anything; another microphone or socket may sound better."},
    Rule{MicrophoneTrouble::kOffset, "offset", &MicrophoneMeasures::dc_offset_percent, false, 0.2,
         1.0, "%", "The microphone shifts the sound by {} % more",
         "You need not do anything; another microphone or socket may sound better."},
};

std::string Sized(double change, const char* unit) {
  const double size = std::abs(change);
  return FixedDigits(std::min(size, 1e9), unit[0] == '%' && size < 10.0 ? 1 : 0);
}

MicrophoneChange Told(const Rule& rule, const Drift& drift, const MicrophoneTake& take) {
  std::string message = rule.message;
  message.replace(message.find("{}"), 2, Sized(drift.change, rule.unit));
  message += (drift.gradual ? ", more and more, since " : ", since ") + WrittenDay(take.day) + ".";
  return {rule.trouble,  take.day,           drift.change, rule.unit,
          drift.gradual, std::move(message), rule.advice};
}

/// A hum is noise, too, and so is what a quieter voice does not cover: one cause, one line.
bool IsTold(const std::vector<MicrophoneChange>& changes, MicrophoneTrouble trouble) {
  const auto has = [&](MicrophoneTrouble other) {
    for (const MicrophoneChange& change : changes)
      if (change.trouble == other) return true;
    return false;
  };
  if (has(trouble)) return true;
  return trouble == MicrophoneTrouble::kNoisier &&
         (has(MicrophoneTrouble::kQuieter) || has(MicrophoneTrouble::kHum50) ||
          has(MicrophoneTrouble::kHum60));
}

}  // namespace

std::string_view NameOf(MicrophoneTrouble trouble) {
  for (const Rule& rule : kRules)
    if (rule.trouble == trouble) return rule.name;
  return "";
}

std::vector<MicrophoneChange> FindMicrophoneChanges(std::span<const MicrophoneTake> takes) {
  std::vector<int> days;
  for (const MicrophoneTake& take : takes) {
    const auto day = DayNumber(take.day);
    days.push_back(day ? *day : 0);
  }
  std::vector<MicrophoneChange> changes;
  std::vector<double> values(takes.size());
  for (const Rule& rule : kRules) {
    if (IsTold(changes, rule.trouble)) continue;
    for (std::size_t i = 0; i < takes.size(); ++i) values[i] = takes[i].measures.*rule.measure;
    const auto drift = FindDrift(
        values, days, {rule.least_spread, rule.least_change, rule.upwards, !rule.upwards});
    if (drift) changes.push_back(Told(rule, *drift, takes[drift->since]));
  }
  return changes;
}

void AddMicrophoneFinding(std::span<const MicrophoneTake> history, const MicrophoneTake& take,
                          QualityReport& report) {
  std::vector<MicrophoneTake> takes(history.begin(), history.end());
  takes.push_back(take);
  const std::vector<MicrophoneChange> changes = FindMicrophoneChanges(takes);
  if (changes.empty()) return;
  const MicrophoneChange& first = changes.front();
  AddFinding({FindingKind::kMicrophoneChanged, Severity::kWarning, first.change, first.unit,
              first.message, first.advice},
             report);
}

}  // namespace euphone
