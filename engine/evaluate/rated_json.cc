#include "evaluate/rated_json.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

namespace euphone {
namespace {

constexpr double kMostPhone = 2.0;
constexpr double kMostMark = 10.0;
constexpr double kOldest = 130.0;

Error Corrupt(const std::string& what) { return {Errc::kCorrupt, what}; }

/// Null where the field is missing or null.
const nlohmann::json* Field(const nlohmann::json& entry, const char* name) {
  const auto found = entry.find(name);
  return found == entry.end() || found->is_null() ? nullptr : &*found;
}

Status ReadText(const nlohmann::json& entry, const char* name, std::string& text) {
  const nlohmann::json* field = Field(entry, name);
  if (field == nullptr) return {};
  if (!field->is_string()) return Corrupt(std::string(name) + " is no text");
  text = field->get<std::string>();
  return {};
}

Status ReadMark(const nlohmann::json& value, const std::string& name, double most, double& mark) {
  if (!value.is_number()) return Corrupt(name + " is no number");
  mark = value.get<double>();
  if (mark >= 0.0 && mark <= most) return {};
  return Corrupt(name + " is outside its scale");
}

Status ReadMark(const nlohmann::json& entry, const char* name, std::optional<double>& mark) {
  const nlohmann::json* field = Field(entry, name);
  if (field == nullptr) return {};
  double value = 0.0;
  if (auto status = ReadMark(*field, name, kMostMark, value); !status) return status;
  mark = value;
  return {};
}

Status ReadMarks(const nlohmann::json& entry, const char* name, double most,
                 std::vector<double>& marks) {
  const nlohmann::json* field = Field(entry, name);
  if (field == nullptr) return {};
  if (!field->is_array()) return Corrupt(std::string(name) + " is no list");
  for (const nlohmann::json& value : *field) {
    if (auto status = ReadMark(value, name, most, marks.emplace_back()); !status) return status;
  }
  return {};
}

Status ReadPhones(const nlohmann::json& entry, std::vector<std::string>& phones) {
  const nlohmann::json* field = Field(entry, "phones");
  if (field == nullptr) return {};
  if (field->is_string()) {
    std::istringstream symbols(field->get<std::string>());
    for (std::string symbol; symbols >> symbol;) phones.push_back(symbol);
    return {};
  }
  const bool texts =
      field->is_array() && std::all_of(field->begin(), field->end(),
                                       [](const nlohmann::json& p) { return p.is_string(); });
  if (!texts) return Corrupt("phones are neither a text nor a list of texts");
  phones = field->get<std::vector<std::string>>();
  return {};
}

Status ReadWord(const nlohmann::json& entry, RatedWord& word) {
  if (!entry.is_object()) return Corrupt("is no object");
  if (auto status = ReadText(entry, "text", word.text); !status) return status;
  if (word.text.empty()) return Corrupt("text is missing");
  for (const auto& [name, mark] :
       {std::pair{"accuracy", &word.accuracy}, {"stress", &word.stress}, {"total", &word.total}}) {
    if (auto status = ReadMark(entry, name, *mark); !status) return status;
  }
  if (auto status = ReadPhones(entry, word.phones); !status) return status;
  if (auto status = ReadMarks(entry, "phones-accuracy", kMostPhone, word.phone_accuracy); !status)
    return status;
  if (!word.phone_accuracy.empty() && word.phone_accuracy.size() != word.phones.size())
    return Corrupt("phones and phones-accuracy differ in length");
  return {};
}

/// REQUIRES: not empty.
double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
}

}  // namespace

Status ReadMarks(const nlohmann::json& entry, RatedRecording& recording) {
  if (!entry.is_object()) return Corrupt("is no JSON object");
  if (auto status = ReadText(entry, "text", recording.text); !status) return status;
  if (recording.text.empty()) return Corrupt("text is missing");
  for (const auto& [name, mark] : {std::pair{"accuracy", &recording.accuracy},
                                   {"fluency", &recording.fluency},
                                   {"prosodic", &recording.prosodic},
                                   {"total", &recording.total}}) {
    if (auto status = ReadMark(entry, name, *mark); !status) return status;
  }
  std::vector<double> marks;
  if (auto status = ReadMarks(entry, "accuracy_before_overwrite", kMostMark, marks); !status)
    return status;
  if (!marks.empty()) recording.accuracy_before_overwrite = Median(std::move(marks));
  const nlohmann::json* words = Field(entry, "words");
  if (words == nullptr) return {};
  if (!words->is_array()) return Corrupt("words is no list");
  for (const nlohmann::json& word : *words) {
    const std::string where = "words[" + std::to_string(recording.words.size()) + "]";
    if (auto status = ReadWord(word, recording.words.emplace_back()); !status)
      return Prefixed(where, status.error());
  }
  return {};
}

Status ReadSpeaker(const nlohmann::json& entry, RatedRecording& recording) {
  if (!entry.is_object()) return Corrupt("is no JSON object");
  for (const auto& [name, text] : {std::pair{"utt", &recording.utt},
                                   {"speaker", &recording.speaker},
                                   {"gender", &recording.gender}}) {
    if (auto status = ReadText(entry, name, *text); !status) return status;
  }
  if (recording.utt.empty()) return Corrupt("utt is missing");
  if (recording.utt.find('/') != std::string::npos) return Corrupt("utt is no file name");
  if (recording.speaker.empty()) recording.speaker = recording.utt;
  std::transform(recording.gender.begin(), recording.gender.end(), recording.gender.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (const nlohmann::json* age = Field(entry, "age"); age != nullptr) {
    double years = 0.0;
    if (auto status = ReadMark(*age, "age", kOldest, years); !status) return status;
    recording.age = static_cast<int>(years);
  }
  return {};
}

}  // namespace euphone
