#include "reference/lesson_reference.h"

#include <string>
#include <utility>

#include "audio/audio_reader.h"
#include "audio/time_stretch.h"
#include "text/text_normalizer.h"

namespace euphone {
namespace {

constexpr double kSlowRecording = 0.7;

Result<Reference> Recorded(const LessonItem& item, Pace pace) {
  const auto recording = ReadRecording(item.audio, {.keep_up_to = kMaxRate});
  if (!recording) return recording.error();
  const SampleRate rate = recording->source.rate;
  auto samples = StretchTime(recording->samples, rate, pace == Pace::kSlow ? kSlowRecording : 1.0);
  if (!samples) return Prefixed(item.audio.string(), samples.error());
  return Reference{*std::move(samples), rate, {}};
}

}  // namespace

Result<Reference> ReferenceOf(const LessonItem& item, ReferenceVoice& voice, Pace pace) {
  return item.audio.empty() ? voice.Say(item.text, pace) : Recorded(item, pace);
}

Result<Reference> ReferenceOfWord(std::string_view word, std::string_view text,
                                  const Lexicon& lexicon, ReferenceVoice& voice, Pace pace) {
  const auto script = NormalizeText(word, {});
  if (!script) return script.error();
  if (script->words.size() != 1) {
    return Error{Errc::kInvalidArgument,
                 "'" + std::string(word) + "' is more than one word; give one"};
  }
  const SpokenWord& spoken = script->words.front();
  if (!text.empty()) {
    const auto whole = voice.Say(text, pace);
    if (!whole) return whole.error();
    if (const std::size_t index = FindWord(*whole, spoken.text); index < whole->words.size())
      return CutWord(*whole, index);
  }
  const auto variants = lexicon.Lookup(spoken);
  if (!variants) return variants.error();
  const auto alone = voice.SayPhones(spoken.text, variants->front().phones, pace);
  if (!alone) return alone.error();
  return CutWord(*alone, 0);
}

}  // namespace euphone
