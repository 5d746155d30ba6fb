#include "tutor/question_set.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

std::string TextOf(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Empty id: the line is no question.
KnownQuestion QuestionOf(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return {};
  KnownQuestion known{.id = TextOf(json, "id"),
                      .set = TextOf(json, "set"),
                      .question = TextOf(json, "question"),
                      .passages = {}};
  const auto passages = json.find("passages");
  if (passages == json.end() || !passages->is_array() || known.question.empty()) return {};
  for (const Json& passage : *passages) {
    if (!passage.is_string()) return {};
    known.passages.push_back(passage.get<std::string>());
  }
  return known;
}

}  // namespace

Result<std::vector<KnownQuestion>> ParseQuestionSet(std::string_view jsonl) {
  std::vector<KnownQuestion> questions;
  std::set<std::string> ids;
  for (std::size_t number = 1; !jsonl.empty(); ++number) {
    const std::size_t end = std::min(jsonl.find('\n'), jsonl.size());
    const std::string_view line = jsonl.substr(0, end);
    jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    KnownQuestion known = QuestionOf(line);
    const std::string where = "line " + std::to_string(number);
    if (known.id.empty()) {
      return Error{Errc::kCorrupt,
                   where + " is no question: it needs \"id\", \"question\" and \"passages\""};
    }
    if (!ids.insert(known.id).second)
      return Error{Errc::kCorrupt, where + ": the id " + known.id + " is there twice"};
    questions.push_back(std::move(known));
  }
  if (questions.empty()) return Error{Errc::kInvalidArgument, "there is no question in it"};
  return questions;
}

}  // namespace euphone
