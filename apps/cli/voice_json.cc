#include <nlohmann/json.hpp>
#include <optional>

#include "report/format.h"
#include "version.h"
#include "voice_report.h"

namespace euphone::cli {
namespace {

using Json = nlohmann::ordered_json;

Json Number(const std::optional<double>& value, int decimals, double scale = 1.0) {
  return value ? Json(Rounded(scale * *value, decimals)) : Json(nullptr);
}

Json PitchJson(const VoiceMeasures& vowel) {
  if (!vowel.pitch) return nullptr;
  const PitchStatistics& pitch = *vowel.pitch;
  return {{"mean_hz", Rounded(pitch.mean_hz, 3)}, {"median_hz", Rounded(pitch.median_hz, 3)},
          {"sd_hz", Number(pitch.sd_hz, 3)},      {"sd_semitones", Number(pitch.sd_semitones, 4)},
          {"min_hz", Rounded(pitch.least_hz, 3)}, {"max_hz", Rounded(pitch.most_hz, 3)}};
}

Json PulsesJson(const VoiceMeasures& vowel) {
  return {{"pulses", vowel.pulses},
          {"periods", vowel.jitter.periods},
          {"mean_period_ms", Number(vowel.jitter.mean_period_s, 5, 1e3)},
          {"sd_period_ms", Number(vowel.jitter.sd_period_s, 5, 1e3)},
          {"voice_breaks", vowel.breaks.count},
          {"voice_break_s", Rounded(vowel.breaks.seconds, 4)},
          {"unvoiced_percent", Rounded(100.0 * vowel.unvoiced_share, 2)}};
}

Json JitterJson(const Jitter& jitter) {
  return {{"local_percent", Number(jitter.local, 4, 100.0)},
          {"local_absolute_us", Number(jitter.absolute_s, 3, 1e6)},
          {"rap_percent", Number(jitter.rap, 4, 100.0)},
          {"ppq5_percent", Number(jitter.ppq5, 4, 100.0)},
          {"ddp_percent", Number(jitter.ddp, 4, 100.0)}};
}

Json ShimmerJson(const Shimmer& shimmer) {
  return {{"local_percent", Number(shimmer.local, 4, 100.0)},
          {"local_db", Number(shimmer.local_db, 4)},
          {"apq3_percent", Number(shimmer.apq3, 4, 100.0)},
          {"apq5_percent", Number(shimmer.apq5, 4, 100.0)},
          {"apq11_percent", Number(shimmer.apq11, 4, 100.0)},
          {"dda_percent", Number(shimmer.dda, 4, 100.0)}};
}

Json IntensityJson(const std::optional<Loudness::Summary>& loudness) {
  if (!loudness) return nullptr;
  return {{"mean_dbfs", Rounded(loudness->mean_db, 3)},
          {"min_dbfs", Rounded(loudness->least_db, 3)},
          {"max_dbfs", Rounded(loudness->most_db, 3)}};
}

Json VowelJson(const VoiceMeasures& vowel) {
  Json json;
  json["start_s"] = Rounded(vowel.range.from_s, 4);
  json["end_s"] = Rounded(vowel.range.to_s, 4);
  json["duration_s"] = Rounded(vowel.range.seconds(), 4);
  json["f0"] = PitchJson(vowel);
  json["periods"] = PulsesJson(vowel);
  json["jitter"] = JitterJson(vowel.jitter);
  json["shimmer"] = ShimmerJson(vowel.shimmer);
  json["hnr_db"] = Number(vowel.hnr_db, 3);
  json["intensity"] = IntensityJson(vowel.loudness);
  return json;
}

Json SettingsJson(const VoiceOptions& options) {
  return {{"pitch_floor_hz", options.pitch.floor_hz},
          {"pitch_ceiling_hz", options.pitch.ceiling_hz},
          {"period_floor_s", options.periods.shortest_s},
          {"period_ceiling_s", options.periods.longest_s},
          {"max_period_factor", options.periods.most_factor},
          {"max_amplitude_factor", options.periods.most_amplitude}};
}

}  // namespace

std::string VoiceJson(const VoiceReport& report) {
  Json json;
  json["schema"] = "euphone.voice/1";
  json["program"] = std::string("euphone ") + kVersion;
  json["id"] = report.id;
  json["audio"] = {{"seconds", Rounded(report.source.seconds, 4)},
                   {"rate_hz", report.rate.hz},
                   {"source_rate_hz", report.source.rate.hz},
                   {"container", report.source.container},
                   {"encoding", report.source.encoding}};
  json["settings"] = SettingsJson(report.options);
  json["notice"] = kNoDiagnosis;
  json["warnings"] = report.warnings;
  json["vowels"] = Json::array();
  for (const VoiceMeasures& vowel : report.vowels) json["vowels"].push_back(VowelJson(vowel));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace euphone::cli
