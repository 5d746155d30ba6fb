#include "report/feedback_text.h"

#include <algorithm>
#include <string>

#include "coach/places.h"
#include "report/format.h"
#include "report/sound_guide.h"

namespace euphone {
namespace {

std::string Lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// Whether the word is one of several that a written token gives; they stand side by side.
bool SharesToken(const Script& script, std::size_t word) {
  const TextSpan span = script.words[word].span;
  return (word > 0 && script.words[word - 1].span == span) ||
         (word + 1 < script.words.size() && script.words[word + 1].span == span);
}

std::string SoundText(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                      const Focus& focus) {
  const PhoneScore& phone = analysis.words[focus.word].phones[*focus.phone];
  const std::string word = ShownWord(analysis, phones, focus.word);
  const std::string sound = ShownSound(phrases, phones, phone.phone, word);
  if (focus.kind == FocusKind::kPolish) {
    return Fill(phrases.sound_nearly, fmt::arg("sound", sound), fmt::arg("word", word));
  }
  if (CannotTell(phone)) {
    return Fill(phrases.sound_unsure, fmt::arg("sound", sound), fmt::arg("word", word));
  }
  const Substitute instead = HeardInstead(phone);
  if (instead.dropped) {
    return Fill(phrases.sound_missing, fmt::arg("sound", sound), fmt::arg("word", word));
  }
  if (!instead.phone) {
    return Fill(phrases.sound_unclear, fmt::arg("sound", sound), fmt::arg("word", word));
  }
  const Stress stress = phones.info(*instead.phone).vowel ? Stress::kPrimary : Stress::kNone;
  const SoundGuide heard = GuideTo(phones, {*instead.phone, stress});
  const bool plain = heard.letters != GuideTo(phones, phone.phone).letters &&
                     heard.letters.size() == 1 && !phones.info(*instead.phone).vowel;
  const std::string like = plain || heard.key_word.empty()
                               ? Fill(phrases.sound, fmt::arg("letters", heard.letters))
                               : Fill(phrases.sound_as_in, fmt::arg("letters", heard.letters),
                                      fmt::arg("key", heard.key_word));
  return Fill(phrases.sounded_like, fmt::arg("sound", sound), fmt::arg("word", word),
              fmt::arg("heard", like));
}

/// "/AH M/" as IPA between the same slashes; what is no phone stays as it is.
std::string HeardInIpa(std::string_view heard, const PhoneSet& phones) {
  std::string ipa = "/";
  std::size_t begin = 1;
  while (begin < heard.size() && heard.front() == '/' && heard.back() == '/') {
    const std::size_t end = std::min(heard.find(' ', begin), heard.size() - 1);
    const auto phone = phones.Find(heard.substr(begin, end - begin));
    if (!phone) break;
    ipa += phones.Ipa({*phone, phones.info(*phone).vowel ? Stress::kPrimary : Stress::kNone});
    begin = end + 1;
  }
  return begin >= heard.size() && begin > 1 ? ipa + "/" : OneLine(heard);
}

}  // namespace

std::string ShownWord(const Analysis& analysis, const PhoneSet& phones, std::size_t word) {
  const WordScore& shown = analysis.words[word];
  if (shown.script_word) {
    const SpokenWord& spoken = analysis.script.words[*shown.script_word];
    if (SharesToken(analysis.script, *shown.script_word)) return spoken.text;
    const std::string written = WrittenText(analysis.script.original, spoken.span);
    return written.empty() ? spoken.text : written;
  }
  if (shown.phones.empty()) return HeardInIpa(shown.text, phones);
  std::string ipa = "/";
  for (const PhoneScore& phone : shown.phones) ipa += phones.Ipa(phone.phone);
  return ipa + "/";
}

std::string ShownSound(const Phrases& phrases, const PhoneSet& phones, Phone phone,
                       std::string_view written_word) {
  const SoundGuide guide = GuideTo(phones, phone);
  const std::string word = Lowered(written_word);
  // One vowel letter has many sounds, a consonant's letters in the word say which sound is meant.
  const bool evident = !phones.info(phone.id).vowel && word.find(guide.letters) != word.npos;
  if (evident || word == guide.key_word || guide.key_word.empty()) {
    return Fill(phrases.sound, fmt::arg("letters", guide.letters));
  }
  return Fill(phrases.sound_as_in, fmt::arg("letters", guide.letters),
              fmt::arg("key", guide.key_word));
}

std::string PraiseText(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                       const Praise& praise) {
  switch (praise.kind) {
    case PraiseKind::kAllClear:
      return std::string(phrases.every_word_clear);
    case PraiseKind::kComplete:
      return std::string(phrases.every_word_read);
    case PraiseKind::kClearWord:
      return Fill(phrases.word_clear, fmt::arg("word", ShownWord(analysis, phones, praise.word)));
    case PraiseKind::kHardSound: {
      const std::string word = ShownWord(analysis, phones, praise.word);
      const Phone phone = analysis.words[praise.word].phones[*praise.phone].phone;
      return Fill(phrases.sound_clear, fmt::arg("sound", ShownSound(phrases, phones, phone, word)),
                  fmt::arg("word", word));
    }
  }
  return "";
}

/// Of a text that was read in part: up to which word, if it was read from the beginning.
std::string PartText(const Phrases& phrases, const Analysis& analysis) {
  const std::vector<SpokenWord>& words = analysis.script.words;
  const Content& content = *analysis.content;
  const std::size_t read = WordsRead(analysis);
  if (content.kind != ContentKind::kPart || content.first_word > 0 ||
      content.last_word + 1 == words.size()) {
    return Fill(phrases.read_everything, fmt::arg("read", read), fmt::arg("all", words.size()));
  }
  const std::string last = WrittenText(analysis.script.original, words[content.last_word].span);
  return Fill(phrases.read_up_to, fmt::arg("read", read), fmt::arg("all", words.size()),
              fmt::arg("word", last));
}

std::string PlaceText(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                      std::size_t word, const ProsodyPlace& place) {
  const std::string name = ShownWord(analysis, phones, word);
  const auto shown = fmt::arg("word", name);  // Refers to it.
  switch (place.kind) {
    case PlaceKind::kStress:
      return Fill(phrases.wrong_stress, shown,
                  fmt::arg("heard", place.heard_syllable.value_or(0) + 1),
                  fmt::arg("expected", place.syllable.value_or(0) + 1));
    case PlaceKind::kPause:
    case PlaceKind::kLink:
      if (!place.next_word) return Fill(phrases.unneeded_pause, shown);
      return Fill(phrases.pause_between, shown,
                  fmt::arg("next", ShownWord(analysis, phones, *place.next_word)));
    case PlaceKind::kFall:
      return Fill(phrases.should_fall, shown);
    case PlaceKind::kRise:
      return Fill(phrases.should_rise, shown);
  }
  return "";
}

std::string FocusText(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                      const Focus& focus) {
  const auto with_word = [&](std::string_view phrase) {
    return Fill(phrase, fmt::arg("word", ShownWord(analysis, phones, focus.word)));
  };
  switch (focus.kind) {
    case FocusKind::kReadAll:
      return PartText(phrases, analysis);
    case FocusKind::kReadOnce:
      return std::string(phrases.read_again);
    case FocusKind::kSound:
    case FocusKind::kPolish:
      return SoundText(phrases, analysis, phones, focus);
    case FocusKind::kOmittedWord:
      return with_word(phrases.word_left_out);
    case FocusKind::kExtraWord:
      return std::string(phrases.word_added);
    case FocusKind::kRepeatedWord:
      return with_word(phrases.word_repeated);
    case FocusKind::kStress:
      return PlaceText(phrases, analysis, phones, focus.word,
                       focus.place.value_or(StressPlace(analysis.words[focus.word])));
    case FocusKind::kUnneededPause:
      return PlaceText(phrases, analysis, phones, focus.word,
                       focus.place.value_or(ProsodyPlace{.kind = PlaceKind::kPause}));
    case FocusKind::kFall:
    case FocusKind::kRise:
      return with_word(focus.kind == FocusKind::kRise ? phrases.should_rise : phrases.should_fall);
  }
  return "";
}

std::string FocusHint(const Phrases& phrases, const Analysis& analysis, const PhoneSet& phones,
                      const Focus& focus) {
  switch (focus.kind) {
    case FocusKind::kReadAll:
      return std::string(phrases.read_everything_how);
    case FocusKind::kReadOnce:
      return std::string(phrases.read_again_how);
    case FocusKind::kSound:
    case FocusKind::kPolish:
      return std::string(
          GuideTo(phones, analysis.words[focus.word].phones[*focus.phone].phone).hint);
    case FocusKind::kOmittedWord:
      return std::string(phrases.word_left_out_how);
    case FocusKind::kExtraWord:
      return std::string(phrases.word_added_how);
    case FocusKind::kRepeatedWord:
      return std::string(phrases.word_repeated_how);
    case FocusKind::kStress:
      return std::string(phrases.wrong_stress_how);
    case FocusKind::kUnneededPause:
      return std::string(focus.place && focus.place->kind == PlaceKind::kLink
                             ? phrases.link_how
                             : phrases.unneeded_pause_how);
    case FocusKind::kFall:
      return std::string(phrases.should_fall_how);
    case FocusKind::kRise:
      return std::string(phrases.should_rise_how);
  }
  return "";
}

std::size_t WordsRead(const Analysis& analysis) {
  return static_cast<std::size_t>(std::ranges::count_if(analysis.words, [](const WordScore& word) {
    return word.script_word && word.error != WordError::kOmitted &&
           word.error != WordError::kRepeated;
  }));
}

}  // namespace euphone
