#include "report/json_prosody.h"

#include <cmath>
#include <utility>

#include "report/names.h"

namespace euphone {
namespace {

constexpr int kPitchDecimals = 1;
constexpr int kSemitoneDecimals = 2;

Json RhythmJson(const std::optional<Rhythm>& rhythm) {
  if (!rhythm) return nullptr;
  return {{"npvi_vowels", Number(rhythm->npvi_vowels, 1)},
          {"rpvi_consonants_ms", Number(rhythm->rpvi_consonants_ms, 1)},
          {"vowel_percent", Number(rhythm->vowel_percent, 1)},
          {"delta_consonants_ms", Number(rhythm->delta_consonants_ms, 1)},
          {"varco_vowels", Number(rhythm->varco_vowels, 1)}};
}

Json EndJson(const PhraseEnd& end) {
  return {{"word", end.word},
          {"nucleus_word", end.nucleus_word},
          {"nucleus_syllable", end.nucleus_syllable},
          {"semitones", Number(end.semitones, kSemitoneDecimals)},
          {"heard", Name(end.heard)},
          {"asked", Name(end.asked)},
          {"agrees", end.agrees ? Json(*end.agrees) : Json(nullptr)}};
}

Json SentenceJson(const SentenceMelody& sentence) {
  Json json = {{"sentence", sentence.sentence},
               {"range_semitones", OptionalNumber(sentence.range_semitones, kSemitoneDecimals)},
               {"monotone", sentence.monotone ? Json(*sentence.monotone) : Json(nullptr)},
               {"ends", Json::array()}};
  for (const PhraseEnd& end : sentence.ends) json["ends"].push_back(EndJson(end));
  return json;
}

/// The curves; a frame without a voice has no pitch.
Json CurveJson(const Analysis& analysis) {
  const VoiceTrack& voice = analysis.prosody.voice;
  const std::optional<double>& middle = analysis.prosody.middle_hz;
  Json json = {{"step_s", Number(SecondsIn(voice.hop, SampleRate{analysis.rate}), 4)},
               {"pitch_hz", Json::array()},
               {"pitch_semitones", Json::array()},
               {"level_db", Json::array()}};
  for (const float pitch : voice.pitch_hz) {
    const auto hz = static_cast<double>(pitch);
    json["pitch_hz"].push_back(hz > 0.0 ? Number(hz, kPitchDecimals) : Json(nullptr));
    json["pitch_semitones"].push_back(hz > 0.0 && middle ? Number(12.0 * std::log2(hz / *middle), 1)
                                                         : Json(nullptr));
  }
  for (const float level : voice.level_db)
    json["level_db"].push_back(Number(static_cast<double>(level), 1));
  return json;
}

Json IndexJson(const std::optional<std::size_t>& index) {
  return index ? Json(*index) : Json(nullptr);
}

}  // namespace

Json PlaceJson(const ProsodyPlace& place) {
  return {{"kind", Name(place.kind)},
          {"next_word", IndexJson(place.next_word)},
          {"syllable", IndexJson(place.syllable)},
          {"heard_syllable", IndexJson(place.heard_syllable)}};
}

Json ProsodyJson(const Analysis& analysis) {
  const Prosody& prosody = analysis.prosody;
  Json json = {{"middle_hz", OptionalNumber(prosody.middle_hz, kPitchDecimals)},
               {"rhythm", RhythmJson(prosody.rhythm)},
               {"sentences", Json::array()},
               {"breaks", Json::array()},
               {"curve", CurveJson(analysis)}};
  for (const SentenceMelody& sentence : prosody.sentences)
    json["sentences"].push_back(SentenceJson(sentence));
  for (const Break& pause : prosody.breaks) {
    json["breaks"].push_back(
        {{"kind", Name(pause.kind)},
         {"after_word", pause.after_word},
         {"silence_s", Number(SecondsIn(pause.samples, SampleRate{analysis.rate}), 3)}});
  }
  return json;
}

}  // namespace euphone
