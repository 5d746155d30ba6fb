#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>
#include <vector>

#include "lexicon/english_fixture.h"
#include "lexicon/ipa.h"
#include "lexicon/language_pack.h"

namespace euphone {
namespace {

const std::filesystem::path kPack = EUPHONE_BINARY_DIR "/share/euphone/packs/en-us";

/// Words of the dictionary, spread over the alphabet.
const std::vector<std::string>& Words() {
  static const std::vector<std::string> words = {
      "a",      "because", "information", "zebra",   "the",    "pronunciation",
      "quick",  "brown",   "jumps",       "lazy",    "window", "yesterday",
      "mother", "teacher", "school",      "umbrella"};
  return words;
}

void OpenLexicon(benchmark::State& state) {
  for (auto _ : state) {
    const auto lexicon = CompiledLexicon::Open(kPack / "lexicon.bin", fixture::Phones());
    if (!lexicon) return state.SkipWithError(lexicon.error().message.c_str());
  }
}
BENCHMARK(OpenLexicon)->Unit(benchmark::kMillisecond);

void OpenPack(benchmark::State& state) {
  for (auto _ : state) {
    const auto pack = LanguagePack::Open(kPack);
    if (!pack) return state.SkipWithError(pack.error().message.c_str());
  }
}
BENCHMARK(OpenPack)->Unit(benchmark::kMillisecond);

void FindWord(benchmark::State& state) {
  const auto lexicon = CompiledLexicon::Open(kPack / "lexicon.bin", fixture::Phones());
  if (!lexicon) return state.SkipWithError(lexicon.error().message.c_str());
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(lexicon->Find(Words()[next++ % Words().size()]));
}
BENCHMARK(FindWord);

void WriteIpa(benchmark::State& state) {
  const auto phones = fixture::Arpabet("P R AH0 N AH2 N S IY0 EY1 SH AH0 N");
  for (auto _ : state)
    benchmark::DoNotOptimize(Ipa(phones, fixture::Phones(), fixture::Syllables()));
}
BENCHMARK(WriteIpa);

}  // namespace
}  // namespace euphone
