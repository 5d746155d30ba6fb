#include "store/drill_plan.h"

#include <utility>

#include "store/learner_record.h"
#include "store/sound_skill.h"

namespace euphone {
namespace {

std::vector<PracticeItem> SoundsOf(std::vector<PracticeItem> practice, std::int64_t today) {
  std::vector<PracticeItem> sounds;
  for (PracticeItem& item : practice) {
    if (item.kind != PracticeItem::Kind::kSound) continue;
    if (item.due_day > today && !sounds.empty()) break;
    sounds.push_back(std::move(item));
  }
  return sounds;
}

}  // namespace

Result<DrillPlan> PlanDrill(Store& store, LearnerId learner, const PhoneSet& phones,
                            const Knowledge& knowledge, std::int64_t today,
                            std::optional<PhoneId> sound, std::optional<PhoneId> against) {
  auto practice = PracticeOf(store, learner, today);
  if (!practice) return practice.error();
  const auto record = LearnerRecordOf(store, learner, phones, today);
  if (!record) return record.error();
  DrillPlan plan{.sounds = SoundsOf(*std::move(practice), today), .order = {}, .skill = {}};
  if (!sound && !plan.sounds.empty()) sound = phones.Find(plan.sounds.front().what);
  if (!sound) {
    const auto pair = ContrastOfDay(knowledge, record->first_language, today);
    if (!pair) return Error{Errc::kNotFound, "nothing is known that could be practised"};
    sound = pair->first;
    if (!against) against = pair->second;
  }
  if (!against) against = ContrastFor(knowledge, *record, *sound);
  auto skill = SoundSkillOf(store, learner, phones.info(*sound).arpabet, today);
  if (!skill) return skill.error();
  plan.order = {.sound = *sound, .against = against, .day = today};
  plan.skill = *std::move(skill);
  return plan;
}

}  // namespace euphone
