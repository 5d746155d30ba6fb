#include "store/practice_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "report/drill_json.h"
#include "report/format.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

nlohmann::ordered_json PracticeJson(const std::string& learner, const DrillPlan& plan,
                                    const Drill& drill, const Vocabulary& vocabulary,
                                    const LanguagePack& pack) {
  Json sounds = Json::array();
  for (const PracticeItem& item : plan.sounds) {
    const auto id = pack.phones.Find(item.what);
    sounds.push_back({{"arpabet", item.what},
                      {"ipa", id ? Json(pack.phones.info(*id).ipa) : Json()},
                      {"due_day", item.due_day},
                      {"due", item.due_day <= plan.order.day},
                      {"retrievability", Rounded(item.recall, 4)},
                      {"last_mean", Rounded(item.last_mean, 1)}});
  }
  return {{"schema", "euphone.practice/1"},
          {"learner", learner.empty() ? Json() : Json(learner)},
          {"today", plan.order.day},
          {"sounds", std::move(sounds)},
          {"drill", DrillJson(drill, vocabulary, pack)}};
}

}  // namespace euphone
