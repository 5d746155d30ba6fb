// Any bytes at all must give a recording within the limits or an error of one line.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "audio/audio_reader.h"
#include "audio/quality_gate.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void Read(std::span<const std::byte> bytes, const euphone::ReadOptions& options) {
  const auto recording = euphone::ReadRecording(bytes, "fuzzed", options);
  if (!recording) {
    const std::string& message = recording.error().message;
    Require(!message.empty() && message.size() < 280 && message.find('\n') == std::string::npos);
    return;
  }
  Require(recording->source.seconds <= options.max_seconds);
  Require(!recording->source.container.empty() && !recording->source.encoding.empty());
  const double length = std::ceil(recording->source.seconds * euphone::kRecordingRate.hz) + 1.0;
  Require(static_cast<double>(recording->samples.size()) <= length);
  for (const float sample : recording->samples) Require(std::isfinite(sample));
  const auto report = euphone::AssessQuality(recording->samples, euphone::kRecordingRate);
  Require(std::isfinite(report.snr_db) && std::isfinite(report.speech_dbfs));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  euphone::ReadOptions options;
  options.max_seconds = 60.0;
  Read(bytes, options);
  if (size > 0) {
    const int encodings = static_cast<int>(euphone::RawEncoding::kMuLaw) + 1;
    options.raw = euphone::RawFormat{static_cast<euphone::RawEncoding>(data[0] % encodings),
                                     euphone::SampleRate{8000 + 100 * (data[0] / 16)},
                                     1 + data[0] % euphone::kMaxChannels};
    Read(bytes.subspan(1), options);
  }
  return 0;
}
