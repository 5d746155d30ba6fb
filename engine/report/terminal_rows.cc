#include "report/terminal_rows.h"

#include <algorithm>
#include <string>
#include <vector>

#include "coach/feedback.h"
#include "report/feedback_text.h"
#include "report/format.h"
#include "report/sound_guide.h"

namespace euphone {
namespace {

/// More than a learner wants to read at once.
constexpr std::size_t kMostSounds = 8;
constexpr std::size_t kMostItems = 3;
constexpr std::size_t kMostMelody = 2;

std::string Joined(const Phrases& phrases, const std::vector<std::string>& items,
                   std::string_view separator) {
  std::string text;
  const std::size_t shown = std::min(items.size(), kMostItems);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += separator;
    text += items[i];
  }
  if (items.size() > shown) {
    text += separator;
    text += Fill(phrases.more_words, fmt::arg("count", items.size() - shown));
  }
  return text;
}

std::string Quoted(const Phrases& phrases, std::string_view word) {
  return Fill(phrases.quoted, fmt::arg("word", word));
}

std::string SecondsText(const Analysis& analysis, std::int64_t sample) {
  return fmt::format("{:.1f}", Rounded(Seconds(analysis, sample), 1));
}

std::string KeySound(const Phrases& phrases, const PhoneSet& phones, Phone phone) {
  const SoundGuide guide = GuideTo(phones, phone);
  const std::string ipa = phones.Ipa(phone);
  if (guide.key_word.empty()) return ipa;
  return Fill(phrases.key_sound, fmt::arg("ipa", ipa), fmt::arg("key", guide.key_word));
}

std::string HeardText(const Phrases& phrases, const PhoneSet& phones, const PhoneScore& phone) {
  if (CannotTell(phone)) return std::string(phrases.heard_unsure);
  const Substitute instead = HeardInstead(phone);
  if (instead.dropped) return std::string(phrases.heard_none);
  if (!instead.phone) return std::string(phrases.heard_unclear);
  const Stress stress = phones.info(*instead.phone).vowel ? Stress::kPrimary : Stress::kNone;
  return Fill(phrases.heard_as,
              fmt::arg("sound", KeySound(phrases, phones, {*instead.phone, stress})));
}

void PutSounds(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
               Page& page) {
  std::vector<std::vector<StyledText>> rows;
  std::size_t more = 0;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    bool first = true;
    for (const PhoneScore& phone : word.phones) {
      if (!ToWorkOn(word, phone)) continue;
      if (rows.size() == kMostSounds) {
        ++more;
        continue;
      }
      rows.push_back({StyledText(first ? ShownWord(analysis, phones, w) : "", Style::kBold),
                      StyledText(KeySound(phrases, phones, phone.phone)),
                      StyledText(HeardText(phrases, phones, phone)),
                      StyledText(Fill(phrases.at,
                                      fmt::arg("seconds", SecondsText(analysis, phone.span.begin))),
                                 Style::kDim)});
      first = false;
    }
  }
  if (rows.empty()) return;
  page.Blank();
  page.Table(phrases.work_on, rows);
  if (more > 0)
    page.Row("", StyledText(Fill(phrases.more_words, fmt::arg("count", more)), Style::kDim));
}

void PutWordsRead(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
                  Page& page) {
  std::vector<std::string> left_out;
  std::vector<std::string> extra;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    const std::string shown = ShownWord(analysis, phones, w);
    const std::string at = SecondsText(analysis, word.span.begin);
    if (word.error == WordError::kOmitted) {
      left_out.push_back(Quoted(phrases, shown));
    } else if (word.error == WordError::kRepeated) {
      extra.push_back(Fill(phrases.repeated_at, fmt::arg("word", shown), fmt::arg("seconds", at)));
    } else if (word.error == WordError::kInserted) {
      extra.push_back(Fill(phrases.extra_at, fmt::arg("heard", shown), fmt::arg("seconds", at)));
    }
  }
  std::string read = Fill(phrases.words_read, fmt::arg("read", WordsRead(analysis)),
                          fmt::arg("all", analysis.script.words.size()));
  if (!left_out.empty()) {
    read += Fill(phrases.words_left_out, fmt::arg("words", Joined(phrases, left_out, ", ")));
  }
  page.Row(phrases.read, StyledText(read));
  if (!extra.empty()) page.Row(phrases.extra, StyledText(Joined(phrases, extra, ", ")));
}

void PutStress(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
               Page& page) {
  std::vector<std::string> lines;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    if (!StressIsWrong(analysis.words[w])) continue;
    lines.push_back(FocusText(phrases, analysis, phones, {FocusKind::kStress, w, std::nullopt}));
  }
  if (!lines.empty()) page.Row(phrases.stress, StyledText(Joined(phrases, lines, " ")));
}

/// The line about a sentence's end, where it should go the other way.
std::string EndingAdvice(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
                         const PhraseEnd& end) {
  return Fill(end.asked == AskedMovement::kRise ? phrases.rise_missing : phrases.rise_unexpected,
              fmt::arg("word", ShownWord(analysis, phones, end.word)));
}

void PutMelody(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
               Page& page) {
  std::vector<std::string> lines;
  const auto& sentences = analysis.prosody.sentences;
  if (std::ranges::any_of(sentences, [](const auto& s) { return s.monotone.value_or(false); }))
    lines.emplace_back(phrases.one_note);
  for (const SentenceMelody& sentence : sentences) {
    for (const PhraseEnd& end : sentence.ends) {
      if (end.agrees.value_or(true) || lines.size() == kMostMelody) continue;
      lines.push_back(EndingAdvice(analysis, phones, phrases, end));
    }
  }
  std::string_view name = phrases.melody;
  for (const std::string& line : lines) {
    page.Row(name, StyledText(line));
    name = "";
  }
}

void PutPauses(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases,
               Page& page) {
  std::vector<std::string> items;
  for (const Break& place : analysis.prosody.breaks) {
    const std::string word = ShownWord(analysis, phones, place.after_word);
    items.push_back(place.kind == BreakKind::kUnexpected
                        ? Fill(phrases.pause_after, fmt::arg("word", word),
                               fmt::arg("seconds", SecondsText(analysis, place.samples)))
                        : Fill(phrases.pause_missing, fmt::arg("word", word)));
  }
  const auto expected = [](const Pause& pause) { return pause.expected && pause.after_word; };
  if (!items.empty()) {
    page.Row(phrases.pauses, StyledText(Joined(phrases, items, "; ")));
  } else if (std::ranges::any_of(analysis.pauses, expected)) {
    page.Row(phrases.pauses, StyledText(phrases.no_extra_pauses));
  }
}

/// The words for which `holds`, in quotes, each once.
template <class Condition>
std::vector<std::string> WordsThat(const Analysis& analysis, const PhoneSet& phones,
                                   const Phrases& phrases, Condition holds) {
  std::vector<std::string> words;
  for (std::size_t w = 0; w < analysis.words.size(); ++w) {
    const WordScore& word = analysis.words[w];
    if (!word.accuracy || word.error == WordError::kOmitted || !holds(word)) continue;
    std::string shown = Quoted(phrases, ShownWord(analysis, phones, w));
    if (std::ranges::find(words, shown) == words.end()) words.push_back(std::move(shown));
  }
  return words;
}

}  // namespace

void PutRows(const Analysis& analysis, const PhoneSet& phones, const Phrases& phrases, Page& page) {
  PutSounds(analysis, phones, phrases, page);
  page.Blank();
  PutWordsRead(analysis, phones, phrases, page);
  PutStress(analysis, phones, phrases, page);
  PutMelody(analysis, phones, phrases, page);
  PutPauses(analysis, phones, phrases, page);
  if (analysis.tempo.words_per_minute > 0) {
    page.Row(phrases.pace,
             StyledText(Fill(phrases.pace_is,
                             fmt::arg("wpm", Decimal(analysis.tempo.words_per_minute, 0)))));
  }
  const std::vector<std::string> unsure = WordsThat(
      analysis, phones, phrases, [](const WordScore& word) { return word.band == Band::kNotSure; });
  if (!unsure.empty()) {
    page.Row(phrases.not_sure, StyledText(Fill(phrases.cannot_judge,
                                               fmt::arg("words", Joined(phrases, unsure, ", ")))));
  }
  const std::vector<std::string> guessed = WordsThat(
      analysis, phones, phrases, [](const WordScore& word) { return word.origin == Origin::kG2p; });
  if (!guessed.empty()) {
    page.Row(phrases.guessed, StyledText(Fill(phrases.guessed_words,
                                              fmt::arg("words", Joined(phrases, guessed, ", ")))));
  }
  std::vector<std::string> notes;
  for (const TextNote& note : analysis.script.notes) notes.push_back(note.message);
  if (!notes.empty()) page.Row(phrases.text, StyledText(Joined(phrases, notes, "; ")));
}

void PutRecording(const Analysis& analysis, const Phrases& phrases, Page& page) {
  if (analysis.quality.findings.empty()) return;
  page.Blank();
  std::string_view name = phrases.recording;
  for (const Finding& finding : analysis.quality.findings) {
    page.Row(name, StyledText(finding.message).Add(" ").Add(finding.advice));
    name = "";
  }
}

}  // namespace euphone
