#include "record_run.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#include "audio/audio_reader.h"
#include "audio/quality_gate.h"
#include "audio/resampler.h"
#include "audio/speech_end.h"
#include "devices/device_ring.h"
#include "devices/quiet_errors.h"
#include "level_meter.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

// A machine that is busy with something else for half a minute loses nothing.
constexpr double kRingSeconds = 30.0;
constexpr double kHeardSeconds = 300.0;
constexpr std::chrono::milliseconds kLookEvery{20};

/// The beginning of a recording, as the quality gate wants it.
class Heard {
 public:
  explicit Heard(Resampler resampler) : resampler_(std::move(resampler)) {}

  void Push(PcmView samples) {
    if (SecondsIn(std::ssize(samples_), kRecordingRate) < kHeardSeconds)
      working_ = working_ && resampler_.Push(samples, samples_).has_value();
  }

  QualityReport Assess() {
    if (working_ && resampler_.Finish(samples_)) return AssessQuality(samples_, kRecordingRate);
    return {};
  }

 private:
  Resampler resampler_;
  std::vector<float> samples_;
  bool working_ = true;
};

/// Why a recording is over before its time.
std::optional<RecordingEnd> Over(const AudioInput& input) {
  if (Interrupted()) return RecordingEnd::kInterrupted;
  if (input.state() == InputState::kLost) return RecordingEnd::kLost;
  if (input.state() != InputState::kRunning) return RecordingEnd::kAsked;
  return std::nullopt;
}

}  // namespace

Result<Recorded> Record(AudioInput& input, const TakePiece& take, const RecordLimits& limits) {
  const SampleRate rate = input.rate();
  auto resampler = Resampler::Create(rate, kRecordingRate);
  if (!resampler) return resampler.error();
  Heard heard(*std::move(resampler));
  SpeechEnd speech(rate);
  DeviceRing ring(static_cast<std::size_t>(kRingSeconds * rate.hz));
  const auto most =
      static_cast<std::size_t>(limits.seconds.value_or(kLongestRecording) * rate.hz + 0.5);

  if (auto status = input.Start(ring); !status) return status.error();
  const QuietErrors quiet;
  Recorded recorded;
  std::vector<float> samples;
  std::size_t taken = 0;
  {
    LevelMeter meter(quiet.descriptor());
    for (std::optional<RecordingEnd> end; !end;) {
      std::this_thread::sleep_for(kLookEvery);
      end = Over(input);
      samples.clear();
      ring.Take(samples);
      samples.resize(std::min(samples.size(), most - taken));
      taken += samples.size();
      heard.Push(samples);
      meter.Update(SecondsIn(static_cast<std::int64_t>(taken), rate), samples);
      const bool silent = speech.Push(samples) && limits.until_silence;
      if (auto status = take(samples); !status) {
        end = RecordingEnd::kUnwritable;
        recorded.complaint = status.error().message;
      } else if (taken == most) {
        end = limits.seconds ? RecordingEnd::kAsked : RecordingEnd::kFull;
      } else if (silent) {
        end = RecordingEnd::kAsked;
      }
      if (end) recorded.end = *end;
    }
  }
  input.Stop();
  recorded.seconds = SecondsIn(static_cast<std::int64_t>(taken), rate);
  recorded.missing_seconds = SecondsIn(static_cast<std::int64_t>(ring.dropped()), rate);
  recorded.overruns = ring.overruns();
  recorded.quality = heard.Assess();
  return recorded;
}

}  // namespace euphone::cli
