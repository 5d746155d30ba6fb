#include <benchmark/benchmark.h>

#include "audio/quality_gate.h"
#include "audio/resampler.h"
#include "audio/test_signals.h"
#include "audio/voice_track.h"

namespace euphone {
namespace {

constexpr double kSeconds = 10.0;

/// How many seconds of audio each second of work gets through.
void CountRealTime(benchmark::State& state) {
  state.counters["x_realtime"] = benchmark::Counter(
      kSeconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void ResampleIn10MillisecondChunks(benchmark::State& state) {
  const SampleRate from{static_cast<int>(state.range(0))};
  const auto pcm = testing_audio::SpeechLike(kSeconds, from);
  const auto chunk = static_cast<std::size_t>(SamplesIn(Millis{10.0}, from));
  std::vector<float> out;
  for (auto _ : state) {
    out.clear();
    auto resampler = Resampler::Create(from, SampleRate{16000});
    if (!resampler) return state.SkipWithError(resampler.error().message.c_str());
    for (PcmView rest = pcm; !rest.empty();) {
      const auto piece = rest.first(std::min(chunk, rest.size()));
      if (auto status = resampler->Push(piece, out); !status)
        return state.SkipWithError(status.error().message.c_str());
      rest = rest.subspan(piece.size());
    }
    benchmark::DoNotOptimize(out.data());
  }
  CountRealTime(state);
}
BENCHMARK(ResampleIn10MillisecondChunks)->Arg(8000)->Arg(44100)->Arg(48000);

void JudgeQuality(benchmark::State& state) {
  const auto pcm = testing_audio::SpeechLike(kSeconds, SampleRate{16000});
  for (auto _ : state) benchmark::DoNotOptimize(AssessQuality(pcm, SampleRate{16000}));
  CountRealTime(state);
}
BENCHMARK(JudgeQuality);

void TrackTheVoice(benchmark::State& state) {
  const auto pcm = testing_audio::SpeechLike(kSeconds, SampleRate{16000});
  for (auto _ : state) benchmark::DoNotOptimize(TrackVoice(pcm, SampleRate{16000}));
  CountRealTime(state);
}
BENCHMARK(TrackTheVoice);

}  // namespace
}  // namespace euphone
