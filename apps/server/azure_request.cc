#include "server/azure_request.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "server/secrets.h"

namespace euphone::server {
namespace {

using AzureJson = nlohmann::ordered_json;

std::string SmallLetters(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

/// Clients write names and values in either case, and truth values as such or as text.
class Settings {
 public:
  explicit Settings(const nlohmann::json& json) {
    for (const auto& [name, value] : json.items()) all_[SmallLetters(name)] = value;
  }
  std::string Text(const char* name) const {
    const auto found = all_.find(name);
    if (found == all_.end() || !found->is_string()) return "";
    return found->get<std::string>();
  }
  bool Is(const char* name, const char* value) const { return SmallLetters(Text(name)) == value; }
  bool True(const char* name) const {
    const auto found = all_.find(name);
    return Is(name, "true") || (found != all_.end() && found->is_boolean() && found->get<bool>());
  }
  std::optional<int> Number(const char* name) const {
    const auto found = all_.find(name);
    if (found == all_.end() || !found->is_number_integer()) return std::nullopt;
    const auto value = found->get<std::int64_t>();
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, 100));
  }

 private:
  nlohmann::json all_ = nlohmann::json::object();
};

bool IsMark(const std::string& name) { return name.size() > 5 && name.ends_with("Score"); }

bool Wanted(const std::string& name, const AzureRequest& request) {
  if (name == "ProsodyScore") return request.prosody;
  return name == "AccuracyScore" || request.comprehensive;
}

/// Moves the marks of one thing to where the REST interface has them, too.
void Arrange(AzureJson& thing, const AzureRequest& request) {
  const auto found = thing.find("PronunciationAssessment");
  if (found == thing.end()) return;
  AzureJson kept = AzureJson::object();
  for (auto& [name, value] : found->items()) {
    if (IsMark(name) && !Wanted(name, request)) continue;
    if (IsMark(name) && !request.hundred_marks && value.is_number())
      value = std::round(value.get<double>() * 0.5) / 10.0;
    if (name == "NBestPhonemes" && request.nbest_phonemes) {
      const auto most = static_cast<std::size_t>(*request.nbest_phonemes);
      while (value.size() > most) value.erase(value.size() - 1);
    }
    kept[name] = value;
  }
  *found = kept;
  for (const auto& [name, value] : kept.items()) thing[name] = value;
}

}  // namespace

Result<AzureRequest> AzureRequest::Parse(std::string_view header) {
  const Error wrong{Errc::kInvalidArgument,
                    "the header Pronunciation-Assessment must be a JSON object in base64"};
  const auto decoded = Base64Decoded(header);
  if (!decoded) return wrong;
  const auto json = nlohmann::json::parse(*decoded, nullptr, false);
  if (!json.is_object()) return wrong;
  const Settings settings(json);
  AzureRequest request;
  request.text = settings.Text("referencetext");
  request.hundred_marks = settings.Is("gradingsystem", "hundredmark");
  request.miscue = settings.True("enablemiscue");
  request.comprehensive = settings.Is("dimension", "comprehensive");
  request.prosody = settings.True("enableprosodyassessment");
  request.ipa = settings.Is("phonemealphabet", "ipa");
  request.nbest_phonemes = settings.Number("nbestphonemecount");
  if (settings.Is("granularity", "word")) request.granularity = Granularity::kWord;
  if (settings.Is("granularity", "fulltext")) request.granularity = Granularity::kFullText;
  return request;
}

std::string AzureAnswer(const std::string& document, const AzureRequest& request) {
  AzureJson json = AzureJson::parse(document, nullptr, false);
  if (json.is_discarded() || !json.contains("NBest")) return document;
  for (AzureJson& best : json["NBest"]) {
    Arrange(best, request);
    for (AzureJson& word : best["Words"]) {
      Arrange(word, request);
      for (const char* part : {"Syllables", "Phonemes"}) {
        for (AzureJson& sound : word[part]) Arrange(sound, request);
        if (request.granularity != AzureRequest::Granularity::kPhoneme) word.erase(part);
      }
    }
    if (request.granularity == AzureRequest::Granularity::kFullText) best.erase("Words");
  }
  return json.dump() + "\n";
}

}  // namespace euphone::server
