#include "live_plain.h"

#include <fmt/format.h>

#include <variant>

#include "audio/audio_reader.h"
#include "report/format.h"
#include "report/marked_text.h"
#include "report/phrases.h"
#include "report/summary.h"

namespace euphone::cli {
namespace {

std::string SecondsOf(std::int64_t samples) {
  return fmt::format("{:.1f}", Rounded(SecondsIn(samples, kRecordingRate), 1));
}

std::string_view BandWords(Band band) {
  const Phrases& phrases = kEnglish;
  switch (band) {
    case Band::kClear:
      return phrases.clear;
    case Band::kSlightlyAccented:
      return phrases.slightly_accented;
    case Band::kHardToUnderstand:
      return phrases.hard_to_understand;
    case Band::kNotAsWritten:
      return phrases.not_as_written;
    case Band::kNotSure:
      break;
  }
  return phrases.unsure;
}

std::string Line(std::string_view name, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("{}: {}\n", name, OneLine(text));
}

}  // namespace

std::string WordVerdict(const WordScored& word) {
  if (word.error == WordError::kOmitted) return std::string(kEnglish.left_out);
  if (!word.accuracy || word.band == Band::kNotSure) return std::string(kEnglish.unsure);
  return fmt::format("{}{} {}", word.provisional ? "about " : "", Decimal(*word.accuracy, 0),
                     BandWords(word.band));
}

std::string HeardSounds(const std::vector<PhoneId>& heard, const PhoneSet& phones, bool ipa) {
  std::string sounds;
  for (const PhoneId phone : heard) {
    const PhoneInfo& info = phones.info(phone);
    if (!ipa && !sounds.empty()) sounds += " ";
    sounds +=
        ipa ? phones.Ipa({phone, info.vowel ? Stress::kPrimary : Stress::kNone}) : info.arpabet;
  }
  return "/" + sounds + "/";
}

std::string PlainWriter::Shown(std::size_t word) const {
  if (word >= words_.size()) return "?";
  const TextSpan span = words_[word].span;
  const bool shared = (word > 0 && words_[word - 1].span == span) ||
                      (word + 1 < words_.size() && words_[word + 1].span == span);
  const std::string written = shared ? std::string() : WrittenText(text_, span);
  return written.empty() ? words_[word].text : written;
}

std::string PlainWriter::Write(const Event& event) {
  return std::visit([this](const auto& e) { return this->Tell(e); }, event.kind);
}

std::string PlainWriter::Tell(const Listening& e) {
  text_ = e.text;
  words_ = e.words;
  told_.clear();
  final_.clear();
  const std::vector<bool> hidden = MarkupBytes(text_);
  std::string shown;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (!hidden[i]) shown += text_[i];
  }
  return Line("read", shown) + "listening\n";
}

/// Once the score has settled; what the full pass makes of it is told with the sentence.
std::string PlainWriter::Tell(const WordScored& e) {
  if (e.state == WordState::kFinal) final_[e.word] = e;
  const bool said = e.state != WordState::kWithdrawn && e.error != WordError::kOmitted;
  if (said && skipped_ && e.word >= skipped_->first && e.word <= skipped_->last) skipped_.reset();
  if (e.state == WordState::kWithdrawn && told_.erase(e.word) > 0)
    return fmt::format("not said: {}\n", Shown(e.word));
  if (e.state != WordState::kSettled) return {};
  told_[e.word] = e;
  const std::string skipped = skipped_ && e.word > skipped_->last ? TellSkipped() : std::string();
  return skipped + fmt::format("[{}] {}\n", Shown(e.word), WordVerdict(e));
}

std::string PlainWriter::Tell(const Skipped& e) {
  std::string before = TellSkipped();
  skipped_ = e;
  return before;
}

std::string PlainWriter::TellSkipped() {
  if (!skipped_) return {};
  std::string words;
  for (std::size_t w = skipped_->first; w <= skipped_->last && w < words_.size(); ++w)
    words += (words.empty() ? "" : " ") + Shown(w);
  skipped_.reset();
  return Line("skipped", words);
}

std::string PlainWriter::Tell(const Repeated& e) const { return Line("again", Shown(e.word)); }

std::string PlainWriter::Tell(const Restarted& e) const { return Line("back to", Shown(e.to)); }

std::string PlainWriter::Tell(const Inserted& e) const {
  return Line("not in the text", HeardSounds(e.heard, phones_, true));
}

std::string PlainWriter::Tell(const LongPause& e) const {
  return fmt::format("pause: {} s after {}\n", SecondsOf(e.samples), Shown(e.after));
}

std::string PlainWriter::Tell(const CommandHeard& e) {
  return Line("command", e.command ? Words(*e.command) : "which one?");
}

std::string PlainWriter::Tell(const QualityNotice& e) {
  return Line("microphone", e.finding.message + " " + e.finding.advice);
}

std::string PlainWriter::Tell(const Overrun& e) {
  return e.samples == 0
             ? "lost: a little audio; this machine is busy\n"
             : fmt::format("lost: {} s of audio; this machine is busy\n", SecondsOf(e.samples));
}

std::string PlainWriter::Tell(const Late& e) {
  return fmt::format("late: {} s behind; this machine is busy\n", SecondsOf(e.samples));
}

std::string PlainWriter::Tell(const Failed& e) {
  return e.fatal ? std::string() : Line("error", e.error.message);
}

/// The words whose verdict is new, or another one than was told.
std::string PlainWriter::LastWords(const SentenceFinished& e) {
  std::string lines;
  for (const auto& [word, scored] : final_) {
    if (words_[word].sentence != e.sentence || scored.take != e.take) continue;
    const auto told = told_.find(word);
    if (told == told_.end()) {
      lines += fmt::format("[{}] {}\n", Shown(word), WordVerdict(scored));
    } else if (told->second.band != scored.band || told->second.error != scored.error) {
      lines += fmt::format("[{}] now {}\n", Shown(word), WordVerdict(scored));
    }
  }
  std::erase_if(final_, [&](const auto& w) { return words_[w.first].sentence == e.sentence; });
  std::erase_if(told_, [&](const auto& w) { return words_[w.first].sentence == e.sentence; });
  return lines;
}

std::string PlainWriter::Tell(const SentenceFinished& e) {
  if (!e.settled || !e.analysis) return {};
  std::string lines = TellSkipped() + LastWords(e);
  const Summary summary = Summarise(*e.analysis, phones_, kEnglish);
  if (!summary.scored) return lines + OneLine(summary.what + " " + summary.how) + "\n";
  if (summary.score) {
    lines += fmt::format("score: {}",
                         Fill(kEnglish.out_of_100, fmt::arg("score", Decimal(*summary.score, 0))));
    if (const auto before = before_.find(e.sentence); before != before_.end())
      lines += fmt::format(", before {}", Decimal(before->second, 0));
    lines += fmt::format(" (sentence {}, take {})\n", e.sentence + 1, e.take);
    before_[e.sentence] = *summary.score;
  }
  lines += Line("good", summary.praise);
  const std::string advice = summary.focus + " " + summary.hint;
  if (!summary.focus.empty()) lines += Line(summary.polish ? "next" : "do first", advice);
  return lines;
}

}  // namespace euphone::cli
