// 100,000 takes of ten learners over three years, as a school's tablet might hold them: what the
// pages of the application ask for. The time of an iteration is one page; p95_ms is that of 95 of
// 100. Recordings, which no page reads, are left out.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "store/assignments.h"
#include "store/days.h"
#include "store/judgement.h"
#include "store/progress.h"
#include "store/takes.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

constexpr int kTakes = 100000, kLearners = 10, kWords = 3000, kDays = 1000;
constexpr const char* kSounds[] = {"AA", "AE", "AH", "AO", "AW", "AY", "B",  "CH", "D",  "DH",
                                   "EH", "ER", "EY", "F",  "G",  "HH", "IH", "IY", "JH", "K",
                                   "L",  "M",  "N",  "NG", "OW", "OY", "P",  "R",  "S",  "SH",
                                   "T",  "TH", "UH", "UW", "V",  "W",  "Y",  "Z",  "ZH"};

/// Words are as frequent as in a language: the n-th comes 1/n as often as the first (Zipf).
class Language {
 public:
  explicit Language(std::mt19937& random) : random_(random) {
    std::vector<double> weights;
    for (int n = 1; n <= kWords; ++n) {
      std::string word;
      for (int rest = n + 25; rest > 0; rest /= 26) word += static_cast<char>('a' + rest % 26);
      words_.push_back(word);
      weights.push_back(1.0 / n);
    }
    choose_ = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
  }
  const std::string& Word() { return words_[choose_(random_)]; }

 private:
  std::mt19937& random_;
  std::vector<std::string> words_;
  std::discrete_distribution<std::size_t> choose_;
};

NewTake Take(int number, LearnerId learner, Language& language, std::mt19937& random) {
  nlohmann::json words = nlohmann::json::array();
  NewTake take;
  std::normal_distribution<double> score(80.0, 15.0);
  for (int w = 0; w < 8; ++w) {
    const std::string& word = language.Word();
    take.text += (w == 0 ? "" : " ") + word;
    nlohmann::json phones = nlohmann::json::array();
    for (int p = 0; p < 4; ++p) {
      const bool wrong = random() % 12 == 0;
      phones.push_back(
          {{"arpabet", kSounds[random() % std::size(kSounds)]},
           {"score", std::clamp(score(random), 0.0, 100.0)},
           {"diagnosis", {{"claim", wrong ? "substituted" : "right"}}},
           {"heard_instead",
            wrong ? nlohmann::json(kSounds[random() % std::size(kSounds)]) : nlohmann::json()},
           {"dropped", false}});
    }
    words.push_back({{"text", word},
                     {"script_word", w},
                     {"accuracy", std::clamp(score(random), 0.0, 100.0)},
                     {"error", "none"},
                     {"phones", phones}});
  }
  const double total = std::clamp(score(random), 0.0, 100.0);
  take.learner = learner;
  take.said_ms = kDayMs * kDays * number / kTakes;
  take.duration_ms = 4000;
  if (number % 2 == 0) {
    take.lesson = "everyday";
    take.item = "item-" + std::to_string(random() % 60);
  }
  take.judgement = JudgementOf(nlohmann::json{{"schema", "euphone.analysis/1"},
                                              {"model", "bench 1"},
                                              {"verdict", "scored"},
                                              {"scores", {{"total", total}, {"accuracy", total}}},
                                              {"words", words}}
                                   .dump())
                       .value();
  return take;
}

struct School {
  fs::path folder = fs::temp_directory_path() / "euphone_store_bench";
  std::mt19937 random{20251127};
  Language language{random};
  std::vector<LearnerId> learners;
  Store store = Make();

  School() { Fill(); }
  School(const School&) = delete;
  School& operator=(const School&) = delete;
  ~School() { fs::remove_all(folder); }

  Store Make() const {
    fs::remove_all(folder);
    fs::create_directories(folder);
    return Store::Create(folder / "store", KeyKind::kKeyFile, {.key_file = folder / "key"}).value();
  }

  void Fill() {
    // Only the making is in a hurry.
    store.database().Execute("PRAGMA synchronous = OFF").has_value();
    for (int i = 0; i < kLearners; ++i)
      learners.push_back(AddLearner(store, "Learner " + std::to_string(i), "", 0).value().id);
    for (int i = 0; i < kTakes; ++i) {
      const LearnerId learner = learners[random() % learners.size()];
      AddTake(store, Take(i, learner, language, random), {}, SampleRate{16000}).value();
    }
    store.database().Execute("PRAGMA synchronous = FULL; PRAGMA optimize").has_value();
  }
};

School& TheSchool() {
  static School school;
  return school;
}

/// Times `page` each time, and tells the time of 95 of 100.
template <class Page>
void Measure(benchmark::State& state, Page page) {
  TheSchool();
  std::vector<double> times;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    if (!page()) {
      state.SkipWithError("a query failed");
      break;
    }
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count());
  }
  std::sort(times.begin(), times.end());
  if (!times.empty()) state.counters["p95_ms"] = times[times.size() * 95 / 100];
}

void LogPage(benchmark::State& state) {
  School& school = TheSchool();
  Measure(state, [&] {
    TakeQuery query{.order = static_cast<TakeOrder>(school.random() % 4)};
    if (school.random() % 2 == 0)
      query.learner = school.learners[school.random() % school.learners.size()];
    // Half of the pages are somewhere in the middle.
    if (school.random() % 2 == 0 && !query.learner)
      query.after = TakeId{static_cast<std::int64_t>(1 + school.random() % kTakes)};
    return FindTakes(school.store, query).has_value();
  });
}
BENCHMARK(LogPage)->Unit(benchmark::kMillisecond)->Iterations(400);

void SearchPage(benchmark::State& state) {
  School& school = TheSchool();
  Measure(state, [&] {
    TakeQuery query{.search = school.language.Word()};
    if (school.random() % 2 == 0) query.search += " " + school.language.Word().substr(0, 1);
    if (school.random() % 2 == 0)
      query.learner = school.learners[school.random() % school.learners.size()];
    return FindTakes(school.store, query).has_value();
  });
}
BENCHMARK(SearchPage)->Unit(benchmark::kMillisecond)->Iterations(400);

/// Takes with a sound, where it went worst first; of one learner in half of the cases.
void SoundPage(benchmark::State& state) {
  School& school = TheSchool();
  Measure(state, [&] {
    TakeQuery query{.sound = kSounds[school.random() % std::size(kSounds)],
                    .order = TakeOrder::kWorst};
    if (school.random() % 2 == 0)
      query.learner = school.learners[school.random() % school.learners.size()];
    if (school.random() % 4 == 0) {
      const auto page = FindTakes(school.store, query);
      if (!page || page->empty()) return false;
      query.after = page->back().id;
    }
    return FindTakes(school.store, query).has_value();
  });
}
BENCHMARK(SoundPage)->Unit(benchmark::kMillisecond)->Iterations(400);

/// What a learner has read of a lesson since it was set.
void LessonRead(benchmark::State& state) {
  School& school = TheSchool();
  Measure(state, [&] {
    const Assignment assignment{
        .learner = school.learners[school.random() % kLearners],
        .lesson = "everyday",
        .made_ms = kDayMs * static_cast<std::int64_t>(school.random() % kDays)};
    return ItemsRead(school.store, assignment).has_value();
  });
}
BENCHMARK(LessonRead)->Unit(benchmark::kMillisecond)->Iterations(400);

void Progress(benchmark::State& state) {
  School& school = TheSchool();
  Measure(state, [&] {
    return ProgressOf(school.store, school.learners[school.random() % school.learners.size()])
        .has_value();
  });
}
BENCHMARK(Progress)->Unit(benchmark::kMillisecond)->Iterations(100);

void KeepTake(benchmark::State& state) {
  School& school = TheSchool();
  const std::vector<float> second(16000, 0.01f);
  int number = kTakes;
  Measure(state, [&] {
    auto pcm = second;
    pcm[static_cast<std::size_t>(number % 16000)] = 0.5f;
    const auto take = Take(number++, school.learners[0], school.language, school.random);
    return AddTake(school.store, take, pcm, SampleRate{16000}).has_value();
  });
}
BENCHMARK(KeepTake)->Unit(benchmark::kMillisecond)->Iterations(100);

}  // namespace
}  // namespace euphone
