#include <benchmark/benchmark.h>
#include <unistd.h>

#include <fstream>

#include "coach/advice.h"
#include "coach/knowledge_fixture.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

/// Memory of this process that is not shared, in MB.
double OwnMegabytes() {
  std::ifstream statm("/proc/self/statm");
  double whole = 0.0, resident = 0.0, shared = 0.0;
  statm >> whole >> resident >> shared;
  return (resident - shared) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

struct Learned {
  const PhoneSet phones = fixture::EnglishPhones();
  const double before = OwnMegabytes();
  const Knowledge knowledge = fixture::EnglishKnowledge(phones);
  const double megabytes = OwnMegabytes() - before;
};

/// Two things to say of a reading with many mistakes, for somebody who was told a lot; `megabytes`:
/// what all that the coach knows takes.
void Advice(benchmark::State& state) {
  static const Learned learned;  // Once: memory that was given back is not taken anew.
  const PhoneSet& phones = learned.phones;
  const Knowledge& knowledge = learned.knowledge;
  state.counters["megabytes"] = learned.megabytes;
  const Analysis analysis = fixture::Story(phones);
  LearnerRecord record{.first_language = "ko"};
  for (int attempt = 0; attempt < 3; ++attempt) {
    record.told.emplace_back();
    for (const auto& advice : Advise(analysis, phones, knowledge, record))
      record.told.back().push_back(advice.tip);
  }
  for (auto _ : state) benchmark::DoNotOptimize(Advise(analysis, phones, knowledge, record));
}
BENCHMARK(Advice)->Unit(benchmark::kMillisecond);

void ReadKnowledge(benchmark::State& state) {
  const PhoneSet phones = fixture::EnglishPhones();
  for (auto _ : state) benchmark::DoNotOptimize(fixture::EnglishKnowledge(phones));
}
BENCHMARK(ReadKnowledge)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace euphone
