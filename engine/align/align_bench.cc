#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "align/align.h"
#include "align/scripted_speech.h"

namespace euphone {
namespace {

/// `count` words of 1 to 7 phones with one or two pronunciations, ten to a sentence.
std::vector<AlignWord> RandomText(std::size_t count) {
  std::mt19937 random(1);
  std::vector<AlignWord> words(count);
  for (std::size_t w = 0; w < count; ++w) {
    words[w].sentence_start = w % 10 == 0;
    std::vector<int> phones(1 + random() % 7);
    for (int& phone : phones) phone = static_cast<int>(random() % 39);
    words[w].variants.push_back(phones);
    if (w % 3 == 0) {
      phones.front() = static_cast<int>(random() % 39);
      words[w].variants.push_back(phones);
    }
  }
  return words;
}

/// Reads a text of range(0) words, with pauses, in range(1) frames of 12 ms; leaves out each 20th
/// word and repeats each 17th.
void BM_Align(benchmark::State& state) {
  const std::vector<AlignWord> words = RandomText(static_cast<std::size_t>(state.range(0)));
  ScriptedSpeech speech;
  for (std::size_t w = 0; w < words.size(); ++w) {
    if (w % 20 != 19) speech.Say(words[w].variants.back());
    if (w % 17 == 16) speech.Say(words[w].variants.front());
    if (w % 5 == 4) speech.Silence(12);
  }
  const auto frames = static_cast<std::size_t>(state.range(1));
  if (speech.ctc.rows < frames) speech.Silence(frames - speech.ctc.rows);
  speech.Blur(4.0, 1);
  for (auto _ : state) {
    const Result<Alignment> alignment = Align(speech.ctc, speech.frames, words, {});
    benchmark::DoNotOptimize(alignment->fit);
  }
  state.counters["frames"] = static_cast<double>(speech.ctc.rows);
  state.counters["x_realtime"] = benchmark::Counter(
      0.012 * static_cast<double>(speech.ctc.rows) * static_cast<double>(state.iterations()),
      benchmark::Counter::kIsRate);
}
BENCHMARK(BM_Align)->Args({100, 2500})->Args({1000, 25000})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace euphone
