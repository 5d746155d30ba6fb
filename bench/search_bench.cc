// A search among 5,000 passages: the knowledge base with its own vectors, and notes of lessons with
// vectors of chance, which cost as much. The time of an iteration is one question of docs/eval,
// embedding included; p95_ms is that of 95 of 100.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <random>

#include "embed/byte_encoder.h"
#include "retrieve/retrieve_fixture.h"
#include "tutor/search.h"

namespace euphone {
namespace {

constexpr std::size_t kPassages = 5000;

std::vector<std::string> Questions() {
  std::vector<std::string> questions;
  std::ifstream file(EUPHONE_SOURCE_DIR "/docs/eval/questions.jsonl");
  constexpr std::string_view kBefore = "\"question\": \"", kAfter = "\", \"passages\"";
  for (std::string line; std::getline(file, line);) {
    const std::size_t begin = line.find(kBefore) + kBefore.size();
    questions.push_back(line.substr(begin, line.find(kAfter) - begin));
  }
  return questions;
}

/// Sentences out of the words of the knowledge base.
LessonPack Sentences(std::size_t count, std::mt19937& random) {
  std::vector<std::string> words;
  for (const Passage& passage : PassagesOf(fixture::ShippedKnowledge())) {
    std::string word;
    for (const char c : passage.text) {
      if (c != ' ' && c != '\n') {
        word += c;
      } else if (!word.empty()) {
        words.push_back(std::exchange(word, {}));
      }
    }
  }
  LessonPack pack{.name = "many", .title = "Many", .language = "en-US", .items = {}};
  while (pack.items.size() < count) {
    LessonItem item{.id = std::to_string(pack.items.size()), .text = "Read."};
    for (int i = 0; i < 30; ++i) item.note += words[random() % words.size()] + " ";
    pack.items.push_back(std::move(item));
  }
  return pack;
}

std::string VectorOfChance(std::size_t width, std::mt19937& random) {
  std::normal_distribution<float> number;
  std::vector<float> vector(width);
  for (float& each : vector) each = number(random) / std::sqrt(static_cast<float>(width));
  return PackVectors({&vector, 1});
}

struct Prepared {
  std::shared_ptr<const SearchParts> parts;
  Database database = PassagesInMemory().value();
  std::optional<Search> search;

  Prepared() {
    std::mt19937 random(1);
    const auto bundle = Bundle::Open(EUPHONE_SOURCE_DIR "/models/en-embedder").value();
    const auto shared = [](const auto& of) {
      return std::shared_ptr<const std::remove_cvref_t<decltype(of)>>(std::shared_ptr<void>(), &of);
    };
    SearchParts made{
        .lexicon = shared(fixture::ShippedLexicon()),
        .knowledge = shared(fixture::ShippedKnowledge()),
        .embedder = std::make_shared<const Embedder>(
            std::shared_ptr<const SentenceEncoder>(OpenSentenceEncoder(bundle).value()))};
    parts = std::make_shared<const SearchParts>(std::move(made));
    Database shipped = OpenPassages(EUPHONE_BINARY_DIR "/share/euphone/passages.db").value();
    const std::string encoder = parts->embedder->spec().label();
    const auto ready = VectorsByFingerprint(shipped, encoder).value();
    const auto topics = PassagesOf(*parts->knowledge);
    const auto sentences = PassagesOf(Sentences(kPassages - topics.size(), random));
    const auto vectorise = [&](const Passage& passage) -> Result<std::string> {
      const auto found = ready.find(Fingerprint(passage));
      return found != ready.end() ? found->second
                                  : VectorOfChance(parts->embedder->spec().width, random);
    };
    if (!SyncPassages(database, "knowledge", topics) ||
        !SyncPassages(database, "lessons", sentences) ||
        !FillVectors(database, encoder, vectorise)) {
      std::abort();
    }
    search = Search::Open(parts, database).value();
  }
};

void FindAmongFiveThousand(benchmark::State& state) {
  static const Prepared prepared;
  const std::vector<std::string> questions = Questions();
  std::vector<double> times;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(prepared.search->Find(questions[times.size() % questions.size()], 5));
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
  }
  std::ranges::sort(times);
  state.counters["p95_ms"] = times[times.size() * 95 / 100];
  state.counters["passages"] = static_cast<double>(prepared.search->passages());
}
BENCHMARK(FindAmongFiveThousand)->Unit(benchmark::kMillisecond)->Iterations(254);

}  // namespace
}  // namespace euphone
