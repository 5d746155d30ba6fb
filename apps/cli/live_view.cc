#include "live_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "audio/audio_reader.h"
#include "live_plain.h"
#include "report/format.h"
#include "report/phrases.h"

namespace euphone::cli {
namespace {

WordSign SignOfWord(Band band, WordError error) {
  if (error == WordError::kOmitted) return WordSign::kLeftOut;
  switch (band) {
    case Band::kClear:
      return WordSign::kClear;
    case Band::kSlightlyAccented:
      return WordSign::kSlight;
    case Band::kHardToUnderstand:
      return WordSign::kHard;
    case Band::kNotAsWritten:
      return WordSign::kWrong;
    case Band::kNotSure:
      break;
  }
  return WordSign::kUnsure;
}

std::string SecondsSaid(std::int64_t samples) {
  return fmt::format("{:.1f}", Rounded(SecondsIn(samples, kRecordingRate), 1));
}

}  // namespace

void LiveView::Hear(const Event& event) {
  std::visit([this](const auto& e) { On(e); }, event.kind);
}

std::size_t LiveView::sentence() const {
  const ViewItem& shown = item();
  // What was read stays until something else is.
  const std::optional<std::size_t> word = chosen_ ? chosen_ : judged_ ? judged_ : cursor_;
  return word && *word < shown.words.size() ? shown.words[*word].sentence : 0;
}

std::string LiveView::WrittenWord(std::size_t word) const {
  const ViewItem& shown = item();
  return OneLine(WrittenText(shown.text, shown.words[word].span));
}

const WordScore* LiveView::JudgedWord(std::size_t word) const {
  const ViewItem& shown = item();
  const ViewSentence& in = shown.sentences[shown.words[word].sentence];
  if (!in.analysis || !in.current || !in.summary.scored) return nullptr;
  const auto found = std::ranges::find_if(in.analysis->words, [&](const WordScore& w) {
    return w.script_word == word - in.first_word && w.error != WordError::kRepeated;
  });
  return found == in.analysis->words.end() ? nullptr : &*found;
}

void LiveView::ForgetMarks(std::size_t sentence) {
  ViewItem& shown = items_[item_];
  ViewSentence& in = shown.sentences[sentence];
  for (std::size_t w = in.first_word; w < in.first_word + in.word_count; ++w)
    shown.words[w] = {.sentence = sentence, .span = shown.words[w].span, .phones = {}};
  in.current = false;
}

/// The first word of a take is judged: the marks of the one before go.
void LiveView::Begin(std::size_t sentence, std::size_t take) {
  ViewSentence& in = items_[item_].sentences[sentence];
  if (take <= in.take) return;
  if (!std::exchange(in.waiting, false)) {
    ForgetMarks(sentence);
    chosen_.reset();
  }
  in.take = take;
  in.open = true;
}

void LiveView::On(const Listening& e) {
  ViewItem& shown = items_[item_];
  state_ = LiveState::kListening;
  text_finished_ = begun_ = false;
  cursor_.reset();
  for (ViewSentence& in : shown.sentences) {
    in.take = 0;
    in.open = in.waiting = false;
  }
  if (shown.text == e.text) return;
  shown = {.text = e.text, .words = {}, .sentences = {}};
  for (const Listening::Word& word : e.words) {
    if (word.sentence >= shown.sentences.size()) {
      shown.sentences.resize(word.sentence + 1);
      shown.sentences.back().first_word = shown.words.size();
    }
    ++shown.sentences[word.sentence].word_count;
    shown.words.push_back({.sentence = word.sentence, .span = word.span, .phones = {}});
  }
}

void LiveView::On(const WordScored& e) {
  const std::size_t sentence = items_[item_].words[e.word].sentence;
  if (e.take < items_[item_].sentences[sentence].take) return;
  if (e.state != WordState::kWithdrawn) Begin(sentence, e.take);
  ViewWord& word = items_[item_].words[e.word];
  if (e.state == WordState::kWithdrawn) {
    word = {.sentence = word.sentence, .span = word.span, .phones = {}};
    return;
  }
  // It was said after all.
  if (passed_over_ && e.word >= passed_over_->first && e.word <= passed_over_->last &&
      e.error != WordError::kOmitted)
    SetNotice({});
  begun_ = true;
  word.sign = SignOfWord(e.band, e.error);
  word.partial = e.state == WordState::kPartial;
  word.provisional = e.provisional;
  word.revision = e.revision;
  word.accuracy = e.accuracy;
  word.band = e.band;
  word.error = e.error;
  if (word.partial) word.phones.clear();
  if (e.state != WordState::kFinal) judged_ = e.word;
}

void LiveView::On(const PhonesScored& e) {
  ViewWord& word = items_[item_].words[e.word];
  if (e.revision == word.revision) word.phones = e.phones;
}

void LiveView::On(const Skipped& e) {
  const ViewItem& shown = item();
  const std::size_t next = std::min(e.last + 1, shown.words.size() - 1);
  std::string words;
  for (std::size_t w = e.first; w <= e.last && w < shown.words.size(); ++w) {
    ViewWord& word = items_[item_].words[w];
    // Whoever begins with a later sentence has left nothing out.
    if (!begun_ && word.sentence != shown.words[next].sentence) continue;
    ViewSentence& in = items_[item_].sentences[word.sentence];
    if (!in.open && !in.waiting) ForgetMarks(word.sentence);
    in.waiting = !in.open;
    if (word.sign == WordSign::kNone) word.sign = WordSign::kLeftOut;
    words += (words.empty() ? "" : " ") + WrittenWord(w);
  }
  if (words.empty()) return;
  Mention("Passed over: " + words);
  passed_over_ = e;
}

/// Tells of what happens, until the full pass knows better.
void LiveView::Mention(std::string what) {
  SetNotice(std::move(what));
  passing_ = true;
}

void LiveView::On(const Repeated& e) { Mention("Said again: " + WrittenWord(e.word)); }

void LiveView::On(const Restarted& e) { Mention("Back to: " + WrittenWord(e.to)); }

void LiveView::On(const Inserted& e) {
  Mention("Not in the text: " + HeardSounds(e.heard, phones_, ipa_));
}

void LiveView::On(const LongPause& e) {
  Mention(fmt::format("A pause of {} s; go on when you are ready", SecondsSaid(e.samples)));
}

void LiveView::On(const CommandHeard& e) {
  SetNotice(e.command ? "Heard: " + std::string(Words(*e.command))
                      : std::string("Yes? Say next, again, repeat slowly, stop or go back"));
}

void LiveView::On(const QualityNotice& e) {
  SetNotice(OneLine(e.finding.message + " " + e.finding.advice));
}

/// A result of the same take replaces the first one.
void LiveView::AddTry(ViewSentence& in, const SentenceFinished& e) {
  if (in.tries.empty() || in.tries.back().settled)
    in.tries.push_back({.number = in.tries.size() + 1, .settled = false, .score = {}});
  in.tries.back().settled = e.settled;
  in.tries.back().score = in.summary.score;
}

void LiveView::On(const SentenceFinished& e) {
  if (!e.analysis) return;
  ViewSentence& in = items_[item_].sentences[e.sentence];
  Begin(e.sentence, e.take);
  in.summary = Summarise(*e.analysis, phones_, kEnglish);
  in.analysis = e.analysis;
  AddTry(in, e);
  if (e.settled && passing_) SetNotice({});
  if (e.take != in.take) return;  // The next take has begun: the marks are its own.
  if (!in.summary.scored) ForgetMarks(e.sentence);
  in.current = true;
  in.open = !e.settled;
  if (!judged_ || item().words[*judged_].sentence != e.sentence) judged_ = in.first_word;
}

void LiveView::On(const Overrun& e) {
  SetNotice(e.samples == 0 ? std::string("Some audio was lost: this machine is busy")
                           : fmt::format("{} s of audio was lost: this machine is busy",
                                         SecondsSaid(e.samples)));
}

void LiveView::On(const Late& e) {
  SetNotice(fmt::format("{} s behind: this machine is busy", SecondsSaid(e.samples)));
}

void LiveView::On(const Failed& e) {
  SetNotice(OneLine(e.error.message));
  if (e.fatal) state_ = LiveState::kFailed;
}

void LiveView::On(const Stopped&) {
  cursor_.reset();
  if (state_ == LiveState::kListening) state_ = LiveState::kStopped;
}

LiveAction LiveView::Go(std::size_t to) {
  if (to >= items_.size()) {
    SetNotice("That was the last one; q ends");
    return LiveAction::kNone;
  }
  item_ = to;
  chosen_.reset();
  judged_.reset();
  cursor_.reset();
  SetNotice({});
  state_ = LiveState::kOpening;
  return LiveAction::kOpen;
}

void LiveView::Choose(int step) {
  const std::size_t count = item().words.size();
  if (count == 0) return;
  const std::optional<std::size_t> from = chosen_ ? chosen_ : cursor_ ? cursor_ : judged_;
  if (!from) {
    chosen_ = 0;
    return;
  }
  auto at = static_cast<std::ptrdiff_t>(*from);
  // Words that share what is written are one step; all of them are looked at one by one.
  if (chosen_) at += step;
  chosen_ = static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(at, 0, static_cast<std::ptrdiff_t>(count) - 1));
}

LiveAction LiveView::Press(LiveKey key) {
  if (std::exchange(help_, false) && key != LiveKey::kQuit) return LiveAction::kNone;
  const std::size_t words_in_line = 5;
  switch (key) {
    case LiveKey::kRetry:
      if (!item().sentences.empty()) {
        const std::size_t again = sentence();
        ForgetMarks(again);
        judged_ = item().sentences[again].first_word;
      }
      chosen_.reset();
      SetNotice({});
      state_ = LiveState::kOpening;
      return LiveAction::kRestart;
    case LiveKey::kNext:
      return Go(item_ + 1);
    case LiveKey::kPrevious:
      return Go(item_ == 0 ? 0 : item_ - 1);
    case LiveKey::kToggle:
      if (state_ == LiveState::kListening || state_ == LiveState::kPlaying)
        return LiveAction::kStop;
      if (state_ == LiveState::kOpening) return LiveAction::kNone;
      state_ = LiveState::kOpening;
      return LiveAction::kStart;
    case LiveKey::kOwn:
      return LiveAction::kOwn;
    case LiveKey::kModel:
      return LiveAction::kModel;
    case LiveKey::kSlow:
      slow_ = !slow_;
      SetNotice(slow_ ? "Sounds are played slowly" : "Sounds are played at their own speed");
      return LiveAction::kNone;
    case LiveKey::kLeft:
      Choose(-1);
      return LiveAction::kNone;
    case LiveKey::kRight:
      Choose(1);
      return LiveAction::kNone;
    case LiveKey::kUp:
      Choose(-static_cast<int>(words_in_line));
      return LiveAction::kNone;
    case LiveKey::kDown:
      Choose(static_cast<int>(words_in_line));
      return LiveAction::kNone;
    case LiveKey::kBack:
      chosen_.reset();
      SetNotice({});
      return LiveAction::kNone;
    case LiveKey::kVerbose:
      verbose_ = !verbose_;
      return LiveAction::kNone;
    case LiveKey::kHelp:
      help_ = true;
      return LiveAction::kNone;
    case LiveKey::kQuit:
      return LiveAction::kQuit;
    case LiveKey::kOther:
      break;
  }
  return LiveAction::kNone;
}

}  // namespace euphone::cli
