#include "store/store_fixture.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <numbers>
#include <sstream>

#include "audio/audio_reader.h"

namespace euphone::fixture {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string Document(const std::vector<std::string>& words, const std::vector<std::string>& sounds,
                     double total, const std::string& model) {
  Json json = {{"schema", "euphone.analysis/1"},
               {"model", model},
               {"verdict", "scored"},
               {"scores", {{"accuracy", total}, {"total", total}, {"prosody", nullptr}}},
               {"quality", {{"findings", {{{"kind", "noise"}}}}}},
               {"words", Json::array()}};
  for (std::size_t w = 0; w < words.size(); ++w) {
    json["words"].push_back({{"text", words[w]},
                             {"script_word", w},
                             {"accuracy", total},
                             {"error", total < 50 ? "mispronounced" : "none"},
                             {"phones", Json::array()}});
  }
  for (std::size_t i = 0; i < sounds.size(); ++i) {
    std::istringstream parts(sounds[i]);
    std::string sound, score, said;
    std::getline(parts, sound, ':');
    std::getline(parts, score, ':');
    std::getline(parts, said, ':');
    const char* claim = said.empty() ? "right" : said == "-" ? "dropped" : "substituted";
    json["words"][i % words.size()]["phones"].push_back(
        {{"arpabet", sound},
         {"score", std::stod(score)},
         {"diagnosis", {{"claim", claim}}},
         {"heard_instead", said.empty() || said == "-" ? Json() : Json(said)},
         {"dropped", said == "-"}});
  }
  return json.dump();
}

std::vector<float> Tone(double hz) {
  std::vector<float> tone(16000);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    const double angle = 2.0 * std::numbers::pi * hz * static_cast<double>(i) / 16000.0;
    tone[i] = static_cast<float>(std::round(8000.0 * std::sin(angle)) / 32768.0);
  }
  return tone;
}

NewTake TakeOf(LearnerId learner, std::int64_t said_ms, const std::string& text,
               const std::string& document) {
  NewTake take;
  take.learner = learner;
  take.said_ms = said_ms;
  take.text = text;
  take.duration_ms = 1000;
  take.judgement = JudgementOf(document).value();
  return take;
}

namespace {

fs::path FreshFolder() {
  static int made = 0;
  const fs::path root = fs::temp_directory_path() / ("euphone_store_" + std::to_string(::getpid()) +
                                                     "_" + std::to_string(++made));
  fs::remove_all(root);
  fs::create_directories(root);
  return root;
}

}  // namespace

StoreTest::StoreTest(KeyKind kind)
    : root_(FreshFolder()),
      givers_{.passphrase = [] { return Result<std::string>(std::string("open sesame")); },
              .key_file = root_ / "key"},
      store_(Store::Create(root_ / "store", kind, givers_).value()) {}

StoreTest::~StoreTest() { fs::remove_all(root_); }

Store StoreTest::Open() const { return Store::Open(root_ / "store", givers_).value(); }

LearnerId StoreTest::Learner(const std::string& name) {
  return AddLearner(store_, name, "ko", 1000).value().id;
}

TakeId StoreTest::Add(LearnerId learner, std::int64_t said_ms, const std::string& text, double hz) {
  const auto take = TakeOf(learner, said_ms, text, Document({"think"}, {"TH:20:S", "IH1:90"}, 60));
  return AddTake(store_, take, Tone(hz), kRecordingRate).value();
}

std::vector<fs::path> StoreTest::AudioFiles() const {
  std::vector<fs::path> files;
  if (!fs::exists(AudioFolder(root_ / "store"))) return files;
  for (const auto& entry : fs::recursive_directory_iterator(AudioFolder(root_ / "store")))
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

bool StoreTest::FilesHold(const std::string& bytes) const {
  for (const auto& entry : fs::recursive_directory_iterator(root_ / "store")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file), {}};
    if (content.find(bytes) != std::string::npos) return true;
  }
  return false;
}

}  // namespace euphone::fixture
