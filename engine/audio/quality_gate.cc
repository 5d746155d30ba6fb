#include "audio/quality_gate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "audio/dropouts.h"
#include "audio/frame_features.h"
#include "audio/speech_statistics.h"

namespace euphone {
namespace {

// The thresholds come from 4,019 recordings: 2,500 of Mandarin speakers reading English, half of
// them children (speechocean762, training half), and 1,519 of native speakers (mini LibriSpeech);
// from the same with noise, clipping and a telephone's band put on 120 of them; and from tones,
// chords, plucked strings, hum, noises, clicks and knocks. "Real" below means the 4,019.
constexpr double kShortestSeconds = 0.25;  ///< Shorter than any word that was recorded whole.
constexpr double kSilentDbfs = -60.0;      ///< Of the loudest frames; real: above -38.
constexpr double kQuietDbfs = -45.0;       ///< Of speech; real: above -41.
constexpr double kClippedPercent = 0.3;    ///< Real: at most 0.12; 6 dB too loud: 0.3 to 3.
constexpr double kRuinedPercent = 12.0;    ///< 20 dB too loud: 8 to 25.
constexpr double kNoisySnrDb = 15.0;  ///< Real: above 24. The acoustic model has seen 10 to 35.
constexpr double kHopelessSnrDb = 3.0;
constexpr double kTelephoneHz = 4500.0;  ///< An 8 kHz recording shows 4,000 to 4,250.
constexpr double kDcOffset = 0.02;       ///< Real: below 0.001.
constexpr double kSquarePercent = 3.0;   ///< Clipped so much, a sound no longer fades.
constexpr double kDropoutPercent = 0.5;  ///< Of the speech; real: 0.
constexpr double kLostPercent = 10.0;    ///< A tenth of what was said is missing.
constexpr double kClipReach = 0.95;      ///< Of the peak: filters make a flat top wavy.

// Not speech. Speech at 5 dB over white noise still keeps to the right side of each.
constexpr double kLeastVariationDb = 2.7;   ///< Real: above 6.5; noise and steady sounds: below.
constexpr double kLeastInNoiseDb = 1.5;     ///< Voices at 0 dB: 1.8 to 2.9; noise alone: under 0.8.
constexpr double kLeastVoicedShare = 0.05;  ///< Real: above 0.28; noise, clicks: 0.
constexpr double kLeastChangeDb = 2.6;      ///< Real: above 3.3; chords, hum, siren: below 1.7.
constexpr double kMostSteadyPitch = 0.3;    ///< Real: below 0.16; melodies: above 0.39.
constexpr double kMostTone = 0.995;         ///< Real: below 0.99; pure tones: 1.

double MeanOf(PcmView pcm) {
  double sum = 0.0;
  for (const float sample : pcm) sum += sample;
  return sum / static_cast<double>(pcm.size());
}

/// Share of samples close to the extremes of the recording, in percent, whatever its level: a
/// clipped recording may have been turned down afterwards.
double ClippedPercent(PcmView pcm, double offset, double reach) {
  const auto stuck = std::count_if(pcm.begin(), pcm.end(), [&](float sample) {
    return std::abs(static_cast<double>(sample) - offset) >= reach;
  });
  return 100.0 * static_cast<double>(stuck) / static_cast<double>(pcm.size());
}

std::string Rounded(double value, int digits = 0) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::optional<Finding> FindNotSpeech(const SpeechStatistics& s) {
  const auto finding = [](double value, const char* unit, const char* message) {
    return Finding{FindingKind::kNotSpeech,
                   Severity::kSevere,
                   value,
                   unit,
                   std::string("This does not sound like speech: ") + message,
                   "Read the text aloud, close to the microphone, and record again."};
  };
  if (s.tone_share > kMostTone)
    return finding(100.0 * s.tone_share, "%", "it is a beep or a tone.");
  // Noise fills the gaps of a voice that drowns in it: the voice is the weaker then, not absent.
  const bool drowned = s.snr_db < kHopelessSnrDb;
  if (s.variation_db < (drowned ? kLeastInNoiseDb : kLeastVariationDb))
    return finding(s.variation_db, "dB", "it is always equally loud, like a machine.");
  if (s.voiced_share < kLeastVoicedShare)
    return finding(100.0 * s.voiced_share, "%", "there is noise or clicking, but no voice.");
  if (s.change_db < kLeastChangeDb)
    return finding(s.change_db, "dB", "it hardly changes, like humming or a motor.");
  if (s.steady_pitch_share > kMostSteadyPitch)
    return finding(100.0 * s.steady_pitch_share, "%", "it keeps its tones, like music.");
  return std::nullopt;
}

Finding Make(FindingKind kind, Severity severity, double value, const char* unit,
             std::string message, const char* advice) {
  return {kind, severity, value, unit, std::move(message), advice};
}

void AddNoise(QualityReport& report) {
  if (report.snr_db >= kNoisySnrDb) return;
  const bool hopeless = report.snr_db < kHopelessSnrDb;
  report.findings.push_back(Make(
      FindingKind::kNoisy, hopeless ? Severity::kSevere : Severity::kWarning, report.snr_db, "dB",
      hopeless ? "There is so much noise that your voice cannot be heard well."
               : "There is noise: your voice is only " + Rounded(report.snr_db) + " dB louder.",
      "Go to a quieter place, or come closer to the microphone."));
}

void AddClipping(QualityReport& report) {
  if (report.clipped_percent < kClippedPercent) return;
  const bool ruined = report.clipped_percent > kRuinedPercent;
  report.findings.push_back(
      Make(FindingKind::kClipped, ruined ? Severity::kSevere : Severity::kWarning,
           report.clipped_percent, "%",
           "The recording is too loud: " + Rounded(report.clipped_percent, 1) +
               " % of it is cut off and sounds rough.",
           "Turn the microphone down or move away from it a little."));
}

void AddDropouts(QualityReport& report) {
  if (report.dropout_percent < kDropoutPercent) return;
  const bool lost = report.dropout_percent > kLostPercent;
  report.findings.push_back(Make(
      FindingKind::kDropouts, lost ? Severity::kSevere : Severity::kWarning, report.dropout_percent,
      "%",
      "The sound drops out: " + Rounded(report.dropout_percent, 1) +
          " % of your speech is missing.",
      "Check the plug and the cable, use a cable rather than radio, and close other programs."));
}

void AddBandwidth(QualityReport& report) {
  if (report.bandwidth_hz > kTelephoneHz) return;
  report.findings.push_back(
      Make(FindingKind::kBandLimited, Severity::kWarning, report.bandwidth_hz, "Hz",
           "The recording sounds like a telephone: nothing is there above " +
               Rounded(report.bandwidth_hz) + " Hz, so sounds like 's' and 'f' are hard to judge.",
           "Use the microphone of the computer or a headset with a cable, not a call."));
}

void AddLevel(QualityReport& report) {
  if (report.speech_dbfs >= kQuietDbfs) return;
  report.findings.push_back(
      Make(FindingKind::kTooQuiet, Severity::kWarning, report.speech_dbfs, "dBFS",
           "Your voice is very quiet (" + Rounded(report.speech_dbfs) + " dB).",
           "Come closer to the microphone or turn it up."));
}

void AddOffset(QualityReport& report) {
  if (std::abs(report.dc_offset) < kDcOffset) return;
  report.findings.push_back(
      Make(FindingKind::kDcOffset, Severity::kNote, 100.0 * report.dc_offset, "%",
           "The microphone shifts the sound by " + Rounded(100.0 * report.dc_offset) + " %.",
           "You need not do anything; another microphone or socket may sound better."));
}

void PutGravestFirst(QualityReport& report) {
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
}

}  // namespace

QualityReport AssessQuality(PcmView pcm, SampleRate rate) {
  QualityReport report;
  if (pcm.empty()) {
    report.findings.push_back(Make(FindingKind::kEmpty, Severity::kSevere, 0.0, "s",
                                   "The recording is empty.", "Record again."));
    return report;
  }
  report.seconds = SecondsIn(std::ssize(pcm), rate);
  report.dc_offset = MeanOf(pcm);
  const auto [lowest, highest] = std::minmax_element(pcm.begin(), pcm.end());
  const double peak = std::max(std::abs(*lowest), std::abs(*highest));
  report.peak_dbfs = ToDbfs(peak * peak);
  if (report.seconds < kShortestSeconds) {
    report.findings.push_back(
        Make(FindingKind::kTooShort, Severity::kSevere, report.seconds, "s",
             "The recording is too short (" + Rounded(report.seconds, 2) + " s).",
             "Wait for the signal, read the whole text, and then stop the recording."));
    return report;
  }

  const auto frames = ComputeFrames(pcm, rate, static_cast<float>(report.dc_offset));
  const SpeechStatistics statistics = Summarise(frames);
  report.speech_dbfs = statistics.speech_dbfs;
  report.noise_dbfs = statistics.noise_dbfs;
  report.snr_db = statistics.snr_db;
  report.bandwidth_hz = statistics.bandwidth_hz;
  report.speech_seconds = statistics.active_seconds;
  AddOffset(report);
  if (statistics.loudest_dbfs < kSilentDbfs) {
    report.findings.insert(
        report.findings.begin(),
        Make(FindingKind::kSilent, Severity::kSevere, statistics.loudest_dbfs, "dBFS",
             "Nothing can be heard in the recording.",
             "Check that the right microphone is chosen and not muted, and record again."));
    return report;
  }
  const double swing = std::max(*highest - report.dc_offset, report.dc_offset - *lowest);
  report.clipped_percent = ClippedPercent(pcm, report.dc_offset, kClipReach * swing);
  if (report.clipped_percent < kSquarePercent) {
    const double lost = SecondsOf(FindDropouts(pcm, rate, report.dc_offset, swing), rate);
    report.dropout_percent = lost > 0.0 ? 100.0 * lost / (report.speech_seconds + lost) : 0.0;
  }
  if (auto not_speech = FindNotSpeech(statistics)) {
    report.speech_seconds = 0.0;
    report.findings.insert(report.findings.begin(), *std::move(not_speech));
    return report;  // noise, loudness and band of something else help nobody
  }
  AddNoise(report);
  AddClipping(report);
  AddDropouts(report);
  AddBandwidth(report);
  AddLevel(report);
  PutGravestFirst(report);
  return report;
}

void AddFinding(Finding finding, QualityReport& report) {
  report.findings.push_back(std::move(finding));
  PutGravestFirst(report);
}

void AddSourceFindings(const SourceFormat& source, QualityReport& report) {
  if (source.dc_offset != 0.0) {
    report.dc_offset += source.dc_offset;
    AddOffset(report);
  }
  if (source.truncated) {
    report.findings.push_back(
        Make(FindingKind::kTruncated, Severity::kWarning, report.seconds, "s",
             "The recording stops before its own length says; what is missing was not scored.",
             "Copy the file again, or record again and wait until it is saved."));
  }
  PutGravestFirst(report);
}

}  // namespace euphone
