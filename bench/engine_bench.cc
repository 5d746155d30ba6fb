// What the product promises in time, in the product's own units. Run from the checkout's root.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "align/align.h"
#include "audio/audio_reader.h"
#include "installation.h"

namespace euphone {
namespace {

template <class T>
T OrDie(Result<T> result) {
  if (result) return *std::move(result);
  std::fprintf(stderr, "bench: %s\n", result.error().message.c_str());
  std::exit(1);
}

cli::Engine& SharedEngine() {
  static cli::Engine engine = OrDie(cli::OpenEngine({}, {}));
  return engine;
}

constexpr const char* kText = "This is not a serious problem.";

Recording FiveSeconds() {
  Recording recording =
      OrDie(ReadRecording(std::string(EUPHONE_SOURCE_DIR) + "/samples/so762-010270265.opus"));
  recording.samples.resize(static_cast<std::size_t>(5 * kRecordingRate.hz));
  return recording;
}

void Analyze5Seconds(benchmark::State& state) {
  const Recording recording = FiveSeconds();
  cli::Engine& engine = SharedEngine();
  for (auto _ : state)
    benchmark::DoNotOptimize(OrDie(engine.analyzer.Analyze(recording, kText, "bench")));
  state.counters["x_realtime"] = benchmark::Counter(5.0 * static_cast<double>(state.iterations()),
                                                    benchmark::Counter::kIsRate);
}
BENCHMARK(Analyze5Seconds)->Unit(benchmark::kMillisecond);

/// 100 words of three phones whose spikes stand in 2,500 frames, 30 s; every other frame is blank.
void Align30Seconds100Words(benchmark::State& state) {
  constexpr std::size_t kFrames = 2500, kClasses = 40, kWords = 100;
  Matrix ctc = Matrix::Filled(kFrames, kClasses, -9.0f), frames = ctc;
  std::vector<AlignWord> words(kWords);
  for (std::size_t row = 0; row < kFrames; ++row) ctc.row(row)[0] = -0.01f;
  for (std::size_t i = 0; i < kWords * 3; ++i) {
    const int phone = static_cast<int>((i * 7) % 39);
    if (i % 3 == 0) words[i / 3].variants.resize(1);
    words[i / 3].variants[0].push_back(phone);
    const std::size_t spike = i * 8 + 20;
    ctc.row(spike)[0] = -4.0f;
    ctc.row(spike)[static_cast<std::size_t>(phone) + 1] = -0.1f;
    for (std::size_t row = spike - 4; row < spike + 4; ++row)
      frames.row(row)[static_cast<std::size_t>(phone) + 1] = -0.1f;
  }
  for (auto _ : state) benchmark::DoNotOptimize(OrDie(Align(ctc, frames, words, {})));
}
BENCHMARK(Align30Seconds100Words)->Unit(benchmark::kMillisecond);

void OpenLexicon(benchmark::State& state) {
  const auto data = OrDie(cli::FindData({}));
  const PhoneSet& phones = SharedEngine().phones();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        OrDie(CompiledLexicon::Open(data / "packs/en-us/lexicon.bin", phones)));
}
BENCHMARK(OpenLexicon)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace euphone

BENCHMARK_MAIN();
