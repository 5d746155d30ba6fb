#include "tutor/answer_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "report/format.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

Json JsonOf(const Relevance& relevance) {
  return {{"text", Rounded(relevance.text, 3)},
          {"asked", Rounded(relevance.asked, 3)},
          {"article", Rounded(relevance.article, 3)},
          {"words", Rounded(relevance.words, 3)},
          {"tips", relevance.tips},
          {"explains", relevance.explains},
          {"either", relevance.either},
          {"sound", relevance.sound},
          {"held", relevance.held},
          {"language", relevance.language},
          {"sentence", relevance.sentence}};
}

Json JsonOf(const SearchHit& hit) {
  return {{"passage", hit.passage.id},      {"title", hit.passage.title},
          {"heading", hit.passage.heading}, {"text", hit.passage.text},
          {"score", Rounded(hit.score, 3)}, {"relevance", JsonOf(hit.relevance)}};
}

Json JsonOf(const AnswerPart& part) {
  return {{"passage", part.passage},
          {"title", part.title},
          {"heading", part.heading},
          {"lines", part.lines}};
}

/// What the question is about, as far as it was read.
Json JsonOf(const QuestionReading& reading, const PhoneSet& phones) {
  const auto name = [&](std::optional<PhoneId> phone) {
    return phone ? Json(phones.info(*phone).arpabet) : Json();
  };
  Json pairs = Json::array(), sounds = Json::array();
  for (const AskedPair& pair : reading.pairs) {
    pairs.push_back({{"wanted", name(pair.wanted)},
                     {"heard", name(pair.heard)},
                     {"directed", pair.directed},
                     {"after", name(pair.after)}});
  }
  for (const PhoneId phone : reading.sounds) sounds.push_back(name(phone));
  return {
      {"pairs", std::move(pairs)}, {"sounds", std::move(sounds)}, {"languages", reading.languages}};
}

}  // namespace

std::string AnswerJson(const TutorReply& told, const PhoneSet& phones) {
  Json json = {{"question", told.question}, {"about", JsonOf(told.found.reading, phones)}};
  Json list = Json::array();
  if (told.answer) {
    for (const AnswerPart& part : told.answer->parts) list.push_back(JsonOf(part));
    json["answered"] = !list.empty();
    json["record"] = told.record;
    json["answer"] = std::move(list);
    if (const auto& composed = told.composed) {
      json["composed"] = {
          {"text", composed->text}, {"passages", composed->passages}, {"model", composed->model}};
    }
    if (!told.rejected.empty()) json["rejected"] = told.rejected;
  } else {
    for (const SearchHit& hit : told.found.hits) list.push_back(JsonOf(hit));
    json["passages"] = std::move(list);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace euphone
