#include "session/describe_prosody.h"

#include <vector>

#include "audio/voice_track.h"
#include "score/intonation.h"
#include "score/rhythm.h"

namespace euphone {
namespace {

std::vector<SoundSpan> SoundsOf(const Analysis& analysis, const PhoneSet& phones) {
  std::vector<SoundSpan> sounds;
  for (const WordScore& word : analysis.words) {
    for (const PhoneScore& phone : word.phones) {
      sounds.push_back({.begin = phone.span.begin,
                        .end = phone.span.end,
                        .vowel = phones.info(phone.phone.id).vowel});
    }
  }
  return sounds;
}

}  // namespace

void DescribeProsody(PcmView pcm, const PhoneSet& phones, Analysis& analysis) {
  const SampleRate rate{analysis.rate};
  Prosody& prosody = analysis.prosody;
  prosody.voice = TrackVoice(pcm, rate);
  prosody.middle_hz = MiddlePitch(analysis);
  prosody.sentences = MeasureMelody(analysis);
  prosody.rhythm = MeasureRhythm(SoundsOf(analysis, phones), rate);
}

}  // namespace euphone
