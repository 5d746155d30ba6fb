// What the product promises in time, in the product's own units. Run from the checkout's root.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "assembly/installation.h"
#include "audio/audio_reader.h"
#include "live/live_session.h"

namespace euphone {
namespace {

template <class T>
T OrDie(Result<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "bench: %s\n", result.error().message.c_str());
  std::exit(1);
}

Engine& SharedEngine() {
  static Engine engine = OrDie(OpenEngine({}, {}));
  return engine;
}

constexpr const char* kText =
    "You see, I spent a good deal in Smithtown yesterday. Mantelish brought it back to Maccadon.";

/// Five seconds of two readers, one after the other, as 16-bit samples.
std::vector<std::byte> FiveSeconds() {
  std::vector<float> pcm;
  for (const char* name : {"librispeech-118-47824-0022", "librispeech-3242-8112-0024"}) {
    const Recording part =
        OrDie(ReadRecording(std::string(EUPHONE_SOURCE_DIR) + "/samples/" + name + ".opus"));
    pcm.insert(pcm.end(), part.samples.begin(), part.samples.end());
  }
  pcm.resize(static_cast<std::size_t>(5 * kRecordingRate.hz));
  std::vector<std::byte> bytes;
  for (const float sample : pcm) {
    const auto value = static_cast<std::uint16_t>(std::lround(sample * 32767.0F));
    bytes.push_back(static_cast<std::byte>(value & 0xFF));
    bytes.push_back(static_cast<std::byte>(value >> 8));
  }
  return bytes;
}

void Analyze5Seconds(benchmark::State& state) {
  const std::vector<std::byte> bytes = FiveSeconds();
  const ReadOptions raw{.raw = RawFormat{RawEncoding::kS16Le, kRecordingRate, 1}};
  Engine& engine = SharedEngine();
  for (auto _ : state) {
    const Recording recording = OrDie(ReadRecording(bytes, "bench", raw));
    benchmark::DoNotOptimize(OrDie(engine.analyzer.Analyze(recording, kText, "bench")));
  }
  state.counters["x_realtime"] = benchmark::Counter(5.0 * static_cast<double>(state.iterations()),
                                                    benchmark::Counter::kIsRate);
}
BENCHMARK(Analyze5Seconds)->Unit(benchmark::kMillisecond);

void OpenLexicon(benchmark::State& state) {
  const auto data = OrDie(FindData({}));
  const PhoneSet& phones = SharedEngine().phones();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        OrDie(CompiledLexicon::Open(data / "packs/en-us/lexicon.bin", phones)));
}
BENCHMARK(OpenLexicon)->Unit(benchmark::kMillisecond);

const std::vector<float>& FiveSecondsOfPcm() {
  static const std::vector<float> pcm =
      OrDie(ReadRecording(FiveSeconds(), "bench",
                          {.raw = RawFormat{RawEncoding::kS16Le, kRecordingRate, 1}}))
          .samples;
  return pcm;
}

/// Hears everything and does nothing, so that the full passes are not counted.
struct Deaf final : LiveListener {
  void OnEvent(Event) override {}
  void OnTake(FinishedTake) override {}
  void OnTakeAhead(FinishedTake) override {}
};

void SetRealTime(benchmark::State& state, double seconds) {
  state.counters["x_realtime"] = benchmark::Counter(
      seconds * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

LiveParts& SharedLiveParts() {
  static LiveParts parts = OrDie(OpenLiveParts({}, SharedEngine().lexicon));
  return parts;
}

/// The acoustic model alone.
void HearLive5Seconds(benchmark::State& state) {
  for (auto _ : state) {
    const auto stream = SharedLiveParts().model->Start();
    benchmark::DoNotOptimize(OrDie(stream->Push(FiveSecondsOfPcm())));
  }
  SetRealTime(state, 5.0);
}
BENCHMARK(HearLive5Seconds)->Unit(benchmark::kMillisecond);

/// Everything that happens while somebody speaks, but for the full pass at the end.
void FollowLive5Seconds(benchmark::State& state) {
  for (auto _ : state) {
    Deaf deaf;
    LiveSession session = OrDie(LiveSession::Start(SharedLiveParts(), {}, kText, deaf));
    static_cast<void>(session.Push(FiveSecondsOfPcm()));
    static_cast<void>(session.Finish());
  }
  SetRealTime(state, 5.0);
}
BENCHMARK(FollowLive5Seconds)->Unit(benchmark::kMillisecond);

/// The same while nobody speaks: a minute of a quiet room.
void FollowAMinuteOfSilence(benchmark::State& state) {
  constexpr double kSeconds = 60.0;
  std::vector<float> room(static_cast<std::size_t>(kSeconds * kRecordingRate.hz));
  std::uint32_t random = 1;
  for (float& sample : room) {
    random = random * 1664525U + 1013904223U;
    sample = (static_cast<float>(random >> 8) / 16777216.0F - 0.5F) * 6e-4F;
  }
  for (auto _ : state) {
    Deaf deaf;
    LiveSession session = OrDie(LiveSession::Start(SharedLiveParts(), {}, kText, deaf));
    static_cast<void>(session.Push(room));
  }
  SetRealTime(state, kSeconds);
}
BENCHMARK(FollowAMinuteOfSilence)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace euphone

BENCHMARK_MAIN();
