#include "tutor/own_record.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace euphone {
namespace {

constexpr std::size_t kMostSounds = 2, kMostHeard = 3;

std::string Times(std::int64_t count) {
  return count == 1 ? "once" : std::to_string(count) + " times";
}

std::vector<PhoneId> SoundsOf(const QuestionReading& reading) {
  std::vector<PhoneId> sounds;
  const auto add = [&](std::optional<PhoneId> phone) {
    if (phone && std::ranges::count(sounds, *phone) == 0 && sounds.size() < kMostSounds)
      sounds.push_back(*phone);
  };
  if (!reading.pairs.empty()) {
    const AskedPair& pair = reading.pairs.front();
    add(pair.wanted);
    if (!pair.directed || !pair.wanted) add(pair.heard);
  }
  for (const PhoneId phone : reading.sounds) add(phone);
  return sounds;
}

std::string HeardInstead(const std::string& sound, const LearnerProgress& progress) {
  std::string heard;
  std::size_t named = 0;
  for (const ConfusionCount& confusion : progress.confusions) {
    if (confusion.expected != sound || named == kMostHeard) continue;
    heard += named++ == 0 ? "; heard instead so far: " : ", ";
    heard +=
        (confusion.said.empty() ? "nothing" : confusion.said) + " (" + Times(confusion.count) + ")";
  }
  return heard;
}

}  // namespace

std::vector<std::string> RecordFor(const QuestionReading& reading, const LearnerProgress& progress,
                                   const PhoneSet& phones) {
  std::vector<std::string> lines;
  for (const PhoneId phone : SoundsOf(reading)) {
    const std::string& sound = phones.info(phone).arpabet;
    const auto found = std::ranges::find(progress.sounds, sound, &SoundProgress::sound);
    if (found == progress.sounds.end() || found->all.count == 0) continue;
    const auto wrong = std::llround(found->wrong * static_cast<double>(found->all.count));
    lines.push_back(sound + ": said " + Times(found->all.count) + " in the last " +
                    std::to_string(kRecordDays) + " days, " +
                    std::to_string(std::llround(found->all.value)) + " of 100 on average, " +
                    (wrong == 0 ? "never" : Times(wrong)) + " clearly wrong" +
                    HeardInstead(sound, progress) + ".");
  }
  return lines;
}

Result<std::vector<std::string>> RecordFor(const QuestionReading& reading, Store& store,
                                           LearnerId learner, const PhoneSet& phones,
                                           std::int64_t today) {
  const auto progress = ProgressOf(store, learner, today - kRecordDays + 1);
  if (!progress) return progress.error();
  return RecordFor(reading, *progress, phones);
}

}  // namespace euphone
