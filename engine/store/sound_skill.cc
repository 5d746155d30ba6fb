#include "store/sound_skill.h"

#include <algorithm>

#include "store/practice.h"

namespace euphone {

Result<SoundSkill> SoundSkillOf(Store& store, LearnerId learner, std::string_view sound,
                                std::int64_t today) {
  const auto practice = PracticeOf(store, learner, today);
  if (!practice) return practice.error();
  SoundSkill skill;
  for (const PracticeItem& item : *practice) {
    if (item.kind == PracticeItem::Kind::kSound && item.what == sound) skill.recall = item.recall;
  }
  double sum = 0.0;
  if (auto status = store.database().Each(
          "SELECT count, score_sum FROM sound_days WHERE learner = ?1 AND sound = ?2 AND day <= ?3"
          " ORDER BY day DESC",
          {learner.value, sound, today},
          [&](const SqlRow& row) {
            if (skill.times >= kRecentTimes) return;
            skill.times += row.Real(0);
            sum += row.Real(1);
          });
      !status) {
    return status.error();
  }
  if (skill.times > 0.0) skill.mean = sum / skill.times;
  if (auto status = store.database().Each(
          "SELECT word, count, score_sum FROM word_sums WHERE learner = ?1", {learner.value},
          [&](const SqlRow& row) {
            const double times = std::max(row.Real(1), 1.0);
            skill.words[row.Text(0)] = {times, row.Real(2) / times};
          });
      !status) {
    return status.error();
  }
  return skill;
}

}  // namespace euphone
