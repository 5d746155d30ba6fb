#include "report/drill_json.h"

#include "lexicon/ipa.h"
#include "report/json_values.h"
#include "report/names.h"

namespace euphone {
namespace {

constexpr int kChanceDecimals = 3;

Json SoundJson(const PhoneSet& phones, PhoneId sound) {
  return {{"arpabet", phones.info(sound).arpabet}, {"ipa", phones.info(sound).ipa}};
}

Json WordJson(const std::string& text, const Vocabulary& vocabulary, const LanguagePack& pack) {
  const VocabularyWord* const word = vocabulary.Find(text);
  return {
      {"text", text},
      {"ipa", word == nullptr ? Json() : Json(Ipa(word->phones(), pack.phones, pack.syllabifier))}};
}

Json ItemJson(const DrillItem& item, const Vocabulary& vocabulary, const LanguagePack& pack) {
  const bool sentence = item.kind == DrillKind::kSentence;
  Json json = {{"kind", Name(item.kind)}, {"text", item.text}};
  json["words"] = Json::array();
  if (!sentence) json["words"].push_back(WordJson(item.text, vocabulary, pack));
  if (item.kind == DrillKind::kPair)
    json["words"].push_back(WordJson(item.other, vocabulary, pack));
  if (item.kind == DrillKind::kPair) json["text"] = item.text + ", " + item.other;
  json["place"] = sentence ? Json() : Json(Name(item.place));
  json["lesson"] = sentence ? Json(item.lesson) : Json();
  json["item"] = sentence ? Json(item.item) : Json();
  json["times"] = item.times;
  json["chance"] = Number(item.chance, kChanceDecimals);
  return json;
}

}  // namespace

Json DrillJson(const Drill& drill, const Vocabulary& vocabulary, const LanguagePack& pack) {
  Json json;
  json["sound"] = SoundJson(pack.phones, drill.order.sound);
  json["against"] =
      drill.order.against ? SoundJson(pack.phones, *drill.order.against) : Json(nullptr);
  json["skill"] = Number(drill.skill, kChanceDecimals);
  json["target"] = kDrillTarget;
  json["expected"] = Number(drill.expected, kChanceDecimals);
  json["tip"] = nullptr;
  if (drill.tip) {
    json["tip"] = {{"tip", drill.tip->tip},
                   {"text", drill.tip->text},
                   {"article", drill.tip->article.empty() ? Json() : Json(drill.tip->article)}};
  }
  json["items"] = Json::array();
  for (const DrillItem& item : drill.items)
    json["items"].push_back(ItemJson(item, vocabulary, pack));
  return json;
}

}  // namespace euphone
